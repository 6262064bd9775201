"""The newsroom's server: any folder of outlets and items, published as a clock passes their times."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from http import HTTPStatus
from pathlib import Path

from monitor.clock import Clock
from monitor.demo.content import Content, Outlet, Version, load_content
from monitor.demo.http import LOOPBACK, Request, Response, listen, plain
from monitor.demo.pages import NEVER, Place, content_type, draw_front, draw_index, draw_page
from monitor.demo.sites import HTML, choose_site

CRAWL_DELAY = timedelta(seconds=0.02)
READ_ALSO = 3
ROBOTS = f"""User-agent: *
Disallow: /*/print/
Disallow: /*/search
Crawl-delay: {CRAWL_DELAY.total_seconds()}
"""


@dataclass(frozen=True)
class Newsroom:
    """A newsroom that runs at `base_url`; each outlet has its own part of the address."""

    content: Content
    clock: Clock
    base_url: str
    least_life: timedelta = field(default_factory=timedelta)

    @cached_property
    def places(self) -> dict[str, Place]:
        """Each outlet at its address, by id."""
        places = {}
        feeds = 0
        for outlet in self.content.outlets:
            places[outlet.id] = Place(outlet, choose_site(outlet, feeds), f"{self.base_url}/{outlet.id}")
            feeds += outlet.kind == "rss"
        return places

    @cached_property
    def item_urls(self) -> Mapping[str, str]:
        """Items' ids by the addresses under which collectors know them."""
        urls = {}
        for outlet in self.content.outlets:
            place = self.places[outlet.id]
            for version in self.content.first_versions(outlet):
                urls[place.url(version)] = version.item.id
                if outlet.kind == "telegram":
                    urls[f"https://t.me/{place.channel}/{place.post(version)}"] = version.item.id
        return urls

    @cached_property
    def _paths(self) -> dict[str, dict[str, int]]:
        """For each outlet, which item (by its place in time) a path leads to."""
        return {
            outlet.id: {
                self.places[outlet.id].path(version): index
                for index, version in enumerate(self.content.first_versions(outlet))
            }
            for outlet in self.content.outlets
        }

    def answer(self, request: Request) -> Response:
        """Answer one request as the newsroom stands at this moment."""
        now = self.clock.now()
        if request.path == "/robots.txt":
            return Response(ROBOTS.encode(), "text/plain; charset=utf-8")
        if request.path == "/":
            counts = [(p, len(self._shown(p.outlet, now))) for p in self.places.values()]
            return Response(draw_index(counts, now))
        outlet_id = request.path.removeprefix("/").partition("/")[0]
        place = self.places.get(outlet_id)
        if place is None:
            return plain(HTTPStatus.NOT_FOUND, "no such outlet")
        versions = self._shown(place.outlet, now)
        if request.path in (f"/{outlet_id}{place.site.front}", f"/{outlet_id}/"):
            return self._front(place, versions)
        index = self._paths[outlet_id].get(request.path)
        if index is None or index >= len(versions):
            return plain(HTTPStatus.NOT_FOUND, "no such page")
        version = versions[index]
        earlier = versions[max(0, index - READ_ALSO) : index]
        body = draw_page(place, version, earlier)
        return Response(body, content_type(place, HTML), last_modified=version.updated_at)

    def _shown(self, outlet: Outlet, now: datetime) -> list[Version]:
        return self.content.show(outlet, now, self.least_life)

    def _front(self, place: Place, versions: list[Version]) -> Response:
        updated = max((version.updated_at for version in versions), default=NEVER)
        body = draw_front(place, versions, updated)
        return Response(body, content_type(place, place.site.front_type), last_modified=updated)


@contextlib.asynccontextmanager
async def serve(
    folder: Path | Content, clock: Clock, *, port: int = 0, least_life: timedelta = timedelta(0)
) -> AsyncIterator[Newsroom]:
    """Run the newsroom of a folder, or of content read before, on loopback until the block ends.

    `port` 0 takes a free one. `least_life` is how long the first version of an edited item is
    shown at the least. Raises ConfigurationError where the folder does not hold a newsroom.
    """
    content = folder if isinstance(folder, Content) else load_content(folder)

    def answer(request: Request) -> Response:
        return newsroom.answer(request)

    async with listen(answer, port) as chosen:
        newsroom = Newsroom(content, clock, f"http://{LOOPBACK}:{chosen}", least_life)
        yield newsroom


def packaged_newsroom() -> Path:
    """Return the folder of the newsroom that is shipped with the program."""
    return Path(__file__).parent / "newsroom"
