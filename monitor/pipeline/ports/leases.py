"""What leading needs: a lease in the store, so that of several processes one leads."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from monitor.domain.leases import Lease


class Leases(Protocol):
    """Who does what only one may do at a time."""

    def take(self, wanted: Lease, now: datetime, stalled: Lease | None = None) -> Lease:
        """Take or renew a lease that is free, over, or one's own; returns what stands afterwards.

        `stalled` is another's lease that was seen unchanged for too long to be alive.
        """

    def release(self, held: Lease) -> None:
        """Give a lease back, if its holder still has it."""

    def prove_writable(self, now: datetime) -> None:
        """Write a row; raises StorageError where nothing can be saved now."""
