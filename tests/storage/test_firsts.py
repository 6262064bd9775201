"""What speakers did before, in the store."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from monitor.domain.alerts import Rule
from monitor.domain.firsts import YEAR, Past, mark_first
from monitor.domain.stance import Act, Stance
from monitor.domain.statement import Finding
from monitor.pipeline.alert import raise_alerts
from storage import Store
from tests.audience import read_audience
from tests.builders import NOON, make_assessment, make_speaker
from tests.storage.builders import assess, collect, find_one, make_alert

DAY = timedelta(days=1)


def say(
    store: Store,
    at: datetime,
    act: Act = Act.ACCUSE,
    name: str | None = "Ivan Petrov",
    target: str = "armenia",
    stance: Stance = Stance.HOSTILE,
    bloc: str = "russia",
) -> Finding:
    """Save what somebody did at a time and return the finding."""
    say.count += 1  # type: ignore[attr-defined]
    key = f"s{say.count}"  # type: ignore[attr-defined]
    assessment = make_assessment(target, stance, make_speaker(name, bloc=bloc), act=act)
    return find_one(store, key, assessment, seen=at, published_at=at)


say.count = 0  # type: ignore[attr-defined]


def watch(store: Store, days: int, every: float = 4.8, gap: range = range(0)) -> None:
    """Let others of the side be heard for so many days before noon."""
    for n in range(int(days / every)):
        back = every * n
        if int(back) not in gap:
            say(store, NOON - DAY * back, name=None)


@pytest.mark.parametrize(
    ("days", "every", "gap"), [(340, 4.8, range(0)), (420, 4.8, range(100, 160)), (420, 8, range(0))]
)
def test_silent_until_there_is_a_whole_year(store: Store, days: int, every: float, gap: range) -> None:
    """Neither eleven months, nor a year with two months missing, nor one of hardly any statements."""
    watch(store, days, every, gap)
    assert store.firsts.past(say(store, NOON, Act.THREATEN), Act.THREATEN).watched is None


def test_unwatched_past_makes_no_first(store: Store) -> None:
    """Whatever was not done in it."""
    alert = make_alert(say(store, NOON, Act.THREATEN))
    assert mark_first(alert, Act.THREATEN, Past(None, None)) == alert
    assert mark_first(alert, Act.THREATEN, Past(YEAR, None)).first is not None


def test_one_old_article_is_no_year_of_history(store: Store) -> None:
    """A front may show a text of years ago on the first day."""
    say(store, NOON - 3 * YEAR)
    watch(store, 30)
    assert store.firsts.past(say(store, NOON, Act.THREATEN), Act.THREATEN).watched is None


def test_last_time_is_found_among_the_same_speakers_acts_toward_the_same_target(store: Store) -> None:
    """Others, other targets and other acts are no precedent."""
    watch(store, 420)
    for days, changes in (
        (10, {"name": "Another"}),
        (20, {"target": "kazakhstan"}),
        (30, {"act": Act.PUNISH}),
    ):
        say(store, NOON - DAY * days, **{"act": Act.THREATEN, **changes})  # type: ignore[arg-type]
    finding = say(store, NOON, Act.THREATEN)
    past = store.firsts.past(finding, Act.THREATEN)
    assert past.before is None
    assert past.watched is not None
    assert past.watched >= YEAR
    say(store, NOON - DAY * 40, Act.THREATEN)
    assert store.firsts.past(finding, Act.THREATEN) == Past(past.watched, NOON - DAY * 40)
    assert store.firsts.past(say(store, NOON - DAY * 41, Act.THREATEN), Act.THREATEN).before is None


def test_copies_of_the_same_story_are_no_precedent(store: Store) -> None:
    """The wire came an hour before; what follows in another outlet is the same news."""
    watch(store, 420)
    threat = make_assessment(act=Act.THREATEN, speaker=make_speaker())
    saved = collect(store, "wire", "Wire.", seen=NOON - timedelta(hours=1))
    story = assess(store, saved, threat)
    copy = collect(store, "copy", "Copy.", seen=NOON)
    assess(store, copy, threat, story_id=story)
    (finding,) = store.findings.for_url(copy.article.url)
    assert store.firsts.past(finding, Act.THREATEN).before is None


@pytest.mark.parametrize(("back", "expected"), [(None, True), (400, True), (364, False)])
def test_first_threat_in_a_year_is_marked_when_alerts_are_decided(
    store: Store, back: int | None, expected: bool
) -> None:
    """It is kept with the alert; one of a year ago is told with its day."""
    watch(store, 460)
    if back is not None:
        say(store, NOON - DAY * back, Act.THREATEN)
    while store.findings.undecided(500):
        raise_alerts(store.findings, store.alerts, read_audience(store, NOON), [], NOON, max_age=10 * DAY)
    finding = say(store, NOON, Act.THREATEN)
    raise_alerts(
        store.findings,
        store.alerts,
        read_audience(store, NOON),
        [Rule("r")],
        NOON,
        max_age=10 * DAY,
        firsts=store.firsts,
    )
    found = store.alerts.for_finding(finding.id)
    assert found is not None
    first = found[1].first
    assert (first is not None) is expected
    if first is not None:
        assert first.act is Act.THREATEN
        assert first.before == (None if back is None else NOON - DAY * back)


@pytest.mark.parametrize("act", [Act.ACCUSE, Act.DEMAND])
def test_lighter_acts_and_unnamed_speakers_are_never_firsts(store: Store, act: Act) -> None:
    """Nobody asks when somebody first demanded."""
    watch(store, 420)
    while store.findings.undecided(500):
        raise_alerts(store.findings, store.alerts, read_audience(store, NOON), [], NOON, max_age=DAY)
    findings = [say(store, NOON, act), say(store, NOON, Act.THREATEN, name=None)]
    raise_alerts(
        store.findings,
        store.alerts,
        read_audience(store, NOON),
        [Rule("r")],
        NOON,
        max_age=DAY,
        firsts=store.firsts,
    )
    for finding in findings:
        found = store.alerts.for_finding(finding.id)
        assert found is not None
        assert found[1].first is None
