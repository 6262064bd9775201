"""What the parsers' processes are given to do in tests."""

from __future__ import annotations

import os
import signal
import time

from monitor.errors import FetchError, Trouble


def add(one: int, other: int) -> int:
    """Return the sum."""
    return one + other


def size(body: bytes) -> int:
    """Return the length."""
    return len(body)


def spin(seconds: float = 60.0) -> None:
    """Keep the processor busy."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


def rest(seconds: float) -> int:
    """Sleep, then tell who did."""
    time.sleep(seconds)
    return os.getpid()


def eat(count: int) -> int:
    """Take so many bytes of memory at once."""
    return len(bytearray(count))


def keep(count: int, kept: list[bytearray] = []) -> int:  # noqa: B006 - that it stays is the point
    """Take memory and never give it back; return the process's number."""
    kept.append(bytearray(count))
    return os.getpid()


def pour(count: int) -> bytes:
    """Return so many bytes."""
    return bytes(count)


def die() -> None:
    """End as a crash in a C library does."""
    os.kill(os.getpid(), signal.SIGSEGV)


def refuse(url: str) -> None:
    """Raise what a reader of feeds raises."""
    raise FetchError(url, "this is no feed", retry_after=7.0, trouble=Trouble.MALFORMED)


def fail() -> None:
    """Raise what nobody expected."""
    raise KeyError("a fault of ours")


class OddError(Exception):
    """An error that cannot be pickled back."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} {other}")


def fail_oddly() -> None:
    """Raise what does not survive the way."""
    raise OddError("quite", "odd")


def who() -> int:
    """Return the process's number."""
    return os.getpid()
