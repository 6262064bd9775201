"""Measures built on judgements."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.stance import (
    Act,
    Judgement,
    Probabilities,
    Stance,
    Tier,
    Weights,
    intensity,
    judge_self_talk,
    severity,
)
from tests.builders import WEIGHTS, make_judgement


def test_stance_is_the_most_probable_and_a_tie_is_neutral() -> None:
    """Two poles or a pole and neutral level with each other give the milder answer."""
    assert Stance.HOSTILE is Probabilities(0.5, 0.3, 0.2).stance
    assert Stance.CONCILIATORY is Probabilities(0.2, 0.3, 0.5).stance
    assert Stance.NEUTRAL is Probabilities(0.5, 0.5, 0.0).stance


def test_score_says_which_way_and_how_surely() -> None:
    """The score is the difference of the poles."""
    assert math.isclose(-0.7, Probabilities(0.8, 0.1, 0.1).score)


@pytest.mark.parametrize("values", [(0.5, 0.5, 0.5), (math.nan, 0.5, 0.5), (-0.5, 1.0, 0.5)])
def test_what_is_no_distribution_is_refused(values: tuple[float, float, float]) -> None:
    """A broken classifier's numbers never become a judgement."""
    with pytest.raises(ValueError, match="not a probability distribution"):
        Probabilities(*values)


@given(st.floats(0, 1), st.floats(0, 1))
def test_what_a_state_says_of_itself_turns_toward_neutral(hostile: float, rest: float) -> None:
    """The poles lose odds and keep their order; no sum goes astray."""
    p = Probabilities(hostile, (1 - hostile) * rest, (1 - hostile) * (1 - rest))
    judged = judge_self_talk(Judgement(p, (Act.ACCUSE,), {}, False, "m"))
    assert p.neutral - 1e-9 <= judged.probabilities.neutral
    assert (p.score > 1e-6) <= (judged.probabilities.score > 0)
    assert (judged.stance is Stance.NEUTRAL) == (judged.acts == ())


def test_own_side_needs_overwhelming_words_to_be_judged_a_pole() -> None:
    """A likely pole becomes neutral; a certain one stands, for the speaker may be misread."""

    def judge(hostile: float) -> Stance:
        p = Probabilities(hostile, 1 - hostile, 0)
        return judge_self_talk(Judgement(p, (Act.ACCUSE,), {}, False, "m")).stance

    assert [Stance.NEUTRAL, Stance.HOSTILE] == [judge(0.8), judge(0.95)]


def test_threat_is_stronger_than_reproach() -> None:
    """Acts of one side differ in weight."""
    threat = intensity(make_judgement(Stance.HOSTILE, Act.THREATEN), WEIGHTS)
    reproach = intensity(make_judgement(Stance.HOSTILE, Act.ACCUSE), WEIGHTS)
    assert threat < reproach < 0


def test_commentators_threat_outranks_ministers_reproach() -> None:
    """The codebook's example: 70 against 54 at full certainty."""

    def sure(act: Act) -> Judgement:
        return Judgement(Probabilities(1, 0, 0), (act,), dict.fromkeys(Act, 0.0) | {act: 1.0}, False, "m")

    threat = severity(intensity(sure(Act.THREATEN), WEIGHTS), Tier.COMMENTATOR, WEIGHTS)
    reproach = severity(intensity(sure(Act.ACCUSE), WEIGHTS), Tier.GOVERNMENT, WEIGHTS)
    assert (70, 54) == (threat, reproach)


def test_intensity_without_known_acts_takes_the_sides_mean() -> None:
    """No act above zero leaves the direction and a middling strength."""
    judgement = Judgement(Probabilities(1, 0, 0), (), dict.fromkeys(Act, 0.0), False, "m")
    assert -1 < intensity(judgement, WEIGHTS) < -0.4


def test_operators_weights_are_used() -> None:
    """A weight from configuration changes the measure."""
    softer = Weights(acts=dict(WEIGHTS.acts) | {Act.THREATEN: -0.1})
    judgement = make_judgement(Stance.HOSTILE, Act.THREATEN)
    assert intensity(judgement, softer) > intensity(judgement, WEIGHTS)


@given(
    st.lists(st.floats(0.001, 1), min_size=3, max_size=3),
    st.lists(st.floats(0, 1), min_size=13, max_size=13),
    st.sampled_from(list(Tier)),
)
def test_measures_stay_in_their_ranges(raw: list[float], acts: list[float], tier: Tier) -> None:
    """Whatever the classifier says, intensity is within ±1 and severity within 0–100."""
    total = sum(raw)
    p = Probabilities(*(value / total for value in raw))
    judgement = Judgement(p, (), dict(zip(Act, acts, strict=True)), False, "m")
    strength = intensity(judgement, WEIGHTS)
    assert -1 <= strength <= 1
    assert 0 <= severity(strength, tier, WEIGHTS) <= 100


def test_every_act_has_a_side() -> None:
    """Seven hostile and six conciliatory acts, as in the codebook."""
    sides = [act.stance for act in Act]
    assert (7, 6) == (sides.count(Stance.HOSTILE), sides.count(Stance.CONCILIATORY))
