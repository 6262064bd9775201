"""English words for offices, organs and acts of speech."""

from __future__ import annotations

from monitor.text.speakers.phrases import read_lexicon, read_phrases, word_set

ORGANS = read_lexicon(
    """
foreign_ministry: foreign ministry, ministry of foreign affairs, mfa, foreign office, ministry for foreign
    affairs, foreign affairs ministry
defence_ministry: defence ministry, defense ministry, ministry of defence, ministry of defense, mod
interior_ministry: interior ministry, ministry of internal affairs, ministry of the interior
finance_ministry: finance ministry, ministry of finance
energy_ministry: energy ministry, ministry of energy
economy_ministry: economy ministry, ministry of economy, economic development ministry, ministry of
    economic development
agriculture_ministry: agriculture ministry, ministry of agriculture
transport_ministry: transport ministry, ministry of transport
health_ministry: health ministry, ministry of health
justice_ministry: justice ministry, ministry of justice
culture_ministry: culture ministry, ministry of culture
education_ministry: education ministry, ministry of education
trade_ministry: trade ministry, industry and trade ministry, ministry of trade
labour_ministry: labor ministry, labour ministry
emergencies_ministry: emergencies ministry, emergency ministry
ministry: ministry
government: government, cabinet, cabinet of ministers, council of ministers
authorities: authorities, leadership
side: side
parliament: parliament, national assembly, house of representatives, senate, legislature, lower house,
    upper house
state_duma: state duma, duma
federation_council: federation council
rada: verkhovna rada, rada
congress: us congress, congress
kremlin: kremlin
presidency: president 's press service, president ’s press service,
    presidential office, presidential administration, presidential press service, presidency,
    president 's office, president ’s office
security_council: security council
general_staff: general staff
armed_forces: armed forces, army, military, top brass
border_service: border service, border committee, border guards, border guard service, state border
    committee
security_service: security service, national security service, state security committee, kgb, national
    security committee, state committee for national security
sbu: sbu
investigators: investigative committee
prosecutors: prosecutor general 's office, prosecutor general ’s office, prosecutors
police: police, militia
traffic_police: traffic police
internal_security: internal security agency
intelligence: foreign intelligence service, foreign intelligence, intel agency, intelligence agency,
    intelligence service, spy agency, intel service
court: court, district court, city court, appeals court, regional court
supreme_court: supreme court, constitutional court
customs: customs service, customs committee
central_bank: central bank, national bank
election_commission: central election commission
embassy: embassy, consulate general
state_department: state department
white_house: white house
pentagon: pentagon
european_commission: european commission, ec
european_parliament: european parliament
part: press service, secretariat, press office, press bureau
"""
)

ROLES = read_lexicon(
    """
president: president, head of state
leader: leader
king: king, emir, monarch
prime_minister: prime minister, premier, pm, head of government
chancellor: chancellor
vice_president: vice president, vice-president
deputy_prime_minister: deputy prime minister, vice prime minister, vice premier, deputy pm
foreign_minister: foreign minister, minister of foreign affairs, fm, top diplomat, foreign affairs
    minister, minister for foreign affairs, secretary of state
deputy_foreign_minister: deputy foreign minister, deputy minister of foreign affairs, deputy fm
defence_minister: defence minister, defense minister, minister of defence, minister of defense, defense
    secretary, defence secretary, defense chief, defence chief
interior_minister: interior minister, minister of internal affairs
minister: minister, deputy minister, economy minister, energy minister, finance minister, transport
    minister, agriculture minister, economic development minister, culture minister
governor: governor
mayor: mayor
official: official, ombudsman, commissioner, security official
spokesman: spokesman, spokeswoman, spokesperson, spox, official spokesperson
press_secretary: press secretary
aide: aide, presidential aide, assistant
adviser: adviser, advisor, state secretary
envoy: envoy, special envoy, special representative, special presidential envoy, permanent representative,
    trade envoy, ambassador-at-large
ambassador: ambassador, charge d'affaires, chargé d'affaires, charge d’affaires,
    chargé d’affaires, consul general
diplomat: diplomat, senior diplomat
deputy: lawmaker, mp, parliamentarian, member of parliament, legislator
senator: senator
duma_chairman: state duma speaker, state duma chairman, duma speaker, duma chairman,
    speaker of the state duma,
    chairman of the state duma
council_chairman: federation council speaker, federation council chairwoman,
    speaker of the federation council,
    chairwoman of the federation council
kremlin_spokesman: kremlin spokesman, kremlin spokesperson, kremlin press secretary, kremlin spox
speaker: speaker, parliament speaker, parliamentary speaker, vice speaker, deputy speaker
secretary_general: secretary general, secretary-general
secretary: secretary
general: maj . gen ., lt . gen ., gen ., col ., adm ., general, admiral, colonel, lieutenant general,
    major general
commander: security chief, intelligence chief, army chief, military chief, spy chief, top security
    official, commander, commander-in-chief, chief of the general staff
prosecutor: prosecutor, prosecutor general
head: head, chief, chairman, chairwoman, chairperson, director, ceo, director general, deputy head, deputy
    chairman, deputy chairwoman, deputy director, deputy chief, president of the national assembly, boss,
    coordinator, chair
representative: representative
member: officer
political_analyst: political analyst, political scientist, political commentator, pundit, political
    strategist, political expert, philosopher
military_expert: military expert, military analyst, defense analyst, military observer
expert: dean, rector, fellow, research fellow, lecturer, academic,
    expert, analyst, professor, researcher, scholar, commentator, observer, columnist
host: host, tv host, television host, talk show host, presenter, tv presenter, anchor, radio host
journalist: journalist, correspondent, reporter
blogger: blogger, milblogger
war_correspondent: war correspondent, war reporter
editor: editor, editor-in-chief, chief editor, editor in chief
writer: writer, author
artist: director of photography, actor, actress, singer, comedian, musician, rapper, producer
athlete: athlete, coach, champion, tennis player, footballer, wrestler, boxer, gymnast, sprinter, swimmer
historian: historian
economist: economist
politician: politician, candidate for us president, presidential candidate, presidential hopeful,
    ex-president, former president, ex-prime minister, former prime minister, former
    minister, former foreign minister
lawyer: lawyer, attorney
activist: activist
businessman: businessman, tycoon, billionaire, oligarch, entrepreneur
cleric: patriarch, catholicos, archbishop, bishop, mufti
oppositionist: opposition leader, opposition politician, opposition figure, opposition lawmaker
opposition: opposition
source: source, sources
experts: experts, analysts, journalists, reporters, bloggers, pundits, political analysts
lawmakers: lawmakers, parliamentarians, senators
soldiers: soldiers, servicemen, servicewomen
policemen: police officers, policemen
border_guards: border guards, border guard officers
detectives: investigators
officers: officers, security forces, siloviki
officials: officials
diplomats: diplomats
observers: observers, monitors
locals: residents, locals, witnesses, protesters, doctors, medics
media: media, media outlets
crowd: critics, scientists, users, supporters, people, engineers
leaders: leaders, presidents, ministers, parties, participants, sides, heads of state, foreign ministers,
    delegations
"""
)

MODIFIERS = word_set(
    """
    the a an deputy first former acting chief top senior official special permanent new vice late
    then-current current state russian-born well-known prominent leading pro-kremlin veteran outgoing
    newly-elected extraordinary plenipotentiary second key high-ranking ruling local independent
    self-styled interim board incoming main presidential parliamentary governmental mr mrs ms ex-head
    political military
    """
)

RELAYS = read_phrases(
    """
tass, ria novosti, ria, interfax, sputnik, reuters, afp, ap, belta, armenpress, kazinform, ruptly, rt,
xinhua, trend, apa, azertac, kabar, khovar, agency, newspaper, channel, russia today, cnn, bbc, itar-tass,
press
"""
)

MEETINGS = word_set(
    """
    meet hold discuss visit receive arrive chair attend host sign commence participate take pay lay
    leave stay work prepare launch
    """
)  # fmt: skip
"""Acts that say nothing of a state's rhetoric: they count for a person only."""

PARENTHETIC = word_set(
    """
    say state tell add note stress emphasize emphasise underline underscore explain declare announce
    claim argue believe warn insist reiterate reveal report write tweet post quip joke complain lament
    concede caution specify clarify conclude recall remark reply respond confirm admit acknowledge
    comment predict estimate affirm assert
    """
)
"""Verbs that may report a sentence from its end: "…, Peskov said"."""

AUXILIARIES = word_set(
    """
    has have had will would may might can could should is are was were does did do be been being not
    never no n't also again once still already earlier later previously reportedly publicly officially
    openly repeatedly personally then now recently sharply strongly angrily once-more further today
    yesterday therefore meanwhile separately highly warmly vehemently firmly categorically bluntly
    explicitly really even just only specifically
    """
)

PREDICATES = word_set(
    """
    ready set willing prepared determined likely keen concerned confident convinced sure grateful
    interested committed outraged disappointed open poised
    """
)  # fmt: skip

REFUSALS = frozenset(["won't", "won’t", "wont"])
"""What a headline says of somebody who refuses, whatever verb follows."""

DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])

STOPS = word_set(
    """
    that which who whom whose because if when while although though but where whether
    """
)

STATEMENT_NOUNS = word_set(
    """
    statement statements remarks remark comment comments interview interviews speech address answers
    answer reply article memoirs memoires book letter message telegram words greetings briefing replies post
    op-ed declaration
    """
)

ALSO_NOUNS = word_set(
    """
    protests claims demands calls reports offers comments remarks answers plans bans strikes attacks
    visits sanctions supplies cuts raises hopes fears doubts regrets promises pledges threatens appeals
    replies questions objects signals welcomes backs supports results moves limits needs works helps
    orders fines shares hosts issues signs reports
    """
)
"""Forms that after a state's name are as often nouns: "the Belarus protests"."""

PRONOUNS = {"he": "masc", "she": "femn"}

FIRST_PERSON = word_set(
    """
    i we our us my me ours i'm we're
    """
)

NO_NAME = DAYS | word_set(
    """
    january february march april may june july august september october november december the a an in on
    at by if as when while after before but and or for from with this that these those it its his her
    their our we he she they i you what who why how not no yes new more most all some any both there
    here now then also however mr mrs ms dr republic union west east north south central international
    media summit forum council committee agreement convention movement treaty charter foundation army
    party church institute university street square service courier directorate bureau board academy
    airport railway railways bridge news conference day war mission museum theatre theater cup games
    center centre association region district oblast province
    city agency company bank fund group organization organisation federation alliance bloc commission
    times post channel act joint staff house national supreme office department ministry state
    deputy lawmaker senator studies research sciences science affairs relations politics economics
    strategic oriental asian eurasian european security policy economy global analysis problems
    cooperation socialist soviet czechoslovak democratic federal hero people people's
    development initiative dialogue strategy ballet orchestra ensemble choir festival exhibition
    """
)
"""Capitalised words that are no part of a person's name."""
