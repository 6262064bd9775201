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
parliament: parliament, national assembly, house of representatives, senate, legislature, lower house,
    upper house
state_duma: state duma, duma
federation_council: federation council
mazhilis: mazhilis, majilis
kenesh: jogorku kenesh
majlis: milli majlis
rada: verkhovna rada, rada
congress: us congress, congress
kremlin: kremlin
akorda: akorda, ak orda
presidency: presidential office, presidential administration, presidential press service, presidency,
    president 's office, president ’s office
security_council: security council
general_staff: general staff
armed_forces: armed forces, army, military, top brass
border_service: border service, border committee, border guards, border guard service, state border
    committee
security_service: security service, national security service, state security committee, kgb, national
    security committee, state committee for national security
investigators: investigative committee
prosecutors: prosecutor general 's office, prosecutor general ’s office, prosecutors
police: police
customs: customs service, customs committee
central_bank: central bank, national bank
election_commission: central election commission
embassy: embassy, consulate general
state_department: state department
white_house: white house
pentagon: pentagon
european_commission: european commission
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
ambassador: ambassador, charge d'affaires, consul general
diplomat: diplomat, senior diplomat
deputy: lawmaker, mp, parliamentarian, member of parliament, legislator
senator: senator
speaker: speaker, parliament speaker, parliamentary speaker, vice speaker, deputy speaker
secretary_general: secretary general, secretary-general
secretary: secretary
general: general, admiral, colonel, lieutenant general, major general
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
expert: expert, analyst, professor, researcher, scholar, commentator, observer, columnist
host: host, tv host, television host, talk show host, presenter, tv presenter, anchor, radio host
journalist: journalist, correspondent, reporter
blogger: blogger, milblogger
war_correspondent: war correspondent, war reporter
editor: editor, editor-in-chief, chief editor, editor in chief
writer: writer, author, director of photography, actor, singer
historian: historian
economist: economist
politician: politician, ex-president, former president, ex-prime minister, former prime minister, former
    minister, former foreign minister
lawyer: lawyer, attorney
activist: activist
businessman: businessman, tycoon, billionaire, oligarch, entrepreneur
cleric: patriarch, catholicos, archbishop, bishop, mufti
oppositionist: opposition leader, opposition politician, opposition figure, opposition lawmaker
opposition: opposition
source: source, sources
crowd: experts, analysts, media, officials, lawmakers, diplomats, journalists, reporters, residents,
    witnesses, observers, critics, scientists, bloggers, users, supporters, people, pundits, protesters
leaders: leaders, presidents, ministers, parties, participants, sides, heads of state, foreign ministers,
    delegations
"""
)

MODIFIERS = word_set(
    """
    the a an deputy first former acting chief top senior official special permanent new vice late
    then-current current state russian-born well-known prominent leading pro-kremlin veteran outgoing
    newly-elected extraordinary plenipotentiary second key high-ranking ruling local independent
    self-styled interim incoming main presidential parliamentary governmental mr mrs ms ex-head
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

_SPEECH = """
say:says,said,saying state:states,stated tell:tells,told add:adds,added note:notes,noted
stress:stresses,stressed emphasize:emphasizes,emphasized emphasise:emphasises,emphasised
underline:underlines,underlined underscore:underscores,underscored point:points,pointed
explain:explains,explained declare:declares,declared announce:announces,announced claim:claims,claimed
argue:argues,argued believe:believes,believed think:thinks,thought warn:warns,warned
threaten:threatens,threatened accuse:accuses,accused blame:blames,blamed slam:slams,slammed
blast:blasts,blasted condemn:condemns,condemned criticize:criticizes,criticized
criticise:criticises,criticised denounce:denounces,denounced rebuke:rebukes,rebuked chide:chides,chided
mock:mocks,mocked ridicule:ridicules,ridiculed praise:praises,praised hail:hails,hailed
commend:commends,commended thank:thanks,thanked congratulate:congratulates,congratulated
welcome:welcomes,welcomed urge:urges,urged call:calls,called demand:demands,demanded ask:asks,asked
propose:proposes,proposed suggest:suggests,suggested offer:offers,offered promise:promises,promised
pledge:pledges,pledged vow:vows,vowed assure:assures,assured reassure:reassures,reassured
deny:denies,denied reject:rejects,rejected refute:refutes,refuted dismiss:dismisses,dismissed
confirm:confirms,confirmed admit:admits,admitted acknowledge:acknowledges,acknowledged
recall:recalls,recalled remark:remarks,remarked reply:replies,replied respond:responds,responded
answer:answers,answered comment:comments,commented describe:describes,described
express:expresses,expressed voice:voices,voiced insist:insists,insisted reiterate:reiterates,reiterated
repeat:repeats,repeated reveal:reveals,revealed report:reports,reported inform:informs,informed
write:writes,wrote tweet:tweets,tweeted post:posts,posted quip:quips,quipped joke:jokes,joked
complain:complains,complained lament:laments,lamented concede:concedes,conceded caution:cautions,cautioned
advise:advises,advised recommend:recommends,recommended expect:expects,expected hope:hopes,hoped
doubt:doubts,doubted see:sees consider:considers,considered label:labels,labeled,labelled
brand:brands,branded dub:dubs,dubbed compare:compares,compared estimate:estimates,estimated
predict:predicts,predicted conclude:concludes,concluded specify:specifies,specified
clarify:clarifies,clarified elaborate:elaborates,elaborated wish:wishes,wished greet:greets,greeted
extend:extends,extended apologize:apologizes,apologized apologise:apologises,apologised
invite:invites,invited refuse:refuses,refused agree:agrees,agreed decide:decides,decided
appeal:appeals,appealed boast:boasts,boasted scold:scolds,scolded lash:lashes,lashed
question:questions,questioned outline:outlines,outlined speak:speaks,spoke want:wants,wanted
fear:fears,feared regret:regrets,regretted mean:means maintain:maintains,maintained
affirm:affirms,affirmed assert:asserts,asserted allege:alleges,alleged observe:observes,observed
hint:hints,hinted signal:signals,signaled,signalled protest:protests,protested object:objects,objected
counter:counters,countered commented:commented reaffirm:reaffirms,reaffirmed
highlight:highlights,highlighted rule:rules,ruled support:supports,supported share:shared
oppose:opposes,opposed back:backs,backed remind:reminds,reminded indicate:indicates,indicated
"""

_ACTS = """
ban:bans,banned bar:bars,barred prohibit:prohibits,prohibited restrict:restricts,restricted
lift:lifts,lifted suspend:suspends,suspended halt:halts,halted stop:stops,stopped resume:resumes,resumed
close:closes,closed open:opens,opened expel:expels,expelled deport:deports,deported
summon:summons,summoned withdraw:withdraws,withdrew freeze:freezes,froze impose:imposes,imposed
introduce:introduces,introduced cut:cuts,cut raise:raises,raised reduce:reduces,reduced
increase:increases,increased provide:provides,provided supply:supplies,supplied send:sends,sent
deliver:delivers,delivered donate:donates,donated allocate:allocates,allocated grant:grants,granted
help:helps,helped assist:assists,assisted extend:extends,extended cancel:cancels,cancelled,canceled
ratify:ratifies,ratified sign:signs,signed approve:approves,approved adopt:adopts,adopted
denounce:denounces,denounced quit:quits leave:leaves join:joins,joined award:awards,awarded
present:presented meet:meets,met hold:holds,held discuss:discusses,discussed visit:visits,visited
receive:receives,received arrive:arrives,arrived chair:chairs,chaired pay:pays,paid lay:lays,laid
attend:attends,attended host:hosts,hosted launch:launches,launched deploy:deploys,deployed
station:stations,stationed evacuate:evacuates,evacuated strike:strikes,struck shell:shells,shelled
attack:attacks,attacked lodge:lodges,lodged file:files,filed issue:issues,issued
recognize:recognizes,recognized recognise:recognises,recognised appoint:appoints,appointed
dismiss:dismisses,dismissed postpone:postpones,postponed plan:plans,planned prepare:prepares,prepared
block:blocks,blocked detain:detains,detained arrest:arrests,arrested extradite:extradites,extradited
pardon:pardons,pardoned ease:eases,eased tighten:tightens,tightened waive:waives,waived write_off:wrote
seek:seeks,sought reduce:reduces,reduced permit:permits,permitted allow:allows,allowed
forbid:forbids,forbade order:orders,ordered instruct:instructs,instructed shut:shuts fine:fines,fined
sanction:sanctions,sanctioned nationalize:nationalizes,nationalized accept:accepts,accepted aim:aims,aimed
intend:intends,intended stay:stays work:works undertake:undertakes,undertook attach:attaches
value:values,valued honour:honours,honoured participate:participates,participated take:takes,took
commence:commences,commenced publish:publishes,published expand:expands,expanded double:doubles,doubled
invest:invests,invested pass:passes,passed terminate:terminates,terminated revoke:revokes,revoked
annul:annuls,annulled recall:recalls,recalled strengthen:strengthens,strengthened
"""


def _read_forms(block: str) -> dict[str, str]:
    """Turn "say:says,said" into {"says": "say", "said": "say"}."""
    forms: dict[str, str] = {}
    for entry in block.split():
        lemma, _, listed = entry.partition(":")
        forms |= dict.fromkeys(listed.split(","), lemma)
    return forms


SPEECH = _read_forms(_SPEECH)
ACTS = _read_forms(_ACTS)
SPEECH_BASE = frozenset(SPEECH.values())
ACT_BASE = frozenset(ACTS.values())

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

DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])

STOPS = word_set(
    """
    that which who whom whose because if when while although though but where whether
    """
)

STATEMENT_NOUNS = word_set(
    """
    statement statements remarks remark comment comments interview interviews speech address answers
    answer reply article letter message telegram words greetings briefing replies post op-ed declaration
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
