"""Every guard of fetching and parsing, and that its test fails when the guard is taken out.

A scenario raises HarmError when what its guard prevents has happened. It is played twice: as the
program is, and without the one guard. `docs/faults.md` lists them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitor.collect.front import Front
from monitor.collect.rss import read_feed
from monitor.errors import FetchError, Trouble
from tests.collect.loopback import entry, feed
from tests.fault import manners, memory, network, parsing
from tests.fault.world import Case, HarmError, World

CASES = (*network.CASES, *manners.CASES, *parsing.CASES)
TABLE = Path(__file__).parents[2] / "docs" / "faults.md"
# The second and third lead back to this machine as well: addresses for somebody who may not be reached.
pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2", "0.0.0.0"])  # noqa: S104


def name_of(case: Case) -> str:
    """Return the case's name."""
    return case.name


@pytest.mark.parametrize("case", CASES, ids=name_of)
async def test_guard_holds(world: World, case: Case) -> None:
    """With every guard in its place the harm does not happen."""
    await case.scenario(world)


@pytest.mark.parametrize("case", CASES, ids=name_of)
async def test_scenario_fails_without_its_guard(world: World, case: Case) -> None:
    """The same scenario, with that one guard taken out, shows the harm."""
    case.take_out(world)
    world.patience = 1.0
    with pytest.raises(HarmError, match=case.harm):
        await case.scenario(world)


@pytest.mark.parametrize("bomb", memory.BOMBS)
def test_bomb_costs_no_more_than_the_cap(bomb: str) -> None:
    """Measured in a process of its own: 48 MB of body make it grow by no more than a few."""
    grew, trouble = memory.measure(bomb, "guarded")
    assert grew < memory.ALLOWED, f"{bomb} made it grow by {grew / 1e6:.0f} MB"
    assert trouble in (Trouble.TOO_LARGE, Trouble.ENCODING)


@pytest.mark.parametrize("bomb", memory.BOMBS)
def test_bomb_goes_off_without_its_guard(bomb: str) -> None:
    """Without the cap, the bounded unpacking or the rule of one encoding the process grows by it all."""
    grew, _ = memory.measure(bomb, "unguarded")
    assert grew > 2 * memory.ALLOWED, f"{bomb} made it grow by {grew / 1e6:.0f} MB only"


async def test_paragraphs_without_end_are_read_in_time(world: World) -> None:
    """200,000 `<p>` are within what the parser itself can do; the process would be killed if not."""
    await parsing.paragraphs_without_end(world)


async def test_external_entity_reads_no_file(world: World, tmp_path: Path) -> None:
    """Nothing of a DTD reaches the parser, which would not follow it either: the file stays unread."""
    secret = tmp_path / "secret"
    secret.write_text("the secret words", encoding="utf-8")
    dtd = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY h SYSTEM "{secret.as_uri()}">]>'
    body = dtd + feed(entry(1, title="&h;")).decode().partition("?>")[2]
    error = await parsing.parse(world, read_feed, body)
    assert isinstance(error, FetchError)
    assert error.trouble is Trouble.MALFORMED
    front = await parsing.parse(world, parsing.unbounded_feed, body)
    assert "secret" not in repr(front)


async def test_items_of_a_feed_cut_short_are_kept(world: World) -> None:
    """The connection broke off, or the generator did: what came whole is taken."""
    text = feed(*(entry(n) for n in range(10))).decode()
    front = await parsing.parse(world, read_feed, text[: text.index("id-7")])
    assert isinstance(front, Front)
    assert {f"id-{n}" for n in range(7)} <= set(front.items)


async def test_page_in_the_place_of_a_feed_is_named_so(world: World) -> None:
    """A web page that the server gives where the feed was."""
    error = await parsing.parse(world, read_feed, "<!DOCTYPE html><html><body>Moved</body></html>")
    assert isinstance(error, FetchError)
    assert "perhaps a web page" in error.reason


def test_table_of_faults_names_every_case_and_every_test_that_there_is() -> None:
    """`docs/faults.md` is the list that people read: nothing is missing in it, nothing in it is gone."""
    text = TABLE.read_text(encoding="utf-8")
    named = {name.removesuffix(".py") for name in re.findall(r"`(\w+)`", text)}
    assert {case.name for case in CASES} | set(memory.BOMBS) <= named
    there = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].rglob("*.py"))
    tests = {name for name in named if name.startswith("test_")}
    assert tests
    files = {path.stem for path in Path(__file__).parents[1].rglob("test_*.py")}
    assert set() == {name for name in tests if f"def {name}(" not in there and name not in files}
