"""Letting go of archived bytes whose time is over; what still proves something stays."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, or_, select, true

from monitor.domain.archive import Expired, RetentionRule
from monitor.domain.article import CaptureRole
from storage.captures import GONE
from storage.engine import in_batches
from storage.tables import ArticleState, articles, findings, pages, revisions
from storage.watch_tables import captures, changes, prunings

_later = captures.alias("later")
_other = captures.alias("other")
_entry = captures.alias("entry")

_RESTS_ON_IT = revisions.c.page_sha256 == captures.c.page_sha256
_HAS_REVISION = exists().where(_RESTS_ON_IT)
_IS_NEWEST = ~exists().where(_later.c.page_sha256 == captures.c.page_sha256, _later.c.id > captures.c.id)
_IS_ONLY_A_FRONT = ~exists().where(
    _other.c.page_sha256 == captures.c.page_sha256, _other.c.role != CaptureRole.FRONT
)
# Superseded judgements count too: alerts, digests and changes point to them. So do both sides of an
# edit of a judged article, though one of them may say nothing: that is what the edit did.
_IS_JUDGED = or_(
    exists().where(
        _RESTS_ON_IT,
        findings.c.article_id == revisions.c.article_id,
        findings.c.revision == revisions.c.revision,
    ),
    exists().where(
        _RESTS_ON_IT,
        changes.c.article_id == revisions.c.article_id,
        or_(
            changes.c.from_revision == revisions.c.revision,
            changes.c.to_revision == revisions.c.revision,
        ),
        findings.c.article_id == revisions.c.article_id,
    ),
)
_WAITS = exists().where(
    _RESTS_ON_IT,
    articles.c.id == revisions.c.article_id,
    articles.c.revision == revisions.c.revision,
    articles.c.state == ArticleState.COLLECTED,
)
_IS_KEPT = pages.c.body != GONE
# A post or a feed's whole text is a part of its front: the front proves it while anything rests on it.
_CARRIES_EVIDENCE = exists().where(
    _entry.c.front_sha256 == captures.c.page_sha256,
    revisions.c.page_sha256 == _entry.c.page_sha256,
    articles.c.id == revisions.c.article_id,
    or_(
        exists().where(
            findings.c.article_id == revisions.c.article_id,
            findings.c.revision == revisions.c.revision,
        ),
        articles.c.state == ArticleState.COLLECTED,
    ),
    ~exists().where(prunings.c.page_sha256 == revisions.c.page_sha256),
)

_CONDITIONS: dict[RetentionRule, ColumnElement[bool]] = {
    RetentionRule.FRONTS: and_(captures.c.role == CaptureRole.FRONT, ~_CARRIES_EVIDENCE),
    RetentionRule.UNJUDGED: and_(
        _IS_NEWEST,
        or_(
            and_(_HAS_REVISION, _IS_KEPT, ~_IS_JUDGED, ~_WAITS),
            and_(~_HAS_REVISION, ~_IS_ONLY_A_FRONT),
        ),
    ),
    RetentionRule.ARTICLES: and_(_IS_NEWEST, _HAS_REVISION, _IS_KEPT, _IS_JUDGED),
}


def read_expired(
    connection: Connection, rule: RetentionRule, before: datetime, after: int, limit: int
) -> Sequence[Expired]:
    """Return what the rule lets go, by the capture's number."""
    query = _select_expired(rule, before).where(captures.c.id > after).order_by(captures.c.id).limit(limit)
    return [Expired(row.id, row.size) for row in connection.execute(query)]


def let_go(
    connection: Connection,
    rule: RetentionRule,
    before: datetime,
    capture_ids: Collection[int],
    now: datetime,
) -> int:
    """Let go of those of the captures that are still expired; returns how many."""
    rows = [
        row
        for some in in_batches(sorted(capture_ids))
        for row in connection.execute(_select_expired(rule, before).where(captures.c.id.in_(some)))
    ]
    emptied = [row.page_sha256 for row in rows if row.has_revision and rule is not RetentionRule.FRONTS]
    for some in in_batches(emptied):
        connection.execute(pages.update().where(pages.c.sha256.in_(some)).values(body=GONE))
        taken = [{"page_sha256": sha256, "rule": rule, "at": now} for sha256 in some]
        connection.execute(prunings.insert(), taken)
    whole = [row for row in rows if rule is RetentionRule.FRONTS or not row.has_revision]
    for some_rows in in_batches(whole):
        _delete(connection, rule, [row.id for row in some_rows], {row.page_sha256 for row in some_rows})
    return len(rows)


def _select_expired(rule: RetentionRule, before: datetime) -> Select[Any]:
    frees = and_(_IS_NEWEST, ~_HAS_REVISION) if rule is RetentionRule.FRONTS else true()
    query: Select[Any] = (
        select(
            captures.c.id,
            captures.c.page_sha256,
            _HAS_REVISION.label("has_revision"),
            case((frees, func.length(pages.c.body)), else_=0).label("size"),
        )
        .join(pages, pages.c.sha256 == captures.c.page_sha256)
        .where(captures.c.fetched_at < before, _CONDITIONS[rule])
    )
    return query


def _delete(
    connection: Connection, rule: RetentionRule, capture_ids: Sequence[int], hashes: Collection[str]
) -> None:
    """Delete sightings, and the pages on which nothing else rests."""
    gone = captures.c.page_sha256.in_(hashes)
    if rule is RetentionRule.FRONTS:
        gone = captures.c.id.in_(capture_ids)
    connection.execute(captures.delete().where(gone))
    unseen = ~exists().where(captures.c.page_sha256 == pages.c.sha256)
    unused = ~exists().where(revisions.c.page_sha256 == pages.c.sha256)
    wanted = (pages.c.sha256.in_(hashes), unseen, unused)
    lost = select(pages.c.sha256).where(*wanted)
    connection.execute(prunings.delete().where(prunings.c.page_sha256.in_(lost)))
    connection.execute(pages.delete().where(*wanted))
