"""When an article is read again, and what it means that it is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.domain.changes import ChangeKind
from monitor.domain.source import Source

WITHOUT_PAGES = frozenset({"telegram_channel", "folder"})
"""Kinds of source whose articles have no page of their own: a channel's posts are seen in its preview."""
GIVEN_TEXTS = ("entry", "telegram", "script", "text")
"""How extractors are named that read what came with an item: no page was fetched."""

SPREAD = 0.2
"""Visits are up to this share of their time late, each article by its own, so that they do not bunch."""
LATEST = timedelta(hours=24)
"""How long after the last visit's time an unconfirmed absence is still looked at."""
LEAST_PAUSE = timedelta(hours=1)
"""Between two looks at an absence when the site could not be read."""
OF_LATE = timedelta(hours=3)
"""The time over which a source's articles are counted before one of them counts as taken down."""
LEAST_TO_HOLD = 3
"""Articles from which the site may be at fault: of one or two nobody can tell."""


@dataclass(frozen=True, slots=True)
class RevisitPlan:
    """How long after an article was first seen it is read again, and how soon an absence is confirmed."""

    after: tuple[timedelta, ...]
    confirm: timedelta

    @classmethod
    def of(cls, after_hours: Sequence[float], confirm_minutes: float) -> RevisitPlan:
        """Return the plan that the configuration asks for."""
        after = tuple(timedelta(hours=hours) for hours in sorted(set(after_hours)))
        return cls(after, timedelta(minutes=confirm_minutes))


@dataclass(frozen=True, slots=True)
class Revisit:
    """Where an article stands: which visit is next and when, and how often in a row it was missing.

    `next_at` is None where it is not read again; `gone` is true from its confirmed removal until it
    is seen again.
    """

    article_id: int
    first_seen_at: datetime
    step: int
    next_at: datetime | None
    missing: int = 0
    gone: bool = False
    last_at: datetime | None = None


class Sighting(StrEnum):
    """What a visit saw."""

    SEEN = "seen"
    MISSING = "missing"
    UNCLEAR = "unclear"
    """The page could not be read, or not be understood: nothing is known of the article."""


def has_page(source: Source, extractor: str) -> bool:
    """Say whether an article has a page that may be read again."""
    return source.kind not in WITHOUT_PAGES and not extractor.startswith(GIVEN_TEXTS)


def plan_first(article_id: int, first_seen_at: datetime, plan: RevisitPlan, now: datetime) -> Revisit:
    """Return when an article is first read again; visits that are past already are not made up for."""
    return _advance(Revisit(article_id, first_seen_at, 0, None), plan, now)


def after_visit(
    visit: Revisit, sighting: Sighting, plan: RevisitPlan, now: datetime, *, held_back: bool = False
) -> tuple[Revisit, ChangeKind | None]:
    """Return where the article stands after a visit, and whether it was taken down or put back.

    An absence counts only when it is seen a second time, after the plan's time to confirm, and
    not while it is `held_back` because much of the source is missing at once.
    """
    visited = replace(visit, last_at=now)
    if sighting is Sighting.MISSING:
        return _after_absence(replace(visited, missing=visit.missing + 1), plan, now, held_back)
    if sighting is Sighting.SEEN:
        back = ChangeKind.RESTORED if visit.gone else None
        return _advance(replace(visited, step=visit.step + 1, missing=0, gone=False), plan, now), back
    if visit.missing and not visit.gone:
        return _look_again(visited, plan, now, max(plan.confirm, LEAST_PAUSE)), None
    return _advance(replace(visited, step=visit.step + 1), plan, now), None


def _after_absence(
    visited: Revisit, plan: RevisitPlan, now: datetime, held_back: bool
) -> tuple[Revisit, ChangeKind | None]:
    if visited.gone:
        return _advance(replace(visited, step=visited.step + 1), plan, now), None
    if visited.missing == 1:
        return replace(visited, next_at=now + plan.confirm), None
    if held_back:
        return _look_again(visited, plan, now, plan.confirm), None
    return _advance(replace(visited, step=visited.step + 1, gone=True), plan, now), ChangeKind.REMOVED


def put_off(visit: Revisit, until: datetime) -> Revisit:
    """Return the visit as it waits for a host that asked to be left alone."""
    return replace(visit, next_at=until)


def after_post(
    visit: Revisit, *, shown: bool, now: datetime, held_back: bool
) -> tuple[Revisit, ChangeKind | None]:
    """Return the same for a channel's post, of which every visit to the channel tells.

    It is never read by itself, so that only the count of absences moves.
    """
    if shown:
        back = ChangeKind.RESTORED if visit.gone else None
        return replace(visit, missing=0, gone=False, last_at=now), back
    missing = replace(visit, missing=visit.missing + 1, last_at=now)
    if visit.gone or visit.missing == 0 or held_back:
        return missing, None
    return replace(missing, gone=True), ChangeKind.REMOVED


def is_sitewide(touched: int, visited: int) -> bool:
    """Say whether so many articles are touched at once that the site, not the articles, is at fault.

    `visited` are the source's articles that were looked at of late, `touched` those of them that
    were not there, or whose statements changed.
    """
    return touched >= LEAST_TO_HOLD and 2 * touched > visited


def due_at(article_id: int, first_seen_at: datetime, after: timedelta) -> datetime:
    """Return when a visit is due: later than asked for by a share of the article's own."""
    share = (article_id * 2_654_435_761) % 2**32 / 2**32  # Knuth's multiplicative hashing
    return first_seen_at + after * (1 + SPREAD * share)


def _due(visit: Revisit, plan: RevisitPlan, step: int) -> datetime:
    return due_at(visit.article_id, visit.first_seen_at, plan.after[step])


def _advance(visit: Revisit, plan: RevisitPlan, now: datetime) -> Revisit:
    """Go to the first step that is still ahead, or to the end."""
    steps = range(visit.step, len(plan.after))
    step = next((step for step in steps if _due(visit, plan, step) > now), None)
    if step is None:
        return replace(visit, step=len(plan.after), next_at=None)
    return replace(visit, step=step, next_at=_due(visit, plan, step))


def _look_again(visit: Revisit, plan: RevisitPlan, now: datetime, pause: timedelta) -> Revisit:
    """Stay at this step until the absence is clear, but not for ever after the last one."""
    last = _due(visit, plan, -1) + LATEST if plan.after else now
    return replace(visit, next_at=now + pause if now <= last else None)
