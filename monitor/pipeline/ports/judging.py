"""What understanding needs: a classifier, and where findings are kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Protocol

from monitor.domain.article import SavedArticle
from monitor.domain.drift import Shares
from monitor.domain.exemplars import Exemplar, Vector
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
