"""Parsers in processes of their own: bounded in time and memory, killed and replaced."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Callable

import pytest

from monitor.errors import FetchError, Trouble, WorkerError
from monitor.workers import ParserPool
from tests.workers import jobs

Make = Callable[..., ParserPool]


@pytest.fixture
async def make_pool() -> AsyncIterator[Make]:
    """Build pools that are closed afterwards."""
    made: list[ParserPool] = []

    def make(workers: int = 1, seconds: float = 20.0, **more: int) -> ParserPool:
        pool = ParserPool(workers, seconds, **more)
        made.append(pool)
        return pool

    yield make
    for pool in made:
        await pool.aclose()
        assert [] == pool.process_ids


async def test_call_gives_back_what_the_function_returns(make_pool: Make) -> None:
    """It runs in another process, which serves the next call too."""
    pool = make_pool()
    assert await pool(jobs.add, 1, other=2) == 3
    first, second = await pool(jobs.who), await pool(jobs.who)
    assert first == second != os.getpid()


async def test_no_process_starts_before_the_first_call(make_pool: Make) -> None:
    """A program that parses nothing pays nothing."""
    pool = make_pool(workers=4)
    assert [] == pool.process_ids
    await pool(jobs.who)
    assert len(pool.process_ids) == 1


async def test_error_comes_back_whole(make_pool: Make) -> None:
    """Our own errors keep everything that they carry, and the process goes on."""
    pool = make_pool()
    with pytest.raises(FetchError, match="this is no feed") as caught:
        await pool(jobs.refuse, "http://paper.example/")
    assert ("http://paper.example/", "this is no feed", 7.0, Trouble.MALFORMED) == (
        caught.value.url,
        caught.value.reason,
        caught.value.retry_after,
        caught.value.trouble,
    )


async def test_unexpected_error_tells_where_it_arose(make_pool: Make) -> None:
    """The traceback of the other process is a note; what cannot be pickled comes in words."""
    pool = make_pool()
    with pytest.raises(KeyError) as caught:
        await pool(jobs.fail)
    assert any("in fail" in note for note in caught.value.__notes__)
    with pytest.raises(RuntimeError, match="OddError: quite odd"):
        await pool(jobs.fail_oddly)


async def test_hung_call_is_killed_and_the_process_replaced(make_pool: Make) -> None:
    """What does not end in its time is ended; the next call finds a fresh process."""
    pool = make_pool(seconds=0.5)
    before = await pool(jobs.who)
    with pytest.raises(WorkerError, match=r"did not end within 0.5 s and was killed") as caught:
        await pool(jobs.spin, 60.0)
    assert caught.value.trouble is Trouble.HUNG
    assert await pool(jobs.who) != before
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)


async def test_other_calls_go_on_beside_a_hung_one(make_pool: Make) -> None:
    """With two processes, one that hangs takes one place, and only for its time."""
    pool = make_pool(workers=2, seconds=5.0)
    await asyncio.gather(pool(jobs.rest, 0.2), pool(jobs.rest, 0.2))
    hung = asyncio.create_task(pool(jobs.spin, 60.0))
    await asyncio.sleep(0)
    assert [3] * 20 == [await pool(jobs.add, 1, 2) for _ in range(20)]
    assert not hung.done()
    with pytest.raises(WorkerError):
        await hung


async def test_memory_is_bounded(make_pool: Make) -> None:
    """A call that wants more than it may have fails, and its process is replaced."""
    pool = make_pool(growth=60_000_000)
    before = await pool(jobs.who)
    assert await pool(jobs.eat, 20_000_000) == 20_000_000
    with pytest.raises(WorkerError, match="more than 60 MB of memory"):
        await pool(jobs.eat, 100_000_000)
    assert await pool(jobs.who) != before


async def test_process_that_keeps_memory_is_replaced(make_pool: Make) -> None:
    """What parsers never give back does not add up for ever."""
    pool = make_pool(growth=60_000_000)
    numbers = {await pool(jobs.keep, 25_000_000) for _ in range(6)}
    assert len(numbers) > 1


async def test_answer_is_bounded(make_pool: Make) -> None:
    """More than 64 MB are not taken back."""
    with pytest.raises(WorkerError, match="gives back"):
        await make_pool()(jobs.pour, 70_000_000)


async def test_crash_of_a_process_is_an_error_of_its_call(make_pool: Make) -> None:
    """A parser that crashes in C code takes nobody with it."""
    pool = make_pool()
    with pytest.raises(WorkerError, match="died: exit code -11"):
        await pool(jobs.die)
    assert await pool(jobs.add, 1, 2) == 3


async def test_call_survives_a_process_that_was_ended_while_idle(make_pool: Make) -> None:
    """Whoever ends all processes of the service must not cost an article."""
    pool = make_pool()
    os.kill(await pool(jobs.who), 15)
    assert await pool(jobs.add, 1, 2) == 3


async def test_cancelled_call_frees_its_place(make_pool: Make) -> None:
    """Giving up on a call kills its process."""
    pool = make_pool()
    before = await pool(jobs.who)
    call = asyncio.create_task(pool(jobs.spin, 60.0))
    await asyncio.sleep(0.1)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert await pool(jobs.who) != before


async def test_closing_ends_calls_under_way(make_pool: Make) -> None:
    """Nothing keeps the program from ending."""
    pool = make_pool(seconds=60.0)
    call = asyncio.create_task(pool(jobs.spin, 60.0))
    await asyncio.sleep(0.3)
    await pool.aclose()
    with pytest.raises(WorkerError, match="because the program ends"):
        await call
    with pytest.raises(WorkerError, match="closed"):
        await pool(jobs.who)


async def test_without_processes_calls_run_in_threads(make_pool: Make) -> None:
    """What hangs there cannot be stopped."""
    pool = make_pool(workers=0)
    here = threading.get_ident()
    assert await pool(threading.get_ident) != here
    assert await pool(jobs.who) == os.getpid()
