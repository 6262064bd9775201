"""Fits the calibration of the shipped network on development pairs."""

from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, log_softmax

from training.examples import ACTS
from training.metrics import acts_micro_f1
from training.shipped import acts_reported

LEAST_KEPT = 2 / 3
"""With half of them plain accusations abstained: many of these pairs were chosen for being hard."""
WANTED_PRECISION = 0.9
POLES = np.array([1.0, 0.0, 1.0])
STEPS = 8  # tenths of a logit, either way


def choose_pole_step(logits: np.ndarray, score: Callable[[np.ndarray], float]) -> float:
    """Return how far the poles' logits are lowered, alike for both, to score best.

    Training weighs rare classes up, so the poles come out too likely. `score` takes the judged
    classes; it is smoothed over neighbouring steps, so that a chance peak is not chosen. Biases fitted
    by likelihood, one a class, turned so many poles into neutral that macro-F1 fell by five points.
    """
    steps = np.arange(-STEPS, STEPS + 1) / 10
    scores = np.array([score((logits - step * POLES).argmax(axis=1)) for step in steps])
    smooth = np.convolve(np.pad(scores, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    return float(steps[max(range(len(steps)), key=lambda i: (round(smooth[i], 4), -abs(steps[i])))])


def fit_softmax(logits: np.ndarray, gold: np.ndarray, step: float = 0.0) -> tuple[float, list[float]]:
    """Return the scale that makes the labels likeliest once the poles are lowered, and the biases.

    Method: temperature scaling; Guo and others, On calibration of modern neural networks, ICML 2017.
    """

    def loss(values: np.ndarray) -> float:
        scores = log_softmax(np.exp(values[0]) * (logits - step * POLES), axis=1)
        return float(-scores[np.arange(len(gold)), gold].mean())

    scale = float(np.exp(minimize(loss, np.zeros(1), method="Nelder-Mead", options=_LIMITS).x[0]))
    return scale, [-scale * step * float(pole) for pole in POLES]


def fit_sigmoid(logits: np.ndarray, gold: Sequence[frozenset[int] | None]) -> tuple[float, list[float]]:
    """Return one scale and one bias for all acts, fitted where the acts are known."""
    known = [i for i, acts in enumerate(gold) if acts is not None]
    truth = np.zeros((len(known), len(ACTS)))
    for row, i in enumerate(known):
        truth[row, list(gold[i] or ())] = 1

    def loss(values: np.ndarray) -> float:
        p = np.clip(expit(np.exp(values[0]) * logits[known] + values[1]), 1e-7, 1 - 1e-7)
        return float(-(truth * np.log(p) + (1 - truth) * np.log(1 - p)).mean())

    found = minimize(loss, np.zeros(2), method="Nelder-Mead", options=_LIMITS).x
    return float(np.exp(found[0])), [float(found[1])] * len(ACTS)


def softmax(logits: np.ndarray, scale: float, bias: Sequence[float]) -> np.ndarray:
    """Return calibrated probabilities."""
    return np.exp(log_softmax(scale * logits + np.asarray(bias), axis=1))


def choose_uncertain(probabilities: np.ndarray, gold: np.ndarray) -> float:
    """Return the least bound under which judgements of a pole become `uncertain`.

    Above it, poles on the development set are right nine times in ten, as long as two thirds of
    them are kept.
    """
    guessed, top = probabilities.argmax(axis=1), probabilities.max(axis=1)
    pole = guessed != 1
    bound = 1 / 3
    for candidate in np.arange(0.34, 0.9, 0.01):
        kept = pole & (top >= candidate)
        if kept.sum() < LEAST_KEPT * pole.sum():
            break
        bound = float(candidate)
        if (gold[kept] == guessed[kept]).mean() >= WANTED_PRECISION:
            break
    return round(bound, 2)


def choose_act_bound(
    probabilities: np.ndarray, gold: Sequence[frozenset[int] | None], guessed: np.ndarray
) -> float:
    """Return the bound above which an act of the judged side is reported, by micro-F1."""
    known = [i for i, acts in enumerate(gold) if acts is not None]
    truth = [gold[i] or frozenset() for i in known]

    def score(bound: float) -> float:
        return acts_micro_f1(truth, acts_reported(probabilities[known], guessed[known], bound))

    return max((round(b, 2) for b in np.arange(0.2, 0.75, 0.05)), key=score)


_LIMITS = {"maxiter": 4000, "maxfev": 8000, "xatol": 1e-5, "fatol": 1e-8}
