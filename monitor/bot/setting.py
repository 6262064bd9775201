"""/settings, /zone and /quiet: a chat's clock, its quiet hours and how much it can bear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time as WallTime  # noqa: N812 - a time of day, not the module
from datetime import timedelta
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from monitor.bot.caller import Caller, caller_of
from monitor.bot.desk import ChangingDesk
from monitor.bot.keyboards import Keyboards, Labelled
from monitor.bot.phrases import say
from monitor.bot.phrases_settings import CITIES
from monitor.bot.times import parse_quiet, parse_zone, zone_names
from monitor.bot.vocabulary import fold_word
from monitor.bot.wishes import nearest_word
from monitor.domain.preferences import Preferences, QuietHours
from monitor.messages.html import escape

PREFIX = "g:"
BUTTONS_LIVE = timedelta(hours=24)
STEP = 10
NEVER = 101
"""An override severity that nothing reaches."""
CAPS = (5, 10, 20, 50, 0)
USUAL_HOURS = ((22, 7), (23, 7), (23, 8), (0, 9))
MAIN, ZONE_PAGE, QUIET_PAGE, CAP_PAGE, ZONE, QUIET, OVERRIDE, CAP = "m", "Z", "Q", "C", "z", "q", "o", "c"


class Setting(ChangingDesk):
    """Shows and changes what a chat set for itself."""

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [
            CommandHandler("settings", self.settings),
            CommandHandler("zone", self.zone),
            CommandHandler("quiet", self.quiet),
            CallbackQueryHandler(self.press, pattern=f"^{PREFIX}"),
        ]

    async def settings(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the settings with buttons to change them."""
        if caller := caller_of(update):
            await self._replies.say(caller, *self._page(caller, MAIN))

    async def zone(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Set the time zone by name; without one show buttons."""
        caller = caller_of(update)
        if caller is None:
            return
        if not caller.text:
            await self._replies.say(caller, *self._page(caller, ZONE_PAGE))
            return
        zone = parse_zone(caller.text)
        if zone is None:
            near = nearest_word(fold_word(caller.text[:100]), zone_names())
            text = say(caller.language, "unknown_zone", zone=escape(caller.text[:100]))
            if near:
                text += say(caller.language, "nearest", nearest=escape(parse_zone(near) or near))
            await self._replies.say(caller, text)
        elif await self._rights.may_change(caller):
            self._save(caller, replace(self._get(caller), zone=zone))
            await self._replies.say(caller, *self._page(caller, MAIN))

    async def quiet(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Set or end the quiet hours; without words show buttons."""
        caller = caller_of(update)
        if caller is None:
            return
        if not caller.text:
            await self._replies.say(caller, *self._page(caller, QUIET_PAGE))
            return
        try:
            hours = parse_quiet(caller.text)
        except ValueError:
            await self._replies.say(caller, say(caller.language, "bad_quiet"))
            return
        if await self._rights.may_change(caller):
            self._save(caller, replace(self._get(caller), quiet=hours))
            await self._replies.say(caller, *self._page(caller, MAIN))

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show a page, or set what a button says."""
        pressed = await self.open(update)
        if pressed is None:
            return
        query, caller, payload = pressed
        verb, _, value = payload.removeprefix(PREFIX).partition(":")
        changed = _change(self._get(caller), verb, value)
        if changed is not None:
            if not await self._rights.may_change(caller, query):
                return
            self._save(caller, changed)
        await self._replies.answer(query)
        await self._replies.edit(query, *self._page(caller, MAIN if changed is not None else verb))

    def _get(self, caller: Caller) -> Preferences:
        return self._services.preferences.get(caller.chat_id)

    def _save(self, caller: Caller, wanted: Preferences) -> None:
        self._services.preferences.save(caller.chat_id, wanted)
        self._services.audit(caller.user_id, "settings", f"chat:{caller.chat_id}", str(wanted.to_json()))

    def _page(self, caller: Caller, page: str) -> tuple[str, InlineKeyboardMarkup]:
        language = caller.language
        buttons = Keyboards(self._signer, caller.user_id, PREFIX, self._services.now() + BUTTONS_LIVE)
        if page == MAIN:
            return self._tell(caller), InlineKeyboardMarkup(_main_rows(buttons, self._get(caller), language))
        back = buttons.row((say(language, "back"), (MAIN,)))
        hint, choices = {
            ZONE_PAGE: ("choose_zone", self._zone_choices(language)),
            QUIET_PAGE: ("choose_quiet", _quiet_choices(language)),
            CAP_PAGE: ("choose_cap", _cap_choices(language)),
        }[page]
        return say(language, hint), InlineKeyboardMarkup([*buttons.in_rows(choices), back])

    def _tell(self, caller: Caller) -> str:
        language, mine = caller.language, self._get(caller)
        zone = self._services.reader_for(caller).zone
        now = self._services.now().astimezone(zone)
        name = CITIES[language].get(str(zone), str(zone))
        lines = [say(language, "settings"), say(language, "zone_is", zone=escape(name), time=f"{now:%H:%M}")]
        if mine.quiet is None:
            lines.append(say(language, "quiet_off"))
        else:
            begin, end = f"{mine.quiet.begin:%H:%M}", f"{mine.quiet.end:%H:%M}"
            lines.append(say(language, "quiet_is", begin=begin, end=end))
            key = "override_never" if mine.override_severity >= NEVER else "override_is"
            lines.append(say(language, key, severity=mine.override_severity))
        key = "cap_is" if mine.hourly_cap else "cap_none"
        lines += [say(language, key, count=mine.hourly_cap), "", say(language, "settings_hint")]
        return "\n".join(lines)

    def _zone_choices(self, language: str) -> list[Labelled]:
        now = self._services.now()
        return [
            (f"{city} ({now.astimezone(ZoneInfo(zone)):%H:%M})", (ZONE, zone))
            for zone, city in CITIES[language].items()
        ]


def _change(mine: Preferences, verb: str, value: str) -> Preferences | None:
    """Return the settings as a button wants them, None where it only shows a page."""
    if verb == ZONE:
        return replace(mine, zone=value)
    if verb == QUIET:
        return replace(mine, quiet=parse_quiet(value))
    if verb == OVERRIDE:
        return replace(mine, override_severity=int(value))
    if verb == CAP:
        return replace(mine, hourly_cap=int(value))
    return None


def _main_rows(buttons: Keyboards, mine: Preferences, language: str) -> list[Sequence[InlineKeyboardButton]]:
    severity = mine.override_severity
    at = say(
        language,
        "override_button_never" if severity >= NEVER else "override_button",
        severity=severity,
    )
    more = NEVER if severity >= 100 else min(100, severity + STEP)
    less = 100 if severity >= NEVER else max(0, severity - STEP)
    return [
        buttons.row((say(language, "zone_page"), (ZONE_PAGE,)), (say(language, "quiet_page"), (QUIET_PAGE,))),
        buttons.row(("−", (OVERRIDE, less)), (at, (MAIN,)), ("+", (OVERRIDE, more))),
        buttons.row((say(language, "cap_page"), (CAP_PAGE,))),
    ]


def _quiet_choices(language: str) -> list[Labelled]:
    hours = [QuietHours(WallTime(begin), WallTime(end)) for begin, end in USUAL_HOURS]
    choices: list[Labelled] = [
        (f"{h.begin:%H:%M}–{h.end:%H:%M}", (QUIET, f"{h.begin.hour}-{h.end.hour}")) for h in hours
    ]
    return [*choices, (say(language, "no_quiet"), (QUIET, "off"))]


def _cap_choices(language: str) -> list[Labelled]:
    return [(str(cap) if cap else say(language, "no_cap"), (CAP, cap)) for cap in CAPS]
