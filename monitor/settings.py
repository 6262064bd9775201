"""Configuration files and the environment, read once into frozen settings."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from monitor.domain.actors import Person, Target
from monitor.domain.alerts import Rule
from monitor.domain.source import Source
from monitor.errors import ConfigurationError, Problem
from monitor.schema import MonitorFile, RulesFile, SourcesFile, SpeakersFile, Table, TargetsFile

PREFIX = "RHETORIC_MONITOR_"
OTHER_BLOCS = frozenset({"russia", "west", "ukraine", "other", "outlet", "unknown"})
FileModel = TypeVar("FileModel", bound=Table)


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


def load_settings(directory: Path, env: Mapping[str, str] | None = None) -> Settings:
    """Read every file of the directory; raises ConfigurationError with all problems at once.

    A variable RHETORIC_MONITOR__SECTION__KEY overrides that key of monitor.toml, for instance
    RHETORIC_MONITOR__STORE__URL.
    """
    problems: list[Problem] = []
    if not directory.is_dir():
        hint = "no such directory; `rhetoric-monitor init DIR` makes one"
        raise ConfigurationError((Problem(str(directory), "", hint),))
    monitor = _read(
        directory / "monitor.toml", MonitorFile, problems, _overrides(os.environ if env is None else env)
    )
    targets = _read(directory / "targets.toml", TargetsFile, problems)
    speakers = _read(directory / "speakers.toml", SpeakersFile, problems)
    rules = _read(directory / "rules.toml", RulesFile, problems)
    source_files = sorted((directory / "sources").glob("*.toml"))
    if not source_files:
        problems.append(
            Problem("sources/", "", "no source file; put at least one *.toml with [[source]] there")
        )
    source_tables = [(path, _read(path, SourcesFile, problems)) for path in source_files]
    if problems or monitor is None or targets is None or speakers is None or rules is None:
        raise ConfigurationError(tuple(problems))
    settings = Settings(
        directory=directory,
        monitor=monitor,
        sources=tuple(table.build() for _, file in source_tables if file for table in file.source),
        targets=tuple(table.build() for table in targets.target),
        speakers=tuple(table.build() for table in speakers.speaker),
        rules=tuple(table.build() for table in rules.rule),
    )
    if found := tuple(_check_references(settings)):
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
        problems.extend(_explain(name, model, data, error))
        return None


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        inner = merged.get(key)
        merged[key] = _merge(inner, value) if isinstance(inner, dict) and isinstance(value, dict) else value
    return merged


def _explain(file: str, model: type[BaseModel], data: Any, error: ValidationError) -> Iterator[Problem]:
    """Turn pydantic's errors into problems that name the key, and the nearest valid one."""
    for item in error.errors():
        key = _key(item["loc"], data)
        message = item["msg"].removeprefix("Value error, ")
        if item["type"] == "extra_forbidden":
            valid = _fields_at(model, item["loc"][:-1])
            near = difflib.get_close_matches(str(item["loc"][-1]), valid, n=1, cutoff=0.5)
            message = (
                f"unknown key; did you mean {near[0]!r}?"
                if near
                else f"unknown key; valid: {', '.join(valid)}"
            )
        elif item["type"] == "missing":
            message = "this key is required"
        elif item["type"] in ("enum", "literal_error"):
            expected = [
                word.strip("' ") for word in str(item["ctx"]["expected"]).replace(" or ", ", ").split(",")
            ]
            near = difflib.get_close_matches(str(item["input"]), expected, n=1, cutoff=0.5)
            message = f"{item['input']!r} is not valid; " + (
                f"did you mean {near[0]!r}?" if near else f"one of {', '.join(expected)}"
            )
        yield Problem(file, key, message)


def _key(loc: tuple[int | str, ...], data: Any) -> str:
    """Write a location as source[ria].url, with a block's id where it has one."""
    parts: list[str] = []
    node = data
    for step in loc:
        if isinstance(step, int) and parts:
            block = node[step] if isinstance(node, list) and step < len(node) else None
            label = (block.get("id") or block.get("name")) if isinstance(block, dict) else None
            parts[-1] += f"[{label or step}]"
            node = block
        else:
            parts.append(str(step))
            node = node.get(step) if isinstance(node, dict) else None
    return ".".join(parts)


def _fields_at(model: type[BaseModel], loc: Iterable[int | str]) -> list[str]:
    """Return the valid keys of the table that a location leads to."""
    current = model
    for step in loc:
        field = next((f for name, f in current.model_fields.items() if step in (name, f.alias)), None)
        if field is None:
            continue
        found = _table_in(field.annotation)
        if found is not None:
            current = found
    return [field.alias or name for name, field in current.model_fields.items()]


def _table_in(annotation: Any) -> type[Table] | None:
    """Find the Table class inside an annotation such as tuple[SourceTable, ...] or Table | None."""
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return annotation
    return next((found for part in get_args(annotation) if (found := _table_in(part))), None)


def _check_references(settings: Settings) -> Iterator[Problem]:
    """Check what no single file can know: ids are unique and lead somewhere."""
    directory = settings.directory
    for name, kind, ids in (
        ("sources/", "source", [source.id for source in settings.sources]),
        ("targets.toml", "target", [target.id for target in settings.targets]),
        ("speakers.toml", "speaker", [person.name for person in settings.speakers]),
        ("rules.toml", "rule", [rule.id for rule in settings.rules]),
    ):
        for duplicate in [key for key, count in Counter(ids).items() if count > 1]:
            yield Problem(
                str(directory / name), f"{kind}[{duplicate}]", "this id stands twice; each must be unique"
            )
    targets = {target.id for target in settings.targets}
    blocs = targets | OTHER_BLOCS
    speakers = {person.name for person in settings.speakers}
    sources = {source.id for source in settings.sources}
    for target in settings.targets:
        yield from _known(directory / "targets.toml", f"target[{target.id}].members", target.members, targets)
    for person in settings.speakers:
        yield from _known(directory / "speakers.toml", f"speaker[{person.name}].bloc", [person.bloc], blocs)
    for source in settings.sources:
        file = directory / "sources"
        yield from _known(file, f"source[{source.id}].bloc", [source.bloc], blocs)
        if source.default_speaker is not None:
            yield from _known(
                file, f"source[{source.id}].default_speaker", [source.default_speaker], speakers
            )
        yield from _check_kind(file, source)
    for rule in settings.rules:
        file = directory / "rules.toml"
        yield from _known(file, f"rule[{rule.id}].targets", rule.targets, targets)
        yield from _known(file, f"rule[{rule.id}].blocs", rule.blocs, blocs)
        yield from _known(file, f"rule[{rule.id}].sources", rule.sources, sources)


def _check_kind(file: Path, source: Source) -> Iterator[Problem]:
    """Check that a source has what its kind needs."""
    key = f"source[{source.id}]"
    if source.kind == "listing" and source.listing is None:
        yield Problem(str(file), f"{key}.listing", "a listing needs selectors here")
    if source.kind == "json" and source.json is None:
        yield Problem(str(file), f"{key}.json", "a JSON list needs its fields named here")
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
