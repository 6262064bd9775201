"""The weekly digest, compiled and reviewed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.domain.coverage import CoverageGap
from monitor.domain.digest import Digest, DigestState, ReviewStep, apply_review, compile_digest
from monitor.domain.stance import Act, Stance
from monitor.domain.statement import Finding
from tests.builders import make_assessment, make_finding, make_speaker

MONDAY = datetime(2024, 3, 11, tzinfo=UTC)
WEEK = timedelta(days=7)
NOON = timedelta(hours=12)
GAP = CoverageGap("agency", "Agency", MONDAY, MONDAY + WEEK, "silent")


def compile_week(findings: list[Finding]) -> Digest:
    """Compile the week of 11 March for two targets."""
    return compile_digest(findings, ["armenia", "belarus"], MONDAY, UTC, "UTC", [GAP], {}, MONDAY + WEEK)


def history() -> list[Finding]:
    """Return seven calm weeks and a hostile eighth."""
    calm = [
        make_finding(i, make_assessment(stance=Stance.CONCILIATORY), said_at=MONDAY - i * WEEK + NOON)
        for i in range(1, 8)
    ]
    sharp = [
        make_finding(10 + i, make_assessment(act=act), said_at=MONDAY + NOON + timedelta(days=i))
        for i, act in enumerate([Act.THREATEN, Act.ACCUSE, Act.REJECT, Act.DERIDE])
    ]
    return calm + sharp


def test_week_is_counted_and_compared_with_the_weeks_before() -> None:
    """Four hostile statements after seven warm weeks."""
    armenia, belarus = compile_week(history()).sections
    assert (4, 0, 0) == (armenia.hostile, armenia.neutral, armenia.conciliatory)
    assert armenia.change.difference is not None
    assert armenia.change.difference < -0.5
    assert 8 == len(armenia.series)
    assert (0, None) == (belarus.hostile, belarus.mean_intensity)
    assert belarus.change.insufficient


def test_three_sharpest_stand_as_evidence_numbered_through() -> None:
    """Entries are ranked by severity and numbered across sections."""
    digest = compile_week(history())
    assert [1, 2, 3] == [entry.number for entry in digest.entries]
    assert [10, 11, 13] == [entry.finding.id for entry in digest.entries]


def test_uncertain_statement_is_no_evidence() -> None:
    """What the classifier abstains from is not shown to readers."""
    digest = compile_week([make_finding(1, make_assessment(uncertain=True), said_at=MONDAY + NOON)])
    assert () == digest.entries


def test_self_talk_is_not_counted() -> None:
    """A government about its own state is no rhetoric toward it."""
    own = make_finding(1, make_assessment(speaker=make_speaker(bloc="armenia")), said_at=MONDAY + NOON)
    assert 0 == compile_week([own]).sections[0].hostile


def test_gaps_and_model_are_named() -> None:
    """Readers see what was not read and which model judged."""
    digest = compile_week(history())
    assert (GAP,) == digest.gaps
    assert digest.model == "test-1"


def test_review_drops_restores_relabels_and_approves_in_order() -> None:
    """Later steps win; the classifier's stance stays visible beside the reviewer's."""
    draft = compile_week(history())

    def step(action: str, entry: int | None = None, detail: str = "") -> ReviewStep:
        return ReviewStep(draft.week, MONDAY, "anna", action, entry, detail)

    reviewed = apply_review(
        draft,
        [
            step("draft"),
            step("drop", 1),
            step("drop", 2),
            step("restore", 1),
            step("relabel", 3, "neutral"),
            step("drop", 99),
            step("approve"),
        ],
    )
    first, second, third = reviewed.entries
    assert (False, True) == (first.dropped, second.dropped)
    assert Stance.NEUTRAL is third.stance
    assert Stance.HOSTILE is third.finding.assessment.stance
    assert DigestState.APPROVED is reviewed.state
    published = apply_review(reviewed, [step("publish")])
    assert DigestState.PUBLISHED is published.state
