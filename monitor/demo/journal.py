"""The demonstration's log: written to a file, out of the display's way, with troubles kept for the end."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog

FAILED_ITEM = "item not collected"


@dataclass
class Journal:
    """What went wrong with single items, by address: the last reason of each."""

    failed_items: dict[str, str] = field(default_factory=dict)

    def keep(self, _: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """Note an event on its way to the file; the signature is structlog's."""
        if event.get("event") == FAILED_ITEM:
            self.failed_items[str(event["url"])] = str(event["reason"])
        return event


@contextmanager
def log_to_file(path: Path) -> Iterator[Journal]:
    """Send structured logs to a file until the block ends, and note troubles with items."""
    journal = Journal()
    before = structlog.get_config()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        structlog.configure(
            processors=[
                structlog.contextvars.merge_contextvars,
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.format_exc_info,
                journal.keep,
                structlog.dev.ConsoleRenderer(colors=False),
            ],
            wrapper_class=structlog.make_filtering_bound_logger(20),
            logger_factory=structlog.PrintLoggerFactory(file),
            cache_logger_on_first_use=False,
        )
        try:
            yield journal
        finally:
            structlog.configure(**before)
