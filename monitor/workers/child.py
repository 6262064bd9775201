"""What runs inside a parser's process: one call after another, each bounded in time and memory."""

from __future__ import annotations

import pickle
import resource
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from monitor.errors import MonitorError

READY = b"ready"
BEGUN = b"begun"
LARGEST_ANSWER = 64_000_000
_STATM = Path("/proc/self/statm")


class Outcome(StrEnum):
    """How a call ended."""

    RETURNED = "returned"
    RAISED = "raised"
    TOO_MUCH = "too_much"
    """It asked for more memory than it may have, or gave back more than is taken."""


@dataclass(frozen=True, slots=True)
class CallResult:
    """What a call gave; a `worn` process holds much memory and wants to be replaced."""

    outcome: Outcome
    value: Any
    worn: bool = False


def serve(pipe: Connection, seconds: float, growth: int) -> None:
    """Answer calls until the other end is closed, as it is when the program ends however it ends.

    `growth` is by how many bytes the address space may grow in a call. A call that the program
    does not stop in time, because it is gone itself, is ended by the alarm.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which then closes us
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pipe.send_bytes(READY)
    base = 0
    try:
        while True:
            call = _load(pipe.recv_bytes())
            base = base or _address_space()
            pipe.send_bytes(BEGUN)
            result = call if isinstance(call, CallResult) else _run(call, seconds, growth)
            pipe.send_bytes(_pack(result, worn=_address_space() > base + growth))
    except (EOFError, OSError):
        return


def _load(job: bytes) -> tuple[Any, Any, Any] | CallResult:
    """Return function and arguments; the imports that this takes are no part of the call."""
    try:
        function, args, kwargs = pickle.loads(job)  # noqa: S301 - the program itself packed it
    except Exception as error:  # noqa: BLE001 - whatever it is belongs to the caller
        return CallResult(Outcome.RAISED, _portable(error))
    return function, args, kwargs


def _run(call: tuple[Any, Any, Any], seconds: float, growth: int) -> CallResult:
    function, args, kwargs = call
    try:
        with _bounded(seconds, growth):
            return CallResult(Outcome.RETURNED, function(*args, **kwargs))
    except MemoryError:
        return CallResult(Outcome.TOO_MUCH, f"it needs more than {growth // 1_000_000} MB of memory")
    except Exception as error:  # noqa: BLE001 - handed to the caller, who knows what it means
        return CallResult(Outcome.RAISED, _portable(error))


@contextmanager
def _bounded(seconds: float, growth: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_AS)
    if space := _address_space():
        resource.setrlimit(resource.RLIMIT_AS, (space + growth, before[1]))
    signal.setitimer(signal.ITIMER_REAL, 2 * seconds + 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, before)


def _pack(result: CallResult, *, worn: bool) -> bytes:
    try:
        packed = pickle.dumps(CallResult(result.outcome, result.value, worn))
    except Exception as error:  # noqa: BLE001 - what cannot be packed cannot be returned
        packed = pickle.dumps(CallResult(Outcome.RAISED, _portable(error), worn))
    if len(packed) <= LARGEST_ANSWER:
        return packed
    return pickle.dumps(CallResult(Outcome.TOO_MUCH, f"it gives back {len(packed)} bytes", worn))


def _portable(error: Exception) -> Exception:
    """Return the error fit for the way back: with where it arose, if it is a fault of ours."""
    if isinstance(error, MonitorError):
        return error
    error.add_note("in a parser's process:\n" + "".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    except Exception:  # noqa: BLE001 - then its words have to do
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _address_space() -> int:
    """Return how many bytes of address space this process has; 0 where the system does not tell."""
    try:
        pages = int(_STATM.read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * resource.getpagesize()
