"""Hides pieces of a training text, so that names and single words do not decide alone."""

import random
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Noise:
    """How often a mention is hidden as a whole, and how often any other piece is."""

    mask_id: int
    marker_ids: tuple[int, int]
    mention: float
    piece: float

    def apply(self, ids: Sequence[int], rng: random.Random) -> list[int]:
        """Return a copy with pieces replaced by the mask; markers and ends always stay."""
        opening, closing = (ids.index(marker) for marker in self.marker_ids)
        hidden = rng.random() < self.mention
        return [
            self.mask_id if (hidden if opening < place < closing else self._hit(place, ids, rng)) else piece
            for place, piece in enumerate(ids)
        ]

    def _hit(self, place: int, ids: Sequence[int], rng: random.Random) -> bool:
        fixed = ids[place] in self.marker_ids or place in (0, len(ids) - 1)
        return not fixed and rng.random() < self.piece
