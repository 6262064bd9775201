"""Campaign headquarters in Russian: "штаб Иванова", "в штабе экс-кандидата в президенты X Y"."""

from __future__ import annotations

from collections.abc import Callable

from monitor.domain.actors import UNKNOWN_BLOC
from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.names import transliterate
from monitor.text.speakers.offices import Organ
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.words import ANY_GEN

_STAFF = frozenset({"штаб"})
_OF_CAMPAIGN = word_set("избирательный предвыборный")


def read_staff(s: Sentence, i: int, read_owner: Callable[[int], Actor | None]) -> Actor | None:
    """Return the headquarters of the politician whom `read_owner` finds after "штаб"."""
    k = i
    word = s.words[k]
    if word is not None and not _OF_CAMPAIGN.isdisjoint(word.cases) and k + 1 < len(s):
        k += 1
        word = s.words[k]
    if word is None or _STAFF.isdisjoint(word.cases) or not word.nouns or k + 1 >= len(s) or s.quoted[k]:
        return None
    owner = read_owner(k + 1)
    if owner is None or not owner.is_named or not owner.is_human or not owner.mask & ANY_GEN:
        return None
    surname, bloc = _read_surname(owner)
    organ = Organ("headquarters", Tier.OTHER, bloc, f"{surname} headquarters")
    return Actor(i, owner.end, "", word.nouns, organ=organ)


def _read_surname(owner: Actor) -> tuple[str, str]:
    if owner.person is not None:
        return owner.person.name.split()[-1], owner.person.bloc
    words = owner.named.words if owner.named is not None else ()
    return transliterate(words[-1:]), UNKNOWN_BLOC
