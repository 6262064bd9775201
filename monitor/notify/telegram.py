"""The Telegram notifier, on python-telegram-bot's Bot."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from telegram import Bot, LinkPreviewOptions
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

from monitor.domain.delivery import Delivery
from monitor.errors import DeliveryError, RecipientGoneError, UndeliverableError
from monitor.messages.alert import render_alert
from monitor.messages.digest import render_digest
from monitor.messages.html import escape, split_html, to_plain
from monitor.messages.reader import Reader
from monitor.notify.content import AlertContent, Attachment, AttachmentKind, Content, DigestContent
from monitor.notify.pacing import Pacer
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
Part = str | Attachment

log = structlog.get_logger(__name__)


class TelegramSink:
    """Sends deliveries to chats; recipients are chat ids as text.

    A message of several parts goes on where a failed try stopped, as long as the process lives.
    """

    def __init__(
        self,
        bot: Bot,
        chats: Chats,
        reader: Callable[[str], Reader],
        now: Callable[[], datetime],
        pacer: Pacer,
    ) -> None:
        self._bot = bot
        self._chats = chats
        self._reader = reader
        self._now = now
        self._pacer = pacer
        self._parts_sent: dict[int, int] = {}

    async def send(self, delivery: Delivery, content: Content) -> None:
        """Send one delivery, all its parts."""
        chat_id = _chat_id(delivery)
        parts = _render(content, self._reader(delivery.recipient))
        try:
            await self._send_parts(delivery.id, chat_id, parts)
        except ChatMigrated as moved:
            log.info("chat moved", old=chat_id, new=moved.new_chat_id)
            self._chats.migrate(chat_id, moved.new_chat_id)
            try:
                await self._send_parts(delivery.id, moved.new_chat_id, parts)
            except TelegramError as error:
                raise self._translate(error, delivery.id, moved.new_chat_id) from error
        except TelegramError as error:
            raise self._translate(error, delivery.id, chat_id) from error

    async def _send_parts(self, delivery_id: int, chat_id: int, parts: list[Part]) -> None:
        for index in range(self._parts_sent.get(delivery_id, 0), len(parts)):
            await self._pacer.take_turn(str(chat_id))
            await self._send_part(chat_id, parts[index])
            self._parts_sent[delivery_id] = index + 1
        self._parts_sent.pop(delivery_id, None)

    async def _send_part(self, chat_id: int, part: Part) -> None:
        if isinstance(part, Attachment):
            if part.kind is AttachmentKind.PHOTO:
                await self._bot.send_photo(chat_id, part.data, filename=part.filename)
            else:
                await self._bot.send_document(chat_id, part.data, filename=part.filename)
            return
        try:
            await self._bot.send_message(
                chat_id, part, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
            )
        except BadRequest as error:
            if "parse entities" not in error.message:
                raise
            log.warning("Telegram refused our markup, sending plain text", chat=chat_id, reason=error.message)
            await self._bot.send_message(chat_id, to_plain(part), link_preview_options=NO_PREVIEW)

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


def _chat_id(delivery: Delivery) -> int:
    try:
        return int(delivery.recipient)
    except ValueError:
        raise UndeliverableError(f"{delivery.recipient!r} is no chat id") from None


def _render(content: Content, reader: Reader) -> list[Part]:
    """Return the parts of a message: photos, then text, then documents."""
    if isinstance(content, AlertContent):
        return [*split_html(render_alert(content.number, content.alert, reader))]
    if isinstance(content, DigestContent):
        photos = [a for a in content.attachments if a.kind is AttachmentKind.PHOTO]
        documents = [a for a in content.attachments if a.kind is AttachmentKind.DOCUMENT]
        return [*photos, *split_html(render_digest(content.digest, reader)), *documents]
    return [*split_html("\n".join(escape(line) for line in content.text.splitlines()))]
