"""Turns a network's logits into a judgement: pure arithmetic."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from monitor.classify.bundle import Description, Scaling
from monitor.domain.stance import DEFAULT_ACT_WEIGHTS, Act, Judgement, Probabilities, Stance
from monitor.errors import ClassificationError


def decide(
    description: Description,
    scores: Sequence[float],
    acts: Sequence[float],
    *,
    watched: bool,
    stopped: bool = False,
) -> Judgement:
    """Return the judgement for the logits of one pair.

    `scores` are those of the stance head for a watched target, else of the sentiment head; of a pair that
    stopped early those of the exit, which is surer of itself than it should be and has a scaling of its own.
    """
    scaling = description.stance if watched else description.sentiment
    probabilities = softmax(scores, (stopped and description.exits) or scaling)
    act_probabilities = sigmoids(acts, description.acts)
    return Judgement(
        probabilities=probabilities,
        acts=report_acts(act_probabilities, probabilities.stance, description.act_at_least),
        act_probabilities=act_probabilities,
        uncertain=probabilities.of(probabilities.stance) < description.uncertain_below,
        model=description.version,
    )


def softmax(logits: Sequence[float], scaling: Scaling) -> Probabilities:
    """Return calibrated probabilities of hostile, neutral and conciliatory."""
    scaled = [scaling.scale * x + b for x, b in zip(logits, scaling.bias, strict=True)]
    if not all(map(math.isfinite, scaled)):
        raise ClassificationError(f"the model gave no number for a text: {list(logits)}")
    top = max(scaled)
    weights = [math.exp(x - top) for x in scaled]
    total = sum(weights)
    hostile, neutral, conciliatory = (weight / total for weight in weights)
    return Probabilities(hostile=hostile, neutral=neutral, conciliatory=conciliatory)


def sigmoids(logits: Sequence[float], scaling: Scaling) -> dict[Act, float]:
    """Return the probability of every act, each on its own."""
    scaled = [scaling.scale * x + b for x, b in zip(logits, scaling.bias, strict=True)]
    if not all(map(math.isfinite, scaled)):
        raise ClassificationError(f"the model gave no number for an act: {list(logits)}")
    return {act: _sigmoid(x) for act, x in zip(Act, scaled, strict=True)}


def report_acts(probabilities: Mapping[Act, float], stance: Stance, bound: float) -> tuple[Act, ...]:
    """Name the acts of the judged side, heaviest first; a pole has at least its likeliest."""
    side = [act for act in Act if act.stance is stance]
    if stance is Stance.NEUTRAL:
        return ()
    likeliest = max(side, key=lambda act: probabilities[act])
    held = [act for act in side if probabilities[act] >= bound or act is likeliest]
    return tuple(sorted(held, key=lambda a: (-abs(DEFAULT_ACT_WEIGHTS[a]), -probabilities[a])))


def _sigmoid(x: float) -> float:
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))
