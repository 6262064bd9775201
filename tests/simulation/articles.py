"""Made-up articles: random words of the trade, with statements about one country where wanted."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime


def _words(text: str, separator: str | None = None) -> list[str]:
    return text.split(separator)


_ADJECTIVES = _words(
    "новый северный крупный зимний местный ранний общий старый южный весенний частный второй дальний узкий"
    " поздний осенний ровный белый синий тихий"
)
_NOUNS = _words(
    "склад мост рынок завод канал порт театр музей поезд тариф проект берег город посёлок участок вокзал"
    " журнал музыкант учебник стадион карьер рудник маршрут аэродром колодец памятник"
)
_VERBS = _words("открыл закрыл построил проверил обновил отложил измерил осмотрел починил показал продал")
_PLACES = _words(
    "в Перми,в Туле,на Оке,под Тверью,у Каспия,на Урале,в Омске,за Волгой,в Кирове,под Орлом", ","
)
_KAZAKH = _words(
    "бүгін жаңа мектеп ашылды қала тұрғындары үшін үлкен қуаныш болды құрылыс жұмыстары аяқталды аудан"
    " әкімі жиналысқа қатысып халықтың мәселелерін тыңдады ауыл шаруашылығы өнімдері көбейді"
)
TARGETS = {
    "armenia": "Армению",
    "kazakhstan": "Казахстан",
    "belarus": "Белоруссию",
    "azerbaijan": "Азербайджан",
}
HOSTILE, FRIENDLY = "обвинило", "поблагодарило"


@dataclass(frozen=True)
class Article:
    """One article of a mock site; `stance` is the word of its statement, empty without one."""

    number: int
    at: datetime
    title: str
    sentences: tuple[str, ...]
    target: str = ""
    stance: str = ""
    thing: str = ""

    @property
    def text(self) -> str:
        """The article's text as it should be extracted."""
        return " ".join(self._all())

    def paragraphs(self) -> list[str]:
        """Return the text in paragraphs of two sentences."""
        found = self._all()
        return [" ".join(found[place : place + 2]) for place in range(0, len(found), 2)]

    def _all(self) -> list[str]:
        if not self.target:
            return list(self.sentences)
        said = f"Министерство иностранных дел России {self.stance} {TARGETS[self.target]} {self.thing}."
        return [*self.sentences[:2], said, *self.sentences[2:]]

    def turned(self, stance: str) -> Article:
        """Return the article with its statement turned the other way."""
        return replace(self, stance=stance)

    def corrected(self) -> Article:
        """Return the article with a slip mended where nothing is said of anybody."""
        first, *rest = self.sentences
        return replace(self, sentences=(first.replace("который", "что"), *rest))


def write_article(number: int, at: datetime, rng: random.Random) -> Article:
    """Return an article; two in five hold a statement."""
    sentences = tuple(_sentence(rng) for _ in range(rng.randint(6, 9)))
    title = _sentence(rng).rstrip(".")
    if rng.random() > 0.4:
        return Article(number, at, title, sentences)
    thing = f"за {rng.choice(_ADJECTIVES)} {rng.choice(_NOUNS)} и {rng.choice(_NOUNS)} {rng.choice(_PLACES)}"
    stance = rng.choice((HOSTILE, FRIENDLY))
    return Article(number, at, title, sentences, rng.choice(sorted(TARGETS)), stance, thing)


def write_foreign(number: int, at: datetime, rng: random.Random) -> Article:
    """Return an article in Kazakh."""
    sentences = tuple(" ".join(rng.sample(_KAZAKH, 9)).capitalize() + "." for _ in range(8))
    return Article(number, at, sentences[0].rstrip("."), sentences)


def _sentence(rng: random.Random) -> str:
    # Numbers between the words keep two articles from looking like copies of each other.
    first, second, third = (rng.randint(2, 9_999) for _ in range(3))
    subject = f"{rng.choice(_ADJECTIVES)} {rng.choice(_NOUNS)}".capitalize()
    rest = f"{rng.choice(_VERBS)} {first} {rng.choice(_ADJECTIVES)} {rng.choice(_NOUNS)}"
    more = f"который {second} раз {rng.choice(_VERBS)} {rng.choice(_NOUNS)} номер {third}"
    return f"{subject} {rng.choice(_PLACES)} {rest}, {more}."
