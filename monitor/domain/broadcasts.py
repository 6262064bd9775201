"""What operators tell everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

LONGEST_BROADCAST = 3500
"""Characters; so it fits into one message with what stands around it."""


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A text for all chats; it is on its way from `sent_at` on, and only asked about before."""

    id: int
    text: str
    created_by: str
    created_at: datetime
    sent_at: datetime | None = None
