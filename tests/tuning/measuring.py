"""How much of what stands on a site was found: links, titles, days, words of the texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from monitor.domain.article import Article, FeedItem
from tests.tuning.sites import Site


@dataclass(frozen=True)
class Score:
    """What was found of a site, each 0 to 1; `text` is the mean F1 of the words."""

    precision: float
    recall: float
    titles: float
    days: float
    text: float


def measure(site: Site, base: str, items: Sequence[FeedItem], articles: Sequence[Article]) -> Score:
    """Compare with the truth; what is left out of items and articles counts as not found."""
    true = {site.url(story, base): story for story in site.stories}
    found = {item.url: item for item in items}
    both = found.keys() & true.keys()
    days = sum(_day(found[url]) == true[url].local.date() for url in both)
    texts = {article.url: article.text for article in articles}
    wanted = [(texts.get(url, ""), true[url]) for url in list(found)[:3] if url in true]
    return Score(
        len(both) / max(len(found), 1),
        len(both) / len(true),
        sum(found[url].title == true[url].title for url in both) / max(len(both), 1),
        days / max(len(both), 1),
        sum(agree(text, story.text) for text, story in wanted) / max(len(wanted), 1),
    )


def agree(mine: str, theirs: str) -> float:
    """Return the F1 of the words."""
    a, b = Counter(mine.split()), Counter(theirs.split())
    return 2 * (a & b).total() / max(a.total() + b.total(), 1)


def _day(item: FeedItem) -> object:
    at = item.published_at
    return at.astimezone(ZoneInfo("Europe/Moscow")).date() if at else None
