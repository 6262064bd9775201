"""Sources as analysts ask for them: whether each is read now, and which one an address belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from monitor.domain.coverage import SourceHealth
from monitor.domain.notices import AlarmKind, Notice
from monitor.domain.source import FOLDER, Source

LEAST_PATIENCE = timedelta(hours=3)
SIDE_DOORS = frozenset({"rss", "feed", "feeds", "news", "m", "en", "eng", "ru", "rus", "api"})
"""Parts of a site that have a host of their own."""
UNSEEN = frozenset({AlarmKind.DOWN, AlarmKind.BLOCKED, AlarmKind.ANTI_BOT, AlarmKind.SOFT_404})
"""Troubles in which nothing of a source is seen."""


class Sight(StrEnum):
    """Whether a source is seen now."""

    READ = "read"
    BLIND = "blind"
    NEVER = "never"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source with where it stands now; `unread` counts articles by language that nobody here reads."""

    source: Source
    sight: Sight
    health: SourceHealth | None = None
    alarms: tuple[Notice, ...] = ()
    unread: Mapping[str, int] = field(default_factory=dict, hash=False)


def see_source(
    source: Source,
    health: SourceHealth | None,
    alarms: Sequence[Notice],
    now: datetime,
    unread: Mapping[str, int] | None = None,
) -> SourceView:
    """Say whether a source is seen now; `alarms` are the notices that last."""
    mine = tuple(notice for notice in alarms if notice.alarm.source_id == source.id)
    read_at = health.last_success_at if health else None
    stale = read_at is None or now - read_at > max(LEAST_PATIENCE, 3 * source.interval)
    blind = any(notice.alarm.kind in UNSEEN for notice in mine) or (source.kind != FOLDER and stale)
    if not source.enabled:
        sight = Sight.OFF
    elif health is None or health.last_outcome is None:
        sight = Sight.NEVER
    else:
        sight = Sight.BLIND if blind else Sight.READ
    return SourceView(source, sight, health, mine, unread or {})


def nearest_source(url: str, sources: Sequence[Source]) -> Source | None:
    """Return the source to whose site an address belongs, an enabled one if there is; None where none does.

    Of several on one host the one whose own address shares most of the path counts; a channel on a
    host of many channels must be the same channel.
    """
    host, path = _place(url)
    best: tuple[tuple[bool, int, bool], Source] | None = None
    for source in sources:
        theirs, their_path = _place(source.url)
        if not host or not theirs or not _same_site(host, theirs):
            continue
        shared = _shared(path, their_path)
        if host == "t.me" and not shared:
            continue
        rank = (host == theirs, shared, source.enabled)
        if best is None or rank > best[0]:
            best = (rank, source)
    return best[1] if best else None


def _same_site(host: str, own: str) -> bool:
    """Whether a host is a source's own, one below it, or the one of which the source's is a side door."""
    door, _, main = own.partition(".")
    return host == own or host.endswith(f".{own}") or (door in SIDE_DOORS and host == main and "." in main)


def _place(url: str) -> tuple[str, tuple[str, ...]]:
    """Return an address's host, with a port that is not the usual one, and the parts of its path.

    What does not tell sites apart is left out.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        if host and parts.port not in (None, {"http": 80, "https": 443}.get(parts.scheme)):
            host += f":{parts.port}"
    except ValueError:
        return "", ()
    path = tuple(part.casefold() for part in parts.path.split("/") if part)
    return host, path[1:] if host == "t.me" and path[:1] == ("s",) else path


def _shared(path: tuple[str, ...], other: tuple[str, ...]) -> int:
    count = 0
    for mine, theirs in zip(path, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count
