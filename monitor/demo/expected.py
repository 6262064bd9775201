"""What a newsroom's texts must be judged as: its expected.toml, read and checked."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from monitor.domain.stance import Act, Stance, Tier
from monitor.errors import ConfigurationError, Problem
from monitor.schema import Table


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _to_plain_spaces(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


Quote = Annotated[str, Field(min_length=1), AfterValidator(_to_plain_spaces)]


class Expectation(Table):
    """How one (statement, target) pair of an item must be judged; `quote` lies within the statement.

    `alert` "any" means that either is right. An `optional` pair need not be found at all.
    """

    item: str
    quote: Quote
    speaker: str
    speaker_also: tuple[str, ...] = ()
    tier: Annotated[tuple[Tier, ...], BeforeValidator(_as_list)]
    bloc: Annotated[tuple[str, ...], BeforeValidator(_as_list)]
    target: str
    stance: Annotated[tuple[Stance, ...], BeforeValidator(_as_list)]
    acts: tuple[Act, ...]
    alert: bool | Literal["any"]
    optional: bool = False

    @property
    def speakers(self) -> tuple[str, ...]:
        """Names that are right; an empty one stands for no speaker."""
        return (self.speaker, *self.speaker_also)


class Episode(Table):
    """A story with all the judgements that it must get."""

    id: str
    title: str
    expect: tuple[Expectation, ...]


class Wire(Table):
    """One wire and its copies, which together raise so many alerts."""

    item: str
    copies: tuple[str, ...]
    alerts: int = Field(ge=0)

    @property
    def items(self) -> tuple[str, ...]:
        """The wire and its copies."""
        return (self.item, *self.copies)


class Noise(Table):
    """Items that must raise nothing."""

    items: tuple[str, ...] = ()
    alert: Literal[False] = False


class Background(Table):
    """Items that belong to no episode, and how some of their statements must be judged."""

    items: tuple[str, ...] = ()
    expect: tuple[Expectation, ...] = ()


class Expected(Table):
    """expected.toml."""

    episode: tuple[Episode, ...] = ()
    wire: tuple[Wire, ...] = ()
    noise: Noise = Noise()
    background: Background = Background()

    @property
    def items(self) -> set[str]:
        """Every item that is named."""
        return {
            *(e.item for episode in self.episode for e in episode.expect),
            *(item for wire in self.wire for item in wire.items),
            *self.noise.items,
            *self.background.items,
            *(e.item for e in self.background.expect),
        }


def load_expected(path: Path, known_items: Collection[str]) -> Expected | None:
    """Read a newsroom's expectations, None where it has none; raises ConfigurationError."""
    if not path.is_file():
        return None
    try:
        expected = Expected.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        problems = tuple(
            Problem(str(path), ".".join(map(str, item["loc"])), item["msg"]) for item in error.errors()
        )
        raise ConfigurationError(problems) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigurationError((Problem(str(path), "", f"cannot be read: {error}"),)) from error
    if unknown := sorted(expected.items - set(known_items)):
        raise ConfigurationError(
            tuple(Problem(str(path), item, "no such item in the newsroom") for item in unknown)
        )
    return expected
