"""robots.txt by RFC 9309: who may read what, asked once a day of each host."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from weakref import WeakValueDictionary

import httpx
from protego import Protego

from monitor.collect.clients import Route, route_of
from monitor.collect.exchange import Answer, RefusedAddressError, parse_http_url
from monitor.domain.source import Source
from monitor.errors import BlockedError, FetchError, Trouble

_DAY = 86_400.0
_FOR_NOW = 300.0
_SERVER_SAYS_NO = frozenset({Trouble.SERVER, Trouble.THROTTLED, Trouble.ANTI_BOT, Trouble.FORBIDDEN})
_MANY_HOSTS = 1_000

ReadRobots = Callable[[str, Source], Awaitable[Answer]]
"""Reads a robots.txt, following its redirects; raises FetchError where no answer of use comes."""


@dataclass(frozen=True, slots=True)
class _Verdict:
    until: float
    rules: Protego | None = None
    """None allows everything, unless `trouble` says why nothing is allowed for now."""
    trouble: FetchError | None = None


class RobotsGate:
    """Remembers each host's rules for a day, and trouble with them for minutes."""

    def __init__(self, token: str, read: ReadRobots, clock: Callable[[], float]) -> None:
        self._token = token
        self._read = read
        self._clock = clock
        self._verdicts: OrderedDict[tuple[str, Route], _Verdict] = OrderedDict()
        self._locks: WeakValueDictionary[tuple[str, Route], asyncio.Lock] = WeakValueDictionary()

    async def check(self, url: str, source: Source) -> None:
        """Return if the URL may be read; raises BlockedError where robots.txt does not allow it.

        A host that answers 4xx has no rules. One that answers 5xx, 429 or with a challenge may not be
        read for now. What fails on the way raises FetchError, as reading the page itself would.
        """
        verdict = await self._verdict(parse_http_url(url), source)
        if verdict.trouble is not None:
            reason = f"nothing is read while robots.txt cannot be: {verdict.trouble.reason}"
            unwelcome = verdict.trouble.trouble in _SERVER_SAYS_NO
            kind = BlockedError if unwelcome else FetchError
            raise kind(url, reason, retry_after=verdict.trouble.retry_after, trouble=verdict.trouble.trouble)
        if verdict.rules is not None and not verdict.rules.can_fetch(url, self._token):
            reason = f"robots.txt does not allow {self._token} to read this"
            raise BlockedError(url, reason, trouble=Trouble.ROBOTS)

    async def _verdict(self, url: httpx.URL, source: Source) -> _Verdict:
        origin = str(url.copy_with(raw_path=b"/robots.txt", fragment=None))
        key = (origin, route_of(source))
        # Held while asking, so that many readers of one host ask it once.
        async with self._locks.setdefault(key, asyncio.Lock()):
            verdict = self._verdicts.get(key)
            if verdict is None or verdict.until <= self._clock():
                verdict = self._verdicts[key] = await self._ask(origin, source)
            self._verdicts.move_to_end(key)
        while len(self._verdicts) > _MANY_HOSTS:
            self._verdicts.popitem(last=False)
        return verdict

    async def _ask(self, origin: str, source: Source) -> _Verdict:
        try:
            answer = await self._read(origin, source)
        except RefusedAddressError:
            raise
        except FetchError as error:
            return _Verdict(self._clock() + _FOR_NOW, trouble=error)
        tomorrow = self._clock() + _DAY
        if answer.status != 200:
            return _Verdict(tomorrow)
        return _Verdict(tomorrow, rules=Protego.parse(answer.body.decode("utf-8", "replace")))
