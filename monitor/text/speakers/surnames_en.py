"""Bare surnames and names of services of no list in English: "according to Mamedov", "…," Kurbanov said."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.domain.stance import Tier
from monitor.text.speakers import lexicon_en as lexicon
from monitor.text.speakers import verbs_en as verbs
from monitor.text.speakers.actors import Actor, Named
from monitor.text.speakers.cues import Cue, CueKind
from monitor.text.speakers.offices import Organ
from monitor.text.speakers.parts_en import EnglishParts
from monitor.text.speakers.words import ALL

_SHORTEST = 4
_BESIDE = frozenset(',"”’»')


def find_bare_names(parts: EnglishParts) -> Iterator[Cue]:
    """Read who is named by one word of no list where only a speaker can stand."""
    s = parts.sentence
    for i, low in enumerate(s.lows):
        if s.quoted[i]:
            continue
        if low == "according" and s.lows[i + 1 : i + 2] == ["to"] and _is_name(parts, i + 2):
            if i + 3 >= len(s) or not s.texts[i + 3][0].isalnum():
                actor = _make(parts, i + 2)
                yield Cue(CueKind.ACCORDING, f"according to {actor.text}", i, actor, parenthetic=i > 0)
        elif verbs.SPEECH.get(low) in lexicon.PARENTHETIC and (k := _find_beside(parts, i)) is not None:
            yield Cue(CueKind.REPORTED, f"{s.texts[k]} {low}", min(i, k), _make(parts, k), parenthetic=True)


def _find_beside(parts: EnglishParts, v: int) -> int | None:
    """Return where a name stands between a quotation and the verb that closes it, on either side."""
    s = parts.sentence
    ends = v + 1 >= len(s) or not s.texts[v + 1][0].isalnum()
    if ends and v > 1 and _is_name(parts, v - 1) and _closes_quote(parts, v - 2):
        return v - 1
    last = v + 2 >= len(s) or not s.texts[v + 2][0].isalnum()
    if last and v > 0 and _is_name(parts, v + 1) and _closes_quote(parts, v - 1):
        return v + 1
    return None


def _closes_quote(parts: EnglishParts, k: int) -> bool:
    """Whether a quotation ends right before, with its sign or a comma within it."""
    s = parts.sentence
    return s.has_quote and (s.quoted[k] or s.texts[k] in _BESIDE)


def _is_name(parts: EnglishParts, k: int) -> bool:
    """Whether a capitalised word that we do not know stands at a token."""
    s = parts.sentence
    if k >= len(s) or s.quoted[k] or parts.covers(k) or not s.capital[k] or s.title_case:
        return False
    low = s.lows[k]
    known = low in lexicon.NO_NAME or low in lexicon.STOPS or low in lexicon.MODIFIERS
    return len(low) >= _SHORTEST and low.isalpha() and not known and not s.texts[k].isupper()


def _make(parts: EnglishParts, k: int) -> Actor:
    text = parts.sentence.texts[k]
    if not text.istitle():
        return Actor(k, k + 1, text, ALL, organ=Organ(text, Tier.OTHER, None, text))
    return Actor(k, k + 1, text, ALL, named=Named((text,)))
