"""The languages that can be read: one module each, and its line here."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.text.languages import en, ru
from monitor.text.languages.rules import LanguageRules

LANGUAGES: Mapping[str, LanguageRules] = {"en": en.RULES, "ru": ru.RULES}
