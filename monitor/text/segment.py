"""Split a text into statements: sentences, with the clause that reports a quotation kept beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from razdel import sentenize

from monitor.text.furniture import dateline_end
from monitor.text.languages import en, ru

LONGEST_STATEMENT = 2000
"""A longer sentence is cut at white space: no reader would call it one statement."""

_LONGEST_RUN = 4000
"""razdel takes quadratic time where it finds no end: it is never given more than this at once."""

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_BULLET = re.compile(r"[•▪●◦‣*–—-]\s|\d{1,2}[.)]\s|[^\w\s«“\"'(\[„—–-]")
_LINE_END = re.compile(r"[.!?…:;][\"'»”’)\]]*$")
_WRAPPED_LINE = range(45, 101)
_REPORTS = re.compile(rf"\s*[—–-]\s+(?:\w+[ ,]+){{0,4}}?(?:{ru.SPEECH_VERBS})\b")
_QUOTE_CLOSED = re.compile(r"[!?…][»”\"]$")
_DASH_CLAUSE = re.compile(r"\s*[—–-]\s+[a-zа-яё]")
_FALSE_ABBREVIATION = re.compile(rf"(?<=\b(?:им|ом))\.\s+(?=(?:{ru.SENTENCE_STARTERS})\b)")
_GLUED = re.compile(r"(?<=[а-яё]{3})[.!?](?=[А-ЯЁ][а-яё]*\s)")

_ENGLISH_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)")
_LAST_WORD = re.compile(r"[\w&]+(?:[.'’-][\w&]+)*$")
_NEXT_WORD = re.compile(r"\s+([\"'“‘«(\[—–-]*\s?)([\w'’-]*)")
_ACRONYM = re.compile(r"(?:[A-Za-z]\.)*[A-Z]$")
_LIST_NUMBER = re.compile(r"\W*(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})$")
_ENGLISH_REPORTS = re.compile(rf"\s+(?:[A-Z][\w.'’-]*\s+){{0,4}}?(?:{en.SPEECH_VERBS})\b")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text, from `start` up to `end`."""

    start: int
    end: int


def split_statements(text: str, lang: str) -> list[Span]:
    """Return the statements of a text in order, as exact spans without white space at their ends.

    A paragraph always ends a statement; a quotation of several sentences gives several
    statements; a dateline and lines without a letter give none. Languages other than Russian
    follow the English rules.
    """
    split = _split_russian if lang == "ru" else _split_english
    spans: list[Span] = []
    for block in _split_blocks(text):
        start = block.start + dateline_end(text[block.start : min(block.end, block.start + 200)])
        for run in _cut(text, Span(start, block.end), _LONGEST_RUN):
            if not _has_letters(text, run):
                continue
            for sentence in split(text, run):
                spans.extend(_cut(text, sentence, LONGEST_STATEMENT))
    stripped = (_strip(text, span) for span in spans)
    return [span for span in stripped if _has_letters(text, span)]


def _split_blocks(text: str) -> Iterator[Span]:
    """Split at paragraphs, and at line breaks that are more than the wrapping of a line."""
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        yield from _split_lines(text, start, gap.start())
        start = gap.end()
    yield from _split_lines(text, start, len(text))


def _split_lines(text: str, start: int, end: int) -> Iterator[Span]:
    lines = text[start:end].split("\n")
    wrapped = len(lines) > 2 and all(len(line) in _WRAPPED_LINE for line in lines[:-1])
    begin = position = start
    for line, following in pairwise(lines):
        position += len(line) + 1
        if not _is_soft_break(line, following, wrapped):
            yield Span(begin, position - 1)
            begin = position
    yield Span(begin, end)


def _is_soft_break(line: str, following: str, wrapped: bool) -> bool:
    line, following = line.rstrip(), following.lstrip()
    if not line or not following or _BULLET.match(following):
        return False
    if following[0].islower():
        return not _LINE_END.search(line) or line.endswith(("...", "…"))
    return line.endswith(",") or (wrapped and not _LINE_END.search(line))


def _split_russian(text: str, run: Span) -> list[Span]:
    """Split by razdel, then mend what it takes apart or leaves together."""
    spans: list[Span] = []
    for found in sentenize(text[run.start : run.end]):
        span = Span(run.start + found.start, run.start + found.stop)
        if spans and _belongs_to_previous(text, spans[-1], span):
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return [piece for span in spans for piece in _split_at(text, span, (_FALSE_ABBREVIATION, _GLUED))]


def _belongs_to_previous(text: str, previous: Span, span: Span) -> bool:
    head = text[span.start : min(span.end, span.start + 80)]
    if _DASH_CLAUSE.match(head) or text[previous.end - 1] == ";":
        return True
    closed = _QUOTE_CLOSED.search(text[max(previous.start, previous.end - 3) : previous.end])
    return closed is not None and _REPORTS.match(head) is not None


def _split_at(text: str, span: Span, patterns: Iterable[re.Pattern[str]]) -> list[Span]:
    cuts = sorted(
        found.end() for pattern in patterns for found in pattern.finditer(text, span.start, span.end)
    )
    edges = [span.start, *cuts, span.end]
    return [Span(start, end) for start, end in pairwise(edges)]


def _split_english(text: str, run: Span) -> Iterator[Span]:
    """Split where a full stop, mark or ellipsis is no abbreviation and no quotation goes on."""
    start = run.start
    for end in _ENGLISH_END.finditer(text, run.start, run.end):
        if _ends_sentence(text, start, run.end, end):
            yield Span(start, end.end())
            start = end.end()
    yield Span(start, run.end)


def _ends_sentence(text: str, start: int, stop: int, end: re.Match[str]) -> bool:
    tail = text[end.end() : min(stop, end.end() + 80)]
    following = _NEXT_WORD.match(tail)
    if following is None:
        return True
    opening, word = following.groups()
    if word[:1].islower() and (not opening or opening.strip() in en.DASHES or end.group()[0] in ".…"):
        return False
    if end.group()[-1] in en.CLOSING_QUOTES and len(end.group()) > 1 and _ENGLISH_REPORTS.match(tail):
        return False
    if end.group()[0] != "." or (len(end.group()) > 1 and end.group()[1] == "."):
        return True
    return not _is_abbreviation(text[max(start, end.start() - 24) : end.start()], start, end, word, opening)


def _is_abbreviation(left: str, start: int, end: re.Match[str], word: str, opening: str) -> bool:
    found = _LAST_WORD.search(left)
    if found is None:
        return False
    last = found.group()
    if end.start() - start <= 8 and _LIST_NUMBER.fullmatch(left):
        return True
    if last.lower() == "no":
        return word[:1].isdigit()
    if last.lower() in en.ABBREVIATIONS_BEFORE_NAMES:
        return True
    starts = word in en.SENTENCE_STARTERS or bool(opening.strip())
    if _ACRONYM.fullmatch(last) and (len(last) > 1 or last != "I"):
        return not starts
    return last.lower() in en.ABBREVIATIONS and (word[:1].isdigit() or (not starts and last.lower() != "etc"))


def _cut(text: str, span: Span, longest: int) -> Iterator[Span]:
    """Cut a span that is too long at the last white space that fits."""
    start = span.start
    while span.end - start > longest:
        space = max(text.rfind(sign, start + longest // 2, start + longest) for sign in " \n\t\u00a0")
        end = space if space > 0 else start + longest
        yield Span(start, end)
        start = end
    yield Span(start, span.end)


def _has_letters(text: str, span: Span) -> bool:
    return any(map(str.isalpha, text[span.start : span.end]))


def _strip(text: str, span: Span) -> Span:
    piece = text[span.start : span.end]
    return Span(span.start + len(piece) - len(piece.lstrip()), span.end - len(piece) + len(piece.rstrip()))
