"""Documents given by hand: saved as the service saves, and told about one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from monitor.domain.article import SaveOutcome
from monitor.domain.source import Source
from monitor.domain.stance import Tier
from monitor.extract import extract_article
from monitor.ingest import extract_document, give_documents
from monitor.ingest.about import About
from monitor.pipeline.by_kind import ExtractorByPage
from monitor.pipeline.ingest import Taken, ingest_documents
from monitor.pipeline.ports import RefusedDocument
from monitor.pipeline.reading import Reader
from storage import Store
from tests.ingest.given import NOW, TALK
from tests.ingest.test_folder import SRT, make_collector, make_visitor, put

AGENCY = Source("agency", "Agency", "rss", "https://example.org/rss", "russia", Tier.OUTLET, ("ru",))
SOURCES = {"talk": TALK, "agency": AGENCY}
SHOW = SRT + "\n2\n00:00:04,000 --> 00:00:06,000\nГОСТЬ: Нет. И ещё раз нет.\n"


def ingest(
    reader: Reader, store: Store | None, *paths: Path, source: Source = AGENCY, told: About | None = None
) -> list[Taken | RefusedDocument]:
    """Give files to a source."""
    given = give_documents(paths, source, set(SOURCES), told or About(), NOW, 10_000)
    extract = ExtractorByPage(pages=extract_article, documents=extract_document)
    articles = store.articles if store else None
    return list(ingest_documents(given, SOURCES, extract, articles, reader, lambda: NOW))


def write(folder: Path, name: str, content: str) -> Path:
    """Write a file."""
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def outcomes(made: Sequence[Taken | RefusedDocument]) -> list[SaveOutcome | str | None]:
    """Return what became of each."""
    return [one.outcome if isinstance(one, Taken) else one.reason for one in made]


def test_says_turns_sentences_speakers_and_language(reader: Reader, tmp_path: Path) -> None:
    """So an operator sees at once that a file was understood; a dry run saves nothing."""
    name = "2026-11-20 ВЛАДИМИР СОЛОВЬЕВ.srt"
    (made,) = ingest(reader, None, write(tmp_path, name, SHOW.replace("СОЛ", "ВЛАДИМИР СОЛ")))
    assert isinstance(made, Taken)
    assert (None, "ru", 2, 3) == (made.outcome, made.lang, made.turns, made.statements)
    assert {"Vladimir Solovyov": 1, "unknown (ГОСТЬ)": 2} == dict(made.speakers)


def test_same_file_is_the_same_article_and_an_edited_one_its_revision(
    reader: Reader, store: Store, tmp_path: Path
) -> None:
    """Told by its path; a file of that name elsewhere is another."""
    path = write(tmp_path, "a.srt", SHOW)
    assert [SaveOutcome.NEW] == outcomes(ingest(reader, store, path))
    assert [SaveOutcome.UNCHANGED] == outcomes(ingest(reader, store, tmp_path))
    write(tmp_path, "a.srt", SHOW.replace("нас", "всех нас"))
    assert [SaveOutcome.REVISED] == outcomes(ingest(reader, store, path))
    (tmp_path / "other").mkdir()
    assert [SaveOutcome.NEW] == outcomes(ingest(reader, store, write(tmp_path / "other", "a.srt", SHOW)))


async def test_file_of_a_drop_folder_is_the_same_however_it_is_taken(
    reader: Reader, store: Store, tmp_path: Path
) -> None:
    """By hand first, by the service's visit then."""
    source = replace(TALK, url=f"folder:{tmp_path}/talk")
    path = put(source, "sub/a.srt", SHOW)
    assert [SaveOutcome.NEW] == outcomes(ingest(reader, store, path, source=source))
    await make_visitor(store, make_collector()).visit(source)
    (saved,) = store.findings.unassessed(9)
    assert ("sub/a.srt", 0) == (saved.article.key, saved.revision)


def test_documents_may_name_their_own_source(reader: Reader, store: Store, tmp_path: Path) -> None:
    """If it is configured."""
    lines = (
        '{"id": 1, "text": "Слово и дело.", "source": "talk"}\n{"id": 2, "text": "Слово.", "source": "x"}\n'
    )
    taken, refused = ingest(reader, store, write(tmp_path, "a.jsonl", lines))
    assert isinstance(taken, Taken)
    assert "talk" == taken.source_id == store.findings.unassessed(9)[0].article.source_id
    assert refused == RefusedDocument("a.jsonl#2", "`source` 'x' is not in the configuration")


def test_what_cannot_be_read_is_set_aside_and_spares_the_others(
    reader: Reader, store: Store, tmp_path: Path
) -> None:
    """A missing file, a foreign one, a huge one, an empty one; the good one is taken."""
    write(tmp_path, "bad.srt", "Никаких титров.")
    write(tmp_path, "huge.srt", SHOW * 500)
    write(tmp_path, "strange.xyz", "x")
    write(tmp_path, "wrong.txt", "Слово.")
    write(tmp_path, "wrong.toml", "titel = 1")
    write(tmp_path, "z.srt", SHOW)
    made = ingest(reader, store, tmp_path / "gone.srt", tmp_path / "wrong.toml", tmp_path)
    reasons = [one.reason for one in made if isinstance(one, RefusedDocument)]
    assert [SaveOutcome.NEW] == [one.outcome for one in made if isinstance(one, Taken)]
    for expected in (
        "no such file",
        "a sidecar",
        "none of .srt",
        "no SRT caption",
        "ingest.max_bytes",
        "`titel`",
    ):
        assert 1 == sum(expected in reason for reason in reasons), expected
    assert 1 == store.articles.counts()["items_set_aside"]


def test_language_that_is_not_read_is_kept_and_said(reader: Reader, store: Store, tmp_path: Path) -> None:
    """Never shown as calm."""
    text = "Қазақстан Республикасының Президенті бүгін Астанада үкімет мүшелерімен кездесу өткізді."
    write(tmp_path, "a.toml", 'language = "ru"')
    (made,) = ingest(reader, store, write(tmp_path, "a.txt", text))
    assert isinstance(made, Taken)
    assert ("kk", "ru", False, SaveOutcome.NEW) == (made.lang, made.told, made.readable, made.outcome)


def test_what_the_command_tells_counts_before_all_else(reader: Reader, store: Store, tmp_path: Path) -> None:
    """Also before a sidecar."""
    write(tmp_path, "a.toml", 'title = "Б"\nurl = "https://e.org/b"')
    told = About(title="А", title_from="the command line")
    (made,) = ingest(reader, store, write(tmp_path, "a.srt", SHOW), told=told)
    assert isinstance(made, Taken)
    assert ("А", "https://e.org/b") == (made.article.title, made.article.url)
