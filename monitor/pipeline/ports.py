"""What the use cases need from the edges; each has a real implementation and a fake in tests."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.domain.alerts import Alert, Decision, Subscription
from monitor.domain.article import Article, Failure, FeedItem, Page, SavedArticle, SaveOutcome
from monitor.domain.coverage import SourceHealth, SourceRun
from monitor.domain.delivery import Delivery, NewDelivery
from monitor.domain.digest import Digest, ReviewStep
from monitor.domain.drift import Shares
from monitor.domain.exemplars import Exemplar, Vector
from monitor.domain.source import Source
from monitor.domain.stance import Judgement
from monitor.domain.statement import Assessment, Finding, MarkedText

Progress = Callable[[int], None]


class Classifier(Protocol):
    """Judges pairs; the same pair gets the same judgement whatever stands beside it."""

    @property
    def version(self) -> str:
        """The model's name and version, as it stands in every judgement."""

    @property
    def expected(self) -> Shares | None:
        """The shares of stances and abstentions in its training corpus; None where it does not tell."""

    def judge(self, pairs: Sequence[MarkedText], progress: Progress | None = None) -> list[Judgement]:
        """Return one judgement per pair, in order; raises ClassificationError."""

    def embed(self, pairs: Sequence[MarkedText]) -> list[Vector]:
        """Return the vector of each pair, of length one; empty where the classifier gives none."""

    def exemplars(self) -> list[Exemplar]:
        """Return the labelled examples that the classifier carries, with their vectors."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask "has it changed?" with."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Discovery:
    """What one visit to a source's front showed; `bad_entries` were left out, each with its reason."""

    items: tuple[FeedItem, ...]
    validators: Validators
    not_modified: bool = False
    bad_entries: tuple[str, ...] = ()
    page: Page | None = None


class Collector(Protocol):
    """Reads one source: its front, then single items."""

    async def discover(self, source: Source, validators: Validators) -> Discovery:
        """Return the items that the source shows now; raises FetchError or BlockedError."""

    async def fetch(self, source: Source, item: FeedItem) -> Page:
        """Return the item's page (the entry's own text where the source gives the whole of it)."""


class Extractor(Protocol):
    """Makes an article of a page."""

    def __call__(self, source: Source, item: FeedItem, page: Page, now: datetime) -> Article:
        """Return the article; raises ExtractionError."""


class Articles(Protocol):
    """Sources' state, items and articles in the store."""

    def validators(self, source_id: str) -> Validators:
        """Return what the source's server gave us last, empty at first."""

    def save_validators(self, source_id: str, validators: Validators) -> None:
        """Remember them; called only after every item of the visit is recorded."""

    def wanted(self, items: Sequence[FeedItem], now: datetime) -> list[FeedItem]:
        """Return the items to fetch now: new ones, those shown anew (another fingerprint), and
        those to be tried later whose time has come; in the given order, each key once. One that
        waits for its time waits even if it is shown anew, so that a changing teaser is no way
        round the back-off."""

    def due_retries(self, source_id: str, now: datetime) -> list[FeedItem]:
        """Return items to be tried again whose time has come, though the source may show them no
        more; one that it still shows is in `wanted` too."""

    def save(self, item: FeedItem, article: Article, page: Page, outlet: str) -> SaveOutcome:
        """Save page, article and the item's state in one transaction; an article whose text or
        title changed becomes its next revision and waits to be assessed again.

        `outlet` is the source's outlet, by which readers know it. An article keeps its first
        date and the time when its item was first seen. Where nothing changed, the page from
        which the text came stays its evidence and the new bytes are not kept."""

    def record_failure(self, item: FeedItem, reason: str, now: datetime, max_attempts: int) -> Failure:
        """Count a failed try; the item is tried later (after 1, 5, 30, then 120 minutes), or set
        aside at `max_attempts`. One set aside and shown anew starts counting again."""

    def page(self, sha256: str) -> Page | None:
        """Return archived bytes with how they came, at their first sighting."""

    def revisions(self, article_id: int) -> list[tuple[int, str, str, datetime]]:
        """Return (revision, title, text, first seen at) of every revision, the first one first."""

    def counts(self) -> dict[str, int]:
        """Return how many articles there are in each state (`collected`, `assessed`, `unread`,
        `set_aside`), items that wait or were given up (`items_try_later`, `items_set_aside`), and
        archived `pages`; for status lines."""

    def record_run(self, run: SourceRun) -> None:
        """Keep how a visit went, for coverage; the same visit recorded twice counts once."""

    def runs(self, since: datetime, until: datetime) -> list[SourceRun]:
        """Return the visits that began in [since, until), by time."""

    def volumes(self, since: datetime, until: datetime) -> dict[str, list[datetime]]:
        """Return per source when its articles in [since, until) were said, by time."""

    def health(self) -> dict[str, SourceHealth]:
        """Return where each source that was ever visited stands. `ok` and `not_modified` are
        successes; `empty`, `blocked` and `failed` are failures; `missed` is our own fault and
        neither."""


class Findings(Protocol):
    """Assessments in the store."""

    def unassessed(self, limit: int) -> list[SavedArticle]:
        """Return articles that wait to be understood, the oldest first."""

    def story_candidates(self, bands: Sequence[str], article_id: int) -> list[tuple[int, str]]:
        """Return (story id, text) of other articles of the same days that share a band of the
        signature: of each story its first few different texts, so that the thousandth copy costs
        what the tenth did."""

    def save(
        self,
        saved: SavedArticle,
        lang: str | None,
        story_id: int | None,
        bands: Sequence[str],
        assessments: Sequence[Assessment],
        now: datetime,
        readable: bool = True,
    ) -> int:
        """Save an article's assessments, its language and its story (None begins a new one) in one
        transaction and mark it assessed; assessments of older revisions are superseded. Returns
        the story's id. `lang` None, or `readable` False for a language that nobody here reads,
        with no assessments marks it unread.

        An article keeps the story that it has, whatever is passed, for alerts are told apart by
        it. A revision that was assessed already is left as it is; one that was revised in the
        meantime is not saved and waits to be assessed as it stands now."""

    def record_failure(self, saved: SavedArticle, reason: str, now: datetime, max_attempts: int) -> bool:
        """Count a failed try to understand; True when the article is set aside now."""

    def undecided(self, limit: int) -> list[Finding]:
        """Return current findings about which no alert decision was made, the oldest first."""

    def between(
        self, since: datetime, until: datetime, targets: Collection[str] | None = None
    ) -> list[Finding]:
        """Return current findings said in [since, until), by time; None or no `targets`: of any."""

    def get(self, finding_id: int) -> Finding | None:
        """Return one finding, also one that a later revision superseded."""

    def for_url(self, url: str) -> list[Finding]:
        """Return current findings of the articles at this address, exactly as collected."""

    def skip_reason(self, finding_id: int) -> str | None:
        """Return why the finding raised no alert; None if it did, or nothing was decided yet."""


class Alerts(Protocol):
    """Alerts, their deliveries and subscriptions in the store."""

    def known_keys(self, keys: Collection[str]) -> set[str]:
        """Return those keys that have an alert already."""

    def save_decision(self, decision: Decision, deliveries: Sequence[NewDelivery], now: datetime) -> None:
        """Save alerts, their deliveries and the reasons of those skipped in one transaction. An
        alert whose key exists stays as it is: its finding counts as skipped and its deliveries
        are not put in again. A finding's first decision stands."""

    def by_key(self, key: str) -> tuple[int, Alert] | None:
        """Return an alert with its number; its finding shows today's outlets."""

    def by_number(self, number: int) -> Alert | None:
        """Return the alert that people know by this number."""

    def for_finding(self, finding_id: int) -> tuple[int, Alert] | None:
        """Return the alert for which this finding stands, with its number."""

    def latest(self, limit: int, targets: Collection[str] | None = None) -> list[tuple[int, Alert]]:
        """Return the newest alerts with their numbers, the newest first; None or no `targets`: of any."""


class Outbox(Protocol):
    """Deliveries on their way; a claimed one is marked before it is sent."""

    def add(self, deliveries: Sequence[NewDelivery], now: datetime) -> None:
        """Put messages in; one with the same kind, subject, sink and recipient is not put in twice."""

    def claim(self, sink: str, now: datetime, limit: int) -> list[Delivery]:
        """Mark due deliveries as being sent and return them, the oldest first, at most one per
        recipient and none to whom something is being sent already; `attempts` counts this try."""

    def sent(self, delivery_id: int, now: datetime) -> None:
        """Record success."""

    def retry(self, delivery_id: int, at: datetime, reason: str) -> None:
        """Put it back until `at`; later messages to the same recipient wait too."""

    def failed(self, delivery_id: int, reason: str, now: datetime) -> None:
        """Give up on one message, with its reason."""

    def recipient_gone(self, sink: str, recipient: str, reason: str, now: datetime) -> int:
        """Cancel all that waits for the recipient or is being sent to it; returns how many."""

    def recover(self, now: datetime) -> int:
        """After a restart: put back what was being sent, counted as uncertain; returns how many.

        Only for the one process that sends: it would put back what another is sending now."""

    def counts(self) -> dict[str, int]:
        """Return how many deliveries are `pending`, `sending`, `sent`, `failed` and `cancelled`, and
        how many are `uncertain`: they were being sent when the program ended, so they may have
        gone out twice, whatever their state is now. For status lines."""


class Chats(Protocol):
    """Chats that are served and what they subscribed to."""

    def is_served(self, chat_id: int) -> bool:
        """Whether the chat may use the bot (redeemed a code and is not disabled)."""

    def serve(self, chat_id: int, title: str, language: str, now: datetime) -> None:
        """Begin, or begin again, to serve the chat."""

    def language(self, chat_id: int) -> str:
        """Return the interface language of a chat; empty where it never said one."""

    def disable(self, chat_id: int, reason: str, now: datetime) -> None:
        """Stop sending to the chat and cancel what is on its way to it; `/start` enables it again."""

    def migrate(self, old_chat_id: int, new_chat_id: int) -> None:
        """Move subscriptions and waiting deliveries to the supergroup's new id."""

    def subscribe(self, subscription: Subscription, now: datetime) -> Subscription:
        """Save a subscription and return it with its id; the same one twice is one."""

    def unsubscribe(self, chat_id: int, subscription_id: int | None) -> int:
        """Remove one or (None) all subscriptions of the chat; returns how many."""

    def subscriptions(self, chat_id: int | None = None) -> list[Subscription]:
        """Return the chat's subscriptions, or all of chats that are not disabled, those among
        them that configuration allows and that never needed to be served."""


class Digests(Protocol):
    """Weekly digests and their reviews in the store."""

    def save_draft(self, digest: Digest, now: datetime) -> bool:
        """Save the week's draft unless there is one; False when there was."""

    def get(self, week: datetime) -> Digest | None:
        """Return the week's digest with its review applied."""

    def weeks(self) -> list[datetime]:
        """Return the weeks that have a digest, the newest first."""

    def steps(self, week: datetime) -> list[ReviewStep]:
        """Return what people did to it, in order."""

    def add_step(self, step: ReviewStep) -> None:
        """Record a step of the review; the same one twice is one. Publication has `publish`."""

    def publish(self, step: ReviewStep, deliveries: Sequence[NewDelivery]) -> bool:
        """Record publication with its deliveries in one transaction; False if published before."""
