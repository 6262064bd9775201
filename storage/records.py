"""Rows of findings and back: what alerts, digests and readers are made from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from monitor.domain.actors import MentionRole, Speaker
from monitor.domain.article import point_to
from monitor.domain.stance import Act, Judgement, Probabilities, Tier, Topic
from monitor.domain.statement import Assessment, Finding, Mention, Statement
from storage.engine import in_batches
from storage.positions import Marks, find_second, read_positions
from storage.tables import articles, findings, items, revisions
from storage.watch_tables import quiet_items

_FINDINGS = (
    select(
        findings,
        articles.c.story_id,
        articles.c.outlet,
        articles.c.url,
        articles.c.published_at,
        articles.c.first_seen_at,
        items.c.source_id,
        revisions.c.title,
        quiet_items.c.item_id.is_not(None).label("quiet"),
    )
    .join(articles, articles.c.id == findings.c.article_id)
    .join(items, items.c.id == articles.c.item_id)
    .outerjoin(quiet_items, quiet_items.c.item_id == items.c.id)
    .join(
        revisions,
        (revisions.c.article_id == findings.c.article_id) & (revisions.c.revision == findings.c.revision),
    )
)


def make_row(article_id: int, revision: int, assessment: Assessment, now: datetime) -> dict[str, object]:
    """Return the row of a new finding, about which nothing is decided yet."""
    statement, mention, speaker = assessment.statement, assessment.mention, assessment.speaker
    judgement = assessment.judgement
    return {
        "article_id": article_id,
        "revision": revision,
        "statement_index": statement.index,
        "statement_start": statement.start,
        "statement_end": statement.end,
        "statement_text": statement.text,
        "statement_lang": statement.lang,
        "target": mention.target,
        "mention_start": mention.start,
        "mention_end": mention.end,
        "mention_surface": mention.surface,
        "mention_role": mention.role,
        "speaker_name": speaker.name,
        "speaker_tier": speaker.tier,
        "speaker_bloc": speaker.bloc,
        "speaker_role": speaker.role,
        "speaker_reason": speaker.reason,
        "hostile": judgement.probabilities.hostile,
        "neutral": judgement.probabilities.neutral,
        "conciliatory": judgement.probabilities.conciliatory,
        "acts": list(judgement.acts),
        "act_probabilities": dict(judgement.act_probabilities),
        "uncertain": judgement.uncertain,
        "model": judgement.model,
        "topics": list(assessment.topics),
        "intensity": assessment.intensity,
        "severity": assessment.severity,
        "superseded": False,
        "decided": False,
        "created_at": now,
    }


def load_findings(
    connection: Connection,
    *conditions: ColumnElement[bool],
    order: Collection[ColumnElement[Any]] = (findings.c.id,),
    limit: int | None = None,
) -> list[Finding]:
    """Return the findings for which all conditions hold, with the outlets that carry them by now."""
    rows = connection.execute(_FINDINGS.where(*conditions).order_by(*order).limit(limit)).all()
    outlets = _read_outlets(connection, {row.story_id for row in rows})
    marks = read_positions(connection, {row.article_id for row in rows})
    return [
        _make_finding(row, outlets[row.story_id], marks.get((row.article_id, row.revision), ()))
        for row in rows
    ]


def load_numbered(connection: Connection, finding_ids: Collection[int]) -> dict[int, Finding]:
    """Return those findings that exist, by number."""
    return {
        finding.id: finding
        for some in in_batches(finding_ids)
        for finding in load_findings(connection, findings.c.id.in_(some))
    }


def _read_outlets(connection: Connection, story_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Return all outlets of each story, the first to carry it first."""
    outlets: dict[int, tuple[str, ...]] = {}
    for some in in_batches(story_ids):
        query = (
            select(articles.c.story_id, articles.c.outlet)
            .where(articles.c.story_id.in_(some))
            .group_by(articles.c.story_id, articles.c.outlet)
            .order_by(func.min(articles.c.first_seen_at), func.min(articles.c.id))
        )
        for story_id, outlet in connection.execute(query):
            outlets[story_id] = (*outlets.get(story_id, ()), outlet)
    return outlets


def _make_finding(row: Row[Any], outlets: tuple[str, ...], marks: Marks) -> Finding:
    return Finding(
        id=row.id,
        article_id=row.article_id,
        story_id=row.story_id,
        assessment=_make_assessment(row),
        source_id=row.source_id,
        outlet=row.outlet,
        url=point_to(row.url, find_second(marks, row.statement_start)),
        title=row.title,
        published_at=row.published_at,
        first_seen_at=row.first_seen_at,
        outlets=outlets,
        quiet=bool(row.quiet),
    )


def _make_assessment(row: Row[Any]) -> Assessment:
    return Assessment(
        statement=Statement(
            index=row.statement_index,
            start=row.statement_start,
            end=row.statement_end,
            text=row.statement_text,
            lang=row.statement_lang,
        ),
        mention=Mention(
            target=row.target,
            start=row.mention_start,
            end=row.mention_end,
            surface=row.mention_surface,
            role=MentionRole(row.mention_role),
        ),
        speaker=Speaker(
            name=row.speaker_name,
            tier=Tier(row.speaker_tier),
            bloc=row.speaker_bloc,
            reason=row.speaker_reason,
            role=row.speaker_role,
        ),
        judgement=Judgement(
            probabilities=Probabilities(row.hostile, row.neutral, row.conciliatory),
            acts=tuple(Act(act) for act in row.acts),
            act_probabilities={Act(act): value for act, value in row.act_probabilities.items()},
            uncertain=row.uncertain,
            model=row.model,
        ),
        topics=tuple(Topic(topic) for topic in row.topics),
        intensity=row.intensity,
        severity=row.severity,
    )
