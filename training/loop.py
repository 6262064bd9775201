"""The training loop: three losses, one optimiser, fixed seeds."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from rich.progress import Progress
from torch import Tensor, nn

from training.batches import IGNORED, Batch, Item, batches, class_weights, make_batch
from training.network import JudgeNetwork, Logits
from training.noise import Noise

HALF = torch.backends.cpu.get_cpu_capability().startswith("AVX512")
"""Whether sixteen bits are faster here: without AVX-512 a step took thirty times as long with them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How one stage is trained.

    The learning rate rises to `rate`, then falls toward zero at `horizon` times the stage's
    own length, so that a later stage can go on from a rate that has not died.
    """

    epochs: int
    rate: float
    horizon: float = 1.0
    batch: int = 32
    warmup: float = 0.08
    smoothing: float = 0.05
    acts_weight: float = 0.3
    class_power: float = 0.5
    threads: int = 2
    seed: int = 20221123
    bfloat16: bool = HALF
    share: float = 1.0  # of the examples that the stage reads
    frozen: int = 0  # layers from the bottom that stay as they are
    dropout: float = 0.1  # inside the encoder; the heads have their own
    average: float = 0.0  # decay of the running mean of the weights; 0 keeps the last
    hide_mention: float = 0.0  # how often a mention is hidden
    hide_piece: float = 0.0  # how often any other piece is


def loss_of(logits: Logits, batch: Batch, plan: Plan) -> Tensor:
    """Sum the losses of the heads whose labels are known, a mean over the batch."""

    def entropy(scores: Tensor, labels: Tensor) -> Tensor:
        return nn.functional.cross_entropy(
            scores.float(),
            labels,
            reduction="none",
            ignore_index=IGNORED,
            label_smoothing=plan.smoothing,
        )

    loss = (entropy(logits.stance, batch.stance) * batch.stance_weight).sum()
    loss = loss + (entropy(logits.sentiment, batch.sentiment) * batch.sentiment_weight).sum()
    known = ~batch.acts.isnan().any(dim=1)
    if known.any():
        binary = nn.functional.binary_cross_entropy_with_logits(
            logits.acts[known].float(), batch.acts[known], reduction="none"
        )
        loss = loss + plan.acts_weight * (binary.sum(dim=1) * batch.stance_weight[known]).sum()
    return loss / len(batch.ids)


def fit(
    network: JudgeNetwork,
    epochs: Sequence[Sequence[Item]],
    plan: Plan,
    noise: Noise,
    after_epoch: Callable[[int, JudgeNetwork], None],
    title: str,
) -> None:
    """Train in place, over one list of items an epoch.

    With `average` set, `after_epoch` and the end see the running mean of the weights.
    """
    torch.manual_seed(plan.seed)
    torch.set_flush_denormal(True)  # without it a step took 1.6 times as long once gradients got small
    torch.set_num_threads(plan.threads)
    rng = random.Random(plan.seed)
    # Frozen embeddings keep the 4-bit table exact.
    network.encoder.embeddings.requires_grad_(False)
    for layer in network.encoder.encoder.layer[: plan.frozen]:
        layer.requires_grad_(False)
    for module in network.encoder.modules():
        if isinstance(module, nn.Dropout):
            module.p = plan.dropout
    for layer in network.encoder.encoder.layer:
        layer.attention.self.dropout.p = 0.0  # the fused attention is slow with one
    trained = [p for p in network.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in trained if p.ndim > 1], "weight_decay": 0.01},
        {"params": [p for p in trained if p.ndim <= 1], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, lr=plan.rate, fused=True)
    total = sum(math.ceil(len(items) / plan.batch) for items in epochs)
    steps = int(plan.horizon * total)
    warm = max(1, int(plan.warmup * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / max(1, steps - warm)))
    )
    weights = class_weights([i.example for items in epochs for i in items], plan.class_power)
    mean = [p.detach().clone() for p in trained] if plan.average else []
    done = 0
    with Progress() as progress:
        task = progress.add_task(title, total=total)
        for epoch, items in enumerate(epochs, start=1):
            network.train()
            for part in batches(items, plan.batch, rng):
                noisy = [Item(noise.apply(item.ids, rng), item.example) for item in part]
                batch = make_batch(noisy, weights)
                with torch.autocast("cpu", torch.bfloat16, enabled=plan.bfloat16):
                    logits = network(batch.ids, batch.mask)
                loss = loss_of(logits, batch, plan)
                loss.backward()
                nn.utils.clip_grad_norm_(trained, 1.0)
                optimiser.step()
                schedule.step()
                optimiser.zero_grad(set_to_none=True)
                done += 1
                _move_mean(mean, trained, min(plan.average, (done + 1) / (done + 10)))
                progress.update(task, advance=1)
                if not progress.console.is_terminal and done % 50 == 0:
                    print(f"{title}: step {done} of {total}, loss {loss.item():.3f}", flush=True)
            _swap(mean, trained)
            after_epoch(epoch, network)
            if epoch < len(epochs):
                _swap(mean, trained)


def _move_mean(mean: Sequence[Tensor], weights: Sequence[Tensor], decay: float) -> None:
    with torch.no_grad():
        for kept, weight in zip(mean, weights, strict=False):
            kept.lerp_(weight.detach(), 1 - decay)


def _swap(mean: Sequence[Tensor], weights: Sequence[Tensor]) -> None:
    with torch.no_grad():
        for kept, weight in zip(mean, weights, strict=False):
            held = kept.clone()
            kept.copy_(weight)
            weight.copy_(held)
