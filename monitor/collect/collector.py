"""The collector: one source's front by its kind, and single pages."""

from __future__ import annotations

import asyncio
import hashlib
import random
import time
from collections.abc import Awaitable, Callable
from datetime import datetime

from monitor.collect.addresses import Resolver, resolve_host
from monitor.collect.exchange import Answer
from monitor.collect.fetcher import Fetcher
from monitor.collect.kinds import KINDS
from monitor.domain.article import FeedItem, Page
from monitor.domain.source import Source
from monitor.errors import FetchError, Trouble
from monitor.pipeline.ports import Discovery, Validators
from monitor.schema import CollectTable
from monitor.workers import Run, run_in_thread

_SECRET_HEADERS = frozenset({"set-cookie", "set-cookie2", "authorization", "proxy-authorization", "cookie"})


class HttpCollector:
    """Reads sources over HTTP within the limits of the settings.

    `clock` is monotonic seconds; it, `sleep`, `resolver` and `chance` (0 to 1, for jitter) are passed
    in so that a test need not wait. Use one collector for all sources: spacing and limits hold
    within it. `run` is where fronts are parsed.
    """

    def __init__(
        self,
        settings: CollectTable,
        now: Callable[[], datetime],
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        resolver: Resolver = resolve_host,
        chance: Callable[[], float] = random.random,
        run: Run = run_in_thread,
    ) -> None:
        self._now = now
        self._run = run
        self._fetcher = Fetcher(settings, now, clock=clock, sleep=sleep, resolver=resolver, chance=chance)

    async def discover(self, source: Source, validators: Validators) -> Discovery:
        """Return the items that the source's front shows now; raises FetchError or BlockedError.

        The validators returned are the server's new ones, or on "not modified" the old.
        """
        return await self._read_front(source, source.url, validators)

    async def browse(self, source: Source, cursor: str) -> Discovery:
        """Return an older part of the front, at an address that an earlier part gave as `older`."""
        return await self._read_front(source, cursor, Validators())

    async def _read_front(self, source: Source, url: str, validators: Validators) -> Discovery:
        read_front = KINDS.get(source.kind)
        if read_front is None:
            known = ", ".join(sorted(KINDS))
            raise FetchError(url, f"unknown kind {source.kind!r}; known: {known}", trouble=Trouble.SETUP)
        answer = await self._fetcher.get(url, source, _conditions(validators))
        if answer.status == 304:
            return Discovery((), validators, not_modified=True)
        page = self._page(url, answer)
        front = await self._run(read_front, source, page, self._now())
        return Discovery(
            items=tuple(front.items.values()),
            validators=Validators(answer.headers.get("etag"), answer.headers.get("last-modified")),
            bad_entries=tuple(front.bad),
            page=page,
            older=front.older,
        )

    async def fetch(self, source: Source, item: FeedItem) -> Page:
        """Return the item's page; an item that came with its whole text needs no request."""
        if item.html is not None:
            return make_entry_page(item, self._now())
        return self._page(item.url, await self._fetcher.get(item.url, source))

    async def aclose(self) -> None:
        """Close every connection."""
        await self._fetcher.aclose()

    def _page(self, url: str, answer: Answer) -> Page:
        return Page(
            url=url,
            final_url=answer.url,
            status=answer.status,
            headers={n: value for n, value in answer.headers.items() if n not in _SECRET_HEADERS},
            body=answer.body,
            fetched_at=self._now(),
            sha256=hashlib.sha256(answer.body).hexdigest(),
            request=answer.request,
        )


def make_entry_page(item: FeedItem, now: datetime) -> Page:
    """Return a page made of the text that the item itself carries."""
    body = (item.html or "").encode("utf-8", "ignore")
    return Page(
        url=item.url,
        final_url=item.url,
        status=200,
        headers={"content-type": "text/html; charset=utf-8"},
        body=body,
        fetched_at=now,
        sha256=hashlib.sha256(body).hexdigest(),
    )


def _conditions(validators: Validators) -> dict[str, str]:
    headers = {}
    if validators.etag:
        headers["If-None-Match"] = validators.etag
    if validators.last_modified:
        headers["If-Modified-Since"] = validators.last_modified
    return headers
