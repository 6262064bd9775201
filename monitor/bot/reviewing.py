"""/digest: the week's draft with buttons for its reviewers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import structlog
from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from monitor.bot.caller import Caller, caller_of
from monitor.bot.desk import Desk
from monitor.bot.phrases import say
from monitor.bot.signing import pack_moment, unpack_moment
from monitor.domain.access import Role, actor_of
from monitor.domain.digest import Digest, DigestEntry, DigestState
from monitor.domain.stance import Stance
from monitor.errors import MonitorError
from monitor.messages.digest import digest_title, render_digest, render_entry
from monitor.messages.html import escape
from monitor.messages.words import STANCES

PREFIX = "d:"
BUTTONS_LIVE = timedelta(hours=12)
SHOW, DROP, RESTORE, APPROVE, PUBLISH = "s", "x", "r", "a", "p"
ACTIONS = {DROP: "drop", RESTORE: "restore", APPROVE: "approve", PUBLISH: "publish"}
RELABEL = {"h": Stance.HOSTILE, "n": Stance.NEUTRAL, "c": Stance.CONCILIATORY}

log = structlog.get_logger(__name__)


class Reviewing(Desk):
    """Shows a digest entry by entry; every step goes through the digest's own use cases."""

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [
            CommandHandler("digest", self.show),
            CallbackQueryHandler(self.press, pattern=f"^{PREFIX}"),
        ]

    async def show(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the newest draft, or that of the week named by a date, then the card of its first entry."""
        caller = caller_of(update)
        if caller is None:
            return
        if self._services.role_of(caller.user_id) < Role.REVIEWER:
            await self._replies.say(caller, say(caller.language, "reviewers_only"))
            return
        try:
            digest = self._services.digests.show(_parse_week(caller.text))
        except ValueError:
            await self._replies.say(caller, say(caller.language, "bad_week"))
            return
        except MonitorError as error:
            await self._replies.say(caller, escape(str(error)))
            return
        reader = self._services.reader_for(caller)
        await self._replies.say(caller, render_digest(digest, reader, with_dropped=True))
        first = digest.entries[0].number if digest.entries else 0
        await self._replies.say(caller, *self._card(digest, first, caller))

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Do what a button says, if it is genuine and pressed by the reviewer whom it was shown to."""
        pressed = await self.open(update)
        if pressed is None:
            return
        query, caller, payload = pressed
        if self._services.role_of(caller.user_id) < Role.REVIEWER:  # no longer one
            await self._replies.answer(query, say(caller.language, "reviewers_only"), alert=True)
            return
        _, verb, week, entry = payload.split(":")
        await self._do(query, caller, verb, unpack_moment(week), int(entry))

    async def _do(self, query: CallbackQuery, caller: Caller, verb: str, week: datetime, entry: int) -> None:
        try:
            digest = self._step(caller, verb, week, entry)
        except MonitorError as error:
            await self._replies.answer(query, str(error), alert=True)
            return
        done = (
            "" if verb == SHOW else say(caller.language, "was_published" if verb == PUBLISH else "recorded")
        )
        await self._replies.answer(query, done)
        await self._replies.edit(query, *self._card(digest, entry, caller))

    def _step(self, caller: Caller, verb: str, week: datetime, entry: int) -> Digest:
        """Make one step of the review and return the digest as it then stands."""
        digests, now = self._services.digests, self._services.now()
        reviewer = actor_of(caller.user_id)
        if verb == SHOW:
            return digests.show(week)
        action = "relabel" if verb in RELABEL else ACTIONS[verb]
        label = RELABEL[verb].value if verb in RELABEL else ""
        of_all = verb in (APPROVE, PUBLISH)
        if verb == PUBLISH:
            digests.publish(week, reviewer, now)
            digest = digests.show(week)
        else:
            digest = digests.review(week, reviewer, action, now, None if of_all else entry, label)
        detail = "" if of_all else f"entry {entry} {label}".rstrip()
        self._services.audit(caller.user_id, action, f"digest:{week:%Y-%m-%d}", detail)
        return digest

    def _card(self, digest: Digest, number: int, caller: Caller) -> tuple[str, InlineKeyboardMarkup | None]:
        """Return one entry with its buttons."""
        language = caller.language
        reader = self._services.reader_for(caller)
        entries = digest.entries
        at = next((i for i, entry in enumerate(entries) if entry.number == number), 0)
        lines = [escape(digest_title(digest, reader))]
        rows: list[list[InlineKeyboardButton]] = []
        if entries:
            lines += [
                say(language, "entry_of", index=at + 1, count=len(entries)),
                render_entry(entries[at], reader),
            ]
            rows.append(self._navigation(digest, at, caller))
        else:
            lines.append(say(language, "no_entries"))
        if digest.state is DigestState.DRAFT:
            rows += self._corrections(digest, entries[at], caller) if entries else []
            rows.append([self._button(say(language, "approve"), APPROVE, digest, number, caller)])
        elif digest.state is DigestState.APPROVED:
            rows.append([self._button(say(language, "publish"), PUBLISH, digest, number, caller)])
        rows = [row for row in rows if row]
        return "\n".join(lines), InlineKeyboardMarkup(rows) if rows else None

    def _navigation(self, digest: Digest, at: int, caller: Caller) -> list[InlineKeyboardButton]:
        entries = digest.entries
        steps = [("◀", at - 1), ("▶", at + 1)]
        return [
            self._button(label, SHOW, digest, entries[to].number, caller)
            for label, to in steps
            if 0 <= to < len(entries)
        ]

    def _corrections(
        self, digest: Digest, entry: DigestEntry, caller: Caller
    ) -> list[list[InlineKeyboardButton]]:
        """Return the buttons that change one entry; its stance has a tick."""
        verb, key = (RESTORE, "restore") if entry.dropped else (DROP, "drop")
        names = STANCES[caller.language]
        return [
            [self._button(say(caller.language, key), verb, digest, entry.number, caller)],
            [
                self._button(
                    ("✓ " if stance is entry.stance else "") + names[stance],
                    code,
                    digest,
                    entry.number,
                    caller,
                )
                for code, stance in RELABEL.items()
            ],
        ]

    def _button(
        self, label: str, verb: str, digest: Digest, entry: int, caller: Caller
    ) -> InlineKeyboardButton:
        payload = f"{PREFIX}{verb}:{pack_moment(digest.week)}:{entry}"
        expires = self._services.now() + BUTTONS_LIVE
        return InlineKeyboardButton(label, callback_data=self._signer.sign(payload, caller.user_id, expires))


def _parse_week(text: str) -> datetime | None:
    """Return noon of the day that is named, None where none is; raises ValueError for what is no date."""
    text = text.strip()
    return datetime.fromisoformat(f"{text}T12:00").replace(tzinfo=UTC) if text else None
