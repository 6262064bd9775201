"""/users, /role and /remove: who may do what."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import timedelta

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from monitor.bot.caller import Caller, caller_of
from monitor.bot.desk import Desk
from monitor.bot.phrases import say
from monitor.bot.phrases_access import ROLES, read_role
from monitor.bot.signing import to_base36
from monitor.domain.access import GIVEN, Change, Person, Role, actor_of, judge_change, may_give
from monitor.messages.html import escape

PREFIX = "u:"
BUTTONS_LIVE = timedelta(hours=12)
PAGE = 20
BUTTONS_PER_ROW = 2
LONGEST_LABEL = 30
LARGEST_ID = 2**52
"""Telegram's ids have at most 52 significant bits."""
SHOW, CARD, GIVE = "p", "c", "g"
_USER = re.compile(r"\d{1,16}")


class Peopling(Desk):
    """Shows everybody with a role, and gives and takes roles."""

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [
            CommandHandler("users", self.list_users),
            CommandHandler("role", self.give),
            CommandHandler("remove", self.remove),
            CallbackQueryHandler(self.press, pattern=f"^{PREFIX}"),
        ]

    async def list_users(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show who has which role, with buttons for those whose role the caller may change."""
        if caller := caller_of(update):
            await self._replies.say(caller, *self._page(caller, 0))

    async def give(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Give somebody another role."""
        caller = caller_of(update)
        if caller is None:
            return
        wish = parse_role(caller.text)
        if wish is None:
            roles = ", ".join(
                ROLES[caller.language][one] for one in GIVEN if may_give(self._role(caller), one)
            )
            await self._replies.say(caller, say(caller.language, "role_usage", roles=roles))
            return
        await self._replies.say(caller, await self._change(caller, *wish))

    async def remove(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Take somebody's role away; nothing is sent to them any more."""
        caller = caller_of(update)
        if caller is None:
            return
        user_id = parse_user(caller.text.strip())
        if user_id is None:
            text = say(caller.language, "remove_usage")
        elif self._find(user_id) is None:
            text = say(caller.language, "no_such_user", id=user_id)
        else:
            text = await self._change(caller, user_id, Role.REMOVED)
        await self._replies.say(caller, text)

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Turn a page, show one person, or give the role of a button."""
        pressed = await self.open(update)
        if pressed is None:
            return
        query, caller, payload = pressed
        if self._role(caller) < Role.OPERATOR:  # no longer one
            await self._replies.answer(query, say(caller.language, "change_not_yours"), alert=True)
            return
        _, verb, *rest = payload.split(":")
        if verb == SHOW:
            await self._replies.answer(query)
            await self._replies.edit(query, *self._page(caller, int(rest[0])))
            return
        user_id, text = int(rest[0], 36), ""
        if verb == GIVE:
            text = await self._change(caller, user_id, Role(int(rest[1])))
        await self._replies.answer(query, text)
        await self._show_card(query, caller, user_id)

    async def _change(self, caller: Caller, user_id: int, wanted: Role) -> str:
        """Change a role as far as that may be, and return what came of it, as HTML."""
        services, office = self._services, self._services.office
        kept, configured = office.people.get(user_id), office.configured.role(user_id)
        was = self._find(user_id)
        outcome = judge_change(self._role(caller), configured, was.role if was else None, wanted)
        if outcome is Change.MADE:
            person = Person(user_id, "", wanted, actor_of(caller.user_id), services.now())
            if not office.people.change(person, keep_owner=not office.configured.owners):
                outcome = Change.LAST_OWNER
        name = escape(kept.name) if kept and kept.name else str(user_id)
        if outcome is Change.MADE:
            before = was.role.word if was else "nobody"
            action = "role" if wanted else "remove"
            services.audit(caller.user_id, action, actor_of(user_id), f"{before} → {wanted.word}")
            await self._tell(user_id, wanted)
        key = "removed" if outcome is Change.MADE and not wanted else outcome.value
        return say(caller.language, f"change_{key}", name=name, role=ROLES[caller.language][wanted])

    async def _tell(self, user_id: int, role: Role) -> None:
        """Let the person know of a new role, and be silent from now on to whoever was removed."""
        chats = self._services.chats
        if role is Role.REMOVED:
            chats.disable(user_id, "removed by an operator", self._services.now())
        elif chats.is_served(user_id):
            language = chats.language(user_id) or "en"
            await self._replies.say(user_id, say(language, "your_role", role=ROLES[language][role]))

    async def _show_card(self, query: CallbackQuery, caller: Caller, user_id: int) -> None:
        person = self._find(user_id)
        if person is None:
            await self._replies.edit(query, *self._page(caller, 0))
            return
        text = self._describe(caller, person, "user_card")
        rows: list[list[InlineKeyboardButton]] = []
        if self._may_change(caller, person):
            text += say(caller.language, "user_actions")
            words = ROLES[caller.language]
            give = [
                self._button(words[role], f"{GIVE}:{to_base36(user_id)}:{role.value}", caller)
                for role in GIVEN
                if role is not person.role and may_give(self._role(caller), role)
            ]
            rows += [give[i : i + BUTTONS_PER_ROW] for i in range(0, len(give), BUTTONS_PER_ROW)]
            remove = say(caller.language, "remove_user")
            rows.append([self._button(remove, f"{GIVE}:{to_base36(user_id)}:{Role.REMOVED.value}", caller)])
        rows.append([self._button(say(caller.language, "all_users"), f"{SHOW}:0", caller)])
        await self._replies.edit(query, text, InlineKeyboardMarkup(rows))

    def _page(self, caller: Caller, page: int) -> tuple[str, InlineKeyboardMarkup | None]:
        everybody = self._everybody()
        pages = max(1, math.ceil(len(everybody) / PAGE))
        page = min(page, pages - 1)
        shown = everybody[page * PAGE : (page + 1) * PAGE]
        head = say(caller.language, "users", count=len(everybody), page=page + 1, pages=pages)
        lines = [self._describe(caller, person, "user") for person in shown]
        buttons = [
            self._button(
                (person.name or str(person.user_id))[:LONGEST_LABEL],
                f"{CARD}:{to_base36(person.user_id)}",
                caller,
            )
            for person in shown
            if self._may_change(caller, person)
        ]
        rows = [buttons[i : i + BUTTONS_PER_ROW] for i in range(0, len(buttons), BUTTONS_PER_ROW)]
        turns = [("◀", page - 1), ("▶", page + 1)]
        rows.append([self._button(label, f"{SHOW}:{to}", caller) for label, to in turns if 0 <= to < pages])
        rows = [row for row in rows if row]
        return "\n".join([head, *lines]), InlineKeyboardMarkup(rows) if rows else None

    def _describe(self, caller: Caller, person: Person, key: str) -> str:
        language, office = caller.language, self._services.office
        by = ""
        if office.configured.role(person.user_id) is person.role:
            by = say(language, "by_configuration")
        elif person.added_by:
            name = escape(office.names().get(person.added_by, person.added_by))
            day = self._services.reader_for(caller).day(person.added_at)
            by = say(language, "user_by", by=name, day=day)
        role = ROLES[language][person.role]
        return say(language, key, id=person.user_id, name=escape(person.name), role=role, by=by)

    def _may_change(self, caller: Caller, person: Person) -> bool:
        mine = self._role(caller)
        return mine is Role.OWNER or person.role < mine

    def _everybody(self) -> Sequence[Person]:
        return self._services.office.everybody([chat for chat in self._services.chats.served() if chat > 0])

    def _find(self, user_id: int) -> Person | None:
        return next((one for one in self._everybody() if one.user_id == user_id), None)

    def _role(self, caller: Caller) -> Role:
        return self._services.role_of(caller.user_id)

    def _button(self, label: str, payload: str, caller: Caller) -> InlineKeyboardButton:
        expires = self._services.now() + BUTTONS_LIVE
        data = self._signer.sign(PREFIX + payload, caller.user_id, expires)
        return InlineKeyboardButton(label, callback_data=data)


def parse_user(text: str) -> int | None:
    """Return the number of a user, None for what is none."""
    if _USER.fullmatch(text) is None:
        return None
    number = int(text)
    return number if 0 < number < LARGEST_ID else None


def parse_role(text: str) -> tuple[int, Role] | None:
    """Read "123456789 reviewer", in either language; None for anything else."""
    match text.split():
        case [number, word]:
            user_id, role = parse_user(number), read_role(word)
            return (user_id, role) if user_id is not None and role is not None else None
    return None
