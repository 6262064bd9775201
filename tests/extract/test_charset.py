"""Bytes become the same text whatever their labels say."""

from __future__ import annotations

import pytest

from monitor.text.charset import decode_bytes

RUSSIAN = "Съезд садоводов прошёл в «Заречье» — 5 июня. Объём урожая вырос, сказал Щукин. "
PAGE = "<html><head><meta charset='{label}'><title>Съезд</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("header", ["", "utf-8", "windows-1251", "iso-8859-1", "nonsense"])
@pytest.mark.parametrize("label", ["utf-8", "windows-1251", "koi8-r", "windows-1252", "utf-16"])
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "windows-1251", "koi8-r", "iso-8859-5", "cp866",
                                  "utf-16", "utf-16-le", "utf-16-be", "utf-32"])  # fmt: skip
def test_russian_page_is_decoded_under_any_label(code: str, label: str, header: str) -> None:
    """Every code of Russian, mislabelled in every way."""
    text = PAGE.format(label=label, text=RUSSIAN)
    if code in ("koi8-r", "iso-8859-5", "cp866"):
        text = text.translate(str.maketrans("«»—", '""-'))
    assert text == decode_bytes(text.encode(code), f"text/html; charset={header}" if header else "text/html")


@pytest.mark.parametrize(
    ("code", "header"),
    [
        ("windows-1252", "text/html; charset=iso-8859-1"),
        ("windows-1252", "text/html"),
        ("utf-8", "text/html"),
    ],
)
def test_english_page_with_signs_of_windows_is_decoded(code: str, header: str) -> None:
    """Curly quotes and dashes, as browsers read them."""
    text = "<p>“It’s a long way” — he said in Zürich; the café was closed for the whole of the season.</p>"
    assert text == decode_bytes(text.encode(code), header)


def test_mixed_capitals_and_short_words_are_decoded_by_their_label() -> None:
    """A few letters are no evidence against the label."""
    text = "<p>OK: да</p>"
    assert text == decode_bytes(text.encode("windows-1251"), "text/html; charset=windows-1251")


def test_all_capitals_are_decoded() -> None:
    """Headlines in capitals look like another code to naive detectors."""
    text = "<h1>СЪЕЗД САДОВОДОВ ПРОШЕЛ В ЗАРЕЧЬЕ И ЗАКОНЧИЛСЯ РАНО</h1>"
    assert text == decode_bytes(text.encode("windows-1251"), "text/html")


def test_single_broken_byte_does_not_spoil_a_utf8_page() -> None:
    """Only that letter is lost."""
    body = (RUSSIAN * 20).encode()
    broken = body[:301] + b"\xff" + body[301:]
    assert decode_bytes(broken, "text/html; charset=windows-1251").count("\ufffd") <= 3
    assert "Щукин" in decode_bytes(broken)


def test_operators_word_counts_before_guesses() -> None:
    """`encoding` of the source decides, but for a byte-order mark."""
    assert decode_bytes("Съезд".encode("cp866"), "", "cp866") == "Съезд"
    assert decode_bytes("Съезд".encode("utf-8-sig"), "", "cp866") == "Съезд"


@pytest.mark.parametrize(
    "body", [b"", b"\xff", b"\x00" * 1000, bytes(range(256)) * 50, b"\xff\xfe", b"\xfe\xff\xd8"]
)
def test_any_bytes_give_some_text_without_nul(body: bytes) -> None:
    """Never an error."""
    assert "\0" not in decode_bytes(body, "text/html; charset=hex", "zlib")
