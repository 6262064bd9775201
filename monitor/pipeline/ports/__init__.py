"""What the use cases need from the edges; each has a real implementation and a fake in tests."""

from __future__ import annotations

from monitor.pipeline.ports.access import Audit, Broadcasts, People, PersonalData, Switches
from monitor.pipeline.ports.archive import Archive
from monitor.pipeline.ports.asking import Fates, Statements
from monitor.pipeline.ports.backfills import Backfills
from monitor.pipeline.ports.changes import Changes, DueRevisit, Revisits
from monitor.pipeline.ports.collecting import Articles, Collector, Discovery, Extractor, Validators
from monitor.pipeline.ports.feedback import Verdicts
from monitor.pipeline.ports.ingesting import GivenDocument, RefusedDocument
from monitor.pipeline.ports.judging import Classifier, Findings, Progress
from monitor.pipeline.ports.leases import Leases
from monitor.pipeline.ports.polling import Polls
from monitor.pipeline.ports.replaying import History, PastReading
from monitor.pipeline.ports.signalling import Firsts, Signals
from monitor.pipeline.ports.subscribing import Drafts
from monitor.pipeline.ports.telling import (
    Alerts,
    Chats,
    Digests,
    Feeds,
    HeldAlerts,
    Messages,
    Outbox,
    Preferences,
)
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
    "Archive",
    "Arrivals",
    "ArticleProposal",
    "Articles",
    "Audit",
    "Backfills",
    "Broadcasts",
    "Changes",
    "Chats",
    "Classifier",
    "Collector",
    "CountMatches",
    "Digests",
    "Discovery",
    "Drafts",
    "DueRevisit",
    "Extractor",
    "Fates",
    "Feeds",
    "FindSitemaps",
    "Findings",
    "Firsts",
    "FrontSurvey",
    "GivenDocument",
    "HeldAlerts",
    "History",
    "Leases",
    "ListingProposal",
    "Messages",
    "Notices",
    "Outbox",
    "PastReading",
    "People",
    "PersonalData",
    "Polls",
    "Preferences",
    "Progress",
    "ProposeArticles",
    "ProposeListings",
    "RefusedDocument",
    "Revisits",
    "Signals",
    "Statements",
    "SurveyFront",
    "Switches",
    "Validators",
    "Verdicts",
    "Watching",
]
