"""Runs the ONNX network as the product runs it: one pair at a time, one thread."""

from collections.abc import Sequence
from math import isnan
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import Progress, track

from monitor.classify import MarkedText, StanceModel
from monitor.classify.decide import report_acts
from monitor.classify.encode import PairEncoder
from monitor.classify.model import OUTPUTS, open_session, run_network
from monitor.domain.stance import Judgement
from training.examples import ACTS, STANCES, Example


def shipped_logits(
    network: Path, encoder: PairEncoder, examples: Sequence[Example], title: str
) -> dict[str, np.ndarray]:
    """Return the whole network's logits of every head for the examples, in order; none stops early."""
    session = open_session(network)
    rows = [
        run_network(session, encoder.encode(e.text, e.start, e.end))
        for e in track(examples, description=title)
    ]
    return {name: np.array([row[i] for row in rows]) for i, name in enumerate(OUTPUTS)}


def exit_logits(
    network: Path, encoder: PairEncoder, examples: Sequence[Example], stop_at: float
) -> list[list[float] | None]:
    """Return the stance logits of the exit at which each example stops; None for those that go through."""
    session = open_session(network)
    found: list[list[float] | None] = []
    for e in track(examples, description="exits"):
        stance, _, sentiment = run_network(session, encoder.encode(e.text, e.start, e.end), stop_at=stop_at)
        found.append(stance if isnan(sentiment[0]) else None)
    return found


def judge_all(model: StanceModel, examples: Sequence[Example], title: str) -> list[Judgement]:
    """Judge the examples as the product does."""
    pairs = [MarkedText(e.text, e.start, e.end, watched=e.sentiment is None) for e in examples]
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task(title, total=len(pairs))
        return model.judge(pairs, lambda done: progress.update(task, completed=done))


def acts_reported(probabilities: np.ndarray, guessed: np.ndarray, bound: float) -> list[frozenset[int]]:
    """Return the acts that the product would report for each pair, as places in ACTS."""
    found = []
    for row, stance in zip(probabilities, guessed, strict=True):
        acts = report_acts(dict(zip(ACTS, row, strict=True)), STANCES[stance], bound)
        found.append(frozenset(ACTS.index(act) for act in acts))
    return found
