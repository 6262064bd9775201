"""What a newsroom publishes: outlets and items, read from a folder of TOML files."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, AwareDatetime, Field, ValidationError

from monitor.demo.words import FURNITURE
from monitor.domain.stance import Tier
from monitor.errors import ConfigurationError, Problem
from monitor.schema.base import Id, Table

T = TypeVar("T", bound=Table)
ABOUT_AGE = timedelta(days=200)
BLANK_LINES = re.compile(r"\n\s*\n")


def _to_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _to_nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


Moment = Annotated[AwareDatetime, AfterValidator(_to_utc)]
Text = Annotated[str, AfterValidator(_to_nfc)]
Language = Literal["ru", "en"]


class Outlet(Table):
    """One outlet of the newsroom; `markup` chooses a listing's layout."""

    id: Id
    name: Text
    kind: Literal["atom_transcripts", "rss", "listing", "telegram"]
    language: Language
    languages: tuple[Language, ...] = ()
    bloc: str
    tier: Tier
    default_speaker: str | None = None
    markup: Literal["announce", "search_list", "plain"] = "plain"
    encoding: str = "utf-8"
    silent_after: Moment | None = None


class Revision(Table):
    """How an item is edited some time after it was published."""

    after_minutes: float = Field(gt=0)
    title: Text = ""
    body: Text


class Item(Table):
    """One text that an outlet publishes; paragraphs of `body` stand between blank lines.

    `broken` says what is wrong with its page, `bad_entry_how` what is wrong with its entry in
    the outlet's feed or listing.
    """

    id: str
    published: Moment
    language: Language
    title: Text = ""
    lead: Text = ""
    author: Text = ""
    body: Text
    copy_of: str = ""
    broken: Literal["", "truncated_html", "no_body"] = ""
    bad_entry: bool = False
    bad_entry_how: Literal["", "no_link", "garbled_date"] = ""
    revision: Revision | None = None

    @property
    def outlet(self) -> str:
        """The outlet's id."""
        return self.id.partition("/")[0]

    @property
    def slug(self) -> str:
        """The id's second half."""
        return self.id.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Version:
    """An item as it is shown at one moment; `serial` counts the outlet's items from 1."""

    item: Item
    serial: int
    title: str
    body: str
    updated_at: datetime

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body's paragraphs."""
        return tuple(part.strip() for part in BLANK_LINES.split(self.body) if part.strip())


@dataclass(frozen=True)
class Content:
    """Everything that a newsroom publishes, items of an outlet by time."""

    folder: Path
    outlets: tuple[Outlet, ...]
    items: tuple[Item, ...]

    @cached_property
    def by_outlet(self) -> dict[str, tuple[Item, ...]]:
        """Each outlet's items, the oldest first; a listing begins with an older page of its own.

        Real listings are never empty, and one that were would rightly count as not read.
        """
        return {
            outlet.id: (
                *((_introduce(outlet, self.first),) if outlet.kind == "listing" else ()),
                *(item for item in self.items if item.outlet == outlet.id),
            )
            for outlet in self.outlets
        }

    @property
    def first(self) -> datetime:
        """When the first item appears."""
        return self.items[0].published

    @property
    def last(self) -> datetime:
        """When the last item appears."""
        return self.items[-1].published

    def first_versions(self, outlet: Outlet) -> list[Version]:
        """Return all items of the outlet as they first read, the oldest first."""
        return [
            Version(item, serial, item.title, item.body, item.published)
            for serial, item in enumerate(self.by_outlet[outlet.id], start=1)
        ]

    def show(self, outlet: Outlet, now: datetime, least_life: timedelta) -> list[Version]:
        """Return the outlet's items that are out by `now`, each as it then reads, the oldest first.

        An item's first version stays for at least `least_life`: whoever lets weeks pass in a
        minute would otherwise never see a text before it is edited.
        """
        until = min(now, outlet.silent_after) if outlet.silent_after else now
        return [
            _edit(version, now, least_life)
            for version in self.first_versions(outlet)
            if version.item.published <= until
        ]


def _introduce(outlet: Outlet, before: datetime) -> Item:
    """Return an outlet's page about itself, published long before everything else."""
    words = FURNITURE[outlet.language]
    return Item(
        id=f"{outlet.id}/000-about",
        published=before - ABOUT_AGE,
        language=outlet.language,
        title=str(words["about"]),
        body=str(words["about_text"]),
    )


def _edit(version: Version, now: datetime, least_life: timedelta) -> Version:
    """Return the item as it reads by `now`."""
    edit = version.item.revision
    if edit is None:
        return version
    edited_at = version.updated_at + max(timedelta(minutes=edit.after_minutes), least_life)
    if edited_at > now:
        return version
    return replace(version, title=edit.title or version.title, body=edit.body, updated_at=edited_at)


def load_content(folder: Path) -> Content:
    """Read a newsroom's folder; raises ConfigurationError with every problem at once."""
    problems: list[Problem] = []
    outlets = _read_outlets(folder / "outlets.toml", problems)
    items = [
        item
        for path in sorted((folder / "items").glob("*/*.toml"))
        if (item := _check(str(path), "", Item, _load(path, problems), problems)) is not None
    ]
    if not items and not problems:
        problems.append(Problem(str(folder / "items"), "", "holds no item; put <outlet>/<name>.toml there"))
    problems.extend(_check_references(folder, outlets, items))
    if problems:
        raise ConfigurationError(tuple(problems))
    return Content(folder, tuple(outlets), tuple(sorted(items, key=lambda item: (item.published, item.id))))


def _read_outlets(path: Path, problems: list[Problem]) -> list[Outlet]:
    data = _load(path, problems)
    tables = data.get("outlet", []) if data is not None else []
    if data is not None and not tables:
        problems.append(Problem(str(path), "outlet", "no outlet; put at least one [[outlet]] here"))
    found = (_check(str(path), f"outlet[{i}].", Outlet, table, problems) for i, table in enumerate(tables))
    return [outlet for outlet in found if outlet is not None]


def _load(path: Path, problems: list[Problem]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        problems.append(Problem(str(path), "", f"cannot be read: {error}"))
        return None


def _check(
    file: str, prefix: str, model: type[T], data: dict[str, Any] | None, problems: list[Problem]
) -> T | None:
    """Validate one table; what is wrong goes to `problems`."""
    if data is None:
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems.extend(
            Problem(file, prefix + ".".join(map(str, item["loc"])), item["msg"]) for item in error.errors()
        )
        return None


def _check_references(folder: Path, outlets: Sequence[Outlet], items: Sequence[Item]) -> list[Problem]:
    """Check what no single file can know: ids are unique and lead to outlets, encodings exist."""
    problems = []
    known = {outlet.id for outlet in outlets}
    if len(known) != len(outlets):
        problems.append(Problem(str(folder / "outlets.toml"), "outlet", "an id stands twice"))
    for outlet in outlets:
        try:
            "".encode(outlet.encoding)
        except LookupError:
            problems.append(
                Problem(str(folder / "outlets.toml"), f"outlet[{outlet.id}].encoding", "no such encoding")
            )
    seen: set[str] = set()
    for item in items:
        file = str(folder / "items" / f"{item.id}.toml")
        if outlets and item.outlet not in known:
            problems.append(Problem(file, "id", f"{item.outlet!r} is no outlet of outlets.toml"))
        if item.id in seen:
            problems.append(Problem(file, "id", f"{item.id!r} stands twice"))
        seen.add(item.id)
    return problems
