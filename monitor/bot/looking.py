"""/sources and /status."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes

from monitor.bot.asking import Asking, offer_nearest
from monitor.bot.caller import caller_of
from monitor.bot.operating import describe_pause
from monitor.bot.wishes import name_targets, split_words
from monitor.domain.source_views import SourceView
from monitor.messages.answers import render_source, render_source_rows, render_sources, render_state
from monitor.messages.html import escape

MOST_IN_FULL = 5
MOST_ROWS = 60


class Looking(Asking):
    """Shows how sources and the service do."""

    def handlers(self) -> list[BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]]:
        """Return the handlers of this group."""
        return [CommandHandler("sources", self.sources), CommandHandler("status", self.status)]

    async def sources(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show all sources in short, or those of a name or a side."""
        caller = caller_of(update)
        if caller is None:
            return
        views = await self.beside(self.questions.state.views, self._services.now())
        reader = self.reader(caller)
        wanted = " ".join(split_words(caller.text))
        if not wanted:
            await self._replies.say(caller, render_sources(views, reader))
            return
        bloc = name_targets(self._services.targets).get(wanted, wanted)
        matches = find_sources(wanted, bloc, views)
        if not matches:
            names = [" ".join(split_words(name)) for v in views for name in (v.source.id, v.source.outlet)]
            nearest = offer_nearest(caller.language, wanted, names)
            await self.tell(caller, "sources_unknown", word=escape(caller.text[:100]), nearest=nearest)
        elif len(matches) <= MOST_IN_FULL:
            await self._replies.say(caller, "\n\n".join(render_source(view, reader) for view in matches))
        else:
            await self._replies.say(caller, render_source_rows(matches[:MOST_ROWS], reader))

    async def status(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show how the service does."""
        if caller := caller_of(update):
            reader = self.reader(caller)
            state = await self.beside(self.questions.state.state, self._services.now(), reader.zone)
            text, paused = render_state(state, reader), describe_pause(self._services, caller)
            await self._replies.say(caller, f"{paused}\n\n{text}" if paused else text)


def find_sources(wanted: str, bloc: str, views: Sequence[SourceView]) -> list[SourceView]:
    """Return the source so called, else those of that side, else those whose name holds the words."""

    def names(view: SourceView) -> set[str]:
        return {" ".join(split_words(view.source.id)), " ".join(split_words(view.source.outlet))}

    return (
        [view for view in views if wanted in names(view)]
        or [view for view in views if view.source.bloc == bloc]
        or [view for view in views if any(wanted in name for name in names(view))]
    )
