"""Bounded fetching: redirects, retries, robots.txt and blocks."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import httpx

from monitor.collect.addresses import Resolver, resolve_host
from monitor.collect.blocks import find_challenge
from monitor.collect.exchange import Answer, Exchange, NetworkError, parse_http_url
from monitor.collect.pacing import Pacing
from monitor.collect.retry_after import back_off, read_retry_after
from monitor.collect.robots import RobotsGate
from monitor.domain.source import Source
from monitor.errors import BlockedError, FetchError, Trouble
from monitor.schema import CollectTable

MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEEPS_METHOD = frozenset({307, 308})
_FORBIDDEN = frozenset({401, 403, 407, 451})
_LONGEST_WAIT = 60.0
"""A server that asks for a longer pause ends the visit: nothing waits in line for that long."""
_ROBOTS_BYTES = 512_000


class Fetcher:
    """Reads URLs for sources within limits; raises FetchError, or BlockedError where we are not wanted."""

    def __init__(
        self,
        settings: CollectTable,
        now: Callable[[], datetime],
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        resolver: Resolver = resolve_host,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._settings = settings
        self._now = now
        self._sleep = sleep
        self._chance = chance
        self._pacing = Pacing(settings.concurrency, clock, sleep)
        self._exchange = Exchange(settings.user_agent, self._pacing, resolver, settings.concurrency)
        # A source's own user agent changes the header, never the name by which robots.txt knows us.
        token = settings.user_agent.split("/")[0].split()[0]
        self._robots = RobotsGate(token, self._read_robots, clock)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._exchange.aclose()

    async def get(
        self, url: str, source: Source, headers: Mapping[str, str] | None = None, *, body: str = ""
    ) -> Answer:
        """Return the answer to a GET, or to a POST of `body`; its status is 200 or, if `headers` ask, 304."""
        answer = await self._persist(lambda: self._follow(url, source, headers or {}, body), url)
        if answer.status == 304 and headers:
            return answer
        if answer.status != 200:
            raise FetchError(
                url, f"the server answered HTTP {answer.status}", trouble=_status_trouble(answer.status)
            )
        if challenge := find_challenge(answer.body):
            raise BlockedError(url, f"the answer is {challenge}", trouble=Trouble.ANTI_BOT)
        return answer

    async def _read_robots(self, url: str, source: Source) -> Answer:
        """Read a robots.txt; one that only redirects counts as absent, as RFC 9309 allows."""

        async def attempt() -> Answer:
            hop, left = url, self._settings.timeout_seconds
            for _ in range(MAX_REDIRECTS + 1):
                answer = await self._exchange.send(
                    hop, source, seconds=left, limit=_ROBOTS_BYTES, truncate=True
                )
                target = _redirect_target(answer)
                if target is None:
                    return answer
                hop, left = target, _left(left, answer)
            return answer

        return await self._persist(attempt, url)

    async def _follow(self, url: str, source: Source, headers: Mapping[str, str], body: str) -> Answer:
        """Follow redirects, each hop allowed by its host's robots.txt and checked like the first."""
        hop, left = url, self._settings.timeout_seconds
        for _ in range(MAX_REDIRECTS + 1):
            self._refuse_closed(hop)
            await self._robots.check(hop, source)
            answer = await self._exchange.send(
                hop, source, seconds=left, limit=self._settings.max_bytes, headers=headers, body=body
            )
            if answer.status == 407 and source.proxy:
                hint = "the proxy asks for a name and a password; write them into the source's proxy"
                raise FetchError(hop, hint, trouble=Trouble.SETUP)
            if answer.status in _FORBIDDEN:
                raise BlockedError(
                    hop, f"the server answered HTTP {answer.status}", trouble=Trouble.FORBIDDEN
                )
            target = _redirect_target(answer)
            if target is None:
                return answer
            body = body if answer.status in _KEEPS_METHOD else ""
            hop, left = target, _left(left, answer)
        raise FetchError(url, f"more than {MAX_REDIRECTS} redirects", trouble=Trouble.REDIRECTS)

    async def _persist(self, attempt: Callable[[], Awaitable[Answer]], url: str) -> Answer:
        """Try again after network errors, 429 and 5xx, as often and as late as is proper."""
        tries = 0
        while True:
            pause: float | None = None
            try:
                answer = await attempt()
            except NetworkError as error:
                problem: FetchError = error
            else:
                if answer.status != 429 and answer.status < 500:
                    return answer
                if challenge := find_challenge(answer.body):
                    reason = f"the answer is {challenge} (HTTP {answer.status})"
                    raise BlockedError(answer.url, reason, trouble=Trouble.ANTI_BOT)
                pause = read_retry_after(answer.headers.get("retry-after"), self._now())
                problem = FetchError(
                    url,
                    f"the server answered HTTP {answer.status}",
                    retry_after=pause,
                    trouble=_status_trouble(answer.status, asks_for_time=pause is not None),
                )
                if pause is not None and pause > _LONGEST_WAIT:
                    self._pacing.close_host(parse_http_url(answer.url), pause)
                    raise problem
            if tries >= self._settings.retries:
                raise problem
            await self._sleep(pause if pause is not None else back_off(tries, self._chance))
            tries += 1

    def _refuse_closed(self, url: str) -> None:
        """Leave a host alone that asked for it a while ago, without asking again."""
        if seconds := self._pacing.closed_for(parse_http_url(url)):
            reason = "the host asked to be left alone for a while"
            raise FetchError(url, reason, retry_after=seconds, trouble=Trouble.THROTTLED)


def _redirect_target(answer: Answer) -> str | None:
    location = answer.headers.get("location")
    if answer.status not in _REDIRECTS or not location:
        return None
    try:
        joined = parse_http_url(answer.url).join(location)
    except (httpx.InvalidURL, ValueError) as error:
        reason = f"the redirect leads to no address: {location[:200]!r}"
        raise FetchError(answer.url, reason, trouble=Trouble.REDIRECTS) from error
    return str(joined.copy_with(fragment=None))


def _status_trouble(status: int, *, asks_for_time: bool = False) -> Trouble:
    """Return the kind of trouble that a status other than 200 means."""
    if status == 429 or asks_for_time:
        return Trouble.THROTTLED
    if status in (404, 410):
        return Trouble.NOT_FOUND
    return Trouble.SERVER if status >= 500 else Trouble.HTTP


def _left(seconds: float, answer: Answer) -> float:
    """Return what of the total time the answer left over; at least enough to fail in good order."""
    return max(seconds - answer.seconds, 0.001)
