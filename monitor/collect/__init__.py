"""Reading sources over HTTP: bounded, polite, and never past a block."""

from __future__ import annotations

from monitor.collect.collector import HttpCollector

__all__ = ["HttpCollector"]
