"""When a request may start: spacing for each host, and a limit over all of them."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx

_MANY_HOSTS = 2_000
_DEFAULT_PORTS = frozenset({None, 80, 443})


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    last_start: float = -math.inf
    closed_until: float = -math.inf


class Pacing:
    """Lets requests start one after another on a host, and at most `concurrency` at once over all.

    `clock` is monotonic and in seconds, so that a jump of the machine's time changes nothing.
    """

    def __init__(
        self, concurrency: int, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._slots = asyncio.Semaphore(concurrency)
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, url: httpx.URL, spacing: float) -> AsyncIterator[None]:
        """Wait for the host's turn, and hold it while the request runs.

        With spacing the host never has two requests of ours in flight; without, it may.
        """
        host = self._host(url)
        if spacing <= 0:
            async with self._slots:
                host.last_start = self._clock()
                yield
            return
        async with host.lock:
            wait = host.last_start + spacing - self._clock()
            if wait > 0:
                await self._sleep(wait)
            async with self._slots:
                host.last_start = self._clock()
                yield

    def close_host(self, url: httpx.URL, seconds: float) -> None:
        """Remember that the host asked to be left alone for so long."""
        self._host(url).closed_until = self._clock() + seconds

    def closed_for(self, url: httpx.URL) -> float:
        """Return for how many seconds more the host is to be left alone, 0 if it is not."""
        return max(0.0, self._host(url).closed_until - self._clock())

    def _host(self, url: httpx.URL) -> _Host:
        name = url.host if url.port in _DEFAULT_PORTS else f"{url.host}:{url.port}"
        if name not in self._hosts and len(self._hosts) >= _MANY_HOSTS:
            self._forget_idle()
        return self._hosts.setdefault(name, _Host())

    def _forget_idle(self) -> None:
        now, hour = self._clock(), 3600.0
        for name, host in list(self._hosts.items()):
            if not host.lock.locked() and max(host.last_start + hour, host.closed_until) < now:
                del self._hosts[name]
