"""A text while it is attributed: what was read, and whom its statements were given so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from monitor.domain.actors import OUTLET_BLOC, UNKNOWN_BLOC, Speaker
from monitor.domain.stance import Tier
from monitor.text.speakers import lexicon_en, lexicon_ru
from monitor.text.speakers.actors import ActorFinder
from monitor.text.speakers.context import Context
from monitor.text.speakers.cues import Cue, CueKind
from monitor.text.speakers.reading import ReadStatement
from monitor.text.speakers.resolve import Resolver
from monitor.text.speakers.states import State

_WRITER = frozenset({"я", "мы", "i", "we"})
DONE = frozenset({CueKind.ACT, CueKind.AGENT})
"""Cues of acts rather than of speech."""


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
        self.resolver.memory.note_states([actor for actor in one.actors if actor.end <= end])
        speaker = self.resolve(cue)
        if speaker is None or (self.signed and speaker.bloc == UNKNOWN_BLOC):
            return None
        self._remember(cue, speaker)
        return speaker

    def outweighs_source(self, one: ReadStatement, cue: Cue) -> bool:
        """Whether an explicit speaker wins over who signs the source."""
        default, actor = self.context.default_speaker, cue.actor
        if default is None:
            return True
        if cue.kind is CueKind.JOINT or (actor is not None and (actor.is_state or actor.is_crowd)):
            return False
        if cue.pronoun and not self.resolver.memory.humans:
            return False
        if self._is_first_person(one) and not cue.parenthetic:
            return cue.kind is CueKind.COLON
        official = default.institution and actor is not None and actor.is_human and actor.named is None
        return cue.kind not in DONE or official

    def resolve(self, cue: Cue, here: State | None = None) -> Speaker | None:
        """Return whom a cue names; None where two act together or nobody known acts."""
        if cue.kind is CueKind.JOINT:
            return replace(self.own_voice(), reason=f"joint:{cue.evidence}")
        if cue.actor is None:
            if not cue.pronoun:
                return Speaker.unknown(f"{cue.kind}:{cue.evidence}")
            meant = self.resolver.resolve_pronoun(cue)
            silent = cue.pronoun in ("it", "they") or cue.kind in DONE
            return None if silent and meant.name is None and meant.bloc == UNKNOWN_BLOC else meant
        evidence = cue.actor.text if cue.kind is CueKind.ACT else cue.evidence
        found = self.resolver.resolve(cue.actor, f"{cue.kind}:{evidence}", here, cue.female)
        return None if found.bloc == UNKNOWN_BLOC and cue.kind in DONE else found

    def _remember(self, cue: Cue, speaker: Speaker) -> None:
        memory, actor = self.resolver.memory, cue.actor
        if actor is None:
            memory.last = speaker
        elif cue.kind is not CueKind.JOINT:
            human = actor.is_human and not actor.is_crowd
            memory.note(speaker, human=human, female=self.resolver.is_female(actor))

    def _is_first_person(self, one: ReadStatement) -> bool:
        """Whether the writer speaks of himself outside quotation marks."""
        words = lexicon_ru.FIRST_PERSON if self.lang == "ru" else lexicon_en.FIRST_PERSON
        pairs = zip(one.sentence.lows, one.sentence.quoted, strict=True)
        return any(low in words and not quoted for low, quoted in pairs)


def _is_own_clause(one: ReadStatement, cue: Cue) -> bool:
    """Whether "I think" or "we know" of the writer stands before what he tells of somebody."""
    pairs = zip(one.sentence.lows[: cue.at], one.sentence.quoted, strict=False)
    return not cue.parenthetic and any(low in _WRITER and not quoted for low, quoted in pairs)


def speaks(speaker: Speaker | None) -> bool:
    """Whether somebody other than the outlet was found."""
    return speaker is not None and speaker.tier is not Tier.OUTLET
