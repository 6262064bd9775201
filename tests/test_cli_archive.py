"""The archive's commands over answers that were really given on loopback."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from monitor.cli import app
from monitor.collect import HttpCollector
from monitor.domain.article import CaptureRole
from monitor.domain.source import ArticleSelectors, Source
from monitor.domain.statement import Statement
from monitor.extract import extract_article
from monitor.pipeline.collect import SourceVisitor
from monitor.schema import CollectTable
from storage import open_store
from tests.builders import make_assessment
from tests.collect.loopback import NOW, FakeTime, Reply, Server, entry, feed, make_source
from tests.storage.builders import raise_alert

CONFIG = Path(__file__).parents[1] / "config"
SAID = "Министр пригрозил Армении пошлинами на рыбу."
PAGE = f"""<html><body><h1>Рыба</h1><div class="text"><p>Утром прошло совещание о рыбе.</p>
<p>{SAID}</p></div></body></html>""".encode("cp1251")
TABLE = """[[source]]
id = "paper"
outlet = "The Paper"
kind = "rss"
url = "{url}"
bloc = "russia"
tier = "outlet"
languages = ["ru"]
evidence = "guessed"
allow_private = true
[source.article]
title = "h1"
body = ".text"
"""


@dataclass
class Place:
    """A store in a file with its configuration."""

    folder: Path
    source: Source

    @property
    def url(self) -> str:
        """The store's address."""
        return f"sqlite:///{self.folder / 'monitor.db'}"

    def call(self, *arguments: str) -> Result:
        """Call the program."""
        command = ["--config", str(self.folder / "config"), "archive", *arguments]
        env = {"RHETORIC_MONITOR__STORE__URL": self.url, "COLUMNS": "120"}
        result = CliRunner().invoke(app, command, env=env)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def alter(self, statement: str, *values: object) -> None:
        """Change the database behind the program's back."""
        with sqlite3.connect(self.folder / "monitor.db") as connection:
            assert connection.execute(statement, values).rowcount == 1
        connection.close()


@pytest.fixture
async def place(tmp_path: Path) -> Place:
    """Give a store into which a feed with two articles was collected; of the first one is an alert."""
    server, time = Server(), FakeTime()
    await server.start()
    headers = {"Content-Type": "text/html; charset=windows-1251", "Set-Cookie": "id=hush-4711"}
    server.routes = {
        "/rss": Reply(feed(entry(1, link=server.url("/1")), entry(2, link=server.url("/2")))),
        "/1": Reply(gzip.compress(PAGE), headers={**headers, "Content-Encoding": "gzip"}),
        "/2": Reply(PAGE.replace(SAID.encode("cp1251"), "Погода хороша.".encode("cp1251")), headers=headers),
    }
    selectors = ArticleSelectors(title="h1", body=".text")
    source = make_source(
        server.url("/rss"), article=selectors, headers={"Authorization": "Basic c2VjcmV0", "X-Note": "note"}
    )
    folder = tmp_path / "config"
    shutil.copytree(CONFIG, folder, ignore=shutil.ignore_patterns("sources"))
    (folder / "sources").mkdir()
    (folder / "sources" / "mine.toml").write_text(TABLE.format(url=source.url), encoding="utf-8")
    here = Place(tmp_path, source)
    store = open_store(here.url, NOW)
    collector = HttpCollector(
        CollectTable(), time.now, clock=time.clock, sleep=time.sleep, chance=lambda: 1.0
    )
    await SourceVisitor(collector, extract_article, store.articles, time.now, 2).visit(source)
    await collector.aclose()
    await server.stop()
    for saved in store.findings.unassessed(10):
        start = saved.article.text.find(SAID)
        statement = Statement(0, start, start + len(SAID), SAID, "ru")
        judged = [replace(make_assessment(text=SAID), statement=statement)] if start >= 0 else []
        store.findings.save(saved, "ru", None, (), judged, NOW)
    (finding,) = store.findings.undecided(10)
    raise_alert(store, finding, now=NOW)
    store.close()
    return here


async def test_alert_leads_to_the_exact_bytes(place: Place) -> None:
    """Address, time, hash, request and headers of what was answered, and where the words stand in it."""
    result = place.call("show", "1", "--save", str(place.folder / "page.html"))
    assert 0 == result.exit_code
    shown = " ".join(result.output.split())
    for words in (
        SAID,
        "GET answered 200",
        "2023-03-14 09:30:",
        "content-encoding: gzip",
        "X-Note: note",
        "Authorization: (withheld)",
        "confirmed",
        f"from byte {PAGE.index(SAID.encode('cp1251'))} of the page on",
    ):
        assert words in shown
    assert "c2VjcmV0" not in shown
    assert PAGE == (place.folder / "page.html").read_bytes()
    assert "hush-4711" not in (place.folder / "monitor.db").read_bytes().decode("latin-1")


async def test_number_that_nothing_bears_is_said(place: Place) -> None:
    """An alert's number and a finding's are told apart."""
    assert 0 == place.call("show", "1", "--finding").exit_code
    with pytest.raises(Exception, match="there is no alert 9"):
        place.call("show", "9")
    with pytest.raises(Exception, match="there is no finding 9"):
        place.call("show", "9", "--finding")


async def test_verify_finds_one_flipped_byte_and_says_where(place: Place) -> None:
    """Address and hash are named, the exit code tells scripts; a sound archive is said to be so."""
    sound = place.call("verify")
    assert (0, True) == (sound.exit_code, "3 pages sound" in sound.output)
    place.alter(
        "UPDATE pages SET body = CAST(substr(body, 1, 20) || x'00' || substr(body, 22) AS BLOB)"
        " WHERE url LIKE '%/1'"
    )
    result = place.call("verify")
    assert 1 == result.exit_code
    assert place.source.url.replace("/rss", "/1") in result.output
    assert "sha256:" in result.output
    assert "2 pages sound" in result.output
    assert "1 damaged" in result.output
    shown = place.call("show", "1")
    assert (1, True) == (shown.exit_code, "altered" in shown.output)


async def test_export_holds_what_was_answered(place: Place) -> None:
    """Front and pages with their requests; a second call refuses to write over the file."""
    path = place.folder / "out.warc.gz"
    result = place.call("export", str(path), "--source", "paper", "--since", "2023-03-14")
    assert (0, True) == (result.exit_code, "3 answers, 0 seen again" in result.output)
    with path.open("rb") as stream:
        bodies = {
            record.rec_headers.get_header("WARC-Target-URI"): record.content_stream().read()
            for record in ArchiveIterator(stream, check_digests="raise")
            if record.rec_type == "response"
        }
    assert PAGE == bodies[place.source.url.replace("/rss", "/1")]
    assert bodies[place.source.url].startswith(b"<?xml")
    with pytest.raises(Exception, match="there already"):
        place.call("export", str(path))


async def test_export_is_cut_by_time_in_the_readers_zone(place: Place) -> None:
    """The answers came at 12:30 in Moscow."""
    none = place.call("export", str(place.folder / "a.warc"), "--since", "2023-03-14T12:31")
    assert "0 answers" in none.output
    all_of_them = place.call("export", str(place.folder / "b.warc"), "--until", "2023-03-14T12:31")
    assert "3 answers" in all_of_them.output
    assert "0 answers" in place.call("export", str(place.folder / "c.warc"), "--source", "other").output


async def test_export_leaves_out_what_was_altered(place: Place) -> None:
    """It is named, and the exit code tells."""
    place.alter(
        "UPDATE pages SET sha256 = sha256, body = (SELECT body FROM pages WHERE url LIKE '%/2')"
        " WHERE url LIKE '%/1'"
    )
    result = place.call("export", str(place.folder / "out.warc"))
    assert (1, True) == (result.exit_code, "altered: " in result.output)
    assert "2 answers" in result.output


async def test_prune_follows_the_configuration(place: Place) -> None:
    """The front and the silent page go, the judged one stays; a dry run only says so."""
    told = place.call("prune", "--dry-run").output
    assert told.count("1 would be let go") == 2
    assert "3 pages sound" in place.call("verify").output
    done = place.call("prune").output
    assert "fronts: 1 let go" in done
    assert "unjudged: 1 let go" in done
    after = place.call("verify")
    assert (0, True) == (after.exit_code, "1 pages sound" in after.output)
    assert "1 pruned by a rule" in after.output
    assert 0 == place.call("show", "1").exit_code


def test_commands_make_no_store(tmp_path: Path) -> None:
    """Looking must leave nothing behind."""
    here = Place(tmp_path, make_source("http://paper.example/rss"))
    shutil.copytree(CONFIG, tmp_path / "config")
    for command in (("verify",), ("prune",), ("export", "out.warc"), ("show", "1")):
        with pytest.raises(Exception, match="there is no store yet"):
            here.call(*command)
    assert ["config"] == [path.name for path in tmp_path.iterdir()]


def test_capture_roles_are_words_of_the_documents() -> None:
    """What stands in exported metadata is explained where the archive is."""
    page = (CONFIG.parent / "docs" / "archive.md").read_text(encoding="utf-8")
    assert [] == [role.value for role in CaptureRole if f"`{role.value}`" not in page]
