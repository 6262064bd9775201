"""A chat's subscriptions and settings as one document, to be kept and brought back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from monitor.domain.preferences import Preferences
from monitor.domain.subscriptions import (
    LONGEST_NAME,
    LONGEST_WORD,
    MOST_SUBSCRIPTIONS,
    MOST_WORDS,
    Filter,
    Pace,
    Subscription,
)

FORMAT = "rhetoric-monitor/subscriptions/1"
LARGEST = 100_000
"""So many bytes a document may have."""
LONGEST_SHOWN = 60


class Wrong(StrEnum):
    """What can be wrong with a document."""

    JSON = "wrong_json"
    SHAPE = "wrong_shape"
    KEY = "wrong_key"
    VALUE = "wrong_value"
    MANY = "wrong_many"
    MISSING = "wrong_missing"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong: where, what kind of thing, and what belongs to it.

    `path` is like "subscriptions[2].filter.acts". `facts` are `line` and `column` of what is no JSON,
    `value` as it stands, and `count` and `most` of what is too many.
    """

    path: str
    wrong: Wrong
    facts: Mapping[str, str | int]
    known: tuple[str, ...] = ()
    """What would do instead, where that is a short list."""


class DocumentError(Exception):
    """A document cannot be taken in; carries everything that is wrong with it."""

    def __init__(self, flaws: Sequence[Flaw]) -> None:
        super().__init__(f"{len(flaws)} things are wrong")
        self.flaws = tuple(flaws)


@dataclass(frozen=True, slots=True)
class Portable:
    """What a document holds; `settings` is None where it leaves them out."""

    subscriptions: tuple[Subscription, ...]
    settings: Preferences | None


def write_document(chat_id: int, subscriptions: Sequence[Subscription], settings: Preferences) -> str:
    """Return a chat's subscriptions and settings as JSON for people and programs."""
    document = {
        "format": FORMAT,
        "chat": chat_id,
        "settings": settings.to_json(),
        "subscriptions": [subscription.to_json() for subscription in subscriptions],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def read_document(text: str, chat_id: int, thread_id: int, known: Mapping[str, Collection[str]]) -> Portable:
    """Read what `write_document` wrote, for a chat, or a topic of it.

    The topics of a document count only in the chat that it comes from; elsewhere all goes to `thread_id`.
    `known` are the values that some parts of a filter can have, by their names. Raises DocumentError,
    with all that is wrong.
    """
    given = _parse(text)
    flaws = [*_check_keys(given, ("format", "chat", "settings", "subscriptions"), "")]
    listed = given.get("subscriptions", [])
    if given.get("format") != FORMAT or not isinstance(listed, list):
        raise DocumentError([*flaws, Flaw("", Wrong.SHAPE, {})])
    if len(listed) > MOST_SUBSCRIPTIONS:
        flaws.append(Flaw("subscriptions", Wrong.MANY, {"count": len(listed), "most": MOST_SUBSCRIPTIONS}))
        listed = []
    for at, one in enumerate(listed):
        flaws += _check_subscription(one, f"subscriptions[{at}]", known)
    settings = given.get("settings")
    if settings is not None:
        flaws += _check_settings(settings)
    if flaws:
        raise DocumentError(flaws)
    at_home = given.get("chat") == chat_id
    return Portable(
        tuple(
            Subscription.from_json(
                0, chat_id, {**_USUAL, **one, **({} if at_home else {"thread_id": thread_id})}
            )
            for one in listed
        ),
        None if settings is None else Preferences.from_json(settings),
    )


_USUAL: Mapping[str, object] = {"name": "", "pace": Pace.IMMEDIATE.value, "thread_id": 0}


def _parse(text: str) -> dict[str, Any]:
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        raise DocumentError([Flaw("", Wrong.JSON, {"line": error.lineno, "column": error.colno})]) from error
    except (RecursionError, ValueError) as error:
        raise DocumentError([Flaw("", Wrong.SHAPE, {})]) from error
    if not isinstance(given, dict):
        raise DocumentError([Flaw("", Wrong.SHAPE, {})])
    return given


def _check_keys(given: Mapping[str, object], known: Sequence[str], path: str) -> Iterator[Flaw]:
    for key in given:
        if key not in known:
            yield Flaw(f"{path}.{_shorten(key)}".lstrip("."), Wrong.KEY, {}, tuple(known))


def _check_subscription(given: object, path: str, known: Mapping[str, Collection[str]]) -> Iterator[Flaw]:
    if not isinstance(given, dict):
        yield _unfit(path, given)
        return
    yield from _check_keys(given, ("name", "filter", "pace", "thread_id"), path)
    name, pace, thread = (given.get(key, usual) for key, usual in _USUAL.items())
    if not isinstance(name, str) or len(name) > LONGEST_NAME:
        yield _unfit(f"{path}.name", name)
    if pace not in [p.value for p in Pace]:
        yield _unfit(f"{path}.pace", pace, tuple(Pace))
    if not isinstance(thread, int) or isinstance(thread, bool) or not 0 <= thread < 2**31:
        yield _unfit(f"{path}.thread_id", thread)
    if "filter" not in given:
        yield Flaw(f"{path}.filter", Wrong.MISSING, {})
    elif not isinstance(given["filter"], dict):
        yield _unfit(f"{path}.filter", given["filter"])
    else:
        yield from _check_filter(given["filter"], f"{path}.filter", known)


def _check_filter(
    given: Mapping[str, object], path: str, known: Mapping[str, Collection[str]]
) -> Iterator[Flaw]:
    yield from _check_keys(given, FILTER_KEYS, path)
    for key, value in given.items():
        if key not in FILTER_KEYS:
            continue
        try:
            read = getattr(Filter.from_json({key: value}), key)
        except ValueError:
            yield _unfit(f"{path}.{key}", value)
            continue
        if key in known and (strange := sorted(read - set(known[key]))):
            yield _unfit(f"{path}.{key}", strange[0])
        if key == "words" and (len(read) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in read)):
            yield Flaw(f"{path}.words", Wrong.MANY, {"count": len(read), "most": MOST_WORDS})


FILTER_KEYS = tuple(Filter.__dataclass_fields__)


def _check_settings(given: object) -> Iterator[Flaw]:
    if not isinstance(given, dict):
        yield _unfit("settings", given)
        return
    keys = tuple(Preferences().to_json())
    yield from _check_keys(given, keys, "settings")
    for key in keys:
        if key in given:
            try:
                Preferences.from_json({key: given[key]})
            except (TypeError, ValueError):
                yield _unfit(f"settings.{key}", given[key])


def _unfit(path: str, value: object, known: tuple[str, ...] = ()) -> Flaw:
    return Flaw(path, Wrong.VALUE, {"value": _shorten(json.dumps(value, ensure_ascii=False))}, known)


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
