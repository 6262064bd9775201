"""What came of reading the configuration again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reloaded:
    """Whether it was taken over, what changed, and what was wrong; without problems and not taken, the
    files were being written and are read again."""

    taken: bool
    changes: str = ""
    restart: tuple[str, ...] = ()
    """Keys that changed but wait for a new start."""
    problems: tuple[str, ...] = ()
