"""Full names of no dictionary beside a Russian verb of speech: "Анн Брассер сказала"."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.text.speakers import lexicon_ru as lexicon
from monitor.text.speakers.actors import Actor, Named
from monitor.text.speakers.sentence import Sentence, is_abbreviation
from monitor.text.speakers.words import NOM, Verb

_LONGEST = 3
_OPENING = frozenset(".!?…:—–-»”\"',")
_ENDING = frozenset(".!?…,:;—–-»”\"'()«")
_PARTICLES = frozenset({"фон", "ван", "де", "ди", "аль", "эль", "бин", "ибн", "дер", "ла"})


def find_full_name(s: Sentence, at: Sequence[Actor | None], v: int, verb: Verb) -> Actor | None:
    """Return the person of no list whose full name stands right before or right after a verb of speech.

    Foreign names are often left undeclined, so that the place tells more than the ending.
    """
    fresh = v == 0 or s.texts[v - 1] in _OPENING or s.lows[v - 1] == "как"
    return _read_after(s, at, v, verb, fresh=fresh) or _read_before(s, at, v, verb)


def _read_before(s: Sentence, at: Sequence[Actor | None], v: int, verb: Verb) -> Actor | None:
    end = v
    while end and s.lows[end - 1] in lexicon.TIME and not s.capital[end - 1]:
        end -= 1
    start = end
    while start and end - start < _LONGEST and _may_be_part(s, at, start - 1):
        start -= 1
    if start == 0 and end - start > 1 and _is_plain_word(s, 0):
        start = 1
    opens = start == 0 or s.texts[start - 1] in _OPENING or (start == 1 and _is_plain_word(s, 0))
    return _make(s, at, start, end, verb, certain=opens)


def _read_after(s: Sentence, at: Sequence[Actor | None], v: int, verb: Verb, *, fresh: bool) -> Actor | None:
    start = end = v + 1
    while end < len(s) and end - start < _LONGEST and _may_be_part(s, at, end):
        end += 1
    closes = end >= len(s) or s.texts[end] in _ENDING or not s.capital[end]
    return _make(s, at, start, end, verb, certain=fresh) if closes else None


def _make(
    s: Sentence, at: Sequence[Actor | None], start: int, end: int, verb: Verb, *, certain: bool
) -> Actor | None:
    """Return the person whose name some tokens are; in no certain place it must look like a nominative."""
    if end - start < 2 or not any(_is_strange(s, i) for i in range(start, end)):
        return None
    covering = [actor for actor in at[start:end] if actor is not None]
    if covering and (covering[0].start != start or covering[-1].end != end):
        return None
    last, first = s.words[end - 1], s.words[start]
    if last is None or first is None or s.lows[start] in _PARTICLES:
        return None
    nominative = all(not word.mask or bool(word.mask & NOM) for word in (first, last))
    if not nominative and not (certain and not (first.known and last.known)):
        return None
    name = Named(tuple(s.texts[start:end]), verb.gender == "femn" if verb.gender else None)
    return Actor(start, end, " ".join(s.texts[start:end]), NOM, named=name)


def _may_be_part(s: Sentence, at: Sequence[Actor | None], i: int) -> bool:
    """Whether a token may be a word of somebody's name; one already read as such counts as well."""
    word, actor = s.words[i], at[i]
    if word is None or s.quoted[i] or is_abbreviation(s.texts[i]) or len(s.texts[i]) < 2:
        return False
    if actor is not None:
        bare = actor.named is not None and actor.role is None
        return bare and not actor.mask & NOM
    return s.capital[i] and not (word.place and word.known)


def _is_strange(s: Sentence, i: int) -> bool:
    """Whether the dictionary knows a word as a name or not at all."""
    word = s.words[i]
    return word is not None and (not word.known or bool(word.name_mask))


def _is_plain_word(s: Sentence, i: int) -> bool:
    """Whether the first word of a sentence is capitalised for that only: "Вчера", "Однако"."""
    word = s.words[i]
    return word is not None and word.known and not word.name_mask
