"""Guessing where a JSON answer keeps its list of articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from monitor.domain.source import JsonFields

_FEWEST = 2
_DEEPEST = 4
_MOST_NODES = 2_000
_LOOKED_AT = 20
_MOST_PROPOSED = 3
_MOST = 0.7
_LINKS = ("link", "url", "href", "permalink", "canonical", "path", "uri")
_TITLES = ("title", "headline", "name", "header", "subject", "caption")
_DATES = (
    "date",
    "published_at",
    "published",
    "publish_date",
    "pubdate",
    "created_at",
    "datetime",
    "time",
    "timestamp",
)
_TEXTS = ("text", "body", "content", "fulltext", "html", "article")
_SUMMARIES = ("lead", "summary", "description", "excerpt", "announce", "teaser", "anons")
_KEYS = ("id", "guid", "uid", "uuid", "slug")
_ADDRESS = re.compile(r"(?:https?://|/)[^\s]+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}|^\d{10}(?:\d{3})?$")
_SHORTEST_TEXT = 300


def is_wordpress(answer: object) -> bool:
    """Say whether an answer is a list of posts as WordPress gives them."""
    return (
        isinstance(answer, list)
        and bool(answer)
        and all(
            isinstance(post, dict) and isinstance(post.get("title"), dict) and "link" in post
            for post in answer
        )
        and all("rendered" in post["title"] for post in answer)
    )


def guess_fields(answer: object) -> tuple[JsonFields, ...]:
    """Return where lists of articles may stand in the answer, the likeliest first."""
    guesses: list[tuple[int, JsonFields]] = []
    for path, items in _lists(answer):
        fields = _fields_of(path or "*", items)
        if fields is not None:
            worth = sum(bool(part) for part in (fields.title, fields.date, fields.text, fields.summary))
            guesses.append((worth * 10 + min(len(items), 9), fields))
    guesses.sort(key=lambda guess: -guess[0])
    return tuple(fields for _, fields in guesses[:_MOST_PROPOSED])


def _lists(answer: object) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield every list of objects with the path to it."""
    waiting: list[tuple[str, object, int]] = [("", answer, 0)]
    seen = 0
    while waiting and seen < _MOST_NODES:
        path, value, depth = waiting.pop(0)
        seen += 1
        if isinstance(value, list):
            objects = [item for item in value if isinstance(item, dict)]
            if len(objects) >= _FEWEST:
                yield path, objects[:_LOOKED_AT]
        elif isinstance(value, dict) and depth < _DEEPEST:
            waiting += [
                (f"{path}.{name}" if path else name, inner, depth + 1)
                for name, inner in value.items()
                if isinstance(name, str) and name and "." not in name
            ]


def _fields_of(path: str, items: list[dict[str, Any]]) -> JsonFields | None:
    """Return the fields of a list's objects; None where they have no address or no title."""
    flat = [dict(_leaves(item)) for item in items]
    link = _choose(
        flat, _LINKS, lambda value: isinstance(value, str) and _ADDRESS.fullmatch(value) is not None
    )
    title = _choose(flat, _TITLES, lambda value: isinstance(value, str) and len(value) >= 10)
    if not link or not title:
        return None
    return JsonFields(
        items=path,
        link=link,
        title=title,
        date=_choose(flat, _DATES, _is_date),
        text=_choose(flat, _TEXTS, lambda value: isinstance(value, str) and len(value) >= _SHORTEST_TEXT),
        summary=_choose(flat, _SUMMARIES, lambda value: isinstance(value, str) and len(value) >= 20),
        key=_choose(flat, _KEYS, lambda value: isinstance(value, str | int) and not isinstance(value, bool)),
    )


def _leaves(item: dict[str, Any], prefix: str = "", depth: int = 0) -> Iterator[tuple[str, object]]:
    for name, value in item.items():
        path = f"{prefix}{name}"
        if isinstance(value, dict) and depth < 2:
            yield from _leaves(value, f"{path}.", depth + 1)
        elif value is not None and not isinstance(value, list | dict):
            yield path, value


def _choose(flat: list[dict[str, object]], names: tuple[str, ...], is_fit: Any) -> str:
    """Return the path whose values are fit in most objects, the best named first."""
    paths = dict.fromkeys(path for item in flat for path in item)
    fitting = [
        path
        for path in paths
        if sum(path in item and bool(is_fit(item[path])) for item in flat) >= _MOST * len(flat)
        and _place(path, names) < 2 * len(names)
    ]
    return min(fitting, key=lambda path: (_place(path, names), path.count("."), len(path)), default="")


def _place(path: str, names: tuple[str, ...]) -> int:
    """Rank a path by its last name: as it stands in the list, then as a part of it, then not at all."""
    last = path.rsplit(".", 1)[-1].lower().replace("-", "_")
    if last in names:
        return names.index(last)
    first = path.partition(".")[0].lower()
    near = next((i for i, name in enumerate(names) if name in last or name == first), None)
    return 2 * len(names) if near is None else len(names) + near


def _is_date(value: object) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return 5e8 < value < 5e9 or 5e11 < value < 5e12
    return isinstance(value, str) and _DATE.search(value) is not None
