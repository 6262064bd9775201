"""Watching whether sources still look like what the model in use learnt from."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from monitor.domain.drift import Shift, SourceDrift, measure_drift
from monitor.domain.stance import Judgement
from monitor.errors import ModelError
from monitor.pipeline.ports import Classifier, Findings


def watch_drift(
    findings: Findings, classifier: Classifier, since: datetime, until: datetime
) -> list[SourceDrift]:
    """Return how each source's judgements of [since, until) differ from the training corpus, most first.

    Only what the model in use judged counts. Raises ModelError for a model that does not tell the
    shares of its training corpus.
    """
    if classifier.expected is None:
        raise ModelError(
            f"{classifier.version}: its model.json does not tell the shares of its training corpus "
            "(`expected`), so there is nothing to compare with"
        )
    judged: dict[str, list[Judgement]] = defaultdict(list)
    for finding in findings.between(since, until):
        if finding.assessment.judgement.model == classifier.version:
            judged[finding.source_id].append(finding.assessment.judgement)
    drifts = [measure_drift(source, given, classifier.expected) for source, given in judged.items()]
    return sorted(drifts, key=lambda drift: (-drift.index, drift.source_id))


def newly_shifted(
    findings: Findings, classifier: Classifier, now: datetime, recent: timedelta, before: timedelta
) -> list[SourceDrift]:
    """Return the sources that differ much over the `recent` time and did not in the time `before` it.

    One that always differed, or of which too little was judged before, is not among them.
    """
    since = now - recent
    earlier = {drift.source_id: drift for drift in watch_drift(findings, classifier, since - before, since)}
    return [
        drift
        for drift in watch_drift(findings, classifier, since, now)
        if drift.shift is Shift.MUCH
        and drift.source_id in earlier
        and earlier[drift.source_id].shift in (Shift.STEADY, Shift.SOME)
    ]
