"""Response bodies read in bounded memory."""

from __future__ import annotations

import zlib

import httpx

from monitor.errors import Trouble

_GZIP_MAGIC = b"\x1f\x8b"


class BodyError(Exception):
    """A body is too large, in an encoding that we did not ask for, or broken."""

    def __init__(self, reason: str, trouble: Trouble = Trouble.ENCODING) -> None:
        self.trouble = trouble
        super().__init__(reason)


async def read_body(response: httpx.Response, limit: int, *, truncate: bool = False) -> bytes:
    """Return the decoded body of at most `limit` bytes; raises BodyError.

    One Content-Encoding is accepted. Neither the bytes on the wire nor those unpacked may pass the
    limit, and no more than the limit is ever unpacked. With `truncate` a longer body is cut instead.
    """
    inflater = _inflater_for(response)
    _check_declared_length(response, limit, truncate)
    body = bytearray()
    received = 0
    async for chunk in response.aiter_raw():
        received += len(chunk)
        body += inflater.feed(chunk, limit - len(body) + 1) if inflater else chunk
        if len(body) > limit or received > limit:
            if truncate:
                return bytes(body[:limit])
            raise BodyError(f"the body is larger than {limit} bytes", Trouble.TOO_LARGE)
    if inflater and received and not inflater.finished:
        raise BodyError("the compressed body ends before its end")
    return bytes(body)


def _check_declared_length(response: httpx.Response, limit: int, truncate: bool) -> None:
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > limit and not truncate:
        reason = f"the body is said to be {declared[:20]} bytes long, more than {limit}"
        raise BodyError(reason, Trouble.TOO_LARGE)


def _inflater_for(response: httpx.Response) -> _Inflater | None:
    named = [
        name.strip().lower()
        for value in response.headers.get_list("content-encoding")
        for name in value.split(",")
        if name.strip()
    ]
    if len(named) > 1:
        raise BodyError(f"the body is encoded more than once ({', '.join(named)[:80]})")
    match named:
        case [] | ["identity"]:
            return None
        case ["gzip" | "x-gzip"]:
            return _Inflater(16 + zlib.MAX_WBITS)
        case ["deflate"]:
            return _Inflater(zlib.MAX_WBITS)
        case _:
            raise BodyError(f"the body is encoded as {named[0][:40]!r}, which we did not ask for")


class _Inflater:
    """Unpacks gzip or deflate piece by piece, never more than asked for."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._stream = zlib.decompressobj(window)
        self._begun = False

    @property
    def finished(self) -> bool:
        """Whether the compressed stream came to its end."""
        return self._stream.eof

    def feed(self, chunk: bytes, room: int) -> bytes:
        """Return what the chunk unpacks to, at most `room` bytes; the rest is thrown away."""
        if self._stream.eof:
            return b""  # servers pad
        try:
            unpacked = self._stream.decompress(chunk, room)
        except zlib.error as error:
            if self._begun or self._window != zlib.MAX_WBITS:
                raise BodyError(f"the compressed body is broken: {error}") from error
            # Many servers send raw deflate where the standard asks for the zlib wrapper.
            self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                unpacked = self._stream.decompress(chunk, room)
            except zlib.error as broken:
                raise BodyError(f"the compressed body is broken: {broken}") from broken
        self._begun = True
        if self._stream.unused_data.startswith(_GZIP_MAGIC):
            raise BodyError("the compressed body has more than one member")
        return unpacked
