"""When going back in time ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from monitor.domain.backfill import Ending, PageSeen, decide_ending
from tests.builders import NOON

SINCE = NOON - timedelta(days=10)


def page(
    *ages: int, fresh: int = 3, new: int = 3, older: str | None = "next", cursor: str | None = None
) -> PageSeen:
    """Return a page whose dated items are so many days old."""
    return PageSeen([NOON - timedelta(days=age) for age in ages], fresh, new, older, cursor)


@pytest.mark.parametrize(
    ("pages", "ending"),
    [
        ([page(1, 2)], None),
        ([page(1, 2), page(11, 12)], None),
        ([page(1, 2), page(11, 12), page(13, 14)], Ending.REACHED),
        ([page(11, 12), page(2, 3), page(13, 14)], None),
        ([page(1, 30), page(2, 31)], None),
        ([page(1, 2, older=None)], Ending.END),
        ([page(1, 11, older=None)], Ending.REACHED),
        ([page(older=None)], Ending.END),
        ([page(new=0)], None),
        ([page(), page(new=0)], Ending.KNOWN),
        ([page(), page(new=1)], None),
        ([page(1), page(2, new=0)], None),
        ([page(), page(older="a"), page(older="a", cursor="a")], Ending.REPEATED),
        ([page(1), *(page(fresh=0, new=0) for _ in range(4))], None),
        ([page(1), *(page(fresh=0, new=0) for _ in range(5))], Ending.REPEATED),
    ],
    ids=[
        "young",
        "one old page",
        "two old pages",
        "old pages not in a row",
        "one old item on each page",
        "nothing older",
        "nothing older but back far enough",
        "nothing older and no dates",
        "the first page is known",
        "undated and known",
        "undated and partly new",
        "dated and known",
        "the address was asked before",
        "some pages show nothing else",
        "all pages show nothing else",
    ],
)
def test_history_ends_where_it_should(pages: Sequence[PageSeen], ending: Ending | None) -> None:
    """At the date, at the end, or where going on would only repeat: see each case's name."""
    assert ending is decide_ending(pages, SINCE)


def test_only_what_is_complete_is_final() -> None:
    """After any other ending another run goes on where this one stopped."""
    final = {Ending.REACHED, Ending.KNOWN, Ending.END, Ending.REPEATED}
    assert final == {ending for ending in Ending if ending.is_final}
