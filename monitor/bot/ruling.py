"""/review: judgements that users doubt, one after another, for a reviewer to rule on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from monitor.bot.caller import Caller, caller_of
from monitor.bot.desk import Desk
from monitor.bot.phrases import say
from monitor.domain.access import Role, actor_of
from monitor.domain.alerts import Alert
from monitor.domain.delivery import TELEGRAM, DeliveryKind, NewDelivery, Urgency, ruled_subject
from monitor.domain.feedback import DoubtfulFinding, Reliability, Ruling, Verdict, corrected_users
from monitor.domain.stance import Stance
from monitor.domain.statement import Finding
from monitor.messages.alert import mark_mention, name_acts, probability_bar
from monitor.messages.html import escape, link
from monitor.messages.inert import make_inert
from monitor.messages.reader import Reader
from monitor.messages.words import STANCE_MARKS, STANCES

PREFIX = "v:"
SKIP = "s"
RULES = {"h": Stance.HOSTILE, "n": Stance.NEUTRAL, "c": Stance.CONCILIATORY}
BUTTONS_LIVE = timedelta(hours=12)
MOST_WAITING = 200
MOST_WORDS = 12
QUOTE_ROOM = 1200
SHORT_QUOTE = 120


class RulingDesk(Desk):
    """Shows reviewers what is in doubt, and records what they rule, once a finding."""

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [
            CommandHandler("review", self.show),
            CallbackQueryHandler(self.press, pattern=f"^{PREFIX}"),
        ]

    async def show(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the finding that is contradicted most."""
        caller = caller_of(update)
        if caller is None:
            return
        if not self._may(caller):
            await self._replies.say(caller, say(caller.language, "reviewers_only"))
            return
        waiting = self._services.verdicts.doubtful(MOST_WAITING)
        if not waiting:
            await self._replies.say(caller, say(caller.language, "review_empty"))
            return
        await self._replies.say(caller, *self._card(waiting, 0, caller))

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Rule or skip, if the button is genuine and pressed by the reviewer whom it was shown to."""
        pressed = await self.open(update)
        if pressed is None:
            return
        query, caller, payload = pressed
        if not self._may(caller):  # no longer a reviewer
            await self._replies.answer(query, say(caller.language, "reviewers_only"), alert=True)
            return
        verb, number = payload.removeprefix(PREFIX).split(":")
        before = self._services.verdicts.doubtful(MOST_WAITING)
        at = next((i for i, one in enumerate(before) if one.finding.id == int(number)), None)
        if verb == SKIP:
            await self._replies.answer(query)
            await self._show_next(query, caller, before, 0 if at is None else at + 1)
            return
        ruled = at is not None and self._rule(caller, before[at], RULES[verb])
        said = say(caller.language, "recorded" if ruled else "ruled_already")
        await self._replies.answer(query, said, alert=not ruled)
        # What is left moved up by one, for what was ruled is gone.
        await self._show_next(query, caller, self._services.verdicts.doubtful(MOST_WAITING), at or 0)

    def _may(self, caller: Caller) -> bool:
        return self._services.role_of(caller.user_id) >= Role.REVIEWER

    def _rule(self, caller: Caller, doubtful: DoubtfulFinding, stance: Stance) -> bool:
        """Record a ruling with what tells users and messages of it; False where there is one already."""
        services, finding, now = self._services, doubtful.finding, self._services.now()
        ruling = Ruling(finding.id, stance, actor_of(caller.user_id), now)
        alert = services.alerts.for_finding(finding.id)
        deliveries = self._tell_users(doubtful, stance, alert)
        if alert is not None and stance is not doubtful.judged:
            deliveries += self._update_messages(alert[1].key)
        if not services.verdicts.rule(ruling, deliveries, now):
            return False
        services.audit(caller.user_id, "rule", f"finding:{finding.id}", stance.value)
        return True

    def _tell_users(
        self, doubtful: DoubtfulFinding, stance: Stance, alert: tuple[int, Alert] | None
    ) -> list[NewDelivery]:
        """Return a notice to each user whose correction changed something and whose chat is served."""
        chats = self._services.chats
        told = [
            user
            for user in corrected_users(doubtful.verdicts, doubtful.judged, stance)
            if chats.is_served(user) or user in self._services.allowed_chats
        ]
        return [
            NewDelivery(
                DeliveryKind.NOTICE,
                self._thank(doubtful, stance, alert, self._language(user)),
                TELEGRAM,
                str(user),
            )
            for user in told
        ]

    def _language(self, user_id: int) -> str:
        known = self._services.chats.language(user_id)
        return known if known in self._services.readers else "en"

    def _thank(
        self, doubtful: DoubtfulFinding, stance: Stance, alert: tuple[int, Alert] | None, language: str
    ) -> str:
        names = STANCES[language]
        changed = {"stance": names[stance], "former": names[doubtful.judged]}
        if alert is not None:
            return say(language, "correction_changed", number=alert[0], **changed)
        quote = make_inert(doubtful.finding.assessment.statement.text).strip()
        short = quote if len(quote) <= SHORT_QUOTE else f"{quote[: SHORT_QUOTE - 1].rstrip()}…"
        return say(language, "correction_changed_quote", quote=short, **changed)

    def _update_messages(self, alert_key: str) -> list[NewDelivery]:
        """Return what shows the ruling in the messages that people have."""
        places = dict.fromkeys(m.recipient for m in self._services.messages.of_alert(alert_key))
        subject = ruled_subject(alert_key)
        return [NewDelivery(DeliveryKind.UPDATE, subject, TELEGRAM, place, Urgency.LATER) for place in places]

    async def _show_next(
        self, query: CallbackQuery, caller: Caller, waiting: Sequence[DoubtfulFinding], at: int
    ) -> None:
        if at < len(waiting):
            await self._replies.edit(query, *self._card(waiting, at, caller))
        else:
            await self._replies.edit(query, say(caller.language, "review_none_left"))

    def _card(
        self, waiting: Sequence[DoubtfulFinding], at: int, caller: Caller
    ) -> tuple[str, InlineKeyboardMarkup]:
        """Return one finding with what users say of it, and the buttons to rule."""
        one, language = waiting[at], caller.language
        reader = self._services.readers[language]
        alert = self._services.alerts.for_finding(one.finding.id)
        head = say(language, "review_head", index=at + 1, count=len(waiting))
        if alert is not None:
            head += " · " + say(language, "review_alert", number=alert[0])
        text = "\n".join([f"<b>{head}</b>", *_quote(one.finding, reader), "", *_tell_words(one, language)])
        names = STANCES[language]
        rows = [
            [self._button(names[stance].capitalize(), verb, one, caller) for verb, stance in RULES.items()],
            [self._button(say(language, "button_skip"), SKIP, one, caller)],
        ]
        return text, InlineKeyboardMarkup(rows)

    def _button(self, label: str, verb: str, one: DoubtfulFinding, caller: Caller) -> InlineKeyboardButton:
        payload, expires = f"{PREFIX}{verb}:{one.finding.id}", self._services.now() + BUTTONS_LIVE
        return InlineKeyboardButton(label, callback_data=self._signer.sign(payload, caller.user_id, expires))


def _quote(finding: Finding, reader: Reader) -> list[str]:
    """Return a finding's quotation, who speaks of whom, the model's judgement and the source, as HTML."""
    a, language = finding.assessment, reader.language
    probability = a.judgement.probabilities.of(a.stance)
    acts = f" · {name_acts(a.judgement.acts, reader)}" if a.judgement.acts else ""
    shown = f"{probability_bar(probability)} {probability:.0%}"
    model = say(language, "review_model", stance=STANCES[language][a.stance], probability=shown)
    speaker = escape(reader.speaker(a.speaker))
    return [
        f"<blockquote>{mark_mention(a, QUOTE_ROOM)}</blockquote>",
        f"<b>{speaker}</b> → {escape(reader.target(a.target))}",
        f"{STANCE_MARKS[a.stance]} {model}{acts}",
        f"{escape(reader.outlets(finding))} · {reader.said(finding)} · "
        f"{link(finding.url, reader.label('source'))}",
    ]


def _tell_words(one: DoubtfulFinding, language: str) -> list[str]:
    """Return what each user says with its weight, the weightiest first, and what they say together."""
    words = sorted(one.verdicts, key=lambda verdict: -one.weight_of(verdict))
    fold = one.fold
    together = say(
        language, "review_together", answer=_name(fold.leading, language), share=f"{fold.share:.0%}"
    )
    shown = [_tell_word(one, verdict, place, language) for place, verdict in enumerate(words[:MOST_WORDS], 1)]
    return [say(language, "review_users"), *shown, *(["…"] if len(words) > MOST_WORDS else []), together]


def _tell_word(one: DoubtfulFinding, verdict: Verdict, place: int, language: str) -> str:
    known = one.reliabilities.get(verdict.user_id, Reliability())
    ruled = known.right + known.wrong
    return say(
        language,
        "review_word" if ruled else "review_word_new",
        name=say(language, "review_who", letter=place),
        answer=_name(verdict.answer(one.judged), language),
        weight=f"{one.weight_of(verdict):.1f}",
        right=known.right,
        ruled=ruled,
    )


def _name(answer: Stance | None, language: str) -> str:
    return say(language, "review_other") if answer is None else STANCES[language][answer]
