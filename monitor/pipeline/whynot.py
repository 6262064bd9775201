"""Why an article was not told, or to whom it was and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from monitor.domain.alerts import Alert, Rule, alert_key
from monitor.domain.delivery import Place
from monitor.domain.fates import (
    ArticleFate,
    Cause,
    FindingFate,
    FoundArticle,
    Stop,
    SubscriptionFate,
    cause_of,
    duplicate_key,
    nearest_rule,
)
from monitor.domain.routing import Audience, Outcome, Router
from monitor.domain.source import Source
from monitor.domain.source_views import SourceView, nearest_source, see_source
from monitor.domain.statement import Finding
from monitor.pipeline.audience import Audiences
from monitor.pipeline.ports import Alerts, Articles, Notices
from monitor.pipeline.ports.asking import Fates

MOST_FINDINGS = 12
NO_RULE = "-"
"""The rule of an alert that never was."""


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Answers for an article, and for the subscriptions of the chat that asks."""

    fates: Fates
    alerts: Alerts
    articles: Articles
    notices: Notices
    audiences: Audiences
    sources: Sequence[Source]
    rules: Sequence[Rule]
    resolve: Callable[[str], str | None]
    """Returns an address in the form in which items keep theirs, None for what is no http(s) address."""

    def explain(self, text: str, chat_id: int, now: datetime) -> ArticleFate | None:
        """Return what became of the article at an address; None where the text is no address."""
        url = self.resolve(text)
        if url is None:
            return None
        found = self.fates.articles_at(same_addresses(url) | same_addresses(text))
        if not found:
            return ArticleFate(
                url, Stop.NOT_COLLECTED, source=self._view(nearest_source(url, self.sources), now)
            )
        article = next((one for one in found if one.id is not None), found[0])
        known = {source.id: source for source in self.sources}
        view = self._view(known.get(article.source_id), now)
        findings = self._findings(article, chat_id, now)
        stop = Stop.NO_TARGET if article.stop is Stop.JUDGED and not findings else article.stop
        return ArticleFate(url, stop, article, view, findings)

    def judgements(self, text: str) -> list[Finding]:
        """Return the current findings of the article at an address, none where it is not collected."""
        url = self.resolve(text)
        if url is None:
            return []
        found = self.fates.articles_at(same_addresses(url) | same_addresses(text))
        return self.fates.findings_of([one.id for one in found[:1] if one.id is not None])

    def _view(self, source: Source | None, now: datetime) -> SourceView | None:
        if source is None:
            return None
        return see_source(source, self.articles.health().get(source.id), self.notices.open(), now)

    def _findings(self, article: FoundArticle, chat_id: int, now: datetime) -> tuple[FindingFate, ...]:
        """Return the fates of an article's statements, what alerted and what is most severe first."""
        if article.id is None:
            return ()
        findings = self.fates.findings_of([article.id])
        decisions = self.fates.decisions([finding.id for finding in findings])
        audience = self.audiences.read(now)
        fates = [
            self._judge(finding, decisions.get(finding.id, (False, None)), audience, chat_id, now)
            for finding in findings
        ]
        ranked = sorted(
            fates,
            key=lambda fate: (
                fate.number is None,
                fate.cause is Cause.NEUTRAL,
                -fate.finding.assessment.severity,
                fate.finding.id,
            ),
        )
        return tuple(ranked[:MOST_FINDINGS])

    def _judge(
        self,
        finding: Finding,
        decision: tuple[bool, str | None],
        audience: Audience,
        chat_id: int,
        now: datetime,
    ) -> FindingFate:
        decided, reason = decision
        cause = cause_of(decided, reason)
        told: tuple[int, Alert] | None = None
        if cause is Cause.ALERTED:
            told = self.alerts.for_finding(finding.id)
        elif cause is Cause.DUPLICATE and reason is not None:
            told = self.alerts.by_key(duplicate_key(reason))
        if cause is Cause.ALERTED and told is None:
            cause = Cause.DUPLICATE  # an alert about an edit of it came first, under its own number
        nearest = nearest_rule(self.rules, finding) if cause is Cause.BELOW else None
        fate = FindingFate(finding, cause, nearest=nearest)
        if told is None:
            return fate
        number, alert = told
        mine = self._subscriptions(alert, audience, chat_id, now)
        return replace(fate, number=number, alert=alert, subscriptions=mine)

    def _subscriptions(
        self, alert: Alert, audience: Audience, chat_id: int, now: datetime
    ) -> tuple[SubscriptionFate, ...]:
        """Return what each of the chat's subscriptions makes of an alert, and how its place was told."""
        outcomes = decide_for_chat(alert, audience, chat_id, now)
        places = {str(Place(o.subscription.chat_id, o.subscription.thread_id)) for o in outcomes}
        told = {one.recipient: one for one in self.fates.tellings(alert.key, places | {str(chat_id)})}
        return tuple(
            SubscriptionFate(
                outcome,
                told.get(str(Place(outcome.subscription.chat_id, outcome.subscription.thread_id))),
                is_later=bool(
                    outcome.subscription.created_at and outcome.subscription.created_at > alert.created_at
                ),
            )
            for outcome in outcomes
        )


def decide_for_chat(alert: Alert, audience: Audience, chat_id: int, now: datetime) -> list[Outcome]:
    """Return what each subscription of a chat makes of an alert, were it decided now."""
    router = Router(audience, now)
    return [router.decide(one, alert) for one in audience.subscriptions if one.chat_id == chat_id]


def imagine_alert(finding: Finding, now: datetime, rule_id: str = NO_RULE) -> Alert:
    """Return the alert that a finding would be."""
    return Alert(alert_key(finding), rule_id, finding, now)


def same_addresses(url: str) -> set[str]:
    """Return the ways in which people and sites write one address: scheme, www and the last slash."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return set()
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return set()
    bare = parts.netloc.removeprefix("www.")
    paths = {parts.path.rstrip("/") or "/", (parts.path.rstrip("/") or "") + "/"}
    return {
        urlunsplit((scheme, host, path, parts.query, ""))
        for scheme in ("http", "https")
        for host in (bare, f"www.{bare}")
        for path in paths
    }
