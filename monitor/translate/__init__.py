"""Translations of quotations, by any service behind a small adapter."""

from __future__ import annotations

from monitor.translate.libretranslate import LibreTranslate

__all__ = ["LibreTranslate"]
