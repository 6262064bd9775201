"""Judges with any `transformers` sequence classifier on disk; needs the extra `torch`.

The classifier reads the statement and the mention as a pair of segments. Its three labels must
be those of the codebook, or negative, neutral and positive.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from monitor.domain.exemplars import Exemplar, Vector
from monitor.domain.stance import Act, Judgement, Probabilities, Stance
from monitor.domain.statement import MarkedText
from monitor.errors import ClassificationError, ModelError

NAMES = {
    Stance.HOSTILE: ("hostile", "negative"),
    Stance.NEUTRAL: ("neutral",),
    Stance.CONCILIATORY: ("conciliatory", "positive"),
}
LONGEST = 256
UNCERTAIN_BELOW = 0.5
ROOM = 200  # pieces of the statement around the mention; the rest is for the mention


class TorchClassifier:
    """A sequence classifier from a folder; names no acts, for it knows none."""

    def __init__(self, network: Any, tokenizer: Any, places: dict[Stance, int], name: str) -> None:
        self._network = network
        self._tokenizer = tokenizer
        self._places = places
        self._name = name

    @classmethod
    def load(cls, folder: Path) -> TorchClassifier:
        """Load a classifier and map its labels to stances; raise ModelError if that fails."""
        try:
            import torch
            from transformers import AutoModelForSequenceClassification, AutoTokenizer

            network = AutoModelForSequenceClassification.from_pretrained(folder)
            tokenizer = AutoTokenizer.from_pretrained(folder)
        except ImportError as error:
            raise ModelError(f"{folder}: install the extra `torch` to use this model") from error
        except (OSError, ValueError) as error:
            raise ModelError(f"{folder}: the classifier cannot be loaded: {error}") from error
        labels = {str(name).lower(): int(i) for i, name in network.config.id2label.items()}
        try:
            places = {s: next(labels[n] for n in names if n in labels) for s, names in NAMES.items()}
        except StopIteration as error:
            raise ModelError(f"{folder}: labels {sorted(labels)} are not stances") from error
        network.to("cuda" if torch.cuda.is_available() else "cpu").eval()
        return cls(network, tokenizer, places, folder.name)

    @property
    def version(self) -> str:
        """The name that every judgement carries."""
        return self._name

    @property
    def expected(self) -> None:
        """Nothing is known of what it learnt from."""
        return None

    def judge(
        self, pairs: Sequence[MarkedText], progress: Callable[[int], None] | None = None
    ) -> list[Judgement]:
        """Return one judgement a pair, in order, judged one by one."""
        found = []
        for done, pair in enumerate(pairs, start=1):
            found.append(self._judge_one(pair))
            if progress is not None:
                progress(done)
        return found

    def embed(self, pairs: Sequence[MarkedText]) -> list[Vector]:  # noqa: ARG002 - the port's signature
        """Return no vectors: which layer of a foreign network decides is not known."""
        return []

    def exemplars(self) -> list[Exemplar]:
        """Return no examples: it carries none."""
        return []

    def _window(self, pair: MarkedText) -> str:
        """Cut the statement by pieces around the mention's first."""
        spans = self._tokenizer(
            pair.text, add_special_tokens=False, return_offsets_mapping=True, verbose=False
        )["offset_mapping"]
        if len(spans) <= ROOM:
            return pair.text
        middle = next((i for i, (_, end) in enumerate(spans) if end > pair.start), 0)
        first = min(max(0, middle - ROOM // 2), len(spans) - ROOM)
        return pair.text[spans[first][0] : spans[first + ROOM - 1][1]]

    def _judge_one(self, pair: MarkedText) -> Judgement:
        import torch

        text, mention = self._window(pair), pair.text[pair.start : pair.end]
        encoded = self._tokenizer(
            text, mention, truncation="longest_first", max_length=LONGEST, return_tensors="pt"
        ).to(self._network.device)
        with torch.inference_mode():
            values = self._network(**encoded).logits[0].float().softmax(-1).tolist()
        shares = {stance.value: values[place] for stance, place in self._places.items()}
        total = sum(shares.values())
        if not math.isfinite(total) or total <= 0:
            raise ClassificationError(f"{self._name} gave no number for a text")
        probabilities = Probabilities(**{name: share / total for name, share in shares.items()})
        return Judgement(
            probabilities=probabilities,
            acts=(),
            act_probabilities=dict.fromkeys(Act, 0.0),
            uncertain=probabilities.of(probabilities.stance) < UNCERTAIN_BELOW,
            model=self._name,
        )
