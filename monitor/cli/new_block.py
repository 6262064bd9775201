"""A source's block made sure of before anybody gets it: it loads, and says what was found."""

from __future__ import annotations

import tempfile
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from monitor.domain.source import Source
from monitor.domain.stance import Tier
from monitor.errors import ConfigurationError, Problem
from monitor.schema import SourcesFile

if TYPE_CHECKING:
    from monitor.settings import Settings

NEW = "the new block"


def choose_tier(name: str | None) -> Tier | None:
    """Return the tier of a name; raises ConfigurationError where there is none."""
    if name is None:
        return None
    try:
        return Tier(name)
    except ValueError:
        message = f"{name!r} is no tier; one of {', '.join(Tier)}"
        raise ConfigurationError((Problem("--tier", "", message),)) from None


def refuse_known_id(settings: Settings, source_id: str | None) -> None:
    """Raise ConfigurationError where a source has this id already."""
    if source_id in {source.id for source in settings.sources}:
        message = f"{source_id!r} is the id of another source; choose one of its own"
        raise ConfigurationError((Problem("--id", "", message),))


def check_block(settings: Settings, source: Source, block: str) -> None:
    """Raise ConfigurationError unless the block loads with the rest of the configuration as this source."""
    from monitor.settings import load_settings

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "new-block.toml"
        file.write_text(block, encoding="utf-8")
        try:
            loaded = load_settings(settings.directory, others=[file])
        except ConfigurationError as error:
            problems = (replace(p, file=NEW) if p.file == str(file) else p for p in error.problems)
            raise ConfigurationError(tuple(problems)) from error
    if source not in loaded.sources:
        raise ConfigurationError((Problem(NEW, source.id, "it does not say what was found"),))


def append_block(file: Path, source: Source, block: str) -> None:
    """Append a block to a file, which must load afterwards; else raise ConfigurationError and leave it be."""
    try:
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        whole = f"{before.rstrip()}\n\n{block}" if before.strip() else block
        SourcesFile.model_validate(tomllib.loads(whole))
        file.write_text(whole, encoding="utf-8")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        message = f"the block was not appended, and the file was left as it was: {error}"
        raise ConfigurationError((Problem(str(file), source.id, message),)) from error
