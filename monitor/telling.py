"""The half of the composition root that tells people: the bot, the outbox, and to whom alerts go."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from monitor.clock import Clock
from monitor.surroundings import Surroundings

if TYPE_CHECKING:
    from rich.console import Console
    from telegram import InlineKeyboardMarkup

    from monitor.app import App
    from monitor.bot import BotServices
    from monitor.bot.alert_buttons import AlertButtons
    from monitor.bot.application import BotApplication
    from monitor.bot.office import Health, Office
    from monitor.domain.access import Configured
    from monitor.domain.alerts import Alert
    from monitor.domain.digest import Digest, ReviewStep
    from monitor.messages.reader import Reader as MessageReader
    from monitor.notify.content import Attachment
    from monitor.notify.dispatcher import Dispatcher
    from monitor.notify.pacing import Pacer
    from monitor.pipeline.audience import Audiences
    from monitor.pipeline.digest import DigestDesk
    from monitor.web.feeds import FeedShelf
    from storage import Store

LANGUAGES = ("en", "ru")


class Telling(Surroundings):
    """Builds what tells people, from the settings, clock, store and desk of the App that it is part of."""

    clock: Clock

    if TYPE_CHECKING:

        @property
        @abstractmethod
        def store(self) -> Store:
            """The opened store."""

        @property
        @abstractmethod
        def desk(self) -> DigestDesk:
            """The digest's desk."""

        @abstractmethod
        def _write_digest(self, digest: Digest, steps: Sequence[ReviewStep]) -> Sequence[Path]:
            """Write a digest's files anew."""

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

        return Pacer(TELEGRAM_LIMITS)

    @cached_property
    def feed_shelf(self) -> FeedShelf | None:
        """What feeds are served from; None where they are not."""
        from monitor.text.lemmas import lemmas_of
        from monitor.web.feeds import FeedShelf

        base = str(self.settings.monitor.web.base_url)
        if not base:
            return None
        store, now = self.store, self.clock.now
        return FeedShelf(store.feeds, store.alerts, self._reader_of_chat, base, now, lemmas_of)

    def _reader_of_chat(self, chat_id: int) -> MessageReader:
        return self._reader_behind(str(chat_id))

    @cached_property
    def audiences(self) -> Audiences:
        """What reads to whom alerts go."""
        from monitor.pipeline.audience import Audiences
        from monitor.text.lemmas import lemmas_of

        monitor = self.settings.monitor
        return Audiences(
            chats=self.store.chats,
            preferences=self.store.preferences,
            held=self.store.held,
            zone=ZoneInfo(monitor.timezone),
            allowed_chats=monitor.telegram.allowed_chats,
            lemmas=lemmas_of,
            forwards=self.forwards,
        )

    @cached_property
    def bot_services(self) -> BotServices:
        """What the bot works with; follows the settings."""
        from monitor.answering import make_questions
        from monitor.bot import BotServices
        from monitor.pipeline.estimate import Estimator
        from monitor.text.lemmas import lemmas_of

        telegram = self.settings.monitor.telegram
        return BotServices(
            chats=self.store.chats,
            alerts=self.store.alerts,
            digests=self.desk,
            targets=self.settings.targets,
            rules={rule.id: rule for rule in self.settings.rules},
            readers=self.readers,
            now=self.clock.now,
            office=self._make_office(),
            preferences=self.store.preferences,
            drafts=self.store.drafts,
            estimate=Estimator(self.store.alerts, self.store.signals, self.clock.now, lemmas_of),
            sources=self.settings.enabled_sources,
            verdicts=self.store.verdicts,
            messages=self.store.messages,
            questions=make_questions(cast("App", self)),
            allowed_chats=frozenset(telegram.allowed_chats),
            invite_code=self.read_secret("telegram.invite_code_file", telegram.invite_code_file) or "",
            turn=self.pacer.turn,
            archive=self.store.archive,
            feeds=self.store.feeds,
            feed_address=self.feed_shelf.address if self.feed_shelf else None,
        )

    def _make_office(self) -> Office:
        from monitor.bot.office import Office

        store = self.store
        return Office(
            people=store.people,
            audit=store.audit,
            personal=store.personal,
            switches=store.switches,
            broadcasts=store.broadcasts,
            outbox=store.outbox,
            now=self.clock.now,
            configured=self._configured_roles(),
            is_open=self.settings.monitor.telegram.access == "open",
            health=self.look_at_health,
        )

    def _configured_roles(self) -> Configured:
        from monitor.domain.access import Configured

        telegram = self.settings.monitor.telegram
        return Configured.of(telegram.allowed_chats, telegram.reviewers, telegram.operators, telegram.owners)

    def look_at_health(self) -> Health:
        """Return how reading each enabled source goes, and which troubles last."""
        from monitor.bot.office import Health
        from monitor.pipeline.figures import FigureBook

        store = self.store
        standings = FigureBook(store.watching, store.notices).stand(
            self.settings.enabled_sources, store.articles.health(), self.clock.now()
        )
        return Health(standings, store.notices.open())

    def _fill(self, services: BotServices) -> None:
        """Let a running bot go by the settings as they are now."""
        from monitor.answering import make_questions

        telegram = self.settings.monitor.telegram
        services.digests = self.desk
        services.questions = make_questions(cast("App", self))
        services.office.health = self.look_at_health
        services.targets = self.settings.targets
        services.sources = self.settings.enabled_sources
        services.rules = {rule.id: rule for rule in self.settings.rules}
        services.readers = self.readers
        services.allowed_chats = frozenset(telegram.allowed_chats)
        services.office.configured = self._configured_roles()
        services.office.is_open = telegram.access == "open"

    @cached_property
    def bot_application(self) -> BotApplication | None:
        """The Telegram bot, or None where no token is configured."""
        telegram = self.settings.monitor.telegram
        token = self.read_secret("telegram.token_file", telegram.token_file)
        if token is None:
            return None
        from monitor.bot import build_application

        return build_application(token, self.bot_services, telegram.api_base)

    @cached_property
    def _alert_buttons(self) -> AlertButtons:
        from monitor.bot.alert_buttons import AlertButtons
        from monitor.bot.signing import Signer

        telegram = self.settings.monitor.telegram
        token = self.read_secret("telegram.token_file", telegram.token_file) or ""
        return AlertButtons(Signer.from_token(token), self.clock.now, self.readers)

    def make_keyboard(self, number: int, alert: Alert, chat_id: int, language: str) -> InlineKeyboardMarkup:
        """Return the buttons under an alert, bound to the chat in which it is shown."""
        return self._alert_buttons.make(number, alert, chat_id, language)

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
            keyboard=lambda content, place, reader: self.make_keyboard(
                content.number, content.alert, place.chat_id, reader.language
            ),
            translate=self.translator.translate if self.translator else None,
            forwards=self.forwards,
            reader_in=lambda language: self.readers[language],
            is_overtaken=lambda delivery: self.store.outbox.is_overtaken(delivery, self.clock.now()),
        )
        store = self.store
        loader = ContentLoader(
            store.alerts,
            store.digests,
            store.held,
            store.messages,
            self._attach,
            store.broadcasts,
            store.signals,
        )
        return Dispatcher(self.store.outbox, make_sinks(parts), loader, self.clock.now)

    def _reader_behind(self, recipient: str) -> MessageReader:
        """Return the language and the clock of a chat; the console reads English by the operator's clock."""
        chat = recipient.partition("/")[0]
        if not chat.lstrip("-").isdigit():
            return self.readers["en"]
        reader = self.readers.get(self.store.chats.language(int(chat)), self.readers["en"])
        zone = self.store.preferences.get(int(chat)).zone
        return replace(reader, zone=ZoneInfo(zone)) if zone else reader

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
