"""A simulated world of sources with rhythms and troubles, seen through the port of watching."""

from __future__ import annotations

import math
import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from monitor.domain.coverage import HourCoverage, RunOutcome, SourceRun, count_hours
from monitor.domain.moments import hour_start
from monitor.domain.quality import SELECTORS_FAILED, ArticleFacts, ItemFacts
from monitor.domain.source import Source
from monitor.domain.stance import Tier
from monitor.pipeline.ports import Arrivals

HOUR, EVERY = timedelta(hours=1), timedelta(minutes=30)
SHAPES = {  # night and weekend as shares of a workday's busy hours
    "agency": (0.35, 0.7),
    "ministry": (0.02, 0.08),
    "channel": (0.15, 0.9),
    "paper": (0.10, 0.4),
}


@dataclass(frozen=True)
class Fault:
    """A stretch in which something is wrong with a source: `what` is a visit's trouble, or an effect."""

    source_id: str
    what: str
    begin: datetime
    end: datetime


@dataclass(frozen=True)
class Outlet:
    """A source with its rhythm: articles a week, how much days vary, how many come at once."""

    source: Source
    shape: str
    a_week: float
    spread: float = 0.08
    burst: float = 1.2


def make_outlet(name: str, shape: str, a_week: float, zone: str = "Europe/Moscow", **more: float) -> Outlet:
    """Return an outlet that is visited every half hour."""
    source = Source(
        name,
        name.title(),
        "rss",
        f"https://{name}.example/rss",
        "russia",
        Tier.OUTLET,
        ("ru",),
        timezone=zone,
        interval=EVERY,
    )
    return Outlet(source, shape, a_week, **more)


@dataclass
class World:
    """Everything that happens from `start` until `end`, decided by the seed; seen only up to `now`."""

    outlets: Sequence[Outlet]
    start: datetime
    end: datetime
    seed: int = 1
    faults: Sequence[Fault] = ()
    hiccups: float = 0.01
    """Share of visits that fail for no lasting reason."""
    front: int = 0
    """How many articles a source's front shows that were published before the world began."""
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.start
        self._by_id = {outlet.source.id: self._make(outlet) for outlet in self.outlets}

    @property
    def sources(self) -> list[Source]:
        """The sources, all enabled."""
        return [outlet.source for outlet in self.outlets]

    def effects(self, source_id: str, at: datetime) -> set[str]:
        """Return what is wrong with a source at a moment."""
        return {f.what for f in self.faults if f.source_id == source_id and f.begin <= at < f.end}

    def _make(self, outlet: Outlet) -> _Life:
        rng = random.Random(f"{self.seed} {outlet.source.id}")
        visits = self._visit(outlet, rng)
        articles, failed = self._publish(outlet, rng, visits)
        seen = Counter(next_visit(visits, at) for at in (fact.at for fact in articles))
        runs = [replace(run, items_new=seen[run.started_at], articles=seen[run.started_at]) for run in visits]
        before = self._write(
            outlet, random.Random(f"before {self.seed}"), self.start - timedelta(days=9), self.start
        )
        return _Life(runs, articles, failed, before[-self.front :] if self.front else [])

    def _visit(self, outlet: Outlet, rng: random.Random) -> list[SourceRun]:
        visits, at = [], self.start + rng.random() * EVERY
        while at < self.end:
            trouble = next((t for t in self.effects(outlet.source.id, at) if t in TROUBLES), "")
            if not trouble and rng.random() < self.hiccups:
                trouble = rng.choice(("timeout", "server"))
            outcome = TROUBLES[trouble] if trouble else RunOutcome.OK
            if "stopped" not in self.effects("", at):
                visits.append(SourceRun(outlet.source.id, at, at, outcome, reason=trouble, trouble=trouble))
            at += EVERY * rng.uniform(0.9, 1.1)
        return visits

    def _publish(
        self, outlet: Outlet, rng: random.Random, visits: Sequence[SourceRun]
    ) -> tuple[list[ArticleFacts], list[ItemFacts]]:
        """Return articles as they are first seen, by the next good visit, and items that fail."""
        name, good = outlet.source.id, [run.started_at for run in visits if run.outcome is RunOutcome.OK]
        taken: list[ArticleFacts] = []
        failed: list[ItemFacts] = []
        for at in self._write(outlet, rng, self.start, self.end):
            place = bisect_left(good, at)
            if place == len(good):
                break
            seen = good[place]
            effects = self.effects(name, at)
            if "silent" in effects or ("collapsed" in effects and rng.random() > 0.1):
                continue
            if "soft_404" in effects:
                failed.append(ItemFacts(seen, collected=False, attempts=4, reason="not found"))
                continue
            taken.append(self._extract(effects, seen, rng))
        return taken, failed

    def _extract(self, effects: set[str], seen: datetime, rng: random.Random) -> ArticleFacts:
        short = 0.1 if "short" in effects else 1.0
        dated = "dates" not in effects and rng.random() > 0.03
        lost = "layout" in effects or rng.random() < 0.02
        return ArticleFacts(
            at=seen,
            extractor="generic" + SELECTORS_FAILED if lost else "selectors",
            dated=True,
            date_note="" if dated else "the page's date 2036-01-01 is in the future",
            text_length=int(short * math.exp(rng.gauss(7.5, 0.7))),
            page_length=40_000,
            unread="foreign" in effects,
            lang="hy" if "foreign" in effects else "ru",
        )

    def _write(self, outlet: Outlet, rng: random.Random, since: datetime, until: datetime) -> list[datetime]:
        """Return when the outlet publishes: a Poisson process with days that differ, in bursts."""
        zone, days = ZoneInfo(outlet.source.timezone), dict[date, float]()
        night, weekend = SHAPES[outlet.shape]
        day_long = [1.0 if 9 <= hour < 21 else night for hour in range(24)]
        shape = day_long * 5 + [share * weekend for share in day_long] * 2
        scale = outlet.a_week / sum(shape)
        moments, hour = [], hour_start(since)
        while hour < until:
            local = hour.astimezone(zone)
            if local.date() not in days:
                days[local.date()] = rng.gammavariate(1 / outlet.spread, outlet.spread)
            rate = scale * shape[local.weekday() * 24 + local.hour] * days[local.date()] / outlet.burst
            at = rng.expovariate(rate)
            while at < 1:
                count = 1
                while rng.random() > 1 / outlet.burst:
                    count += 1
                moments += [hour + at * HOUR] * count
                at += rng.expovariate(rate)
            hour += HOUR
        return moments


TROUBLES = {
    "dns": RunOutcome.FAILED,
    "timeout": RunOutcome.FAILED,
    "server": RunOutcome.FAILED,
    "robots": RunOutcome.BLOCKED,
    "anti_bot": RunOutcome.BLOCKED,
}


def next_visit(visits: Sequence[SourceRun], at: datetime) -> datetime:
    """Return when the first visit at or after a moment began."""
    return visits[bisect_left(visits, at, key=lambda run: run.started_at)].started_at


@dataclass
class _Life:
    """What happened to one source."""

    visits: list[SourceRun]
    articles: list[ArticleFacts]
    failed: list[ItemFacts]
    shown: list[datetime]

    @cached_property
    def hours(self) -> list[HourCoverage]:
        return count_hours(self.visits)


@dataclass
class FakeWatching:
    """The port of watching over a world, up to its present."""

    world: World

    def hours(self, since: datetime, until: datetime) -> list[HourCoverage]:
        """Return the hours, the present one only as far as it has come."""
        found: list[HourCoverage] = []
        for life in self._lives():
            runs = _cut(life.visits, since, min(until, self._end), lambda run: run.started_at)
            found += count_hours(runs)
        return found

    def arrivals(self, since: datetime, until: datetime) -> list[Arrivals]:
        """Return what was first seen in each hour."""
        found: list[Arrivals] = []
        for source_id, life in self._by_id.items():
            facts = _cut(life.articles, since, min(until, self._end), lambda fact: fact.at)
            seen = [fact.at for fact in facts]
            for hour in sorted({hour_start(at) for at in seen}):
                mine = [at for at in seen if hour <= at < hour + HOUR]
                moments = {int(at.timestamp()) // 600 for at in mine}
                found.append(Arrivals(source_id, hour, len(mine), len(moments), mine[-1]))
        return found

    def first_shown(self, source_id: str, since: datetime, until: datetime) -> list[datetime]:
        """Return what the front showed at first: nothing before the world's beginning unless it says so."""
        life = self._by_id[source_id]
        return life.shown if life.visits and since <= life.visits[0].started_at < until else []

    def last_visits(self, source_ids: Sequence[str], limit: int) -> dict[str, list[SourceRun]]:
        """Return the last visits."""
        return {
            name: _cut(self._by_id[name].visits, None, self._end, lambda run: run.started_at)[-limit:]
            for name in source_ids
        }

    def troubles(self, since: datetime, until: datetime) -> dict[str, dict[str, int]]:
        """Return the kinds of trouble of visits."""
        return {
            name: dict(Counter(r.trouble for r in _cut(life.visits, since, until, _started) if r.trouble))
            for name, life in self._by_id.items()
        }

    def item_troubles(self, since: datetime) -> dict[str, dict[str, int]]:
        """Return what items failed of."""
        return {
            name: {"soft_404": len(failed)}
            for name, life in self._by_id.items()
            if (failed := _cut(life.failed, since, self._end, lambda item: item.first_seen_at))
        }

    def last_articles(
        self, source_ids: Sequence[str], since: datetime, limit: int
    ) -> dict[str, list[ArticleFacts]]:
        """Return how the last articles were extracted."""
        return {
            name: _cut(self._by_id[name].articles, since, self._end, lambda fact: fact.at)[-limit:]
            for name in source_ids
        }

    def failed_items(self, source_ids: Sequence[str], since: datetime) -> dict[str, list[ItemFacts]]:
        """Return the items that failed."""
        return {
            name: _cut(self._by_id[name].failed, since, self._end, lambda item: item.first_seen_at)
            for name in source_ids
        }

    def languages(self, since: datetime) -> dict[str, dict[str, int]]:
        """Return the languages of articles."""
        return {
            name: dict(Counter(f.lang or "" for f in _cut(life.articles, since, self._end, lambda f: f.at)))
            for name, life in self._by_id.items()
        }

    def prune_runs(self, before: datetime) -> int:
        """Forget nothing."""
        return 0

    @property
    def _by_id(self) -> dict[str, _Life]:
        return self.world._by_id

    def _lives(self) -> list[_Life]:
        return list(self._by_id.values())

    @property
    def _end(self) -> datetime:
        return self.world.now


def _started(run: SourceRun) -> datetime:
    return run.started_at


def _cut(values: list, since: datetime | None, until: datetime, key: Callable) -> list:  # type: ignore[type-arg]
    """Return the values in [since, until) of a list that is ordered by time."""
    first = 0 if since is None else bisect_left(values, since, key=key)
    return values[first : bisect_left(values, until, key=key)]
