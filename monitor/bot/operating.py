"""/pause, /resume, /reload and /health: running the service from a chat."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes

from monitor.bot.caller import Caller, caller_of
from monitor.bot.phrases import say
from monitor.bot.replies import Replies
from monitor.bot.services import BotServices
from monitor.domain.access import actor_of
from monitor.domain.reloading import Reloaded
from monitor.domain.switches import COLLECTION, Pause
from monitor.messages.health import render_health
from monitor.messages.html import escape

LONGEST_PAUSE = timedelta(days=30)
SHOWN_SOURCES = 40
EVERYTHING = frozenset({"all", "все", "всё"})


class Operating:
    """Pauses and resumes collection, reloads the configuration, and tells how reading goes."""

    def __init__(self, services: BotServices, replies: Replies) -> None:
        self._services = services
        self._replies = replies

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [
            CommandHandler("pause", self.pause),
            CommandHandler("resume", self.resume),
            CommandHandler("reload", self.reload),
            CommandHandler("health", self.health),
        ]

    async def pause(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Begin no visits for some minutes, or until somebody resumes."""
        caller = caller_of(update)
        if caller is None:
            return
        try:
            span = parse_minutes(caller.text)
        except ValueError:
            await self._replies.say(caller, say(caller.language, "pause_usage"))
            return
        now = self._services.now()
        until = now + span if span else None
        self._services.office.switches.pause(Pause(actor_of(caller.user_id), now, until))
        detail = f"until {until:%Y-%m-%d %H:%M} UTC" if until else ""
        self._services.audit(caller.user_id, "pause", COLLECTION, detail)
        key, moment = "paused", ""
        if until:
            key, moment = "paused_until", self._services.reader_for(caller).moment(until)
        await self._replies.say(caller, say(caller.language, key, until=moment))

    async def resume(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Let visits begin again."""
        caller = caller_of(update)
        if caller is None:
            return
        now = self._services.now()
        there = self._services.office.switches.resume()
        if there is None or not there.holds(now):
            await self._replies.say(caller, say(caller.language, "not_paused"))
            return
        self._services.audit(caller.user_id, "resume", COLLECTION)
        await self._replies.say(caller, say(caller.language, "resumed"))

    async def reload(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Read the configuration again, and tell what changed or why it is refused."""
        caller = caller_of(update)
        if caller is None:
            return
        reload = self._services.office.reload
        if reload is None:
            await self._replies.say(caller, say(caller.language, "no_service"))
            return
        outcome = await reload()
        detail = outcome.changes if outcome.taken else "refused"
        self._services.audit(caller.user_id, "reload", "configuration", detail)
        await self._replies.say(caller, tell_reloaded(outcome, caller.language))

    async def health(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the troubles that last and how reading each source goes, those in trouble first."""
        caller = caller_of(update)
        if caller is None:
            return
        look = self._services.office.health
        if look is None:
            await self._replies.say(caller, say(caller.language, "no_service"))
            return
        found = await asyncio.to_thread(look)
        most = None if caller.text.strip().casefold() in EVERYTHING else SHOWN_SOURCES
        reader, now = self._services.reader_for(caller), self._services.now()
        text = render_health(found.standings, found.troubles, reader, now, most)
        if paused := describe_pause(self._services, caller):
            text = f"{paused}\n\n{text}"
        await self._replies.say(caller, text)


def describe_pause(services: BotServices, caller: Caller) -> str:
    """Return that collection is paused, since when and by whom, as HTML; empty where it is not."""
    pause = services.office.switches.paused(services.now())
    if pause is None:
        return ""
    reader = services.reader_for(caller)
    by = escape(services.office.names().get(pause.by, pause.by))
    if pause.until is None:
        return say(caller.language, "status_paused", since=reader.moment(pause.since), by=by)
    until = reader.moment(pause.until)
    return say(caller.language, "status_paused_until", since=reader.moment(pause.since), until=until, by=by)


def parse_minutes(text: str) -> timedelta | None:
    """Read a number of minutes, None where nothing stands; raises ValueError for anything else."""
    word = text.strip()
    if not word:
        return None
    if not word.isascii() or not word.isdecimal() or len(word) > 6:
        raise ValueError(f"not minutes: {word!r}")
    span = timedelta(minutes=int(word))
    if not timedelta(0) < span <= LONGEST_PAUSE:
        raise ValueError(f"not between a minute and {LONGEST_PAUSE.days} days: {word!r}")
    return span


def tell_reloaded(outcome: Reloaded, language: str) -> str:
    """Return what came of reading the configuration again, as HTML."""
    if outcome.problems:
        problems = "\n".join(f"• {escape(problem)}" for problem in outcome.problems)
        return f"{say(language, 'reload_refused')}\n{problems}"
    if not outcome.taken:
        return say(language, "reload_later")
    text = say(language, "reloaded_same")
    if outcome.changes:
        text = say(language, "reloaded", changes=escape(outcome.changes))
    if outcome.restart:
        text += say(language, "reload_restart", keys=escape(", ".join(outcome.restart)))
    return text
