"""Runs and scores one stage of training."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from monitor.classify.encode import PairEncoder
from training.batches import Item
from training.examples import Example
from training.loop import Plan, fit
from training.metrics import macro_f1, poles_f1
from training.network import JudgeNetwork
from training.noise import Noise
from training.predict import predict


def encode_all(encoder: PairEncoder, examples: Sequence[Example]) -> list[Item]:
    """Encode the examples once; every epoch reuses the ids."""
    return [Item(encoder.encode(e.text, e.start, e.end), e) for e in examples]


def measure(network: JudgeNetwork, dev: dict[str, list[Item]], bfloat16: bool) -> dict[str, float]:
    """Score the network on every development set."""
    found = {}
    for name, items in dev.items():
        if not items:
            continue
        logits = predict(network, items, bfloat16)
        head = "sentiment" if items[0].example.sentiment is not None else "stance"
        gold = np.array([getattr(item.example, head) for item in items])
        guessed = logits[head].argmax(axis=1)
        score = poles_f1 if name == "rusentne" else macro_f1
        found[name] = round(100 * score(gold, guessed), 2)
    return found


def mean_weights(checkpoints: Sequence[Path]) -> dict[str, torch.Tensor]:
    """Return the mean of several checkpoints (Wortsman and others, Model soups, ICML 2022).

    What training left as it was comes back bit by bit: the word table must still fit into four bits.
    """
    states = [torch.load(path, weights_only=True) for path in checkpoints]
    found = {}
    for name, first in states[0].items():
        stacked = torch.stack([state[name] for state in states])
        found[name] = first if (stacked == first).all() else stacked.mean(dim=0)
    return found


def run_stage(
    network: JudgeNetwork,
    epochs: Sequence[Sequence[Item]],
    dev: dict[str, list[Item]],
    plan: Plan,
    noise: Noise,
    checkpoint: Path,
    title: str,
) -> list[dict[str, float]]:
    """Train one stage; write the weights after every epoch and return the scores of each."""
    history: list[dict[str, float]] = []

    def after_epoch(epoch: int, network: JudgeNetwork) -> None:
        history.append(measure(network, dev, plan.bfloat16))
        print(f"{title}: epoch {epoch}: {history[-1]}", flush=True)
        torch.save(network.state_dict(), checkpoint.with_suffix(f".{epoch}.pt"))

    fit(network, epochs, plan, noise, after_epoch, title)
    torch.save(network.state_dict(), checkpoint.with_suffix(".pt"))
    return history
