"""What the bot needs from the rest of the program."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from monitor.bot.caller import Caller
from monitor.bot.office import Office
from monitor.bot.questions import Questions
from monitor.domain.access import Role
from monitor.domain.actors import Target
from monitor.domain.alerts import Rule
from monitor.domain.digest import Digest
from monitor.domain.estimates import Estimate
from monitor.domain.source import Source
from monitor.domain.subscriptions import Filter
from monitor.messages.reader import Reader
from monitor.pipeline.ports import Alerts, Archive, Chats, Feeds, Messages, Preferences, Verdicts
from monitor.pipeline.ports.subscribing import Drafts


class DigestReview(Protocol):
    """The weekly digest's review; each raises MonitorError, fit for the reviewer's eyes, when refused."""

    def show(self, week: datetime | None = None) -> Digest:
        """Return a week's digest, the newest if none is named, with its review applied."""

    def review(
        self,
        week: datetime,
        reviewer: str,
        action: str,
        now: datetime,
        entry: int | None = None,
        detail: str = "",
    ) -> Digest:
        """Record drop, restore, relabel or approve and return the digest as it then stands."""

    def publish(self, week: datetime, reviewer: str, now: datetime) -> object:
        """Publish an approved digest, once."""


@asynccontextmanager
async def _no_waiting(_recipient: str, _patience: timedelta) -> AsyncIterator[None]:
    """Give every turn at once."""
    yield


@dataclass(slots=True)
class BotServices:
    """The store, the use cases and the operator's decisions, as the composition root gives them.

    The decisions may change while the bot runs, so they are looked up at every use.
    """

    chats: Chats
    alerts: Alerts
    digests: DigestReview
    targets: Sequence[Target]
    rules: Mapping[str, Rule]
    readers: Mapping[str, Reader]
    """By interface language: en and ru."""
    now: Callable[[], datetime]
    drafts: Drafts
    estimate: Callable[[Filter], Estimate]
    """Says what a subscription would have sent; may be called from any thread."""
    office: Office
    preferences: Preferences
    verdicts: Verdicts
    messages: Messages
    questions: Questions
    sources: Sequence[Source] = ()
    """The sources that are collected."""
    allowed_chats: frozenset[int] = frozenset()
    invite_code: str = field(default="", repr=False)
    """Whoever sends it with /start is served; empty: nobody can join by a code."""
    archive: Archive | None = None
    feeds: Feeds | None = None
    feed_address: Callable[[str], str] | None = None
    """Returns the address of a feed by its secret; None where feeds are not served."""
    turn: Callable[[str, timedelta], AbstractAsyncContextManager[None]] = _no_waiting
    """Waits for the account's turn to write to a chat, and holds it; raises DeliveryError when that is
    too far off."""

    def reader_for(self, caller: Caller) -> Reader:
        """Return who reads: the caller's language, and the clock that the chat set."""
        reader = self.readers[caller.language]
        zone = self.preferences.get(caller.chat_id).zone
        return replace(reader, zone=ZoneInfo(zone)) if zone else reader

    def role_of(self, user_id: int) -> Role:
        """Return somebody's role; whoever is served and has none is an analyst."""
        role = self.office.role_of(user_id)
        return Role.ANALYST if role is None else role

    def audit(self, actor: int | str, action: str, subject: str = "", detail: str = "") -> None:
        """Keep that somebody changed something: the user's number, a verb, of what, and how."""
        self.office.note(actor, action, subject, detail)
