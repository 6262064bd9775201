"""Pictures of how sides speak to one another over weeks, and of what one speaker says of whom."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor.digest.canvas import (
    CONCILIATORY,
    GREY,
    HOSTILE,
    INK,
    new_figure,
    one_at_a_time,
    plain_label,
    to_png,
)
from monitor.digest.words import words
from monitor.domain.trend_lines import SpeakerProfile, Trend
from monitor.messages.courses import name_course
from monitor.messages.reader import Reader

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_TICKS = 13
LEAST_SCALE = 3
ON_HATCHING = {"facecolor": "white", "edgecolor": "none", "pad": 3.0}
MOST_TARGETS = 12


def draw_trends(trends: Sequence[Trend], reader: Reader, title: str) -> bytes:
    """Draw a panel per trend, two in a column: counts of both sides as bars, the mean as a line.

    Hostile statements hang below the line of zero, conciliatory ones stand above it. A week of which
    nothing was read is hatched and breaks the line; one that was read in part has an empty ring.
    Returns a PNG.
    """
    with one_at_a_time():
        columns = max(1, math.ceil(len(trends) / 2))
        rows = min(2, max(1, len(trends)))
        figure = new_figure(8.5 if columns == 1 else 13, 1.3 + 2.6 * rows)
        figure.suptitle(plain_label(title), fontsize=13, fontweight="bold")
        axes = figure.subplots(rows, columns, squeeze=False, sharex=True)
        most = max((max(w.hostile, w.conciliatory) for t in trends for w in t.weeks), default=0)
        for number, trend in enumerate(trends):
            panel = axes[number % 2][number // 2]
            _draw_trend(panel, trend, reader, max(most, LEAST_SCALE), is_right=number // 2 == columns - 1)
        for row in axes:
            row[0].set_ylabel(words(reader.language)["count_axis"], fontsize=9)
        _add_legend(figure, trends, reader)
        return to_png(figure)


def _draw_trend(panel: Axes, trend: Trend, reader: Reader, most: int, *, is_right: bool) -> None:
    w = words(reader.language)
    at = list(range(len(trend.weeks)))
    panel.bar(at, [week.conciliatory for week in trend.weeks], color=CONCILIATORY, alpha=0.55, width=0.72)
    panel.bar(at, [-week.hostile for week in trend.weeks], color=HOSTILE, alpha=0.55, width=0.72)
    panel.axhline(0, color=GREY, linewidth=0.8)
    panel.set_ylim(-most * 1.15, most * 1.15)
    step = max(1, math.ceil(most / 3))
    ticks = [n * step for n in range(-3, 4) if abs(n * step) <= most * 1.15]
    panel.set_yticks(ticks, [str(abs(tick)) for tick in ticks])
    panel.set_title(plain_label(name_course(trend.course, reader)), fontsize=11, loc="left")

    mean = panel.twinx()
    mean.set_ylim(-1.15, 1.15)
    mean.set_yticks([-1, 0, 1], ["−1", "0", "+1"])
    if is_right:
        mean.set_ylabel(w["intensity_axis"], fontsize=9)
    values = [
        p.mean_intensity if p.covered and p.mean_intensity is not None else math.nan for p in trend.points
    ]
    mean.plot(at, values, color=INK, linewidth=1.4, zorder=3)
    faces = ["white" if point.partial else INK for point in trend.points]
    mean.scatter(at, values, c=faces, edgecolors=INK, linewidths=1.2, s=24, zorder=4)
    for place, point in zip(at, trend.points, strict=True):
        if not point.covered:
            panel.axvspan(place - 0.5, place + 0.5, facecolor="none", edgecolor=GREY, hatch="////", lw=0)
    if not trend.total:
        panel.text(
            0.5,
            0.62,
            w["nothing_said"],
            transform=panel.transAxes,
            ha="center",
            fontsize=10,
            color=GREY,
            bbox=ON_HATCHING,
        )
    panel.set_xlim(-0.6, len(at) - 0.4)
    every = math.ceil(len(at) / MOST_TICKS)
    shown = at[(len(at) - 1) % every :: every]
    dates = [trend.points[n].start.astimezone(reader.zone).strftime("%d.%m") for n in shown]
    panel.set_xticks(shown, dates)
    for axes in (panel, mean):
        axes.tick_params(labelsize=8)
        axes.spines[["top"]].set_visible(False)


def _add_legend(figure: Figure, trends: Sequence[Trend], reader: Reader) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    w = words(reader.language)
    handles: list[Patch | Line2D] = [
        Patch(facecolor=CONCILIATORY, alpha=0.55, label=w["conciliatory"]),
        Patch(facecolor=HOSTILE, alpha=0.55, label=w["hostile"]),
        Line2D([], [], color=INK, marker="o", markersize=5, label=w["intensity_axis"]),
    ]
    points = [point for trend in trends for point in trend.points]
    if any(point.partial for point in points):
        ring = Line2D([], [], linestyle="none", marker="o", markersize=5, label=w["part_covered"])
        ring.set_markerfacecolor("white")
        ring.set_markeredgecolor(INK)
        handles.append(ring)
    if any(not point.covered for point in points):
        handles.append(Patch(facecolor="white", edgecolor=GREY, hatch="////", lw=0, label=w["not_covered"]))
    figure.legend(handles=handles, loc="outside lower center", ncols=len(handles), fontsize=9, frameon=False)


def draw_speaker(profile: SpeakerProfile, reader: Reader, title: str) -> bytes:
    """Draw for each target how many hostile and conciliatory statements a speaker made. Returns a PNG."""
    tallies = profile.tallies[:MOST_TARGETS][::-1]
    with one_at_a_time():
        w = words(reader.language)
        figure = new_figure(7.5, 1.05 + 0.45 * max(1, len(tallies)))
        figure.suptitle(plain_label(title), fontsize=12, fontweight="bold")
        panel = figure.subplots()
        at = list(range(len(tallies)))
        panel.barh(at, [-t.hostile for t in tallies], color=HOSTILE, label=w["hostile"], height=0.66)
        panel.barh(
            at, [t.conciliatory for t in tallies], color=CONCILIATORY, label=w["conciliatory"], height=0.66
        )
        most = max((max(t.hostile, t.conciliatory) for t in tallies), default=1) or 1
        for place, tally in zip(at, tallies, strict=True):
            for count, side in ((tally.hostile, -1), (tally.conciliatory, 1)):
                if count:
                    panel.annotate(
                        str(count),
                        (side * count, place),
                        xytext=(4 * side, 0),
                        textcoords="offset points",
                        ha="left" if side > 0 else "right",
                        va="center",
                        fontsize=9,
                    )
        panel.axvline(0, color=GREY, linewidth=0.8)
        panel.set_xlim(-most * 1.2, most * 1.2)
        panel.set_xticks([])
        panel.set_yticks(at, [plain_label(reader.target(t.target)) for t in tallies], fontsize=10)
        panel.tick_params(length=0)
        panel.spines[:].set_visible(False)
        figure.legend(loc="outside lower center", ncols=2, fontsize=9, frameon=False)
        return to_png(figure)
