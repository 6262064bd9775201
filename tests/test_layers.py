"""Dependencies point one way; the imports themselves are read."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORE = frozenset({"monitor.domain", "monitor.errors", "monitor.workers"})
EDGE = CORE | {"monitor.text", "monitor.pipeline.ports", "monitor.schema"}
WORDS = frozenset({"monitor.messages"})
ALLOWED: dict[str, frozenset[str]] = {
    "monitor.domain": frozenset({"monitor.errors"}),  # the kinds of trouble are named there
    "monitor.errors": frozenset(),
    "monitor.text": CORE,
    "monitor.pipeline": CORE | {"monitor.text"},
    "monitor.schema": CORE,
    "monitor.settings": CORE | {"monitor.schema"},
    "monitor.differences": CORE | {"monitor.schema", "monitor.settings"},
    "monitor.clock": frozenset(),
    "monitor.workers": frozenset({"monitor.errors"}),
    "monitor.collect": EDGE,
    "monitor.extract": EDGE,
    "monitor.archive": EDGE,
    "monitor.ingest": EDGE,
    "monitor.classify": EDGE,
    "monitor.messages": EDGE,
    "monitor.notify": EDGE | WORDS,
    "monitor.bot": EDGE | WORDS | {"monitor.notify.pacing"},
    "monitor.digest": EDGE | WORDS,
    "monitor.translate": EDGE,
    "monitor.web": EDGE | WORDS,
    "storage": EDGE,
}
"""What each part may import beside itself; parts that are not named here wire the others."""


def modules_of(part: str) -> list[Path]:
    """Return the source files of a package or module."""
    path = ROOT / Path(*part.split("."))
    return sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def imports_of(path: Path) -> Iterator[str]:
    """Yield what a file imports, type-checking imports and lazy ones included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if alias.name.islower())


def is_within(module: str, parts: frozenset[str]) -> bool:
    """Whether a module is one of the parts or inside one."""
    return any(module == part or module.startswith(part + ".") for part in parts)


@pytest.mark.parametrize("part", sorted(ALLOWED))
def test_part_imports_only_what_its_layer_allows(part: str) -> None:
    """Domain knows nobody, edges never know one another, only the composition root wires."""
    allowed = ALLOWED[part] | {part}
    wrong = [
        f"{path.relative_to(ROOT)}: {module}"
        for path in modules_of(part)
        for module in imports_of(path)
        if is_within(module, frozenset({"monitor", "storage"})) and module not in ("monitor", "storage")
        if not is_within(module, allowed) and not any(a.startswith(module + ".") for a in allowed)
    ]
    assert [] == wrong


def test_domain_uses_the_standard_library_only() -> None:
    """No I/O library, no framework."""
    outside = {
        module.split(".")[0]
        for path in modules_of("monitor.domain")
        for module in imports_of(path)
        if module.split(".")[0] not in sys.stdlib_module_names | {"monitor"}
    }
    assert set() == outside


def test_domain_has_no_clock() -> None:
    """Time is passed in."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in modules_of("monitor.domain"))
    assert ".now(" not in text
    assert "time.time(" not in text


def test_training_and_torch_are_never_imported_at_run_time() -> None:
    """The run-time set holds no torch; an operator's own torch model is the one exception."""
    wrong = [
        str(path.relative_to(ROOT))
        for part in ("monitor", "storage")
        for path in modules_of(part)
        for module in imports_of(path)
        if module.split(".")[0] in ("torch", "training") and path.name != "torch_classifier.py"
    ]
    assert [] == wrong


def test_every_package_has_a_layer_or_wires() -> None:
    """A new package must be given its place here."""
    wiring = {
        "answering",
        "app",
        "cli",
        "demo",
        "leading",
        "live",
        "reload",
        "schedule",
        "sending",
        "service",
        "store_watch",
        "surroundings",
        "telling",
        "upkeep",
        "__main__",
        "__init__",
        "_config",
    }
    found = {
        p.stem for p in (ROOT / "monitor").iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()
    }
    placed = {part.split(".")[1] for part in ALLOWED if part.startswith("monitor.")}
    assert set() == found - placed - wiring


@pytest.mark.parametrize("folder", ["monitor", "storage", "training", "benchmarks", "tests"])
def test_no_file_is_long(folder: str) -> None:
    """A file of over 300 lines wants to be split by a word of the domain."""
    long = {
        str(path.relative_to(ROOT)): count
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "work" not in path.relative_to(ROOT).parts
        and (count := len(path.read_text(encoding="utf-8").splitlines())) > 320
    }
    assert {} == long
