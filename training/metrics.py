"""Scores of predictions against labels, as numbers and as Markdown tables."""

from collections.abc import Sequence

import numpy as np


def per_class(gold: np.ndarray, guessed: np.ndarray, classes: int = 3) -> list[dict[str, float]]:
    """Return precision, recall, F1 and the count of every class."""
    found = []
    for label in range(classes):
        hit = float(((gold == label) & (guessed == label)).sum())
        said, true = float((guessed == label).sum()), float((gold == label).sum())
        precision, recall = hit / said if said else 0.0, hit / true if true else 0.0
        f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
        found.append({"precision": precision, "recall": recall, "f1": f1, "count": true})
    return found


def macro_f1(gold: np.ndarray, guessed: np.ndarray) -> float:
    """The mean F1 over the three classes."""
    return float(np.mean([row["f1"] for row in per_class(gold, guessed)]))


def poles_f1(gold: np.ndarray, guessed: np.ndarray) -> float:
    """The mean F1 of the first and the last class, RuSentNE's measure."""
    rows = per_class(gold, guessed)
    return (rows[0]["f1"] + rows[2]["f1"]) / 2


def acts_micro_f1(gold: Sequence[frozenset[int]], guessed: Sequence[frozenset[int]]) -> float:
    """F1 over all acts pooled."""
    hit = sum(len(a & b) for a, b in zip(gold, guessed, strict=True))
    total = sum(map(len, gold)) + sum(map(len, guessed))
    return 2 * hit / total if total else 0.0


def calibration_error(gold: np.ndarray, probabilities: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error of the top class over bins of equal width (Guo et al. 2017)."""
    confidence, guessed = probabilities.max(axis=1), probabilities.argmax(axis=1)
    right = guessed == gold
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for place in range(bins):
        inside = places == place
        if inside.any():
            gap = abs(right[inside].mean() - confidence[inside].mean())
            error += inside.mean() * gap
    return float(error)


def bootstrap_interval(
    gold: np.ndarray, guessed: np.ndarray, stories: Sequence[str], rounds: int = 1000
) -> tuple[float, float]:
    """The 95 % interval of macro-F1, resampling whole stories."""
    rng = np.random.default_rng(0)
    names = sorted(set(stories))
    members = {name: [] for name in names}
    for place, story in enumerate(stories):
        members[story].append(place)
    scores = []
    for _ in range(rounds):
        drawn = rng.integers(0, len(names), len(names))
        rows = np.concatenate([members[names[i]] for i in drawn])
        scores.append(macro_f1(gold[rows], guessed[rows]))
    low, high = np.percentile(scores, [2.5, 97.5])
    return float(low), float(high)


def class_table(gold: np.ndarray, guessed: np.ndarray, names: Sequence[str]) -> str:
    """Lay out precision, recall and F1 per class as a Markdown table."""
    lines = ["| class | count | precision | recall | F1 |", "| --- | ---: | ---: | ---: | ---: |"]
    for name, row in zip(names, per_class(gold, guessed), strict=True):
        cells = " | ".join(f"{row[key]:.3f}" for key in ("precision", "recall", "f1"))
        lines.append(f"| {name} | {row['count']:.0f} | {cells} |")
    mean = macro_f1(gold, guessed)
    lines.append(f"| macro | {len(gold)} | | | {mean:.3f} |")
    return "\n".join(lines)
