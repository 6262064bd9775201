"""English clauses of speech whose speaker the text does not name: "“…,” a resident said"."""

from __future__ import annotations

from monitor.text.speakers import lexicon_en as lexicon
from monitor.text.speakers import verbs_en as verbs
from monitor.text.speakers.cues import Cue, CueKind
from monitor.text.speakers.parts_en import EnglishParts
from monitor.text.speakers.phrases import word_set

_ARTICLES = word_set("the a an one some several local two three his her their its")
_LONGEST_SUBJECT = 6
_SIGNS = frozenset(',”"’»—–')


def find_unnamed(parts: EnglishParts) -> Cue | None:
    """Return the clause by which somebody unnamed reports what is quoted; None where there is none."""
    s = parts.sentence
    if not s.has_quote:
        return None
    for v, low in enumerate(s.lows):
        base = verbs.SPEECH.get(low)
        if s.quoted[v] or parts.covers(v) or base is None or base not in lexicon.PARENTHETIC:
            continue
        start = _find_subject(parts, v)
        if start is not None:
            evidence = " ".join(s.texts[start : v + 1])
            return Cue(CueKind.REPORTED, evidence, start, parenthetic=True)
    return None


def _find_subject(parts: EnglishParts, v: int) -> int | None:
    """Return where "a local resident" begins that stands between a quotation and its verb."""
    s, k = parts.sentence, v - 1
    while k >= 0 and v - k <= _LONGEST_SUBJECT and s.texts[k][0].isalpha() and not s.quoted[k]:
        if parts.covers(k):
            return None
        k -= 1
    closes = k >= 0 and (s.texts[k] in _SIGNS or s.quoted[k]) and k > 0 and any(s.quoted[: k + 1])
    return k + 1 if closes and k + 1 < v and s.lows[k + 1] in _ARTICLES else None
