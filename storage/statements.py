"""What was said, looked for by side, speaker and time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from monitor.domain.statement import Finding
from monitor.pipeline.ports.asking import StatementRow
from storage.columns import storable
from storage.engine import Database
from storage.records import load_findings, load_numbered
from storage.tables import articles, findings

_BY_TIME = (articles.c.said_at, findings.c.id)


class Statements:
    """Finds judged statements."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def dyad(
        self, since: datetime, until: datetime, blocs: Collection[str], targets: Collection[str]
    ) -> list[Finding]:
        """Return current findings said in [since, until) by speakers of these sides toward these
        targets, by time."""
        sides = findings.c.speaker_bloc.in_(sorted(blocs))
        return self._load(since, until, sides, findings.c.target.in_(sorted(targets)))

    def by_speaker(self, name: str, since: datetime, until: datetime) -> list[Finding]:
        """Return current findings of one speaker said in [since, until), by time."""
        return self._load(since, until, findings.c.speaker_name == storable(name))

    def speakers(self, since: datetime, until: datetime) -> Mapping[str, int]:
        """Return the speakers named in [since, until) with how many findings each has."""
        query = (
            select(findings.c.speaker_name, func.count())
            .join(articles, articles.c.id == findings.c.article_id)
            .where(*_within(since, until), findings.c.speaker_name.is_not(None))
            .group_by(findings.c.speaker_name)
        )
        with self._database.read() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def before(
        self, since: datetime, place: tuple[datetime, int] | None, limit: int
    ) -> Sequence[StatementRow]:
        """Return findings said since then and before a (moment, finding) place, the newest first."""
        query = (
            select(findings.c.id, articles.c.story_id, articles.c.said_at, findings.c.statement_text)
            .join(articles, articles.c.id == findings.c.article_id)
            .where(articles.c.said_at >= since, findings.c.superseded.is_(False))
            .order_by(articles.c.said_at.desc(), findings.c.id.desc())
            .limit(limit)
        )
        if place is not None:
            moment, number = place
            query = query.where(
                or_(
                    articles.c.said_at < moment,
                    and_(articles.c.said_at == moment, findings.c.id < number),
                )
            )
        with self._database.read() as connection:
            return [StatementRow(*row) for row in connection.execute(query)]

    def numbered(self, finding_ids: Collection[int]) -> Mapping[int, Finding]:
        """Return those findings that exist, by number."""
        with self._database.read() as connection:
            return load_numbered(connection, finding_ids)

    def _load(self, since: datetime, until: datetime, *conditions: ColumnElement[bool]) -> list[Finding]:
        with self._database.read() as connection:
            return load_findings(connection, *_within(since, until), *conditions, order=_BY_TIME)


def _within(since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return (articles.c.said_at >= since, articles.c.said_at < until, findings.c.superseded.is_(False))
