"""What speakers did before: the base of firsts."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, String, func, select, type_coerce

from monitor.domain.firsts import YEAR, Past
from monitor.domain.stance import Act
from monitor.domain.statement import Finding
from storage.engine import Database
from storage.tables import articles, findings

STRETCH = YEAR / 13
MOST_STRETCHES = 40
"""After three years it no longer matters how long somebody was watched."""
LEAST_A_STRETCH = 5
"""Fewer findings of a side in four weeks are no sign that it was watched then."""


class Firsts:
    """Looks back over a speaker's own statements."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def past(self, finding: Finding, act: Act) -> Past:
        """Return when the finding's speaker did an act toward its target last before, in another story,
        and for how long the speaker's side has been watched."""
        with self._database.read() as connection:
            watched = _measure_watch(connection, finding.assessment.speaker.bloc, finding.said_at)
            before = None if watched is None else _find_last(connection, finding, act)
        return Past(watched, before)


def _find_last(connection: Connection, finding: Finding, act: Act) -> datetime | None:
    """Look along the index of speakers and targets; what a later revision took back was done too."""
    a = finding.assessment
    # Acts are kept as canonical JSON text: ["threaten","demand"].
    done = type_coerce(findings.c.acts, String).like(f'%"{act.value}"%')
    query = (
        select(func.max(articles.c.said_at))
        .select_from(findings)
        .join(articles, articles.c.id == findings.c.article_id)
        .where(
            findings.c.speaker_name == a.speaker.name,
            findings.c.target == a.target,
            findings.c.id != finding.id,
            done,
            articles.c.said_at <= finding.said_at,
            articles.c.id != finding.article_id,
            articles.c.story_id.is_distinct_from(finding.story_id),
        )
    )
    return connection.execute(query).scalar()


def _measure_watch(connection: Connection, bloc: str, until: datetime) -> timedelta | None:
    """Return how long a side was watched without a break before `until`; None where less than a year.

    Each four weeks must hold several of its statements: one old article that a front still
    showed is no year of history. Each look ends at the first few rows that it finds.
    """
    begun = until
    for place in range(MOST_STRETCHES):
        first = _find_few(connection, bloc, until - STRETCH * (place + 1), until - STRETCH * place)
        if first is None:
            break
        begun = first
    return until - begun if until - begun >= YEAR else None


def _find_few(connection: Connection, bloc: str, since: datetime, until: datetime) -> datetime | None:
    """Return when the first statement of a side in [since, until) was, None where there are too few."""
    few = (
        select(articles.c.said_at)
        .join(findings, findings.c.article_id == articles.c.id)
        .where(articles.c.said_at >= since, articles.c.said_at < until, findings.c.speaker_bloc == bloc)
        .order_by(articles.c.said_at)
        .limit(LEAST_A_STRETCH)
    )
    rows = connection.execute(few).scalars().all()
    return rows[0] if len(rows) == LEAST_A_STRETCH else None
