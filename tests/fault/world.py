"""A small hostile world: servers on loopback, a collector, and a way to take one guard out of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from monitor.collect import HttpCollector
from monitor.domain.article import FeedItem, Page
from monitor.errors import FetchError
from monitor.pipeline.ports import Discovery, Validators
from monitor.schema import CollectTable
from monitor.workers import ParserPool
from tests.collect.loopback import FakeTime, Server, make_source


class HarmError(AssertionError):
    """What a guard is there to prevent has happened."""


def harm_if(happened: object, what: str) -> None:
    """Raise HarmError if it happened."""
    if happened:
        raise HarmError(what)


async def resolve_to_loopback(host: str, port: int) -> Sequence[str]:
    """Know every name, and numbers for hosts too, as the system's resolver does."""
    return ["127.0.0.1"]


@dataclass
class World:
    """What a scenario plays in; `settings` and `change` are where a guard may be taken out."""

    server: Server
    forbidden: Server
    """Listens where no request may ever go."""
    time: FakeTime
    patch: pytest.MonkeyPatch
    settings: dict[str, Any] = field(default_factory=dict)
    change: Callable[[HttpCollector], None] = lambda _: None
    clock: Callable[[], float] | None = None
    pool: Callable[..., ParserPool] = ParserPool
    function: Callable[[Any], Any] = lambda function: function
    """What is run in a parser's process in place of a function."""
    patience: float = 3.0
    """How much longer a parser may take on a machine that tests keep busy."""
    _made: list[HttpCollector] = field(default_factory=list)

    def collector(self, resolve: Any = resolve_to_loopback, **settings: Any) -> HttpCollector:
        """Return a collector without the guard that was taken out."""
        made = HttpCollector(
            CollectTable(**{**settings, **self.settings}),
            self.time.now,
            clock=self.clock or self.time.clock,
            sleep=self.time.sleep,
            resolver=resolve,
            chance=lambda: 1.0,
        )
        self.change(made)
        self._made.append(made)
        return made

    async def visit(self, collector: HttpCollector, url: str, **source: Any) -> Discovery | FetchError:
        """Return what a visit gives: items or the error that it ends in."""
        try:
            return await collector.discover(make_source(url, **source), Validators())
        except FetchError as error:
            return error

    async def fetch(self, collector: HttpCollector, url: str, **source: Any) -> Page | FetchError:
        """Return what fetching an article's page gives."""
        made = make_source(url, **source)
        try:
            return await collector.fetch(made, FeedItem(made.id, url, url, "A title", None))
        except FetchError as error:
            return error

    async def aclose(self) -> None:
        """Close every connection."""
        for collector in self._made:
            await collector.aclose()


@dataclass(frozen=True)
class Case:
    """A scenario, its guard's absence, and the harm that shows then."""

    scenario: Callable[[World], Awaitable[None]]
    take_out: Callable[[World], None]
    harm: str

    @property
    def name(self) -> str:
        """The scenario's name, which is that of the fault."""
        return self.scenario.__name__
