"""Runs a torch network over examples, to choose between checkpoints and to calibrate."""

from collections.abc import Sequence

import numpy as np
import torch

from training.batches import Item, make_batch
from training.network import JudgeNetwork, Logits


def predict(network: JudgeNetwork, items: Sequence[Item], bfloat16: bool) -> dict[str, np.ndarray]:
    """Return the logits of every head and the features, in the order of the items."""
    network.eval()
    order = sorted(range(len(items)), key=lambda i: len(items[i].ids))
    rows: dict[str, dict[int, np.ndarray]] = {name: {} for name in Logits._fields}
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
        for start in range(0, len(order), 64):
            part = order[start : start + 64]
            batch = make_batch([items[i] for i in part], {})
            logits = network(batch.ids, batch.mask)._asdict()
            for head, values in logits.items():
                rows[head].update(zip(part, values.float().numpy(), strict=True))
    return {head: np.array([found[i] for i in range(len(items))]) for head, found in rows.items()}
