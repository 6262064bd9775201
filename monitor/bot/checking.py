"""/check: judges a text or an article now."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes

from monitor.bot.asking import Asking, as_address
from monitor.bot.caller import Caller, caller_of
from monitor.bot.phrases import say
from monitor.bot.replies import Replies
from monitor.bot.services import BotServices
from monitor.domain.checks import LONGEST, CheckResult, CheckTrouble
from monitor.errors import MonitorError
from monitor.messages.answer_words import tell
from monitor.messages.fates import describe, render_check, render_fate
from monitor.messages.html import escape

MOST_SHOWN = 10


class Checking(Asking):
    """Judges what analysts paste, one text a user at a time: the model has better things to do."""

    def __init__(self, services: BotServices, replies: Replies) -> None:
        super().__init__(services, replies)
        self._busy: set[int] = set()

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [CommandHandler("check", self.check)]

    async def check(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Judge the text that follows, that of the message answered to, or the article at an address."""
        caller = caller_of(update)
        if caller is None:
            return
        text = (caller.text or _answered_text(update)).strip()
        if not text:
            await self.tell(caller, "check_usage", most=LONGEST)
        elif len(text) > LONGEST:
            await self.tell(caller, "check_too_long", length=len(text), most=LONGEST)
        elif caller.user_id in self._busy:
            await self.tell(caller, "check_busy")
        else:
            self._busy.add(caller.user_id)
            try:
                await self._check(caller, text)
            finally:
                self._busy.discard(caller.user_id)

    async def _check(self, caller: Caller, text: str) -> None:
        if (address := as_address(text)) is not None:
            await self._check_address(caller, address)
            return
        now = self._services.now()
        try:
            result = await self.beside(self.questions.checker.check_text, text, caller.chat_id, now)
        except MonitorError as error:
            await self.tell(caller, "check_fetch_failed", reason=escape(str(error)))
            return
        await self._show(caller, result)

    async def _check_address(self, caller: Caller, address: str) -> None:
        """Show what is known of an article; one of a configured source is read now."""
        questions, now = self.questions, self._services.now()
        fate = await self.beside(questions.fates.explain, address, caller.chat_id, now)
        if fate is None:
            await self.tell(caller, "bad_address")
            return
        reader = self.reader(caller)
        if fate.article is not None and fate.findings:
            findings = await self.beside(questions.fates.judgements, address)
            ranked = sorted(findings, key=lambda f: (-f.assessment.severity, f.id))
            blocks = [say(caller.language, "check_stored", count=len(findings))]
            blocks += ["\n".join(describe(f.assessment, reader)) for f in ranked[:MOST_SHOWN]]
            if len(ranked) > MOST_SHOWN:
                blocks.append(tell(caller.language, "and_more", count=len(ranked) - MOST_SHOWN))
            await self._replies.say(caller, "\n\n".join(blocks))
        elif fate.article is not None or fate.source is None:
            await self._replies.say(caller, render_fate(fate, reader))
        else:
            await self.tell(caller, "check_fetching", outlet=escape(fate.source.source.outlet))
            await self._fetch(caller, fate.url)

    async def _fetch(self, caller: Caller, url: str) -> None:
        questions, now = self.questions, self._services.now()
        try:
            fetched = await questions.fetch(url)
            if fetched is None:
                await self.tell(caller, "bad_address")
                return
            checker = questions.checker
            result = await self.beside(checker.check_article, *fetched, caller.chat_id, now)
        except MonitorError as error:
            reason = escape(str(error)[:300])
            text = say(caller.language, "check_fetch_failed", reason=reason)
            await self._replies.say(caller, f"{text}\n{tell(caller.language, 'paste')}")
            return
        await self._show(caller, result)

    async def _show(self, caller: Caller, result: CheckResult) -> None:
        if result.trouble is CheckTrouble.UNREAD:
            lang = escape(result.lang or tell(caller.language, "unknown"))
            await self.tell(caller, "check_unread", lang=lang)
        elif result.trouble is not None:
            await self.tell(caller, f"check_{result.trouble}", length="?", most=LONGEST)
        else:
            await self._replies.say(caller, render_check(result, self.reader(caller)))


def _answered_text(update: Update) -> str:
    """Return the text of the message that is answered to, its picture's caption where it has none."""
    answered = update.message.reply_to_message if update.message else None
    return (answered.text or answered.caption or "") if answered else ""
