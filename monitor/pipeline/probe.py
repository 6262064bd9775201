"""Checking live sources without keeping anything: what each shows, what is wrong, what would help."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import structlog

from monitor.domain.article import Page
from monitor.domain.source import ArticleSelectors, Source
from monitor.errors import BlockedError, MonitorError, Trouble
from monitor.pipeline.looking import ArticlesRead, Looking
from monitor.pipeline.ports import Validators
from monitor.pipeline.remedy import suggest_article, suggest_front, suggest_listing
from monitor.pipeline.source_check import SelectorCheck, SourceCheck, Suggestion, find_complaints
from monitor.text.language import detect_language

log = structlog.get_logger(__name__)

ARTICLES = 3
"""How many articles are read of each source."""
_FAR_LESS = 0.33
# The host did not answer as a site does: another selector or address would not help.
_UNREACHED = frozenset(
    {
        Trouble.NETWORK, Trouble.NAME, Trouble.TLS, Trouble.TIMEOUT, Trouble.ADDRESS, Trouble.RESTING,
        Trouble.THROTTLED, Trouble.SERVER, Trouble.SETUP,
    }
)  # fmt: skip


async def check_sources(
    looking: Looking, sources: Sequence[Source], told: Callable[[int], None] = lambda _: None
) -> list[SourceCheck]:
    """Check sources side by side, each host at its own pace; `told` hears how many are done."""
    done = 0

    async def check(source: Source) -> SourceCheck:
        nonlocal done
        result = await check_source(looking, source)
        done += 1
        told(done)
        return result

    return list(await asyncio.gather(*map(check, sources)))


async def check_source(looking: Looking, source: Source) -> SourceCheck:
    """Look at one source; never raises for what it does."""
    try:
        return await _look(looking, source)
    except MonitorError as error:
        return await _explain(looking, source, error)
    except Exception as error:  # the per-source boundary: one source never stops the others
        log.exception("source check broke", source=source.id)
        text = f"{type(error).__name__}: {error}"
        return SourceCheck(source.id, source.kind, trouble=Trouble.OTHER.value, complaints=(text,))


async def _explain(looking: Looking, source: Source, error: MonitorError) -> SourceCheck:
    """Say why a front could not be read, and look for another way in unless we are not wanted."""
    trouble: Trouble = getattr(error, "trouble", Trouble.OTHER)
    suggestions: tuple[Suggestion, ...] = ()
    if not isinstance(error, BlockedError) and trouble not in _UNREACHED:
        suggestions = await suggest_front(looking, source)
    unknown = trouble in _UNREACHED
    failed = SourceCheck(
        source.id,
        source.kind,
        reachable=not unknown,
        trouble=trouble.value,
        robots="forbidden" if trouble is Trouble.ROBOTS else "unknown" if unknown else "allowed",
        anti_bot=trouble is Trouble.ANTI_BOT,
        configured=source.languages,
        complaints=(str(getattr(error, "reason", error)),),
        suggestions=suggestions,
    )
    return await _look_on(looking, suggestions[0].healed, failed) if suggestions else failed


async def _look_on(looking: Looking, healed: Source, failed: SourceCheck) -> SourceCheck:
    """Go on as if the first suggestion were taken: the articles' selectors may have died too."""
    try:
        further = await _look(looking, healed)
    except MonitorError:
        return failed
    return replace(
        further,
        kind=failed.kind,
        trouble=failed.trouble,
        items=0,
        dated=0,
        complaints=failed.complaints + further.complaints,
        suggestions=failed.suggestions + further.suggestions,
        notes=("what follows was read with the first suggestion", *further.notes),
    )


async def _look(looking: Looking, source: Source) -> SourceCheck:
    discovery = await looking.collector.discover(source, Validators())
    read = await looking.articles(source, discovery.items[:ARTICLES])
    checks = await _check_selectors(looking, source, discovery.page, read)
    now = looking.now()
    found = [lang for a in read.articles if (lang := detect_language(f"{a.title}\n{a.text}"))]
    dead = [check for check in checks if check.is_dead]
    narrow = await _reads_too_little(looking, source, read)
    complaints = find_complaints(source, discovery, read, found, now)
    complaints += [f"{check.key} = {check.selector!r} finds nothing" for check in dead]
    complaints += [narrow] if narrow else []
    suggestions: tuple[Suggestion, ...] = ()
    if any(check.key.startswith("listing") for check in dead):
        suggestions += await suggest_listing(looking, source)
    if read.pages and (narrow or not read.articles or any(check.key.startswith("article") for check in dead)):
        suggestions += await suggest_article(looking, source, read)
    moments = [item.published_at for item in discovery.items if item.published_at]
    newest = max([*moments, *(a.published_at for a in read.articles if a.published_at)], default=None)
    return SourceCheck(
        source.id,
        source.kind,
        reachable=True,
        robots="allowed",
        anti_bot=any(trouble is Trouble.ANTI_BOT for trouble, _ in read.problems),
        trouble=read.problems[0][0].value if read.problems and not read.articles else "",
        items=len(discovery.items),
        dated=len(moments),
        newest=now - newest if newest else None,
        lengths=tuple(len(article.text) for article in read.articles),
        languages=tuple(dict.fromkeys(found)),
        configured=source.languages,
        extractors=tuple(dict.fromkeys(article.extractor for article in read.articles)),
        selectors=checks,
        complaints=tuple(complaints),
        notes=(*discovery.bad_entries[:3], *(text for _, text in read.problems[:3])),
        suggestions=suggestions,
    )


async def _check_selectors(
    looking: Looking, source: Source, front: Page | None, read: ArticlesRead
) -> tuple[SelectorCheck, ...]:
    checks: list[SelectorCheck] = []
    if source.listing is not None and front is not None:
        listing = source.listing
        named = {"listing.item": listing.item}
        inside = {"listing.title": listing.title, "listing.date": listing.date}
        found = {key: f":is({listing.item}) :is({css})" for key, css in inside.items() if css}
        checks += await _count(looking, source, named | inside, named | found, [front])
    named = _article_selectors(source.article)
    checks += await _count(looking, source, named, named, [page for _, page in read.pages])
    return tuple(checks)


async def _count(
    looking: Looking,
    source: Source,
    named: Mapping[str, str],
    asked: Mapping[str, str],
    pages: Sequence[Page],
) -> list[SelectorCheck]:
    """Count what the selectors find: `named` as they are written, `asked` as they are looked for."""
    counts = [await looking.run(looking.count_matches, page, asked, source.encoding) for page in pages]
    return [
        SelectorCheck(
            key,
            named[key],
            sum(max(count[key], 0) for count in counts),
            sum(count[key] > 0 for count in counts),
            len(pages),
        )
        for key in asked
        if pages
    ]


def _article_selectors(article: ArticleSelectors) -> dict[str, str]:
    named = {"title": article.title, "date": article.date, "lead": article.lead, "body": article.body}
    drops = {f"article.drop[{number}]": css for number, css in enumerate(article.drop)}
    return {f"article.{key}": css for key, css in named.items() if css} | drops


async def _reads_too_little(looking: Looking, source: Source, read: ArticlesRead) -> str:
    """Say so where the selectors find far less than the generic extractor does: half a redesign."""
    if not source.article.body or not read.pages:
        return ""
    plain = await looking.again(replace(source, article=ArticleSelectors()), read.pages)
    mine = sum(len(article.text) for article in read.articles if article.extractor == "selectors")
    theirs = sum(len(article.text) for article in plain)
    if mine and mine < _FAR_LESS * theirs:
        return f"article.body finds {mine} characters where the pages seem to have {theirs}"
    return ""
