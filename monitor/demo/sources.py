"""The configured sources for a running newsroom: the same kind of blocks that real sites have."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from monitor.demo.content import Outlet
from monitor.demo.pages import Place
from monitor.demo.server import CRAWL_DELAY, Newsroom
from monitor.domain.source import Source
from monitor.errors import ConfigurationError, Problem


def make_sources(newsroom: Newsroom, interval: timedelta) -> tuple[Source, ...]:
    """Return one source for each outlet, visited once in `interval` of the newsroom's time."""
    return tuple(_make_source(place, interval) for place in newsroom.places.values())


def _make_source(place: Place, interval: timedelta) -> Source:
    outlet = place.outlet
    return Source(
        id=outlet.id,
        outlet=outlet.name,
        kind=place.site.source_kind,
        url=place.front,
        bloc=outlet.bloc,
        tier=outlet.tier,
        languages=tuple(dict.fromkeys((outlet.language, *outlet.languages))),
        default_speaker=outlet.default_speaker,
        evidence="documented",
        interval=interval,
        spacing=CRAWL_DELAY,
        allow_private=True,
        listing=place.site.listing,
        article=place.site.article,
    )


def check_outlets(
    outlets: Collection[Outlet], blocs: Collection[str], speakers: Collection[str], file: str
) -> None:
    """Raise ConfigurationError where an outlet names a bloc or speaker that the configuration lacks."""
    problems = [
        Problem(file, f"outlet[{outlet.id}].{key}", f"{value!r} is not in the configuration")
        for outlet in outlets
        for key, value, known in (
            ("bloc", outlet.bloc, blocs),
            ("default_speaker", outlet.default_speaker, speakers),
        )
        if value is not None and value not in known
    ]
    if problems:
        raise ConfigurationError(tuple(problems))
