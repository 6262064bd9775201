"""The buttons under an alert, signed for the chat in which it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from monitor.bot.phrases import say
from monitor.bot.signing import Signer
from monitor.domain.alerts import Alert
from monitor.domain.preferences import MuteKind
from monitor.domain.stance import Stance
from monitor.messages.inert import safe_link
from monitor.messages.reader import Reader
from monitor.messages.words import STANCES

PREFIX = "a:"
BUTTONS_LIVE = timedelta(days=30)
WHY, COPY, RIGHT, WRONG, BACK, MORE, LESS, OTHER = "w", "a", "y", "n", "b", "m", "l", "o"
SUBSCRIBE, UNDO_MORE, UNDO_LESS, UNDO_MUTE = "s", "M", "L", "U"
CORRECTIONS: Mapping[str, Stance] = {
    "h": Stance.HOSTILE,
    "u": Stance.NEUTRAL,
    "c": Stance.CONCILIATORY,
}
MUTES: Mapping[str, MuteKind] = {"t": MuteKind.TARGET, "p": MuteKind.SPEAKER, "r": MuteKind.STORY}
LONGEST_NAME = 24


@dataclass(frozen=True, slots=True)
class AlertButtons:
    """Makes the buttons of alerts; every member of the chat may press them, for thirty days."""

    signer: Signer
    now: Callable[[], datetime]
    readers: Mapping[str, Reader]

    def make(self, number: int, alert: Alert, chat_id: int, language: str) -> InlineKeyboardMarkup:
        """Return the buttons with which an alert comes."""

        def press(key: str, verb: str) -> InlineKeyboardButton:
            return self.button(say(language, key), verb, number, chat_id)

        source = safe_link(alert.finding.url)
        first = [InlineKeyboardButton(say(language, "button_source"), url=source)] if source else []
        return InlineKeyboardMarkup(
            [
                [*first, press("button_copy", COPY), press("button_why", WHY)],
                [press("button_right", RIGHT), press("button_wrong", WRONG)],
                [press("button_more", MORE), press("button_less", LESS)],
                [
                    self.button(self._mute_label(kind, alert, language), verb, number, chat_id)
                    for verb, kind in MUTES.items()
                    if kind is not MuteKind.SPEAKER or alert.ground.assessment.speaker.name
                ],
            ]
        )

    def ask_what_instead(
        self, number: int, alert: Alert, chat_id: int, language: str
    ) -> InlineKeyboardMarkup:
        """Return the buttons that ask what a wrong judgement should have been."""
        judged = alert.finding.assessment.stance
        return InlineKeyboardMarkup(
            [
                [
                    self.button(STANCES[language][stance].capitalize(), verb, number, chat_id)
                    for verb, stance in CORRECTIONS.items()
                    if stance is not judged
                ],
                [self.button(say(language, "button_other"), OTHER, number, chat_id)],
                [self.button(say(language, "button_back"), BACK, number, chat_id)],
            ]
        )

    def one(
        self, key: str, verb: str, number: int, chat_id: int, language: str, rest: str = ""
    ) -> InlineKeyboardMarkup:
        """Return a single button."""
        return InlineKeyboardMarkup([[self.button(say(language, key), verb, number, chat_id, rest)]])

    def button(
        self, label: str, verb: str, number: int, chat_id: int, rest: str = ""
    ) -> InlineKeyboardButton:
        """Return a button about an alert; `rest` is what else it must remember, 24 characters at most."""
        payload = f"{PREFIX}{verb}:{number}" + (f":{rest}" if rest else "")
        data = self.signer.sign(payload, chat_id, self.now() + BUTTONS_LIVE)
        return InlineKeyboardButton(label, callback_data=data)

    def name_muted(self, kind: MuteKind, number: int, alert: Alert, language: str) -> str:
        """Return what a mute is about: a target's or a speaker's name, or the story."""
        a, reader = alert.ground.assessment, self.readers[language]
        if kind is MuteKind.TARGET:
            return reader.target(a.target)
        if kind is MuteKind.SPEAKER:
            return reader.speaker(a.speaker)
        return say(language, "muted_story", number=number)

    def _mute_label(self, kind: MuteKind, alert: Alert, language: str) -> str:
        if kind is MuteKind.STORY:
            return say(language, "button_mute_story")
        name = self.name_muted(kind, 0, alert, language)
        return f"🔕 {name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + '…'}"


def muted_value(kind: MuteKind, alert: Alert) -> str:
    """Return what is kept of a mute of the kind."""
    finding = alert.ground
    return {
        MuteKind.TARGET: finding.assessment.target,
        MuteKind.SPEAKER: finding.assessment.speaker.name or "",
        MuteKind.STORY: str(finding.story_id),
        MuteKind.ALL: "",
    }[kind]
