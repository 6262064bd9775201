"""A whole service in a process of its own, with a classifier that judges by words: to be killed.

`python -m tests.fault.running_service CONFIG`
"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

from monitor.app import App, configure_logs
from monitor.leading import Leadership
from monitor.live import run_service
from monitor.settings import load_settings
from tests.fakes.classifier import FakeClassifier


def main(directory: str) -> None:
    """Run until SIGTERM; leases are short, so that tests need not wait for long ones."""
    settings = load_settings(Path(directory), env={})
    configure_logs(settings.monitor.log_level)
    app = App(settings)
    app.__dict__["classifier"] = FakeClassifier()
    leadership = Leadership(
        app.store.leases, app.clock.now, valid=timedelta(seconds=3), renew_seconds=0.3, look_seconds=0.1
    )
    asyncio.run(run_service(app, leadership))


if __name__ == "__main__":
    main(sys.argv[1])
