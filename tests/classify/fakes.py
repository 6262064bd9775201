"""Stand-ins for the tokenizer and the network."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

SPECIAL = {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3, "<tgt>": 4, "</tgt>": 5}


class WordTokenizer:
    """Gives every word an id of its own, in order of appearance; special tokens keep theirs."""

    def __init__(self) -> None:
        self.words = dict(SPECIAL)

    def __call__(self, text: str, *, add_special_tokens: bool) -> dict[str, list[int]]:
        """Return the ids of the words."""
        assert not add_special_tokens
        return {"input_ids": [self.words.setdefault(w, len(self.words)) for w in text.split()]}

    def convert_tokens_to_ids(self, tokens: str) -> int:
        """Return the id of one token."""
        return self.words[tokens]

    def read(self, ids: list[int]) -> str:
        """Turn ids back into words."""
        names = {i: word for word, i in self.words.items()}
        return " ".join(names[i] for i in ids)


class FixedSession:
    """Answers every pair with the same logits, and keeps what it was fed."""

    def __init__(
        self, stance: list[float], acts: list[float], sentiment: list[float], *, exits: bool = False
    ) -> None:
        self.outputs = [np.array([row]) for row in (stance, acts, sentiment)]
        names = ("input_ids", "attention_mask", *(("stop_at",) if exits else ()))
        self.inputs = [SimpleNamespace(name=name) for name in names]
        self.fed: list[dict[str, np.ndarray]] = []

    def get_inputs(self) -> list[SimpleNamespace]:
        """Return the inputs by name."""
        return self.inputs

    def run(self, _names: list[str], feed: dict[str, np.ndarray]) -> list[np.ndarray]:
        """Return the logits, whatever is asked."""
        self.fed.append(feed)
        return self.outputs
