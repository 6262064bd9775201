"""Meetings, calls and visits: what one does there is protocol, which tells nobody's words."""

from __future__ import annotations

from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.verbs_en import ACTS, SPEECH

_GATHERINGS = word_set(
    """
    встретиться встречаться обсудить обсуждать посетить посещать прибыть прибывать прилететь прилетать
    поговорить переговорить пообщаться отправиться
    """
)
_GOES = word_set("выйти выходить покинуть приехать вылететь")
_HOLDS = word_set("провести проводить начать начинать продолжить продолжать завершить завершать")
_HELD = word_set("встреча переговоры переговор разговор беседа консультация заседание совещание саммит визит")
_TAKES = word_set("принять принимать")
_PART = frozenset({"участие"})
_SPEAKS = word_set("выступить выступать")
_AT = word_set("на в во перед")
_REACH = 7

_GATHERINGS_EN = word_set("meet discuss visit arrive attend participate")
_HOLDS_EN = word_set("hold launch commence pay")
_HELD_EN = word_set("talks meeting meetings conversation consultations summit visit")
_REACH_EN = 6


def is_protocol_ru(s: Sentence, v: int, lemma: str, *, speech: bool, human: bool) -> bool:
    """Whether a Russian verb at a token tells of a meeting: "встретился", "говорил по телефону с"."""
    if speech:
        by_phone = s.lows[v + 1 : v + 3] == ["по", "телефону"]
        told = "что" in s.lows[v + 1 :] or ":" in s.texts[v + 1 :] or "этом" in s.lows[:v]
        return lemma == "говорить" and (by_phone or (s.lows[v + 1 : v + 2] in (["с"], ["со"]) and not told))
    if human and lemma in _GOES:
        return True
    if lemma in _SPEAKS:
        return not _AT.isdisjoint(s.lows[v + 1 : v + 3])
    nouns = _HELD if lemma in _HOLDS else _PART if lemma in _TAKES else None
    if nouns is None:
        return lemma in _GATHERINGS
    near = [i for i in range(max(0, v - _REACH), min(len(s), v + 1 + _REACH)) if i != v]
    return any((word := s.words[i]) is not None and not nouns.isdisjoint(word.cases) for i in near)


def _tells_more(s: Sentence, k: int) -> bool:
    """Whether another verb of whoever met follows "and"."""
    low = s.lows[k] if k < len(s) and not s.quoted[k] else ""
    return low in SPEECH or (low in ACTS and ACTS[low] not in _GATHERINGS_EN)


def is_protocol_en(s: Sentence, v: int, lemma: str) -> bool:
    """Whether an English verb at a token tells of a meeting: "met", "holds talks"."""
    following = s.lows[v + 1 : v + 1 + _REACH_EN]
    if any(low == "and" and _tells_more(s, k + 1) for k, low in enumerate(s.lows) if k > v):
        return False
    if lemma == "take":
        return following[:1] == ["part"]
    return lemma in _GATHERINGS_EN or (lemma in _HOLDS_EN and not _HELD_EN.isdisjoint(following))
