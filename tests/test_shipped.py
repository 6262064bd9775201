"""What ships is whole: configuration, schemas, README, container files."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from monitor.cli import app
from monitor.schema import MonitorFile, json_schemas
from monitor.settings import Settings, load_settings

ROOT = Path(__file__).parents[1]
TARGETS = {
    "armenia",
    "azerbaijan",
    "belarus",
    "kazakhstan",
    "kyrgyzstan",
    "tajikistan",
    "uzbekistan",
    "russia",
    "csto",
    "eaeu",
    "cis",
    "union_state",
}


@pytest.fixture(scope="module")
def shipped() -> Settings:
    """Return the shipped configuration."""
    return load_settings(ROOT / "config", env={})


def test_shipped_configuration_loads_with_all_targets_and_speakers(shipped: Settings) -> None:
    """Twelve targets, at least eighty speakers, rules and sources."""
    assert {target.id for target in shipped.targets} >= TARGETS
    assert len(shipped.speakers) >= 80
    assert len(shipped.enabled_sources) >= 20
    assert shipped.rules


def test_written_defaults_are_the_programs_defaults() -> None:
    """monitor.toml says of every key that what stands there is the default."""
    data = tomllib.loads((ROOT / "config" / "monitor.toml").read_text(encoding="utf-8"))
    assert MonitorFile() == MonitorFile.model_validate(data)


def test_guessed_sources_ship_disabled_and_no_source_may_read_private_addresses(shipped: Settings) -> None:
    """Facts that nobody documented are not polled by default."""
    assert [] == [s.id for s in shipped.enabled_sources if s.evidence == "guessed"]
    assert [] == [s.id for s in shipped.sources if s.allow_private]


def test_speakers_aliases_are_unique(shipped: Settings) -> None:
    """One alias leads to one person."""
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for person in shipped.speakers:
        for language, names in person.names.items():
            for name in names:
                owners[language, name.casefold()].add(person.name)
    assert {} == {alias: names for alias, names in owners.items() if len(names) > 1}


def test_schemas_for_editors_are_current() -> None:
    """`check-config --write-schemas config/schemas` writes them anew."""
    written = {p.stem: p.read_text(encoding="utf-8") for p in (ROOT / "config" / "schemas").glob("*.json")}
    assert json_schemas() == written


def commands() -> list[str]:
    """Return every command with its group."""
    group = typer.main.get_command(app)
    found = []
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        found += [f"{name} {sub}" for sub in inner] if inner else [name]
    return found


@pytest.mark.parametrize("command", commands())
def test_every_command_has_help_and_stands_in_the_readme(command: str) -> None:
    """A command is documented once."""
    result = CliRunner().invoke(app, [*command.split(), "--help"])
    assert (0, "") == (result.exit_code, result.stderr)
    assert len(result.output.splitlines()) > 5
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme[readme.index("## Commands") : readme.index("## How it works")]
    assert re.search(rf"\b{command.rsplit(maxsplit=1)[-1]}\b", table)


def test_every_key_of_monitor_toml_is_documented() -> None:
    """docs/configuration.md names each key."""
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    keys = []
    for name, field in MonitorFile.model_fields.items():
        inner = getattr(field.annotation, "model_fields", None)
        keys += [f"{name}.{key}" for key in inner] if inner else [name]
    assert [] == [key for key in keys if f"`{key}`" not in page]


def test_init_writes_a_configuration_that_checks(tmp_path: Path) -> None:
    """What a newcomer copies is good, and nothing of theirs is overwritten."""
    mine = tmp_path / "mine"
    runner = CliRunner()
    assert 0 == runner.invoke(app, ["init", str(mine)]).exit_code
    result = runner.invoke(app, ["--config", str(mine), "check-config"])
    assert 0 == result.exit_code
    assert "No errors." in result.output
    again = runner.invoke(app, ["init", str(mine)])
    assert again.exit_code != 0
    assert "not empty" in str(again.exception)


def test_links_inside_the_documents_lead_somewhere() -> None:
    """No dead relative link in the documentation."""
    dead = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert [] == dead


def test_no_large_file_but_the_model_is_tracked() -> None:
    """The weights are the one large file."""
    large = [
        str(path.relative_to(ROOT))
        for folder in ("monitor", "storage", "config", "training", "tests", "docs", "benchmarks")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "work" not in path.parts and path.suffix != ".pyc"
        if path.stat().st_size > 1_000_000 and path.suffix != ".onnx"
    ]
    assert [] == large


def test_container_runs_as_an_ordinary_user_from_what_the_repository_holds() -> None:
    """Every path that is copied exists; the service does not run as root; data is on a volume."""
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    copied = re.findall(r"^COPY (?!--from)(\S+)", dockerfile, flags=re.MULTILINE)
    assert [] == [name for name in copied if not (ROOT / name).exists()]
    assert "USER monitor" in dockerfile
    assert "--require-hashes" in dockerfile
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert "data:/data" in compose
    assert "secrets:" in compose
