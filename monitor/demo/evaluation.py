"""Comparing what the program made of a newsroom with what was expected: pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.demo.expected import Expectation, Expected
from monitor.domain.alerts import Alert, alert_key
from monitor.domain.stance import Stance
from monitor.domain.statement import Finding

NOT_FOUND = "no judged statement holds these words with this target"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that was judged otherwise: which, as it should be, as it was judged."""

    what: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class Miss:
    """An expectation that was not met; `finding` is the nearest one, None where none was found."""

    expectation: Expectation
    mismatches: tuple[Mismatch, ...]
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class EpisodeResult:
    """How one episode was judged."""

    id: str
    title: str
    expectations: int
    misses: tuple[Miss, ...]
    alerts_expected: int = 0
    """Of the expectations, those that must raise an alert."""

    @property
    def as_expected(self) -> bool:
        """Whether every judgement is as the table expects."""
        return not self.misses

    @property
    def told(self) -> bool:
        """Whether analysts were told of it rightly.

        At least one of its statements alerted with the right speaker, tier, target, stance and
        act where it must alert at all, and none that must not.
        """
        missed = sum(miss.expectation.alert is True for miss in self.misses)
        false = any(
            miss.expectation.alert is False and any(m.what == "alert" for m in miss.mismatches)
            for miss in self.misses
        )
        return not false and (self.alerts_expected == 0 or missed < self.alerts_expected)


@dataclass(frozen=True, slots=True)
class WireResult:
    """How many alerts a wire with its copies raised, and how many it should."""

    item: str
    carriers: int
    expected: int
    alerts: tuple[Alert, ...]

    @property
    def as_expected(self) -> bool:
        """Whether the copies were folded as they should be."""
        return len(self.alerts) == self.expected


@dataclass(frozen=True, slots=True)
class EpisodeReport:
    """Everything that was expected, and what became of it."""

    episodes: tuple[EpisodeResult, ...]
    wires: tuple[WireResult, ...]
    false_alerts: tuple[Alert, ...]
    """Alerts on items that must raise nothing."""
    background_expectations: int
    background_misses: tuple[Miss, ...]

    @property
    def passed(self) -> int:
        """How many episodes were judged as expected."""
        return sum(episode.as_expected for episode in self.episodes)

    @property
    def told(self) -> int:
        """How many episodes analysts were told of rightly."""
        return sum(episode.told for episode in self.episodes)

    @property
    def judgements(self) -> tuple[int, int]:
        """How many of the episodes' judgements are as expected, and how many there are."""
        total = sum(episode.expectations for episode in self.episodes)
        return total - sum(len(episode.misses) for episode in self.episodes), total


def evaluate_episodes(
    findings: Iterable[Finding], alerts: Sequence[Alert], expected: Expected, item_of: Mapping[str, str]
) -> EpisodeReport:
    """Return how the findings and alerts compare with the expectations.

    `item_of` gives the item's id for a finding's URL. A finding counts as alerted when there is
    an alert with its key, be it raised for another statement that says the same.
    """
    by_item: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_item[item_of.get(finding.url, "")].append(finding)
    keys = {alert.key for alert in alerts}

    def misses(expectations: Iterable[Expectation]) -> tuple[Miss, ...]:
        found = (_find_miss(e, by_item[e.item], keys) for e in expectations)
        return tuple(miss for miss in found if miss is not None)

    alerts_of: dict[str, list[Alert]] = defaultdict(list)
    for alert in alerts:
        alerts_of[item_of.get(alert.finding.url, "")].append(alert)
    return EpisodeReport(
        episodes=tuple(
            EpisodeResult(
                e.id, e.title, len(e.expect), misses(e.expect), sum(x.alert is True for x in e.expect)
            )
            for e in expected.episode
        ),
        wires=tuple(
            WireResult(
                wire.item,
                len(wire.items),
                wire.alerts,
                tuple(alert for item in wire.items for alert in alerts_of[item]),
            )
            for wire in expected.wire
        ),
        false_alerts=tuple(alert for item in expected.noise.items for alert in alerts_of[item]),
        background_expectations=len(expected.background.expect),
        background_misses=misses(expected.background.expect),
    )


def _find_miss(expectation: Expectation, findings: Sequence[Finding], keys: set[str]) -> Miss | None:
    """Return what is wrong with the finding that comes nearest, None where nothing is."""
    candidates = [f for f in findings if _is_about(f, expectation)]
    if not candidates:
        if expectation.optional:
            return None
        return Miss(expectation, (Mismatch("pair", f"{expectation.target}", NOT_FOUND),))
    nearest = min(candidates, key=lambda f: (len(_compare(expectation, f, keys)), f.id))
    mismatches = _compare(expectation, nearest, keys)
    return Miss(expectation, mismatches, nearest) if mismatches else None


def _is_about(finding: Finding, expectation: Expectation) -> bool:
    text = " ".join(finding.assessment.statement.text.split())
    return finding.assessment.target == expectation.target and expectation.quote in text


def _compare(expectation: Expectation, finding: Finding, keys: set[str]) -> tuple[Mismatch, ...]:
    a = finding.assessment
    speaker = a.speaker.name or ""
    acts = set(a.judgement.acts)
    acts_hold = a.stance is Stance.NEUTRAL or not expectation.acts or bool(acts & set(expectation.acts))
    alerted = alert_key(finding) in keys
    checks = (
        ("stance", a.stance in expectation.stance, _either(expectation.stance), a.stance.value),
        ("act", acts_hold, _either(expectation.acts), _either(a.judgement.acts)),
        ("speaker", speaker in expectation.speakers, _either(expectation.speakers), speaker or "none"),
        ("tier", a.speaker.tier in expectation.tier, _either(expectation.tier), a.speaker.tier.value),
        (
            "bloc",
            a.speaker.bloc in expectation.bloc or (not speaker and "" in expectation.speakers),
            _either(expectation.bloc),
            a.speaker.bloc,
        ),
        (
            "alert",
            expectation.alert in ("any", alerted),
            "an alert" if expectation.alert else "no alert",
            "an alert" if alerted else "no alert",
        ),
    )
    return tuple(Mismatch(what, wanted, got) for what, holds, wanted, got in checks if not holds)


def _either(values: Iterable[str]) -> str:
    return " or ".join(str(value) or "none" for value in values) or "none"
