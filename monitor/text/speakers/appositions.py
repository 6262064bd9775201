"""Names and offices that stand beside one another: "X, head of the institute", "the ambassador, X"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from monitor.text.speakers.actors import Actor
from monitor.text.speakers.sentence import Sentence

_ARTICLES = frozenset({"the", "a", "an"})
_PLACES = frozenset({"в", "во", "на", "to", "in", "at"})
_LONGEST_TITLE = 8
_ENDS = frozenset(",.:;—–-)!?")


def join_appositions(s: Sentence, actors: Sequence[Actor]) -> None:
    """Tell an unlisted person the office, and an office the name, that a comma divides from it."""
    for one, other in pairwise(actors):
        if not _is_beside(s, one, other) or not one.mask & other.mask:
            continue
        if one.named is not None and one.role is None and _is_office(other):
            one.role, one.organ, one.state, one.of_role = other.role, other.organ, other.state, other.of_role
            one.place, one.local, one.former = other.place, other.local, other.former
            one.state_is_adjective, one.heads_state = other.state_is_adjective, other.heads_state
            one.title = " ".join(s.texts[other.start : _end_of_phrase(s, other.end)])
        elif _is_office(one) and _is_bare_name(s, other) and _fits(one, other):
            one.person, one.named, one.text = other.person, other.named, f"{one.text}, {other.text}"


def _is_beside(s: Sentence, one: Actor, other: Actor) -> bool:
    """Whether a comma, and at most an article, stands between two actors; an office may tell its place."""
    k = one.end
    if (
        one.role is not None
        and s.lows[k : k + 1]
        and s.lows[k] in _PLACES
        and s.capital[k + 1 : k + 2] == [True]
    ):
        k += 2
    if s.texts[k : k + 1] != [","] or s.quoted[one.start] != s.quoted[other.start]:
        return False
    k += 1
    return other.start == k or (other.start == k + 1 and s.lows[k] in _ARTICLES)


def _end_of_phrase(s: Sentence, k: int) -> int:
    end = k
    while end < len(s) and end - k < _LONGEST_TITLE and s.texts[end][0].isalnum():
        end += 1
    return end


def _is_office(actor: Actor) -> bool:
    return actor.role is not None and not (actor.is_named or actor.is_crowd or actor.role.joint)


def _is_bare_name(s: Sentence, actor: Actor) -> bool:
    """Whether a full name stands alone, set off by a sign from what follows it."""
    full = actor.is_named and actor.is_human and actor.role is None and actor.end - actor.start > 1
    return full and (actor.end >= len(s) or s.texts[actor.end][0] in _ENDS or s.capital[actor.end])


def _fits(office: Actor, name: Actor) -> bool:
    """Whether a listed person is of the side that the office is of."""
    return name.person is None or office.state is None or office.state.bloc == name.person.bloc
