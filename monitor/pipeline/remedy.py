"""What would help a source whose selectors or address have died, each tried before it is named."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urljoin

from monitor.domain.source import Source
from monitor.errors import MonitorError
from monitor.pipeline.block import write_table
from monitor.pipeline.looking import ArticlesRead, Looking
from monitor.pipeline.ports import Validators
from monitor.pipeline.source_check import Suggestion

MOST = 3
_FEEDS_TRIED = 4
_HAS_FEEDS = frozenset({"rss", "wordpress", "sitemap"})


async def suggest_front(looking: Looking, source: Source) -> tuple[Suggestion, ...]:
    """Return other ways to read a source whose front gives nothing any more."""
    if source.kind == "listing":
        return await suggest_listing(looking, source)
    try:
        return await _suggest_feeds(looking, source) if source.kind in _HAS_FEEDS else ()
    except MonitorError:
        return ()


async def suggest_listing(looking: Looking, source: Source) -> tuple[Suggestion, ...]:
    """Return selectors for a listing, from the page as it is now; none where it cannot be read."""
    try:
        page = await looking.page(source, source.url)
        proposals = await looking.run(looking.propose_listings, source, page, looking.now())
    except MonitorError:
        return ()
    # Where a list with dates was found, one without them is no help.
    worthy = [proposal for proposal in proposals if proposal.dated or not proposals[0].dated]
    return tuple(
        Suggestion(
            "\n".join(write_table("source.listing", proposal.selectors)),
            f"finds {proposal.items} items, {proposal.dated} with a date, such as: {proposal.titles[0]}",
            replace(source, listing=proposal.selectors),
        )
        for proposal in worthy[:MOST]
    )


async def suggest_article(looking: Looking, source: Source, read: ArticlesRead) -> tuple[Suggestion, ...]:
    """Return selectors for articles, from the pages that were read; none where they cannot be parsed."""
    try:
        proposals = await looking.run(looking.propose_articles, source, read.pages, looking.now())
    except MonitorError:
        return ()
    return tuple(
        Suggestion(
            "\n".join(write_table("source.article", proposal.selectors)),
            f"reads {proposal.length} characters (median of {proposal.pages} pages), "
            f"{proposal.agreement:.0%} of the words as the generic extractor reads them",
            replace(source, article=proposal.selectors),
        )
        for proposal in proposals[:MOST]
    )


async def _suggest_feeds(looking: Looking, source: Source) -> tuple[Suggestion, ...]:
    """Look for feeds on the site's first page, and read them."""
    home = await looking.page(source, urljoin(source.url, "/"))
    found: list[Suggestion] = []
    for feed in (await looking.run(looking.survey, home)).feeds[:_FEEDS_TRIED]:
        healed = replace(source, url=feed, kind="rss")
        try:
            discovery = await looking.collector.discover(healed, Validators())
        except MonitorError:
            continue
        if discovery.items and feed != source.url:
            told = f"a feed that the site's first page names, with {len(discovery.items)} items"
            found.append(Suggestion(f'kind = "rss"\nurl = "{feed}"', told, healed))
    return tuple(found[:MOST])
