"""Who holds a post that a text names by the organ: "the Duma's chairman", "the head of the FSB"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from monitor.domain.actors import Person
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.directory import Directory, holds_office
from monitor.text.speakers.offices import Organ, Role
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.states import State

_HEADS = (
    "Head",
    "Director",
    "Director General",
    "Chief executive",
    "Chairman",
    "Chairwoman",
    "Governor",
    "Chairman of the Board",
    "Chairman of the Executive Committee",
)
_SPOKEN_FOR = ("Spokesman", "Spokeswoman", "Press Secretary")
_TITLES = {
    "head": _HEADS,
    "minister": ("State Secretary",),
    "secretary": ("Secretary", "State Secretary"),
    "secretary general": ("Secretary General",),
    "spokesman": _SPOKEN_FOR,
    "press secretary": _SPOKEN_FOR,
    "official representative": _SPOKEN_FOR,
    "ambassador": ("Ambassador",),
}
"""How the entries call those who hold a role in an organ."""
_HOUSES = {
    "Senate": ("сенат", "senate"),
    "Mazhilis": ("мажилис", "mazhilis", "majilis"),
    "Council": ("совета республики", "council of the republic", "верхней палаты", "upper house"),
    "House": ("палаты представителей", "house of representatives", "нижней палаты", "lower house"),
    "Legislative": ("законодательной палаты", "legislative chamber"),
}
"""Words that tell which house of a parliament is meant, by a word of its chair's role."""
_LESSER = ("зам", "вице", "перв", "врио", "экс", "бывш")
_LESSER_WORDS = word_set("deputy vice first acting former ex-head assistant official")


def find_post_holder(
    directory: Directory, actor: Actor, role: Role, state: State | None, said_on: date | None
) -> Person | None:
    """Return the one listed person who held the post on the day of the text.

    Without a day only those posts are told that the lexicon gives whole; a post of an organ
    changes hands too often. Where several are listed, or nobody's time in it is known, nobody is.
    """
    if actor.former or _is_lesser(actor, role):
        return None
    if role.posts:
        return _only(directory, role.posts, said_on)
    if role.label == "speaker of parliament" and state is not None:
        return _find_speaker(directory, actor, state, said_on)
    if said_on is None or role.label not in _TITLES:
        return None
    if actor.of_role is not None:
        return _find_spokesman_of_president(directory, actor, role, state, said_on)
    posts = [
        f"{title} of {body}"
        for title in _TITLES[role.label]
        for body in _name_bodies(directory, actor, state)
    ]
    if role.label == "ambassador" and state is not None and actor.place is not None:
        posts = [f"Ambassador of {state.place} to {actor.place.place}"]
    found = _only(directory, posts, said_on)
    return found if found is not None and (found.since or directory.find_term(found, said_on)) else None


def find_head_of_body(directory: Directory, body: Actor, head: Actor, said_on: date | None) -> Person | None:
    """Return who held a post in a listed body on the day of the text: "secretary general" of the CSTO."""
    role = head.role
    if said_on is None or role is None or body.person is None or head.former or _is_lesser(head, role):
        return None
    names = _call(body.person.name)
    found = _only(directory, [f"{t} of {n}" for t in _TITLES.get(role.label, ()) for n in names], said_on)
    return found if found is not None and found.since is not None else None


def _find_speaker(directory: Directory, actor: Actor, state: State, said_on: date | None) -> Person | None:
    """Return who chairs a parliament; where it has two houses, the text must tell which."""
    house = next((house for house, words in _HOUSES.items() if _names_one(actor, words)), "")
    holders = [
        person
        for person in directory.speakers_of.get(state.bloc, ())
        if house in person.role and holds_office(person, said_on)
    ]
    return holders[0] if len(holders) == 1 else None


def _names_one(actor: Actor, words: tuple[str, ...]) -> bool:
    low = actor.text.lower()
    return any(word in low for word in words)


def _find_spokesman_of_president(
    directory: Directory, actor: Actor, role: Role, state: State | None, said_on: date
) -> Person | None:
    """Read "the president's press secretary"."""
    served = actor.of_role
    if served is None or served.office != "President" or role.label != "press secretary" or state is None:
        return None
    return _only(directory, (f"Press Secretary of the President of {state.place}",), said_on)


def _only(directory: Directory, posts: list[str] | tuple[str, ...], said_on: date | None) -> Person | None:
    holders = {p.name: p for post in posts if (p := directory.find_holder_of(post, said_on)) is not None}
    return next(iter(holders.values())) if len(holders) == 1 else None


def _name_bodies(directory: Directory, actor: Actor, state: State | None) -> Iterator[str]:
    """The ways in which an entry's role may name the organ that an office stands in."""
    organ = actor.organ
    if organ is None or organ.transparent:
        return
    if organ.name is not None:
        yield from _name_listed(directory, organ, organ.name)
    elif state is not None:
        yield f"the {organ.label} of {state.place}"


def _name_listed(directory: Directory, organ: Organ, name: str) -> Iterator[str]:
    listed = directory.by_name.get(name)
    yield from _call(name)
    yield f"the {name.removeprefix('Russian ')}"
    if listed is not None and listed.role:
        yield f"the {listed.role}"
    yield f"the {organ.state.upper() if organ.state else ''}"


def _call(name: str) -> tuple[str, str]:
    return name, f"the {name}"


def _is_lesser(actor: Actor, role: Role) -> bool:
    """Whether it is a deputy or an acting one, whom the entry of the office does not mean."""
    words = actor.text.lower().split()
    official = role.label == "official representative"
    return any((word.startswith(_LESSER) or word in _LESSER_WORDS) and not official for word in words)
