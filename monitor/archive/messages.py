"""Requests and answers as the HTTP messages of a WARC file, true to what of them is kept."""

from __future__ import annotations

import re
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from warcio.statusandheaders import StatusAndHeaders

from monitor.domain.article import Page

ORIGINAL = "X-Archive-Orig-"
_OF_THE_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""Headers that told how the body came, and no longer hold for the bytes that are kept."""
_URI_CHARACTERS = "!#$%&'()*+,/:;=?@[]~"
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_NO_NAME = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]+")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")


def as_uri(address: str) -> str:
    """Return the address with all that no URI may hold escaped."""
    return quote(address.encode("utf-8", "replace"), safe=_URI_CHARACTERS)


def response_headers(page: Page) -> StatusAndHeaders:
    """Return the status line and headers of an answer as they hold for the bytes that are kept."""
    headers = [
        (f"{ORIGINAL}{name}" if name.lower() in _OF_THE_WIRE else _NO_NAME.sub("-", name), _printable(value))
        for name, value in page.headers.items()
    ]
    headers.append(("Content-Length", str(len(page.body))))
    return StatusAndHeaders(f"{page.status} {_phrase(page.status)}".rstrip(), headers, protocol="HTTP/1.1")


def request_headers(page: Page) -> StatusAndHeaders:
    """Return the request line and headers that led to the answer."""
    parts = urlsplit(as_uri(page.final_url))
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    headers = [
        (_NO_NAME.sub("-", name), _printable(value))
        for name, value in page.request.items()
        if not name.startswith(":")
    ]
    method = _printable(page.request.get(":method", "GET"))
    return StatusAndHeaders(f"{method} {target} HTTP/1.1", headers, is_http_request=True)


def _phrase(status: int) -> str:
    """Return the usual words for a status: those of the server are not kept."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _printable(value: str) -> str:
    """Return a header's value on one line and in ASCII, as messages of HTTP are written."""
    line = _UNPRINTABLE.sub(" ", value)
    return line if line.isascii() else _FOREIGN.sub(lambda found: quote(found[0], errors="replace"), line)
