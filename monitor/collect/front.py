"""What reading a source's front page gave, before it is handed on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.domain.article import FeedItem
from monitor.domain.source import Source

_LONGEST_REASON = 300
_MANY_REASONS = 100
_LONGEST_MATCHED = 2_000


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
    include: Sequence[str] = ()
    exclude: Sequence[str] = ()
    passed_over: int = 0
    """How many items the source's own `include` and `exclude` do not want."""

    @classmethod
    def of(cls, source: Source) -> Front:
        """Return an empty front that takes what the source is configured to give."""
        return cls(source.max_items, include=source.include, exclude=source.exclude)

    @property
    def is_full(self) -> bool:
        """Whether no more items are taken."""
        return len(self.items) >= self.limit

    def add(self, item: FeedItem) -> None:
        """Take an item, unless one with its key stands here already or the source does not want its link."""
        if self._wants(item.url):
            self.items.setdefault(item.key, item)
        else:
            self.passed_over += 1

    def leave_out(self, reason: str) -> None:
        """Record why an entry was left out."""
        if len(self.bad) < _MANY_REASONS:
            self.bad.append(reason[:_LONGEST_REASON])

    def join(self, part: Front) -> None:
        """Take what a further part gave, as far as there is room."""
        for item in part.items.values():
            if self.is_full:
                break
            self.items.setdefault(item.key, item)
        self.passed_over += part.passed_over
        for reason in part.bad:
            self.leave_out(reason)

    def _wants(self, link: str) -> bool:
        link = link[:_LONGEST_MATCHED]
        included = not self.include or any(re.search(pattern, link) for pattern in self.include)
        return included and not any(re.search(pattern, link) for pattern in self.exclude)
