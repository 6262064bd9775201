"""What is known of a file beside its words: from the command, a sidecar, the file itself, or its name."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError

from monitor.errors import DocumentError
from monitor.schema.base import HttpUrl, Table
from monitor.text.dates import read_date
from monitor.text.markup import one_line
from monitor.text.normalise import clean_text

EARLIEST_YEAR = 1991
TOLERANCE = timedelta(hours=1)
LONGEST_TITLE = 300
LONGEST_ABOUT = 100_000
_ISO_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<s>[-_. ]?)(?P<m>0[1-9]|1[0-2])(?P=s)(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
    r"(?:[ T_-]{1,2}(?P<h>[01]\d|2[0-3])[-:.h]?(?P<min>[0-5]\d)(?!\d))?"
)
_DOTTED_DAY = re.compile(
    r"(?<!\d)(?P<d>0[1-9]|[12]\d|3[01])[._-](?P<m>0[1-9]|1[0-2])[._-](?P<y>(?:19|20)\d{2})(?!\d)"
    r"(?:[ T_-]{1,2}(?P<h>[01]\d|2[0-3])[-:.h]?(?P<min>[0-5]\d)(?!\d))?"
)
_LANGUAGE_TAIL = re.compile(r"\.([a-z]{2,3})(?:-[A-Za-z]{2,4})?$")
_FENCED = re.compile(
    r"\A\s{0,10}(?P<fence>---|\+\+\+)[ \t]*\n(?P<inside>.*?)\n(?P=fence)[ \t]*(?:\n|\Z)", re.DOTALL
)
_PLAIN_PAIR = re.compile(r"(?P<key>[A-Za-z_]{1,40})\s{0,5}:\s{0,5}(?P<value>\S.*)?$")


class AboutTable(Table):
    """What a sidecar or front matter may say."""

    title: str = Field(default="", max_length=2_000)
    url: HttpUrl | None = None
    published_at: datetime | date | str | None = None
    source: str = ""
    speaker: str = Field(default="", max_length=200)
    language: str = Field(default="", max_length=35)
    speakers: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a document; empty where nobody tells. `speakers` says who is meant by a label."""

    title: str = ""
    url: str = ""
    published_at: datetime | None = None
    source: str = ""
    speaker: str = ""
    language: str = ""
    speakers: Mapping[str, str] = field(default_factory=dict, hash=False)
    title_from: str = ""
    date_from: str = ""

    def over(self, other: About) -> About:
        """Return both together; where both tell something, this one counts."""
        return About(
            title=self.title or other.title,
            url=self.url or other.url,
            published_at=self.published_at or other.published_at,
            source=self.source or other.source,
            speaker=self.speaker or other.speaker,
            language=self.language or other.language,
            speakers={**other.speakers, **self.speakers},
            title_from=self.title_from if self.title else other.title_from,
            date_from=self.date_from if self.published_at else other.date_from,
        )

    def to_data(self) -> dict[str, Any]:
        """Return it as plain values for JSON."""
        told = {name: getattr(self, name) for name in self.__dataclass_fields__ if getattr(self, name)}
        if self.published_at is not None:
            told["published_at"] = self.published_at.isoformat()
        return {**told, "speakers": dict(self.speakers)} if self.speakers else told

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> About:
        """Return what `to_data` gave."""
        moment = data.get("published_at")
        return cls(**{**data, "published_at": datetime.fromisoformat(moment) if moment else None})


def read_about(data: Mapping[str, Any], zone: str, now: datetime, told_by: str) -> About:
    """Return what a table of a sidecar, of front matter or of a line says; raises DocumentError by key."""
    try:
        table = AboutTable.model_validate(dict(data))
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(map(str, wrong["loc"]))
        known = ", ".join(AboutTable.model_fields)
        said = f"is not known; known are {known}" if wrong["type"] == "extra_forbidden" else wrong["msg"]
        raise DocumentError(f"{told_by}: `{key}`: {said}") from error
    written = table.published_at
    moment = _read_moment(written, zone, now) if written is not None else None
    if written not in (None, "") and moment is None:
        raise DocumentError(f"{told_by}: `published_at`: {str(written)[:60]!r} is no date that can be read")
    return About(
        title=_line(table.title),
        url=table.url or "",
        published_at=moment,
        source=table.source,
        speaker=_line(table.speaker),
        language=table.language.lower()[:2],
        speakers={_line(label): _line(name) for label, name in table.speakers.items()},
        title_from=told_by if table.title else "",
        date_from=told_by if moment else "",
    )


def read_sidecar(text: str, name: str, zone: str, now: datetime) -> About:
    """Return what the file beside a document says; raises DocumentError that names file and key."""
    try:
        data = tomllib.loads(text[:LONGEST_ABOUT])
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DocumentError(f"{name} is no TOML: {error}") from error
    return read_about(data, zone, now, name)


def split_front_matter(text: str, zone: str, now: datetime) -> tuple[About, str]:
    """Return what a text says of itself between lines of `---` or `+++`, and the text without it.

    Between `+++` stands TOML; between `---` one `key: value` a line, of which unknown keys are left alone.
    """
    found = _FENCED.match(text[:LONGEST_ABOUT])
    if found is None:
        return About(), text
    if found["fence"] == "+++":
        return read_sidecar(found["inside"], "front matter", zone, now), text[found.end() :]
    lines = found["inside"].split("\n")
    pairs = [
        _PLAIN_PAIR.match(line) for line in lines if line.strip() and not line.startswith((" ", "-", "#"))
    ]
    if not pairs or None in pairs:
        # A rule, a passage, a rule: no front matter.
        return About(), text
    told = {p["key"].lower(): (p["value"] or "").strip().strip("\"'") for p in pairs if p is not None}
    told.setdefault("published_at", told.pop("date", ""))
    known = {key: value for key, value in told.items() if key in AboutTable.model_fields and value}
    return read_about(known, zone, now, "front matter"), text[found.end() :]


def read_name(stem: str, zone: str) -> About:
    """Return the date, the title and the language that a file's name tells."""
    stem = clean_text(stem)
    tail = _LANGUAGE_TAIL.search(stem)
    stem = stem[: tail.start()] if tail else stem
    found = _ISO_DAY.search(stem) or _DOTTED_DAY.search(stem)
    moment: datetime | None = None
    if found:
        try:
            day = date(int(found["y"]), int(found["m"]), int(found["d"]))
        except ValueError:
            found = None
        else:
            clock = time(int(found["h"]), int(found["min"])) if found["h"] else time()
            moment = datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)
            stem = f"{stem[: found.start()]} {stem[found.end() :]}"
    title = one_line(stem if " " in stem.strip() else stem.replace("_", " ")).strip(" -–—_.,")
    return About(
        title=title[:LONGEST_TITLE],
        published_at=moment,
        language=tail[1] if tail else "",
        title_from="the file's name",
        date_from=("the file's name" if found and found["h"] else "the file's name, a day only")
        if moment
        else "",
    )


def settle_date(about: About, changed_at: datetime, now: datetime) -> tuple[datetime, str]:
    """Return when a document counts as published, and a note that says what tells so.

    Without a date that can be believed it is the time of the file's last change, at most now.
    """
    moment, note = about.published_at, f"date from {about.date_from}"
    if moment is not None and moment.year < EARLIEST_YEAR:
        moment, note = None, f"the date {moment:%Y-%m-%d} is before {EARLIEST_YEAR} and was dropped"
    elif moment is not None and moment > now + TOLERANCE:
        moment, note = now, f"{note}, in the future: clamped to the time of reading"
    elif moment is None:
        note = "no date was given"
    if moment is None:
        moment, note = min(changed_at, now), f"{note}: the time of the file's last change"
    return moment, note


def describe(about: About, **more: object) -> str:
    """Return it with more facts as one line of JSON in ASCII, fit for a page's header."""
    return json.dumps({**more, "about": about.to_data()}, sort_keys=True)


def with_title(about: About, title: str, told_by: str) -> About:
    """Return it with a title where it has none but the file's name."""
    weak = about.title_from in ("", "the file's name")
    return replace(about, title=_line(title), title_from=told_by) if title and weak else about


def _read_moment(written: datetime | date | str, zone: str, now: datetime) -> datetime | None:
    if isinstance(written, datetime):
        return (written if written.tzinfo else written.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    if isinstance(written, date):
        return datetime.combine(written, time(), ZoneInfo(zone)).astimezone(UTC)
    reading = read_date(written, ZoneInfo(zone), now)
    return reading.at if reading else None


def _line(text: str) -> str:
    return one_line(clean_text(text))[:LONGEST_TITLE]
