"""Exported files are read back by another's reader: same bytes, same hashes, nothing invented."""

from __future__ import annotations

import gzip
import zlib
from argparse import Namespace
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from monitor.archive import Exported, export_warc
from monitor.domain.article import DOCUMENT, Capture, CaptureRole
from monitor.errors import ArchiveError, StorageError
from tests.builders import NOON
from tests.storage.builders import make_page

REQUEST = {":method": "GET", "host": "example.org", "User-Agent": "rhetoric-monitor/0.1"}
HEADERS = {
    "content-type": "text/html; charset=windows-1251",
    "content-encoding": "gzip",
    "transfer-encoding": "chunked",
    "content-length": "77",
    "etag": '"1"',
}


class Record(NamedTuple):
    """One record as read back."""

    kind: str
    warc: dict[str, str]
    status: str
    http: dict[str, str]
    body: bytes


def make_capture(number: int = 1, **changes: object) -> Capture:
    """Return a capture of a page that a server answered with."""
    values: dict[str, object] = {"request": REQUEST, "headers": HEADERS, "body": "Да.".encode("cp1251")}
    return Capture(number, "agency", CaptureRole.ARTICLE, make_page(**{**values, **changes}))


def export(folder: Path, *captures: Capture, name: str = "out.warc.gz") -> tuple[Path, Exported]:
    """Write the captures to a file."""
    path = folder / name
    return path, export_warc(path, captures, "rhetoric-monitor/0.1", NOON)


def read(path: Path) -> list[Record]:
    """Return the file's records; a wrong digest raises."""
    records: list[Record] = []
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            http = record.http_headers
            body = record.content_stream().read()
            warc = dict(record.rec_headers.headers)
            status = f"{http.protocol} {http.statusline}" if http else ""
            records.append(Record(record.rec_type, warc, status, dict(http.headers) if http else {}, body))
    return records


def test_answer_and_request_come_back_as_they_were(tmp_path: Path) -> None:
    """Address, time, bytes and hash are those of the archive; no host address is given away."""
    capture = make_capture(final_url="https://example.org/новости?p=1")
    path, exported = export(tmp_path, capture)
    info, response, request, metadata = read(path)
    assert ["warcinfo", "response", "request", "metadata"] == [
        r.kind for r in (info, response, request, metadata)
    ]
    assert capture.page.body == response.body
    assert f"sha256:{capture.page.sha256}" == response.warc["WARC-Payload-Digest"]
    assert "2024-03-13T12:00:00.000000Z" == response.warc["WARC-Date"]
    uri = "https://example.org/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8?p=1"
    assert uri == response.warc["WARC-Target-URI"] == request.warc["WARC-Target-URI"]
    assert "HTTP/1.1 200 OK" == response.status
    assert f"GET {uri.removeprefix('https://example.org')} HTTP/1.1" == request.status
    assert ("rhetoric-monitor/0.1", "example.org") == (request.http["User-Agent"], request.http["host"])
    assert response.warc["WARC-Record-ID"] == request.warc["WARC-Concurrent-To"]
    assert b"source: agency\r\nrole: article\r\n" in metadata.body
    assert b"requested: https://example.org/1\r\n" in metadata.body
    assert b"software: rhetoric-monitor/0.1" in info.body
    assert not any("WARC-IP-Address" in record.warc for record in (response, request))
    assert (1, 1) == (exported.captures, exported.responses)


def test_headers_tell_the_truth_about_decoded_bodies(tmp_path: Path) -> None:
    """A reader that believed the server's encoding would decompress plain text."""
    path, _ = export(tmp_path, make_capture())
    http = read(path)[1].http
    assert {"content-encoding", "transfer-encoding"}.isdisjoint(name.lower() for name in http)
    assert ("gzip", "chunked", "77") == (
        http["X-Archive-Orig-content-encoding"],
        http["X-Archive-Orig-transfer-encoding"],
        http["X-Archive-Orig-content-length"],
    )
    assert ("3", '"1"') == (http["Content-Length"], http["etag"])


def test_repeated_bytes_are_revisits_of_the_first(tmp_path: Path) -> None:
    """The bytes stand in the file once, each sighting has its own time and headers."""
    later = NOON + timedelta(hours=1)
    second = make_capture(2, fetched_at=later, final_url="https://example.org/b", headers={"etag": '"2"'})
    path, exported = export(tmp_path, make_capture(), second)
    records = [record for record in read(path) if record.kind in ("response", "revisit")]
    assert ["response", "revisit"] == [record.kind for record in records]
    first, again = records
    assert first.warc["WARC-Record-ID"] == again.warc["WARC-Refers-To"]
    assert (first.warc["WARC-Target-URI"], first.warc["WARC-Date"]) == (
        again.warc["WARC-Refers-To-Target-URI"],
        again.warc["WARC-Refers-To-Date"],
    )
    assert first.warc["WARC-Payload-Digest"] == again.warc["WARC-Payload-Digest"]
    assert "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest" == again.warc["WARC-Profile"]
    assert ('"2"', b"", 1, 1) == (again.http["etag"], again.body, exported.responses, exported.revisits)


@pytest.mark.parametrize("name", ["out.warc.gz", "out.warc"])
def test_other_checkers_find_the_file_sound(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reference tool's own check passes over every kind of record."""
    text = make_page(b"<p>Post.</p>", headers={"content-type": "text/html"}, front="ab" * 32)
    captures = [
        make_capture(1),
        make_capture(2),
        make_capture(3, body=b"", headers={}, status=599),
        Capture(4, "channel", CaptureRole.ARTICLE, text),
    ]
    path, exported = export(tmp_path, *captures, name=name)
    assert 0 == Checker(Namespace(inputs=[str(path)], verbose=False)).process_all()
    assert "" == capsys.readouterr().out
    assert 4 == exported.captures
    packed = path.read_bytes()
    assert b"WARC/1.1\r\n" == (gzip.decompress(packed) if name.endswith("gz") else packed)[:10]


def test_checker_finds_a_byte_that_was_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the test above relies on."""
    path, _ = export(tmp_path, make_capture(body=b"threat"), name="out.warc")
    path.write_bytes(path.read_bytes().replace(b"threat", b"praise"))
    assert 1 == Checker(Namespace(inputs=[str(path)], verbose=False)).process_all()
    assert "payload digest failed" in capsys.readouterr().out


def test_each_record_of_a_compressed_file_is_a_member_of_its_own(tmp_path: Path) -> None:
    """Readers jump to a record by its offset."""
    path, _ = export(tmp_path, make_capture())
    packed = path.read_bytes()
    heads: list[bytes] = []
    while packed:
        stream = zlib.decompressobj(wbits=31)
        heads.append(stream.decompress(packed)[:10])
        packed = stream.unused_data
    assert [b"WARC/1.1\r\n"] * len(read(path)) == heads


@pytest.mark.parametrize("headers", [{"content-type": "text/html"}, {DOCUMENT: "{}", "etag": "x"}])
def test_text_that_no_server_answered_with_is_a_resource(tmp_path: Path, headers: dict[str, str]) -> None:
    """An entry of a feed or an operator's file must not look like an answer."""
    url = "folder:talk shows/вечер.srt"
    page = make_page(b"text", url=url, final_url=url, headers=headers, front="ab" * 32)
    path, exported = export(tmp_path, Capture(1, "shows", CaptureRole.ARTICLE, page))
    _, resource, metadata = read(path)
    assert ("resource", b"text", 1) == (resource.kind, resource.body, exported.resources)
    assert resource.warc["WARC-Target-URI"].startswith("folder:talk%20shows/%D0%B2")
    assert b"front: sha256:" + b"ab" * 32 in metadata.body


def test_answer_whose_request_is_not_known_is_an_answer_still(tmp_path: Path) -> None:
    """Archives of earlier versions kept no requests."""
    path, _ = export(tmp_path, make_capture(request={}))
    assert ["warcinfo", "response", "metadata"] == [record.kind for record in read(path)]


def test_pruned_and_altered_captures_are_left_out_and_told(tmp_path: Path) -> None:
    """A file with other bytes under a right name would be a forgery."""
    good = make_capture(1)
    pruned = Capture(2, "agency", CaptureRole.ARTICLE, make_page(b"x"), pruned_at=NOON)
    altered = make_capture(3, sha256="0" * 64)
    path, exported = export(tmp_path, pruned, altered, good)
    assert [good.page.body] == [record.body for record in read(path) if record.kind == "response"]
    assert (1, ["0" * 64]) == (exported.pruned, [damage.sha256 for damage in exported.damages])


def test_hostile_headers_cannot_break_out_of_their_line(tmp_path: Path) -> None:
    """What servers send is data, also in the file's own structure."""
    headers = {"x-note": "a\r\nX-Forged: 1\r\n\r\nWARC/1.1", "x-имя": "имя; filename=файл"}
    path, _ = export(tmp_path, make_capture(headers=headers))
    response = read(path)[1]
    assert "X-Forged" not in response.http
    assert "a X-Forged: 1 WARC/1.1" == response.http["x-note"]
    assert "%D0%B8%D0%BC%D1%8F; filename=%D1%84%D0%B0%D0%B9%D0%BB" == response.http["x--"]


def test_same_captures_have_the_same_identities_in_every_export(tmp_path: Path) -> None:
    """Whoever compares two exports can."""
    one, _ = export(tmp_path, make_capture(), name="one.warc")
    two, _ = export(tmp_path, make_capture(), name="two.warc")
    ids = [[record.warc["WARC-Record-ID"] for record in read(path)[1:]] for path in (one, two)]
    assert ids[0] == ids[1]
    assert 3 == len(set(ids[0]))


def test_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    """It may be the only copy of what was pruned since."""
    path, _ = export(tmp_path, make_capture())
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="there already"):
        export(tmp_path)
    assert before == path.read_bytes()


def test_export_that_breaks_off_leaves_no_file(tmp_path: Path) -> None:
    """Half a file would look like a whole one."""

    def break_off() -> Iterator[Capture]:
        yield make_capture()
        raise StorageError("the database is locked")

    with pytest.raises(StorageError):
        export_warc(tmp_path / "out.warc.gz", break_off(), "x", NOON)
    assert [] == list(tmp_path.iterdir())


def test_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The error says which file and why."""
    with pytest.raises(ArchiveError, match=r"gone/out\.warc\.gz: it cannot be written"):
        export(tmp_path / "gone")


def test_large_bodies_come_back_whole(tmp_path: Path) -> None:
    """Beyond the sizes at which readers and writers cut."""
    body = bytes(range(256)) * 8_000
    path, _ = export(tmp_path, make_capture(body=body))
    assert body == read(path)[1].body
