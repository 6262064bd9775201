"""The HTTP connections to Telegram, closed only when nothing is under way on them."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram.request import HTTPXRequest

TIMEOUT = 20.0


class FinishingRequest(HTTPXRequest):
    """Lets calls that are under way end before it closes.

    The bot and the outbox send through the same connections and are told to stop at the same
    moment; a call cut off there might have arrived, and would be sent again after a restart.
    """

    def __init__(self, connections: int) -> None:
        super().__init__(
            connection_pool_size=connections,
            read_timeout=TIMEOUT,
            write_timeout=TIMEOUT,
            connect_timeout=TIMEOUT,
            pool_timeout=TIMEOUT,
        )
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make one call."""
        self._under_way += 1
        self._idle.clear()
        try:
            return await super().do_request(*args, **kwargs)
        finally:
            self._under_way -= 1
            if self._under_way == 0:
                self._idle.set()

    async def shutdown(self) -> None:
        """Close the connections when the last call has ended; each has its own time limit."""
        await self._idle.wait()
        await super().shutdown()
