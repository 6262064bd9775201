"""From a noun phrase to a Speaker: canonical name, tier and bloc."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from monitor.domain.actors import UNKNOWN_BLOC, Person, Speaker
from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor, Named, People
from monitor.text.speakers.coreference import find_coreferent, find_just_mentioned
from monitor.text.speakers.directory import OPPOSITION_BLOC, Directory, holds_office, is_woman
from monitor.text.speakers.lexicon_ru import COMPANIES
from monitor.text.speakers.memory import Memory
from monitor.text.speakers.names import transliterate
from monitor.text.speakers.naming import OFFICES_OF_PRESIDENT, name_organ
from monitor.text.speakers.offices import ORGANS, Organ, Role
from monitor.text.speakers.posts import find_post_holder
from monitor.text.speakers.standing import HEADED_BY_PRIME_MINISTER, Standing
from monitor.text.speakers.states import State
from monitor.text.speakers.words import look_up

_OF_DEPARTMENTS = frozenset({Tier.SECURITY, Tier.GOVERNMENT})


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
        if actor.outlet is not None:
            return Speaker(actor.outlet.name, actor.outlet.tier, actor.outlet.bloc, reason)
        if actor.person is not None:
            return self._resolve_person(actor.person, actor, reason)
        if actor.named is not None:
            return self._resolve_named(actor.named, actor, reason)
        if actor.role is not None:
            return self._resolve_role(actor, actor.role, reason, here, female)
        return self._resolve_body(actor, reason, here)

    def _resolve_body(self, actor: Actor, reason: str, here: State | None) -> Speaker:
        """Resolve an organ or a bare state; "the Red Army" is not the outlet's own."""
        state, organ = self.standing.state_of(actor), actor.organ
        if organ is None:
            return self._resolve_state(state, reason) if state is not None else Speaker.unknown(reason)
        if state is None and actor.described and organ.label == "armed forces":
            return Speaker.unknown(f"unnamed:{actor.text}")
        office = self._resolve_presidency(actor, state, reason)
        return office or self._resolve_organ(organ, state, reason, here, actor.place)

    def _resolve_state(self, state: State, reason: str) -> Speaker:
        """A state speaks through its government; the Union of Europe is no state."""
        if state.id == "eu":
            return self._institution("European Union", Tier.INSTITUTION, state.bloc, reason)
        return self._institution(state.government_name, Tier.GOVERNMENT, state.bloc, reason)

    def resolve_office(self, office: str, state: State, reason: str) -> Speaker | None:
        """Return who holds a state's office."""
        holder = self.directory.find_holder(office, state, self.said_on)
        return self._resolve_person(holder, Actor(0, 0, "", 0), reason) if holder is not None else None

    def is_female(self, actor: Actor) -> bool | None:
        """Tell an actor's gender where it is known."""
        if actor.person is not None and not actor.person.institution:
            return is_woman(actor.person)
        return actor.named.female if actor.named is not None else None

    def _resolve_person(self, person: Person, actor: Actor, reason: str) -> Speaker:
        if (term := self.directory.find_term(person, self.said_on)) is not None:
            side = self.directory.bloc_of_office(term.role) or person.bloc
            return Speaker(person.name, term.tier, side, reason, term.role)
        tier = person.tier
        if not person.institution and not holds_office(person, self.said_on or person.until):
            told = self.standing.tier_of(actor)
            tier = Tier.OTHER if told is Tier.INSTITUTION else told
        elif self.said_on is None or person.since is None:
            own = actor.role is not None and actor.role.office and person.role.startswith(actor.role.office)
            tier = tier if own else self.standing.told_tier(actor) or tier
        if self.said_on is None and not person.institution:
            if actor.former and actor.role is not None and actor.role.tier is tier:
                tier = Tier.OTHER
            return Speaker(
                person.name, tier, self.standing.told_bloc(actor, person.bloc), reason, person.role
            )
        return Speaker(person.name, tier, person.bloc, reason, person.role)

    def _resolve_named(self, named: Named, actor: Actor, reason: str) -> Speaker:
        if len(named.words) == 1 and named.words[0].lower().replace("ё", "е") in self.people.shared:
            return Speaker.unknown(f"unnamed:{actor.text}")
        name = transliterate(named.words)
        if (listed := self.directory.by_name.get(name)) is not None and _is_called(listed, named):
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
        if len(named.words) == 1 and role is None and actor.state is None and actor.organ is None:
            return self._find_of_scene(named)
        if role is None or role.generic or actor.former or actor.described:
            return None
        state = self.standing.state_of(actor)
        if len(named.words) > 1:
            return self._find_holder_by_name(named, role, state)
        owner = state.bloc if state is not None else self.standing.source_bloc
        return _only(
            person
            for person in self.directory.of_surname(named.words[0])
            if person.bloc == (owner or person.bloc) and _fits_title(person, role)
        )

    def _find_holder_by_name(self, named: Named, role: Role, state: State | None) -> Person | None:
        """Return the listed holder of an office whose full name the text gives in another form."""
        if state is None or not role.office:
            return None
        return _only(
            person
            for person in self.directory.of_surname(named.words[-1])
            if person.bloc == state.bloc and _fits_title(person, role) and role.office in person.role
        )

    def _find_of_scene(self, named: Named) -> Person | None:
        """Return the only official of a bare surname where the statement speaks of his state."""
        listed = self.directory.of_surname(named.words[0])
        leading = [person for person in listed if person.tier is Tier.HEAD_OF_STATE and person.until is None]
        listed = leading if len(leading) == 1 else listed
        alone = len(listed) == 1 and listed[0].bloc in self.memory.blocs and listed[0].tier is not Tier.OTHER
        return listed[0] if alone and holds_office(listed[0], self.said_on or listed[0].until) else None

    def _resolve_role(
        self, actor: Actor, role: Role, reason: str, here: State | None, female: bool | None
    ) -> Speaker:
        """Resolve people and an office named without its holder."""
        if role.crowd or role.opposition:
            return self._resolve_crowd(actor, role)
        if (holder := self._find_holder(actor, role, here, female)) is not None:
            return self._resolve_person(holder, actor, reason)
        spoken = find_coreferent(self, actor, role, female) or find_just_mentioned(self, actor, role, female)
        if spoken is not None:
            return replace(spoken, reason=f"coref:{actor.text}→{spoken.name or spoken.role}")
        if (institution := self._institution_of(actor, role, reason, here)) is not None:
            return institution
        return self._resolve_nameless(actor, role, reason, here)

    def _resolve_nameless(self, actor: Actor, role: Role, reason: str, here: State | None) -> Speaker:
        """Tell at least the kind of office, and the side where the text or its headline shows it."""
        if self.standing.state_of(actor) is None and not actor.organ:
            official = not role.generic or role.label == "official"
            if here is not None and role.tier is Tier.GOVERNMENT and official:
                return Speaker(None, role.tier, here.bloc, reason, role.label)
            trade = self.standing.trade_of(actor, role)
            return replace(Speaker.unknown(f"unnamed:{actor.text}"), tier=trade)
        return Speaker(None, self.standing.tier_of(actor), self.standing.bloc_of(actor), reason, role.label)

    def _resolve_crowd(self, actor: Actor, role: Role) -> Speaker:
        """Unnamed people have at most a trade and a side."""
        reason = f"unnamed:{actor.text}"
        state = self.standing.state_of(actor)
        if role.organ and actor.state is not None and actor.organ is None and actor.of_role is None:
            russian = role.organ == "parliament" and actor.state.id == "russia"
            organ = ORGANS["state_duma" if russian else role.organ]
            return self._resolve_organ(organ, actor.state, f"organ-of:{actor.text}", None)
        if role.opposition:
            state = state or self.memory.scene_of_act or self.memory.first_state
            name = f"{state.adjective} opposition" if role.crowd and state is not None else None
            return Speaker(name, Tier.OTHER, OPPOSITION_BLOC, reason)
        tier = self.standing.tier_of(actor) if role.generic or actor.of_role else role.tier
        if state is None and role.label == "local people":
            state = self.memory.place
        side = state.bloc if state else (actor.organ.state if actor.organ else None)
        return Speaker(None, tier, side or UNKNOWN_BLOC, reason)

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
        told = find_coreferent(self, actor, role, female)
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

    def _institution_of(self, actor: Actor, role: Role, reason: str, here: State | None) -> Speaker | None:
        """Return the institution that a nameless spokesman or head speaks for."""
        state, organ = self.standing.state_of(actor), actor.organ
        if organ is None and role.generic and (office := self._resolve_presidency(actor, state, reason)):
            return office
        if organ is None or role.tier is Tier.PARLIAMENT or role.label == "official":
            return None
        of_body = organ.tier is Tier.INSTITUTION and bool(organ.name) and role.label == "minister"
        if not (role.generic or role.tier is organ.tier or of_body):
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
            found = self._company(evidence) or self.memory.institution or self._ministry_of_last()
            if found is None:
                return Speaker.unknown(f"unnamed:{evidence}")
            return replace(found, reason=f"coref:{evidence}→{found.name}")
        owner = self.standing.owner_of(organ, state, here)
        if owner is None:
            return replace(Speaker.unknown(f"organ-without-state:{evidence}"), tier=organ.tier)
        tier = Tier.GOVERNMENT if organ.transparent else organ.tier
        return self._institution(name_organ(organ, owner, place), tier, owner.bloc, reason)

    def _company(self, evidence: str) -> Speaker | None:
        """The company spoken of last, where "the press service of the company" is told."""
        last = look_up(evidence.rsplit(maxsplit=1)[-1].lower()).cases if evidence else {}
        company = self.memory.company
        known = company is not None and not COMPANIES.isdisjoint(last)
        return self.resolve(company, evidence) if company is not None and known else None

    def _ministry_of_last(self) -> Speaker | None:
        """The foreign ministry whose diplomat spoke last, or that was spoken of last."""
        last = self.memory.last_human
        owner = self.directory.states.get(last.bloc) if last and last.tier is Tier.FOREIGN_MINISTRY else None
        owner = owner or self.memory.ministry
        if owner is None:
            known = last is not None and last.bloc != UNKNOWN_BLOC and last.tier in _OF_DEPARTMENTS
            return replace(last, name=None, role="") if known and last is not None else None
        return self._institution(f"{owner.adjective} Foreign Ministry", Tier.FOREIGN_MINISTRY, owner.bloc, "")

    def _institution(self, name: str, tier: Tier, bloc: str, reason: str) -> Speaker:
        listed = self.directory.by_name.get(name)
        if listed is not None:
            return Speaker(listed.name, listed.tier, listed.bloc, reason, listed.role)
        return Speaker(name, tier, bloc, reason)


def _only(persons: Iterable[Person]) -> Person | None:
    """Return the one person that there is; None where there are several or none."""
    found = list(persons)
    return found[0] if len(found) == 1 else None


def _is_called(person: Person, named: Named) -> bool:
    """Whether a listed person goes by first name and surname, not only with the patronymic."""
    names = person.names.get("ru", ())
    return (
        named.words[0].isascii() or not names or any(len(name.split()) <= len(named.words) for name in names)
    )


def _fits_title(person: Person, role: Role) -> bool:
    """Whether a listed person may bear a title; any minister is called a minister."""
    minister = role.label == "minister" and "minister" in person.role.lower()
    return minister or (role.tier is not Tier.OTHER and person.tier is role.tier)
