"""Searching statements: words are compared by lemma, statements looked through from the newest back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.domain.searches import Cursor, SearchPage
from monitor.pipeline.ports.asking import Statements

PAGE = 5
SCANNED_AT_ONCE = 1_000
MOST_SCANNED = 20_000
"""So many statements are looked through for one page: seconds, not minutes."""
BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Searcher:
    """Looks for statements that hold all of some words; takes time, so call it beside the event loop."""

    statements: Statements
    lemmas: Callable[[str], frozenset[str]]
    most_scanned: int = MOST_SCANNED

    def search(self, words: str, now: datetime, after: Cursor | None = None) -> SearchPage:
        """Return a page of statements of the last year that hold every word in any form.

        Of copies of one story a sentence is found once a page. Empty for text without a word.
        """
        wanted = [lemmas for word in words.split() if (lemmas := self.lemmas(word))]
        if not wanted:
            return SearchPage((), 0)
        found: list[int] = []
        seen: set[tuple[int, str]] = set()
        scanned, place = 0, after
        while scanned < self.most_scanned:
            limit = min(SCANNED_AT_ONCE, self.most_scanned - scanned)
            rows = self.statements.before(now - BACK, place, limit)
            for row in rows:
                scanned += 1
                place = (row.said_at, row.finding_id)
                copy = (row.story_id, row.text)
                if copy in seen:
                    continue
                present = self.lemmas(row.text)
                if all(lemmas & present for lemmas in wanted):
                    seen.add(copy)
                    found.append(row.finding_id)
                    if len(found) == PAGE:
                        return self._page(found, scanned, place, None)
            if len(rows) < limit:
                return self._page(found, scanned, None, None)
        return self._page(found, scanned, place, place[0] if place else None)

    def _page(
        self, found: list[int], scanned: int, following: Cursor | None, back_to: datetime | None
    ) -> SearchPage:
        by_number = self.statements.numbered(found)
        return SearchPage(
            tuple(by_number[number] for number in found if number in by_number), scanned, following, back_to
        )
