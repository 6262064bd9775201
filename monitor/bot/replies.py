"""Answering in a chat: paced, split, and never failing for what Telegram does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from telegram import Bot, CallbackQuery, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from monitor.bot.caller import Caller
from monitor.bot.services import BotServices
from monitor.errors import DeliveryError
from monitor.messages.html import CAPTION_LIMIT, split_html, to_plain, utf16_length

PATIENCE = timedelta(seconds=60)
LONGEST_TOAST = 200
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

log = structlog.get_logger(__name__)
Sleep = Callable[[float], Awaitable[None]]


class Replies:
    """Writes to chats on behalf of the command handlers."""

    def __init__(self, bot: Bot, services: BotServices, sleep: Sleep = asyncio.sleep) -> None:
        self._bot = bot
        self._services = services
        self._sleep = sleep

    async def say(self, to: Caller | int, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Send HTML, split where it is long, the keyboard under its last part.

        It goes to a chat, or to where somebody asked: in a forum into the same topic."""
        chat_id, thread_id = (to.chat_id, to.thread_id) if isinstance(to, Caller) else (to, 0)
        parts = split_html(text)
        for index, part in enumerate(parts):
            last = index == len(parts) - 1
            message = _Message(self._bot, part, keyboard if last else None, thread_id)
            if not await self._attempt(chat_id, message):
                return

    async def send_file(self, to: Caller, filename: str, data: bytes, caption: str) -> bool:
        """Send a document with a few words; returns whether it went."""

        async def send(chat_id: int, part: str, mode: str | None) -> None:
            await self._bot.send_document(
                chat_id,
                data,
                filename=filename,
                caption=part,
                parse_mode=mode,
                message_thread_id=to.thread_id or None,
            )

        return await self._attempt(to.chat_id, _Edit(send, caption))

    async def show(self, to: Caller, picture: bytes, text: str) -> None:
        """Send a picture with its text below; one too long for a caption follows by itself."""
        fits = utf16_length(to_plain(text)) <= CAPTION_LIMIT

        async def send(chat_id: int, part: str, mode: str | None) -> None:
            await self._bot.send_photo(
                chat_id,
                picture,
                caption=part or None,
                parse_mode=mode,
                message_thread_id=to.thread_id or None,
            )

        if await self._attempt(to.chat_id, _Edit(send, text if fits else "")) and not fits:
            await self.say(to, text)

    async def edit(
        self, query: CallbackQuery, text: str, keyboard: InlineKeyboardMarkup | None = None
    ) -> None:
        """Show other text and buttons in the message that a button belongs to."""

        async def send(_chat_id: int, part: str, mode: str | None) -> None:
            await query.edit_message_text(
                part, parse_mode=mode, reply_markup=keyboard, link_preview_options=NO_PREVIEW
            )

        if query.message is not None:
            await self._attempt(query.message.chat.id, _Edit(send, split_html(text)[0]))

    async def edit_buttons(self, query: CallbackQuery, keyboard: InlineKeyboardMarkup) -> None:
        """Show other buttons under the same text."""

        async def send(_chat_id: int, _part: str, _mode: str | None) -> None:
            await query.edit_message_reply_markup(keyboard)

        if query.message is not None:
            await self._attempt(query.message.chat.id, _Edit(send, ""))

    async def answer(self, query: CallbackQuery, text: str = "", *, alert: bool = False) -> None:
        """Acknowledge a button, with a short word for whoever pressed it."""
        try:
            await query.answer(text[:LONGEST_TOAST] or None, show_alert=alert)
        except TelegramError as error:
            log.info("button not acknowledged", reason=error.message)

    async def _attempt(self, chat_id: int, message: _Message | _Edit) -> bool:
        """Send once, and once more where Telegram says how; returns whether it went."""
        try:
            try:
                await self._send(chat_id, message)
            except RetryAfter as error:
                await self._wait_as_asked(error)
                await self._send(chat_id, message)
            except ChatMigrated as moved:
                self._services.chats.migrate(chat_id, moved.new_chat_id)
                await self._send(moved.new_chat_id, message)
        except Forbidden as error:
            self._services.chats.disable(chat_id, error.message, self._services.now())
            log.info("chat disabled", chat=chat_id, reason=error.message)
        except BadRequest as error:
            if "not modified" in error.message.lower():
                return True
            log.warning("reply refused", chat=chat_id, reason=error.message)
        except (TelegramError, DeliveryError) as error:
            log.warning("reply not sent", chat=chat_id, reason=f"{type(error).__name__}: {error}")
        else:
            return True
        return False

    async def _send(self, chat_id: int, message: _Message | _Edit) -> None:
        async with self._services.turn(str(chat_id), PATIENCE):
            await message.send(chat_id)

    async def _wait_as_asked(self, error: RetryAfter) -> None:
        """Wait exactly as long as a 429 asks, unless nobody would wait so long for a reply."""
        seconds = seconds_asked(error)
        if seconds > PATIENCE.total_seconds():
            raise error
        await self._sleep(seconds)


def seconds_asked(error: RetryAfter) -> float:
    """Return how long a 429 asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


class _Edit:
    """One change of a message, as markup or, where that is refused, as plain text."""

    def __init__(self, send: Callable[[int, str, str | None], Awaitable[None]], text: str) -> None:
        self._send = send
        self._text = text

    async def send(self, chat_id: int) -> None:
        try:
            await self._send(chat_id, self._text, ParseMode.HTML)
        except BadRequest as error:
            if "parse entities" not in error.message:
                raise
            log.warning("Telegram refused our markup, sending plain text", reason=error.message)
            await self._send(chat_id, to_plain(self._text), None)


class _Message(_Edit):
    """One new message."""

    def __init__(self, bot: Bot, text: str, keyboard: InlineKeyboardMarkup | None, thread_id: int) -> None:
        async def send(chat_id: int, part: str, mode: str | None) -> None:
            await bot.send_message(
                chat_id,
                part,
                parse_mode=mode,
                reply_markup=keyboard,
                link_preview_options=NO_PREVIEW,
                message_thread_id=thread_id or None,
            )

        super().__init__(send, text)
