"""Where parsers run: a hostile page must cost no more than its time."""

from __future__ import annotations

from monitor.workers.pool import ParserPool
from monitor.workers.run import Run, run_in_thread

__all__ = ["ParserPool", "Run", "run_in_thread"]
