"""A challenger replaces the champion only if it is better and no class pays for it."""

from __future__ import annotations

from monitor.domain.gate import SMALLEST_SET, GateExample, GateScore, compare, score_gate
from monitor.domain.stance import Stance
from monitor.domain.statement import MarkedText

H, N, C = Stance
GOLD = [H, H, H, H, N, N, N, N, C, C, C, C]
EXAMPLES = [GateExample(MarkedText("Minsk", 0, 5), stance, "written") for stance in GOLD]


def score(*judged: Stance, model: str = "m") -> GateScore:
    """Score a list of judgements of the examples."""
    return score_gate(model, EXAMPLES, judged)


def test_score_counts_each_class() -> None:
    """Precision, recall and F1 by the usual definitions; macro-F1 is their mean."""
    found = score(H, H, N, N, N, N, N, H, C, C, C, C)
    hostile = found.classes[H]
    assert (round(hostile.precision, 3), hostile.recall, hostile.count) == (0.667, 0.5, 4)
    assert found.classes[C].f1 == 1
    assert 0.7 < found.macro_f1 < 0.85


def test_better_challenger_that_keeps_every_class_passes() -> None:
    """One more hostile pair found, nothing lost."""
    champion = score(H, N, N, N, N, N, N, N, C, C, C, C)
    assert compare(champion, score(H, H, N, N, N, N, N, N, C, C, C, C)).passed


def test_challenger_that_pays_with_one_class_fails() -> None:
    """A higher mean bought with friendly statements is no progress."""
    champion = score(N, N, N, N, N, N, N, N, C, C, C, C)
    verdict = compare(champion, score(H, H, H, H, N, N, N, N, C, C, C, N))
    assert not verdict.passed
    assert ["conciliatory: F1 falls from 1.000 to 0.857"] == list(verdict.reasons)


def test_equal_challenger_fails() -> None:
    """A change that gains nothing is not worth its risk."""
    champion = score(*GOLD)
    assert ["macro-F1 1.000 is not above 1.000"] == list(compare(champion, champion).reasons)


def test_class_without_examples_does_not_weigh_on_the_mean() -> None:
    """A gate set of reviewed labels may lack a class."""
    found = score_gate("m", EXAMPLES[:8], GOLD[:8])
    assert found.macro_f1 == 1


def score_sets(given: list[Stance], *, model: str = "m") -> GateScore:
    """Score the written examples, all right from the second model on, beside as many pairs of one's own."""
    written = EXAMPLES * 10
    own = [GateExample(MarkedText("Minsk", 0, 5), gold, "given") for gold in GOLD[: len(given)]]
    said = [N if model == "first" and e.stance is H else e.stance for e in written]
    return score_gate(model, written + own * 3, said + given * 3)


def test_gain_on_written_examples_does_not_pay_for_a_fall_on_real_pairs() -> None:
    """Many examples of one kind would outweigh the few that matter more."""
    champion = score_sets(GOLD, model="first")
    challenger = score_sets([N, *GOLD[1:]], model="second")
    assert challenger.macro_f1 > champion.macro_f1
    assert champion.sets["given"].count == 36 >= SMALLEST_SET
    verdict = compare(champion, challenger)
    assert list(verdict.reasons) == ["given pairs: macro-F1 falls from 1.000 to 0.915"]


def test_set_of_a_few_pairs_is_not_asked_alone() -> None:
    """One judgement would decide; in the whole they still count."""
    few = [GateExample(MarkedText("Minsk", 0, 5), gold, "reviewed") for gold in GOLD]
    many = EXAMPLES * 10
    before = score_gate("first", many + few, [N if e.stance is H else e.stance for e in many] + GOLD)
    after = score_gate("second", many + few, [e.stance for e in many] + [N, *GOLD[1:]])
    assert compare(before, after).passed
