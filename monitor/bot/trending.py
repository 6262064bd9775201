"""/trend, /compare and /speaker: answers with pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes

from monitor.bot.asking import Asking, offer_nearest
from monitor.bot.caller import Caller, caller_of
from monitor.bot.phrases import say
from monitor.bot.vocabulary import inflect_targets
from monitor.bot.wishes import MisreadError, match_target, nearest_word, split_words
from monitor.domain.actors import RUSSIA, Person, TargetKind
from monitor.domain.trend_lines import LEAST_WEEKS, MOST_WEEKS, USUAL_WEEKS, Trend, courses_of
from monitor.messages.answer_words import tell
from monitor.messages.answers import name_speaker, render_last, render_speaker, render_trends
from monitor.messages.html import escape
from monitor.messages.reader import Reader

SPEAKER_DAYS = 90
MOST_NAMES = 8
SHORTEST_NAME = 3
_FILLERS = frozenset({"and", "vs", "with", "of", "for", "week", "weeks"})
_FILLERS_RU = frozenset({"и", "с", "со", "за", "неделя", "недели", "недель"})


class Trending(Asking):
    """Draws how sides speak to one another, and what somebody says of whom."""

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [
            CommandHandler("trend", self.trend),
            CommandHandler("compare", self.compare),
            CommandHandler("speaker", self.speaker),
        ]

    async def trend(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show Moscow and one target, both ways, over weeks."""
        await self._draw(update, "trend_usage", 1)

    async def compare(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show two targets side by side."""
        await self._draw(update, "compare_usage", 2)

    async def _draw(self, update: Update, usage: str, count: int) -> None:
        caller = caller_of(update)
        if caller is None:
            return
        try:
            targets, weeks = parse_trend(caller.text, inflect_targets(self._services.targets))
        except MisreadError as error:
            near = say(caller.language, "nearest", nearest=escape(error.nearest)) if error.nearest else ""
            text = say(caller.language, "misread", word=escape(error.word[:100])) + near
            await self._replies.say(caller, text)
            return
        if len(targets) != count:
            await self.tell(caller, usage)
            return
        states = [t.id for t in self._services.targets if t.kind is TargetKind.STATE]
        courses = [course for target in targets for course in courses_of(target, states)]
        questions, reader, now = self.questions, self.reader(caller), self._services.now()
        trends = await self.beside(questions.trends.trends, courses, now, weeks)
        title = self._title(targets, weeks, reader)
        picture = await self.beside(questions.charts.draw_trends, trends, reader, title)
        await self._show(caller, picture, trends, title, reader)

    async def _show(
        self, caller: Caller, picture: bytes, trends: Sequence[Trend], title: str, reader: Reader
    ) -> None:
        text = f"<b>{escape(title)}</b>\n{render_trends(trends, reader)}"
        await self._replies.show(caller, picture, text)

    def _title(self, targets: Sequence[str], weeks: int, reader: Reader) -> str:
        names = [reader.target(target) for target in targets]
        if len(names) == 1 and targets[0] != RUSSIA:
            names.append(tell(reader.language, "moscow"))
        joined = tell(reader.language, "joined", first=names[0], second=names[1]) if names[1:] else names[0]
        return tell(reader.language, "trend_title", names=joined, weeks=weeks)

    async def speaker(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show who somebody is, what they said of whom, and their last statements."""
        caller = caller_of(update)
        if caller is None:
            return
        if not caller.text.strip():
            await self.tell(caller, "speaker_usage")
            return
        questions, reader, now = self.questions, self.reader(caller), self._services.now()
        found = await self.beside(questions.trends.speakers, now)
        names = name_people(questions.people, found)
        wanted = " ".join(split_words(caller.text))
        matches = find_speakers(wanted, names, found)
        if not matches:
            surnames = [word for name in names for word in name.split() if len(word) > SHORTEST_NAME]
            nearest = offer_nearest(caller.language, wanted, [*names, *surnames])
            await self.tell(caller, "speaker_unknown", nearest=nearest)
            return
        if len(matches) > 1:
            shown = ", ".join(name_speaker(name, reader) for name in matches[:MOST_NAMES])
            await self.tell(caller, "speaker_several", names=shown)
            return
        name = matches[0]
        person = next((one for one in questions.people if one.name == name), None)
        profile = await self.beside(questions.trends.profile, name, now)
        text = render_speaker(profile, person, SPEAKER_DAYS, reader)
        if any(tally.hostile or tally.conciliatory for tally in profile.tallies):
            called = reader.people.get(name, name)
            title = tell(caller.language, "speaker_title", name=called, days=SPEAKER_DAYS)
            picture = await self.beside(questions.charts.draw_speaker, profile, reader, title)
            await self._replies.show(caller, picture, text)
        else:
            await self._replies.say(caller, text)
        if last := render_last(profile, reader):
            await self._replies.say(caller, last)


def parse_trend(text: str, names: Mapping[str, str]) -> tuple[list[str], int]:
    """Read targets in their order and a number of weeks; raises MisreadError at an unknown word."""
    words = split_words(text)
    targets: list[str] = []
    weeks = USUAL_WEEKS
    at = 0
    while at < len(words):
        target, length = match_target(words[at:], names)
        word = words[at]
        at += length
        if target is not None:
            targets += [target] if target not in targets else []
        elif word.isdecimal():
            weeks = min(max(int(word[:4]), LEAST_WEEKS), MOST_WEEKS)
        elif word not in _FILLERS | _FILLERS_RU:
            raise MisreadError(word, nearest_word(word, names))
    return targets, weeks


def name_people(people: Sequence[Person], found: Mapping[str, int]) -> dict[str, str]:
    """Return every way to write a speaker → the canonical name: configured names, and those found."""
    names: dict[str, str] = {}
    for person in people:
        for name in (person.name, *(name for given in person.names.values() for name in given)):
            names.setdefault(" ".join(split_words(name)), person.name)
    for name in found:
        names.setdefault(" ".join(split_words(name)), name)
    names.pop("", None)
    return names


def find_speakers(wanted: str, names: Mapping[str, str], found: Mapping[str, int]) -> list[str]:
    """Return whom a name may mean: the one so called, or all who have these words in a name.

    Those who spoke of late come first, the most quoted first.
    """
    if wanted in names:
        return [names[wanted]]
    if len(wanted) < SHORTEST_NAME:
        return []
    words = set(wanted.split())
    matches = {canonical for name, canonical in names.items() if words <= set(name.split())}
    return sorted(matches, key=lambda name: (-found.get(name, 0), name))
