"""Where in a recording the statements of an article were said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select

from storage.engine import in_batches
from storage.watch_tables import positions

Revision = tuple[int, int]
"""An article and which revision of it."""

Marks = Sequence[Sequence[int]]
"""(offset in the text, seconds), by offset."""


def save_positions(connection: Connection, article_id: int, revision: int, marks: Marks) -> None:
    """Keep where a revision's words were said; a text that nobody said aloud has none."""
    if marks:
        row = {"article_id": article_id, "revision": revision, "marks": [list(mark) for mark in marks]}
        connection.execute(positions.insert(), row)


def read_positions(connection: Connection, article_ids: Collection[int]) -> dict[Revision, Marks]:
    """Return the marks of those articles that have some, by revision."""
    return {
        (row.article_id, row.revision): row.marks
        for some in in_batches(article_ids)
        for row in connection.execute(select(positions).where(positions.c.article_id.in_(some)))
    }


def find_second(marks: Marks, offset: int) -> int | None:
    """Return when the words at an offset were said; None before the first mark, as in a headline."""
    place = bisect_right(marks, offset, key=lambda mark: mark[0])
    return marks[place - 1][1] if place else None
