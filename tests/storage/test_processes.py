"""Killed processes, and several at once on one store."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from storage import open_store
from tests.builders import NOON
from tests.storage.builders import to_chat

ROOT = Path(__file__).parents[2]
KILLS = 12
ARTICLES = 120


def start(*arguments: str) -> subprocess.Popen[str]:
    """Start a worker and wait until it has opened the store."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.storage.worker", *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "ready\n" == process.stdout.readline()
    return process


def end(process: subprocess.Popen[str]) -> None:
    """Wait for the process and close its pipes."""
    process.communicate()


def read_sent(log: Path) -> Counter[int]:
    """Return how often each delivery was sent."""
    return Counter(int(line.split()[0]) for line in log.read_text().splitlines())


def read_all(file: Path, query: str) -> list[tuple[int, ...]]:
    """Ask the database behind the store's back."""
    connection = sqlite3.connect(file)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_killed_process_loses_nothing_and_doubles_nothing(url: str, tmp_path: Path) -> None:
    """SIGKILL at random moments: each article, finding, alert and delivery once; a message goes out
    twice at most once per kill, and then it is recorded as uncertain."""
    log, file = tmp_path / "sent.log", tmp_path / "store.db"
    random.seed(7)
    arguments = ("pipeline", url, str(log), str(ARTICLES))
    for _ in range(KILLS):
        process = start(*arguments)
        assert process.stdout is not None
        process.stdout.read(random.randrange(60))  # so many things saved, on however slow a machine
        time.sleep(random.uniform(0, 0.005))
        process.kill()
        end(process)
        assert -signal.SIGKILL == process.returncode, "the kill came too late to interrupt anything"
    process = start(*arguments)
    end(process)
    assert 0 == process.returncode

    for table in ("items", "articles", "revisions", "pages", "findings", "alerts", "stories"):
        assert [(ARTICLES,)] == read_all(file, f"SELECT count(*) FROM {table}"), table  # noqa: S608
    assert [(ARTICLES, "assessed")] == read_all(file, "SELECT count(*), state FROM articles GROUP BY state")
    assert [(2 * ARTICLES, "sent")] == read_all(file, "SELECT count(*), state FROM deliveries GROUP BY state")
    assert [(1, ARTICLES)] == read_all(file, "SELECT min(number), max(number) FROM alerts")
    sent = read_sent(log)
    uncertain = dict(read_all(file, "SELECT id, uncertain FROM deliveries WHERE uncertain > 0"))
    assert 2 * ARTICLES == len(sent), "lost"
    assert uncertain, "no kill hit a message on its way"
    twice = {delivery: times - 1 for delivery, times in sent.items() if times > 1}
    assert all(times <= uncertain.get(delivery, 0) for delivery, times in twice.items()), "doubled unseen"
    with_check = open_store(url, NOON)
    with_check.check()
    with_check.close()


def test_two_processes_never_claim_the_same_delivery(url: str, tmp_path: Path) -> None:
    """Whoever is second finds it marked."""
    log = tmp_path / "sent.log"
    store = open_store(url, NOON)
    store.outbox.add([to_chat("a", str(chat)) for chat in range(300)], NOON)
    store.close()
    workers = [start("claim", url, str(log)) for _ in range(2)]
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    for worker in workers:
        end(worker)
    assert [0, 0] == [worker.returncode for worker in workers]
    sent = read_sent(log)
    assert (300, 1) == (len(sent), max(sent.values()))
    senders = {line.split()[1] for line in log.read_text().splitlines()}
    assert 2 == len(senders), "one of the two had nothing to do, so nothing was tried"


def test_processes_that_open_a_new_store_at_once_share_it(url: str, tmp_path: Path) -> None:
    """One makes the tables, the others wait and find them made."""
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.storage.worker", "pipeline", url, str(tmp_path / f"{n}.log"), "0"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(3)
    ]
    for worker in workers:
        end(worker)
    assert [0, 0, 0] == [worker.returncode for worker in workers]
