"""A source written as the block of a configuration file that says the same."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields

from monitor.domain.source import ArticleSelectors, JsonFields, ListingSelectors, Paging, Source

_ALWAYS = ("id", "outlet", "kind", "url", "bloc", "tier", "languages", "timezone", "evidence", "enabled")
_OPTIONAL = (
    "default_speaker", "full_text_in_feed", "max_items", "encoding", "allow_private", "user_agent", "headers",
    "proxy", "ca_file", "revisit", "adaptive", "include", "exclude",
)  # fmt: skip
_PLAIN = Source("", "", "", "", "", None, ())  # type: ignore[arg-type]


def write_block(source: Source, comments: Mapping[str, str] | None = None) -> str:
    """Return the source's `[[source]]` block; `comments` stand behind the keys that they name."""
    notes = dict(comments or {})
    keys: dict[str, object] = {name: getattr(source, name) for name in _ALWAYS}
    keys["interval_minutes"] = source.interval.total_seconds() / 60
    keys["spacing_seconds"] = source.spacing.total_seconds()
    further = {name: getattr(source, name) for name in _OPTIONAL}
    keys |= {name: value for name, value in further.items() if value != getattr(_PLAIN, name)}
    lines = ["[[source]]", *(_line(name, value, notes) for name, value in keys.items())]
    if source.listing is not None:
        lines += write_table("source.listing", source.listing, notes)
    if source.json is not None:
        lines += write_table("source.json", source.json, notes)
    if source.paging is not None:
        lines += write_table("source.paging", source.paging, notes)
    if source.article != ArticleSelectors():
        lines += write_table("source.article", source.article, notes)
    return "\n".join(lines) + "\n"


def write_table(
    name: str,
    table: ListingSelectors | ArticleSelectors | JsonFields | Paging,
    comments: Mapping[str, str] | None = None,
) -> list[str]:
    """Return the lines of a table under a source, without the keys that are as they would be anyway."""
    notes = comments or {}
    part = name.rpartition(".")[2]
    lines = [f"[{name}]" + (f"   # {_one_line(notes[part])}" if part in notes else "")]
    required = ("items", "link") if isinstance(table, JsonFields) else ("item",)
    for field in fields(table):
        value = getattr(table, field.name)
        if field.name in required or value != field.default:
            lines.append(_line(field.name, value, notes, f"{part}.{field.name}"))
    return lines


def write_comments(lines: Sequence[str]) -> str:
    """Return lines as comments of a configuration file."""
    return "".join(f"# {_one_line(line)}\n" for line in lines)


def _line(name: str, value: object, notes: Mapping[str, str], key: str = "") -> str:
    note = notes.get(key or name, "")
    return f"{name} = {_write(value)}" + (f"   # {_one_line(note)}" if note else "")


def _write(value: object) -> str:
    """Return a value as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_quote(str(k))} = {_write(v)}" for k, v in value.items()) + " }"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_write(part) for part in value) + "]"
    return _quote(str(value))


def _quote(text: str) -> str:
    """Return a TOML string: as JSON writes it, but for one character that TOML wants escaped too."""
    return json.dumps(_without_surrogates(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _one_line(text: str) -> str:
    """Return words fit for a comment: no line ends, no control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
