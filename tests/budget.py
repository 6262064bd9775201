"""How much processor time hostile input may take in a test."""

from __future__ import annotations

import sys

TRACED = 4
"""Coverage traces every line of loops over text, which takes several times as long."""


def allow_seconds(seconds: float) -> float:
    """Return the limit for this run: the stated one, or more while lines are traced."""
    return seconds * TRACED if sys.gettrace() else seconds
