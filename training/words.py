"""Reads frequency lists of words out of the ``wordfreq`` wheel."""

import gzip
import struct
import zipfile
from pathlib import Path
from typing import Any


def _decode(data: bytes, at: int) -> tuple[Any, int]:
    """Decode the part of MessagePack the lists use: arrays, maps, strings, small integers."""
    kind = data[at]
    at += 1
    if kind < 0x80:
        return kind, at
    if kind < 0x90:
        return _map(data, at, kind & 15)
    if kind < 0xA0:
        return _array(data, at, kind & 15)
    if kind < 0xC0:
        return data[at : at + (kind & 31)].decode(), at + (kind & 31)
    if kind in (0xD9, 0xDA):
        layout = ">B" if kind == 0xD9 else ">H"
        (size,) = struct.unpack_from(layout, data, at)
        at += struct.calcsize(layout)
        return data[at : at + size].decode(), at + size
    if kind in (0xDC, 0xDD):
        layout = ">H" if kind == 0xDC else ">I"
        (size,) = struct.unpack_from(layout, data, at)
        return _array(data, at + struct.calcsize(layout), size)
    raise ValueError(f"unexpected MessagePack type {kind:#x}")


def _array(data: bytes, at: int, size: int) -> tuple[list[Any], int]:
    items = []
    for _ in range(size):
        item, at = _decode(data, at)
        items.append(item)
    return items, at


def _map(data: bytes, at: int, size: int) -> tuple[dict[Any, Any], int]:
    flat, at = _array(data, at, 2 * size)
    return dict(zip(flat[::2], flat[1::2], strict=True)), at


def read_frequencies(wheel: Path, lang: str, at_least: float = 1e-8) -> dict[str, float]:
    """Return the words of one language with their share of running text."""
    with zipfile.ZipFile(wheel) as archive:
        packed = gzip.decompress(archive.read(f"wordfreq/data/large_{lang}.msgpack.gz"))
    buckets, _ = _decode(packed, 0)
    found = {}
    for centibels, words in enumerate(buckets[1:]):
        share = 10 ** (-centibels / 100)
        if share < at_least:
            break
        found.update(dict.fromkeys(words, share))
    return found
