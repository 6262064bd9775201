"""What two configurations differ in, in words that an operator knows from the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

from pydantic import BaseModel

from monitor.settings import Settings

NAMED = 8
"""So many differences of one kind are named one by one; the others are counted."""
FIXED = frozenset(
    {
        "store.url",
        "classify.model",
        "classify.registry",
        "classify.workers",
        "telegram.token_file",
        "telegram.api_base",
        "telegram.invite_code_file",
        "log_level",
        "ingest.max_bytes",
    }
)
"""Keys of monitor.toml that only a new start takes over; so are all of [collect]."""
UNSHOWN = frozenset({"headers", "proxy"})
"""Fields of sources that may hold secrets: that they changed is said, not how."""


@dataclass(frozen=True, slots=True)
class Differences:
    """What changed, kind by kind, and which keys must wait for a new start."""

    changed: tuple[str, ...] = ()
    restart: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "; ".join(self.changed) or "nothing"


def find_differences(old: Settings, new: Settings) -> Differences:
    """Say what differs: "rules: + csto-threats; sources: ria-ru interval 10 → 5 min"."""
    before, after = _flatten(old.monitor), _flatten(new.monitor)
    keys = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    restart = tuple(key for key in keys if is_fixed(key))
    live = [_step(key, before.get(key), after.get(key)) for key in keys if not is_fixed(key)]
    kinds = {
        "rules": _compare(old.rules, new.rules, lambda rule: rule.id),
        "targets": _compare(old.targets, new.targets, lambda target: target.id),
        "speakers": _compare(old.speakers, new.speakers, lambda person: person.name),
        "sources": _compare(old.sources, new.sources, lambda source: source.id),
        "monitor.toml": live,
    }
    return Differences(tuple(f"{kind}: {_join(found)}" for kind, found in kinds.items() if found), restart)


def is_fixed(key: str) -> bool:
    """Whether a key of monitor.toml is read only when the program starts."""
    return key in FIXED or key.startswith("collect.")


def hold_back(old: Settings, new: Settings) -> Settings:
    """Return the new settings with the old values of what only a new start takes over."""
    tables = {key.partition(".")[0] for key in FIXED} | {"collect"}
    held: dict[str, object] = {}
    for name in sorted(tables):
        was, wanted = getattr(old.monitor, name), getattr(new.monitor, name)
        if isinstance(was, BaseModel):
            fixed = {key: getattr(was, key) for key in type(was).model_fields if is_fixed(f"{name}.{key}")}
            held[name] = wanted.model_copy(update=fixed)
        else:
            held[name] = was
    return replace(new, monitor=new.monitor.model_copy(update=held))


def _flatten(table: BaseModel, path: str = "") -> dict[str, Any]:
    """Return the values by their dotted keys."""
    flat: dict[str, Any] = {}
    for name in type(table).model_fields:
        value = getattr(table, name)
        if isinstance(value, BaseModel):
            flat |= _flatten(value, f"{path}{name}.")
        elif isinstance(value, Mapping):
            flat |= {f"{path}{name}.{key}": weight for key, weight in value.items()}
        else:
            flat[path + name] = value
    return flat


def _compare(old: Sequence[Any], new: Sequence[Any], name: Callable[[Any], str]) -> list[str]:
    before, after = {name(item): item for item in old}, {name(item): item for item in new}
    changed = [
        f"{key} {step}"
        for key, item in after.items()
        if key in before
        for step in _fields_changed(before[key], item)
    ]
    order = [key for key in before if key in after]
    if not changed and order != [key for key in after if key in before]:
        changed.append("in another order")
    return [
        *(f"+ {key}" for key in after if key not in before),
        *(f"− {key}" for key in before if key not in after),
        *changed,
    ]


def _fields_changed(old: Any, new: Any) -> Iterator[str]:
    for field in fields(old):
        was, now = getattr(old, field.name), getattr(new, field.name)
        if was == now:
            continue
        if field.name == "enabled":
            yield "on" if now else "off"
        elif field.name in UNSHOWN:
            yield f"{field.name} changed"
        else:
            yield _step(field.name, was, now)


def _step(name: str, was: object, now: object) -> str:
    """Say how one value changed."""
    if isinstance(was, timedelta) and isinstance(now, timedelta):
        per, unit = (60, "min") if name == "interval" else (1, "s")
        return f"{name} {was.total_seconds() / per:g} → {now.total_seconds() / per:g} {unit}"
    if isinstance(was, frozenset | tuple) and isinstance(now, frozenset | tuple):
        gone, come = [i for i in was if i not in now], [i for i in now if i not in was]
        words = [*(f"+ {_show(item)}" for item in come), *(f"− {_show(item)}" for item in gone)]
        return f"{name} {', '.join(sorted(words)[:NAMED])}" if words else f"{name} in another order"
    if isinstance(was, Mapping | BaseModel) or hasattr(was or now, "__dataclass_fields__"):
        return f"{name} changed"
    return f"{name} {_show(was)} → {_show(now)}"


def _show(value: object) -> str:
    if value is None or value == "":
        return "none"
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _join(found: Sequence[str]) -> str:
    shown = list(found[:NAMED])
    if more := len(found) - len(shown):
        shown.append(f"and {more} more")
    return ", ".join(shown)
