"""What pydantic found wrong with a file, as problems that name the key and the nearest valid one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from monitor.errors import Problem
from monitor.schema.base import Table


def explain_errors(file: str, model: type[BaseModel], data: Any, error: ValidationError) -> Iterator[Problem]:
    """Turn pydantic's errors into problems that name the key, and the nearest valid one."""
    for item in error.errors():
        key = _key(item["loc"], data)
        message = item["msg"].removeprefix("Value error, ")
        if item["type"] == "extra_forbidden":
            valid = _fields_at(model, item["loc"][:-1])
            near = difflib.get_close_matches(str(item["loc"][-1]), valid, n=1, cutoff=0.5)
            message = (
                f"unknown key; did you mean {near[0]!r}?"
                if near
                else f"unknown key; valid: {', '.join(valid)}"
            )
        elif item["type"] == "missing":
            message = "this key is required"
        elif item["type"] in ("enum", "literal_error"):
            expected = [
                word.strip("' ") for word in str(item["ctx"]["expected"]).replace(" or ", ", ").split(",")
            ]
            near = difflib.get_close_matches(str(item["input"]), expected, n=1, cutoff=0.5)
            message = f"{item['input']!r} is not valid; " + (
                f"did you mean {near[0]!r}?" if near else f"one of {', '.join(expected)}"
            )
        yield Problem(file, key, message)


def _key(loc: tuple[int | str, ...], data: Any) -> str:
    """Write a location as source[ria].url, with a block's id where it has one."""
    parts: list[str] = []
    node = data
    for step in loc:
        if isinstance(step, int) and parts:
            block = node[step] if isinstance(node, list) and step < len(node) else None
            label = (block.get("id") or block.get("name")) if isinstance(block, dict) else None
            parts[-1] += f"[{label or step}]"
            node = block
        else:
            parts.append(str(step))
            node = node.get(step) if isinstance(node, dict) else None
    return ".".join(parts)


def _fields_at(model: type[BaseModel], loc: Iterable[int | str]) -> list[str]:
    """Return the valid keys of the table that a location leads to."""
    current = model
    for step in loc:
        field = next((f for name, f in current.model_fields.items() if step in (name, f.alias)), None)
        if field is None:
            continue
        found = _table_in(field.annotation)
        if found is not None:
            current = found
    return [field.alias or name for name, field in current.model_fields.items()]


def _table_in(annotation: Any) -> type[Table] | None:
    """Find the Table class inside an annotation such as tuple[SourceTable, ...] or Table | None."""
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return annotation
    return next((found for part in get_args(annotation) if (found := _table_in(part))), None)
