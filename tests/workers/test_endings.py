"""However the program ends, no parser outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def start(ending: str) -> tuple[subprocess.Popen[str], list[int]]:
    """Start the program; return it and the numbers of its two parsers, one of which hangs."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.workers.parent", ending], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    return program, [int(number) for number in program.stdout.readline().split()]


def runs(number: int) -> bool:
    """Whether a process is there and no mere entry in the table."""
    try:
        state = Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_for_end(numbers: list[int], seconds: float = 20.0) -> None:
    """Wait until none of the processes runs."""
    deadline = time.monotonic() + seconds
    while any(runs(number) for number in numbers):
        assert time.monotonic() < deadline, f"{numbers} still run"
        time.sleep(0.05)


def test_parsers_end_with_a_program_that_is_killed() -> None:
    """The idle one sees its pipe closed, the hung one is ended by its own alarm."""
    program, parsers = start("is killed")
    assert len(parsers) == 2
    program.send_signal(signal.SIGKILL)
    program.communicate(timeout=10)
    wait_for_end(parsers)


def test_parsers_end_when_the_program_is_told_to_stop() -> None:
    """SIGTERM to the program closes the pool, without waiting for what hangs."""
    program, parsers = start("is stopped")
    program.send_signal(signal.SIGTERM)
    output, _ = program.communicate(timeout=20)
    assert output.strip() == "closed"
    assert 0 == program.returncode
    assert not any(runs(number) for number in parsers)


def test_parsers_end_with_a_program_that_forgot_them() -> None:
    """A pool that was never closed keeps no program from ending."""
    program, parsers = start("forgets")
    program.communicate(timeout=20)
    assert 0 == program.returncode
    wait_for_end(parsers)


@pytest.mark.parametrize("number", [signal.SIGINT])
def test_interrupt_of_the_whole_group_leaves_closing_to_the_program(number: signal.Signals) -> None:
    """Ctrl-C reaches the parsers too; they let the program decide."""
    program, parsers = start("is stopped")
    os.kill(parsers[0], number)
    assert runs(parsers[0])
    program.send_signal(signal.SIGTERM)
    output, _ = program.communicate(timeout=20)
    assert output.strip() == "closed"
