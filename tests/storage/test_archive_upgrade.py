"""What a version without captures archived proves as much after the upgrade."""

from __future__ import annotations

import sqlite3
import zlib
from pathlib import Path

from alembic import command
from alembic.config import Config

from monitor.domain.article import CaptureRole
from storage import open_store
from storage.engine import open_database
from tests.builders import NOON, make_assessment
from tests.storage.builders import assess, make_page

MICROSECONDS = int(NOON.timestamp()) * 1_000_000


def test_pages_of_the_version_before_become_captures(url: str, tmp_path: Path) -> None:
    """Address, headers and time stand with the page; of the request nothing is known."""
    database = open_database(url)
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    database.engine.dispose()
    page = make_page(headers={"etag": '"1"'})
    raw = sqlite3.connect(tmp_path / "store.db")
    raw.execute(
        "INSERT INTO pages (sha256, url, final_url, status, headers, fetched_at, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            page.sha256,
            page.url,
            page.final_url,
            200,
            '{"etag":"\\"1\\""}',
            MICROSECONDS,
            zlib.compress(page.body),
        ),
    )
    raw.execute(
        "INSERT INTO items (id, source_id, key, url, title, summary, fingerprint, state, attempts, reason,"
        " first_seen_at) VALUES (1, 'agency', '1', ?, 'Title', '', 'f', 'collected', 0, '', ?)",
        (page.url, MICROSECONDS),
    )
    raw.execute(
        "INSERT INTO articles (id, item_id, url, outlet, first_seen_at, said_at, revision, state, attempts,"
        " reason) VALUES (1, 1, ?, 'Agency', ?, ?, 0, 'collected', 0, '')",
        (page.url, MICROSECONDS, MICROSECONDS),
    )
    raw.execute(
        "INSERT INTO revisions (article_id, revision, title, text_sha256, page_sha256, date_note, extractor,"
        " first_seen_at, text) VALUES (1, 0, 'Title', 'x', ?, '', 'generic', ?, 'Text.')",
        (page.sha256, MICROSECONDS),
    )
    raw.commit()
    raw.close()
    store = open_store(url, NOON)
    assess(store, store.findings.unassessed(1)[0], make_assessment())
    evidence = store.archive.evidence(store.findings.undecided(1)[0].id)
    assert evidence is not None
    assert (page, CaptureRole.ARTICLE, "agency") == (
        evidence.capture.page,
        evidence.capture.role,
        evidence.capture.source_id,
    )
    store.close()
