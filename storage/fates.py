"""What became of articles, of what was judged in them, and of alerts on their way to people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from monitor.domain.article import ItemState
from monitor.domain.delivery import TELEGRAM, DeliveryKind, DeliveryState
from monitor.domain.fates import FoundArticle, Stop, Telling, Way
from monitor.domain.routing import HeldBecause
from monitor.domain.statement import Finding
from storage.columns import storable
from storage.engine import Database, in_batches
from storage.records import load_findings
from storage.tables import ArticleState, alerts, articles, deliveries, findings, items, revisions
from storage.telling_tables import held_alerts
from storage.watch_tables import leases

MOST_ARTICLES = 20
_WAYS = {
    DeliveryState.SENT: Way.SENT,
    DeliveryState.PENDING: Way.WAITING,
    DeliveryState.SENDING: Way.WAITING,
    DeliveryState.FAILED: Way.FAILED,
    DeliveryState.CANCELLED: Way.CANCELLED,
}
_STOPS = {
    ArticleState.COLLECTED: Stop.WAITING,
    ArticleState.SET_ASIDE: Stop.SET_ASIDE,
    ArticleState.UNREAD: Stop.UNREAD,
    ArticleState.ASSESSED: Stop.JUDGED,
}


class Fates:
    """Tells how far things came."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def articles_at(self, urls: Collection[str]) -> list[FoundArticle]:
        """Return what was collected, or was to be, at any of these addresses, the newest first."""
        wanted = [storable(url) for url in urls]
        # Two short walks along the two indexes; one condition over both tables would read them whole.
        numbers = (
            select(items.c.id)
            .where(items.c.url.in_(wanted))
            .union(select(articles.c.item_id).where(articles.c.url.in_(wanted)))
        )
        query = (
            select(
                items.c.source_id,
                items.c.url.label("item_url"),
                items.c.title.label("item_title"),
                items.c.state.label("item_state"),
                items.c.reason.label("item_reason"),
                items.c.first_seen_at.label("item_seen_at"),
                articles,
                revisions.c.title.label("title"),
            )
            .outerjoin(articles, articles.c.item_id == items.c.id)
            .outerjoin(
                revisions,
                (revisions.c.article_id == articles.c.id) & (revisions.c.revision == articles.c.revision),
            )
            .where(items.c.id.in_(numbers))
            .order_by(items.c.first_seen_at.desc(), items.c.id.desc())
            .limit(MOST_ARTICLES)
        )
        with self._database.read() as connection:
            return [_make_found(row) for row in connection.execute(query)]

    def findings_of(self, article_ids: Collection[int]) -> list[Finding]:
        """Return the current findings of articles in the order of their texts."""
        with self._database.read() as connection:
            return load_findings(
                connection,
                findings.c.article_id.in_(sorted(article_ids)),
                findings.c.superseded.is_(False),
                order=(findings.c.article_id, findings.c.statement_index, findings.c.id),
            )

    def decisions(self, finding_ids: Collection[int]) -> Mapping[int, tuple[bool, str | None]]:
        """Return of each finding whether an alert was decided about, and why none was raised."""
        found: dict[int, tuple[bool, str | None]] = {}
        with self._database.read() as connection:
            for some in in_batches(finding_ids):
                query = select(findings.c.id, findings.c.decided, findings.c.skip_reason)
                for row in connection.execute(query.where(findings.c.id.in_(some))):
                    found[row.id] = (row.decided, row.skip_reason)
        return found

    def tellings(self, alert_key: str, recipients: Collection[str]) -> list[Telling]:
        """Return how these recipients were told of an alert or will be, each once.

        A single message that was sent counts before a summary that holds the alert too.
        """
        single = select(deliveries).where(
            deliveries.c.sink == TELEGRAM,
            deliveries.c.kind == DeliveryKind.ALERT,
            deliveries.c.subject == storable(alert_key),
            deliveries.c.recipient.in_(sorted(recipients)),
        )
        held = select(held_alerts).where(
            held_alerts.c.alert_key == storable(alert_key), held_alerts.c.recipient.in_(sorted(recipients))
        )
        told: dict[str, Telling] = {}
        with self._database.read() as connection:
            for row in connection.execute(single):
                told[row.recipient] = Telling(
                    row.recipient, _WAYS[row.state], row.ended_at or row.due_at, reason=row.last_error
                )
            for row in connection.execute(held).all():
                single_one = told.get(row.recipient)
                if single_one is not None and single_one.way is not Way.CANCELLED:
                    continue
                told[row.recipient] = Telling(
                    row.recipient, Way.HELD, row.release_at, HeldBecause(row.reason)
                )
                if row.summary_id is not None:
                    summary = connection.execute(
                        select(deliveries).where(
                            deliveries.c.kind == DeliveryKind.SUMMARY,
                            deliveries.c.subject == str(row.summary_id),
                            deliveries.c.recipient == row.recipient,
                        )
                    ).first()
                    if summary is not None and summary.state == DeliveryState.SENT:
                        told[row.recipient] = Telling(
                            row.recipient, Way.SUMMED_UP, summary.ended_at, HeldBecause(row.reason)
                        )
        return list(told.values())

    def alerts_since(self, moment: datetime) -> int:
        """Return how many alerts were raised since then."""
        query = select(func.count()).select_from(alerts).where(alerts.c.created_at >= moment)
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def leader_until(self, name: str) -> datetime | None:
        """Return until when a lease holds that somebody has; None where nobody has it."""
        with self._database.read() as connection:
            return connection.execute(select(leases.c.until).where(leases.c.name == name)).scalar()


def _make_found(row: Row[Any]) -> FoundArticle:
    if row.id is None:
        stop = Stop.TRY_LATER if row.item_state == ItemState.TRY_LATER else Stop.GIVEN_UP
        return FoundArticle(
            None,
            row.source_id,
            "",
            row.item_url,
            row.item_title,
            stop,
            row.item_reason,
            None,
            row.item_seen_at,
        )
    return FoundArticle(
        id=row.id,
        source_id=row.source_id,
        outlet=row.outlet,
        url=row.url,
        title=row.title or row.item_title,
        stop=_STOPS[row.state],
        reason=row.reason,
        lang=row.lang,
        first_seen_at=row.first_seen_at,
    )
