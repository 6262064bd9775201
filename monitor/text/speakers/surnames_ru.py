"""Bare surnames of persons of no list beside a Russian verb of speech: "…», – сказал Шуневич"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.text.speakers import lexicon_ru as lexicon
from monitor.text.speakers.actors import Actor, Named
from monitor.text.speakers.cues import Cue, CueKind
from monitor.text.speakers.fullnames_ru import find_full_name
from monitor.text.speakers.names import is_female, is_patronymic, to_nominative
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence, is_abbreviation
from monitor.text.speakers.words import ACC, EVERY, GEN, NOM, Verb

_ENDINGS = re.compile(
    r"(?:[оеё]в|[иы]н|ич|[уюя]к|[аоя]н|дзе|швили|[сцч]кий|[сц]кой|[оеё]ва|[иы]на|[сц]кая|ман|берг|штейн"
    r"|ец|ба|ли|заде|ой|ых|ло|ко|ей|ер|ус|аки|иди|оглу|ури|янц|уа)$"
)
_SURE_ENDINGS = re.compile(r"(?:[оеё]в|[иы]н|ич|енко|швили|дзе|[сц]кий|[оеё]ва|[иы]на|[сц]кая)$")
_GENITIVES = re.compile(r"(?:[оеё]ва|[иы]на|ича|ука|юка|яна|ского|цкого|[оеё]вой|[иы]ной|ской|енко)$")
_SHORTEST = 4
_UNDECLINED = ("него", "аго", "яго", "ых", "их")
"""How surnames that are never declined end."""
_IN_TURN = ["в", "свою", "очередь"]
_OPENING = frozenset(".!?…:—–-»”\"'")
_CITES = word_set("передать передавать приводить приводиться привести цитировать процитировать")
_CITED = word_set("слово заявление комментарий высказывание")
_POSSESSIVES = {"его": "he", "ее": "she"}
_WORDS_OF = frozenset({"слова", "заявление", "мнение"})
_FAR_FROM_CITING = 7
_SHORT_NAME = 4
_SAID_BY_PERSONS = word_set(
    "сказать говорить отметить добавить подчеркнуть пояснить написать рассказать признаться объяснить заявить"
)
_OFFICIAL = ("рос", "мин", "гос", "нац", "бел", "каз", "укр", "глав", "центр")
"""How the short names of agencies and companies begin."""


def find_bare_subject(s: Sentence, at: Sequence[Actor | None], v: int, verb: Verb) -> Actor | None:
    """Return the unknown person whose surname alone is the subject of a verb of speech.

    It stands right after the verb that follows what was said ("…», – отметил Мешков"), or opens the
    sentence right before it ("Харламов написал, что …").
    """
    if verb.plural or verb.gender == "neut":
        return None
    if (full := find_full_name(s, at, v, verb)) is not None:
        return full
    if (woman := _find_woman(s, at, v, verb)) is not None:
        return woman
    fresh = v > 0 and (s.texts[v - 1] in ',—–-»”"!?…' or s.lows[v - 1] == "как")
    said = verb.lemma in _SAID_BY_PERSONS
    after = _is_surname(s, at, v + 1, NOM) or (said and _is_unknown_name(s, at, v + 1))
    if fresh and after and not _goes_on(s, v + 2):
        return _make_actor(s, v + 1, NOM, verb)
    k = v - 2
    while k >= 0 and s.lows[k] in lexicon.TIME:
        k -= 1
    opens = k < 0 or s.texts[k] in _OPENING or s.lows[max(0, k - 2) : k + 1] == _IN_TURN
    if opens and _is_surname(s, at, v - 1, NOM):
        return _make_actor(s, v - 1, NOM, verb)
    return None


def _find_woman(s: Sentence, at: Sequence[Actor | None], v: int, verb: Verb) -> Actor | None:
    """Read "Также Каримова сообщила", where the list knows only a man whose genitive this is."""
    actor = at[v - 1] if v else None
    if actor is None or verb.gender != "femn" or actor.start != v - 1 or actor.person is None:
        return None
    if (
        actor.person.institution
        or actor.mask & NOM
        or not s.lows[v - 1].endswith(("ова", "ева", "ина", "ая"))
    ):
        return None
    k = v - 2
    while k >= 0 and s.lows[k] in lexicon.TIME:
        k -= 1
    alone = k < 0 or s.texts[k] in _OPENING or s.texts[k] == ","
    return Actor(v - 1, v, s.texts[v - 1], NOM, named=Named((s.texts[v - 1],), True)) if alone else None


def find_labelled(s: Sentence, at: Sequence[Actor | None]) -> Iterator[Cue]:
    """Read "Жапаров: Киргизия не выйдет из ОДКБ", where a bare surname opens the sentence."""
    if len(s) > 2 and s.texts[1] == ":" and _is_surname(s, at, 0, NOM):
        named = Named((s.texts[0],), None)
        yield Cue(CueKind.COLON, s.texts[0], 0, Actor(0, 1, s.texts[0], NOM, named=named))


def find_cited(s: Sentence, at: Sequence[Actor | None]) -> Iterator[Cue]:
    """Read "передаёт РИА слова Рощупкина" and "цитирует Плотницкого агентство"."""
    for v, word in enumerate(s.words):
        if word is None or word.verb is None or s.quoted[v] or word.verb.lemma not in _CITES:
            continue
        opening = at[1] if len(s) > 2 and s.lows[0] in _WORDS_OF else None
        if opening is not None and opening.end == v and not opening.relay and opening.mask & GEN:
            yield Cue(CueKind.REPORTED, f"{s.texts[0]} {opening.text}", 0, opening)
            return
        if v and s.texts[v - 1] not in ",—–-»”":
            continue
        if (cue := _read_cited(s, at, v, word.verb)) is not None:
            yield cue
            return


def _read_cited(s: Sentence, at: Sequence[Actor | None], v: int, verb: Verb) -> Cue | None:
    """Return whose words the verb at a token passes on: "приводит его слова", "слова Рощупкина"."""
    for k in range(v + 1, min(v + _FAR_FROM_CITING, len(s))):
        quoting = verb.lemma.endswith("цитировать")
        cites = quoting and (k == v + 1 or (at[k] is not None and _is_relayed(s, at, v + 1, k)))
        before = s.words[k - 1]
        if not (cites or (before is not None and not _CITED.isdisjoint(before.cases))):
            continue
        if not cites and s.lows[k - 2] in _POSSESSIVES:
            evidence = f"{s.lows[k - 2]} {s.lows[k - 1]}"
            return Cue(CueKind.REPORTED, evidence, v, pronoun=_POSSESSIVES[s.lows[k - 2]], parenthetic=True)
        actor = at[k] or _read_cited_stranger(s, at, k, verb, cites=cites)
        joint = actor is not None and actor.role is not None and actor.role.joint
        if actor is not None and not (actor.relay or joint) and actor.mask & (GEN | ACC):
            return Cue(CueKind.REPORTED, f"{s.texts[v]} {s.texts[k]}", v, actor, parenthetic=True)
    return None


def _read_cited_stranger(
    s: Sentence, at: Sequence[Actor | None], k: int, verb: Verb, *, cites: bool
) -> Actor | None:
    if not cites and _may_be_name(s, at, k):
        return _make_actor(s, k, GEN, verb)
    if _is_surname(s, at, k, GEN | ACC):
        return _make_actor(s, k, GEN | ACC if cites else GEN, verb)
    return None


def read_owner_of_words(s: Sentence, at: Sequence[Actor | None], k: int, *, sure: bool) -> Actor | None:
    """Return the person of no list whose bare surname in the genitive closes "по словам X".

    `sure` tells that the noun before can be a person's only, so that any name will do.
    """
    if k >= len(s) or _goes_on(s, k + 1) or not (k + 1 >= len(s) or not s.texts[k + 1][0].isalnum()):
        return None
    word, low = s.words[k], s.lows[k]
    if not (_is_surname(s, at, k, GEN) or (sure and _may_be_name(s, at, k))):
        return None
    case = (word.mask & GEN if word is not None else GEN) or GEN
    words = to_nominative((s.texts[k],), case) if not low.endswith(_UNDECLINED) else (s.texts[k],)
    return Actor(k, k + 1, s.texts[k], GEN, named=Named(words, is_female(words) or None))


def _may_be_name(s: Sentence, at: Sequence[Actor | None], k: int) -> bool:
    """Whether a token is a capitalised word of no dictionary in the genitive."""
    word, low = s.words[k], s.lows[k]
    if word is None or at[k] is not None or s.quoted[k] or not s.capital[k] or word.known:
        return False
    short = len(low) < _SHORTEST or is_abbreviation(s.texts[k]) or low.startswith(_OFFICIAL)
    return not short and (bool(word.mask & GEN) or low[-1] in "уюеэо")


def _is_relayed(s: Sentence, at: Sequence[Actor | None], start: int, end: int) -> bool:
    """Whether nothing but an agency, with its name in quotation marks, stands between."""
    relay = at[start]
    if all(s.texts[k].isascii() and at[k] is None for k in range(start, end)):
        return True
    if relay is None or not relay.relay:
        return False
    rest = s.texts[relay.end : end]
    return not rest or (rest[0] in '«"“' and rest[-1] in '»"”' and len(rest) <= _SHORT_NAME)


def _is_surname(s: Sentence, at: Sequence[Actor | None], i: int, case: int) -> bool:
    """Whether a token is a person's surname in one of some cases."""
    if not 0 <= i < len(s) or at[i] is not None or s.quoted[i]:
        return False
    word, low = s.words[i], s.lows[i]
    if word is None or not s.capital[i] or len(low) < _SHORTEST or is_abbreviation(s.texts[i]):
        return False
    if (is_patronymic(low) and not low.endswith("ич")) or word.preposition or word.adverb:
        return False
    named = bool(word.name_mask & case)
    if low.endswith(_UNDECLINED) and not word.known:
        return True
    if case & NOM:
        shaped = bool((_SURE_ENDINGS if i == 0 and word.known else _ENDINGS).search(low))
    else:
        shaped = bool(_GENITIVES.search(low))
    common = word.known and bool(word.nouns) and not word.name_mask and word.nouns != EVERY
    if i == 0 and common:
        return False
    undeclined = word.nouns == EVERY
    return named or (shaped and (not word.known or undeclined or not (word.nouns & NOM)))


def _is_unknown_name(s: Sentence, at: Sequence[Actor | None], i: int) -> bool:
    """Whether a capitalised word, of no dictionary or like a noun, stands where the speaker is named."""
    if not 0 < i < len(s) or at[i] is not None or s.quoted[i]:
        return False
    word, low = s.words[i], s.lows[i]
    if word is None or not s.capital[i] or len(low) < _SHORTEST or is_abbreviation(s.texts[i]):
        return False
    if low.startswith(_OFFICIAL):
        return False
    if word.known:
        alone = s.texts[i + 1 : i + 2] in ([], ["."], [","], ["»"]) or s.lows[i + 1 : i + 2] in (
            ["в"],
            ["на"],
        )
        return bool(word.nouns & NOM) and alone
    return low[-1] in "уюеэо" or bool(word.mask & NOM)


def _goes_on(s: Sentence, k: int) -> bool:
    """Whether another capitalised word follows, so that the first was no bare surname."""
    return k < len(s) and s.capital[k] and s.words[k] is not None


def _make_actor(s: Sentence, i: int, case: int, verb: Verb) -> Actor:
    """Return the person, by the surname in the nominative."""
    if case & NOM:
        words: tuple[str, ...] = (s.texts[i],)
        female: bool | None = verb.gender == "femn" or is_female(words)
    else:
        word = s.words[i]
        words, female = to_nominative((s.texts[i],), (word.mask & case if word else case) or case), None
    return Actor(i, i + 1, s.texts[i], case, named=Named(words, female))
