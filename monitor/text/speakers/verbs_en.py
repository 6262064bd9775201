"""English verbs of speech and of official acts, in the forms that report."""

from __future__ import annotations

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
decline:declines,declined vow:vows,vowed mull:mulls,mulled eye:eyes,eyed slam:slams,slammed
blast:blasts,blasted tout:touts,touted hail:hails,hailed decry:decries,decried mock:mocks,mocked
deny:denies,denied reject:rejects,rejected react:reacts,reacted
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
advance:advances,advanced
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
value:values,valued honour:honours,honoured participate:participates,participated take:takes,took,taken
commence:commences,commenced publish:publishes,published expand:expands,expanded double:doubles,doubled
invest:invests,invested pass:passes,passed terminate:terminates,terminated revoke:revokes,revoked
slap:slaps,slapped blacklist:blacklists,blacklisted scrap:scraps,scrapped ditch:ditches,ditched
boost:boosts,boosted slash:slashes,slashed veto:vetoes,vetoed oust:ousts,ousted seize:seizes,seized
raid:raids,raided jail:jails,jailed sentence:sentences,sentenced arm:arms,armed buy:buys,bought
sell:sells,sold purchase:purchases,purchased hike:hikes,hiked release:releases,released
free:frees,freed repeal:repeals,repealed abolish:abolishes,abolished simplify:simplifies,simplified
annul:annuls,annulled recall:recalls,recalled strengthen:strengthens,strengthened
ready:readies,readied sue:sues,sued
"""


def _read_forms(block: str) -> dict[str, str]:
    """Turn "say:says,said" into {"says": "say", "said": "say"}."""
    forms: dict[str, str] = {}
    for entry in block.split():
        lemma, _, listed = entry.partition(":")
        forms |= dict.fromkeys(listed.split(","), lemma)
    return forms


_PHRASAL = """
note:takes,took,taken
turn_down:turns,turned hit_back:hits,hit brush_off:brushes,brushed shrug_off:shrugs,shrugged
wave_off:waves,waved laugh_off:laughs,laughed play_down:plays,played
weigh_in:weighs,weighed speak_out:speaks,spoke call_out:calls,called
fire_back:fires,fired lash_out:lashes,lashed
"""
_PARTICLES = {
    "note": ("note",),
    "turn_down": ("down", "away"),
    "brush_off": ("off", "aside"),
    "shrug_off": ("off",),
    "wave_off": ("off", "away", "aside"),
    "laugh_off": ("off",),
    "play_down": ("down",),
    "hit_back": ("back", "out"),
    "weigh_in": ("in",),
    "speak_out": ("out",),
    "call_out": ("out",),
    "fire_back": ("back",),
    "lash_out": ("out",),
}

SPEECH = _read_forms(_SPEECH)
ACTS = _read_forms(_ACTS)
SPEECH_BASE = frozenset(SPEECH.values())
ACT_BASE = frozenset(ACTS.values())

_WITH_PARTICLE = _read_forms(_PHRASAL)


def read_phrasal(low: str, particle: str) -> str:
    """Return the base of a verb of speech made with a particle, such as "turns down"; empty for none."""
    base = _WITH_PARTICLE.get(low, "")
    return base if particle in _PARTICLES.get(base, ()) else ""
