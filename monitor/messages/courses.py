"""Directions in words."""

from __future__ import annotations

from monitor.domain.trend_lines import Course
from monitor.messages.inert import make_inert
from monitor.messages.reader import Reader

_PARTNERS = {"en": "partners", "ru": "союзники"}


def name_course(course: Course, reader: Reader) -> str:
    """Return "Russia → Armenia"; several sides together are the partners. Not escaped."""
    return f"{_name(course.blocs, reader)} → {_name(course.targets, reader)}"


def _name(sides: frozenset[str], reader: Reader) -> str:
    if len(sides) == 1:
        return make_inert(reader.bloc(next(iter(sides))))
    return _PARTNERS[reader.language]
