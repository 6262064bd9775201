"""Numbers as readers see them."""

from __future__ import annotations


def signed(value: float) -> str:
    """Write a number with its sign and a true minus: +0.31, −0.20, 0.00."""
    rounded = round(value, 2) or 0.0  # a negative zero would show as −0.00
    return f"{rounded:+.2f}".replace("-", "−") if rounded else "0.00"
