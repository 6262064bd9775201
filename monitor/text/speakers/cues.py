"""Cues of a sentence that tell who speaks, and which of them is the outermost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.text.speakers.actors import Actor


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


@dataclass(frozen=True, slots=True)
class Cue:
    """One clause that tells whose words or act the sentence carries."""

    kind: CueKind
    evidence: str
    at: int
    """The first token of the clause."""
    actor: Actor | None = None
    pronoun: str = ""
    """he, she, they or it; empty where an actor stands."""
    female: bool | None = None
    """The speaker's gender where the verb's form shows it."""
    parenthetic: bool = False
    """The clause follows or interrupts what it reports."""
    introduced: bool = False
    """The clause begins with "as": "as Lavrov noted"."""
    governs: bool = False
    """A clause with "that" hangs on it."""
    points_back: bool = False
    """It reports the sentence before: "This was stated by …"."""
    said: bool = False
    """Of several who act together: whether they speak."""
    routine: bool = False
    """A meeting, a visit, a signing: protocol that tells no side's rhetoric."""


def choose_outermost(cues: Sequence[Cue]) -> Cue | None:
    """Return the cue of the outermost speaker, or None where nobody is reported."""
    if not cues:
        return None
    ordered = sorted(cues, key=lambda cue: cue.at)
    marked = [cue for kind in (CueKind.COLON, CueKind.SOURCE) for cue in ordered if cue.kind is kind]
    if marked:
        return marked[0]
    leading = next((cue for cue in ordered if not cue.parenthetic and _reports(cue)), None)
    trailing = [cue for cue in ordered if cue.parenthetic]
    if leading is None:
        return trailing[-1] if trailing and not trailing[-1].introduced else (trailing or ordered)[0]
    closing = trailing[-1] if trailing else None
    if closing is None or (closing.introduced and closing.at > leading.at):
        return _first(leading, ordered)
    if _is_own_office(closing) and _is_of_person(leading):
        return leading
    outer = closing.at < leading.at or not leading.governs or closing is ordered[-1]
    return closing if outer else _first(leading, ordered)


def _is_own_office(cue: Cue) -> bool:
    """Whether a press service or a president's office only passes on what was said."""
    actor = cue.actor
    if actor is None or actor.role is not None:
        return False
    if actor.person is not None:
        return actor.person.name in ("Kremlin", "Akorda")
    organ = actor.organ
    return organ is not None and (organ.label == "presidential office" or organ.transparent)


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
