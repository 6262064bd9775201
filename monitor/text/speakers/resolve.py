"""From a noun phrase to a Speaker: canonical name, tier and bloc."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from monitor.domain.actors import UNKNOWN_BLOC, Person, Speaker
from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor, Named, People
from monitor.text.speakers.directory import Directory, holds_office, is_woman
from monitor.text.speakers.names import transliterate
from monitor.text.speakers.offices import Organ, Role
from monitor.text.speakers.states import State

_OFFICES_OF_PRESIDENT = {"russia": "Kremlin", "kazakhstan": "Akorda"}
_DOMESTIC = frozenset({"governor", "mayor", "member of parliament", "senator"})
"""Offices that even an official channel names without the state only where it is its own."""
_HEADED_BY_PRIME_MINISTER = frozenset({"armenia"})


@dataclass(slots=True)
class Memory:
    """Who has spoken so far in a text, for pronouns and for "the diplomat"."""

    last: Speaker | None = None
    humans: list[tuple[Speaker, bool | None]] = field(default_factory=list)
    """Persons who have spoken, the last one first, with whether it is a woman."""
    institution: Speaker | None = None
    place: State | None = None
    """The state spoken of last."""
    mentioned: list[Actor] = field(default_factory=list)
    """The actors of the statement before."""
    organs: dict[str, State] = field(default_factory=dict)
    """Whose an organ was when last named in full, by the organ's label."""

    def note(self, speaker: Speaker, *, human: bool, female: bool | None) -> None:
        """Remember who has just spoken."""
        self.last = speaker
        if speaker.name is None and speaker.bloc == UNKNOWN_BLOC:
            return
        if human:
            self.humans = [(speaker, female), *(seen for seen in self.humans if seen[0].name != speaker.name)]
        else:
            self.institution = speaker


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves the actors of one text."""

    directory: Directory
    people: People
    memory: Memory
    said_on: date | None
    source_bloc: str | None
    narrated: bool
    """An outlet tells the story, so that an office without a state is one of its own country."""

    def resolve(
        self, actor: Actor, reason: str, here: State | None = None, female: bool | None = None
    ) -> Speaker:
        """Return who an actor is; unknown where the text does not tell.

        `here` is a state to fall back on, `female` the gender that the verb shows.
        """
        if actor.person is not None:
            return self._resolve_person(actor.person, actor, reason)
        if actor.named is not None:
            return self._resolve_named(actor.named, actor, reason)
        if actor.is_crowd:
            return self._resolve_crowd(actor, reason)
        if actor.role is not None:
            return self._resolve_office(actor, actor.role, reason, here, female)
        if actor.organ is not None:
            return self._resolve_organ(actor.organ, self._state(actor), reason, here)
        if actor.state is not None:
            return self._institution(actor.state.government_name, Tier.GOVERNMENT, actor.state.bloc, reason)
        return Speaker.unknown(reason)

    def resolve_pronoun(self, pronoun: str, evidence: str) -> Speaker:
        """Return the last speaker whom a pronoun can mean."""
        if pronoun in ("it", "they"):
            found = (
                self.memory.institution
                if pronoun == "it" or self.memory.institution is self.memory.last
                else None
            )
        else:
            female = pronoun == "she"
            found = next((speaker for speaker, woman in self.memory.humans if woman in (female, None)), None)
            found = found or self._only_mentioned(female=female)
        if found is None:
            return Speaker.unknown(f"pronoun:{evidence}")
        return _with_reason(found, f"pronoun:{evidence}→{found.name or found.role}")

    def _only_mentioned(self, *, female: bool) -> Speaker | None:
        """The one person of that gender whom the statements just before name."""
        fitting = {
            speaker.name: speaker
            for actor in self.memory.mentioned
            if actor.is_named
            and actor.is_human
            and self.is_female(actor) in (female, None)
            and (speaker := self.resolve(actor, "")).name
        }
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def is_female(self, actor: Actor) -> bool | None:
        """Tell an actor's gender where it is known."""
        if actor.person is not None and not actor.person.institution:
            return is_woman(actor.person)
        return actor.named.female if actor.named is not None else None

    def _resolve_person(self, person: Person, actor: Actor, reason: str) -> Speaker:
        tier = person.tier
        if not person.institution and not holds_office(person, self.said_on or person.until or None):
            told = self._tier(actor) if actor.role is not None else Tier.OTHER
            tier = told if told is not Tier.INSTITUTION else Tier.OTHER
        return Speaker(person.name, tier, person.bloc, reason, person.role)

    def _resolve_named(self, named: Named, actor: Actor, reason: str) -> Speaker:
        name = transliterate(named.words)
        if (listed := self.directory.by_name.get(name)) is not None:
            return self._resolve_person(listed, actor, reason)
        told = (
            actor if actor.role or actor.organ or actor.state else self.people.titles.get(named.words, actor)
        )
        role = told.role.label if told.role else ""
        return Speaker(name, self._tier(told), self._bloc(told), reason, role)

    def _resolve_crowd(self, actor: Actor, reason: str) -> Speaker:
        if actor.role is not None and actor.role.opposition:
            return Speaker(None, Tier.OTHER, "other", f"unnamed:{actor.text}")
        if actor.state is not None:
            return Speaker(None, Tier.OTHER, actor.state.bloc, f"unnamed:{actor.text}")
        return Speaker.unknown(f"unnamed:{actor.text}")

    def _resolve_office(
        self, actor: Actor, role: Role, reason: str, here: State | None, female: bool | None
    ) -> Speaker:
        """Resolve an office named without its holder."""
        if role.opposition:
            return self._resolve_crowd(actor, reason)
        state = self._state(actor)
        if role.office and actor.organ is None and actor.of_role is None:
            headed = state is not None and state.id in _HEADED_BY_PRIME_MINISTER and role.label == "leader"
            office = "Prime Minister" if headed else role.office
            owner = state or (
                None if self.memory.humans and self._coreferent(actor, female) else here or self._home()
            )
            if (
                owner is not None
                and (holder := self.directory.find_holder(office, owner, self.said_on)) is not None
            ):
                return self._resolve_person(holder, actor, reason)
        if (spoken := self._coreferent(actor, female)) is not None:
            return _with_reason(spoken, f"coref:{actor.text}→{spoken.name or spoken.role}")
        if actor.organ is not None and (role.generic or role.tier is actor.organ.tier):
            if role.tier is Tier.PARLIAMENT or (role.generic and role.label in ("member", "official")):
                return Speaker(None, self._tier(actor), self._bloc(actor), reason, role.label)
            return self._resolve_organ(actor.organ, self._state(actor), reason, here)
        if (
            role.generic
            and actor.of_role is not None
            and actor.of_role.tier is Tier.HEAD_OF_STATE
            and state is not None
        ):
            name = _OFFICES_OF_PRESIDENT.get(state.id, f"{state.adjective} presidential office")
            return self._institution(name, Tier.GOVERNMENT, state.bloc, reason)
        if state is None and not actor.organ:
            return Speaker.unknown(f"unnamed:{actor.text}")
        return Speaker(None, self._tier(actor), self._bloc(actor), reason, role.label)

    def _coreferent(self, actor: Actor, female: bool | None) -> Speaker | None:
        """Return the last speaker whom "the diplomat" or "the Russian official" can mean."""
        role, state = actor.role, self._state(actor)
        if role is None or (actor.organ is not None and not role.generic):
            return None
        for speaker, woman in self.memory.humans:
            if female is not None and woman is not None and woman != female:
                continue
            if state is not None and speaker.bloc != state.bloc:
                continue
            if actor.organ is not None and actor.organ.tier is not speaker.tier:
                continue
            if (
                role.generic
                or role.tier is Tier.OTHER
                or role.tier is speaker.tier
                or _is_like(role, speaker)
            ):
                return speaker
        return None

    def _resolve_organ(self, organ: Organ, state: State | None, reason: str, here: State | None) -> Speaker:
        if organ.name is not None:
            owner = self.directory.states.get(organ.state or "")
            return self._institution(
                organ.name, organ.tier, owner.bloc if owner else organ.state or UNKNOWN_BLOC, reason
            )
        evidence = reason.partition(":")[2]
        if organ.transparent and state is None:
            found = self.memory.institution or self._ministry_of_last()
            return (
                _with_reason(found, f"coref:{evidence}→{found.name}")
                if found
                else Speaker.unknown(f"unnamed:{evidence}")
            )
        owner = state or self.directory.states.get(organ.state or "") or self.memory.organs.get(organ.label)
        owner = (
            owner
            or self._state_of_last(organ)
            or here
            or (self.memory.place if organ.local else self._home())
        )
        if owner is None:
            return Speaker.unknown(f"organ-without-state:{evidence}")
        if organ.transparent:
            return self._institution(owner.government_name, Tier.GOVERNMENT, owner.bloc, reason)
        name = owner.government_name if organ.label == "government" else f"{owner.adjective} {organ.label}"
        if organ.label == "presidential office":
            name = _OFFICES_OF_PRESIDENT.get(owner.id, name)
        return self._institution(name, organ.tier, owner.bloc, reason)

    def _state_of_last(self, organ: Organ) -> State | None:
        """The state of the last speaker, if he belongs to such an organ."""
        last = self.memory.humans[0][0] if self.memory.humans else None
        fits = (
            last is not None
            and organ.tier in (Tier.FOREIGN_MINISTRY, Tier.SECURITY)
            and last.tier is organ.tier
        )
        return self.directory.states.get(last.bloc) if last is not None and fits else None

    def _ministry_of_last(self) -> Speaker | None:
        """The foreign ministry whose diplomat spoke last."""
        last = self.memory.humans[0][0] if self.memory.humans else None
        owner = self.directory.states.get(last.bloc) if last and last.tier is Tier.FOREIGN_MINISTRY else None
        if owner is None:
            return None
        return self._institution(f"{owner.adjective} Foreign Ministry", Tier.FOREIGN_MINISTRY, owner.bloc, "")

    def _institution(self, name: str, tier: Tier, bloc: str, reason: str) -> Speaker:
        listed = self.directory.by_name.get(name)
        if listed is not None:
            return Speaker(listed.name, listed.tier, listed.bloc, reason, listed.role)
        return Speaker(name, tier, bloc, reason)

    def _home(self) -> State | None:
        """The state of the outlet, whose own organs it names without the state."""
        return self.directory.states.get(self.source_bloc or "")

    def _state(self, actor: Actor) -> State | None:
        if actor.state is not None:
            return actor.state
        if actor.organ is not None and actor.organ.state:
            return self.directory.states.get(actor.organ.state)
        if actor.local and self.memory.place is not None:
            return self.memory.place
        return (
            actor.place if actor.role is not None and actor.role.tier is not Tier.FOREIGN_MINISTRY else None
        )

    def _bloc(self, actor: Actor) -> str:
        role = actor.role
        if role is not None and role.opposition:
            return "other"
        state = self._state(actor)
        if state is not None:
            return state.bloc
        if actor.organ is not None and actor.organ.state:
            return actor.organ.state
        if actor.organ is not None and (owner := self.memory.organs.get(actor.organ.label)) is not None:
            return owner.bloc
        domestic = role is not None and (self.narrated or role.label in _DOMESTIC)
        home = self._home() if domestic else None
        return home.bloc if home is not None else UNKNOWN_BLOC

    def _tier(self, actor: Actor) -> Tier:
        """Tell the kind of office from the role, the organ it stands in and the office that it serves."""
        role, organ = actor.role, actor.organ if actor.organ and not actor.organ.transparent else None
        if role is None:
            return organ.tier if organ else Tier.OTHER
        state = self._state(actor)
        if role.office == "Prime Minister" and state is not None and state.id in _HEADED_BY_PRIME_MINISTER:
            return Tier.HEAD_OF_STATE
        if organ is not None and (role.generic or role.tier is Tier.HEAD_OF_STATE):
            return organ.tier
        if role.generic and actor.of_role is not None:
            served = actor.of_role.tier
            return Tier.GOVERNMENT if served is Tier.HEAD_OF_STATE else served
        if role.generic and role.label == "head" and state is not None:
            return Tier.HEAD_OF_STATE
        if role.tier is Tier.HEAD_OF_STATE and state is None:
            return Tier.OTHER
        return role.tier


def _is_like(role: Role, speaker: Speaker) -> bool:
    """Whether a commentator-like or security-like word fits a listed speaker's role by its wording."""
    return role.label.split()[-1] in speaker.role.lower()


def _with_reason(speaker: Speaker, reason: str) -> Speaker:
    return Speaker(speaker.name, speaker.tier, speaker.bloc, reason, speaker.role)
