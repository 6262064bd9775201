"""Column types that keep moments, texts and small structures exactly, in any database."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Dialect, Text
from sqlalchemy.types import TypeDecorator

from monitor.domain.moments import require_utc

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Return the text with what no database takes (lone surrogates, NUL) replaced one for one.

    The length stays, so that offsets of statements and mentions still fit.
    """
    return _UNSTORABLE.sub("\ufffd", text)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as whole microseconds since 1970 in UTC.

    Integers order and index the same everywhere and lose nothing; ISO text orders rightly only
    while everybody writes the same number of digits, and native types differ in what they do
    with zones.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        """Return microseconds; a naive datetime is a programming error and raises ValueError."""
        return None if value is None else (require_utc(value, "a stored moment") - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, _dialect: Dialect) -> datetime | None:
        """Return the moment, aware of UTC."""
        return None if value is None else _EPOCH + value * _MICROSECOND


class Line(TypeDecorator[str]):
    """Text of any length that came from outside and may hold anything."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Return the text fit for every database."""
        return None if value is None else storable(value)


class Json(TypeDecorator[object]):
    """A small structure as canonical JSON text: equal structures are equal texts."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, _dialect: Dialect) -> str | None:
        """Return JSON with sorted keys; not-a-number is refused, for no reader would agree on it."""
        if value is None:
            return None
        return storable(
            json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
        )

    def process_result_value(self, value: str | None, _dialect: Dialect) -> object:
        """Return what was kept."""
        return None if value is None else json.loads(value)
