"""Captures written as a WARC 1.1 file (ISO 28500:2017)."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from monitor.archive.messages import as_uri, request_headers, response_headers
from monitor.domain.archive import Damage, DamageKind
from monitor.domain.article import DOCUMENT, Capture, Page
from monitor.errors import ArchiveError

CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
DESCRIPTION = (
    "Bodies are kept without content and transfer encoding; the headers that told of it are named "
    "X-Archive-Orig-*. A resource record is a text that came with its item in the front that its "
    "metadata names, or a file given by an operator. Bodies of requests, addresses of hosts, and the "
    "values of headers that let others in are not kept."
)


@dataclass(slots=True)
class Exported:
    """What was written, and what could not be."""

    responses: int = 0
    resources: int = 0
    revisits: int = 0
    """Bytes that stand in the file already."""
    pruned: int = 0
    """Left out: their bytes were taken by a rule of retention."""
    damages: list[Damage] = field(default_factory=list)
    """Left out: their bytes are not those that were archived."""

    @property
    def captures(self) -> int:
        """How many captures the file holds."""
        return self.responses + self.resources + self.revisits


def export_warc(
    path: Path,
    captures: Iterable[Capture],
    software: str,
    now: datetime,
    on_capture: Callable[[int], None] = lambda _: None,
) -> Exported:
    """Write the captures to a new file, compressed record by record where its name ends in .gz.

    The file appears whole or not at all. Raises ArchiveError where it is there already or cannot
    be written.
    """
    unfinished = path.with_name(path.name + ".part")
    if path.exists():
        raise ArchiveError(f"{path}: it is there already; name another file, or take it away")
    try:
        with unfinished.open("wb") as stream:
            exported = _write(stream, path, captures, software, now, on_capture)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise ArchiveError(f"{path}: it cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return exported


def _write(
    stream: IO[bytes],
    path: Path,
    captures: Iterable[Capture],
    software: str,
    now: datetime,
    on_capture: Callable[[int], None],
) -> Exported:
    warc = _Warc(WARCWriter(stream, gzip=path.suffix == ".gz", warc_version="1.1"))
    warc.begin(path.name, software, now)
    for number, capture in enumerate(captures, 1):
        warc.add(capture)
        on_capture(number)
    return warc.exported


@dataclass(frozen=True, slots=True)
class _Written:
    """The record that has some bytes."""

    id: str
    uri: str
    date: str


class _Warc:
    """A file that is being written."""

    def __init__(self, writer: Any) -> None:
        self.exported = Exported()
        self._writer = writer
        self._written: dict[str, _Written] = {}

    def begin(self, name: str, software: str, now: datetime) -> None:
        """Write the record that tells what the file is."""
        info = {
            "software": software,
            "format": "WARC File Format 1.1",
            "conformsTo": CONFORMS_TO,
            "description": DESCRIPTION,
        }
        record = self._writer.create_warcinfo_record(name, info)
        record.rec_headers.replace_header("WARC-Date", _date(now))
        self._writer.write_record(record)

    def add(self, capture: Capture) -> None:
        """Write one capture's records, unless its bytes are gone or were altered."""
        page = capture.page
        if capture.pruned_at is not None:
            self.exported.pruned += 1
            return
        found = hashlib.sha256(page.body).hexdigest()
        if found != page.sha256:
            detail = f"the bytes have the hash {found}"
            self.exported.damages.append(Damage(DamageKind.ALTERED, page.url, page.sha256, detail))
            return
        uri, date = as_uri(page.final_url), _date(page.fetched_at)
        if not _is_exchange(page):
            main = self._write_resource(capture, uri, date)
        elif page.sha256 in self._written:
            main = self._write_revisit(capture, uri, date)
        else:
            main = self._write_response(capture, uri, date)
        if page.request:
            self._write_request(capture, uri, date, main)
        self._write_metadata(capture, uri, date, main)

    def _write_response(self, capture: Capture, uri: str, date: str) -> str:
        page = capture.page
        headers = self._headers(capture, "response", date, {"WARC-Payload-Digest": _digest(page)})
        self._write_record(
            uri, "response", headers, payload=BytesIO(page.body), http_headers=response_headers(page)
        )
        record_id = headers["WARC-Record-ID"]
        self._written[page.sha256] = _Written(record_id, uri, date)
        self.exported.responses += 1
        return record_id

    def _write_revisit(self, capture: Capture, uri: str, date: str) -> str:
        first = self._written[capture.page.sha256]
        headers = self._headers(capture, "revisit", date, {"WARC-Refers-To": first.id})
        record = self._writer.create_revisit_record(
            uri,
            _digest(capture.page),
            refers_to_uri=first.uri,
            refers_to_date=first.date,
            http_headers=response_headers(capture.page),
            warc_headers_dict=headers,
        )
        self._writer.write_record(record)
        self.exported.revisits += 1
        return headers["WARC-Record-ID"]

    def _write_resource(self, capture: Capture, uri: str, date: str) -> str:
        page = capture.page
        kind = page.headers.get("content-type", "application/octet-stream")
        headers = self._headers(
            capture, "resource", date, {"WARC-Payload-Digest": _digest(page), "Content-Type": kind}
        )
        self._write_record(uri, "resource", headers, payload=BytesIO(page.body), length=len(page.body))
        self.exported.resources += 1
        return headers["WARC-Record-ID"]

    def _write_request(self, capture: Capture, uri: str, date: str, main: str) -> None:
        headers = self._headers(capture, "request", date, {"WARC-Concurrent-To": main})
        self._write_record(
            uri, "request", headers, payload=BytesIO(b""), http_headers=request_headers(capture.page)
        )

    def _write_metadata(self, capture: Capture, uri: str, date: str, main: str) -> None:
        page = capture.page
        fields = {"source": capture.source_id, "role": capture.role.value, "capture": str(capture.id)}
        if page.final_url != page.url:
            fields["requested"] = as_uri(page.url)
        if page.front:
            fields["front"] = f"sha256:{page.front}"
        text = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        headers = self._headers(capture, "metadata", date, {"WARC-Concurrent-To": main})
        payload = text.encode()
        self._write_record(uri, "metadata", headers, payload=BytesIO(payload), length=len(payload))

    def _headers(self, capture: Capture, kind: str, date: str, further: dict[str, str]) -> dict[str, str]:
        # Made of the capture, so that the same one has the same identity in every export.
        name = f"{kind}:{capture.id}:{capture.page.sha256}:{capture.page.url}"
        return {"WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, name)}>", "WARC-Date": date, **further}

    def _write_record(
        self,
        uri: str,
        kind: str,
        headers: dict[str, str],
        *,
        payload: BytesIO,
        length: int | None = None,
        http_headers: StatusAndHeaders | None = None,
    ) -> None:
        record = self._writer.create_warc_record(
            uri,
            kind,
            payload=payload,
            length=len(payload.getvalue()) if length is None else length,
            http_headers=http_headers,
            warc_headers_dict=headers,
        )
        self._writer.write_record(record)


def _is_exchange(page: Page) -> bool:
    """Say whether a server answered so: a text of an item has a type alone, a file says what it is."""
    return bool(page.request) or (DOCUMENT not in page.headers and page.headers.keys() != {"content-type"})


def _digest(page: Page) -> str:
    return f"sha256:{page.sha256}"


def _date(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S.%fZ}"
