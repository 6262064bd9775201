"""What the use cases need from the edges; each has a real implementation and a fake in tests."""

from __future__ import annotations

from monitor.pipeline.ports.backfills import Backfills
from monitor.pipeline.ports.collecting import Articles, Collector, Discovery, Extractor, Validators
from monitor.pipeline.ports.ingesting import GivenDocument, RefusedDocument
from monitor.pipeline.ports.judging import Classifier, Findings, Progress
from monitor.pipeline.ports.telling import Alerts, Chats, Digests, Outbox
from monitor.pipeline.ports.tuning import (
    ArticleProposal,
    CountMatches,
    FindSitemaps,
    FrontSurvey,
    ListingProposal,
    ProposeArticles,
    ProposeListings,
    SurveyFront,
)
from monitor.pipeline.ports.watching import Arrivals, Notices, Watching

__all__ = [
    "Alerts",
    "Arrivals",
    "ArticleProposal",
    "Articles",
    "Backfills",
    "Chats",
    "Classifier",
    "Collector",
    "CountMatches",
    "Digests",
    "Discovery",
    "Extractor",
    "Findings",
    "FindSitemaps",
    "FrontSurvey",
    "GivenDocument",
    "ListingProposal",
    "Notices",
    "Outbox",
    "Progress",
    "ProposeArticles",
    "ProposeListings",
    "RefusedDocument",
    "SurveyFront",
    "Validators",
    "Watching",
]
