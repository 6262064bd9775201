"""Past articles as they were understood: what replaying decides and reads again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, case, func, or_, select, tuple_

from monitor.domain.alerts import Alert
from monitor.domain.article import Article, FeedItem, SavedArticle
from monitor.domain.statement import Finding
from monitor.pipeline.ports import PastReading
from storage.engine import Database
from storage.records import load_findings, load_numbered
from storage.tables import ArticleState, alerts, articles, findings, items, revisions
from storage.watch_tables import alert_changes, quiet_items

BATCH = 200

_OF_FINDING = (revisions.c.article_id == findings.c.article_id) & (
    revisions.c.revision == findings.c.revision
)


@dataclass(frozen=True, slots=True)
class _Place:
    """Which revision, and when it was understood."""

    at: datetime
    article_id: int
    revision: int


class History:
    """Gives back what was collected and judged, the superseded included."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, since: datetime, until: datetime) -> int:
        """Return how many readings there are of revisions first seen in [since, until)."""
        with self._database.read() as connection:
            return len(_find_places(connection, since, until))

    def readings(self, since: datetime, until: datetime) -> Iterator[PastReading]:
        """Yield the revisions first seen in [since, until) that were understood, by `at`."""
        with self._database.read() as connection:
            places = _find_places(connection, since, until)
        for start in range(0, len(places), BATCH):
            with self._database.read() as connection:
                batch = _load(connection, places[start : start + BATCH])
            yield from batch

    def alerts(self, since: datetime, until: datetime) -> list[Alert]:
        """Return the alerts about statements of revisions first seen in [since, until), by number."""
        seen = (revisions.c.first_seen_at >= since) & (revisions.c.first_seen_at < until)
        query = _about_statements(select(alerts)).where(seen).order_by(alerts.c.number)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
            found = load_numbered(connection, {row.finding_id for row in rows})
        return [Alert(row.key, row.rule_id, found[row.finding_id], row.created_at) for row in rows]

    def keys_before(self, moment: datetime) -> set[str]:
        """Return the keys of alerts about revisions first seen before the moment, and of those never
        raised because an alert about a change made them needless."""
        query = _about_statements(select(alerts.c.key)).where(revisions.c.first_seen_at < moment)
        needless = select(alert_changes.c.instead_of).where(
            alert_changes.c.instead_of.is_not(None), alert_changes.c.instead_of.not_in(select(alerts.c.key))
        )
        with self._database.read() as connection:
            return {*connection.execute(query).scalars(), *connection.execute(needless).scalars()}


def _about_statements(query: Select[Any]) -> Select[Any]:
    """Leave out alerts about edits and deletions; join the rest to the revision that they stand for."""
    return (
        query.join(findings, findings.c.id == alerts.c.finding_id)
        .join(revisions, _OF_FINDING)
        .outerjoin(alert_changes, alert_changes.c.number == alerts.c.number)
        .where(alert_changes.c.number.is_(None))
    )


def _find_places(connection: Connection, since: datetime, until: datetime) -> list[_Place]:
    understood = or_(
        revisions.c.revision < articles.c.revision,
        articles.c.state.in_([ArticleState.ASSESSED, ArticleState.UNREAD]),
    )
    decided = func.sum(case((findings.c.decided, 1), else_=0))
    query = (
        select(
            revisions.c.article_id,
            revisions.c.revision,
            revisions.c.first_seen_at,
            func.min(findings.c.created_at).label("judged_at"),
        )
        .join(articles, articles.c.id == revisions.c.article_id)
        .outerjoin(findings, _OF_FINDING)
        .where(revisions.c.first_seen_at >= since, revisions.c.first_seen_at < until, understood)
        .group_by(revisions.c.article_id, revisions.c.revision, revisions.c.first_seen_at)
        .having(or_(func.count(findings.c.id) == 0, decided > 0))
    )
    places = [
        _Place(row.judged_at or row.first_seen_at, row.article_id, row.revision)
        for row in connection.execute(query)
    ]
    return sorted(places, key=lambda place: (place.at, place.article_id, place.revision))


def _load(connection: Connection, places: Sequence[_Place]) -> list[PastReading]:
    wanted = [(place.article_id, place.revision) for place in places]
    query = (
        select(
            revisions,
            articles.c.url,
            articles.c.outlet,
            articles.c.published_at,
            articles.c.first_seen_at.label("article_seen_at"),
            articles.c.story_id,
            items.c.source_id,
            items.c.key,
            items.c.url.label("item_url"),
            items.c.title.label("item_title"),
            items.c.published_at.label("item_published_at"),
            items.c.summary,
            quiet_items.c.item_id.is_not(None).label("quiet"),
        )
        .join(articles, articles.c.id == revisions.c.article_id)
        .join(items, items.c.id == articles.c.item_id)
        .outerjoin(quiet_items, quiet_items.c.item_id == items.c.id)
        .where(tuple_(revisions.c.article_id, revisions.c.revision).in_(wanted))
    )
    rows = {(row.article_id, row.revision): row for row in connection.execute(query)}
    decided = _load_decided(connection, sorted({place.article_id for place in places}))
    return [
        _make_reading(
            place, rows[place.article_id, place.revision], decided[place.article_id, place.revision]
        )
        for place in places
    ]


def _load_decided(connection: Connection, article_ids: Sequence[int]) -> dict[tuple[int, int], list[Finding]]:
    """Return the findings about which something was decided, by revision."""
    # Chosen here, not by the query: the index of what is decided would lead it through all findings.
    mine = findings.c.article_id.in_(article_ids)
    marks = select(findings.c.id, findings.c.article_id, findings.c.revision, findings.c.decided).where(mine)
    revision_of = {row.id: (row.article_id, row.revision) for row in connection.execute(marks) if row.decided}
    found: dict[tuple[int, int], list[Finding]] = defaultdict(list)
    for finding in load_findings(connection, mine):
        if place := revision_of.get(finding.id):
            found[place].append(finding)
    return found


def _make_reading(place: _Place, row: Row[Any], found: Sequence[Finding]) -> PastReading:
    article = Article(
        source_id=row.source_id,
        key=row.key,
        url=row.url,
        title=row.title,
        text=row.text,
        published_at=row.published_at,
        first_seen_at=row.article_seen_at,
        page_sha256=row.page_sha256,
        date_note=row.date_note,
        extractor=row.extractor,
    )
    item = FeedItem(
        source_id=row.source_id,
        key=row.key,
        url=row.item_url,
        title=row.item_title,
        published_at=row.item_published_at,
        summary=row.summary,
    )
    return PastReading(
        saved=SavedArticle(place.article_id, place.revision, article),
        item=item,
        at=place.at,
        story_id=row.story_id or -place.article_id,
        outlet=row.outlet,
        quiet=bool(row.quiet),
        findings=tuple(found),
    )
