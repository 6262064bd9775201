"""Archived answers in the tables: the bytes once, every sighting beside them."""

from __future__ import annotations

import zlib
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, select

from monitor.domain.archive import withhold_secrets
from monitor.domain.article import Capture, CaptureRole, Page
from storage.columns import storable
from storage.tables import pages
from storage.watch_tables import captures, prunings

GONE = b""
"""What stands for bytes that a rule of retention took: nothing that zlib writes is empty."""


def pack(body: bytes) -> bytes:
    """Return the bytes as they are kept."""
    return zlib.compress(body)


def unpack(packed: bytes) -> bytes:
    """Return the bytes as they came; empty, so that their hash tells, where they are gone or damaged."""
    try:
        return zlib.decompress(packed) if packed != GONE else b""
    except zlib.error:
        return b""


def knows_page(connection: Connection, sha256: str) -> bool:
    """Say whether these bytes were ever archived, pruned since or not."""
    return connection.execute(select(pages.c.sha256).where(pages.c.sha256 == sha256)).first() is not None


def keep_page(connection: Connection, page: Page, packed: bytes) -> None:
    """Keep the bytes; those that are there stay as they are, those that were pruned come back."""
    size = connection.execute(select(func.length(pages.c.body)).where(pages.c.sha256 == page.sha256)).scalar()
    if size is None:
        row = {
            "sha256": page.sha256,
            "url": page.url,
            "final_url": page.final_url,
            "status": page.status,
            "headers": withhold_secrets(page.headers),
            "body": packed,
            "fetched_at": page.fetched_at,
        }
        connection.execute(pages.insert(), row)
    elif size == 0:
        connection.execute(pages.update().where(pages.c.sha256 == page.sha256).values(body=packed))
        connection.execute(prunings.delete().where(prunings.c.page_sha256 == page.sha256))


def add_capture(connection: Connection, source_id: str, role: CaptureRole, page: Page) -> None:
    """Note a sighting of bytes that are there; the same one twice is one."""
    known = select(captures.c.id).where(
        captures.c.page_sha256 == page.sha256,
        captures.c.source_id == source_id,
        captures.c.role == role,
        captures.c.url == page.url,
        captures.c.fetched_at == page.fetched_at,
    )
    if connection.execute(known).first() is not None:
        return
    row = {
        "page_sha256": page.sha256,
        "source_id": source_id,
        "role": role,
        "url": page.url,
        "final_url": page.final_url,
        "status": page.status,
        "request": withhold_secrets(page.request),
        "headers": withhold_secrets(page.headers),
        "fetched_at": page.fetched_at,
        "front_sha256": page.front or None,
    }
    connection.execute(captures.insert(), row)


def last_seen(connection: Connection, source_id: str, role: CaptureRole, url: str) -> str | None:
    """Return the hash of what was archived last in this part at the address."""
    query = (
        select(captures.c.page_sha256)
        .where(captures.c.url == storable(url), captures.c.source_id == source_id, captures.c.role == role)
        .order_by(captures.c.id.desc())
        .limit(1)
    )
    return connection.execute(query).scalar()


def select_captures() -> Select[Any]:
    """Select captures with their pages' bytes."""
    return (
        select(captures, pages.c.body, prunings.c.at.label("pruned_at"))
        .join(pages, pages.c.sha256 == captures.c.page_sha256)
        .outerjoin(prunings, prunings.c.page_sha256 == captures.c.page_sha256)
    )


def make_capture(row: RowMapping) -> Capture:
    """Return the capture that a row of `select_captures` tells of."""
    return Capture(row["id"], row["source_id"], CaptureRole(row["role"]), make_page(row), row["pruned_at"])


def make_page(row: RowMapping) -> Page:
    """Return the page of a row of captures, or of pages."""
    return Page(
        url=row["url"],
        final_url=row["final_url"],
        status=row["status"],
        headers=row["headers"],
        body=unpack(row["body"]),
        fetched_at=row["fetched_at"],
        sha256=row["page_sha256"] if "page_sha256" in row else row["sha256"],
        request=row.get("request", {}),
        front=row.get("front_sha256") or "",
    )
