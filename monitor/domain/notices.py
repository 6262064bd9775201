"""Notices to operators: one when a trouble begins, one when it ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class AlarmKind(StrEnum):
    """What is wrong with a source, or with the whole service."""

    DOWN = "down"
    """Visits fail: the network, the server, the circuit breaker."""
    BLOCKED = "blocked"
    ANTI_BOT = "anti_bot"
    SILENT = "silent"
    COLLAPSED = "collapsed"
    SOFT_404 = "soft_404"
    LAYOUT = "layout"
    CLOCK = "clock"
    """Dates are missing, far ahead or far behind."""
    UNREAD = "unread"
    """The source came to write in a language that nobody here reads."""
    CONFIGURATION = "configuration"
    STORE = "store"


@dataclass(frozen=True, slots=True)
class Alarm:
    """A trouble that holds now; `source_id` is empty where it is the whole service's.

    `since` is when the trouble itself began, where that is known: it is noticed later.
    """

    kind: AlarmKind
    source_id: str
    detail: str
    since: datetime | None = None
    trouble: str = field(default="", compare=False)
    """The kind of trouble that shows most, a value of `Trouble`: what many alarms may have in common."""

    @property
    def key(self) -> str:
        """What makes it the same trouble as before."""
        return f"{self.kind}:{self.source_id}"


@dataclass(frozen=True, slots=True)
class Notice:
    """An alarm as people were told of it, at `began_at`; `ended_at` is None while it lasts."""

    id: int
    alarm: Alarm
    began_at: datetime
    ended_at: datetime | None = None

    @property
    def since(self) -> datetime:
        """When the trouble itself began."""
        return self.alarm.since or self.began_at
