"""The parts of a subscription as people choose them: which values there are and what they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from monitor.bot.phrases_subscriptions import DIRECTIONS, KINDS, SPOKEN
from monitor.bot.services import BotServices
from monitor.domain.alerts import Direction
from monitor.domain.stance import Stance
from monitor.domain.subscriptions import Filter, Kind
from monitor.messages.words import ACTS, BLOCS, STANCES, TIERS, TOPICS
from monitor.text.language import READABLE

CHOSEN = (
    "targets",
    "directions",
    "stances",
    "acts",
    "topics",
    "tiers",
    "blocs",
    "sources",
    "languages",
    "kinds",
)
"""The fields of a Filter whose values are chosen from a list, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Option:
    """One value that can be chosen, and its name in the interface's language."""

    value: str
    label: str


def list_options(part: str, services: BotServices, language: str) -> list[Option]:
    """Return the values that a part can have, in the order in which they are shown."""
    return [Option(value, label) for value, label in _OPTIONS[part](services, language)]


def name_values(part: str, values: Sequence[str], services: BotServices, language: str) -> list[str]:
    """Return names of chosen values in their order; what is not known any more is called by its id."""
    known = {option.value: option.label for option in list_options(part, services, language)}
    gone = sorted(set(values) - known.keys())
    return [label for value, label in known.items() if value in values] + gone


def set_value(wanted: Filter, part: str, value: str, *, chosen: bool) -> Filter:
    """Return the filter with a value of a part chosen, or not."""
    left = getattr(wanted, part) - {value}
    return Filter.from_json({**wanted.to_json(), part: sorted({*left, value} if chosen else left)})


def clear_part(wanted: Filter, part: str) -> Filter:
    """Return the filter with anything allowed for a part."""
    return Filter.from_json({**wanted.to_json(), part: sorted(Kind) if part == "kinds" else []})


Pairs = Sequence[tuple[str, str]]


def _targets(services: BotServices, language: str) -> Pairs:
    return [(target.id, services.readers[language].target(target.id)) for target in services.targets]


def _blocs(services: BotServices, language: str) -> Pairs:
    reader = services.readers[language]
    known = dict.fromkeys(["russia", *(target.id for target in services.targets), *BLOCS[language]])
    return [(bloc, reader.bloc(bloc)) for bloc in known]


def _sources(services: BotServices, _language: str) -> Pairs:
    """Several sources of one outlet are told apart by their ids."""
    named = Counter(source.outlet for source in services.sources)
    pairs = [(s.id, f"{s.outlet} ({s.id})" if named[s.outlet] > 1 else s.outlet) for s in services.sources]
    return sorted(pairs, key=lambda pair: pair[1].casefold())


def _stances(_services: BotServices, language: str) -> Pairs:
    """What is neutral is never told."""
    return [(stance, STANCES[language][stance]) for stance in Stance if stance is not Stance.NEUTRAL]


def _directions(_services: BotServices, language: str) -> Pairs:
    return [(d, DIRECTIONS[language][d]) for d in Direction if d is not Direction.ANY]


_OPTIONS: Mapping[str, Callable[[BotServices, str], Pairs]] = {
    "targets": _targets,
    "directions": _directions,
    "stances": _stances,
    "acts": lambda _, language: list(ACTS[language].items()),
    "topics": lambda _, language: list(TOPICS[language].items()),
    "tiers": lambda _, language: list(TIERS[language].items()),
    "blocs": _blocs,
    "sources": _sources,
    "languages": lambda _, language: [(code, SPOKEN[language].get(code, code)) for code in sorted(READABLE)],
    "kinds": lambda _, language: list(KINDS[language].items()),
}
