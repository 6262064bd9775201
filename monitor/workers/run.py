"""How a plain function is run beside the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Run(Protocol):
    """Runs a plain function beside the event loop and gives back what it returns or raises."""

    def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """Run it; raises what it raises."""


async def run_in_thread(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run in a thread: it cannot be stopped, so only for functions that end."""
    return await asyncio.to_thread(function, *args, **kwargs)
