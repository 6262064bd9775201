"""The command line as a person or a script uses it, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOSTILE = "Минсельхоз России обвинил Армению в подмене документов и пригрозил закрыть границу для грузов."


def call(
    *arguments: str, cwd: Path, stdin: str = "", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Call the program from a directory of the test's."""
    return subprocess.run(
        [sys.executable, "-m", "monitor", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "120", **(env or {})},
    )


def test_documents_go_through_pipes_with_the_real_model(tmp_path: Path) -> None:
    """Input from stdin, lines on stdout, the summary on stderr, no tables touched."""
    lines = json.dumps({"id": "a", "text": HOSTILE}, ensure_ascii=False) + "\n"
    result = call("analyze", "-", cwd=tmp_path, stdin=lines)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert 0 == result.returncode
    assert {"armenia", "russia"} == {row["target"] for row in rows}
    assert "1 documents, 2 judgements" in result.stderr
    assert [] == list(tmp_path.iterdir())


def test_failed_document_is_said_by_line_and_exit_code(tmp_path: Path) -> None:
    """The good document is judged all the same; the output file is whole."""
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1\n' + json.dumps({"id": 2, "text": HOSTILE}) + "\n", encoding="utf-8")
    result = call("analyze", "in.jsonl", "--output", "out.jsonl", "--workers", "2", cwd=tmp_path)
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert 1 == result.returncode
    assert "error" in rows[0]
    assert {2} == {row["id"] for row in rows[1:]}
    assert ["in.jsonl", "out.jsonl"] == sorted(path.name for path in tmp_path.iterdir())


def test_same_document_gives_the_same_lines_whatever_stands_beside_it(tmp_path: Path) -> None:
    """Alone, among others, with more workers: the numbers are equal to the last digit."""
    one = json.dumps({"id": 1, "text": HOSTILE}, ensure_ascii=False)
    others = [
        json.dumps({"id": n, "text": f"Ташкент {'очень ' * n}рад визиту из Баку."}, ensure_ascii=False)
        for n in range(2, 40)
    ]
    alone = call("analyze", "-", cwd=tmp_path, stdin=one + "\n").stdout.splitlines()
    among = call(
        "analyze", "-", "--workers", "2", cwd=tmp_path, stdin="\n".join([*others, one]) + "\n"
    ).stdout.splitlines()
    assert alone
    assert alone == [line for line in among if json.loads(line)["id"] == 1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("analyze", "missing.jsonl"), "missing.jsonl: cannot be read"),
        (("analyze", "-", "--output", "no/such/dir.jsonl"), "cannot be written"),
        (("--config", "nowhere", "check-config"), "rhetoric-monitor init"),
        (("collect", "no-such-source"), "no source has this id"),
        (("digest", "show"), "there is no digest yet"),
        (("bot",), "name a file that holds the bot's token"),
    ],
)
def test_errors_are_one_sentence_without_a_traceback(
    tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    """Exit code 2, the file or key named, what to do."""
    result = call(*arguments, cwd=tmp_path)
    assert 2 == result.returncode
    assert message in result.stderr.replace("\n", " ")
    assert "Traceback" not in result.stderr


def test_wrong_configuration_is_reported_whole(tmp_path: Path) -> None:
    """Two errors in two files, both named at once."""
    assert 0 == call("init", "mine", cwd=tmp_path).returncode
    (tmp_path / "mine" / "monitor.toml").write_text("[stor]\n", encoding="utf-8")
    (tmp_path / "mine" / "rules.toml").write_text(
        '[[rule]]\nid = "r"\ntargets = ["armenya"]\n', encoding="utf-8"
    )
    result = call("--config", "mine", "check-config", cwd=tmp_path)
    assert 2 == result.returncode
    assert "did you mean 'store'?" in result.stderr


def test_help_is_there_for_newcomers(tmp_path: Path) -> None:
    """The program alone prints its commands."""
    result = call("--help", cwd=tmp_path)
    assert 0 == result.returncode
    for command in ("init", "run", "demo", "collect", "analyze", "digest", "check-config", "sources", "bot"):
        assert command in result.stdout
