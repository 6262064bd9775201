"""Turning pages into articles: title, plain text and a believable date."""

from __future__ import annotations

from monitor.extract.article import extract_article

__all__ = ["extract_article"]
