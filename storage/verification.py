"""Looking through the archive: whether bytes, texts and statements are still what they were."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, RowMapping, case, exists, func, select

from monitor.domain.archive import BodyState, CheckedBody, Damage, DamageKind
from monitor.domain.statement import HEADLINE
from storage.engine import Database
from storage.tables import articles, findings, pages, revisions
from storage.watch_tables import captures, prunings

BATCH = 500
BODIES = 20
PIECE = 1 << 20
"""Bytes are hashed by pieces of this size, so that memory does not grow with what they unpack to."""


def check_pages(database: Database) -> Iterator[CheckedBody]:
    """Hash every page's bytes again; a few packed bodies are in memory at a time."""
    after = ""
    while True:
        query = (
            select(pages.c.sha256, pages.c.url, pages.c.body, prunings.c.at)
            .outerjoin(prunings, prunings.c.page_sha256 == pages.c.sha256)
            .where(pages.c.sha256 > after)
            .order_by(pages.c.sha256)
            .limit(BODIES)
        )
        with database.read() as connection:
            rows = connection.execute(query).mappings().all()
        yield from map(_check, rows)
        if len(rows) < BODIES:
            return
        after = rows[-1]["sha256"]


def _check(row: RowMapping) -> CheckedBody:
    if not row["body"]:
        if row["at"] is not None:
            return CheckedBody(BodyState.PRUNED, 0)
        damage = Damage(DamageKind.EMPTY, row["url"], row["sha256"], "no rule of retention took the bytes")
        return CheckedBody(BodyState.DAMAGED, 0, damage)
    try:
        found = _hash_packed(row["body"])
    except zlib.error as error:
        damage = Damage(DamageKind.UNREADABLE, row["url"], row["sha256"], str(error))
        return CheckedBody(BodyState.DAMAGED, len(row["body"]), damage)
    if found != row["sha256"]:
        damage = Damage(DamageKind.ALTERED, row["url"], row["sha256"], f"the bytes have the hash {found}")
        return CheckedBody(BodyState.DAMAGED, len(row["body"]), damage)
    return CheckedBody(BodyState.SOUND, len(row["body"]))


def _hash_packed(packed: bytes) -> str:
    """Return the hash of the unpacked bytes; raises zlib.error where they do not unpack as a whole."""
    digest, stream, waiting = hashlib.sha256(), zlib.decompressobj(), packed
    while waiting and not stream.eof:
        digest.update(stream.decompress(waiting, PIECE))
        waiting = stream.unconsumed_tail
    digest.update(stream.flush())
    if not stream.eof or stream.unused_data:
        raise zlib.error("they do not end where they should")
    return digest.hexdigest()


def check_references(database: Database) -> Iterator[Damage]:
    """Look whether every revision has its page, a capture, its own text, and its statements."""
    with database.read() as connection:
        missing = list(_find_missing(connection))
    yield from missing
    yield from _check_texts(database)
    with database.read() as connection:
        astray = list(_find_astray(connection))
    yield from astray


def _find_missing(connection: Connection) -> Iterator[Damage]:
    no_page = ~exists().where(pages.c.sha256 == revisions.c.page_sha256)
    revised = select(revisions.c.page_sha256, revisions.c.revision, articles.c.url).join(
        articles, articles.c.id == revisions.c.article_id
    )
    for row in connection.execute(revised.where(no_page)):
        detail = f"revision {row.revision} rests on it"
        yield Damage(DamageKind.NO_PAGE, row.url, row.page_sha256, detail)
    no_page = ~exists().where(pages.c.sha256 == captures.c.page_sha256)
    for row in connection.execute(select(captures).where(no_page)):
        detail = f"capture {row.id} of {row.source_id} points to it"
        yield Damage(DamageKind.NO_PAGE, row.url, row.page_sha256, detail)
    no_capture = ~exists().where(captures.c.page_sha256 == revisions.c.page_sha256)
    for row in connection.execute(revised.where(no_capture)):
        detail = f"revision {row.revision} rests on it, and nothing tells how it was answered"
        yield Damage(DamageKind.NO_CAPTURE, row.url, row.page_sha256, detail)


def _check_texts(database: Database) -> Iterator[Damage]:
    after: tuple[int, int] = (0, -1)
    while True:
        with database.read() as connection:
            rows = _read_texts(connection, after)
        for row in rows:
            found = hashlib.sha256(row["text"].encode()).hexdigest()
            if found != row["text_sha256"]:
                detail = f"the text of revision {row['revision']} has the hash {found}"
                yield Damage(DamageKind.TEXT_ALTERED, row["url"], row["text_sha256"], detail)
        if len(rows) < BATCH:
            return
        after = (rows[-1]["article_id"], rows[-1]["revision"])


def _read_texts(connection: Connection, after: tuple[int, int]) -> Sequence[RowMapping]:
    article_id, revision = after
    further = (revisions.c.article_id > article_id) | (
        (revisions.c.article_id == article_id) & (revisions.c.revision > revision)
    )
    query = (
        select(
            revisions.c.article_id,
            revisions.c.revision,
            revisions.c.text_sha256,
            revisions.c.text,
            articles.c.url,
        )
        .join(articles, articles.c.id == revisions.c.article_id)
        .where(further)
        .order_by(revisions.c.article_id, revisions.c.revision)
        .limit(BATCH)
    )
    return connection.execute(query).mappings().all()


def _find_astray(connection: Connection) -> Iterator[Damage]:
    start, end = findings.c.statement_start, findings.c.statement_end
    stands = case(
        (start == HEADLINE, revisions.c.title),
        else_=func.substr(revisions.c.text, start + 1, end - start),
    )
    query = (
        select(findings.c.id, start, end, revisions.c.text_sha256, revisions.c.revision, articles.c.url)
        .join(
            revisions,
            (revisions.c.article_id == findings.c.article_id) & (revisions.c.revision == findings.c.revision),
        )
        .join(articles, articles.c.id == revisions.c.article_id)
        .where(stands != findings.c.statement_text)
        .order_by(findings.c.id)
    )
    for row in connection.execute(query):
        place = f"at [{row.statement_start}, {row.statement_end}) of revision {row.revision}"
        detail = f"the statement of finding {row.id} is not what stands {place}"
        yield Damage(DamageKind.STATEMENT_ASTRAY, row.url, row.text_sha256, detail)
