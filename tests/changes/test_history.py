"""The command that shows what became of an article."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from monitor.cli.versions import describe_versions
from storage import open_store
from tests.builders import NOON
from tests.changes.site import AROUND, HARSH, MILD, Watch
from tests.collect.loopback import Reply
from tests.notify.builders import READERS
from tests.test_cli import call


def show(watch: Watch, *, whole: bool = False) -> str:
    """Return what a terminal without colour shows of the first article."""
    console = Console(file=io.StringIO(), width=200, highlight=False, markup=False, soft_wrap=True)
    for line in describe_versions(watch.versions(), READERS["en"], whole=whole):
        console.print(line)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.fixture
async def lived(watch: Watch) -> Watch:
    """Give an article a life: softened, taken down, put back."""
    watch.site.publish(1, HARSH)
    await watch.collect()
    watch.site.publish(1, MILD)
    await watch.look_again(hours=1.3)
    watch.understand()
    watch.site.instead[1] = Reply(status=404)
    await watch.look_again(hours=6)
    await watch.look_again(minutes=31)
    del watch.site.instead[1]
    await watch.look_again(hours=24)
    watch.understand()
    return watch


async def test_history_tells_texts_edits_and_absences_in_order(lived: Watch) -> None:
    """With times, hashes, the words that changed, and the statements that were touched."""
    text = show(lived)
    first, second = (revision.copy.page_sha256 for revision in lived.versions().revisions)
    expected = [
        "revision 0",
        first,
        "revision 1",
        second,
        "[-обвинил",
        "{+попросил",
        "taken down",
        "there again",
    ]
    assert sorted(expected, key=text.index) == expected
    assert "softened  → Armenia: hostile 0.90 → neutral 0.90" in text


async def test_unchanged_stretches_are_cut_unless_all_is_wanted(lived: Watch) -> None:
    """A long article shows its edit in a few lines."""
    assert AROUND[1] not in show(lived)
    assert AROUND[1] in show(lived, whole=True)


async def test_edit_that_nobody_judged_is_shown_all_the_same(watch: Watch) -> None:
    """The texts are known before the statements are."""
    watch.site.publish(1, HARSH)
    await watch.collect()
    watch.site.publish(1, MILD)
    await watch.look_again(hours=1.3)
    assert "not compared" in show(watch)
    watch.site.publish(1, MILD, "Новости дня")
    await watch.look_again(hours=6)
    watch.understand()
    assert "{+" in show(watch)


async def test_scraped_text_is_inert(watch: Watch) -> None:
    """Neither markup nor control characters reach the terminal."""
    watch.site.publish(1, f"[bold]\u202e {HARSH}")
    await watch.collect()
    watch.site.publish(1, f"[red]\u009b31m {MILD}")
    await watch.look_again(hours=1.3)
    text = show(watch)
    assert "red]" in text
    assert not set(text) & set("\u202e\x1b\x9b")


def test_unknown_address_and_missing_store_say_so(tmp_path: Path) -> None:
    """With an exit code; nothing is made."""
    store = f"sqlite:///{tmp_path / 'store.db'}"
    arguments, env = ("history", "https://example.org/1"), {"RHETORIC_MONITOR__STORE__URL": store}
    missing = call(*arguments, cwd=tmp_path, env=env)
    assert 2 == missing.returncode
    assert "there is no store yet" in missing.stderr
    assert [] == list(tmp_path.iterdir())
    open_store(store, NOON).close()
    unknown = call(*arguments, cwd=tmp_path, env=env)
    assert 1 == unknown.returncode
    assert "No article was collected" in unknown.stdout
