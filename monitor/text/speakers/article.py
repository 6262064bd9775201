"""A text while it is attributed: what was read, and whom its statements were given so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from monitor.domain.actors import OUTLET_BLOC, UNKNOWN_BLOC, Speaker
from monitor.domain.stance import Tier
from monitor.text.speakers import lexicon_en, lexicon_ru
from monitor.text.speakers.actors import Actor, ActorFinder
from monitor.text.speakers.context import Context
from monitor.text.speakers.cues import DONE, Cue, CueKind
from monitor.text.speakers.naming import OFFICES_OF_PRESIDENT
from monitor.text.speakers.pronouns import resolve_pronoun
from monitor.text.speakers.reading import ReadStatement
from monitor.text.speakers.resolve import Resolver
from monitor.text.speakers.several import first_of_two_mentioned, resolve_first
from monitor.text.speakers.states import State

_MINISTERS = ("ministers", "министры")
_SHORTEST_QUOTED = 4
"""Words that make a quotation rather than a name."""
_BEGINS_WORDS = frozenset(":✍💬")
_JOINING = frozenset({"но", "а", "и"})
_LIVE = "live"
_OPENING = 5
"""Tokens among which "#LIVE" stands where a post announces a broadcast."""
_WRITER = frozenset({"я", "мы", "i", "we"})


@dataclass(slots=True)
class Article:
    """One text, its statements as they were read, and their speakers as far as found."""

    context: Context
    read: list[ReadStatement]
    resolver: Resolver
    finder: ActorFinder
    lang: str
    found: list[Speaker | None] = field(default_factory=list)

    @property
    def signed(self) -> bool:
        """Whether somebody signs what is unsigned here."""
        return self.context.default_speaker is not None

    def own_voice(self) -> Speaker:
        """Return whoever signs what nobody is reported to say."""
        default = self.context.default_speaker
        if default is not None:
            reason = f"source-default:{default.name}"
            return Speaker(default.name, default.tier, default.bloc, reason, default.role)
        return replace(Speaker.outlet(), bloc=self.context.source_bloc or OUTLET_BLOC)

    def attribute_by_cue(self, one: ReadStatement) -> Speaker | None:
        """Attribute a statement by its own words, where they outweigh who signs the source."""
        cue = one.cue
        if cue is None or not self.outweighs_source(one, cue) or _is_own_clause(one, cue):
            return None
        end = cue.actor.start if cue.actor is not None else len(one.sentence)
        self.resolver.memory.note_scene(one.actors, one.sentence, self.resolver.directory)
        self.resolver.memory.note_states([actor for actor in one.actors if actor.end <= end])
        speaker = self.resolve(cue)
        if speaker is not None and not speaker.name and _is_of_a_thing(one, cue):
            return None
        if speaker is None and cue.pronoun == "author" and one.sentence.has_quote and not self.signed:
            speaker = Speaker.unknown(f"{cue.kind}:{cue.evidence}")
        if one.later is not None and (speaker is None or not speaker.name):
            cue, speaker = one.later, self.resolve(one.later)
        if (
            speaker is None
            or (self.signed and speaker.bloc == UNKNOWN_BLOC and not _is_told_by_name(cue, speaker))
            or self._is_narrated(cue, speaker)
        ):
            return None
        self._remember(cue, speaker)
        return self.tell_protocol(one, cue) or speaker

    def tell_protocol(self, one: ReadStatement, cue: Cue) -> Speaker | None:
        """Return whoever tells of a meeting at which nothing is quoted; None for any other clause."""
        silent = cue.protocol and sum(one.sentence.quoted) < _SHORTEST_QUOTED
        return replace(self.own_voice(), reason=f"protocol:{cue.evidence}") if silent else None

    def outweighs_source(self, one: ReadStatement, cue: Cue) -> bool:
        """Whether an explicit speaker wins over who signs the source."""
        default, actor = self.context.default_speaker, cue.actor
        if default is None:
            return True
        if cue.kind is CueKind.JOINT:
            return cue.said and not cue.routine and actor is not None and not actor.is_state
        titled = cue.kind is CueKind.STATEMENT and opens_with(one, cue)
        broadcast = announces_broadcast(one)
        if titled and actor is not None and not actor.is_state:
            return not broadcast
        vague = broadcast or (actor is not None and (actor.is_state or actor.is_crowd or _is_side(actor)))
        vague = vague or (cue.kind is CueKind.ACCORDING and actor is not None and not actor.is_human)
        if vague or (cue.pronoun and not self.resolver.memory.knows_human()):
            return False
        if self._is_first_person(one, cue) and not cue.parenthetic:
            return cue.kind is CueKind.COLON
        known = actor is not None and actor.named is None and (actor.is_human or actor.is_institution)
        acted = cue.kind is CueKind.ACT and default.institution and known and not cue.routine
        return cue.kind not in DONE or acted

    def _is_narrated(self, cue: Cue, speaker: Speaker) -> bool:
        """Whether a president's office tells what its own side did: it speaks, not who acted."""
        default = self.context.default_speaker
        of_president = default is not None and default.name in OFFICES_OF_PRESIDENT.values()
        return of_president and cue.kind in DONE and speaker.bloc == self.own_voice().bloc

    def resolve(self, cue: Cue, here: State | None = None) -> Speaker | None:
        """Return whom a cue names; None where two act together or nobody known acts."""
        if cue.actor is not None and (cue.kind is CueKind.JOINT or _is_of_several(cue.actor)):
            joint = f"joint:{cue.evidence}"
            if (body := self._read_body(cue, cue.actor, joint)) is not None:
                return body
            if self.signed and (told := self._tell_of_several(cue.actor, joint)) is not None:
                return told
            first = None if cue.routine or cue.actor.relay else resolve_first(self.resolver, cue.actor, joint)
            return first or replace(self.own_voice(), reason=joint)
        if cue.actor is None:
            return self._resolve_pronoun(cue)
        evidence = cue.actor.text if cue.kind is CueKind.ACT else cue.evidence
        found = self.resolver.resolve(cue.actor, f"{cue.kind}:{evidence}", here, cue.female)
        nobody = found.bloc == UNKNOWN_BLOC and not _is_named_head(cue.actor)
        return None if nobody and cue.kind in DONE else found

    def _read_body(self, cue: Cue, actor: Actor, reason: str) -> Speaker | None:
        """Return the organisation for which "the heads of its member states" decide."""
        organ = actor.organ
        if cue.routine or not _is_of_several(actor) or organ is None or organ.tier is not Tier.INSTITUTION:
            return None
        return self.resolver.resolve(replace(actor, role=None), reason)

    def _tell_of_several(self, actor: Actor, reason: str) -> Speaker | None:
        """Return who tells on an official source what unnamed leaders or ministers said together."""
        default = self.context.default_speaker
        if default is None or actor.role is None or not actor.role.joint or actor.is_named:
            return None
        if default.name in OFFICES_OF_PRESIDENT.values():
            return replace(self.own_voice(), reason=reason)
        home = self.resolver.directory.states.get(default.bloc)
        of_ministry = default.tier is Tier.FOREIGN_MINISTRY and actor.state is None and home is not None
        if not of_ministry or home is None or not actor.text.lower().endswith(_MINISTERS):
            return None
        return self.resolver.resolve_office("Foreign Minister", home, reason)

    def _resolve_pronoun(self, cue: Cue) -> Speaker | None:
        if not cue.pronoun:
            return Speaker.unknown(f"{cue.kind}:{cue.evidence}")
        meant = resolve_pronoun(self.resolver, cue)
        if cue.pronoun == "they" and meant.name is None:
            meant = first_of_two_mentioned(self.resolver, f"pronoun:{cue.evidence}") or meant
        if cue.elided and meant.name is None:
            return None
        silent = cue.pronoun in ("it", "they", "author", "decree") or cue.kind in DONE
        return None if silent and meant.name is None and meant.bloc == UNKNOWN_BLOC else meant

    def _remember(self, cue: Cue, speaker: Speaker) -> None:
        memory, actor = self.resolver.memory, cue.actor
        if actor is None:
            memory.last = speaker
        elif cue.kind is not CueKind.JOINT:
            human = actor.is_human and not actor.is_crowd
            memory.note(speaker, human=human, female=self.resolver.is_female(actor))

    def _is_first_person(self, one: ReadStatement, cue: Cue) -> bool:
        """Whether the writer speaks of himself, outside quotation marks and what a colon announces."""
        words = lexicon_ru.FIRST_PERSON if self.lang == "ru" else lexicon_en.FIRST_PERSON
        s = one.sentence
        colon = next((i for i in range(cue.at + 1, len(s)) if s.texts[i] in _BEGINS_WORDS), len(s))
        return any(s.lows[i] in words and not s.quoted[i] and s.texts[i] != "US" for i in range(colon))


def _is_own_clause(one: ReadStatement, cue: Cue) -> bool:
    """Whether "I think" or "we know" of the writer stands before what he tells of somebody."""
    pairs = zip(one.sentence.lows[: cue.at], one.sentence.quoted, strict=False)
    return not cue.parenthetic and any(low in _WRITER and not quoted for low, quoted in pairs)


def _is_of_a_thing(one: ReadStatement, cue: Cue) -> bool:
    """Whether a pronoun that nobody explains goes on with the subject of the clause before: a party."""
    if cue.pronoun not in ("he", "she") or cue.parenthetic or cue.elided:
        return False
    s, pronoun = one.sentence, lexicon_ru.OF_PRONOUN[cue.pronoun]
    k = next((i for i in range(cue.at, -1, -1) if s.lows[i] == pronoun), -1)
    before = s.words[:k] if k > 1 and s.lows[k - 1] in _JOINING and s.texts[k - 2] == "," else []
    return any(word is not None and word.verb is not None and word.verb.kind == "finite" for word in before)


def _is_told_by_name(cue: Cue, speaker: Speaker) -> bool:
    """Whether a person of no list is said by the full name to have spoken."""
    named = cue.actor.named if cue.actor is not None else None
    return bool(speaker.name) and cue.kind is CueKind.REPORTED and named is not None and len(named.words) > 1


def _is_named_head(actor: Actor) -> bool:
    """Whether somebody of no list is named in full as the head of something: "ее глава X Y"."""
    full = actor.named is not None and len(actor.named.words) > 1
    return full and actor.role is not None and actor.role.label == "head" and actor.organ is None


def _is_side(actor: Actor) -> bool:
    """Whether it is a state by another name: "the Russian side"."""
    return actor.organ is not None and actor.organ.of_state


def _is_of_several(actor: Actor) -> bool:
    """Whether it is an office in the plural: "the presidents of X and Y"."""
    return actor.role is not None and actor.role.joint and not actor.is_named


def speaks(speaker: Speaker | None) -> bool:
    """Whether somebody other than the outlet was found."""
    return speaker is not None and speaker.tier is not Tier.OUTLET


def announces_broadcast(one: ReadStatement) -> bool:
    """Whether a post announces a broadcast, so that its author speaks and not who will speak there."""
    cue, lows = one.cue, one.sentence.lows
    return cue is not None and cue.kind is CueKind.STATEMENT and _LIVE in lows[:_OPENING]


def opens_with(one: ReadStatement, cue: Cue) -> bool:
    """Whether no word stands before the clause of a cue, so that it is the title of what follows."""
    return not any(text[0].isalnum() for text in one.sentence.texts[: cue.at])
