"""What reading a source's front page gave, before it is handed on."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.domain.article import FeedItem

_LONGEST_REASON = 300
_MANY_REASONS = 100


@dataclass(slots=True)
class Front:
    """Items and left-out entries of one visit, gathered one by one; a key counts once."""

    limit: int
    older: str | None = None
    """Address of the next older part, where the page names one."""
    further: list[str] = field(default_factory=list)
    """Addresses that belong to this front and are read in the same visit, such as an index's sitemaps."""
    items: dict[str, FeedItem] = field(default_factory=dict)
    bad: list[str] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Whether no more items are taken."""
        return len(self.items) >= self.limit

    def add(self, item: FeedItem) -> None:
        """Take an item, unless one with its key stands here already."""
        self.items.setdefault(item.key, item)

    def leave_out(self, reason: str) -> None:
        """Record why an entry was left out."""
        if len(self.bad) < _MANY_REASONS:
            self.bad.append(reason[:_LONGEST_REASON])
