"""Reading texts through the shipped attribution, and tables of who is expected to speak."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from monitor.domain.actors import Speaker
from monitor.domain.statement import HEADLINE, Statement
from monitor.schema import SpeakersFile, TargetsFile
from monitor.text.attribution import Attributor, Context
from monitor.text.segment import split_statements

CONFIG = Path(__file__).parents[2] / "config"


@dataclass(frozen=True)
class Case:
    """One line of a table: a text and who its only statement is expected to carry."""

    text: str
    name: str | None
    tier: str
    bloc: str
    reason: str

    def __str__(self) -> str:
        return self.text[:60]


def read_cases(table: str) -> list[Case]:
    """Return the cases of a table: a text, and indented below "name | tier | bloc | reason's beginning"."""
    lines = table.strip().splitlines()
    cases = []
    for text, expected in zip(lines[::2], lines[1::2], strict=True):
        name, tier, bloc, reason = (cell.strip() for cell in expected.split("|"))
        cases.append(Case(text, None if name == "-" else name, tier, bloc, reason))
    return cases


@cache
def shipped_speakers() -> SpeakersFile:
    """Return the shipped speakers.toml."""
    return SpeakersFile.model_validate(tomllib.loads((CONFIG / "speakers.toml").read_text(encoding="utf-8")))


@cache
def shipped_attributor() -> Attributor:
    """Return the attributor over the shipped speakers and targets."""
    targets = TargetsFile.model_validate(tomllib.loads((CONFIG / "targets.toml").read_text(encoding="utf-8")))
    return Attributor(
        [table.build() for table in shipped_speakers().speaker], [table.build() for table in targets.target]
    )


def read_speakers(
    text: str = "",
    title: str = "",
    lang: str = "ru",
    default: str | None = None,
    bloc: str | None = None,
    said_on: date | None = None,
) -> list[tuple[str, Speaker]]:
    """Split a text as the program does and return each statement with its speaker, headline first."""
    statements = [Statement(0, HEADLINE, HEADLINE, title, lang)] if title else []
    for span in split_statements(text, lang):
        statements.append(Statement(len(statements), span.start, span.end, text[span.start : span.end], lang))
    persons = {table.name: table.build() for table in shipped_speakers().speaker}
    context = Context(
        title=title,
        text=text,
        lang=lang,
        statements=tuple(statements),
        default_speaker=persons[default] if default else None,
        source_kind="rss",
        source_bloc=bloc,
        said_on=said_on,
    )
    speakers = shipped_attributor().attribute(context)
    return [(statement.text, speaker) for statement, speaker in zip(statements, speakers, strict=True)]


def read_names(text: str, **options: Any) -> list[str | None]:
    """Return only the speakers' names, in the order of the statements."""
    return [speaker.name for _, speaker in read_speakers(text, **options)]


def check_case(case: Case, lang: str = "ru") -> None:
    """Assert that a text of one statement has the speaker that the case names, for its reason."""
    ((_, speaker),) = read_speakers(case.text, lang=lang)
    assert (case.name, case.tier, case.bloc) == (speaker.name, speaker.tier, speaker.bloc)
    assert speaker.reason.startswith(case.reason)
