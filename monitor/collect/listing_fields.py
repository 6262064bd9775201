"""Where the blocks of a list keep their link, title and date, found by looking at all of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bs4 import Tag

from monitor.collect.links import resolve_link
from monitor.domain.source import ListingSelectors
from monitor.text.dates import read_date
from monitor.text.selectors import cost_of, name_in_place, text_of

_DATE_ATTRIBUTES = ("datetime", "data-datetime", "data-unixtime", "content")
_LONGEST_DATE = 48
_MOST_FOREIGN = 2
_TIME_ONLY = re.compile(r"\(?\d{1,2}[:.]\d{2}(?::\d{2})?\)?(?:\s*(?:мск|msk|[ap]\.?m\.?))?", re.IGNORECASE)
_DIGIT_OR_DAY = re.compile(r"\d|вчера|сегодня|назад|today|yesterday|ago", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{2,}")
_WORD_OF_DATE = re.compile(
    r"янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|"
    r"год|мск|msk|gmt|utc|am\b|pm\b|at\b|of\b|th\b|st\b|nd\b|rd\b|сегодня|вчера|назад|мин|час|today|yesterday|ago|"
    r"пон|втор|сред|чет|пят|суб|воск|mon|tue|wed|thu|fri|sat|sun|minute|hour|day"
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TITLE_NAMES = re.compile(r"title|head|zag|caption|subject|name(?!s)", re.IGNORECASE)
_SHORTEST_TITLE, _LONGEST_TITLE = 12, 220
_MOST = 0.8
_HALF = 0.5
_LOOKED_AT = 25
_MOST_TRIED = 12


def find_fields(
    item: str, nodes: Sequence[Tag], links: Sequence[str], base: str, zone: ZoneInfo, now: datetime
) -> ListingSelectors | None:
    """Return selectors for the fields of these blocks, each leading to its link; None without titles."""
    nodes, links = nodes[:_LOOKED_AT], links[:_LOOKED_AT]
    date = find_date(nodes, zone, now)
    link = _find_link(nodes, links, base)
    if link is None:
        return None
    linked = [_linked(node, link) for node in nodes]
    dated = [text_of(found) for node in nodes if date and (found := node.select_one(date))]
    if _are_titles([text_of(node) for node in linked]) and not _hold_more(linked, date, dated):
        return ListingSelectors(item, link, "", date)
    title = _find_title(nodes, date)
    return ListingSelectors(item, link, title, date) if title else None


def find_date(nodes: Sequence[Tag], zone: ZoneInfo, now: datetime) -> str:
    """Return the selector that leads to a readable date in most blocks, "" where none does.

    Where day and time stand apart, it names both.
    """
    days: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for node in nodes:
        found_days: set[str] = set()
        found_times: set[str] = set()
        for inner in node.find_all(True):
            kind = _date_kind(inner, zone, now)
            if kind is not None:
                (found_days if kind == "day" else found_times).update(name_in_place(inner))
        days.update(found_days)
        times.update(found_times)
    best = _best(days, nodes, lambda selector: _reads_as_day(nodes, selector, zone, now))
    if not best:
        return ""
    has_time = any(
        ":" in text_of(found) or found.get("datetime") for n in nodes[:3] for found in n.select(best)
    )
    clock = "" if has_time else _best(times, nodes, lambda selector: _are_times(nodes, selector))
    return f"{best}, {clock}" if clock and clock not in best else best


def is_date(text: str, zone: ZoneInfo, now: datetime) -> bool:
    """Say whether a short text is nothing but a day, with or without its time."""
    if not text or len(text) > _LONGEST_DATE or not _DIGIT_OR_DAY.search(text) or _TIME_ONLY.fullmatch(text):
        return False
    return _foreign_words(text) <= _MOST_FOREIGN and read_date(text, zone, now) is not None


def _date_kind(node: Tag, zone: ZoneInfo, now: datetime) -> str | None:
    """Say whether a node shows a `day` (perhaps with its time), a `time` alone, or neither."""
    if node.name in _HEADINGS or node.name in ("script", "style"):
        return None
    for name in _DATE_ATTRIBUTES:
        raw = node.get(name)
        if isinstance(raw, str) and _DIGIT_OR_DAY.search(raw) and read_date(raw, zone, now):
            return "day"
    text = text_of(node)
    if _TIME_ONLY.fullmatch(text):
        return "time"
    return "day" if is_date(text, zone, now) else None


def _best(counts: Counter[str], nodes: Sequence[Tag], share: Callable[[str], float]) -> str:
    """Return the name that stands in most blocks and proves good there.

    Of equals: the one with fewest words that belong to no date, the more telling one, the one with a
    time of day.
    """
    ranked = sorted(counts, key=lambda name: (-counts[name], cost_of(name)))
    tried = [name for name in ranked if counts[name] >= _HALF * len(nodes)][:_MOST_TRIED]
    shares = {name: share(name) for name in tried}

    def order(name: str) -> tuple[float, float, int, bool, tuple[int, ...]]:
        shown = [text_of(found) for node in nodes[:5] for found in node.select(name)]
        foreign = sum(_foreign_words(text) for text in shown) / max(len(shown), 1)
        machine = any(found.get("datetime") for node in nodes[:5] for found in node.select(name))
        return (
            -round(shares[name], 1),
            round(foreign, 1),
            cost_of(name)[0],
            not (machine or any(":" in t for t in shown)),
            cost_of(name),
        )

    return min((name for name in tried if shares[name] >= _HALF), key=order, default="")


def _foreign_words(text: str) -> int:
    """Count the words that belong to no date."""
    return sum(not _WORD_OF_DATE.match(word) for word in _WORDS.findall(text.lower()))


def _reads_as_day(nodes: Sequence[Tag], selector: str, zone: ZoneInfo, now: datetime) -> float:
    """Return the share of blocks whose date the selector gives, read as the collector will read it."""
    good = 0
    for node in nodes:
        found = node.select(selector)
        written = [str(tag[name]) for tag in found for name in _DATE_ATTRIBUTES if tag.get(name)]
        joined = " ".join(text_of(tag) for tag in found)
        good += any(read_date(raw, zone, now) for raw in written) or is_date(joined, zone, now)
    return good / max(len(nodes), 1)


def _are_times(nodes: Sequence[Tag], selector: str) -> float:
    shown = [[text_of(tag) for tag in node.select(selector)] for node in nodes]
    return sum(len(t) == 1 and _TIME_ONLY.fullmatch(t[0]) is not None for t in shown) / max(len(nodes), 1)


def _find_link(nodes: Sequence[Tag], links: Sequence[str], base: str) -> str | None:
    """Return the selector of the anchor with the title: of several to one page, the one with words."""
    candidates: Counter[str] = Counter({"a": 0})
    for node, link in zip(nodes, links, strict=True):
        own = [node, *node.find_all("a")] if node.name == "a" else node.find_all("a")
        same = [anchor for anchor in own if resolve_link(base, str(anchor.get("href") or "")) == link]
        if not same:
            continue
        best = max(same, key=lambda anchor: len(text_of(anchor)))
        candidates.update(set(_link_names(best, node)))
    order = [
        "a",
        *sorted((name for name in candidates if name != "a"), key=lambda n: (-candidates[n], len(n))),
    ]
    worth = {name: _link_worth(nodes, links, name, base) for name in order[:_MOST_TRIED]}
    best_worth = max(worth.values())
    if best_worth < _HALF:
        return None
    return next(name for name in order if worth.get(name, 0.0) >= best_worth - 0.02)


def _link_names(anchor: Tag, block: Tag) -> Iterator[str]:
    if anchor is block:
        return
    yield from (name for name in name_in_place(anchor) if name != "a")
    for above in anchor.parents:
        if above is block:
            break
        yield from (f"{name} a" for name in name_in_place(above)[:2])


def _link_worth(nodes: Sequence[Tag], links: Sequence[str], selector: str, base: str) -> float:
    """Return the share of blocks in which the selector's first anchor is the right one and has words."""
    worth = 0.0
    for node, link in zip(nodes, links, strict=True):
        found = _linked(node, selector)
        if resolve_link(base, str(found.get("href") or "")) == link:
            worth += 1.0 if len(text_of(found)) >= _SHORTEST_TITLE else 0.6
    return worth / max(len(nodes), 1)


def _linked(node: Tag, selector: str) -> Tag:
    return node.select_one(selector) or node


def _are_titles(texts: Sequence[str]) -> bool:
    """Say whether texts look like headlines: long enough, not too long, and each its own."""
    fit = sum(_SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE for text in texts)
    return fit >= _MOST * len(texts) and len(set(texts)) >= _MOST * len(texts)


def _hold_more(linked: Sequence[Tag], date: str, dated: Iterable[str]) -> bool:
    """Say whether the anchors hold the date, a teaser or a heading beside the title."""
    shown = [text for text in dated if text]
    holds_date = bool(date) and any(d in text_of(node) for node, d in zip(linked, shown, strict=False))
    holds_heading = sum(bool(node.find(list(_HEADINGS))) for node in linked)
    holds_teaser = sum(len(node.find_all(["p", "div", "strong"], recursive=True)) > 1 for node in linked)
    return holds_date or max(holds_heading, holds_teaser) >= _HALF * len(linked)


def _find_title(nodes: Sequence[Tag], date: str) -> str:
    """Return the selector of the headline inside the blocks: a heading, what is named a title, bold words."""
    counts: Counter[str] = Counter()
    rank: dict[str, int] = {}
    for node in nodes:
        for inner in node.find_all(True):
            if not _SHORTEST_TITLE <= len(text_of(inner)) <= _LONGEST_TITLE:
                continue
            for name in name_in_place(inner):
                kind = 0 if inner.name in _HEADINGS else 1 if _TITLE_NAMES.search(name) else 2
                kind = 3 if kind == 2 and inner.name not in ("strong", "b", "a") else kind
                rank[name] = min(rank.get(name, 9), kind)
            counts.update(set(name_in_place(inner)))
    dates = [{id(found) for found in node.select(date)} if date else set() for node in nodes]

    def is_good(name: str) -> bool:
        found = [node.select_one(name) for node in nodes]
        texts = [text_of(tag) for tag in found if tag is not None]
        clean = sum(
            tag is not None and id(tag) not in own and not any(id(inner) in own for inner in tag.descendants)
            for tag, own in zip(found, dates, strict=True)
        )
        return clean >= _MOST * len(nodes) and _are_titles(texts)

    common = [name for name in counts if counts[name] >= _MOST * len(nodes)]
    ordered = sorted(common, key=lambda name: (rank[name], *cost_of(name)))
    return next((name for name in ordered[: 2 * _MOST_TRIED] if is_good(name)), "")
