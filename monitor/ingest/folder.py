"""The drop folder: a source whose items are the files that people put into it."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from monitor.domain.article import FeedItem, Page
from monitor.domain.source import Source
from monitor.errors import DocumentError, FetchError, Trouble
from monitor.ingest.about import About
from monitor.ingest.documents import Contents, Given, list_documents, read_page
from monitor.ingest.files import FoundFile, find_files, look_at, name_of_key
from monitor.pipeline.ports import Discovery, Validators

FRESH = 10.0
"""Seconds after its last change during which a file may still be being written."""

SECOND_LOOK = 2.0
SCHEME = "folder:"


@dataclass(frozen=True, slots=True)
class _Look:
    """What a look into a folder showed: the files that are whole, those that still grow, the refused."""

    whole: tuple[FoundFile, ...]
    growing: tuple[FoundFile, ...]
    refused: tuple[str, ...]

    @property
    def tag(self) -> str:
        """Changes when the folder does; a file that grew at the last look counts as another."""
        seen = [(file.name, file.stamp) for file in self.whole]
        seen += [(file.name, (*file.stamp, -1)) for file in self.growing]
        return hashlib.sha256(
            repr((sorted(seen), self.refused)).encode("utf-8", "backslashreplace")
        ).hexdigest()


class FolderCollector:
    """Reads sources of kind "folder"; nothing there is ever moved, changed or deleted.

    A file is taken when it is whole: unchanged for `FRESH` seconds, as one that was moved in
    usually is, or unchanged between two looks `SECOND_LOOK` seconds apart. `wall` is seconds
    since 1970 by the clock that dates files.
    """

    def __init__(
        self,
        max_bytes: int,
        now: Callable[[], datetime],
        *,
        wall: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._limit = max_bytes
        self._now = now
        self._wall = wall
        self._sleep = sleep
        self._listed: dict[tuple[str, Path], tuple[tuple[int, ...], Contents]] = {}
        self._calm: frozenset[str] = frozenset()
        """Sources whose folder was listed with nothing refused."""
        self._open: tuple[tuple[str, Path], tuple[int, ...], dict[str, Given]] | None = None

    async def discover(self, source: Source, validators: Validators) -> Discovery:
        """Return the documents in the folder; raises FetchError where there is none."""
        root = folder_of(source)
        try:
            look = await self._look(root)
        except DocumentError as error:
            raise FetchError(source.url, str(error), trouble=Trouble.SETUP) from error
        unchanged = validators.etag == look.tag and source.id in self._calm
        if unchanged or not (look.whole or look.refused):
            # An empty folder is read and calm, not in trouble.
            return Discovery((), Validators(look.tag), not_modified=True)
        items: list[FeedItem] = []
        refused = list(look.refused)
        for file in look.whole:
            try:
                contents = await asyncio.to_thread(self._list, file, source)
            except DocumentError as error:
                refused.append(f"{file.name}: {error}")
                continue
            items += [given.item for given in contents.given]
            refused += contents.refused
        gone = {mark for mark in self._listed if mark[0] == source.id} - {
            (source.id, file.path) for file in look.whole
        }
        for mark in gone:
            del self._listed[mark]
        # What is refused is said at every visit until it is mended.
        self._calm = self._calm - {source.id} if refused else self._calm | {source.id}
        return Discovery(tuple(items), Validators(look.tag), bad_entries=tuple(refused))

    async def browse(self, source: Source, cursor: str) -> Discovery:  # noqa: ARG002 - the port's
        """Return nothing: a folder shows all that it has at once."""
        return Discovery((), Validators())

    async def fetch(self, source: Source, item: FeedItem) -> Page:
        """Return the document's bytes; raises FetchError where the file is gone, too large or no document."""
        try:
            return await asyncio.to_thread(self._fetch, source, item)
        except DocumentError as error:
            raise FetchError(item.url, str(error), trouble=Trouble.OTHER) from error

    async def aclose(self) -> None:
        """Forget what was read."""
        self._listed.clear()
        self._open = None

    async def _look(self, root: Path) -> _Look:
        first = await asyncio.to_thread(find_files, root)
        # A time ahead of the clock tells nothing: such a file is looked at twice as well.
        fresh = {file.name for file in first.files if self._wall() - file.changed_at < FRESH}
        growing: list[FoundFile] = []
        if fresh:
            await self._sleep(SECOND_LOOK)
            second = {file.name: file for file in (await asyncio.to_thread(find_files, root)).files}
            growing = [f for f in first.files if f.name in fresh and second.get(f.name) != f]
        whole = tuple(file for file in first.files if file not in growing)
        return _Look(whole, tuple(growing), tuple(first.refused))

    def _list(self, file: FoundFile, source: Source) -> Contents:
        mark = (source.id, file.path)
        known = self._listed.get(mark)
        if known is not None and known[0] == file.stamp:
            return known[1]
        contents = list_documents(file, source, About(), self._now(), self._limit)
        strange = [given for given in contents.given if given.about.source not in ("", source.id)]
        refused = [
            f"{name_of_key(g.item.key)[0]}: it belongs to the source {g.about.source!r}; use `ingest`"
            for g in strange
        ]
        # The lines are read again when they are wanted, lest every file be kept in memory.
        light = tuple(replace(given, line=None) for given in contents.given if given not in strange)
        self._listed[mark] = (file.stamp, Contents(light, (*contents.refused, *refused)))
        return self._listed[mark][1]

    def _fetch(self, source: Source, item: FeedItem) -> Page:
        home = folder_of(source).resolve()
        name, _ = name_of_key(item.key)
        path = home / name
        if not Path(path).resolve().is_relative_to(home):
            raise DocumentError(f"{name}: it is not in the folder")
        file = look_at(path, home)
        given = self._documents(file, source).get(item.key) if file is not None else None
        if file is None or given is None:
            raise DocumentError(f"{name}: it is in the folder no more")
        return read_page(given, file, self._now(), self._limit)

    def _documents(self, file: FoundFile, source: Source) -> dict[str, Given]:
        mark = (source.id, file.path)
        if self._open is not None and self._open[:2] == (mark, file.stamp):
            return self._open[2]
        contents = list_documents(file, source, About(), self._now(), self._limit)
        documents = {given.item.key: given for given in contents.given}
        self._open = (mark, file.stamp, documents)
        return documents


def folder_of(source: Source) -> Path:
    """Return the folder of a source, relative to the working directory unless it is absolute."""
    return Path(source.url.removeprefix(SCHEME)).expanduser()
