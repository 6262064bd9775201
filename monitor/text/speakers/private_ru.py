"""Companies, parties and headquarters in Russian: "авиакомпания «X»", "«X» сообщила", "штаб Иванова"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from monitor.domain.actors import UNKNOWN_BLOC
from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.channels_ru import is_citing, read_cited_name
from monitor.text.speakers.directory import OPPOSITION_BLOC, Directory
from monitor.text.speakers.names import transliterate
from monitor.text.speakers.names_ru import RussianNames
from monitor.text.speakers.offices import Organ, StateWord
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.verbs_ru import SPEECH
from monitor.text.speakers.words import ALL, ANY_GEN, EVERY

_KINDS = word_set(
    """
    компания авиакомпания корпорация концерн холдинг банк фирма предприятие завод комбинат партия движение
    федерация ассоциация клуб организация объединение фонд оператор сервис издательство театр профсоюз
    церковь конфедерация авиаперевозчик перевозчик ритейлер производитель турагентство агрегатор
    """
)
_OPPOSED = ("оппозиц", "протест")
_OPENING = "«“"
_CLOSING = {"«": "»", "“": "”"}
_LONGEST = 6
_MOST_ADJECTIVES = 4
_REACH = 4
_STAFF = frozenset({"штаб"})
_OF_CAMPAIGN = word_set("избирательный предвыборный")
_LATIN = re.compile(r"[A-Z][\w&.-]*")


@dataclass(slots=True)
class _Body:
    """A phrase while it is read: whose it is, whether of the opposition, and where it goes on."""

    state: str = ""
    opposed: bool = False
    mask: int = ALL
    at: int = 0


class RussianPrivateBodies:
    """Reads bodies that are of no state: companies, parties, and the headquarters of a candidate."""

    def __init__(self, directory: Directory, names: RussianNames) -> None:
        self._directory = directory
        self._names = names

    def read(self, s: Sentence, i: int, read: Callable[[int], Actor | None]) -> Actor | None:
        """Return the body that begins at a token; `read` reads an actor at another one."""
        if (staff := self._read_staff(s, i, read)) is not None:
            return staff
        body = self._read_kind(s, i)
        if body is None:
            return None
        self._read_state(s, body)
        span = _read_name(s, body.at)
        if span is None:
            return None
        start, end, close = span
        bloc = OPPOSITION_BLOC if body.opposed else body.state
        return _make(s, (i, close), (start, end), body.mask, bloc)

    def read_quoted(self, s: Sentence, i: int) -> Actor | None:
        """Return whom a name in quotation marks stands for: a cited outlet, or a body that speaks."""
        if s.texts[i] not in _OPENING + '"„' or i + 1 >= len(s):
            return None
        match = self._match(s, i + 1)
        if match is None:
            return (read_cited_name(s, i) if is_citing(s, i) else None) or _read_quoted_speaker(s, i, "")
        known = match[0]
        if not isinstance(known, StateWord) or known.kind != "adjective":
            return None
        return _read_quoted_speaker(s, i, self._directory.states[known.state_id].bloc)

    def _match(self, s: Sentence, k: int) -> tuple[object, int] | None:
        return self._directory.ru.phrases.match(s.keys, k)

    def _read_kind(self, s: Sentence, i: int) -> _Body | None:
        """Read the adjectives and the noun that tell of what kind a body is."""
        body = _Body()
        for k in range(i, min(len(s), i + _MOST_ADJECTIVES)):
            word = s.words[k]
            if word is None or s.quoted[k] or word.preposition or not word.mask:
                return None
            match = self._match(s, k)
            if word.nouns:
                if _KINDS.isdisjoint(word.cases) or match is not None:
                    return None
                body.mask, body.at = word.mask or ALL, k + 1
                return body
            if match is not None and isinstance(match[0], StateWord):
                body.state = self._directory.states[match[0].state_id].bloc
            elif match is not None and match[1] > k + 1:
                return None
            body.opposed = body.opposed or s.lows[k].startswith(_OPPOSED)
        return None

    def _read_state(self, s: Sentence, body: _Body) -> None:
        """Read the state after the kind: "банк Казахстана"."""
        match = self._match(s, body.at) if body.at < len(s) else None
        word = s.words[body.at] if body.at < len(s) else None
        if match is None or word is None or not isinstance(match[0], StateWord) or not word.mask & ANY_GEN:
            return
        body.state = body.state or self._directory.states[match[0].state_id].bloc
        body.at = match[1]

    def _read_staff(self, s: Sentence, i: int, read: Callable[[int], Actor | None]) -> Actor | None:
        """Read "штаб Иванова", "штаб экс-кандидата в президенты X Y"."""
        k = i
        word = s.words[k]
        if word is not None and not _OF_CAMPAIGN.isdisjoint(word.cases) and k + 1 < len(s):
            k += 1
            word = s.words[k]
        if word is None or _STAFF.isdisjoint(word.cases) or not word.nouns or k + 1 >= len(s) or s.quoted[k]:
            return None
        owner = (read(k + 1) or self._names.read_surname(s, k + 1)) if s.words[k + 1] else None
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


def _read_quoted_speaker(s: Sentence, i: int, bloc: str) -> Actor | None:
    """Return the body whose name in quotation marks a verb of speech follows."""
    before = s.words[i - 1] if i else None
    span = _read_name(s, i) if s.texts[i] in _OPENING and not s.quoted[i] else None
    if span is None or (before is not None and before.nouns) or span[2] >= len(s):
        return None
    word = s.words[span[2]]
    verb = word.verb if word is not None else None
    if verb is None or verb.kind != "finite" or verb.lemma not in SPEECH:
        return None
    return _make(s, (i, span[2]), span[:2], EVERY, bloc)


def _read_name(s: Sentence, k: int) -> tuple[int, int, int] | None:
    """Return where a name begins and ends, in quotation marks or in Latin letters, and what follows it."""
    if k >= len(s):
        return None
    if s.texts[k] in _OPENING:
        for end in range(k + 2, min(len(s), k + 2 + _LONGEST)):
            if s.texts[end] == _CLOSING[s.texts[k]]:
                return (k + 1, end, end + 1) if s.capital[k + 1] and not s.quoted[k + 1] else None
        return None
    end = k
    while end < len(s) and end - k < _REACH and _LATIN.fullmatch(s.texts[end]):
        end += 1
    return (k, end, end) if end > k else None


def _make(s: Sentence, whole: tuple[int, int], name: tuple[int, int], mask: int, bloc: str) -> Actor:
    texts = [text if text.isascii() else transliterate((text,)) for text in s.texts[slice(*name)]]
    called = " ".join(texts)
    organ = Organ(called, Tier.OTHER, bloc or None, called)
    return Actor(*whole, "", mask, organ=organ)
