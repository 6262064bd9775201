"""The Telegram notifier, on python-telegram-bot's Bot."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from monitor.domain.alerts import AlertKind
from monitor.domain.delivery import Delivery, Place, SentMessage
from monitor.errors import DeliveryError, OvertakenError, RecipientGoneError, UndeliverableError
from monitor.messages.html import to_plain
from monitor.messages.reader import Reader
from monitor.notify.content import AlertContent, Attachment, AttachmentKind, Content, UpdateContent
from monitor.notify.pacing import Pacer
from monitor.notify.parts import Part, render_parts
from monitor.pipeline.ports import Chats

# python-telegram-bot's own way to ask for timedeltas; without it every 429 warns of deprecation.
os.environ.setdefault("PTB_TIMEDELTA", "true")

GONE = (
    "chat not found",
    "user is deactivated",
    "group chat was deactivated",
    "bot was kicked",
    "peer_id_invalid",
    "chat_write_forbidden",
    "not enough rights to send",
    "have no rights to send",
)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
UNCHANGEABLE = ("message to edit not found", "message can't be edited", "message_id_invalid")
"""People deleted it, or it is too old: nothing is lost, they had the alert."""
Translate = Callable[[str, str, str], Awaitable[str | None]]
"""Returns a text in another language, given its own and the other; None where there is no translation."""
MakeKeyboard = Callable[[AlertContent, Place, Reader], InlineKeyboardMarkup | None]

log = structlog.get_logger(__name__)


class TelegramSink:
    """Sends deliveries to chats and forum topics; recipients are places as text.

    A message of several parts goes on where a failed try stopped, as long as the process lives.
    """

    def __init__(
        self,
        bot: Bot,
        chats: Chats,
        reader: Callable[[str], Reader],
        now: Callable[[], datetime],
        pacer: Pacer,
        *,
        keyboard: MakeKeyboard = lambda _content, _place, _reader: None,
        is_overtaken: Callable[[Delivery], bool] = lambda _: False,
        translate: Translate | None = None,
    ) -> None:
        self._bot = bot
        self._chats = chats
        self._reader = reader
        self._now = now
        self._pacer = pacer
        self._keyboard = keyboard
        self._is_overtaken = is_overtaken
        self._translate_text = translate
        self._parts_sent: dict[int, int] = {}

    async def send(self, delivery: Delivery, content: Content) -> Sequence[SentMessage]:
        """Send one delivery, all its parts; between two of them something more urgent may go first."""
        place = _place(delivery)
        try:
            return await self._send(delivery, content, place)
        except ChatMigrated as moved:
            log.info("chat moved", old=place.chat_id, new=moved.new_chat_id)
            self._chats.migrate(place.chat_id, moved.new_chat_id)
            place = Place(moved.new_chat_id, place.thread_id)
            try:
                return await self._send(delivery, content, place)
            except TelegramError as error:
                raise self._translate(error, delivery.id, place.chat_id) from error
        except TelegramError as error:
            raise self._translate(error, delivery.id, place.chat_id) from error

    async def _send(self, delivery: Delivery, content: Content, place: Place) -> Sequence[SentMessage]:
        reader = self._reader(str(place.chat_id))
        if isinstance(content, UpdateContent):
            return await self._bring_up_to_date(content, place, reader)
        if isinstance(content, AlertContent):
            content = await self._add_translation(content, reader)
        parts = render_parts(content, reader)
        keyboard = self._keyboard(content, place, reader) if isinstance(content, AlertContent) else None
        for index in range(self._parts_sent.get(delivery.id, 0), len(parts)):
            if index and self._is_overtaken(delivery):
                raise OvertakenError(f"chat {place.chat_id}: something more urgent goes first")
            last = index == len(parts) - 1
            async with self._pacer.turn(str(place.chat_id)):
                message = await self._send_part(place, parts[index], keyboard if last else None)
            self._parts_sent[delivery.id] = index + 1
        self._parts_sent.pop(delivery.id, None)
        if isinstance(content, AlertContent) and len(parts) == 1:
            outlets = len(set(content.alert.finding.outlets))
            shown = (delivery.id, content.alert.key, str(place), message.message_id, outlets)
            return [SentMessage(*shown, self._now())]
        return ()

    async def _add_translation(self, content: AlertContent, reader: Reader) -> AlertContent:
        statement = content.alert.finding.assessment.statement
        if self._translate_text is None or content.alert.kind is not AlertKind.STATEMENT:
            return content
        translated = await self._translate_text(statement.text, statement.lang, reader.language)
        return replace(content, translation=translated or "")

    async def _send_part(self, place: Place, part: Part, keyboard: InlineKeyboardMarkup | None) -> Message:
        where = (place.chat_id,)
        thread = place.thread_id or None
        if isinstance(part, Attachment):
            if part.kind is AttachmentKind.PHOTO:
                return await self._bot.send_photo(
                    *where, part.data, filename=part.filename, message_thread_id=thread
                )
            return await self._bot.send_document(
                *where, part.data, filename=part.filename, message_thread_id=thread
            )

        async def send(text: str, mode: str | None) -> Message:
            return await self._bot.send_message(
                *where,
                text,
                parse_mode=mode,
                message_thread_id=thread,
                link_preview_options=NO_PREVIEW,
                reply_markup=keyboard,
            )

        try:
            return await send(part, ParseMode.HTML)
        except BadRequest as error:
            if "parse entities" not in error.message:
                raise
            log.warning(
                "Telegram refused our markup, sending plain text", chat=place.chat_id, reason=error.message
            )
            return await send(to_plain(part), None)

    async def _bring_up_to_date(
        self, content: UpdateContent, place: Place, reader: Reader
    ) -> Sequence[SentMessage]:
        """Show an alert's outlets of today in the messages that show it; people are not disturbed."""
        shown = await self._add_translation(content.shown, reader)
        (text, *_) = render_parts(shown, reader)
        if isinstance(text, Attachment):
            raise UndeliverableError("an alert without text cannot be brought up to date")
        keyboard = self._keyboard(shown, place, reader)
        for message in content.messages:
            try:
                async with self._pacer.turn(str(place.chat_id)):
                    await self._bot.edit_message_text(
                        text,
                        chat_id=place.chat_id,
                        message_id=message.message_id,
                        parse_mode=ParseMode.HTML,
                        link_preview_options=NO_PREVIEW,
                        reply_markup=keyboard,
                    )
            except BadRequest as error:
                reason = error.message.lower()
                if not any(known in reason for known in ("not modified", *UNCHANGEABLE)):
                    raise
        outlets = len(set(shown.alert.finding.outlets))
        return [replace(message, recipient=str(place), outlets=outlets) for message in content.messages]

    def _translate(self, error: TelegramError, delivery_id: int, chat_id: int) -> DeliveryError:
        """Turn Telegram's error into ours; a chat that is gone is disabled."""
        if isinstance(error, RetryAfter):
            seconds = seconds_to_wait(error)
            return DeliveryError(f"chat {chat_id}: Telegram asks to wait {seconds:g} s", retry_after=seconds)
        if isinstance(error, BadRequest | Forbidden):
            self._parts_sent.pop(delivery_id, None)
            if not is_gone(error):
                return UndeliverableError(f"chat {chat_id}: Telegram refused the message: {error.message}")
            self._chats.disable(chat_id, error.message, self._now())
            return RecipientGoneError(f"chat {chat_id}: {error.message}")
        if isinstance(error, InvalidToken):
            return DeliveryError("Telegram does not accept the bot's token; put a valid one into its file")
        hint = "; the message may have arrived" if isinstance(error, TimedOut) else ""
        return DeliveryError(f"chat {chat_id}: {type(error).__name__}: {error.message}{hint}")


def is_gone(error: TelegramError) -> bool:
    """Whether the error says that the chat will never take a message again."""
    if isinstance(error, Forbidden):
        return True
    return isinstance(error, BadRequest) and any(reason in error.message.lower() for reason in GONE)


def seconds_to_wait(error: RetryAfter) -> float:
    """Return how long a 429 asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _place(delivery: Delivery) -> Place:
    try:
        return Place.parse(delivery.recipient)
    except ValueError:
        raise UndeliverableError(f"{delivery.recipient!r} is no chat id") from None
