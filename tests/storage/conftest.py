"""Stores for the contract tests; another dialect becomes one more line of `URLS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage import Store, open_store
from tests.builders import NOON

URLS: dict[str, Callable[[Path], str]] = {
    "file": lambda folder: f"sqlite:///{folder / 'store.db'}",
    "memory": lambda _: "sqlite://",
}


@pytest.fixture(params=sorted(URLS))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Give an empty store of each kind."""
    opened = open_store(URLS[request.param](tmp_path), NOON)
    yield opened
    opened.close()


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Give the address of a store in a file, which a test may open more than once."""
    return URLS["file"](tmp_path)
