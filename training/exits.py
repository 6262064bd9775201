"""Early exits: teaches lower layers where they know already that all of them will say neutral.

Methods: Teerapittayanon and others, BranchyNet, ICPR 2016; Xin and others, DeeBERT, ACL 2020. Here the
network itself stays as it is: a small head after some of its layers learns what the whole answers. In the
exported file the layers above stand in branches that run only where the head below is not sure.
"""

from collections.abc import Sequence

import torch
from rich.progress import track
from torch import Tensor, nn

from training.batches import Item, make_batch
from training.examples import STANCES
from training.network import JudgeNetwork

EXITS = (4, 8)
"""After so many layers a pair may stop."""
WIDTH = 128
EPOCHS = 8
RATE = 1e-3
DECAY = 0.05
BATCH = 128


class ExitingNetwork(JudgeNetwork):
    """A network with a stance head after some of its layers; shares the weights of the one it is made of."""

    def __init__(self, network: JudgeNetwork, layers: Sequence[int] = EXITS):
        super().__init__(network.encoder, network.marker_ids)
        depth = len(network.encoder.encoder.layer)
        if list(layers) != sorted({layer for layer in layers if 0 < layer < depth}):
            raise ValueError(f"exits {list(layers)} must ascend and lie below the last of {depth} layers")
        self.stance, self.acts, self.sentiment = network.stance, network.acts, network.sentiment
        self.layers = tuple(layers)
        width = 2 * network.encoder.config.hidden_size
        self.exits = nn.ModuleList(
            nn.Sequential(nn.Linear(width, WIDTH), nn.Tanh(), nn.Dropout(0.2), nn.Linear(WIDTH, len(STANCES)))
            for _ in layers
        )

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, ...]:  # type: ignore[override]
        """Return what the network returns, and then the stance logits after each of the layers."""
        *lower, last = self.pool_all(input_ids, attention_mask)
        early = [head(pooled) for head, pooled in zip(self.exits, lower, strict=True)]
        return (*self.judge(last), *early)

    def pool_all(self, input_ids: Tensor, attention_mask: Tensor) -> list[Tensor]:
        """Return the pooled states after each of the layers and after the last."""
        found = self.encoder(input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True)
        states = [found.hidden_states[layer] for layer in self.layers] + [found.last_hidden_state]
        return [self.pool(state, input_ids, attention_mask) for state in states]


def fit_exits(network: JudgeNetwork, items: Sequence[Item], layers: Sequence[int] = EXITS) -> ExitingNetwork:
    """Return the network with heads that learnt its own answers about the items; it stays as it is."""
    torch.manual_seed(0)
    exiting = ExitingNetwork(network, layers).eval()
    pooled, answers = _run(exiting, items)
    for head, states in zip(exiting.exits, pooled, strict=True):
        _fit_head(head, states, answers)
    return exiting


def _run(network: ExitingNetwork, items: Sequence[Item]) -> tuple[list[Tensor], Tensor]:
    """Return the pooled states after each layer, and the stances that the whole network gives."""
    order = sorted(items, key=lambda item: len(item.ids))
    lower: list[list[Tensor]] = [[] for _ in network.layers]
    answers = []
    with torch.inference_mode():
        for start in track(range(0, len(order), BATCH), "what lower layers know"):
            batch = make_batch(order[start : start + BATCH], {})
            *early, last = network.pool_all(batch.ids, batch.mask)
            for kept, states in zip(lower, early, strict=True):
                kept.append(states)
            answers.append(network.judge(last).stance.argmax(dim=-1))
    return [torch.cat(kept) for kept in lower], torch.cat(answers)


def _fit_head(head: nn.Sequential, states: Tensor, answers: Tensor) -> None:
    """Train a head on scaled states, then take the scales into its first layer."""
    mean, spread = states.mean(dim=0), states.std(dim=0) + 1e-5
    scaled = (states - mean) / spread
    optimiser = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=DECAY)
    head.train()
    for _ in range(EPOCHS):
        for part in torch.randperm(len(scaled)).split(BATCH):
            loss = nn.functional.cross_entropy(head(scaled[part]), answers[part])
            loss.backward()
            optimiser.step()
            optimiser.zero_grad()
    head.eval()
    first = head[0]
    with torch.no_grad():
        first.weight.div_(spread)
        first.bias.sub_(first.weight @ mean)
