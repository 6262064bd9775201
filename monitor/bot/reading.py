"""/latest and /why."""

from __future__ import annotations

import structlog
from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, MessageHandler, filters

from monitor.bot.asking import Asking
from monitor.bot.caller import Caller, caller_of
from monitor.bot.phrases import say
from monitor.bot.subscribing import explain_misread
from monitor.bot.vocabulary import inflect_targets
from monitor.bot.wishes import MisreadError, parse_latest, parse_number
from monitor.domain.statement import Finding
from monitor.errors import MonitorError
from monitor.messages.alert import render_explanation, render_latest
from monitor.messages.answers import render_ground

USUAL = 5
MOST = 20
WHY_LINK = r"^/why_(\d{1,15})(@\w+)?$"

log = structlog.get_logger(__name__)


class Reading(Asking):
    """Shows alerts and what they rest on."""

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group; alerts carry /why_12, which people can tap."""
        return [
            CommandHandler("latest", self.latest),
            CommandHandler("why", self.why),
            MessageHandler(filters.Regex(WHY_LINK), self.why_tapped),
        ]

    async def latest(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the newest alerts, of some targets if they are named."""
        caller = caller_of(update)
        if caller is None:
            return
        try:
            names = inflect_targets(self._services.targets)
            targets, count = parse_latest(caller.text, names, USUAL, MOST)
        except MisreadError as error:
            await self._replies.say(caller, explain_misread(error, caller.language))
            return
        rows = self._services.alerts.latest(count, targets or None)
        text = render_latest(rows, self._services.reader_for(caller))
        await self._replies.say(caller, text or say(caller.language, "no_alerts"))

    async def why(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the evidence for the alert whose number follows."""
        if caller := caller_of(update):
            await self._explain(caller, parse_number(caller.text))

    async def why_tapped(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the evidence for the alert whose number is part of the command."""
        caller = caller_of(update)
        if caller and update.message:
            await self._explain(caller, parse_number(update.message.text or ""))

    async def _explain(self, caller: Caller, number: int | None) -> None:
        alert = self._services.alerts.by_number(number) if number is not None else None
        if number is None:
            text = say(caller.language, "why_usage")
        elif alert is None:
            text = say(caller.language, "no_such_alert", number=number)
        else:
            rule = self._services.rules.get(alert.rule_id)
            text = render_explanation(number, alert, rule, self.reader(caller))
        await self._replies.say(caller, text)
        if alert is not None:
            await self.show_ground(caller, alert.finding)

    async def show_ground(self, caller: Caller, finding: Finding) -> None:
        """Show which words moved a judgement, and its dyad over the weeks before.

        The model works on it while the evidence is read, and what the picture needs may take seconds.
        """
        assessment, reader = finding.assessment, self.reader(caller)
        try:
            ground = await self.beside(self.questions.ground, assessment)
        except MonitorError as error:
            log.warning("judgement not explained", reason=str(error))
            await self.tell(caller, "why_no_words")
            return
        await self._replies.say(caller, render_ground(ground, assessment, reader))
        if picture := await self.beside(self.questions.dyad, finding, reader):
            await self._replies.show(caller, picture, "")
