"""The composition root: the only place that builds everything from settings."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog

from monitor.clock import Clock, SystemClock
from monitor.domain.actors import Person, Target
from monitor.errors import ConfigurationError, Problem
from monitor.settings import Settings
from monitor.workers import Run, run_in_thread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from monitor.bot import BotServices
    from monitor.bot.application import BotApplication
    from monitor.classify.registry import ModelRegistry
    from monitor.collect import HttpCollector
    from monitor.domain.digest import Digest, ReviewStep
    from monitor.messages.reader import Reader as MessageReader
    from monitor.notify.content import Attachment
    from monitor.notify.dispatcher import Dispatcher
    from monitor.notify.pacing import Pacer
    from monitor.pipeline.digest import DigestDesk
    from monitor.pipeline.ports import Classifier
    from monitor.pipeline.reading import Reader
    from storage import Store

LANGUAGES = ("en", "ru")
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
class App:
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

    @cached_property
    def readers(self) -> dict[str, MessageReader]:
        """For whom messages are written, by interface language."""
        from monitor.messages.reader import Reader as MessageReader

        zone = ZoneInfo(self.settings.monitor.timezone)
        return {
            language: MessageReader.of(language, zone, self.settings.targets, self.settings.speakers)
            for language in LANGUAGES
        }

    @cached_property
    def pacer(self) -> Pacer:
        """The turns of the bot's account, shared by alerts and the bot's own replies."""
        from monitor.notify.pacing import TELEGRAM_LIMITS, Pacer

        return Pacer(TELEGRAM_LIMITS, self.clock.now)

    @cached_property
    def bot_services(self) -> BotServices:
        """What the bot works with; follows the settings."""
        from monitor.bot import BotServices

        telegram = self.settings.monitor.telegram
        return BotServices(
            chats=self.store.chats,
            alerts=self.store.alerts,
            digests=self.desk,
            targets=self.settings.targets,
            rules={rule.id: rule for rule in self.settings.rules},
            readers=self.readers,
            now=self.clock.now,
            allowed_chats=frozenset(telegram.allowed_chats),
            reviewers=frozenset(telegram.reviewers),
            invite_code=self._read_secret("telegram.invite_code_file", telegram.invite_code_file) or "",
            take_turn=self.pacer.take_turn,
        )

    def _fill(self, services: BotServices) -> None:
        """Let a running bot go by the settings as they are now."""
        telegram = self.settings.monitor.telegram
        services.digests = self.desk
        services.targets = self.settings.targets
        services.rules = {rule.id: rule for rule in self.settings.rules}
        services.readers = self.readers
        services.allowed_chats = frozenset(telegram.allowed_chats)
        services.reviewers = frozenset(telegram.reviewers)

    @cached_property
    def bot_application(self) -> BotApplication | None:
        """The Telegram bot, or None where no token is configured."""
        telegram = self.settings.monitor.telegram
        token = self._read_secret("telegram.token_file", telegram.token_file)
        if token is None:
            return None
        from monitor.bot import build_application

        return build_application(token, self.bot_services, telegram.api_base)

    def make_dispatcher(self, console: Console | None) -> Dispatcher:
        """Return what empties the outbox: to the console if one is given, to Telegram if there is a bot."""
        from monitor.notify.content import ContentLoader
        from monitor.notify.dispatcher import Dispatcher
        from monitor.notify.registry import SinkParts, make_sinks

        application = self.bot_application
        parts = SinkParts(
            now=self.clock.now,
            reader=self._reader_behind,
            chats=self.store.chats,
            console=console,
            bot=application.bot if application else None,
            pacer=self.pacer,
        )
        loader = ContentLoader(self.store.alerts, self.store.digests, self._attach)
        return Dispatcher(self.store.outbox, make_sinks(parts), loader, self.clock.now)

    def _reader_behind(self, recipient: str) -> MessageReader:
        """Return the language that a chat's owner uses; the console reads English."""
        language = self.store.chats.language(int(recipient)) if recipient.lstrip("-").isdigit() else "en"
        return self.readers.get(language, self.readers["en"])

    def _attach(self, digest: Digest) -> Sequence[Attachment]:
        """Return a published digest's chart and page as files for a message, written anew if gone."""
        from monitor.digest.render import published_files
        from monitor.notify.content import Attachment, AttachmentKind

        files = published_files(digest, Path(self.settings.monitor.digest.output))
        if not (files.html.exists() and files.chart.exists()):
            self._write_digest(digest, self.store.digests.steps(digest.week))
        return (
            Attachment(AttachmentKind.PHOTO, files.chart.name, files.chart.read_bytes()),
            Attachment(AttachmentKind.DOCUMENT, files.html.name, files.html.read_bytes()),
        )

    def _read_secret(self, key: str, file: str) -> str | None:
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
