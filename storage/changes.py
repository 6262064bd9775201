"""What became of articles and their statements, from the revision that was assessed to the decision."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from monitor.domain.article import SavedArticle
from monitor.domain.changes import (
    ArchivedCopy,
    ArticleChange,
    ArticleVersions,
    ChangedArticle,
    ChangeEvidence,
    ChangeKind,
    Revision,
    RevisionPair,
    StatementChange,
)
from monitor.domain.statement import Finding
from storage.engine import Database, in_batches, upsert
from storage.records import load_findings, load_numbered
from storage.tables import articles, findings, items, revisions
from storage.watch_tables import changes, revisits, statement_changes

_TELLING = (ChangeKind.SOFTENED, ChangeKind.SHARPENED, ChangeKind.REMOVED)
"""Kinds that may raise an alert; of others nothing needs to be decided."""


class Changes:
    """Keeps what was seen to happen to articles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def uncompared(self, limit: int) -> list[RevisionPair]:
        """Return revisions that were assessed and not yet compared with the one before, the oldest first."""
        query = select(changes).where(changes.c.compared.is_(False)).order_by(changes.c.id).limit(limit)
        with self._database.read() as connection:
            return [_make_pair(connection, row) for row in connection.execute(query).all()]

    def record(self, change_id: int, kind: ChangeKind, statements: Sequence[StatementChange]) -> None:
        """Save what a comparison found; a second time nothing."""
        decided = not any(statement.kind in _TELLING for statement in statements)
        with self._database.write() as connection:
            recorded = connection.execute(
                changes.update()
                .where(changes.c.id == change_id, changes.c.compared.is_(False))
                .values(kind=kind, compared=True, decided=decided)
            )
            if recorded.rowcount:
                _add_statements(connection, change_id, statements)

    def touched(self, source_id: str, since: datetime) -> int:
        """Return how many articles of the source that were looked at since then had statements
        softened, sharpened or taken out by an edit that was seen since then."""
        query = (
            select(func.count(changes.c.article_id.distinct()))
            .join(statement_changes, statement_changes.c.change_id == changes.c.id)
            .join(revisits, revisits.c.article_id == changes.c.article_id)
            .join(articles, articles.c.id == changes.c.article_id)
            .join(items, items.c.id == articles.c.item_id)
            .where(
                changes.c.seen_at >= since,
                changes.c.from_revision < changes.c.to_revision,
                statement_changes.c.kind.in_(_TELLING),
                revisits.c.last_at >= since,
                items.c.source_id == source_id,
            )
        )
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def undecided(self, limit: int) -> list[ChangedArticle]:
        """Return changes about which no alert decision was made, the oldest first."""
        query = (
            select(changes)
            .where(changes.c.decided.is_(False), changes.c.compared.is_(True))
            .order_by(changes.c.id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return _load_changed(connection, connection.execute(query).all())

    def versions(self, url: str) -> list[ArticleVersions]:
        """Return the articles at this address with all their texts and changes."""
        query = (
            select(articles, items.c.source_id, func.coalesce(revisits.c.gone, False).label("gone"))
            .join(items, items.c.id == articles.c.item_id)
            .outerjoin(revisits, revisits.c.article_id == articles.c.id)
            .where((articles.c.url == url) | (items.c.url == url))
            .order_by(articles.c.id)
        )
        with self._database.read() as connection:
            return [_make_versions(connection, row) for row in connection.execute(query).all()]


def note_revision(connection: Connection, saved: SavedArticle) -> None:
    """Note, where a revision is saved as assessed, that it is to be compared with the one before.

    The one before is the last that was assessed: what nobody judged has no statements to compare.
    """
    if not saved.revision:
        return
    last = select(func.max(changes.c.to_revision)).where(
        changes.c.article_id == saved.id, changes.c.from_revision < changes.c.to_revision
    )
    _insert(
        connection,
        article_id=saved.id,
        kind=ChangeKind.EDITED,
        from_revision=connection.execute(last).scalar() or 0,
        to_revision=saved.revision,
        seen_at=_read_copy(connection, saved.id, saved.revision).seen_at,
        compared=False,
        decided=False,
    )


def note_whole_article(connection: Connection, article_id: int, kind: ChangeKind, now: datetime) -> None:
    """Note that an article was taken down, with all that it says now, or was put back."""
    revision = connection.execute(select(articles.c.revision).where(articles.c.id == article_id)).scalar_one()
    gone = kind is ChangeKind.REMOVED
    number = _insert(
        connection,
        article_id=article_id,
        kind=kind,
        from_revision=revision,
        to_revision=revision,
        seen_at=now,
        compared=True,
        decided=not gone,
    )
    if number is not None and gone:
        standing = findings.c.superseded.is_(False)
        said = load_findings(connection, findings.c.article_id == article_id, standing)
        statements = [StatementChange(ChangeKind.REMOVED, finding, None) for finding in said]
        _add_statements(connection, number, statements)


def mark_decided(connection: Connection, change_ids: Collection[int]) -> None:
    """Note that it was decided which of these changes alert."""
    for some in in_batches(change_ids):
        connection.execute(changes.update().where(changes.c.id.in_(some)).values(decided=True))


def read_evidence(connection: Connection, change_ids: Collection[int]) -> dict[int, ChangeEvidence]:
    """Return what proves each change, by its number."""
    found: dict[int, ChangeEvidence] = {}
    for some in in_batches(change_ids):
        for row in connection.execute(select(changes).where(changes.c.id.in_(some))).all():
            edited = row.from_revision != row.to_revision
            found[row.id] = ChangeEvidence(
                seen_at=row.seen_at,
                old=_read_copy(connection, row.article_id, row.from_revision),
                new=_read_copy(connection, row.article_id, row.to_revision) if edited else None,
            )
    return found


def _insert(connection: Connection, **row: object) -> int | None:
    """Add a change and return its number; None where it is known already."""
    key = ("article_id", "kind", "to_revision", "seen_at")
    inserted = connection.execute(upsert(connection, changes, key).returning(changes.c.id), row)
    return inserted.scalar()


def _add_statements(connection: Connection, change_id: int, statements: Sequence[StatementChange]) -> None:
    rows = [
        {
            "change_id": change_id,
            "place": place,
            "kind": statement.kind,
            "before_id": statement.before.id if statement.before else None,
            "after_id": statement.after.id if statement.after else None,
        }
        for place, statement in enumerate(statements)
    ]
    if rows:
        connection.execute(statement_changes.insert(), rows)


def _make_change(row: Row[Any]) -> ArticleChange:
    return ArticleChange(
        id=row.id,
        article_id=row.article_id,
        kind=ChangeKind(row.kind),
        from_revision=row.from_revision,
        to_revision=row.to_revision,
        seen_at=row.seen_at,
    )


def _make_pair(connection: Connection, row: Row[Any]) -> RevisionPair:
    sides: list[tuple[tuple[Finding, ...], str]] = []
    for revision in (row.from_revision, row.to_revision):
        of_this = (findings.c.article_id == row.article_id, findings.c.revision == revision)
        text = _select_revision(row.article_id, revision)
        said = connection.execute(text).one()
        sides.append((tuple(load_findings(connection, *of_this)), f"{said.title}\n\n{said.text}"))
    (before, old_text), (after, new_text) = sides
    return RevisionPair(_make_change(row), before, after, old_text, new_text)


def _select_revision(article_id: int, revision: int) -> Any:
    mine = (revisions.c.article_id == article_id, revisions.c.revision == revision)
    return select(revisions).where(*mine)


def _read_copy(connection: Connection, article_id: int, revision: int) -> ArchivedCopy:
    columns = (revisions.c.revision, revisions.c.first_seen_at, revisions.c.page_sha256)
    row = connection.execute(_select_revision(article_id, revision).with_only_columns(*columns)).one()
    return ArchivedCopy(row.revision, row.first_seen_at, row.page_sha256)


def _load_changed(connection: Connection, rows: Sequence[Row[Any]]) -> list[ChangedArticle]:
    numbers = [row.id for row in rows]
    touched: dict[int, list[Row[Any]]] = {number: [] for number in numbers}
    for some in in_batches(numbers):
        query = (
            select(statement_changes)
            .where(statement_changes.c.change_id.in_(some))
            .order_by(statement_changes.c.change_id, statement_changes.c.place)
        )
        for row in connection.execute(query):
            touched[row.change_id].append(row)
    of_all = [row for some in touched.values() for row in some]
    found = load_numbered(connection, {n for row in of_all for n in (row.before_id, row.after_id) if n})
    evidence = read_evidence(connection, numbers)
    return [
        ChangedArticle(
            change=_make_change(row),
            statements=tuple(
                StatementChange(ChangeKind(s.kind), found.get(s.before_id), found.get(s.after_id))
                for s in touched[row.id]
            ),
            evidence=evidence[row.id],
        )
        for row in rows
    ]


def _make_versions(connection: Connection, article: Row[Any]) -> ArticleVersions:
    texts = select(revisions).where(revisions.c.article_id == article.id).order_by(revisions.c.revision)
    seen = (
        select(changes)
        .where(changes.c.article_id == article.id, changes.c.compared.is_(True))
        .order_by(changes.c.seen_at, changes.c.id)
    )
    return ArticleVersions(
        article_id=article.id,
        source_id=article.source_id,
        outlet=article.outlet,
        url=article.url,
        revisions=tuple(
            Revision(row.title, row.text, ArchivedCopy(row.revision, row.first_seen_at, row.page_sha256))
            for row in connection.execute(texts)
        ),
        changes=tuple(_load_changed(connection, connection.execute(seen).all())),
        is_gone=article.gone,
    )
