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
_SPENDS = word_set("провести проводить")
_TIMES = word_set("час часа часов день дня дней ночь ночи сутки суток неделю недели время отпуск")
_HELD = word_set("встреча переговоры переговор разговор беседа консультация заседание совещание саммит визит")
_TAKES = word_set("принять принимать")
_PART = frozenset({"участие"})
_SPEAKS = word_set("выступить выступать")
_AT = word_set("на в во перед")
_REACH = 7
_GOES_ON = frozenset({"продолжить", "продолжать"})
_TOGETHER = word_set("подтвердить подтверждать ответить отвечать")
"""What two say of a meeting of theirs: "подтвердили настрой", "ответили на вопросы"."""
_HARSH = word_set(
    """
    запретить запрещать ограничить ограничивать ввести вводить приостановить приостанавливать закрыть
    закрывать выслать высылать отозвать отзывать прекратить прекращать признать наложить ужесточить
    обстрелять атаковать нанести направить заблокировать блокировать денонсировать задержать отказаться
    сорвать нарушить
    """
)
"""Measures that two states take against others, and never by agreement."""
_MILD = word_set(
    """
    отменить отменять снять снимать объявить принять выделить передать поставить предоставить арестовать
    утвердить утверждать одобрить одобрять
    """
)
_MEASURES = _HARSH | _MILD
"""Acts of two together that are aimed at a third; whatever else they do is news that the outlet tells."""

_AT_OTHERS = _HARSH | word_set(
    """
    обвинить обвинять осудить осуждать потребовать требовать призвать призывать заявить заявлять сообщить
    сообщать предупредить предупреждать пригрозить угрожать раскритиковать критиковать отвергнуть отвергать
    опровергнуть опровергать поддержать поддерживать отказываться
    """
)
"""What two states say or do at others; what they confirm, decide or stress together is an agreement."""

_GATHERINGS_EN = word_set("meet discuss visit arrive attend participate")
_HOLDS_EN = word_set("hold launch commence pay")
_HELD_EN = word_set("talks meeting meetings conversation consultations summit visit")
_REACH_EN = 6
_MEASURES_EN = word_set(
    """
    ban prohibit bar restrict lift suspend halt stop close expel deport summon withdraw freeze impose cut
    quit leave denounce cancel terminate revoke blacklist recall veto strike attack shell block raid arrest
    detain approve adopt seize
    """
)
_CALLS = frozenset({"speak", "talk"})
_BY_PHONE = (["by", "phone"], ["by", "telephone"], ["over", "the"], ["on", "the"])


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
    if lemma in _SPENDS and not _TIMES.isdisjoint(s.lows[max(0, v - 3) : v + 5]):
        return True
    nouns = _HELD if lemma in _HOLDS else _PART if lemma in _TAKES else None
    if nouns is None:
        return lemma in _GATHERINGS
    near = [i for i in range(max(0, v - _REACH), min(len(s), v + 1 + _REACH)) if i != v]
    return any((word := s.words[i]) is not None and not nouns.isdisjoint(word.cases) for i in near)


def is_joint_news(lemma: str, *, speech: bool, states: bool) -> bool:
    """Whether what two do together tells no rhetoric of the first: "ратифицировали", "открыли мост"."""
    agreed = states and lemma not in _AT_OTHERS
    return agreed or lemma in _GOES_ON | _TOGETHER or (not speech and lemma not in _MEASURES)


def is_joint_news_en(lemma: str, *, speech: bool) -> bool:
    """The same in English; an agreement of two is news as well."""
    return lemma == "agree" or (not speech and lemma not in _MEASURES_EN)


def is_call_en(s: Sentence, v: int, lemma: str) -> bool:
    """Whether "spoke by phone with" tells of a call, at which nothing is quoted."""
    following = s.lows[v + 1 : v + 4]
    phoned = following[:2] in _BY_PHONE and not {"phone", "telephone"}.isdisjoint(following)
    return lemma in _CALLS and phoned and "that" not in s.lows[v + 1 :]


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
