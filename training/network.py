"""The network: one encoder, the sentence's mean joined with the markers' mean, three heads."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import BertModel

from training.examples import ACTS, SENTIMENTS, STANCES

FEATURES = 3
"""Layers of a head up to and with its hidden one."""


class Logits(NamedTuple):
    """One row a pair and head; `features` are what the stance is decided from."""

    stance: Tensor
    acts: Tensor
    sentiment: Tensor
    features: Tensor


class JudgeNetwork(nn.Module):
    """Judges marked mentions: `stance`, `acts` (multi-label) and `sentiment` from one pass."""

    def __init__(self, encoder: BertModel, marker_ids: tuple[int, int], dropout: float = 0.1):
        super().__init__()
        self.encoder = encoder
        self.marker_ids = marker_ids
        hidden = encoder.config.hidden_size
        self.stance = _head(hidden, len(STANCES), dropout)
        self.acts = _head(hidden, len(ACTS), dropout)
        self.sentiment = _head(hidden, len(SENTIMENTS), dropout)

    def keep_layers(self, layers: Sequence[int]) -> None:
        """Take all other layers of the encoder out (Sajjad and others, Poor man's BERT, 2020)."""
        held = self.encoder.encoder.layer
        self.encoder.encoder.layer = nn.ModuleList([held[i] for i in layers])
        self.encoder.config.num_hidden_layers = len(layers)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Logits:
        """Return the logits of the three heads for padded ids and their mask."""
        outputs = self.encoder(input_ids=input_ids, attention_mask=attention_mask)
        return self.judge(self.pool(outputs.last_hidden_state, input_ids, attention_mask))

    def pool(self, states: Tensor, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Return the sentence's mean state joined with the markers' mean."""
        real = attention_mask.unsqueeze(-1).to(states.dtype)
        sentence = (states * real).sum(1) / real.sum(1)
        opening, closing = self.marker_ids
        marker = ((input_ids == opening) | (input_ids == closing)).unsqueeze(-1).to(states.dtype)
        mention = (states * marker).sum(1) / marker.sum(1).clamp(min=1.0)
        return torch.cat([sentence, mention], dim=-1).float()

    def judge(self, pooled: Tensor) -> Logits:
        """Return the logits of the three heads for what `pool` made of the last layer's states."""
        features = self.stance[:FEATURES](pooled)
        return Logits(self.stance[FEATURES:](features), self.acts(pooled), self.sentiment(pooled), features)


def _head(hidden: int, classes: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(
        nn.Dropout(dropout),
        nn.Linear(2 * hidden, hidden),
        nn.Tanh(),
        nn.Dropout(dropout),
        nn.Linear(hidden, classes),
    )
