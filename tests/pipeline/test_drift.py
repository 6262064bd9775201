"""Sources against the training corpus, now and before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor.domain.drift import Shares, Shift
from monitor.domain.stance import Stance
from monitor.domain.statement import Finding
from monitor.errors import ModelError
from monitor.pipeline.drift import newly_shifted, watch_drift
from tests.builders import NOON, make_assessment, make_finding
from tests.fakes.classifier import FakeClassifier

CORPUS = Shares(hostile=0.05, neutral=0.8, conciliatory=0.15, uncertain=0.2, judged=1000)
MODEL = FakeClassifier("test-1", expected=CORPUS)
WEEK = timedelta(days=7)
WARM = 25


class Kept:
    """Findings of a store, by when they were said."""

    def __init__(self, findings: list[Finding]) -> None:
        self._findings = findings

    def between(
        self, since: datetime, until: datetime, targets: Collection[str] | None = None
    ) -> list[Finding]:
        """Return those said in the time."""
        return [f for f in self._findings if since <= f.said_at < until]


def said(source: str, when: datetime, hostile: int, neutral: int, model: str = "test-1") -> list[Finding]:
    """Return so many findings of a source at one moment, and WARM friendly ones."""
    found: list[Finding] = []
    for stance in [Stance.HOSTILE] * hostile + [Stance.NEUTRAL] * neutral + [Stance.CONCILIATORY] * WARM:
        assessment = make_assessment(stance=stance)
        assessment = replace(assessment, judgement=replace(assessment.judgement, model=model))
        found.append(make_finding(len(found), assessment, said_at=when, source_id=source))
    return found


def test_sources_that_differ_most_stand_first() -> None:
    """Each source is measured on its own."""
    kept = Kept(said("calm", NOON, 8, 117) + said("loud", NOON, 90, 60))
    found = watch_drift(kept, MODEL, NOON - WEEK, NOON + WEEK)  # type: ignore[arg-type]
    assert [(d.source_id, d.shares.judged) for d in found] == [("loud", 175), ("calm", 150)]
    assert found[0].shift is Shift.MUCH


def test_what_another_model_judged_does_not_count() -> None:
    """Its shares say nothing of the model in use."""
    kept = Kept(said("tass", NOON, 90, 60, model="older"))
    assert watch_drift(kept, MODEL, NOON - WEEK, NOON + WEEK) == []  # type: ignore[arg-type]


def test_model_without_shares_is_an_error_that_names_it() -> None:
    """There is nothing to compare with."""
    with pytest.raises(ModelError, match="fake-1"):
        watch_drift(Kept([]), FakeClassifier(), NOON, NOON)  # type: ignore[arg-type]


def test_only_a_source_that_was_steady_before_is_new() -> None:
    """One that always was loud, or of which too little is known, does not call."""
    now = NOON + WEEK
    before, lately = NOON - timedelta(days=3), NOON + timedelta(days=3)
    kept = Kept(
        said("turned", before, 8, 117)
        + said("turned", lately, 90, 60)
        + said("always", before, 90, 60)
        + said("always", lately, 90, 60)
        + said("fresh", lately, 90, 60)
        + said("calm", before, 8, 117)
        + said("calm", lately, 8, 117)
    )
    found = newly_shifted(kept, MODEL, now, WEEK, 4 * WEEK)  # type: ignore[arg-type]
    assert [drift.source_id for drift in found] == ["turned"]
