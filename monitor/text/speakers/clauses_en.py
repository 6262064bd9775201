"""Reporting clauses and acts in an English sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.text.speakers import lexicon_en as lexicon
from monitor.text.speakers import verbs_en as verbs
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.cues import Cue, CueKind
from monitor.text.speakers.marks_en import find_marks, find_nominal
from monitor.text.speakers.means_en import find_means, read_gerund
from monitor.text.speakers.parts_en import EnglishParts
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.protocol import is_call_en, is_joint_news_en, is_protocol_en
from monitor.text.speakers.reactions import find_reactions_en
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.spread import find_spread_en
from monitor.text.speakers.surnames_en import find_bare_names
from monitor.text.speakers.unnamed_en import find_unnamed
from monitor.text.speakers.words import GEN

_INVERTED = word_set(
    "say add note explain stress emphasize emphasise underline continue write recall conclude"
)
_MODALS = word_set("to will would can could may might should must did does do not n't has have had")
_PASSIVE = word_set("is are was were been being be")
_PARTICIPLES = word_set(
    """
    banned barred expelled deported detained arrested suspended evacuated attacked shelled struck
    summoned closed blocked extradited fined sanctioned accused condemned criticized
    """
)
_AFTER_PARTICIPLE = word_set("at from in by over for after amid as of on to")
_AFTER_CALL = word_set("before after to on in ahead amid over about and by from following during late early")
_AFTER_NOUN = word_set("of against on were are is was will have has and")
_AFTER_PARENTHESIS = word_set("on in at during following citing as reporters after tass journalists")
_SUBORDINATE = word_set("what which whom whose while when if because although though whether unless")
"""Words after which a clause hangs on another, so that it reports nothing of its own."""
_AGAINST = word_set(
    "campaign probe investigation operation attack attacks offensive inquiry crackdown strikes"
)
"""What a state that launches it does to others."""
_TURNS = frozenset({"turns", "turned"})
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_PLURAL_ORGANS = ("authorities", "forces", "guards", "prosecutors", "military", "police")


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb in its place: its base, whether it is one of speech, and what precedes it."""

    at: int
    low: str
    lemma: str
    speech: bool
    before: int
    """The last token before it that is no auxiliary or adverb."""
    bare: bool
    """A base form that no modal stands before: plural, or no verb at all."""
    governs: bool

    @property
    def kind(self) -> CueKind:
        return CueKind.REPORTED if self.speech else CueKind.ACT


class EnglishClauses:
    """Finds who says or does what in one sentence."""

    def __init__(self, sentence: Sentence, actors: Sequence[Actor], *, headline: bool) -> None:
        self._s = sentence
        self._parts = EnglishParts(sentence, actors, headline=headline)

    def find(self) -> list[Cue]:
        """Return every cue outside quotation marks."""
        free = [i for i in range(len(self._s)) if not self._s.quoted[i] and not self._parts.covers(i)]
        clauses = filter(None, (find_spread_en(self._parts, v) or self._read_verb(v) for v in free))
        return [
            *find_marks(self._parts),
            *find_nominal(self._parts),
            *find_means(self._parts),
            *find_bare_names(self._parts),
            *find_reactions_en(self._parts),
            *clauses,
        ]

    def find_unnamed(self) -> Cue | None:
        """Return the clause of somebody unnamed, for a sentence that has no other cue."""
        return find_unnamed(self._parts)

    def _read_verb(self, v: int) -> Cue | None:
        low = self._s.lows[v]
        lemma, speech, base = self._read_form(v)
        if not lemma:
            return None
        if lemma == "send" and not lexicon.STATEMENT_NOUNS.isdisjoint(self._s.lows[v + 1 : v + 5]):
            speech = True
        if lemma in _INVERTED and (inverted := self._read_inverted(v, lemma)) is not None:
            return inverted
        if (agent := self._read_agent(v, lemma)) is not None:
            return agent
        before, modal, passive = self._skip_auxiliaries(v)
        shortened = self._parts.headline and before == v - 1
        if passive != (low in lexicon.PREDICATES) and not (shortened and not passive):
            return None
        governs = "that" in self._s.lows[v + 1 : v + 5] or low in ("said", "says")
        verb = _Verb(v, low, lemma, speech, before, bare=base and not modal, governs=governs)
        if before >= 0 and self._s.lows[before] in _PRONOUNS:
            return self._read_pronoun(verb)
        return self._read_subject(verb)

    def _read_form(self, v: int) -> tuple[str, bool, bool]:
        """Return a verb's base, whether it is one of speech, and whether this is the base form."""
        low, following = self._s.lows[v], self._s.lows[v + 1 : v + 2]
        phrasal = verbs.read_phrasal(low, following[0]) if following else ""
        if phrasal or (self._parts.headline and low in lexicon.REFUSALS):
            return phrasal or low, bool(phrasal), False
        if low in verbs.SPEECH or low in lexicon.PREDICATES:
            return verbs.SPEECH.get(low, low), True, False
        if low in verbs.SPEECH_BASE or low in verbs.ACT_BASE:
            return low, low in verbs.SPEECH_BASE, True
        if low in verbs.ACTS or (low in _TURNS and following == ["to"]):
            return verbs.ACTS.get(low, "turn"), False, False
        if self._parts.headline and low.endswith("ing"):
            return (*read_gerund(low), False)
        return "", False, False

    def _read_inverted(self, v: int, lemma: str) -> Cue | None:
        """Read "…, said Putin" and "says Putin"."""
        s = self._s
        fresh = v > 0 and (s.texts[v - 1] in ',"”’»—–-!?' or s.quoted[v - 1])
        following = s.lows[v + 1] if v + 1 < len(s) else ""
        if fresh and following in ("he", "she"):
            return Cue(CueKind.REPORTED, following, v, pronoun=following, parenthetic=True)
        actor = self._parts.starting(v + 1)
        if actor is None or actor.mask == GEN or actor.relay or not (fresh or (v == 0 and lemma == "say")):
            return None
        after = s.lows[actor.end] if actor.end < len(s) else ""
        if after in lexicon.AUXILIARIES or after in verbs.SPEECH or after in verbs.ACTS:
            return None
        if self._parts.headline and s.texts[v - 1] == "," and self._goes_on(actor.end):
            return None
        introduced = v > 0 and s.lows[v - 1] == "as"
        return Cue(
            CueKind.REPORTED, f"{s.texts[v]} {actor.text}", v, actor, parenthetic=True, introduced=introduced
        )

    def _goes_on(self, k: int) -> bool:
        """Whether a clause follows rather than the day or the place of what was said."""
        s = self._s
        after = s.lows[k] if k < len(s) else ""
        plain = after in lexicon.DAYS or after in _AFTER_PARENTHESIS or after in _AFTER_PARTICIPLE
        return after.isalpha() and not plain

    def _read_agent(self, v: int, lemma: str) -> Cue | None:
        """Read "banned by Rosselkhoznadzor" and "summoned to the Foreign Ministry"."""
        s = self._s
        if s.lows[v + 1 : v + 2] == ["by"] and s.lows[v] not in lexicon.PREDICATES:
            agent = self._parts.starting(v + 2)
            if agent is not None and not agent.is_human:
                return Cue(CueKind.AGENT, f"{s.lows[v]} by {agent.text}", v, agent)
        for i in range(v + 1, min(v + 10, len(s)) if lemma == "summon" else v):
            organ = self._parts.starting(i)
            if organ is not None and organ.is_institution and s.lows[i - 1] in ("to", "by", "the"):
                return Cue(CueKind.AGENT, f"{s.lows[v]} to {organ.text}", v, organ)
        return None

    def _skip_auxiliaries(self, v: int) -> tuple[int, bool, bool]:
        """Go back over auxiliaries and adverbs; tells of a modal before a base form, and of a passive."""
        s, k, modal, passive = self._s, v - 1, False, False
        while k >= 0 and not s.quoted[k] and not self._parts.covers(k):
            low = s.lows[k]
            if low == "to" and not self._parts.headline and self._may_be_infinitive(k):
                break
            modal = modal or low in _MODALS
            passive = passive or low in _PASSIVE
            day = low == "on" and k + 1 < v and s.lows[k + 1] in lexicon.DAYS
            adverb = low in lexicon.AUXILIARIES or low.endswith("ly") or low in lexicon.DAYS
            if not (adverb or day or low in _MODALS or low in _PASSIVE):
                break
            k -= 1
        return k, modal, passive

    def _may_be_infinitive(self, k: int) -> bool:
        """Whether "to" within a text follows a noun of another clause: "the will of X to assure"."""
        owner = self._parts.ending(k)
        return owner is not None and self._parts.is_governed(owner)

    def _read_pronoun(self, verb: _Verb) -> Cue | None:
        pronoun = self._s.lows[verb.before]
        reports = verb.lemma in lexicon.PARENTHETIC
        if not verb.speech or (pronoun == "it" and not reports):
            return None
        parenthetic = reports and self._is_parenthesis(verb.before, verb.at)
        return Cue(
            verb.kind, pronoun, verb.before, pronoun=pronoun, parenthetic=parenthetic, governs=verb.governs
        )

    def _read_subject(self, verb: _Verb) -> Cue | None:
        s, parts = self._s, self._parts
        actor = parts.subject_ending(verb.before + 1)
        fused = verb.low.endswith("ing")
        if not fused and (actor is None or actor.relay or parts.is_governed(actor)):
            actor = parts.subject_before_phrase(verb.before + 1) or actor
        if actor is None or actor.relay or actor.mask == GEN or parts.is_governed(actor):
            return None
        if actor.start > 0 and s.lows[actor.start - 1] in _SUBORDINATE:
            return None
        joint = parts.is_joined(actor) and verb.low not in lexicon.REFUSALS
        plural = joint or actor.is_crowd or actor.text.lower().endswith(_PLURAL_ORGANS)
        if verb.bare and not plural:
            return None
        evidence = f"{actor.text} {s.texts[verb.at]}"
        if joint or (actor.role is not None and actor.role.joint and not actor.is_named):
            first = parts.find_first(actor) if joint else actor
            return Cue(
                CueKind.JOINT,
                evidence,
                first.start,
                first,
                said=verb.speech,
                routine=_is_routine(verb)
                or is_joint_news_en(verb.lemma, speech=verb.speech)
                or (verb.low in _TALKS and s.lows[verb.at + 1 : verb.at + 2] == ["about"]),
            )
        if self._is_no_verb(verb, actor) or not self._can_speak(actor, verb) or self._is_by_phone(verb):
            return None
        parenthetic = (
            verb.speech and verb.lemma in lexicon.PARENTHETIC and self._is_parenthesis(actor.start, verb.at)
        )
        return Cue(
            verb.kind,
            evidence,
            actor.start,
            actor,
            parenthetic=parenthetic,
            introduced=parenthetic and actor.start > 0 and s.lows[actor.start - 1] == "as",
            governs=verb.governs,
            points_back=s.lows[verb.at + 1 : verb.at + 2] == ["this"],
            routine=_is_routine(verb),
            protocol=is_call_en(s, verb.at, verb.lemma)
            or (not verb.speech and is_protocol_en(s, verb.at, verb.lemma)),
        )

    def _can_speak(self, actor: Actor, verb: _Verb) -> bool:
        """Whether an actor's doing this makes it the speaker."""
        if verb.low in lexicon.REFUSALS:
            return actor.is_human and not (actor.is_crowd or self._parts.is_joined(actor))
        if verb.speech:
            return verb.lemma != "add" or not actor.is_state or verb.governs
        unexplained = actor.named is not None and actor.role is None
        against = verb.lemma == "launch" and not _AGAINST.isdisjoint(self._s.lows[verb.at + 1 : verb.at + 5])
        idle = (actor.is_state or actor.is_crowd) and verb.lemma in lexicon.MEETINGS and not against
        return not ((actor.is_crowd and not actor.acts_for_organ) or unexplained or idle)

    def _is_by_phone(self, verb: _Verb) -> bool:
        """Whether somebody calls somebody up: "called Putin before the talks", not "called him a friend"."""
        if verb.lemma != "call":
            return False
        s, whom = self._s, self._parts.starting(verb.at + 1)
        capital = s.capital[verb.at + 1 : verb.at + 2] == [True] and whom is None
        if not capital and (whom is None or not whom.is_human):
            return False
        end = whom.end if whom is not None else verb.at + 2
        after = s.lows[end] if end < len(s) else ""
        return not after or after in lexicon.DAYS or after in _AFTER_CALL or after in ",.;"

    def _is_no_verb(self, verb: _Verb, actor: Actor) -> bool:
        """Whether a form is a noun ("the Belarus protests") or a participle ("flags banned at")."""
        s = self._s
        following = s.lows[verb.at + 1] if verb.at + 1 < len(s) else ""
        if self._parts.headline and verb.low in _PARTICIPLES and following in _AFTER_PARTICIPLE:
            return True
        if actor.is_human or verb.low not in lexicon.ALSO_NOUNS:
            return False
        named_with_article = actor.state is not None and actor.state.place.startswith("the ")
        article = actor.is_state and s.lows[actor.start] == "the" and not named_with_article
        return article or following in _AFTER_NOUN

    def _is_parenthesis(self, start: int, v: int) -> bool:
        """Whether the clause follows what it reports: "…, Peskov said" or "…," Peskov told TASS."""
        s, k = self._s, start - 1
        if k >= 0 and s.lows[k] in ("the", "as"):
            k -= 1
        if k < 0 or not (s.texts[k] in ',”"’»—–-!?' or s.quoted[k]):
            return False
        after = s.lows[v + 1] if v + 1 < len(s) else ""
        closes = not after or not after[0].isalnum() or after in lexicon.DAYS or after in _AFTER_PARENTHESIS
        return closes or (k > 0 and s.quoted[k - 1])


_TALKS = frozenset({"spoke", "speak", "talked", "talk"})


def _is_routine(verb: _Verb) -> bool:
    return not verb.speech and verb.lemma in lexicon.MEETINGS
