"""Parsers in processes of their own, which can be killed."""

from __future__ import annotations

import asyncio
import multiprocessing
import pickle
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self, cast

from monitor.errors import WorkerError
from monitor.workers.child import LARGEST_ANSWER, CallResult, Outcome, serve
from monitor.workers.run import P, T, run_in_thread

GROWTH = 512_000_000
"""Bytes by which a process may grow in one call; a page of 5 MB needs a fifth of it."""
_START_SECONDS = 60.0
_END_SECONDS = 5.0


class ParserPool:
    """Runs calls in up to `workers` processes, each call for at most `seconds`; `Run` for what may hang.

    A process that hangs, dies or takes too much memory is killed and replaced, and its call raises
    WorkerError; calls in other processes go on. Processes start when they are first needed and end
    with the program, however it ends. With no workers, calls run in threads and cannot be stopped.

    What is called, its arguments and what it returns are pickled: plain functions over plain values.
    """

    def __init__(self, workers: int, seconds: float, *, growth: int = GROWTH) -> None:
        self._workers = workers
        self._seconds = seconds
        self._growth = growth
        self._slots = asyncio.Semaphore(max(workers, 1))
        self._threads = ThreadPoolExecutor(max(workers, 1), thread_name_prefix="parser")
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._closed = False

    async def __aenter__(self) -> Self:
        """Return the pool; nothing is started yet."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End every process."""
        await self.aclose()

    @property
    def process_ids(self) -> list[int]:
        """The processes that run now."""
        return [worker.process_id for worker in [*self._idle, *self._busy] if worker.process_id]

    async def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run it; raises what it raises, or WorkerError where it had to be stopped."""
        if not self._workers:
            return await run_in_thread(function, *args, **kwargs)
        job = pickle.dumps((function, args, kwargs))
        async with self._slots:
            try:
                result = await self._run(job)
            except _DiedError:
                # Perhaps it was dead before the call, ended by whoever runs the machine: once more.
                try:
                    result = await self._run(job)
                except _DiedError as error:
                    raise WorkerError(f"the parser died: {error}") from error
        if result.outcome is Outcome.RETURNED:
            return cast("T", result.value)
        if result.outcome is Outcome.RAISED:
            raise result.value
        raise WorkerError(f"the parser was stopped: {result.value}")

    async def _run(self, job: bytes) -> CallResult:
        if self._closed:
            raise WorkerError("the parsers are closed")
        worker = self._idle.pop() if self._idle else _Worker(self._seconds, self._growth)
        self._busy.add(worker)
        try:
            result = await asyncio.get_running_loop().run_in_executor(self._threads, worker.call, job)
        except asyncio.CancelledError:
            worker.condemn()
            raise
        finally:
            self._busy.discard(worker)
        if result.worn or result.outcome is Outcome.TOO_MUCH or self._closed:
            await asyncio.to_thread(worker.end)
        else:
            self._idle.append(worker)
        return result

    async def aclose(self) -> None:
        """Kill every process; calls under way raise WorkerError."""
        self._closed = True
        for worker in self._busy:
            worker.condemn()
        await asyncio.to_thread(self._threads.shutdown)
        while self._idle:
            await asyncio.to_thread(self._idle.pop().end)


class _DiedError(Exception):
    """A process ended in the middle of a call without being told to."""


class _Worker:
    """One process and the pipe to it; `call` and `end` are for one thread at a time, `condemn` for any."""

    def __init__(self, seconds: float, growth: int) -> None:
        self._seconds = seconds
        self._growth = growth
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._lock = threading.Lock()
        self._condemned = False

    @property
    def process_id(self) -> int | None:
        """The process's number, once it runs."""
        return self._process.pid if self._process else None

    def call(self, job: bytes) -> CallResult:
        """Send the call and wait for its result; unless that comes, the process is ended."""
        try:
            pipe = self._pipe or self._start()
            pipe.send_bytes(job)
            _receive(pipe, _START_SECONDS, "begin")
            answer = _receive(pipe, self._seconds, "end")
        except TimeoutError as error:
            self.end()
            raise WorkerError(str(error)) from error
        except (EOFError, OSError) as error:
            code = self.end(patience=_END_SECONDS)
            if self._condemned:
                raise WorkerError("the parser was killed because the program ends") from error
            raise _DiedError(f"exit code {code}") from error
        if self._condemned:
            self.end()
        result = pickle.loads(answer)  # noqa: S301 - our own process packed it
        assert isinstance(result, CallResult)  # noqa: S101 - for the type checker
        return result

    def condemn(self) -> None:
        """Kill the process from another thread; the call under way ends at once."""
        with self._lock:
            self._condemned = True
            if self._process is not None:
                self._process.kill()

    def end(self, patience: float = 0) -> int | None:
        """Kill the process, unless it ends by itself within so many seconds; return its exit code."""
        with self._lock:
            process, self._process = self._process, None
            if process is None:
                return None
            process.join(patience)
            process.kill()
        process.join(_END_SECONDS)
        code = process.exitcode
        if self._pipe is not None:
            self._pipe.close()
        if code is not None:
            process.close()
        return code

    def _start(self) -> Connection:
        # A fork would copy the locks and threads of a busy program; a spawned process is clean.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=serve, args=(theirs, self._seconds, self._growth), name="parser", daemon=True
        )
        with self._lock:
            if self._condemned:
                raise EOFError
            process.start()
            self._process, self._pipe = process, ours
        theirs.close()
        _receive(ours, _START_SECONDS, "start")
        return ours


def _receive(pipe: Connection, seconds: float, what: str) -> bytes:
    if not pipe.poll(seconds):
        raise TimeoutError(f"the parser did not {what} within {seconds:g} s and was killed")
    return pipe.recv_bytes(LARGEST_ANSWER)
