"""The commands around sources as an operator types them, in processes of their own."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import sys
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.collect.loopback import Reply, Server
from tests.tuning.fronts import channel
from tests.tuning.sites import Site
from tests.tuning.structures import pictures

ROOT = Path(__file__).parents[2]
BLOCK = """
[[source]]
id = "{id}"
outlet = "Вестник"
kind = "listing"
url = "{url}"
bloc = "russia"
tier = "outlet"
languages = ["ru"]
evidence = "documented"
spacing_seconds = 0
allow_private = true
[source.listing]
item = "{item}"
link = "a.list-item__title"
date = ".list-item__day, .list-item__time"
[source.article]
body = ".article__text"
"""


async def call(*arguments: str, cwd: Path) -> tuple[int, str, str]:
    """Call the program and return its exit code, stdout and stderr."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "monitor",
        "--config",
        "mine",
        *arguments,
        cwd=cwd,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
    )
    out, errors = await asyncio.wait_for(process.communicate(), 150)
    return process.returncode or 0, out.decode(), errors.decode()


@pytest.fixture
def site(server: Server) -> Site:
    """A site that is served, with news of yesterday: the program's clock is the real one."""
    made = pictures()
    yesterday = datetime.now(UTC) - timedelta(days=1)
    for path, body in made.pages.items():
        text = body.decode()
        for story in made.stories:
            text = text.replace(story.dotted, yesterday.strftime("%d.%m.%Y"))
        made.pages[path] = text.encode()
    made.serve(server)
    return made


@pytest.fixture
def mine(tmp_path: Path, site: Site, server: Server) -> Path:
    """A configuration of one's own with one healthy source and one whose selector has died."""
    folder = tmp_path / "mine"
    shutil.copytree(ROOT / "config", folder)
    for file in (folder / "sources").glob("*.toml"):
        file.unlink()
    rules = (folder / "rules.toml").read_text(encoding="utf-8")
    kept = [line for line in rules.splitlines() if not line.startswith("sources =")]
    (folder / "rules.toml").write_text("\n".join(kept), encoding="utf-8")
    blocks = [
        BLOCK.format(id="good", url=server.url(site.front), item=".list-item"),
        BLOCK.format(id="dead", url=server.url(site.front), item=".gone"),
    ]
    (folder / "sources" / "own.toml").write_text("".join(blocks), encoding="utf-8")
    return folder


async def test_check_tells_healthy_from_dead(tmp_path: Path, mine: Path) -> None:
    """Exit code 1 for the dead one, with lines to paste; 0 for the healthy one alone; no store is made."""
    code, out, errors = await call("sources", "check", cwd=tmp_path)
    assert 1 == code
    assert "1 of 2 sources are healthy" in out, out + errors
    assert 'item = "div.list-item"' in out
    code, out, _ = await call("sources", "check", "good", "--json", cwd=tmp_path)
    (line,) = out.splitlines()
    data = json.loads(line)
    assert (0, True, 12, 12) == (code, data["healthy"], data["items"], data["dated"])
    assert not (tmp_path / "var").exists()


async def test_preview_reads_and_judges_without_a_store(tmp_path: Path, mine: Path) -> None:
    """The items are listed, one article is read to its statements with the real model."""
    code, out, errors = await call("sources", "preview", "good", "--limit", "1", cwd=tmp_path)
    assert (0, "") == (code, errors.strip())
    assert "good: 12 items" in out
    assert "В посёлке номер 12 открылась долгожданная пекарня" in out
    assert re.search(r"[1-9] statements, 0 judgements", out)
    assert not (tmp_path / "var").exists()


async def test_added_source_loads(tmp_path: Path, mine: Path, server: Server) -> None:
    """The block is appended, and check-config is content with the whole."""
    channel().serve(server)
    file = mine / "sources" / "new.toml"
    arguments = ("--id", "village", "--bloc", "russia", "--tier", "commentator", "--allow-private")
    code, out, errors = await call(
        "sources", "add", server.url("/s/village"), *arguments, "--write", str(file), cwd=tmp_path
    )
    assert (0, "") == (code, errors.strip())
    assert "Appended village" in out
    (block,) = tomllib.loads(file.read_text(encoding="utf-8"))["source"]
    assert ("telegram_channel", False, "guessed") == (block["kind"], block["enabled"], block["evidence"])
    assert 0 == (await call("check-config", cwd=tmp_path))[0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check", "no-such"), "no source has this id"),
        (("add", "http://127.0.0.1:9/", "--tier", "king"), "'king' is no tier; one of head_of_state"),
        (("add", "http://127.0.0.1:9/"), "127.0.0.1"),
    ],
)
async def test_errors_are_one_sentence(
    tmp_path: Path, mine: Path, arguments: tuple[str, ...], message: str
) -> None:
    """Exit code 2, what is wrong, no traceback."""
    code, _, errors = await call("sources", *arguments, cwd=tmp_path)
    assert 2 == code
    assert message in errors.replace("\n", " ")
    assert "Traceback" not in errors


async def test_file_that_would_not_load_is_left_alone(tmp_path: Path, mine: Path, server: Server) -> None:
    """A block is not appended to a file that is broken already."""
    channel().serve(server)
    file = mine / "sources" / "new.toml"
    server.routes["/robots.txt"] = Reply(status=404)
    broken = tmp_path / "broken.toml"
    broken.write_text("[[source]\n", encoding="utf-8")
    code, _, errors = await call(
        "sources", "add", server.url("/s/village"), "--allow-private", "--write", str(broken), cwd=tmp_path
    )
    assert 2 == code
    assert "left as it was" in errors.replace("\n", " ")
    assert "[[source]\n" == broken.read_text(encoding="utf-8")
    assert not file.exists()
