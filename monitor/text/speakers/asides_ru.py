"""The author's words within a Russian quotation: "«Мы ждём, – сказал Петров. – Это важно»"."""

from __future__ import annotations

from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.verbs_ru import SPEECH

_DASHES = frozenset("–—-")
_BEFORE = frozenset(",!?…")
_CLOSING = frozenset('»”"')
_LEADING = frozenset({"как", "по"})
_REACH = 4
"""Words between the dash and the verb of "– как позже отметил"."""


def open_asides(s: Sentence) -> None:
    """Mark the author's words between dashes within a quotation as standing outside it."""
    for i in range(1, len(s) - 1):
        if not (s.quoted[i] and s.texts[i] in _DASHES and s.texts[i - 1] in _BEFORE):
            continue
        if not _reports(s, i + 1):
            continue
        k = i
        while k < len(s) and not _ends(s, k):
            s.quoted[k] = False
            k += 1
        if k < len(s) and s.texts[k] in ".,":
            s.quoted[k] = False


def _reports(s: Sentence, k: int) -> bool:
    """Whether a verb of speech begins the words after the dash: "сказал", "как отметил"."""
    limit = k + _REACH if s.lows[k] in _LEADING else k + 1
    for i in range(k, min(limit, len(s))):
        word = s.words[i]
        if word is None or s.capital[i]:
            return False
        verb = word.verb
        if (
            verb is not None
            and verb.kind == "finite"
            and verb.lemma in SPEECH
            and verb.person in ("", "3per")
        ):
            return True
    return False


def _ends(s: Sentence, k: int) -> bool:
    """Whether the words of the author end before a token: at a full stop, or a comma and a dash."""
    if s.texts[k] in _CLOSING:
        return True
    if s.texts[k] == ".":
        return k + 1 >= len(s) or s.texts[k + 1] in _DASHES or s.texts[k + 1] in _CLOSING or s.capital[k + 1]
    return s.texts[k] == "," and s.texts[k + 1 : k + 2] != [] and s.texts[k + 1] in _DASHES
