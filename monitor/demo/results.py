"""What came of a run: everything that the summary shows, gathered from the store."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from monitor.app import App
from monitor.demo.evaluation import EpisodeReport, evaluate_episodes
from monitor.demo.expected import Expected
from monitor.domain.actors import RUSSIA, Target, TargetKind
from monitor.domain.alerts import Alert, is_self_talk
from monitor.domain.coverage import CoverageGap, RunOutcome
from monitor.domain.digest import Digest
from monitor.domain.gaps import uncovered_weeks
from monitor.domain.moments import week_start
from monitor.domain.statement import Finding
from monitor.domain.trends import DyadSummary, WeekPoint, summarise_dyads, weekly_series

if TYPE_CHECKING:
    from storage import Store

WEEK = timedelta(days=7)
TRAILING_WEEKS = 4
MOST_WEEKS = 12
MANY = 1_000_000
ENTRY_NUMBER = re.compile(r"\b(?:entry|item) \d+ ?")
REVIEWER = "demo reviewer"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that was not read: where, and why."""

    source: str
    what: str


@dataclass(frozen=True, slots=True)
class Results:
    """What came of a run."""

    findings: tuple[Finding, ...]
    """The current ones, by time."""
    alerts: tuple[Alert, ...]
    dyads: tuple[DyadSummary, ...]
    troubles: tuple[Trouble, ...]
    report: EpisodeReport | None


def gather_results(
    app: App,
    expected: Expected | None,
    item_of: Mapping[str, str],
    failed_items: Mapping[str, str],
    since: datetime,
) -> Results:
    """Return everything since the start, compared with what was expected if that is known."""
    store, until = app.store, app.clock.now() + timedelta(seconds=1)
    findings = store.findings.between(since, until)
    alerts = [alert for _, alert in reversed(store.alerts.latest(MANY))]
    report = None
    if expected is not None:
        report = evaluate_episodes(_with_superseded(store, findings), alerts, expected, item_of)
    return Results(
        findings=tuple(findings),
        alerts=tuple(alerts),
        dyads=tuple(summarise_dyads(findings)),
        troubles=tuple(_find_troubles(app, failed_items, since, until)),
        report=report,
    )


def _with_superseded(store: Store, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings with those that a later revision of their article replaced.

    Expectations hold for the first version of an edited text. Numbers run on without gaps, so
    those missing below the greatest are the replaced ones.
    """
    known = {finding.id for finding in findings}
    missing = (
        store.findings.get(number) for number in range(1, max(known, default=0)) if number not in known
    )
    return sorted([*findings, *(found for found in missing if found)], key=lambda finding: finding.id)


def _find_troubles(
    app: App, failed_items: Mapping[str, str], since: datetime, until: datetime
) -> list[Trouble]:
    """Return where coverage failed: silent or unread sources, bad entries, pages without a text."""
    outlets = {source.id: source.outlet for source in app.settings.sources}
    troubles = [Trouble(gap.outlet, gap.reason) for gap in _find_gaps(app, until)]
    missed: Counter[str] = Counter()
    for run in app.store.articles.runs(since, until):
        outlet = outlets.get(run.source_id, run.source_id)
        if run.outcome is RunOutcome.MISSED:
            missed[outlet] += 1
        elif run.reason:
            troubles.append(Trouble(outlet, ENTRY_NUMBER.sub("entry ", run.reason)))
    for url, reason in failed_items.items():
        outlet = next((s.outlet for s in app.settings.sources if f"/{s.id}/" in url), "")
        troubles.append(Trouble(outlet, f"{reason.rpartition(f'{url}: ')[2]}: {url}"))
    if missed:
        most, count = missed.most_common(1)[0]
        text = f"{missed.total()} visits were missed, most of them ({count}) to {most}"
        troubles.append(Trouble(f"{len(missed)} outlets", text))
    return list(dict.fromkeys(troubles))


def _find_gaps(app: App, until: datetime) -> list[CoverageGap]:
    """Return each source's gap over the shortest of several trailing stretches that shows it.

    A source that publishes twice a week is missed only when a fortnight brings nothing.
    """
    gaps: dict[str, CoverageGap] = {}
    for weeks in range(1, TRAILING_WEEKS + 1):
        for gap in app.desk.gaps(until - weeks * WEEK, until):
            gaps.setdefault(gap.source_id, gap)
    return list(gaps.values())


def draw_charts(app: App, findings: Sequence[Finding], since: datetime, directory: Path) -> list[Path]:
    """Draw Russia's words about each target, and the partners' words, by week; returns the files."""
    from monitor.digest.chart import draw_weeks

    monitor = app.settings.monitor
    russian = monitor.digest.language == "ru"
    zone = ZoneInfo(monitor.timezone)
    states = {t.id for t in app.settings.targets if t.kind is TargetKind.STATE} - {RUSSIA}
    spoken = [f for f in findings if not is_self_talk(f)]
    charts = (
        (
            "from_russia.png",
            "Слова России о партнёрах, по неделям"
            if russian
            else "Russia's words about its partners, by week",
            [f for f in spoken if f.assessment.speaker.bloc == RUSSIA and f.assessment.target != RUSSIA],
        ),
        (
            "from_partners.png",
            "Слова партнёров о России и союзах, по неделям"
            if russian
            else "The partners' words about Russia and the alliances, by week",
            [f for f in spoken if f.assessment.speaker.bloc in states and f.assessment.target not in states],
        ),
    )
    return [
        draw_weeks(
            series, directory / name, title=title, zone=monitor.timezone, language=monitor.digest.language
        )
        for name, title, chosen in charts
        if (series := _series(app, chosen, since, zone))
    ]


def _series(
    app: App, findings: Sequence[Finding], since: datetime, zone: ZoneInfo
) -> dict[str, list[WeekPoint]]:
    """Return the weekly series of each target that was spoken of, under the target's title."""
    now = app.clock.now()
    end = week_start(now, zone)
    weeks = min(MOST_WEEKS, max(1, round((end - week_start(since, zone)) / WEEK)))
    first = week_start(end - weeks * WEEK + timedelta(hours=12), zone)
    uncovered = uncovered_weeks(app.store.articles.runs(since, now), first, end, zone)
    language = app.settings.monitor.digest.language
    return {
        _title(target, language): weekly_series(mine, first, weeks, zone, uncovered)
        for target in app.settings.targets
        if (mine := [f for f in findings if f.assessment.target == target.id])
    }


def _title(target: Target, language: str) -> str:
    return target.title.get(language) or target.title["en"]


@dataclass(frozen=True, slots=True)
class PublishedDigest:
    """A week's digest, what its reviewer did, and its files."""

    digest: Digest
    done: str
    files: tuple[Path, ...]


def publish_digest(app: App) -> PublishedDigest | None:
    """Draft the last full week's digest, review it as a person would, and publish it to its files.

    The reviewer drops the entry of which the classifier is least sure. Returns None where the
    week has a digest already.
    """
    desk, now = app.desk, app.clock.now()
    draft = desk.draft(desk.due_week(now), now)
    if draft is None:
        return None
    done = "approved it as it stood"
    if draft.entries:
        weakest = min(
            draft.entries,
            key=lambda entry: (
                entry.finding.assessment.judgement.probabilities.of(entry.stance),
                entry.number,
            ),
        )
        desk.review(draft.week, REVIEWER, "drop", now, weakest.number, "least sure")
        done = (
            f"dropped entry {weakest.number} of {len(draft.entries)}, the least sure, and approved the rest"
        )
    desk.review(draft.week, REVIEWER, "approve", now)
    files = desk.publish(draft.week, REVIEWER, now)
    return PublishedDigest(desk.show(draft.week), done, tuple(files))
