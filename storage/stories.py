"""Stories: near-duplicate articles found by the bands of their signatures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from storage.tables import articles, revisions, stories, story_bands

TEXTS_PER_STORY = 8
"""A story's copies resemble its first ones; comparing with a thousand of them would find no more."""

LIFE = timedelta(days=5)
"""Copies follow within days; later look-alikes are moulds (the weekly meeting with the same people)."""


def read_candidates(connection: Connection, bands: Sequence[str], article_id: int) -> list[tuple[int, str]]:
    """Return (story id, text) of other articles of the same days that share a band, few texts a story."""
    said_at = connection.execute(select(articles.c.said_at).where(articles.c.id == article_id)).scalar_one()
    current = (revisions.c.article_id == articles.c.id) & (revisions.c.revision == articles.c.revision)
    sharing = select(story_bands.c.article_id).where(
        story_bands.c.band.in_(bands), story_bands.c.article_id != article_id
    )
    different = (
        select(articles.c.story_id, func.min(articles.c.id).label("article_id"))
        .join(revisions, current)
        .where(articles.c.id.in_(sharing), articles.c.story_id.is_not(None))
        .where(articles.c.said_at.between(said_at - LIFE, said_at + LIFE))
        .group_by(articles.c.story_id, revisions.c.text_sha256)
        .subquery()
    )
    place = func.row_number().over(partition_by=different.c.story_id, order_by=different.c.article_id)
    ranked = select(different, place.label("place")).subquery()
    query = (
        select(ranked.c.story_id, revisions.c.text)
        .join(articles, articles.c.id == ranked.c.article_id)
        .join(revisions, current)
        .where(ranked.c.place <= TEXTS_PER_STORY)
        .order_by(ranked.c.story_id, ranked.c.article_id)
    )
    return [(row.story_id, row.text) for row in connection.execute(query)]


def begin_story(connection: Connection, now: datetime) -> int:
    """Make a new story and return its id."""
    begun = connection.execute(stories.insert().returning(stories.c.id), {"created_at": now})
    return int(begun.scalar_one())


def replace_bands(connection: Connection, article_id: int, bands: Sequence[str]) -> None:
    """Keep the signature of the article's current text in place of its former one."""
    connection.execute(story_bands.delete().where(story_bands.c.article_id == article_id))
    if bands:
        rows = [{"band": band, "article_id": article_id} for band in sorted(set(bands))]
        connection.execute(story_bands.insert(), rows)
