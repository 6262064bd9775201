"""The drop folder."""

from __future__ import annotations

import json
import os
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.domain.coverage import RunOutcome
from monitor.domain.source import Source
from monitor.errors import FetchError, Trouble
from monitor.extract import extract_article
from monitor.ingest import FolderCollector, extract_document
from monitor.ingest.folder import SECOND_LOOK
from monitor.pipeline.by_kind import CollectorByKind, ExtractorByPage
from monitor.pipeline.collect import SourceVisitor
from monitor.pipeline.ports import Validators
from storage import Store
from tests.ingest.given import NOW, TALK
from tests.pipeline.test_collect import FakeSite

LONG_AGO = NOW.timestamp() - 3600
SRT = "1\n00:00:01,000 --> 00:00:03,000\nСОЛОВЬЕВ: Астана предала нас.\n"
EXTRACT = ExtractorByPage(pages=extract_article, documents=extract_document)


async def no_wait(seconds: float) -> None:
    """Let no time pass."""


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """Return a source over an empty folder."""
    (tmp_path / "talk").mkdir()
    return replace(TALK, url=f"folder:{tmp_path}/talk")


def put(source: Source, name: str, content: str | bytes, changed: float = LONG_AGO) -> Path:
    """Put a file into the source's folder, changed long ago unless said otherwise."""
    path = Path(source.url.removeprefix("folder:")) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(path, (changed, changed))
    return path


def make_collector(
    limit: int = 100_000, sleep: Callable[[float], Awaitable[None]] = no_wait
) -> FolderCollector:
    """Return a collector by a clock that stands still."""
    return FolderCollector(limit, lambda: NOW, wall=NOW.timestamp, sleep=sleep)


def make_visitor(store: Store, collector: FolderCollector) -> SourceVisitor:
    """Return what the service visits sources with."""
    by_kind = CollectorByKind(usual=FakeSite(), by_kind={"folder": collector})
    return SourceVisitor(by_kind, EXTRACT, store.articles, lambda: NOW, item_attempts=1)


async def discover(collector: FolderCollector, source: Source) -> tuple[list[str], tuple[str, ...]]:
    """Return the keys that the folder shows, and what it refuses."""
    found = await collector.discover(source, Validators())
    return [item.key for item in found.items], found.bad_entries


async def test_dropped_file_becomes_an_article_once_and_stays_where_it_is(
    source: Source, store: Store
) -> None:
    """The second visit sees nothing new; the file is untouched."""
    path = put(source, "2026-11-20 Вечер.srt", SRT)
    visitor = make_visitor(store, make_collector())
    first, second = await visitor.visit(source), await visitor.visit(source)
    assert (RunOutcome.OK, 1, RunOutcome.NOT_MODIFIED, 0) == (
        first.outcome, first.articles, second.outcome, second.articles,
    )  # fmt: skip
    (saved,) = store.findings.unassessed(9)
    assert ("Вечер", "СОЛОВЬЕВ:\nАстана предала нас.") == (saved.article.title, saved.article.text)
    page = store.articles.page(saved.article.page_sha256)
    assert page is not None
    assert SRT.encode() == page.body == path.read_bytes()


async def test_edited_file_is_a_revision_and_a_touched_one_is_not(source: Source, store: Store) -> None:
    """Also when only the sidecar changes the title."""
    put(source, "a.srt", SRT)
    visitor = make_visitor(store, make_collector())
    await visitor.visit(source)
    put(source, "a.srt", SRT, LONG_AGO + 60)
    await visitor.visit(source)
    assert 0 == store.findings.unassessed(9)[0].revision
    put(source, "a.srt", SRT.replace("нас", "всех нас"), LONG_AGO + 120)
    await visitor.visit(source)
    put(source, "a.toml", 'title = "Эфир"', LONG_AGO + 180)
    await visitor.visit(source)
    (saved,) = store.findings.unassessed(9)
    assert (2, "Эфир") == (saved.revision, saved.article.title)


async def test_file_that_still_grows_is_left_until_it_is_whole(source: Source) -> None:
    """One that changes between two looks waits; one that does not, or was moved in, is taken at once."""
    growing = put(source, "growing.srt", SRT, NOW.timestamp())
    put(source, "still.srt", SRT, NOW.timestamp() - 1)
    put(source, "moved in.srt", SRT)
    waited: list[float] = []

    async def meanwhile(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 1:
            put(source, "growing.srt", growing.read_text() + "\n", NOW.timestamp())

    collector = make_collector(sleep=meanwhile)
    found = await collector.discover(source, Validators())
    assert ["moved in.srt", "still.srt"] == [item.key for item in found.items]
    later = await collector.discover(source, found.validators)
    assert ["growing.srt", "moved in.srt", "still.srt"] == [item.key for item in later.items]
    assert [SECOND_LOOK, SECOND_LOOK] == waited


async def test_hidden_and_unfinished_files_and_recordings_are_passed_over(source: Source) -> None:
    """They are nobody's mistake."""
    for name in (".a.srt", "a.srt.part", "b.srt~", ".git/c.srt", "show.mp4", "show.toml"):
        put(source, name, "x")
    put(source, "sub/show.srt", SRT)
    assert (["sub/show.srt"], ()) == await discover(make_collector(), source)


async def test_links_that_lead_outside_are_refused(source: Source, tmp_path: Path) -> None:
    """Files and folders alike; a link within the folder is a file like another."""
    secret = tmp_path / "secret.txt"
    secret.write_text("Пароль: сезам.")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x.txt").write_text("Пароль: сезам.")
    inside = put(source, "inside.srt", SRT)
    (inside.parent / "outside.txt").symlink_to(secret)
    (inside.parent / "folder").symlink_to(tmp_path / "other")
    (inside.parent / "again.srt").symlink_to(inside)
    (inside.parent / "broken.srt").symlink_to(tmp_path / "nothing")
    keys, refused = await discover(make_collector(), source)
    assert ["again.srt", "inside.srt"] == keys
    assert 2 == sum("leads outside" in reason for reason in refused)
    assert any(reason.startswith("broken.srt: it cannot be looked at") for reason in refused)


@pytest.mark.parametrize("key", ["../secret.txt", "/etc/hostname.txt", "gone.srt", "a.srt#1"])
async def test_item_that_is_not_in_the_folder_is_not_read(source: Source, tmp_path: Path, key: str) -> None:
    """Whatever an item is called, only files of the folder are opened."""
    (tmp_path / "secret.txt").write_text("Пароль: сезам.")
    put(source, "a.srt", SRT)
    collector = make_collector()
    item = (await collector.discover(source, Validators())).items[0]
    with pytest.raises(FetchError, match="folder"):
        await collector.fetch(source, replace(item, key=key))


async def test_pipe_in_the_folder_stops_nobody(source: Source) -> None:
    """Opening one would wait for ever."""
    os.mkfifo(put(source, "a.srt", SRT).with_name("pipe.srt"))
    keys, refused = await discover(make_collector(), source)
    assert (["a.srt"], ("pipe.srt: it is no ordinary file",)) == (keys, refused)


async def test_each_line_of_json_is_a_document_with_its_own_evidence(source: Source, store: Store) -> None:
    """A bad line is left out with its number; an edited line revises only its document."""
    lines = [
        {"id": 1, "text": "Москва предупредила Ереван.", "title": "Раз", "url": "https://e.org/1"},
        {
            "id": "б",
            "text": "Астана ответила Москве.",
            "published_at": "2026-11-19T10:00:00Z",
            "speaker": "Дмитрий Песков",
        },
    ]
    rows = [json.dumps(line, ensure_ascii=False) for line in lines]
    put(source, "all.jsonl", "\n".join([rows[0], "{", rows[1], rows[0], '{"text": "x"}']))
    visitor = make_visitor(store, make_collector())
    run = await visitor.visit(source)
    assert (2, 3) == (run.articles, run.failures)
    assert "line 2 is no JSON" in run.reason
    assert "line 4: the id '1' stands in this file twice" in run.reason
    assert "line 5: `id` must be" in run.reason
    first, second = (saved.article for saved in store.findings.unassessed(9))
    assert ("all.jsonl#1", "Раз", "https://e.org/1") == (first.key, first.title, first.url)
    assert ("Дмитрий Песков:\nАстана ответила Москве.", 10) == (second.text, second.published_at.hour)
    assert store.articles.page(second.page_sha256).body.decode() == rows[1]
    put(source, "all.jsonl", "\n".join([rows[0], rows[1].replace("ответила", "возразила")]), LONG_AGO + 60)
    assert 1 == (await visitor.visit(source)).items_new
    assert [0, 1] == [saved.revision for saved in store.findings.unassessed(9)]


async def test_file_that_cannot_be_read_is_set_aside_and_spares_the_others(
    source: Source, store: Store
) -> None:
    """Each with its reason; mended, it is taken."""
    put(source, "good.srt", SRT)
    put(source, "bad.srt", "Никаких титров.")
    put(source, "huge.srt", SRT * 3_000)
    put(source, "strange.xyz", "x")
    put(source, "wrong.srt", SRT)
    put(source, "wrong.srt.toml", "published_at = 'скоро'")
    visitor = make_visitor(store, make_collector())
    run = await visitor.visit(source)
    assert 1 == run.articles
    assert 2 == store.articles.counts()["items_set_aside"]
    assert "strange.xyz: it ends with none of .srt" in run.reason
    assert "wrong.srt: wrong.srt.toml: `published_at`" in run.reason
    assert run.reason == (await visitor.visit(source)).reason, "it is said until it is mended"
    put(source, "bad.srt", SRT, LONG_AGO + 60)
    (put(source, "wrong.srt", SRT).with_name("wrong.srt.toml")).unlink()
    assert 2 == (await visitor.visit(source)).articles


async def test_document_of_another_source_is_not_taken_for_ours(source: Source) -> None:
    """Who says what hangs on the source."""
    put(source, "a.srt", SRT)
    put(source, "a.toml", 'source = "ria"')
    keys, refused = await discover(make_collector(), source)
    assert ([], ("a.srt: it belongs to the source 'ria'; use `ingest`",)) == (keys, refused)


async def test_empty_folder_is_calm_and_a_missing_one_is_trouble(source: Source, store: Store) -> None:
    """A folder into which nobody put anything has not failed."""
    visitor = make_visitor(store, make_collector())
    assert RunOutcome.NOT_MODIFIED == (await visitor.visit(source)).outcome
    with pytest.raises(FetchError, match="there is no folder") as caught:
        await make_collector().discover(replace(source, url="folder:/no/such"), Validators())
    assert Trouble.SETUP is caught.value.trouble


async def test_names_of_files_are_data(source: Source, store: Store) -> None:
    """Signs of every kind in a name lead to the file and to nothing else."""
    names = ["a#1.srt", "100%23.srt", "[red]x[/red].srt", "\u202etrs.srt", "два\nтри.srt", "x" * 200 + ".srt"]
    for name in names:
        put(source, name, SRT)
    put(source, os.fsdecode(b"\xff.srt"), SRT)
    run = await make_visitor(store, make_collector()).visit(source)
    assert len(names) == run.articles
    assert "its name is no UTF-8" in run.reason
    assert all(saved.article.title.isprintable() for saved in store.findings.unassessed(9))


async def test_saved_page_is_read_as_a_page(source: Source, store: Store) -> None:
    """Its own title and date count."""
    body = "<html><head><title>Речь</title></head><body><article><h1>Речь посла</h1><p>" + (
        "Посол сказал, что Москва и Астана договорились о поставках зерна на будущий год. " * 3
        + "</p></article></body></html>"
    )
    put(source, "page.html", body)
    await make_visitor(store, make_collector()).visit(source)
    (saved,) = store.findings.unassessed(9)
    assert "Речь посла" == saved.article.title
    assert saved.article.text.startswith("Посол сказал")


async def test_other_kinds_go_to_the_usual_collector(source: Source) -> None:
    """And back in time a folder has nothing."""
    by_kind = CollectorByKind(FakeSite({"a": "Текст"}), {"folder": make_collector()})
    put(source, "a.srt", SRT)
    elsewhere = await by_kind.discover(replace(source, kind="rss"), Validators())
    assert ["a"] == [item.key for item in elsewhere.items]
    assert ["a.srt"] == [item.key for item in (await by_kind.discover(source, Validators())).items]
    assert () == (await by_kind.browse(source, "older")).items
