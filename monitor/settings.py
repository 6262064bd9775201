"""Configuration files and the environment, read once into frozen settings."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from monitor.domain.actors import Person, Target
from monitor.domain.alerts import Rule
from monitor.domain.source import Source
from monitor.errors import ConfigurationError, Problem
from monitor.schema import (
    ForwardTable,
    MonitorFile,
    RulesFile,
    SourcesFile,
    SpeakersFile,
    Table,
    TargetsFile,
)
from monitor.schema.explaining import explain_errors

PREFIX = "RHETORIC_MONITOR_"
OTHER_BLOCS = frozenset({"russia", "west", "ukraine", "other", "outlet", "unknown"})
FileModel = TypeVar("FileModel", bound=Table)
PARTS = {"rule": "rules", "target": "targets", "speaker": "speakers", "source": "sources"}
"""Which file a block belongs to; one without any of them is a monitor.toml."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All that operators decide, checked; `directory` is where it was read from."""

    directory: Path
    monitor: MonitorFile
    sources: tuple[Source, ...]
    targets: tuple[Target, ...]
    speakers: tuple[Person, ...]
    rules: tuple[Rule, ...]

    @property
    def enabled_sources(self) -> tuple[Source, ...]:
        """The sources that are collected."""
        return tuple(source for source in self.sources if source.enabled)


def packaged_config() -> Path:
    """Return the shipped configuration: inside an installed wheel, or the checkout's config/."""
    inside = Path(__file__).parent / "_config"
    return inside if inside.is_dir() else Path(__file__).parents[1] / "config"


def find_config(given: Path | None, env: Mapping[str, str] | None = None) -> Path:
    """Return the directory to read: as given, by RHETORIC_MONITOR_CONFIG, ./config, or the shipped one."""
    environment = os.environ if env is None else env
    if given is not None:
        return given
    if named := environment.get(f"{PREFIX}CONFIG"):
        return Path(named)
    here = Path("config")
    return here if (here / "monitor.toml").is_file() else packaged_config()


@dataclass(frozen=True, slots=True)
class ConfigFiles:
    """Where each part of a configuration is read from; `over` are sources that replace others by id."""

    directory: Path
    monitor: Path
    targets: Path
    speakers: Path
    rules: Path
    sources: tuple[Path, ...]
    over: tuple[Path, ...] = ()


def find_files(directory: Path) -> ConfigFiles:
    """Return the files of a configuration directory, whether they are there or not."""
    return ConfigFiles(
        directory=directory,
        monitor=directory / "monitor.toml",
        targets=directory / "targets.toml",
        speakers=directory / "speakers.toml",
        rules=directory / "rules.toml",
        sources=tuple(sorted((directory / "sources").glob("*.toml"))),
    )


def replace_files(files: ConfigFiles, others: Iterable[Path]) -> ConfigFiles:
    """Return the files with others in the place of those of the same part; a directory replaces all.

    A file of sources replaces the one of the same name, or else single sources by their ids. Raises
    ConfigurationError for one that cannot be read.
    """
    for path in others:
        if path.is_dir():
            files = find_files(path)
            continue
        part = _part_of(path)
        if part != "sources":
            changed: dict[str, Any] = {part: path}
            files = replace(files, **changed)
        elif any(path.name == known.name for known in files.sources):
            same = tuple(path if path.name == known.name else known for known in files.sources)
            files = replace(files, sources=same)
        else:
            files = replace(files, over=(*files.over, path))
    return files


def _part_of(path: Path) -> str:
    """Tell by its blocks which part of a configuration a file is."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigurationError((Problem(str(path), "", f"cannot be read: {error}"),)) from error
    return next((part for block, part in PARTS.items() if block in data), "monitor")


def load_settings(
    directory: Path, env: Mapping[str, str] | None = None, others: Sequence[Path] = ()
) -> Settings:
    """Read every file of the directory; raises ConfigurationError with all problems at once.

    A variable RHETORIC_MONITOR__SECTION__KEY overrides that key of monitor.toml, for instance
    RHETORIC_MONITOR__STORE__URL. `others` are read instead of the files of the same parts.
    """
    problems: list[Problem] = []
    if not directory.is_dir():
        hint = "no such directory; `rhetoric-monitor init DIR` makes one"
        raise ConfigurationError((Problem(str(directory), "", hint),))
    files = replace_files(find_files(directory), others)
    monitor = _read(files.monitor, MonitorFile, problems, _overrides(os.environ if env is None else env))
    targets = _read(files.targets, TargetsFile, problems)
    speakers = _read(files.speakers, SpeakersFile, problems)
    rules = _read(files.rules, RulesFile, problems)
    if not files.sources:
        problems.append(
            Problem("sources/", "", "no source file; put at least one *.toml with [[source]] there")
        )
    sources = [file for path in files.sources if (file := _read(path, SourcesFile, problems))]
    over = [file for path in files.over if (file := _read(path, SourcesFile, problems))]
    if problems or monitor is None or targets is None or speakers is None or rules is None:
        raise ConfigurationError(tuple(problems))
    instead = [table.build() for file in over for table in file.source]
    replaced = {source.id for source in instead}
    kept = (table.build() for file in sources for table in file.source if table.id not in replaced)
    settings = Settings(
        directory=files.directory,
        monitor=monitor,
        sources=(*kept, *instead),
        targets=tuple(table.build() for table in targets.target),
        speakers=tuple(table.build() for table in speakers.speaker),
        rules=tuple(table.build() for table in rules.rule),
    )
    if found := tuple(_check_references(settings, files)):
        raise ConfigurationError(found)
    return settings


def _overrides(env: Mapping[str, str]) -> dict[str, Any]:
    """Turn RHETORIC_MONITOR__A__B=value into {"a": {"b": value}}."""
    tree: dict[str, Any] = {}
    for name, value in env.items():
        if name.startswith(f"{PREFIX}_"):
            *path, last = name.removeprefix(f"{PREFIX}_").lower().split("__")
            table = tree
            for key in path:
                table = table.setdefault(key, {})
            table[last] = value
    return tree


def _read(
    path: Path, model: type[FileModel], problems: list[Problem], overrides: dict[str, Any] | None = None
) -> FileModel | None:
    """Read one file; what is wrong goes to `problems`."""
    name = str(path)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(
            Problem(name, "", "file is missing; `rhetoric-monitor init DIR` writes the shipped one")
        )
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        problems.append(Problem(name, "", f"cannot be read: {error}"))
        return None
    try:
        return model.model_validate(_merge(data, overrides or {}))
    except ValidationError as error:
        problems.extend(explain_errors(name, model, data, error))
        return None


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        inner = merged.get(key)
        merged[key] = _merge(inner, value) if isinstance(inner, dict) and isinstance(value, dict) else value
    return merged


def _check_references(settings: Settings, files: ConfigFiles) -> Iterator[Problem]:
    """Check what no single file can know: ids are unique and lead somewhere."""
    folder = files.directory / "sources"
    for path, kind, ids in (
        (folder, "source", [source.id for source in settings.sources]),
        (files.targets, "target", [target.id for target in settings.targets]),
        (files.speakers, "speaker", [person.name for person in settings.speakers]),
        (files.rules, "rule", [rule.id for rule in settings.rules]),
        (files.monitor, "forward", [forward.id for forward in settings.monitor.forward]),
    ):
        for duplicate in [key for key, count in Counter(ids).items() if count > 1]:
            yield Problem(str(path), f"{kind}[{duplicate}]", "this id stands twice; each must be unique")
    targets = {target.id for target in settings.targets}
    blocs = targets | OTHER_BLOCS
    speakers = {person.name for person in settings.speakers}
    sources = {source.id for source in settings.sources}
    for target in settings.targets:
        yield from _known(files.targets, f"target[{target.id}].members", target.members, targets)
    for person in settings.speakers:
        yield from _known(files.speakers, f"speaker[{person.name}].bloc", [person.bloc], blocs)
    for source in settings.sources:
        yield from _known(folder, f"source[{source.id}].bloc", [source.bloc], blocs)
        if source.default_speaker is not None:
            yield from _known(
                folder, f"source[{source.id}].default_speaker", [source.default_speaker], speakers
            )
        yield from _check_kind(folder, source)
    asking: list[tuple[Path, str, Rule | ForwardTable]] = [
        *((files.rules, f"rule[{rule.id}]", rule) for rule in settings.rules),
        *((files.monitor, f"forward[{forward.id}]", forward) for forward in settings.monitor.forward),
    ]
    for file, key, wanted in asking:
        yield from _known(file, f"{key}.targets", wanted.targets, targets)
        yield from _known(file, f"{key}.blocs", wanted.blocs, blocs)
        yield from _known(file, f"{key}.sources", wanted.sources, sources)


def _check_kind(file: Path, source: Source) -> Iterator[Problem]:
    """Check that a source has what its kind needs."""
    key = f"source[{source.id}]"
    if source.kind == "listing" and source.listing is None:
        yield Problem(str(file), f"{key}.listing", "a listing needs selectors here")
    if source.kind == "json" and source.json is None:
        yield Problem(str(file), f"{key}.json", "a JSON list needs its fields named here")
    if source.paging is not None and source.paging.url and "{page}" not in source.paging.url:
        yield Problem(str(file), f"{key}.paging.url", "write {page} where the page's number goes")
    if (source.kind == "folder") != source.url.startswith("folder:"):
        hint = "a folder's address is written folder:PATH, and no other kind's is"
        yield Problem(str(file), f"{key}.url", hint)


def _known(file: Path, key: str, names: Iterable[str], valid: Iterable[str]) -> Iterator[Problem]:
    pool = sorted(valid)
    for name in names:
        if name not in pool:
            near = difflib.get_close_matches(name, pool, n=1, cutoff=0.5)
            yield Problem(
                str(file), key, f"{name!r} is not known" + (f"; did you mean {near[0]!r}?" if near else "")
            )
