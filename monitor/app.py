"""The composition root: the only place that builds everything from settings."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from monitor.clock import Clock, SystemClock
from monitor.domain.actors import Person, Target
from monitor.errors import ConfigurationError, Problem
from monitor.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.collect import HttpCollector
    from monitor.domain.digest import Digest, ReviewStep
    from monitor.pipeline.digest import DigestDesk
    from monitor.pipeline.reading import Reader
    from storage import Store

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
QUIET_LOGGERS = ("httpx", "httpcore", "telegram", "telegram.ext", "apscheduler", "trafilatura", "htmldate")


def configure_logs(level: str) -> None:
    """Send structured logs to stderr; libraries whose request logs would print secrets stay quiet."""
    logging.basicConfig(level=level.upper(), format="%(name)s: %(message)s")
    for name in QUIET_LOGGERS:
        logging.getLogger(name).setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer(colors=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


@dataclass(frozen=True)
class App:
    """Everything built from one Settings, each part when it is first needed."""

    settings: Settings
    clock: Clock = field(default_factory=SystemClock)

    @cached_property
    def targets(self) -> dict[str, Target]:
        """The watched targets by id."""
        return {target.id: target for target in self.settings.targets}

    @cached_property
    def persons(self) -> dict[str, Person]:
        """The known speakers by canonical name."""
        return {person.name: person for person in self.settings.speakers}

    @cached_property
    def store(self) -> Store:
        """The opened store, migrated to this program's schema."""
        from storage import open_store

        return open_store(self.settings.monitor.store.url, self.clock.now())

    @cached_property
    def reader(self) -> Reader:
        """The understanding half: model, mention finder, attributor."""
        from monitor.classify import StanceModel
        from monitor.pipeline.reading import Reader
        from monitor.text.attribution import Attributor
        from monitor.text.mentions import MentionFinder

        classify = self.settings.monitor.classify
        return Reader(
            classifier=StanceModel.load(
                Path(classify.model) if classify.model else None, workers=classify.workers
            ),
            finder=MentionFinder(self.settings.targets),
            attributor=Attributor(self.settings.speakers, self.settings.targets),
            targets=self.targets,
            persons=self.persons,
            weights=self.settings.monitor.weights.build(),
        )

    def make_collector(self) -> HttpCollector:
        """Return a new collector; the caller closes it."""
        from monitor.collect import HttpCollector

        return HttpCollector(self.settings.monitor.collect, self.clock.now)

    @cached_property
    def desk(self) -> DigestDesk:
        """The digest's desk over this store."""
        from monitor.pipeline.digest import DigestDesk

        monitor = self.settings.monitor
        return DigestDesk(
            findings=self.store.findings,
            articles=self.store.articles,
            digests=self.store.digests,
            chats=self.store.chats,
            sources=self.settings.sources,
            targets=self.targets,
            zone_name=monitor.timezone,
            weekday=WEEKDAYS.index(monitor.digest.weekday),
            at=monitor.digest.time,
            write=self._write_digest,
            allowed_chats=monitor.telegram.allowed_chats,
        )

    def _write_digest(self, digest: Digest, steps: Sequence[ReviewStep]) -> Sequence[Path]:
        from monitor.digest.render import write_digest

        wanted = self.settings.monitor.digest
        files = write_digest(digest, self.targets, steps, Path(wanted.output), wanted.language)
        return (files.markdown, files.html, files.chart)

    def read_secret(self, key: str, file: str) -> str | None:
        """Return a secret from its file, stripped; None where none is configured."""
        if not file:
            return None
        try:
            secret = Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            problem = Problem(
                str(self.settings.directory / "monitor.toml"), key, f"cannot read {file}: {error.strerror}"
            )
            raise ConfigurationError((problem,)) from error
        if not secret:
            raise ConfigurationError(
                (Problem(str(self.settings.directory / "monitor.toml"), key, f"{file} is empty"),)
            )
        return secret
