"""/export and /import: a chat's subscriptions and settings as a file."""

from __future__ import annotations

import structlog
from telegram import Bot, Document, Message, Update
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, MessageHandler, filters

from monitor.bot.caller import Caller, caller_of
from monitor.bot.parts import list_options
from monitor.bot.phrases import say
from monitor.bot.replies import Replies
from monitor.bot.rights import Rights
from monitor.bot.services import BotServices
from monitor.domain.portable import (
    LARGEST,
    DocumentError,
    Flaw,
    Portable,
    Wrong,
    read_document,
    write_document,
)
from monitor.domain.subscriptions import MOST_SUBSCRIPTIONS, TooManySubscriptionsError
from monitor.messages.html import escape

FILE = "subscriptions.json"
MOST_FLAWS = 20
CHECKED = ("targets", "blocs", "sources", "languages")
TOO_LONG = " " * (LARGEST + 1)
CAPTION = r"^/import(@\w+)?\s*$"

log = structlog.get_logger(__name__)


class Porting:
    """Gives out all that a chat chose, and takes it in again, wholly or not at all."""

    def __init__(self, bot: Bot, services: BotServices, replies: Replies, rights: Rights) -> None:
        self._bot = bot
        self._services = services
        self._replies = replies
        self._rights = rights

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group; a file may carry the command as its caption."""
        return [
            CommandHandler("export", self.export_chat),
            CommandHandler("import", self.import_chat),
            MessageHandler(filters.Document.ALL & filters.CaptionRegex(CAPTION), self.import_chat),
        ]

    async def export_chat(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Send the chat's subscriptions and settings as a file."""
        caller = caller_of(update)
        if caller is None:
            return
        mine = self._services.chats.subscriptions(caller.chat_id)
        text = write_document(caller.chat_id, mine, self._services.preferences.get(caller.chat_id))
        await self._replies.send_file(caller, FILE, text.encode(), say(caller.language, "exported"))

    async def import_chat(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Take in a file that was sent or answered, or what stands after the command."""
        caller = caller_of(update)
        if caller is None or update.message is None or not await self._rights.may_change(caller):
            return
        await self._replies.say(caller, await self._import(caller, update.message))

    async def _import(self, caller: Caller, message: Message) -> str:
        """Take in what a message brings and return what came of it, as HTML."""
        language = caller.language
        document = message.document or (message.reply_to_message and message.reply_to_message.document)
        if document is None and not caller.text:
            return say(language, "import_usage")
        try:
            text = await self._fetch(document) if document else caller.text
            if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
                return say(language, "import_large")
            wanted = read_document(text, caller.chat_id, caller.thread_id, self._known(language))
            return self._take_in(caller, wanted)
        except DocumentError as error:
            return _tell_flaws(error, language)
        except TooManySubscriptionsError:
            return say(language, "too_many", most=MOST_SUBSCRIPTIONS)
        except TelegramError as error:
            log.info("file not read", reason=error.message)
            return say(language, "import_unread")

    def _known(self, language: str) -> dict[str, set[str]]:
        return {part: {o.value for o in list_options(part, self._services, language)} for part in CHECKED}

    def _take_in(self, caller: Caller, wanted: Portable) -> str:
        chats, now = self._services.chats, self._services.now()
        added = chats.take_in(caller.chat_id, wanted.subscriptions, wanted.settings, now)
        self._services.audit(caller.user_id, "import", f"chat:{caller.chat_id}", f"{added} added")
        key = "imported_without" if wanted.settings is None else "imported"
        return say(caller.language, key, added=added, count=len(wanted.subscriptions))

    async def _fetch(self, document: Document) -> str:
        """Return a file's text, of one that says itself that it is too large as much too long a text."""
        if (document.file_size or 0) > LARGEST:
            return TOO_LONG
        file = await self._bot.get_file(document.file_id)
        if (file.file_size or 0) > LARGEST:
            return TOO_LONG
        return bytes(await file.download_as_bytearray()).decode("utf-8-sig", "replace")


def _tell_flaws(error: DocumentError, language: str) -> str:
    lines = [_tell_flaw(flaw, language) for flaw in error.flaws[:MOST_FLAWS]]
    if len(error.flaws) > MOST_FLAWS:
        lines.append(say(language, "import_more", count=len(error.flaws) - MOST_FLAWS))
    return "\n".join([say(language, "import_wrong"), *lines])


def _tell_flaw(flaw: Flaw, language: str) -> str:
    facts = {key: escape(str(value)) for key, value in flaw.facts.items()}
    text = say(language, flaw.wrong, **facts)
    if flaw.known and flaw.wrong in (Wrong.KEY, Wrong.VALUE):
        text += "; " + say(language, "wrong_known", known=escape(", ".join(flaw.known)))
    return f"<code>{escape(flaw.path)}</code>: {text}" if flaw.path else text
