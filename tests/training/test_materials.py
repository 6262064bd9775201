"""Material that training makes itself: chosen examples, points of abstention."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from monitor.domain.stance import Judgement, Probabilities, Stance
from tests.builders import make_judgement
from training.abstain import draw, lay_out, trade_off
from training.examples import Example
from training.exemplars import OF_EACH_ACT, OF_NEUTRAL, choose_exemplars
from training.tables import read_written

EXAMPLE = Example("Ранее Москва упрекнула Ереван.", 23, 29, "written", "ru", "k", stance=0)


def test_every_act_and_language_is_among_the_chosen_examples() -> None:
    """As many of each as there are, up to the bound; always the same ones."""
    written = read_written()
    chosen = choose_exemplars(written)
    assert chosen == choose_exemplars(written[::-1])
    groups = {(e.lang, e.stance, e.acts) for e in chosen}
    assert len(groups) == 2 * (13 + 1)
    for group in groups:
        count = sum((e.lang, e.stance, e.acts) == group for e in chosen)
        assert count <= (OF_EACH_ACT if group[2] else OF_NEUTRAL)


def judged(stance: Stance, probability: float) -> Judgement:
    """Return a judgement of this probability."""
    rest = (1 - probability) / 2
    shares = {s.value: probability if s is stance else rest for s in Stance}
    return replace(make_judgement(stance), probabilities=Probabilities(**shares))


def test_abstaining_trades_recall_for_precision() -> None:
    """The unsure wrong pole goes first; a pole that is dropped counts as missed."""
    examples = [replace(EXAMPLE, stance=stance) for stance in (0, 1, 2, 1)]
    judgements = [
        judged(Stance.HOSTILE, 0.9),
        judged(Stance.HOSTILE, 0.5),
        judged(Stance.CONCILIATORY, 0.7),
        judged(Stance.NEUTRAL, 0.8),
    ]
    all_of_them, sure, surest = trade_off(examples, judgements, (0.0, 0.6, 0.85))
    assert (all_of_them.kept, all_of_them.precision, all_of_them.recall) == (1, pytest.approx(2 / 3), 1)
    assert (sure.kept, sure.precision, sure.recall) == (0.75, 1, 1)
    assert (surest.kept, surest.precision, surest.recall) == (0.25, 1, 0.5)
    assert lay_out([sure]).splitlines()[-1] == "| 0.60 | 75.0% | 1.000 | 1.000 | 1.000 |"


def test_curve_is_drawn(tmp_path: Path) -> None:
    """A picture comes out."""
    points = trade_off([EXAMPLE], [judged(Stance.HOSTILE, 0.9)])
    draw(points, 0.7, tmp_path / "curve.png")
    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")
