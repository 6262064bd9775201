"""Drawing to PNG in memory, one picture at a time."""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from monitor.messages.inert import make_inert

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LONGEST_LABEL = 60
HOSTILE, CONCILIATORY, GREY, INK = "#b2182b", "#2166ac", "#8a8a8a", "#404040"
_DRAWING = threading.Lock()
"""Pictures are drawn beside the event loop, in several threads; matplotlib shares its fonts among them."""


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold other drawings back."""
    with _DRAWING:
        yield


def new_figure(
    width: float, height: float, dpi: int = 120, layout: Literal["constrained"] | None = "constrained"
) -> Figure:
    """Return an empty figure of so many inches that draws without a screen."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=dpi, layout=layout)
    FigureCanvasAgg(figure)
    return figure


def to_png(figure: Figure) -> bytes:
    """Return a figure as the bytes of a PNG; a character that the font lacks is drawn as a box."""
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")
        figure.savefig(buffer, format="png")
    return buffer.getvalue()


def plain_label(text: str) -> str:
    """Return text fit for a picture: short, without control characters, and no formula."""
    plain = make_inert(text)
    plain = plain if len(plain) <= LONGEST_LABEL else plain[: LONGEST_LABEL - 1] + "…"
    return plain.replace("$", r"\$")
