"""Russian verbs that speak only together with a noun or a preposition: "сделал заявление"."""

from __future__ import annotations

from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.words import ANY_ACC, INS, PLURAL

_WITH_OBJECT = word_set(
    """
    сделать делать дать давать вынести выдвинуть принести приносить адресовать отдать провести озвучить
    возложить направить направлять отправить послать передать
    """
)
_WITH_INSTRUMENTAL = word_set("выступить выступать обратиться обращаться")
_STANDS_FOR = frozenset({"за", "против"})
_STANDS_WITH = word_set("поддержку защиту пользу")
LIGHT = _WITH_OBJECT | _WITH_INSTRUMENTAL
"""Verbs that tell by themselves nothing of speech."""
_NOUNS = word_set(
    """
    заявление признание предупреждение предложение обвинение извинение соболезнование оценка комментарий
    прогноз обещание вывод намек приказ поручение совет ответ объяснение разъяснение пояснение упрек
    претензия требование ультиматум угроза благодарность поздравление призыв просьба протест параллель
    приветствие телеграмма письмо ответственность вина опровержение инициатива критика послание обращение
    гарантия рекомендация согласие отпор установка замечание выговор внушение комплимент утверждение
    """
)
_REACH = 5


def speaks_by_noun(s: Sentence, v: int, lemma: str) -> bool:
    """Whether a light verb at a token makes a reporting clause with what follows it."""
    near = range(v + 1, min(v + 1 + _REACH, len(s)))
    if lemma in _WITH_OBJECT:
        understood = lemma in ("дать", "давать") and "понять" in s.lows[v + 1 : v + 3]
        return understood or any(_is_noun(s, i, ANY_ACC) for i in near)
    if any(s.lows[i] in ("с", "со") and _has_noun_after(s, i) for i in near):
        return True
    following = s.lows[v + 1 : v + 3]
    return bool(following) and (
        following[0] in _STANDS_FOR or (following[0] == "в" and following[-1] in _STANDS_WITH)
    )


def _has_noun_after(s: Sentence, i: int) -> bool:
    return any(_is_noun(s, k, INS | INS << PLURAL) for k in range(i + 1, min(i + 1 + _REACH, len(s))))


def _is_noun(s: Sentence, i: int, case: int) -> bool:
    word = s.words[i]
    return word is not None and bool(word.nouns & case) and not _NOUNS.isdisjoint(word.cases)
