"""What alerts a changed configuration would have raised: the archive replayed, nothing stored or sent."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from monitor.domain.actors import Person, Target
from monitor.domain.alerts import Alert
from monitor.domain.article import Page
from monitor.domain.replay import AlertRules, ReplayedAlerts, Reread, replay_alerts
from monitor.domain.source import Source
from monitor.domain.stance import Weights
from monitor.pipeline.ports import Extractor, History, PastReading, Progress
from monitor.pipeline.reading import Reader
from monitor.pipeline.rereading import RememberingClassifier, Rereader, extract_again, weigh_again

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Setup:
    """One configuration, as far as it decides what alerts; `reader` is made only where it is needed."""

    rules: AlertRules
    sources: Mapping[str, Source]
    targets: tuple[Target, ...]
    speakers: tuple[Person, ...]
    weights: Weights
    model: str
    """Names the model as configured, so that two setups with the same one are known to have it."""
    reader: Callable[[], Reader]

    def collects(self, source_id: str) -> bool:
        """Whether a source is there and switched on."""
        return source_id in self.sources and self.sources[source_id].enabled


@dataclass(frozen=True, slots=True)
class Archive:
    """Where the past is: readings and alerts, pages, and how an article is made of one."""

    history: History
    page: Callable[[str], Page | None]
    extract: Extractor


@dataclass(slots=True)
class Effort:
    """What replaying took: articles decided about, those read again, pairs judged anew, seconds."""

    articles: int = 0
    read_again: int = 0
    extracted_again: int = 0
    statements: int = 0
    judged: int = 0
    seconds: float = 0.0
    models: Counter[str] = field(default_factory=Counter)
    without_page: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Replay:
    """The alerts of [since, until) under two configurations, and those that were really raised."""

    since: datetime
    until: datetime
    alerts: ReplayedAlerts
    raised: tuple[Alert, ...]
    effort: Effort
    notes: tuple[str, ...]


def replay(
    archive: Archive,
    present: Setup,
    proposed: Setup,
    since: datetime,
    until: datetime,
    progress: Progress | None = None,
) -> Replay:
    """Decide again about everything first seen in [since, until), under both configurations.

    Stored judgements are decided again as they are; texts are read again only where targets,
    speakers, the model or their source changed, and extracted again where its selectors did.
    """
    began = time.perf_counter()
    work = _Work(archive, present, proposed)
    history = archive.history
    raised = history.alerts(since, until)
    units = work.reread(history.readings(since, until), progress)
    alerts = replay_alerts(units, present.rules, proposed.rules, history.keys_before(since))
    effort = work.finish(time.perf_counter() - began)
    notes = (*work.notes(), *_mismatch(raised, alerts.before))
    return Replay(since, until, alerts, tuple(raised), effort, notes)


def needs_reading(present: Setup, proposed: Setup) -> bool:
    """Whether all texts are to be read again, because what is found in any of them may differ."""
    return (present.targets, present.speakers, present.model) != (
        proposed.targets,
        proposed.speakers,
        proposed.model,
    )


class _Work:
    """Makes of past readings what both configurations find in them."""

    def __init__(self, archive: Archive, present: Setup, proposed: Setup) -> None:
        self._archive, self._present, self._proposed = archive, present, proposed
        self._all = needs_reading(present, proposed)
        self._effort = Effort()
        self._seen: set[str] = set()
        self._rereaders: tuple[Rereader, Rereader] | None = None

    def reread(self, past: Iterator[PastReading], progress: Progress | None) -> Iterator[Reread]:
        """Yield each reading under both configurations, in the same order."""
        for number, reading in enumerate(past, 1):
            self._effort.articles = number
            self._seen.add(reading.saved.article.source_id)
            self._effort.models.update(f.assessment.judgement.model for f in reading.findings)
            yield self._compare(reading)
            if progress:
                progress(number)

    def _compare(self, past: PastReading) -> Reread:
        article = past.saved.article
        was, now = (setup.sources.get(article.source_id) for setup in (self._present, self._proposed))
        if gone := self._why_gone(past, was, now):
            return Reread(past.at, weigh_again(past.findings, self._present.weights), (), gone)
        laid_out_anew = was is not None and now is not None and _layout(was) != _layout(now)
        if not (self._all or laid_out_anew or _voice(was) != _voice(now)):
            before = weigh_again(past.findings, self._present.weights)
            same = self._present.weights == self._proposed.weights
            return Reread(
                past.at, before, before if same else weigh_again(past.findings, self._proposed.weights)
            )
        return self._read(past, now if laid_out_anew else None)

    def _why_gone(self, past: PastReading, was: Source | None, now: Source | None) -> str:
        """Say why the proposal does not collect an article that the present configuration does."""
        source_id = past.saved.article.source_id
        if self._present.collects(source_id) and not self._proposed.collects(source_id):
            return f"source {source_id} is {'switched off' if now else 'gone'}"
        takes_now = was is None or now is None or _takes(now, past.item.url) or not _takes(was, past.item.url)
        return "" if takes_now else f"source {source_id} does not take this address"

    def _read(self, past: PastReading, laid_out_by: Source | None) -> Reread:
        before, after = self._make_rereaders()
        for rereader in (before, after):
            classifier = rereader.reader.classifier
            if isinstance(classifier, RememberingClassifier):
                classifier.remember(past.findings)
        self._effort.read_again += 1
        stored = past.saved.article
        again, gone = stored, ""
        if laid_out_by is not None:
            page = self._archive.page(stored.page_sha256)
            self._effort.extracted_again += page is not None
            self._effort.without_page += page is None
            found, gone = extract_again(past, laid_out_by, page, self._archive.extract)
            again = found or stored
        try:
            first = before.read(past, stored)
            return Reread(past.at, first, () if gone else after.read(past, again), gone)
        except Exception as error:  # noqa: BLE001 - the per-item boundary: one article never stops the rest
            log.warning("article not read again", url=stored.url, error=str(error))
            self._effort.failed += 1
            before_it = weigh_again(past.findings, self._present.weights)
            return Reread(past.at, before_it, weigh_again(before_it, self._proposed.weights))

    def _make_rereaders(self) -> tuple[Rereader, Rereader]:
        if self._rereaders is None:
            one, other = self._present.reader(), self._proposed.reader()
            first = second = RememberingClassifier(one.classifier)
            if one.classifier.version != other.classifier.version:
                second = RememberingClassifier(other.classifier)
            self._rereaders = (
                Rereader(replace(one, classifier=first), self._present.sources),
                Rereader(replace(other, classifier=second), self._proposed.sources),
            )
        return self._rereaders

    def finish(self, seconds: float) -> Effort:
        """Return what it took."""
        self._effort.seconds = seconds
        if self._rereaders:
            classifiers = {id(r.reader.classifier): r.reader.classifier for r in self._rereaders}
            known = [c for c in classifiers.values() if isinstance(c, RememberingClassifier)]
            self._effort.judged = sum(classifier.asked for classifier in known)
            self._effort.statements = sum(rereader.judged for rereader in self._rereaders)
        return self._effort

    def notes(self) -> Iterator[str]:
        """Yield what the reader of the result must know."""
        effort = self._effort
        new = [
            source_id
            for source_id in self._proposed.sources
            if self._proposed.collects(source_id) and not self._present.collects(source_id)
        ]
        if unknown := [source_id for source_id in new if source_id not in self._seen]:
            yield f"nothing of {', '.join(unknown)} is in the archive: what it would bring is not known"
        if len(effort.models) > 1:
            shares = ", ".join(f"{n} by {model}" for model, n in effort.models.most_common())
            yield f"stored judgements are of more than one model: {shares}"
        if effort.without_page:
            yield f"{effort.without_page} pages are not in the archive any more: their stored text was read"
        if effort.failed:
            yield f"{effort.failed} articles could not be read again"


def _voice(source: Source | None) -> tuple[object, ...] | None:
    """Return what of a source decides whose words its texts are."""
    return (source.default_speaker, source.kind, source.bloc) if source else None


def _layout(source: Source) -> tuple[object, ...]:
    """Return what of a source decides how an article is made of its page."""
    return (source.article, source.encoding, source.timezone)


def _takes(source: Source, url: str) -> bool:
    included = not source.include or any(re.search(pattern, url) for pattern in source.include)
    return included and not any(re.search(pattern, url) for pattern in source.exclude)


def _mismatch(raised: list[Alert], before: tuple[Alert, ...]) -> Iterator[str]:
    """Say where the present configuration is not the one under which the alerts were raised."""
    really, replayed = {alert.key for alert in raised}, {alert.key for alert in before}
    if really != replayed:
        yield (
            f"{len(really)} alerts were really raised, {len(really - replayed)} of which the present "
            f"configuration would not raise; it would raise {len(replayed - really)} others: "
            "it was changed since, or statements were judged by another model"
        )
