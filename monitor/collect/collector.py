"""The collector: one source's front by its kind, and single pages."""

from __future__ import annotations

import asyncio
import hashlib
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from urllib.parse import urldefrag

from monitor.collect.addresses import Resolver, resolve_host
from monitor.collect.exchange import Answer
from monitor.collect.fetcher import Fetcher
from monitor.collect.front import Front
from monitor.collect.json_list import post_body
from monitor.collect.kinds import KINDS, front_address, missing_hint
from monitor.domain.article import FeedItem, Page
from monitor.domain.source import Source
from monitor.errors import FetchError, Trouble, WorkerError
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
        part = await self._read_part(source, front_address(source, self._now()), validators)
        if part is None:
            return Discovery((), validators, not_modified=True)
        page, front = part
        received = Validators(page.headers.get("etag"), page.headers.get("last-modified"))
        parts: list[Page] = []
        if front.further:
            # An index may stay as it is while the sitemaps that it lists change.
            received = Validators()
            parts = await self._read_further(source, front)
        return _make_discovery(page, front, received, parts)

    async def browse(self, source: Source, cursor: str) -> Discovery:
        """Return an older part of the front, at a cursor that an earlier part gave as `older`."""
        part = await self._read_part(source, cursor, Validators())
        if part is None:
            reason = 'the server answered "not modified" though nothing was asked of it'
            raise FetchError(cursor, reason, trouble=Trouble.HTTP)
        page, front = part
        parts: list[Page] = []
        for address in front.further:
            try:
                inner = await self._read_part(source, address, Validators())
            except FetchError as error:
                # One that is gone is no reason to stay away from those after it.
                if error.trouble is not Trouble.NOT_FOUND or front.older is None:
                    raise
                front.leave_out(str(error))
                continue
            if inner is not None:
                parts.append(inner[0])
                front.join(inner[1])
                front.older = inner[1].older
        return _make_discovery(page, front, Validators(), parts)

    async def _read_further(self, source: Source, front: Front) -> list[Page]:
        """Read and return the parts that belong to this visit; raises only where none could be read."""
        failed: FetchError | None = None
        parts: list[Page] = []
        read = 0
        for address in front.further:
            if front.is_full:
                break
            try:
                part = await self._read_part(source, address, Validators())
            except FetchError as error:
                if error.retry_after is not None:
                    raise
                failed = error
                front.leave_out(str(error))
                continue
            read += 1
            if part is not None:
                parts.append(part[0])
                front.join(part[1])
                if part[1].further:
                    front.leave_out(
                        f"{address}: an index within an index is not read; make it a source's url"
                    )
        if failed is not None and not read:
            raise failed
        return parts

    async def _read_part(
        self, source: Source, cursor: str, validators: Validators
    ) -> tuple[Page, Front] | None:
        """Return what stands at a cursor, None where it did not change since the validators were given."""
        read_front = KINDS.get(source.kind)
        if read_front is None:
            known = ", ".join(sorted(KINDS))
            raise FetchError(cursor, f"unknown kind {source.kind!r}; known: {known}", trouble=Trouble.SETUP)
        body = post_body(source, cursor)
        conditions = {} if body else _conditions(validators)
        try:
            answer = await self._fetcher.get(urldefrag(cursor).url, source, conditions, body=body)
        except FetchError as error:
            hint = missing_hint(source)
            if error.trouble is not Trouble.NOT_FOUND or not hint:
                raise
            raise FetchError(error.url, f"{error.reason}: {hint}", trouble=error.trouble) from error
        if answer.status == 304:
            return None
        page = self._page(cursor, answer)
        try:
            return page, await self._run(read_front, source, page, self._now())
        except WorkerError as error:
            raise FetchError(cursor, error.reason, trouble=error.trouble) from error

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


def _make_discovery(
    page: Page, front: Front, validators: Validators, parts: Sequence[Page] = ()
) -> Discovery:
    return Discovery(
        items=tuple(front.items.values()),
        validators=validators,
        bad_entries=tuple(front.bad),
        page=page,
        parts=tuple(parts),
        older=front.older,
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
