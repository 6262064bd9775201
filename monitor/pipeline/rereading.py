"""Reading past articles again; what the model said of a pair once, it is not asked again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from monitor.domain.alerts import is_self_talk
from monitor.domain.article import DOCUMENT, Article, Page
from monitor.domain.drift import Shares
from monitor.domain.exemplars import Exemplar, Vector
from monitor.domain.source import Source
from monitor.domain.stance import Judgement, Stance, Weights, intensity, severity
from monitor.domain.statement import Finding, MarkedText
from monitor.errors import ExtractionError
from monitor.pipeline.assess import make_document
from monitor.pipeline.ports import Classifier, Extractor, PastReading, Progress
from monitor.pipeline.reading import Reader

OWN_TEXT = ("entry", "telegram")
"""How extractors name texts that the feed or the channel gave whole: no page was laid out."""

FIRST_ID = -(10**12)
"""Findings that are not stored have ids of their own, in order and below nought."""


@dataclass
class RememberingClassifier:
    """Gives the judgements that it knows, and asks the classifier behind it for the others only.

    It may, for the same pair gets the same judgement whatever stands beside it. `asked` counts the
    pairs that it did not know.
    """

    behind: Classifier
    known: dict[MarkedText, Judgement] = field(default_factory=dict)
    asked: int = 0

    @property
    def version(self) -> str:
        """The version of the classifier behind."""
        return self.behind.version

    @property
    def expected(self) -> Shares | None:
        """The shares of the classifier behind."""
        return self.behind.expected

    def remember(self, findings: Iterable[Finding]) -> None:
        """Know what the same classifier said in stored findings, and nothing else.

        Where a side speaks of itself the stored judgement is no longer the classifier's own.
        """
        self.known = {
            MarkedText(a.statement.text, a.mention.start, a.mention.end): a.judgement
            for finding in findings
            if (a := finding.assessment).judgement.model == self.version and not is_self_talk(finding)
        }

    def judge(self, pairs: Sequence[MarkedText], progress: Progress | None = None) -> list[Judgement]:
        """Return one judgement per pair."""
        unknown = [pair for pair in dict.fromkeys(pairs) if pair not in self.known]
        if unknown:
            self.asked += len(unknown)
            self.known.update(zip(unknown, self.behind.judge(unknown, progress), strict=True))
        return [self.known[pair] for pair in pairs]

    def embed(self, pairs: Sequence[MarkedText]) -> list[Vector]:
        """Return the vectors of the classifier behind."""
        return self.behind.embed(pairs)

    def exemplars(self) -> list[Exemplar]:
        """Return the examples of the classifier behind."""
        return self.behind.exemplars()


@dataclass
class Rereader:
    """Reads past articles as one configuration would; findings that it makes have ids below nought."""

    reader: Reader
    sources: Mapping[str, Source]
    judged: int = 0
    _ids: count[int] = field(default_factory=lambda: count(FIRST_ID))

    def read(self, past: PastReading, article: Article) -> tuple[Finding, ...]:
        """Return what the article says, as findings of the past reading's story."""
        source = self.sources.get(article.source_id)
        assessments = self.reader.read(make_document(article, source)).assessments
        self.judged += len(assessments)
        outlets = past.findings[0].outlets if past.findings else (past.outlet,)
        return tuple(
            Finding(
                id=next(self._ids),
                article_id=past.saved.id,
                story_id=past.story_id,
                assessment=assessment,
                source_id=article.source_id,
                outlet=past.outlet,
                url=article.url,
                title=article.title,
                published_at=article.published_at,
                first_seen_at=article.first_seen_at,
                outlets=outlets,
                quiet=past.quiet,
            )
            for assessment in assessments
        )


def weigh_again(findings: Iterable[Finding], weights: Weights) -> tuple[Finding, ...]:
    """Return stored findings with intensity and severity under these weights; neutral ones never alert."""
    return tuple(
        finding if finding.assessment.stance is Stance.NEUTRAL else _weigh(finding, weights)
        for finding in findings
    )


def _weigh(finding: Finding, weights: Weights) -> Finding:
    a = finding.assessment
    strength = intensity(a.judgement, weights)
    weight = severity(strength, a.speaker.tier, weights)
    if (strength, weight) == (a.intensity, a.severity):
        return finding
    return replace(finding, assessment=replace(a, intensity=strength, severity=weight))


def extract_again(
    past: PastReading, source: Source, page: Page | None, extract: Extractor
) -> tuple[Article | None, str]:
    """Return the article as the source's selectors give it now, or None and why there is none.

    A text that came whole or in a file, and one whose page is not in the archive any more, stays.
    """
    article = past.saved.article
    if page is None or DOCUMENT in page.headers or article.extractor.startswith(OWN_TEXT):
        return article, ""
    try:
        again = extract(source, past.item, page, article.first_seen_at)
    except ExtractionError as error:
        return None, f"the page gives no article any more: {error.reason}"
    return replace(again, key=article.key, url=article.url, page_sha256=article.page_sha256), ""
