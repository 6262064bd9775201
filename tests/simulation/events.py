"""What goes wrong in the simulated world, and what the monitor must say of it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.domain.changes import ChangeKind
from monitor.domain.notices import AlarmKind
from tests.simulation.articles import FRIENDLY, HOSTILE, Article
from tests.simulation.sites import Site


@dataclass(frozen=True)
class Trouble:
    """A stretch in which a site misbehaves, and the alarm that it must raise; None must raise none."""

    name: str
    site: str
    begin: datetime
    end: datetime
    alarm: AlarmKind | None


@dataclass(frozen=True)
class Deed:
    """An edit or a deletion of one article, and the change that must be recorded; None must not be."""

    site: str
    number: int
    at: datetime
    change: ChangeKind | None
    back_at: datetime | None = None


ALARMS = {
    "down": AlarmKind.DOWN,
    "dns": AlarmKind.DOWN,
    "error": AlarmKind.DOWN,
    "robots": AlarmKind.BLOCKED,
    "anti-bot": AlarmKind.ANTI_BOT,
    "soft-404": AlarmKind.SOFT_404,
    "layout": AlarmKind.LAYOUT,
    "silent": AlarmKind.SILENT,
    "collapsed": AlarmKind.COLLAPSED,
    "dates": AlarmKind.CLOCK,
    "foreign": AlarmKind.UNREAD,
    "flood": None,
}
TOGETHER = 8
"""Sites that one outage takes down at once: they must be told of in one notice."""


def plan_troubles(sites: Sequence[Site], begin: datetime, days: int) -> list[Trouble]:
    """Return one trouble of each kind on a site of its own, and one outage of many sites."""
    busy = [site for site in sites if site.per_day >= 10]
    paged = [site for site in busy if site.kind != "telegram_channel"]
    taken: set[str] = set()

    def pick(pool: Sequence[Site]) -> Site:
        site = next(site for site in pool if site.id not in taken)
        taken.add(site.id)
        return site

    def stretch(first_hour: float, hours: float) -> tuple[datetime, datetime]:
        start = begin + timedelta(hours=first_hour)
        return start, min(start + timedelta(hours=hours), begin + timedelta(days=days, hours=-12))

    plan = [
        ("down", pick(busy), 9, 14),
        ("dns", pick(busy), 30, 10),
        ("error", pick(busy), 52, 12),
        ("robots", pick(busy), 12, 40),
        ("anti-bot", pick(paged), 20, 30),
        ("soft-404", pick(paged), 26, 48),
        ("layout", pick([s for s in paged if s.kind == "rss"]), 24, 60),
        ("layout", pick([s for s in paged if s.kind == "listing"]), 36, 48),
        ("silent", pick(busy), 18, 90),
        ("collapsed", pick([s for s in busy if s.per_day >= 16]), 20, 110),
        ("dates", pick(paged), 22, 70),
        ("foreign", pick(paged), 28, 80),
        ("flood", pick(paged), 40, 2),
    ]
    troubles = [
        Trouble(name, site.id, *stretch(first, hours), ALARMS[name]) for name, site, first, hours in plan
    ]
    outage = stretch(75, 9)
    quiet = [site for site in sites if site.id not in taken]
    return [*troubles, *(Trouble("dns", pick(quiet).id, *outage, AlarmKind.DOWN) for _ in range(TOGETHER))]


def set_troubles(sites: Sequence[Site], troubles: Sequence[Trouble], now: datetime) -> None:
    """Bring every site to the state that it has now."""
    for site in sites:
        names = {t.name for t in troubles if t.site == site.id and t.begin <= now < t.end}
        site.trouble = next(
            (n for n in ("down", "dns", "error", "robots", "anti-bot", "soft-404") if n in names), ""
        )
        site.layout = "v2" if "layout" in names else "v1"
        site.skew = timedelta(days=3_650) if "dates" in names else timedelta(0)


def volume(troubles: Sequence[Trouble], site: Site, now: datetime) -> float:
    """Return by what a site's rhythm is multiplied now."""
    names = {t.name for t in troubles if t.site == site.id and t.begin <= now < t.end}
    return 0.0 if "silent" in names else 0.1 if "collapsed" in names else 60.0 if "flood" in names else 1.0


def plan_deed(site: Site, article: Article, now: datetime, rng: random.Random) -> Deed | None:
    """Decide, when an article is published, whether it will be edited or removed later."""
    at = now + timedelta(hours=rng.uniform(2, 20))
    chance = rng.random()
    if site.kind == "telegram_channel":
        # A post is seen in the preview only while it is among the newest.
        soon = now + timedelta(hours=rng.uniform(2, 5))
        return Deed(site.id, article.number, soon, ChangeKind.REMOVED) if chance < 0.04 else None
    if article.target and chance < 0.08:
        turned = ChangeKind.SOFTENED if article.stance == HOSTILE else ChangeKind.SHARPENED
        return Deed(site.id, article.number, at, turned)
    if chance < 0.10:
        return Deed(site.id, article.number, at, None)
    if chance < 0.13:
        back = at + timedelta(hours=30) if chance < 0.115 else None
        return Deed(site.id, article.number, at, ChangeKind.REMOVED, back)
    return None


def do_deed(site: Site, deed: Deed) -> None:
    """Edit or remove the article."""
    if deed.change is ChangeKind.REMOVED:
        site.removed.add(deed.number)
        return
    article = site.current[deed.number]
    if deed.change is None:
        site.current[deed.number] = article.corrected()
    else:
        site.current[deed.number] = article.turned(FRIENDLY if article.stance == HOSTILE else HOSTILE)
