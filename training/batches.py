"""Encoded examples, and the batches of like length that training reads them in."""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from training.examples import ACTS, Example

IGNORED = -100


@dataclass(frozen=True, slots=True)
class Item:
    """One encoded example."""

    ids: Sequence[int]
    example: Example


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded ids and the labels of each head; IGNORED or NaN where unknown.

    `stance_weight` counts for the acts too.
    """

    ids: Tensor
    mask: Tensor
    stance: Tensor
    sentiment: Tensor
    acts: Tensor
    stance_weight: Tensor
    sentiment_weight: Tensor


def class_weights(examples: Sequence[Example], power: float) -> dict[tuple[str, str, int], float]:
    """Weigh rare classes up, per head and language, with a mean weight of one."""
    weights: dict[tuple[str, str, int], float] = {}
    groups: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for example in examples:
        if example.stance is not None:
            groups["stance", example.lang][example.stance] += 1
        if example.sentiment is not None:
            groups["sentiment", example.lang][example.sentiment] += 1
    for (head, lang), counts in groups.items():
        total = sum(counts.values())
        raw = {label: (total / n) ** power for label, n in counts.items()}
        mean = sum(raw[label] * n for label, n in counts.items()) / total
        weights.update({(head, lang, label): raw[label] / mean for label in counts})
    return weights


def make_batch(items: Sequence[Item], weights: dict[tuple[str, str, int], float]) -> Batch:
    """Pad the items to one length (1 is the padding's id)."""
    longest = max(len(item.ids) for item in items)
    ids = torch.ones((len(items), longest), dtype=torch.long)
    mask = torch.zeros((len(items), longest), dtype=torch.long)
    acts = torch.full((len(items), len(ACTS)), math.nan)
    stance, sentiment, weight = [], [], []  # a weight for each of the two
    for row, item in enumerate(items):
        ids[row, : len(item.ids)] = torch.tensor(item.ids)
        mask[row, : len(item.ids)] = 1
        example = item.example
        stance.append(IGNORED if example.stance is None else example.stance)
        sentiment.append(IGNORED if example.sentiment is None else example.sentiment)
        weight.append(
            [
                example.weight * weights.get((head, example.lang, label), 1.0)
                for head, label in (("stance", stance[-1]), ("sentiment", sentiment[-1]))
            ]
        )
        if example.acts is not None:
            acts[row] = 0.0
            acts[row, list(example.acts)] = 1.0
    labels = torch.tensor(stance), torch.tensor(sentiment)
    return Batch(ids, mask, *labels, acts, *torch.tensor(weight).unbind(dim=1))


def batches(items: Sequence[Item], size: int, rng: random.Random) -> Iterator[list[Item]]:
    """Yield shuffled batches whose items are of like length."""
    order = list(items)
    rng.shuffle(order)
    found: list[list[Item]] = []
    for start in range(0, len(order), size * 50):
        part = sorted(order[start : start + size * 50], key=lambda item: len(item.ids))
        found += [part[i : i + size] for i in range(0, len(part), size)]
    rng.shuffle(found)
    yield from found
