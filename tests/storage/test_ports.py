"""The store fits the ports, name by name."""

from __future__ import annotations

import inspect

import pytest

import storage
from monitor.pipeline import ports

PORTS = (
    "Articles",
    "Archive",
    "Audit",
    "Broadcasts",
    "Findings",
    "Fates",
    "Statements",
    "Alerts",
    "Outbox",
    "Chats",
    "Digests",
    "Drafts",
    "Backfills",
    "Changes",
    "Revisits",
    "History",
    "Leases",
    "Notices",
    "People",
    "PersonalData",
    "Switches",
    "Polls",
    "Verdicts",
    "Firsts",
    "Signals",
    "Watching",
)


@pytest.mark.parametrize("name", PORTS)
def test_store_offers_each_port_with_the_same_parameters(name: str) -> None:
    """Callers may name the parameters, so their names are part of the contract."""
    port, kept = getattr(ports, name), getattr(storage, name)
    for method, wanted in inspect.getmembers(port, inspect.isfunction):
        if method.startswith("_"):
            continue
        assert inspect.signature(wanted) == inspect.signature(getattr(kept, method)), method
