"""Files and folders named by an operator, read one after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from monitor.domain.source import Source
from monitor.errors import DocumentError
from monitor.ingest.about import About
from monitor.ingest.documents import Given, list_documents, read_page
from monitor.ingest.files import FoundFile, find_files, look_at
from monitor.ingest.folder import SCHEME, folder_of
from monitor.pipeline.ports import GivenDocument, RefusedDocument


def give_documents(
    paths: Sequence[Path], source: Source, known: Collection[str], told: About, now: datetime, limit: int
) -> Iterator[GivenDocument | RefusedDocument]:
    """Yield every document of the files and folders; one that cannot be taken never stops the others.

    A document that names its own source belongs to that if it is among the `known`. What lies in
    the folder of a folder source is the same item that visiting the source finds there.
    """
    for path in paths:
        try:
            files, refused = _find(path)
        except DocumentError as error:
            yield RefusedDocument(str(path), str(error))
            continue
        yield from (RefusedDocument(str(path), reason) for reason in refused)
        for file in files:
            try:
                contents = list_documents(file, source, told, now, limit, _key_of(file, source))
            except DocumentError as error:
                yield RefusedDocument(file.name, str(error))
                continue
            yield from (RefusedDocument(file.name, reason) for reason in contents.refused)
            for given in contents.given:
                yield _read(given, file, source, known, now, limit)


def _find(path: Path) -> tuple[Sequence[FoundFile], Sequence[str]]:
    if path.is_dir():
        found = find_files(path)
        return found.files, found.refused
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise DocumentError("there is no such file or folder") from error
    file = look_at(real, real.parent)
    if file is None:
        raise DocumentError("it is a hidden or unfinished file, a sidecar or a recording: no document")
    return [file], []


def _read(
    given: Given, file: FoundFile, source: Source, known: Collection[str], now: datetime, limit: int
) -> GivenDocument | RefusedDocument:
    _, _, identity = given.item.key.partition("#")
    name = f"{file.name}#{identity}" if identity else file.name
    owner = given.about.source or source.id
    if owner not in known:
        return RefusedDocument(name, f"`source` {owner!r} is not in the configuration")
    try:
        page = read_page(given, file, now, limit)
    except DocumentError as error:
        return RefusedDocument(name, str(error))
    return GivenDocument(name, replace(given.item, source_id=owner), page, given.about.language)


def _key_of(file: FoundFile, source: Source) -> str:
    """Return what the file is known by: its name in the source's folder, else its whole path."""
    if source.url.startswith(SCHEME):
        home = folder_of(source).resolve()
        if file.path.is_relative_to(home):
            return replace(file, root=home, name=file.path.relative_to(home).as_posix()).key
    return replace(file, name=file.path.as_posix()).key
