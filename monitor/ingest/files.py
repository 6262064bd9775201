"""Files that an operator gives: found in a folder, known by their endings, read within bounds."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from monitor.errors import DocumentError

KINDS: Mapping[str, str] = {
    ".srt": "srt",
    ".vtt": "vtt",
    ".ass": "ass",
    ".ssa": "ass",
    ".txt": "txt",
    ".md": "md",
    ".markdown": "md",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
}
"""How a file is read, by its ending."""

SIDECAR = ".toml"
UNFINISHED = (".part", ".tmp", ".temp", ".crdownload", ".download", ".partial", ".swp", "~")
BESIDE = frozenset(
    """
    .mp4 .mkv .webm .avi .mov .m4v .mp3 .m4a .ogg .opus .wav .flac .aac .jpg .jpeg .png .webp .gif .pdf
    """.split()  # noqa: SIM905 - a list of words reads best as one
)
"""Endings of what often lies beside a transcript and is none."""

MOST_FILES = 20_000


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file under a root: `name` is its path there with slashes, `stamp` changes when it does."""

    root: Path
    name: str
    kind: str
    changed_at: float
    """Seconds since 1970."""
    stamp: tuple[int, ...]
    sidecar: Path | None = None

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.root / self.name

    @property
    def key(self) -> str:
        """The name with `#` written otherwise, so that one document of a file can be told by it."""
        return self.name.replace("%", "%25").replace("#", "%23")


@dataclass(slots=True)
class Findings:
    """What lies in a folder, and what of it is refused, each with its reason."""

    files: list[FoundFile] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def name_of_key(key: str) -> tuple[str, str]:
    """Return (file's name, document's id in it) of an item's key; the id may be empty."""
    name, _, identity = key.partition("#")
    return name.replace("%23", "#").replace("%25", "%"), identity


def find_files(root: Path) -> Findings:
    """Return the files under a folder by name; hidden and unfinished ones are left alone.

    Raises DocumentError where there is no such folder. Links are followed only where they lead to
    a file inside the folder.
    """
    try:
        home = root.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise DocumentError(f"there is no folder {root}: make it, or mend the source's url") from error
    if not home.is_dir():
        raise DocumentError(f"{root} is no folder")
    found = Findings()
    for number, path in enumerate(_walk(home, found)):
        if number >= MOST_FILES:
            found.refused.append(f"{root}: it holds more than {MOST_FILES} files; the rest is not read")
            break
        try:
            if (file := look_at(path, home)) is not None:
                found.files.append(file)
        except DocumentError as error:
            found.refused.append(str(error))
    found.files.sort(key=lambda file: file.name)
    return found


def look_at(path: Path, home: Path) -> FoundFile | None:
    """Return what a path under `home` is; None for what is no document, DocumentError for what is refused."""
    name = path.relative_to(home).as_posix()
    ending = path.suffix.lower()
    if is_hidden(path.name) or ending == SIDECAR or ending in BESIDE:
        return None
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise DocumentError(f"{name!r}: its name is no UTF-8; rename it") from error
    if ending not in KINDS:
        raise DocumentError(f"{name}: it ends with none of {' '.join(KINDS)}, so it is not read")
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(home):
            raise DocumentError(f"{name}: it is a link that leads outside the folder; copy the file here")
        known = real.stat()
    except (OSError, RuntimeError) as error:
        raise DocumentError(f"{name}: it cannot be looked at: {_why(error)}") from error
    if not stat.S_ISREG(known.st_mode):
        raise DocumentError(f"{name}: it is no ordinary file")
    sidecar = _find_sidecar(path, home)
    beside = sidecar.stat() if sidecar else None
    stamp = (known.st_size, known.st_mtime_ns, *((beside.st_size, beside.st_mtime_ns) if beside else ()))
    return FoundFile(home, name, KINDS[ending], known.st_mtime, stamp, sidecar)


def read_bytes(path: Path, home: Path, limit: int) -> bytes:
    """Return a file's bytes; raises DocumentError where it is too large, gone, or no file of the folder."""
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(home):
            raise DocumentError(f"{path.name}: it is a link that leads outside the folder")
        # Not to wait at a pipe that somebody put there, nor to follow a link put there meanwhile.
        handle = os.open(real, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            known = os.fstat(handle)
            if not stat.S_ISREG(known.st_mode):
                raise DocumentError(f"{path.name}: it is no ordinary file")
            body = b"" if known.st_size > limit else file.read(limit + 1)
    except (OSError, RuntimeError) as error:
        raise DocumentError(f"{path.name}: it cannot be read: {_why(error)}") from error
    if known.st_size > limit or len(body) > limit:
        size = max(known.st_size, len(body))
        raise DocumentError(f"{path.name}: it has {size} bytes, more than ingest.max_bytes ({limit}) allows")
    return body


def is_hidden(name: str) -> bool:
    """Whether a name is of a hidden or an unfinished file."""
    return name.startswith(".") or name.lower().endswith(UNFINISHED)


def _walk(home: Path, found: Findings) -> Iterator[Path]:
    for folder, folders, names in os.walk(home):
        here = Path(folder)
        for name in list(folders):
            if (here / name).is_symlink() and not (here / name).resolve().is_relative_to(home):
                found.refused.append(f"{name!r}: it is a link that leads outside the folder")
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        yield from (here / name for name in sorted(names))


def _find_sidecar(path: Path, home: Path) -> Path | None:
    for beside in (path.with_name(path.name + SIDECAR), path.with_suffix(SIDECAR)):
        if beside.is_file() and beside.resolve().is_relative_to(home):
            return beside
    return None


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else "") or str(error)
