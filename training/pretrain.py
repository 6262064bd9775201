"""Goes on with pretraining: masked words of unlabelled news, before any label is seen.

Gururangan and others, Don't Stop Pretraining, ACL 2020. The base came in four bits and as an encoder of
whole sentences; predicting words teaches its upper layers single words again. The embeddings stay frozen.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from rich.progress import Progress
from torch import Tensor, nn
from transformers import BertModel

from monitor.classify.model import load_tokenizer
from training.start import load_encoder

PADDING = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """How unlabelled text is read: `tokens` a batch, `share` of the pieces to predict."""

    epochs: int = 2
    rate: float = 3e-4
    warmup: float = 0.06
    tokens: int = 2_048
    longest: int = 96
    share: float = 0.2
    seed: int = 11
    threads: int = 2
    bfloat16: bool = True


class WordHead(nn.Module):
    """Predicts pieces from states; the frozen table of embeddings is the output matrix."""

    def __init__(self, table: Tensor):
        super().__init__()
        width = table.shape[1]
        self.dense, self.norm = nn.Linear(width, width), nn.LayerNorm(width)
        self.table = table.detach()
        self.scale = nn.Parameter(torch.tensor(1.0 / table.std().item() / math.sqrt(width)))
        self.bias = nn.Parameter(torch.zeros(len(table)))

    def forward(self, states: Tensor) -> Tensor:
        """Return (pieces, vocabulary) logits for (pieces, width) states."""
        found = self.norm(nn.functional.gelu(self.dense(states)))
        return nn.functional.linear(found * self.scale, self.table) + self.bias


def pack(rows: Sequence[Sequence[int]], tokens: int, rng: random.Random) -> list[list[Sequence[int]]]:
    """Group rows of like length into batches of about `tokens` pieces, in random order."""
    order = sorted(rows, key=lambda row: (len(row), rng.random()))
    found: list[list[Sequence[int]]] = [[]]
    for row in order:
        if found[-1] and (len(found[-1]) + 1) * len(row) > tokens:
            found.append([])
        found[-1].append(row)
    rng.shuffle(found)
    return found


def hide(ids: Tensor, share: float, mask_id: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Return ids with some pieces hidden, and where: eight in ten masked, one random, one as it was."""
    chance = torch.rand(ids.shape, generator=generator)
    open_to = (ids > 3) & (ids < mask_id)
    chosen = open_to & (chance < share)
    way = torch.rand(ids.shape, generator=generator)
    random_ids = torch.randint(4, mask_id, ids.shape, generator=generator)
    hidden = torch.where(chosen & (way < 0.8), torch.full_like(ids, mask_id), ids)
    return torch.where(chosen & (way >= 0.8) & (way < 0.9), random_ids, hidden), chosen


def pretrain(texts: Sequence[str], start: Path, out: Path, reading: Reading = Reading()) -> float:
    """Read the texts from `start/start.pt` on; write the encoder's state to `out`.

    Returns the mean loss (nats a piece) of the last fiftieth of the steps.
    """
    pieces = load_tokenizer(start / "tokenizer.json")
    encoder = load_encoder(start)
    encoder.embeddings.requires_grad_(False)
    head = WordHead(encoder.embeddings.word_embeddings.weight)
    rows = [ids[: reading.longest] for ids in pieces(list(texts))["input_ids"]]
    losses = _read(encoder, head, rows, pieces.mask_token_id, reading)
    torch.save(encoder.state_dict(), out)
    last = losses[-max(1, len(losses) // 50) :]
    return sum(last) / len(last)


def _read(
    encoder: BertModel, head: WordHead, rows: Sequence[Sequence[int]], mask_id: int, reading: Reading
) -> list[float]:
    torch.manual_seed(reading.seed)
    torch.set_num_threads(reading.threads)
    rng, generator = random.Random(reading.seed), torch.Generator().manual_seed(reading.seed)
    trained = [p for p in (*encoder.parameters(), *head.parameters()) if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=reading.rate, weight_decay=0.01, fused=True)
    epochs = [pack(rows, reading.tokens, rng) for _ in range(reading.epochs)]
    steps = sum(map(len, epochs))
    warm = max(1, int(reading.warmup * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / max(1, steps - warm)))
    )
    encoder.train()
    losses: list[float] = []
    with Progress() as progress:
        task = progress.add_task("masked words", total=steps)
        for batch in (batch for epoch in epochs for batch in epoch):
            longest = max(map(len, batch))
            ids = torch.tensor([[*row, *[PADDING] * (longest - len(row))] for row in batch])
            hidden, chosen = hide(ids, reading.share, mask_id, generator)
            if not chosen.any():
                continue
            with torch.autocast("cpu", torch.bfloat16, enabled=reading.bfloat16):
                outputs = encoder(input_ids=hidden, attention_mask=(ids != PADDING).long())
                logits = head(outputs.last_hidden_state[chosen])
            loss = nn.functional.cross_entropy(logits.float(), ids[chosen])
            loss.backward()
            nn.utils.clip_grad_norm_(trained, 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            losses.append(loss.item())
            progress.update(task, advance=1)
            if not progress.console.is_terminal and len(losses) % 50 == 0:
                recent = sum(losses[-50:]) / 50
                print(f"masked words: step {len(losses)} of {steps}, loss {recent:.3f}", flush=True)
    return losses
