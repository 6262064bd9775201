"""Speaker labels of transcripts: "В.Путин:", "PRESIDENT PUTIN:", "Вопрос:"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_INITIALS = r"(?:[А-ЯЁA-Z]\.[ \u00a0]?){1,2}[А-ЯЁA-Z][а-яёa-z'’]+(?:-[А-ЯЁA-Zа-яёa-z]+)?"
_CAPITALS = r"[А-ЯЁA-Z]{3,}(?:[ -][А-ЯЁA-Z.]{2,}){0,4}"
_ASKING = (
    "Вопрос|Реплика|Корреспондент|Журналист|Ведущий|Ведущая|Модератор|Из зала|"
    "Question|Reporter|Journalist|Moderator|Correspondent|Remark|Host"
)
_ANSWERING = "Ответ|Answer"
_FULL = r"#?[А-ЯЁA-Z][а-яёa-z'’.]+(?:(?: of(?: the)?)?[ -]#?[А-ЯЁA-Zа-яё][а-яёa-z'’.]*){0,5}"
_TAIL = r"\s{0,2}(?P<note>\([^)\n]{1,80}\))?\s{0,2}:(?=\s|$)"
_MARK = r"[^\w\s«»\"“”().,:;!?\-–—]"

_AT_PARAGRAPH = re.compile(
    rf"(?:^|\n)[ \t\u00a0]*(?:{_MARK}{{1,4}}\s{{0,2}}){{0,4}}"
    rf"(?P<label>(?P<asking>{_ASKING})|(?P<answering>{_ANSWERING})|(?P<initials>{_INITIALS})"
    rf"|(?P<capitals>{_CAPITALS})|(?P<full>{_FULL})){_TAIL}"
)
_TITLED = (
    r"(?:Патриарх|Митрополит|Муфтий|Архиепископ|Король|Эмир|Принц|Шейх) [А-ЯЁ][а-яё]+(?: [А-ЯЁ][а-яё]+)?"
)
_INSIDE = re.compile(
    rf"(?<=[.!?…»\")>\]] )(?P<label>(?P<asking>{_ASKING})|(?P<initials>{_INITIALS})"
    rf"|(?P<full>{_TITLED})){_TAIL}"
)
_AFTER_MARK = re.compile(
    rf"(?<=\s)(?:{_MARK}\s{{0,2}}){{1,3}}(?P<label>(?P<initials>{_INITIALS})|(?P<full>{_FULL})){_TAIL}"
)
_STAMPED = re.compile(
    rf"(?:\d{{1,2}}:\d{{2}}|\d{{4}} года)\s(?:[А-ЯЁA-Z][^.:!?\n]{{0,60}}?\s)?"
    rf"(?P<label>(?P<initials>{_INITIALS})){_TAIL}"
)
"""A label after the hour or the date, and the place, that a page or a link on it begins with."""
_CARD = re.compile(
    rf"(?:^|(?<=\s))(?P<label>(?P<initials>(?:[А-ЯЁ]\.){{1,2}}(?P<surname>[А-ЯЁ][\w-]+)))"
    rf"\s(?P=surname)\s[А-ЯЁ][\w-]+\s[А-ЯЁ][^:\n]{{3,240}}?{_TAIL}"
)
"""A label whose name is followed by the person's card: "М.Мишустин Мишустин Михаил … : …"."""
_QUOTE = re.compile(r"\s*[«\"“„]")


@dataclass(frozen=True, slots=True)
class Label:
    """A label and from where to where it holds."""

    start: int
    after: int
    """Where the words that it signs begin."""
    text: str
    kind: str
    """asking, answering, initials, capitals or full."""
    before_quote: bool
    """What follows is in quotation marks, so that the label may be but a colon."""


def find_labels(text: str) -> list[Label]:
    """Return what looks like labels, in order; whether a name is one is for the caller to tell."""
    if ":" not in text:
        return []
    found: dict[int, Label] = {}
    for pattern in (_AT_PARAGRAPH, _INSIDE, _AFTER_MARK, _STAMPED, _CARD):
        for label in _read(pattern, text):
            found.setdefault(label.start, label)
    return [found[start] for start in sorted(found)]


def _read(pattern: re.Pattern[str], text: str) -> Iterator[Label]:
    for match in pattern.finditer(text):
        groups = match.groupdict()
        kind = next(k for k in ("asking", "answering", "initials", "capitals", "full") if groups.get(k))
        yield Label(
            start=match.start("label"),
            after=match.end(),
            text=match.group("label"),
            kind=kind,
            before_quote=_QUOTE.match(text, match.end()) is not None,
        )
