"""Rows of signed buttons that belong to one message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from telegram import InlineKeyboardButton

from monitor.bot.signing import Signer

LONGEST_LABEL = 48
Labelled = tuple[str, Sequence[object]]
"""A button's label and what it carries: a verb and its arguments."""


@dataclass(frozen=True, slots=True)
class Keyboards:
    """Makes buttons for one user, all with the same beginning and end of life."""

    signer: Signer
    user_id: int
    prefix: str
    expires: datetime

    def button(self, label: str, carried: Sequence[object]) -> InlineKeyboardButton:
        """Return one button."""
        payload = self.prefix + ":".join(str(part) for part in carried)
        data = self.signer.sign(payload, self.user_id, self.expires)
        return InlineKeyboardButton(label[:LONGEST_LABEL], callback_data=data)

    def row(self, *labelled: Labelled) -> list[InlineKeyboardButton]:
        """Return buttons side by side."""
        return [self.button(label, carried) for label, carried in labelled]

    def in_rows(self, labelled: Sequence[Labelled], width: int = 2) -> list[list[InlineKeyboardButton]]:
        """Return buttons in rows of so many."""
        return [self.row(*labelled[at : at + width]) for at in range(0, len(labelled), width)]
