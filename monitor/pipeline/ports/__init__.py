"""What the use cases need from the edges; each has a real implementation and a fake in tests."""

from __future__ import annotations

from monitor.pipeline.ports.collecting import Articles, Collector, Discovery, Extractor, Validators
from monitor.pipeline.ports.judging import Classifier, Findings, Progress
from monitor.pipeline.ports.telling import Alerts, Chats, Digests, Outbox

__all__ = [
    "Alerts",
    "Articles",
    "Chats",
    "Classifier",
    "Collector",
    "Digests",
    "Discovery",
    "Extractor",
    "Findings",
    "Outbox",
    "Progress",
    "Validators",
]
