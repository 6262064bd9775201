"""Only items whose links the source wants leave the collector, whatever the kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import pytest

from monitor.collect import HttpCollector
from monitor.domain.source import JsonFields, ListingSelectors
from monitor.pipeline.ports import Validators
from tests.collect.loopback import Reply, Server, entry, feed, make_source

PATHS = ("/politics/1", "/sport/2", "/politics/archive/3", "/politics/4")


def post(server: Server, number: int) -> dict[str, object]:
    """Return a WordPress post."""
    title = {"rendered": f"Headline {number}"}
    return {"id": number, "link": server.url(PATHS[number]), "title": title, "content": title}


def bodies(server: Server) -> dict[str, bytes]:
    """Return a front of each kind that shows all paths."""
    urls = [server.url(path) for path in PATHS]
    return {
        "rss": feed(*(entry(n, link=url) for n, url in enumerate(urls))),
        "listing": "".join(f"<li><a href='{url}'>A</a></li>" for url in urls).encode(),
        "sitemap": f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in urls)}</urlset>".encode(),
        "json": json.dumps([{"u": url} for url in urls]).encode(),
        "wordpress": json.dumps([post(server, number) for number in range(4)]).encode(),
    }


async def found(
    server: Server,
    collector: HttpCollector,
    kind: str,
    include: Sequence[str],
    exclude: Sequence[str],
    most: int,
) -> set[str]:
    """Return the paths that a visit finds."""
    server.routes["/wp-json/front"] = Reply(bodies(server)[kind])
    server.routes["/wp-json/front?per_page=2&_fields=id%2Clink%2Cdate_gmt%2Ctitle%2Ccontent%2Cexcerpt"] = (
        Reply(bodies(server)[kind])
    )
    source = make_source(
        server.url("/wp-json/front"),
        kind=kind,
        listing=ListingSelectors(item="li"),
        json=JsonFields("*", "u") if kind == "json" else None,
        include=tuple(include),
        exclude=tuple(exclude),
        max_items=most,
    )
    discovery = await collector.discover(source, Validators())
    assert () == discovery.bad_entries
    return {item.url.removeprefix(server.url("").rstrip("/")) for item in discovery.items}


@pytest.mark.parametrize("kind", ["rss", "listing", "sitemap", "json", "wordpress"])
async def test_links_are_chosen_by_patterns(
    server: Server, make_collector: Callable[..., HttpCollector], kind: str
) -> None:
    """One of `include` must match and none of `exclude`; what is passed over leaves its room to others."""
    collector = make_collector()
    chosen = await found(server, collector, kind, [r"/politics/"], [r"/archive/"], 2)
    assert {"/politics/1", "/politics/4"} == chosen


@pytest.mark.parametrize("kind", ["rss", "listing", "sitemap", "json"])
async def test_front_with_nothing_wanted_is_no_broken_front(
    server: Server, make_collector: Callable[..., HttpCollector], kind: str
) -> None:
    """Selectors and paths are right, there is only no news of the wanted kind."""
    assert set() == await found(server, make_collector(), kind, [r"/economy/"], [], 9)
