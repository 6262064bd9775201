"""Verifying the archive, and letting go of what is too old."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from monitor.domain.archive import BodyState, Damage, Retention, RetentionRule
from monitor.pipeline.ports import Archive

BATCH = 100
"""How many are let go of in one transaction: writers wait for milliseconds, not minutes."""


@dataclass(slots=True)
class Verification:
    """What came of verifying the archive; `size` counts the bytes that were hashed, compressed."""

    sound: int = 0
    pruned: int = 0
    size: int = 0
    damages: list[Damage] = field(default_factory=list)


def verify_archive(
    archive: Archive,
    on_page: Callable[[int], None] = lambda _: None,
    on_damage: Callable[[Damage], None] = lambda _: None,
) -> Verification:
    """Hash everything again and look whether all that refers to it fits; tells of damage as it finds it."""
    result = Verification()

    def note(damage: Damage) -> None:
        result.damages.append(damage)
        on_damage(damage)

    for number, checked in enumerate(archive.check_pages(), 1):
        result.sound += checked.state is BodyState.SOUND
        result.pruned += checked.state is BodyState.PRUNED
        result.size += checked.size
        if checked.damage is not None:
            note(checked.damage)
        on_page(number)
    for damage in archive.check_references():
        note(damage)
    return result


@dataclass(frozen=True, slots=True)
class Pruned:
    """What one rule of retention let go: how many answers, and the bytes that the store freed."""

    rule: RetentionRule
    count: int
    size: int


def prune_archive(
    archive: Archive,
    now: datetime,
    retention: Retention,
    *,
    dry_run: bool = False,
    on_batch: Callable[[int], None] = lambda _: None,
) -> list[Pruned]:
    """Let go of what the rules of retention no longer keep, by small transactions; returns what it was.

    With `dry_run` it is only counted. `on_batch` hears how many were let go so far.
    """
    pruned: list[Pruned] = []
    total = 0
    for rule, before in retention.expiries(now).items():
        count = size = after = 0
        while batch := archive.expired(rule, before, after, BATCH):
            after = batch[-1].capture_id
            ids = [expired.capture_id for expired in batch]
            count += len(ids) if dry_run else archive.let_go(rule, before, ids, now)
            size += sum(expired.size for expired in batch)
            on_batch(total + count)
        total += count
        pruned.append(Pruned(rule, count, size))
    return pruned
