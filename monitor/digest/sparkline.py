"""A small picture of one dyad over weeks, to stand beside an alert."""

from __future__ import annotations

import math
from collections.abc import Sequence

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
from monitor.domain.trends import WeekPoint
from monitor.messages.reader import Reader

WIDTH, HEIGHT, DPI = 6.0, 1.6, 100
CALM = 0.05
"""A mean nearer to zero than this has neither side's colour."""


def sparkline(points: Sequence[WeekPoint], reader: Reader, title: str = "") -> bytes:
    """Draw a week's mean intensity after the other, 600 × 160 pixels. Returns a PNG.

    Weeks that were not read are hatched and break the line; one read in part has an empty ring.
    """
    w = words(reader.language)
    with one_at_a_time():
        figure = new_figure(WIDTH, HEIGHT, DPI, layout=None)
        panel = figure.add_axes((0.065, 0.17, 0.865, 0.66))
        at = list(range(len(points)))
        values = [
            p.mean_intensity if p.covered and p.mean_intensity is not None else math.nan for p in points
        ]
        panel.axhline(0, color=GREY, linewidth=0.7)
        for side, colour in ((-1, HOSTILE), (1, CONCILIATORY)):
            mine = [v * side > 0 for v in values]
            panel.fill_between(at, values, 0, where=mine, interpolate=True, color=colour, alpha=0.15, lw=0)
        panel.plot(at, values, color=INK, linewidth=1.3)
        colours = [
            GREY if not v or math.isnan(v) or abs(v) < CALM else HOSTILE if v < 0 else CONCILIATORY
            for v in values
        ]
        faces = ["white" if point.partial else colour for point, colour in zip(points, colours, strict=True)]
        panel.scatter(at, values, c=faces, edgecolors=colours, linewidths=1.1, s=20, zorder=3)
        for place, point in zip(at, points, strict=True):
            if not point.covered:
                panel.axvspan(place - 0.5, place + 0.5, facecolor="none", edgecolor=GREY, hatch="////", lw=0)
        panel.set_ylim(-1.05, 1.05)
        panel.set_xlim(-0.6, max(len(points), 1) - 0.4)
        panel.set_yticks([-1, 0, 1], ["−1", "0", "+1"])
        ends = [0, len(points) - 1] if len(points) > 1 else at
        panel.set_xticks(ends, [points[n].start.astimezone(reader.zone).strftime("%d.%m") for n in ends])
        panel.tick_params(labelsize=7.5, colors=INK, length=2, pad=2)
        panel.spines[["top", "right", "bottom"]].set_visible(False)
        last = next((v for v in reversed(values) if not math.isnan(v)), None)
        if last is None:
            panel.text(
                0.5,
                0.62,
                w["nothing_said"],
                transform=panel.transAxes,
                ha="center",
                fontsize=9,
                color=GREY,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 2.0},
            )
        else:
            where = max(n for n in at if not math.isnan(values[n]))
            panel.annotate(
                f"{last:+.2f}".replace("-", "−"),
                (where, last),
                xytext=(7, 0),
                textcoords="offset points",
                va="center",
                fontsize=8,
                color=colours[where],
                annotation_clip=False,
            )
        figure.text(
            0.065, 0.88, plain_label(title) or w["intensity_axis"], fontsize=8.5, color=INK, va="center"
        )
        if any(not point.covered for point in points):
            figure.text(
                0.93, 0.88, f"//// {w['not_covered']}", fontsize=7.5, color=GREY, ha="right", va="center"
            )
        return to_png(figure)
