"""What the classifier is asked to judge."""

from __future__ import annotations

from monitor.domain.statement import MarkedText

__all__ = ["MarkedText"]
