"""From a noun phrase to a Speaker: canonical name, tier and bloc."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from monitor.domain.actors import UNKNOWN_BLOC, Person, Speaker
from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor, Named, People
from monitor.text.speakers.cues import Cue
from monitor.text.speakers.directory import Directory, holds_office, is_woman
from monitor.text.speakers.memory import Memory
from monitor.text.speakers.names import transliterate
from monitor.text.speakers.naming import OFFICES_OF_PRESIDENT, name_organ
from monitor.text.speakers.offices import Organ, Role
from monitor.text.speakers.posts import find_post_holder
from monitor.text.speakers.standing import HEADED_BY_PRIME_MINISTER, OPPOSITION_BLOC, Standing
from monitor.text.speakers.states import State


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves the actors of one text."""

    directory: Directory
    people: People
    memory: Memory
    standing: Standing
    said_on: date | None

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
        if actor.role is not None:
            return self._resolve_role(actor, actor.role, reason, here, female)
        state = self.standing.state_of(actor)
        if actor.organ is not None:
            return self._resolve_presidency(actor, state, reason) or self._resolve_organ(
                actor.organ, state, reason, here, actor.place
            )
        return self._resolve_state(state, reason) if state is not None else Speaker.unknown(reason)

    def _resolve_state(self, state: State, reason: str) -> Speaker:
        """A state speaks through its government; the Union of Europe is no state."""
        if state.id == "eu":
            return self._institution("European Union", Tier.INSTITUTION, state.bloc, reason)
        return self._institution(state.government_name, Tier.GOVERNMENT, state.bloc, reason)

    def resolve_pronoun(self, cue: Cue) -> Speaker:
        """Return the last speaker whom a pronoun can mean."""
        memory = self.memory
        if cue.pronoun in ("it", "they"):
            alone = cue.pronoun == "it" or (memory.institution is memory.last and memory.last is not None)
            found = memory.institution if alone else None
        else:
            female = cue.pronoun == "she"
            found = next((speaker for speaker, woman in memory.humans if woman in (female, None)), None)
            found = found or self._only_mentioned(female=female)
        if found is None:
            return Speaker.unknown(f"pronoun:{cue.evidence}")
        return replace(found, reason=f"pronoun:{cue.evidence}→{found.name or found.role}")

    def resolve_office(self, office: str, state: State, reason: str) -> Speaker | None:
        """Return who holds a state's office."""
        holder = self.directory.find_holder(office, state, self.said_on)
        return self._resolve_person(holder, Actor(0, 0, "", 0), reason) if holder is not None else None

    def is_female(self, actor: Actor) -> bool | None:
        """Tell an actor's gender where it is known."""
        if actor.person is not None and not actor.person.institution:
            return is_woman(actor.person)
        return actor.named.female if actor.named is not None else None

    def _only_mentioned(self, *, female: bool) -> Speaker | None:
        """The one person of that gender whom the statement just before names."""
        fitting = {
            speaker.name: speaker
            for actor in self.memory.mentioned
            if actor.is_named and actor.is_human and self.is_female(actor) in (female, None)
            if (speaker := self.resolve(actor, "")).name
        }
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def _resolve_person(self, person: Person, actor: Actor, reason: str) -> Speaker:
        if (term := self.directory.find_term(person, self.said_on)) is not None:
            side = self.directory.bloc_of_office(term.role) or person.bloc
            return Speaker(person.name, term.tier, side, reason, term.role)
        tier = person.tier
        if not person.institution and not holds_office(person, self.said_on or person.until):
            told = self.standing.tier_of(actor)
            tier = Tier.OTHER if told is Tier.INSTITUTION else told
        elif self.said_on is None or person.since is None:
            tier = self.standing.told_tier(actor) or tier
        return Speaker(person.name, tier, person.bloc, reason, person.role)

    def _resolve_named(self, named: Named, actor: Actor, reason: str) -> Speaker:
        if len(named.words) == 1 and named.words[0].lower().replace("ё", "е") in self.people.shared:
            return Speaker.unknown(f"unnamed:{actor.text}")
        name = transliterate(named.words)
        if (listed := self.directory.by_name.get(name)) is not None:
            return self._resolve_person(listed, actor, reason)
        if (joined := self._find_listed(named, actor)) is not None:
            return self._resolve_person(joined, actor, f"{reason}→surname of {joined.name}")
        told = self._find_title(named, actor)
        role = told.role.label if told.role else ""
        return Speaker(name, self.standing.tier_of(told), self.standing.bloc_of(told), reason, role)

    def _find_title(self, named: Named, actor: Actor) -> Actor:
        """Return the mention that tells somebody's office: this one, or a fuller one of the text."""
        told = self.people.titles.get(named.words, actor)
        if not (actor.role or actor.organ or actor.state):
            return told
        if actor.role is None or actor.former or actor.state or actor.organ or told.role is None:
            return actor
        return told if told.role.tier is actor.role.tier and self.standing.state_of(told) else actor

    def _find_listed(self, named: Named, actor: Actor) -> Person | None:
        """Return the one listed person of a bare surname whose kind of office and side fit the title."""
        role = actor.role
        if len(named.words) > 1 or role is None or role.generic or actor.former or actor.described:
            return None
        state = self.standing.state_of(actor)
        owner = state.bloc if state is not None else self.standing.source_bloc
        surname = named.words[0].lower().replace("ё", "е")
        fitting = [
            person
            for person in self.directory.by_surname.get(surname, ())
            if person.bloc == (owner or person.bloc) and _fits_title(person, role)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _resolve_role(
        self, actor: Actor, role: Role, reason: str, here: State | None, female: bool | None
    ) -> Speaker:
        """Resolve people and an office named without its holder."""
        if role.crowd or role.opposition:
            return self._resolve_crowd(actor, role)
        if (holder := self._find_holder(actor, role, here, female)) is not None:
            return self._resolve_person(holder, actor, reason)
        spoken = self._coreferent(actor, role, female) or self._last_named(actor, role, female)
        if spoken is not None:
            return replace(spoken, reason=f"coref:{actor.text}→{spoken.name or spoken.role}")
        if (institution := self._institution_of(actor, role, reason, here)) is not None:
            return institution
        if self.standing.state_of(actor) is None and not actor.organ:
            return Speaker.unknown(f"unnamed:{actor.text}")
        return Speaker(None, self.standing.tier_of(actor), self.standing.bloc_of(actor), reason, role.label)

    def _resolve_crowd(self, actor: Actor, role: Role) -> Speaker:
        """Unnamed people have at most a trade and a side."""
        reason = f"unnamed:{actor.text}"
        if role.opposition:
            return Speaker(None, Tier.OTHER, OPPOSITION_BLOC, reason)
        return Speaker(None, role.tier, actor.state.bloc if actor.state else UNKNOWN_BLOC, reason)

    def _find_holder(
        self, actor: Actor, role: Role, here: State | None, female: bool | None
    ) -> Person | None:
        """Return who holds a state's office; without the state, the outlet's own unless one has spoken."""
        owner = self.standing.state_of(actor)
        organ = actor.organ
        of_whom = self.standing.owner_of(organ, owner, here) if organ else owner or self.standing.home()
        if (holder := find_post_holder(self.directory, actor, role, of_whom, self.said_on)) is not None:
            return holder
        heads_state = role.label == "head" and owner is not None and actor.heads_state
        office = "President" if heads_state else role.office
        if not office or actor.former or actor.organ is not None or actor.of_role is not None:
            return None
        told = self._coreferent(actor, role, female) or self._last_named(actor, role, female)
        if owner is None and told is None:
            owner = here or (None if self._is_elsewhere(actor) else self.standing.home())
        if owner is None:
            return None
        if not (heads_state or role.label == "leader"):
            return self.directory.find_holder(office, owner, self.said_on)
        return self._find_leader(owner)

    def _find_leader(self, state: State) -> Person | None:
        """Return who leads a state: its president, or the head of government where none is listed."""
        headed = state.id in HEADED_BY_PRIME_MINISTER
        for office in ("Prime Minister",) if headed else ("President", "Prime Minister", "Chancellor"):
            if (holder := self.directory.find_holder(office, state, self.said_on)) is not None:
                return holder
        return None

    def _is_elsewhere(self, actor: Actor) -> bool:
        """Whether an office is not surely the outlet's own: a text about another state leaves it open."""
        place, home = self.memory.place, self.standing.home()
        abroad = place not in (None, home) and not self.memory.in_headline
        return actor.described or actor.local or abroad

    def _last_named(self, actor: Actor, role: Role, female: bool | None) -> Speaker | None:
        """The person named last, speaking or not, who holds the office that stands here alone."""
        of_office = role.office or role.label == "minister"
        if not of_office or actor.organ is not None or actor.former or actor.described:
            return None
        if self.standing.state_of(actor) is not None:
            return None
        for named in self.memory.named:
            speaker = self.resolve(named, "")
            woman = self.is_female(named)
            other_gender = female is not None and woman is not None and woman != female
            if not other_gender and speaker.tier is role.tier and speaker.name:
                return speaker if _may_be_called(role, speaker) else None
        return None

    def _institution_of(self, actor: Actor, role: Role, reason: str, here: State | None) -> Speaker | None:
        """Return the institution that a nameless spokesman or head speaks for."""
        state, organ = self.standing.state_of(actor), actor.organ
        if organ is None and role.generic and (office := self._resolve_presidency(actor, state, reason)):
            return office
        if organ is None or role.tier is Tier.PARLIAMENT or role.label == "official":
            return None
        if not (role.generic or role.tier is organ.tier):
            return None
        return self._resolve_organ(organ, state, reason, here)

    def _resolve_presidency(self, actor: Actor, state: State | None, reason: str) -> Speaker | None:
        """Return the office of the president whom an actor serves."""
        if actor.of_role is None or actor.of_role.tier is not Tier.HEAD_OF_STATE or state is None:
            return None
        if actor.organ is not None and not actor.organ.transparent:
            return None
        name = OFFICES_OF_PRESIDENT.get(state.id, f"{state.adjective} presidential office")
        return self._institution(name, Tier.GOVERNMENT, state.bloc, reason)

    def _coreferent(self, actor: Actor, role: Role, female: bool | None) -> Speaker | None:
        """Return the last speaker whom "the diplomat" or "the Russian official" can mean."""
        state, organ = self.standing.state_of(actor), actor.organ
        if organ is not None and not role.generic:
            return None
        for speaker, woman in self.memory.humans:
            other_gender = female is not None and woman is not None and woman != female
            other_side = state is not None and speaker.bloc != state.bloc
            other_organ = organ is not None and not organ.transparent and organ.tier is not speaker.tier
            if not (other_gender or other_side or other_organ) and _may_be_called(role, speaker):
                return speaker
        return None

    def _resolve_organ(
        self, organ: Organ, state: State | None, reason: str, here: State | None, place: State | None = None
    ) -> Speaker:
        evidence = reason.partition(":")[2]
        if organ.name is not None:
            owner = self.directory.states.get(organ.state or "")
            return self._institution(
                organ.name, organ.tier, owner.bloc if owner else organ.state or UNKNOWN_BLOC, reason
            )
        if organ.transparent and state is None:
            found = self.memory.institution or self._ministry_of_last()
            if found is None:
                return Speaker.unknown(f"unnamed:{evidence}")
            return replace(found, reason=f"coref:{evidence}→{found.name}")
        owner = self.standing.owner_of(organ, state, here)
        if owner is None:
            return replace(Speaker.unknown(f"organ-without-state:{evidence}"), tier=organ.tier)
        tier = Tier.GOVERNMENT if organ.transparent else organ.tier
        return self._institution(name_organ(organ, owner, place), tier, owner.bloc, reason)

    def _ministry_of_last(self) -> Speaker | None:
        """The foreign ministry whose diplomat spoke last, or that was spoken of last."""
        last = self.memory.last_human
        owner = self.directory.states.get(last.bloc) if last and last.tier is Tier.FOREIGN_MINISTRY else None
        owner = owner or self.memory.ministry
        if owner is None:
            return None
        return self._institution(f"{owner.adjective} Foreign Ministry", Tier.FOREIGN_MINISTRY, owner.bloc, "")

    def _institution(self, name: str, tier: Tier, bloc: str, reason: str) -> Speaker:
        listed = self.directory.by_name.get(name)
        if listed is not None:
            return Speaker(listed.name, listed.tier, listed.bloc, reason, listed.role)
        return Speaker(name, tier, bloc, reason)


def _fits_title(person: Person, role: Role) -> bool:
    """Whether a listed person may bear a title; any minister is called a minister."""
    minister = role.label == "minister" and "minister" in person.role.lower()
    return minister or (role.tier is not Tier.OTHER and person.tier is role.tier)


def _may_be_called(role: Role, speaker: Speaker) -> bool:
    """Whether a speaker may be called by an office's or a trade's name."""
    if role.generic or role.tier is Tier.OTHER or role.tier is speaker.tier:
        return True
    return role.label.split()[-1] in speaker.role.lower()
