"""Leases: what only one process may do at a time, held for as long as it is renewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Lease:
    """Who does what `name` says, and until when unless it is renewed."""

    name: str
    holder: str
    until: datetime


def is_free(standing: Lease | None, wanted: Lease, now: datetime, stalled: Lease | None) -> bool:
    """Whether the wanted lease may stand in the place of the standing one.

    `stalled` is a lease that the taker saw unchanged for longer than any holder leaves it so,
    counted on a monotonic clock: it is over although the wall clock, set back, says otherwise.
    """
    if standing is None or standing.holder == wanted.holder:
        return True
    return standing.until <= now or standing == stalled
