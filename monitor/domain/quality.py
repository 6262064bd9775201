"""Whether a source's articles are still extracted, dated and read as well as they used to be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from monitor.domain.notices import Alarm, AlarmKind

SELECTORS_FAILED = ", selectors found nothing"
"""How the name of an extractor ends that had to do without the configured selectors."""

LEAST_BEFORE = 6
RECENT = (6, 9, 14, 20, 30, 45)
"""How many of the last articles are compared with those before: a change shows in one of them."""
_LEAST_SHARE, _CHANCE = 0.7, 1e-5
_WELL_AGAIN = 1 / 3
_NEVER_MATCHED = 8

LENGTHS_BEFORE, LENGTHS_RECENT = 12, (8, 16, 32)
_TIMES, _DEVIATIONS = 4.0, 6.0


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """How one article was extracted, without its text.

    Lengths are None where none were kept; `unread` is None where its language is not known (yet).
    """

    at: datetime
    extractor: str
    dated: bool
    date_note: str = ""
    text_length: int | None = None
    page_length: int | None = None
    unread: bool | None = None
    lang: str | None = None

    @property
    def text_share(self) -> float | None:
        """The share of the page's text that is the article's; the rest is furniture."""
        if self.text_length is None or not self.page_length:
            return None
        return min(1.0, self.text_length / self.page_length)


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What became of one item of a source's front; `reason` says why it was not collected."""

    first_seen_at: datetime
    collected: bool
    attempts: int
    reason: str = ""


def watch_layout(source_id: str, articles: Sequence[ArticleFacts], begun: datetime | None) -> Alarm | None:
    """Return the alarm that the configured selectors match no more, or that far less text is found.

    `begun` is when such an alarm that is open began: it then holds until most articles are well again.
    """
    failed = [a.extractor.endswith(SELECTORS_FAILED) for a in articles]
    if found := _turned(failed, lasting=begun is not None):
        detail = f"the selectors match no more: on {found}"
        return Alarm(AlarmKind.LAYOUT, source_id, detail, _since(articles, failed))
    if len(failed) >= _NEVER_MATCHED and all(failed):
        detail = f"the selectors matched on none of {len(failed)} articles"
        return Alarm(AlarmKind.LAYOUT, source_id, detail, articles[0].at)
    lengths = [(a.at, float(a.text_length)) for a in articles if a.text_length]
    shares = [(a.at, 100 * share) for a in articles if (share := a.text_share)]
    changed = _changed("text", "characters", lengths, begun, either_way=True) or _changed(
        "share of the page that is text", "%", shares, begun
    )
    return Alarm(AlarmKind.LAYOUT, source_id, *changed) if changed else None


def watch_dates(source_id: str, articles: Sequence[ArticleFacts], begun: datetime | None) -> Alarm | None:
    """Return the alarm that most articles came to have no date, or none that can be believed."""
    wrong = [not a.dated or bool(a.date_note) for a in articles]
    found = _turned(wrong, lasting=begun is not None)
    if not found:
        return None
    note = next((a.date_note for a in reversed(articles) if a.date_note), "there is none")
    detail = f"dates are missing or not believable: on {found}; the last: {note}"
    return Alarm(AlarmKind.CLOCK, source_id, detail, _since(articles, wrong))


def watch_languages(source_id: str, articles: Sequence[ArticleFacts], begun: datetime | None) -> Alarm | None:
    """Return the alarm that a source came to write in a language that nobody here reads."""
    known = [a for a in articles if a.unread is not None]
    unread = [bool(a.unread) for a in known]
    found = _turned(unread, lasting=begun is not None)
    if not found:
        return None
    langs = sorted({a.lang for a in known[-LEAST_BEFORE:] if a.unread and a.lang})
    detail = f"it writes in a language that is not read ({', '.join(langs) or 'unknown'}): {found}"
    return Alarm(AlarmKind.UNREAD, source_id, detail, _since(known, unread))


def _turned(flags: Sequence[bool], *, lasting: bool) -> str:
    """Return how the last flags came to be set against those before, empty where they did not.

    It takes a share of seven tenths that would come of the share before by chance less than once
    in 100,000 times; the share before is smoothed, so that few flags before prove little.
    """
    if lasting:
        last = flags[-RECENT[0] :]
        set_now = sum(last)
        return f"{set_now} of the last {len(last)}" if set_now > _WELL_AGAIN * len(last) else ""
    for count in RECENT:
        before, last = flags[:-count], flags[-count:]
        if len(before) < LEAST_BEFORE:
            break
        share = (sum(before) + 1) / (len(before) + 2)
        if sum(last) >= _LEAST_SHARE * count and _chance_of_at_least(sum(last), count, share) < _CHANCE:
            return f"{sum(last)} of the last {count}, {sum(before)} of {len(before)} before"
    return ""


def _chance_of_at_least(hits: int, tries: int, share: float) -> float:
    return sum(math.comb(tries, n) * share**n * (1 - share) ** (tries - n) for n in range(hits, tries + 1))


def _since(articles: Sequence[ArticleFacts], flags: Sequence[bool]) -> datetime | None:
    """Return when the last unbroken row of flags began."""
    since = None
    for article, flag in zip(reversed(articles), reversed(flags), strict=True):
        if not flag:
            break
        since = article.at
    return since


def _changed(
    what: str,
    unit: str,
    values: Sequence[tuple[datetime, float]],
    begun: datetime | None,
    *,
    either_way: bool = False,
) -> tuple[str, datetime] | None:
    """Return how and since when a figure fell (or rose) by more than chance lets it; None where it did not.

    Medians of logarithms are compared, against the spread that the source's own articles have:
    posts of a channel vary far more than a wire's items do.
    """
    for count in LENGTHS_RECENT if begun is None else LENGTHS_RECENT[:1]:
        last = values[-count:]
        before = [v for v in values[:-count] if begun is None or v[0] < begun]
        if len(before) < LENGTHS_BEFORE:
            break
        logs = [math.log(max(value, 0.1)) for _, value in before]
        usual = median(logs)
        spread = max(0.2, 1.4826 * median(abs(log - usual) for log in logs))
        now = median(math.log(max(value, 0.1)) for _, value in last)
        fall = abs(now - usual) if either_way else usual - now
        error = 1.25 * spread / math.sqrt(count)
        # What lasts must come half the way back before it counts as over.
        ease = 1.0 if begun is None else 0.5
        if fall > ease * math.log(_TIMES) and fall > ease * _DEVIATIONS * error:
            return (
                f"the {what} changed: {math.exp(now):.0f} {unit} (median of the last {count}),"
                f" {math.exp(usual):.0f} of {len(before)} before"
            ), last[0][0]
    return None
