"""What firsts and signals need of the store: what was said before, and what was told already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from monitor.domain.firsts import Past
from monitor.domain.signal_routing import Recipient
from monitor.domain.signals import Saying, Signal, SpeakerDay
from monitor.domain.stance import Act
from monitor.domain.statement import Finding


class Firsts(Protocol):
    """What speakers did before."""

    def past(self, finding: Finding, act: Act) -> Past:
        """Return when the finding's speaker did an act toward its target last before, in another story,
        and for how long the speaker's side has been watched."""


class Signals(Protocol):
    """Shifts, divergences and silences, and what they are found from."""

    def sayings(self, since: datetime, until: datetime) -> list[Saying]:
        """Return what was said in [since, until), by time: a story told by many outlets once."""

    def spoken(self, since: datetime, until: datetime) -> list[SpeakerDay]:
        """Return on which days in [since, until) whom of the named speakers was heard, and through what."""

    def since(self, moment: datetime) -> list[Signal]:
        """Return the signals told since then, the oldest first."""

    def known_keys(self, keys: Sequence[str]) -> set[str]:
        """Return those keys that were told already."""

    def save(
        self, found: Sequence[Signal], to: Mapping[str, Sequence[Recipient]], now: datetime
    ) -> list[tuple[int, Signal]]:
        """Save signals with their deliveries (by signal key), in one transaction; returns those that are
        new, with their numbers. One whose key was told already stays as it is and is not sent again."""

    def get(self, number: int) -> Signal | None:
        """Return a signal by its number."""
