"""Extraction that gets worse: against a source's own custom, and never for one odd article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.domain.notices import Alarm, AlarmKind
from monitor.domain.quality import (
    SELECTORS_FAILED,
    ArticleFacts,
    watch_dates,
    watch_languages,
    watch_layout,
)

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
LENGTHS = (1200, 1900, 700, 2600, 1500, 900, 3300, 2000)
Watch = Callable[[str, list[ArticleFacts], datetime | None], Alarm | None]


def article(n: int, **changes: object) -> ArticleFacts:
    """Return the n-th article, well extracted."""
    facts = ArticleFacts(
        NOON + n * timedelta(hours=1), "selectors", True, "", LENGTHS[n % len(LENGTHS)], 20_000, False, "ru"
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


GENERIC = {"extractor": "generic" + SELECTORS_FAILED}
FUTURE = {"date_note": "the page's date 2036-01-01 00:00 UTC is in the future"}
UNREAD = {"unread": True, "lang": "hy"}
CASES = [
    (watch_layout, AlarmKind.LAYOUT, GENERIC),
    (watch_dates, AlarmKind.CLOCK, FUTURE),
    (watch_dates, AlarmKind.CLOCK, {"dated": False}),
    (watch_languages, AlarmKind.UNREAD, UNREAD),
]


@pytest.mark.parametrize(("watch", "kind", "worse"), CASES)
def test_change_for_the_worse_is_noticed_and_lasts_until_most_are_well(
    watch: Watch, kind: AlarmKind, worse: dict[str, object]
) -> None:
    """Six in a row after ten good ones; it ends when two of three are good again, not with the first."""
    good = [article(n) for n in range(10)]
    bad = [article(n, **worse) for n in range(10, 16)]
    assert watch("a", good + bad[:3], None) is None
    alarm = watch("a", good + bad, None)
    assert alarm is not None
    assert (kind, bad[0].at) == (alarm.kind, alarm.since)
    assert "6 of the last 6, 0 of 10 before" in alarm.detail
    mending = good + bad + [article(16), article(17)]
    assert watch("a", mending, alarm.since) is not None
    assert watch("a", [*mending, article(18), article(19)], alarm.since) is None


@pytest.mark.parametrize(("watch", "kind", "worse"), CASES)
def test_what_was_always_so_is_no_change(watch: Watch, kind: AlarmKind, worse: dict[str, object]) -> None:
    """A source of which a third of the pages never had it may have five in a row without it."""
    mixed = [article(n, **(worse if n % 3 == 0 else {})) for n in range(30)]
    row = [article(n, **worse) for n in range(30, 35)]
    assert watch("a", mixed + row, None) is None


def test_many_bad_articles_at_once_are_noticed_too() -> None:
    """After a pause thirty come in together: the good ones before them still tell."""
    facts = [article(n, **(GENERIC if n >= 20 else {})) for n in range(50)]
    alarm = watch_layout("a", facts, None)
    assert alarm is not None
    assert facts[20].at == alarm.since


def test_selectors_that_never_matched_are_told() -> None:
    """A guess that was never right has no better past."""
    alarm = watch_layout("a", [article(n, **GENERIC) for n in range(8)], None)
    assert alarm is not None
    assert "matched on none of 8 articles" in alarm.detail


def test_collapse_of_text_is_noticed_against_the_sources_own_spread() -> None:
    """A tenth of the usual length is a change for a wire, not for a channel whose posts vary that much."""
    wire = [article(n) for n in range(20)]
    short = [article(n, text_length=LENGTHS[n % 8] // 10) for n in range(20, 28)]
    alarm = watch_layout("a", wire + short, None)
    assert alarm is not None
    assert "the text changed: " in alarm.detail
    channel = [article(n, text_length=(30, 90, 400, 5000)[n % 4]) for n in range(20)]
    posts = [article(n, text_length=60) for n in range(20, 28)]
    assert watch_layout("a", channel + posts, None) is None


def test_page_that_grew_is_noticed_by_the_share_that_is_text() -> None:
    """The text is as long as ever, but stands in ten times as much furniture."""
    facts = [article(n) for n in range(20)] + [article(n, page_length=300_000) for n in range(20, 28)]
    alarm = watch_layout("a", facts, None)
    assert alarm is not None
    assert "share of the page that is text" in alarm.detail


def test_figures_that_were_not_kept_are_not_judged() -> None:
    """Articles of an older version have no lengths and no known language."""
    facts = [article(n, text_length=None, page_length=None, unread=None) for n in range(40)]
    assert watch_layout("a", facts, None) is None
    assert watch_languages("a", facts, None) is None
