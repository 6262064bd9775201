"""Buttons find their handlers by the first characters of their data."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter

import monitor.bot
from monitor.bot.phrases import _PARTS


def test_every_kind_of_button_has_a_prefix_of_its_own() -> None:
    """Or one handler would take another one's buttons."""
    modules = [
        importlib.import_module(f"monitor.bot.{m.name}") for m in pkgutil.iter_modules(monitor.bot.__path__)
    ]
    prefixes = Counter(module.PREFIX for module in modules if hasattr(module, "PREFIX"))
    assert {} == {prefix: count for prefix, count in prefixes.items() if count > 1}
    assert all(len(prefix) == 2 and prefix.endswith(":") for prefix in prefixes)


def test_every_phrase_stands_in_one_place_and_in_both_languages() -> None:
    """A second one of the same name would hide the first."""
    keys = Counter(key for part in _PARTS for key in part["en"])
    assert {} == {key: count for key, count in keys.items() if count > 1}
    for part in _PARTS:
        assert part["en"].keys() == part["ru"].keys()
