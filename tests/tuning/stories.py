"""Stories of our own from which the tests' sites are drawn: what a reader should find there."""

# ruff: noqa: E501 - prose is easier to read unbroken

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.demo.words import MONTHS

NOW = datetime(2023, 3, 14, 9, 30, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")

_PLACES = ("библиотека", "школа", "поликлиника", "мастерская", "пекарня", "обсерватория", "гавань", "станция")
_ENGLISH_PLACES = ("library", "school", "clinic", "workshop", "bakery", "observatory", "harbour", "station")


@dataclass(frozen=True, slots=True)
class Story:
    """One article as it is meant to be found."""

    number: int
    language: str
    title: str
    lead: str
    paragraphs: tuple[str, ...]
    at: datetime

    @property
    def text(self) -> str:
        """The paragraphs."""
        return "\n\n".join(self.paragraphs)

    @property
    def local(self) -> datetime:
        """When it was published, by the clock of Moscow."""
        return self.at.astimezone(MOSCOW)

    @property
    def dotted(self) -> str:
        """The day in figures."""
        return self.local.strftime("%d.%m.%Y")

    @property
    def long(self) -> str:
        """The day in words."""
        return f"{self.local.day} {MONTHS[self.language][self.local.month - 1]} {self.local.year}"

    @property
    def clock(self) -> str:
        """The time of day."""
        return self.local.strftime("%H:%M")

    @property
    def iso(self) -> str:
        """Date and time for machines."""
        return self.local.isoformat(timespec="seconds")


def tell(count: int = 12, language: str = "ru") -> tuple[Story, ...]:
    """Return stories, the newest first, each unlike the others in words and length."""
    return tuple((_russian if language == "ru" else _english)(number) for number in range(count, 0, -1))


def _at(number: int) -> datetime:
    return NOW - timedelta(hours=7 * (14 - number), minutes=13 * number)


def _russian(number: int) -> Story:
    place = _PLACES[number % len(_PLACES)]
    paragraphs = [
        f"В посёлке номер {number} открылась {place}, которую строили {number + 2} года. На открытие пришли жители "
        f"соседних улиц, и очередь у дверей стояла до самого вечера.",
        f"Заведующая рассказала, что {place} будет работать без выходных и что входить в неё можно через "
        f"{number + 1} дверь. Часы работы не изменятся до конца года, обещают строители.",
        f"По словам архитектора, самым трудным оказался свод: его перекладывали {number + 3} раза, пока он не "
        f"перестал течь во время весенних дождей.",
        f"Следующей весной рядом посадят {number * 10} яблонь, а летом откроют площадку для игр и небольшой пруд "
        f"с мостом, по которому можно будет дойти до рынка.",
    ]
    return Story(
        number,
        "ru",
        f"В посёлке номер {number} открылась долгожданная {place}",
        f"Строители сдали объект на {number} дней раньше срока, жители довольны.",
        tuple(paragraphs[: 3 + number % 2]),
        _at(number),
    )


def _english(number: int) -> Story:
    place = _ENGLISH_PLACES[number % len(_ENGLISH_PLACES)]
    paragraphs = [
        f"A {place} has opened in village number {number} after {number + 2} years of building. People from the "
        f"neighbouring streets came to see it, and the queue lasted until the evening.",
        f"The manager said that the {place} would be open on every day of the week and that it had {number + 1} "
        f"doors. The opening hours will not change before the end of the year, she promised.",
        f"The architect said that the vault had been the hardest part: it was laid {number + 3} times before it "
        f"stopped leaking in the rains of spring.",
        f"Next year {number * 10} apple trees will be planted beside it, and a playground with a small pond and a "
        f"bridge to the market will follow in summer.",
    ]
    return Story(
        number,
        "en",
        f"Village number {number} celebrates its long awaited {place}",
        f"The builders finished {number} days ahead of time, and everybody is pleased.",
        tuple(paragraphs[: 3 + number % 2]),
        _at(number),
    )
