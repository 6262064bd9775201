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
from monitor.settings import Settings
from monitor.telling import Telling
from monitor.workers import Run, run_in_thread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.classify.registry import ModelRegistry
    from monitor.collect import HttpCollector
    from monitor.domain.digest import Digest, ReviewStep
    from monitor.pipeline.digest import DigestDesk
    from monitor.pipeline.ports import Classifier
    from monitor.pipeline.reading import Reader
    from storage import Store

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
QUIET_LOGGERS = (
    "alembic",
    "pymorphy3",
    "httpx",
    "httpcore",
    "telegram",
    "telegram.ext",
    "apscheduler",
    "trafilatura",
    "htmldate",
)


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
        # Asked each time: stderr may be another one by then, or closed.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


SHARED = frozenset({"store", "registry", "classifier", "pacer", "bot_services", "bot_application"})
"""The parts of an App that outlive a change of its settings."""


@dataclass(eq=False)
class App(Telling):
    """Everything built from one Settings, each part when it is first needed.

    `adopt` brings other settings in while the program runs: what stands in SHARED stays, everything
    else is built anew.
    """

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

    @property
    def has_store(self) -> bool:
        """Whether there is a store already; looking into a new one would make it."""
        from storage.engine import database_exists

        return database_exists(self.settings.monitor.store.url)

    @cached_property
    def registry(self) -> ModelRegistry:
        """The promoted models."""
        from monitor.classify.registry import ModelRegistry

        return ModelRegistry(Path(self.settings.monitor.classify.registry))

    @cached_property
    def classifier(self) -> Classifier:
        """The model in use."""
        from monitor.classify import load_classifier

        classify = self.settings.monitor.classify
        folder = Path(classify.model) if classify.model else self.registry.current()
        return load_classifier(folder, workers=classify.workers)

    @cached_property
    def reader(self) -> Reader:
        """The understanding half: model, mention finder, attributor."""
        return self._make_reader(self.classifier)

    def _make_reader(self, classifier: Classifier, like: App | None = None) -> Reader:
        """Return a reader; what another app's reader has for the same settings is taken from it."""
        from monitor.pipeline.reading import Reader
        from monitor.text.attribution import Attributor
        from monitor.text.mentions import MentionFinder

        settings = self.settings
        same_targets = like is not None and like.settings.targets == settings.targets
        same_speakers = same_targets and like is not None and like.settings.speakers == settings.speakers
        return Reader(
            classifier=classifier,
            finder=like.reader.finder if like and same_targets else MentionFinder(settings.targets),
            attributor=like.reader.attributor
            if like and same_speakers
            else Attributor(settings.speakers, settings.targets),
            targets=self.targets,
            persons=self.persons,
            weights=settings.monitor.weights.build(),
        )

    def prepare(self, settings: Settings, classifier: Classifier | None = None) -> App:
        """Return an app over other settings that shares store, bot and, unless one is given, the model.

        Takes a second where targets or speakers changed, so call it beside the event loop.
        """
        made = App(settings, self.clock)
        made.__dict__.update({name: part for name, part in self.__dict__.items() if name in SHARED})
        made.__dict__["reader"] = made._make_reader(classifier or self.reader.classifier, like=self)
        return made

    def adopt(self, prepared: App) -> None:
        """Go on under the settings of an app that `prepare` returned."""
        self.settings = prepared.settings
        self.__dict__["reader"] = prepared.reader
        for name in self.__dict__.keys() - SHARED - {"settings", "clock", "reader"}:
            del self.__dict__[name]
        if services := self.__dict__.get("bot_services"):
            self._fill(services)

    def make_collector(self, run: Run = run_in_thread) -> HttpCollector:
        """Return a new collector, which parses fronts where `run` says; the caller closes it."""
        from monitor.collect import HttpCollector

        return HttpCollector(self.settings.monitor.collect, self.clock.now, run=run)

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
