"""Pictures of trends: PNGs of the right size, whatever there is to draw, from several threads at once."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from monitor.digest.canvas import LONGEST_LABEL, plain_label
from monitor.digest.sparkline import sparkline
from monitor.digest.trend_chart import draw_speaker, draw_trends
from monitor.domain.moments import week_start
from monitor.domain.trend_lines import WEEK, Course, SpeakerProfile, TargetTally, Trend, TrendWeek
from monitor.domain.trends import WeekPoint, change_against_baseline
from tests.builders import NOON
from tests.notify.builders import READERS

THERE = Course(frozenset({"russia"}), frozenset({"armenia"}))


def make_points(means: Sequence[float | None], uncovered: Sequence[int] = ()) -> list[WeekPoint]:
    """Return weeks with these means; every third was read in part."""
    return [
        WeekPoint(
            start=week_start(NOON) - WEEK * (len(means) - 1 - n),
            count=0 if mean is None else 4,
            mean_intensity=mean,
            covered=n not in uncovered,
            coverage=0.7 if n % 3 == 2 else 1.0,
        )
        for n, mean in enumerate(means)
    ]


def make_trend(means: Sequence[float | None], uncovered: Sequence[int] = ()) -> Trend:
    """Return a trend over such weeks."""
    points = make_points(means, uncovered)
    weeks = tuple(TrendWeek(point, point.count, point.count // 2) for point in points)
    return Trend(THERE, weeks, change_against_baseline(points))


def size_of(png: bytes) -> tuple[int, int]:
    """Return a PNG's width and height in pixels."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


MEANS = {
    "usual": [-0.5, -0.2, 0.0, 0.4, None, -0.9, 0.1, 0.2, 0.3, -0.1, -0.2, -0.3],
    "nothing": [None] * 12,
    "two weeks": [0.5, -0.5],
    "a year": [((n % 7) - 3) / 4 for n in range(52)],
}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("name", MEANS)
def test_sparkline_is_a_small_picture_of_any_course(name: str, language: str) -> None:
    """Always 600 × 160 pixels, with and without weeks that were not read."""
    whole = sparkline(make_points(MEANS[name]), READERS[language])
    gaps = sparkline(make_points(MEANS[name], uncovered=(1,)), READERS[language])
    assert ((600, 160), (600, 160)) == (size_of(whole), size_of(gaps))
    assert whole != gaps


def test_sparkline_of_no_weeks_at_all_is_drawn_too() -> None:
    """A dyad of which nothing is known."""
    assert (600, 160) == size_of(sparkline([], READERS["ru"]))


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(("count", "size"), [(1, (1020, 468)), (2, (1020, 780)), (4, (1560, 780))])
def test_trends_stand_under_and_beside_one_another(language: str, count: int, size: tuple[int, int]) -> None:
    """Two of a target in a column."""
    trends = [make_trend(MEANS[name], uncovered=(1,)) for name in ("usual", "nothing")] * 2
    assert size == size_of(draw_trends(trends[:count], READERS[language], "Title"))


def test_speaker_of_one_target_and_of_many_fits() -> None:
    """The picture grows with the targets, up to a dozen."""
    heights = []
    for count in (1, 3, 20):
        tallies = tuple(TargetTally(f"target-{n}", n, 0, 20 - n, 0.0) for n in range(count))
        profile = SpeakerProfile("X", NOON, tallies, ())
        heights.append(size_of(draw_speaker(profile, READERS["ru"], "Имя"))[1])
    assert heights[0] < heights[1] < heights[2] < 900


def test_strange_titles_are_drawn_as_text() -> None:
    """No formula, no control character, nothing that runs out of the picture."""
    assert r"\$x\$ a b" == plain_label("$x$ a\u202e\nb")
    assert LONGEST_LABEL == len(plain_label("я" * 500))
    for title in ("$\\frac{", "\\notacommand$", "日本 $x$", "a" * 5000):
        assert size_of(draw_trends([make_trend(MEANS["two weeks"])], READERS["en"], title))


def test_threads_draw_the_same_as_one_alone() -> None:
    """Answers are drawn beside the event loop, many at a time."""
    alone = sparkline(make_points(MEANS["usual"]), READERS["ru"])
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda _: sparkline(make_points(MEANS["usual"]), READERS["ru"]), range(8)))
    assert {alone} == set(drawn)
