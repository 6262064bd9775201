"""What telling who may do what needs: people, invitations, what was done, and what is kept of somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from monitor.domain.access import Entry, Invitation, Person, Redeemed
from monitor.domain.broadcasts import Broadcast
from monitor.domain.delivery import NewDelivery
from monitor.domain.switches import Pause


class People(Protocol):
    """People with roles, and the invitations that give them."""

    def get(self, user_id: int) -> Person | None:
        """Return somebody, None where nothing was ever decided of them."""

    def all(self) -> Sequence[Person]:
        """Return everybody of whom something was decided, the oldest first."""

    def add(self, person: Person) -> Person:
        """Keep somebody new; who is known already stays as they are. Returns who is kept."""

    def rename(self, user_id: int, name: str) -> None:
        """Keep how somebody calls themselves now, if they are known."""

    def change(self, person: Person, *, keep_owner: bool) -> bool:
        """Give somebody another role. False, and nothing changes, where that would take the role from
        the last owner and `keep_owner` says that there is no other one."""

    def invite(self, invitation: Invitation) -> None:
        """Keep an invitation."""

    def open_invitations(self, now: datetime) -> Sequence[Invitation]:
        """Return the invitations that can be used, the oldest first."""

    def revoke(self, nonce: str) -> Invitation | None:
        """Delete an invitation that nobody used; returns it, None where there is none."""

    def redeem(self, nonce: str, user_id: int, name: str, now: datetime) -> Redeemed:
        """Use an invitation and give its role, in one transaction, so that it is used once; a greater
        role that somebody has stays."""


class Audit(Protocol):
    """Changes of state by people."""

    def add(self, entry: Entry) -> None:
        """Keep what somebody did."""

    def latest(self, limit: int, since: datetime | None = None, actor: str | None = None) -> Sequence[Entry]:
        """Return what was done, the newest first."""


class PersonalData(Protocol):
    """All that is kept of one person."""

    def export(self, user_id: int) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Return the rows that are about somebody or by them, by table, fit for JSON."""

    def erase(self, user_id: int, pseudonym: int) -> Mapping[str, int]:
        """Delete the rows that are about somebody, and put the pseudonym (a positive number) for them
        where they did something that others rest on, in one transaction; returns how many rows of
        each table that were."""


class Switches(Protocol):
    """What operators switch off for a while."""

    def pause(self, pause: Pause) -> None:
        """Pause collection; a pause before is replaced."""

    def resume(self) -> Pause | None:
        """End the pause; returns the one that there was."""

    def paused(self, now: datetime) -> Pause | None:
        """Return the pause that holds."""


class Broadcasts(Protocol):
    """What operators tell everybody."""

    def draft(self, text: str, created_by: str, now: datetime) -> Broadcast:
        """Keep a text that nobody is told yet."""

    def get(self, number: int) -> Broadcast | None:
        """Return a broadcast."""

    def send(self, number: int, deliveries: Sequence[NewDelivery], now: datetime) -> bool:
        """Put it into the outbox and mark it as sent, in one transaction; False where it was before."""
