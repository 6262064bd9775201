"""What abstaining costs and brings: pairs kept, precision and recall, over the bound of confidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from monitor.domain.stance import Judgement
from training.card import gold_of, guesses_of
from training.examples import Example
from training.metrics import macro_f1

BOUNDS = (0.0, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
NEUTRAL = 1


@dataclass(frozen=True, slots=True)
class Point:
    """What is left above one bound.

    `kept` is the share of all pairs, `precision` that of the poles kept, `recall` counts poles that
    are dropped as missed; `macro_f1` is over the pairs kept.
    """

    bound: float
    kept: float
    macro_f1: float
    precision: float
    recall: float


def trade_off(
    examples: Sequence[Example], judged: Sequence[Judgement], bounds: Sequence[float] = BOUNDS
) -> list[Point]:
    """Measure the judgements whose probability reaches each bound."""
    gold, guessed = gold_of(examples), guesses_of(judged)
    sure = np.array([j.probabilities.of(j.stance) for j in judged])
    poles = max(1, int((gold != NEUTRAL).sum()))
    points = []
    for bound in bounds:
        kept = sure >= bound
        alerted = kept & (guessed != NEUTRAL)
        right = int((gold[alerted] == guessed[alerted]).sum())
        precision = right / int(alerted.sum()) if alerted.any() else 1.0
        points.append(
            Point(bound, float(kept.mean()), macro_f1(gold[kept], guessed[kept]), precision, right / poles)
        )
    return points


def lay_out(points: Sequence[Point]) -> str:
    """Return the points as a Markdown table."""
    head = "| judged from | pairs judged | macro-F1 of these | poles: precision | poles: recall |"
    lines = [head, "| ---: | ---: | ---: | ---: | ---: |"]
    lines += [
        f"| {p.bound:.2f} | {p.kept:.1%} | {p.macro_f1:.3f} | {p.precision:.3f} | {p.recall:.3f} |"
        for p in points
    ]
    return "\n".join(lines)


def draw(points: Sequence[Point], chosen: float, path: Path) -> None:
    """Draw precision and recall of the poles over the bound, with the chosen one marked."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 3.8), dpi=130, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    bounds = [point.bound for point in points]
    for name, colour, values in (
        ("precision of hostile and conciliatory", "#b2182b", [p.precision for p in points]),
        ("recall of hostile and conciliatory", "#2166ac", [p.recall for p in points]),
        ("share of pairs judged", "#777777", [p.kept for p in points]),
    ):
        axes.plot(bounds, values, marker="o", markersize=3, color=colour, label=name)
    axes.axvline(chosen, color="black", linewidth=0.8, linestyle="--", label=f"in use: {chosen:.2f}")
    axes.set(xlabel="probability from which a pair is judged", ylim=(0, 1.02))
    axes.grid(alpha=0.25)
    axes.legend(frameon=False, fontsize=8, loc="lower left")
    figure.savefig(path)
