"""A process of its own for tests that kill it or set two against each other.

`python -m tests.storage.worker pipeline URL LOG COUNT` takes COUNT articles from collection to
sent messages and ends; started again it goes on. `... claim URL LOG` empties the outbox.
A dot on the standard output stands for each thing saved. What is sent is a line appended to LOG,
which outlives the process as a real message would.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

from monitor.domain.alerts import Decision
from storage import Store, open_store
from tests.builders import NOON, make_assessment
from tests.storage.builders import make_alert, make_article, make_item, make_page, to_chat


def say(log: Path, line: str) -> None:
    """Append a line in one write."""
    handle = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, f"{line}\n".encode())
    os.close(handle)


def report(what: str) -> None:
    """Tell whoever started us how far we are."""
    sys.stdout.write(what)
    sys.stdout.flush()


def run_pipeline(store: Store, log: Path, count: int) -> None:
    """Take every article through all stages; each stage finds its work in the store."""
    store.outbox.recover(NOON)
    report("ready\n")
    for number in range(count):
        item = make_item(str(number))
        for wanted in store.articles.wanted([item], NOON):
            text = f"Text {number}."
            store.articles.save(wanted, make_article(item, text), make_page(text.encode()), "Agency")
            report(".")
        for saved in store.findings.unassessed(10):
            store.findings.save(saved, "ru", None, [f"0:{number}"], [make_assessment()], NOON)
            report(".")
        for finding in store.findings.undecided(10):
            alert = make_alert(finding)
            deliveries = [to_chat(alert.key), to_chat(alert.key, "200")]
            store.alerts.save_decision(Decision((alert,), ()), deliveries, NOON)
            report(".")
        send_all(store, log)


def send_all(store: Store, log: Path) -> None:
    """Send all that is due."""
    while claimed := store.outbox.claim("telegram", NOON + timedelta(days=1), 3):
        report(".")
        for delivery in claimed:
            say(log, f"{delivery.id} {os.getpid()}")
            time.sleep(0.002)  # the other side's answer is on its way: here a kill hurts most
            store.outbox.sent(delivery.id, NOON)
            report(".")


def main() -> None:
    """Do what the command line says."""
    mode, url, log, *rest = sys.argv[1:]
    store = open_store(url, NOON)
    if mode == "pipeline":
        run_pipeline(store, Path(log), int(rest[0]))
    else:
        report("ready\n")
        sys.stdin.readline()
        send_all(store, Path(log))
    store.close()


if __name__ == "__main__":
    main()
