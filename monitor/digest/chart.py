"""Charts of dyads over weeks, drawn to PNG; missing weeks are shown as missing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from monitor.digest.words import words
from monitor.domain.trends import WeekPoint

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HOSTILE = "#b2182b"
CONCILIATORY = "#2166ac"
GREY = "#8a8a8a"
COLUMNS = 3
CALM = 0.05
"""A mean nearer to zero than this is drawn in neither side's colour."""


def draw_weeks(
    series: Mapping[str, Sequence[WeekPoint]], path: Path, *, title: str, zone: str, language: str = "en"
) -> Path:
    """Draw one panel per series: mean intensity by week over the count of statements.

    A week that was not covered is hatched and breaks the line, so that silence never reads as
    calm. Panels share their axes. Returns the path of the PNG.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    w = words(language)
    rows = max(1, math.ceil(len(series) / COLUMNS))
    figure = Figure(figsize=(11, 1.0 + 2.05 * rows), dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(title, fontsize=12, fontweight="bold")
    axes = figure.subplots(rows, COLUMNS, squeeze=False)
    most = max((point.count for points in series.values() for point in points), default=1)
    panels = [axis for row in axes for axis in row]
    for axis, (name, points) in zip(panels, series.items(), strict=False):
        _draw_panel(axis, name, points, ZoneInfo(zone), max(most, 1), w)
    for axis in panels[len(series) :]:
        axis.set_visible(False)
    for row in axes:
        row[0].set_ylabel(w["intensity_axis"], fontsize=8)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)
    return path


def _draw_panel(
    axis: Axes, name: str, points: Sequence[WeekPoint], zone: ZoneInfo, most: int, w: Mapping[str, str]
) -> None:
    positions = list(range(len(points)))
    values = [p.mean_intensity if p.covered and p.mean_intensity is not None else math.nan for p in points]
    counts = axis.twinx()
    counts.bar(positions, [p.count for p in points], color="#dddddd", width=0.8, zorder=0)
    counts.set_ylim(0, most * 2.5)
    counts.tick_params(labelsize=6, colors=GREY, length=2)
    counts.spines[:].set_visible(False)
    axis.set_zorder(counts.get_zorder() + 1)
    axis.patch.set_visible(False)
    axis.axhline(0, color=GREY, linewidth=0.8)
    axis.plot(positions, values, color="#404040", linewidth=1.2, zorder=3)
    colours = [GREY if abs(v) < CALM else HOSTILE if v < 0 else CONCILIATORY for v in values]
    # A week of which a part was not read is an empty ring: it weighs less.
    faces = ["white" if point.partial else colour for point, colour in zip(points, colours, strict=True)]
    axis.scatter(positions, values, c=faces, edgecolors=colours, linewidths=1.2, s=26, zorder=4)
    for position, point in zip(positions, points, strict=True):
        if not point.covered:
            axis.axvspan(position - 0.5, position + 0.5, facecolor="none", edgecolor=GREY, hatch="////", lw=0)
    marks = [f"//// {w['not_covered']}"] if any(not point.covered for point in points) else []
    marks += [f"○ {w['part_covered']}"] if any(point.partial for point in points) else []
    if marks:
        axis.text(0.98, 0.04, "  ".join(marks), transform=axis.transAxes, ha="right", fontsize=6, color=GREY)
    axis.set_title(name, fontsize=9, loc="left")
    axis.set_ylim(-1.05, 1.05)
    axis.set_xlim(-0.6, len(points) - 0.4)
    axis.set_xticks(positions, [p.start.astimezone(zone).strftime("%d.%m") for p in points])
    axis.tick_params(labelsize=6.5)
    axis.spines[["top", "right"]].set_visible(False)
