"""Cues of a sentence that tell who speaks, and which of them is the outermost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.offices import Role


class CueKind(StrEnum):
    """How a sentence tells its speaker; the value begins the speaker's reason."""

    REPORTED = "reported"
    ACT = "act-subject"
    ACCORDING = "according-to"
    COLON = "headline-colon"
    SOURCE = "headline-source"
    ABOUT = "headline-about"
    STATEMENT = "statement-of"
    AGENT = "act-agent"
    JOINT = "joint"


_SPEAK_FOR_STATES = frozenset({Tier.HEAD_OF_STATE, Tier.GOVERNMENT, Tier.FOREIGN_MINISTRY, Tier.SECURITY})
DONE = frozenset({CueKind.ACT, CueKind.AGENT})
"""Cues of acts rather than of speech."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One clause that tells whose words or act the sentence carries."""

    kind: CueKind
    evidence: str
    at: int
    """The first token of the clause."""
    actor: Actor | None = None
    pronoun: str = ""
    """he, she, they or it, or the author of an unsigned document or decree; empty where an actor stands."""
    female: bool | None = None
    """The speaker's gender where the verb's form shows it."""
    parenthetic: bool = False
    """The clause follows or interrupts what it reports."""
    introduced: bool = False
    """The clause begins with "as": "as Lavrov noted"."""
    governs: bool = False
    """A clause with "that" hangs on it."""
    elided: bool = False
    """The verb has no subject at all: whoever was spoken of goes on."""
    points_back: bool = False
    """It reports the sentence before: "This was stated by …"."""
    said: bool = False
    """Of several who act together: whether they speak."""
    routine: bool = False
    """A meeting, a visit, a signing: protocol that tells no side's rhetoric."""
    protocol: bool = False
    """One person meets, calls or visits another: the outlet tells it, and nobody speaks."""


def choose_outermost(cues: Sequence[Cue]) -> Cue | None:
    """Return the cue of the outermost speaker, or None where nobody is reported."""
    if not cues:
        return None
    telling = [cue for cue in cues if not cue.protocol]
    ordered = sorted(telling or cues, key=lambda cue: cue.at)
    marked = [cue for kind in (CueKind.COLON, CueKind.SOURCE) for cue in ordered if cue.kind is kind]
    if marked:
        return _find_person_of(marked[0], ordered) or _find_body_of(marked[0], ordered) or marked[0]
    leading = next((cue for cue in ordered if not cue.parenthetic and _reports(cue)), None)
    trailing = [cue for cue in ordered if cue.parenthetic]
    if leading is None:
        return _choose_trailing(trailing, ordered)
    closing = trailing[-1] if trailing else None
    if closing is None or (closing.introduced and closing.at > leading.at):
        return _find_namesake(_first(leading, ordered), ordered)
    if (_is_own_office(closing) and _is_of_person(leading)) or (_is_press(closing) and _is_known(leading)):
        return leading
    outer = closing.at < leading.at or not leading.governs or closing is ordered[-1]
    return closing if outer else _first(leading, ordered)


def _find_namesake(cue: Cue, ordered: Sequence[Cue]) -> Cue:
    """Return the clause that names the holder of an office which a headline before it left unnamed."""
    actor = cue.actor
    if actor is not None and actor.is_state:
        return _find_official_of(cue, actor, ordered) or cue
    if actor is None or actor.role is None or not _is_one_office(actor.role) or actor.is_named:
        return cue
    for other in ordered:
        fuller = other.actor
        if other.at <= cue.at or other.kind is not CueKind.REPORTED or fuller is None or fuller.role is None:
            continue
        same_state = fuller.state is None or actor.state is None or fuller.state is actor.state
        same_office = (fuller.role.office, fuller.role.label) == (actor.role.office, actor.role.label)
        if fuller.is_named and same_office and same_state:
            return other
    return cue


def _is_one_office(role: Role) -> bool:
    """Whether a role is an office that one person holds, or that a state is named with."""
    return bool(role.office) or not (role.crowd or role.generic or role.joint or role.opposition)


def _find_official_of(cue: Cue, actor: Actor, ordered: Sequence[Cue]) -> Cue | None:
    """Return the official whose words a later clause tells, after one of the mere state of his."""
    for other in ordered:
        person = other.actor
        if other.at <= cue.at or other.kind is not CueKind.REPORTED or person is None:
            continue
        own = person.state is actor.state and not person.former and person.is_named and person.is_human
        if own and person.role is not None and person.role.tier in _SPEAK_FOR_STATES:
            return other
    return None


def _choose_trailing(trailing: Sequence[Cue], ordered: Sequence[Cue]) -> Cue:
    """Of clauses that only follow what they report, return the outermost, or the act that it tells."""
    if trailing and _is_own_office(trailing[-1]) and (doer := _find_doer(ordered)) is not None:
        return doer
    return trailing[-1] if trailing and not trailing[-1].introduced else (trailing or ordered)[0]


def _find_person_of(mark: Cue, ordered: Sequence[Cue]) -> Cue | None:
    """Return who speaks at the end of what stands under a mere state: "ДНР: …, заявил глава ДНР X"."""
    if mark.actor is None or not mark.actor.is_state:
        return None
    people = [cue for cue in ordered if cue.parenthetic and _is_of_person(cue)]
    return people[-1] if people else None


def _find_body_of(mark: Cue, ordered: Sequence[Cue]) -> Cue | None:
    """Return the act of a body that "— media" only tells."""
    return _find_act(ordered, lambda actor: actor.is_institution) if _is_press(mark) else None


def _find_doer(ordered: Sequence[Cue]) -> Cue | None:
    """Return the act of a head of state that his own press service only tells."""
    return _find_act(ordered, _leads_state)


def _find_act(ordered: Sequence[Cue], fits: Callable[[Actor], bool]) -> Cue | None:
    """Return the first act, protocol apart, of an actor that fits."""
    acts = (cue for cue in ordered if cue.kind is CueKind.ACT and not cue.routine)
    return next((cue for cue in acts if cue.actor is not None and fits(cue.actor)), None)


def _leads_state(actor: Actor) -> bool:
    tier = (
        actor.person.tier if actor.person is not None else actor.role.tier if actor.role is not None else None
    )
    return tier is Tier.HEAD_OF_STATE and actor.is_human


def _is_own_office(cue: Cue) -> bool:
    """Whether a press service or a president's office only passes on what was said."""
    actor = cue.actor
    if actor is None or actor.role is not None:
        return False
    if actor.person is not None:
        return actor.person.name in ("Kremlin", "Akorda")
    organ = actor.organ
    return organ is not None and (organ.label == "presidential office" or organ.transparent)


def _is_press(cue: Cue) -> bool:
    """Whether the media in general are said to report it."""
    actor = cue.actor
    return actor is not None and actor.is_crowd and actor.text.lower().endswith(("сми", "media"))


def _is_known(cue: Cue) -> bool:
    actor = cue.actor
    return actor is not None and not actor.is_crowd and not actor.relay


def _is_of_person(cue: Cue) -> bool:
    actor = cue.actor
    known = actor is not None and actor.is_human and not actor.is_crowd
    return cue.kind is CueKind.REPORTED and known


def _reports(cue: Cue) -> bool:
    return cue.kind in (CueKind.REPORTED, CueKind.ACCORDING, CueKind.STATEMENT, CueKind.ABOUT)


def _first(leading: Cue, ordered: Sequence[Cue]) -> Cue:
    """Of a reporting clause and an act before it, the one that the sentence begins with."""
    first = ordered[0]
    if (
        first.kind in (CueKind.ACT, CueKind.JOINT)
        and first.at < leading.at
        and leading.kind is not CueKind.ACCORDING
    ):
        return first
    return leading
