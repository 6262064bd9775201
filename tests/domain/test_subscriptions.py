"""What a subscription lets through and keeps away, and its form at rest."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.alerts import Alert, AlertKind, Direction, FirstOfItsKind
from monitor.domain.stance import Act, Stance, Tier, Topic
from monitor.domain.subscriptions import (
    USUAL,
    Filter,
    Kind,
    Pace,
    Subscription,
    kinds_of,
    wants,
    why_unwanted,
)
from tests.builders import NOON, make_assessment, make_finding, make_speaker


def make_alert(**changes: object) -> Alert:
    """Return an alert: a Russian minister accuses Armenia, in Russian, of trade."""
    return replace(Alert("key", "rule", make_finding(1, make_assessment()), NOON), **changes)  # type: ignore[arg-type]


SEVERITY = make_assessment().severity
FITTING = {
    "targets": ("armenia", "csto"),
    "directions": (Direction.FROM_RUSSIA, Direction.TO_RUSSIA),
    "stances": (Stance.HOSTILE, Stance.CONCILIATORY),
    "acts": (Act.ACCUSE, Act.PRAISE),
    "topics": (Topic.SANCTIONS_TRADE, Topic.ENERGY),
    "tiers": (Tier.GOVERNMENT, Tier.OUTLET),
    "blocs": ("russia", "armenia"),
    "sources": ("agency", "daily"),
    "languages": ("ru", "en"),
    "words": ("обвинил армению", "газ"),
    "kinds": (Kind.STATEMENT, Kind.SILENCE),
}
"""For each part a value that fits the alert and one that does not."""

filters = st.builds(
    Filter,
    targets=st.frozensets(st.text(max_size=12), max_size=4),
    directions=st.frozensets(st.sampled_from(Direction)),
    stances=st.frozensets(st.sampled_from(Stance)),
    acts=st.frozensets(st.sampled_from(Act)),
    topics=st.frozensets(st.sampled_from(Topic)),
    tiers=st.frozensets(st.sampled_from(Tier)),
    blocs=st.frozensets(st.text(max_size=12), max_size=4),
    sources=st.frozensets(st.text(max_size=12), max_size=4),
    languages=st.frozensets(st.text(max_size=3), max_size=4),
    words=st.frozensets(st.text(max_size=30), max_size=4),
    kinds=st.frozensets(st.sampled_from(Kind)),
    min_severity=st.integers(0, 100),
)


@given(filters)
def test_filter_comes_back_from_its_json(wanted: Filter) -> None:
    """Through text too; equal filters are equal texts, so that a store can tell twins."""
    text = json.dumps(wanted.to_json(), sort_keys=True)
    again = Filter.from_json(json.loads(text))
    assert wanted == again
    assert text == json.dumps(again.to_json(), sort_keys=True)


@given(filters, st.sampled_from(Pace), st.text(max_size=20), st.integers(0, 2**31 - 1))
def test_subscription_comes_back_from_its_json(wanted: Filter, pace: Pace, name: str, thread: int) -> None:
    """All but its number and chat, which others know."""
    one = Subscription(3, 100, wanted, name, pace, thread)
    assert one == Subscription.from_json(3, 100, json.loads(json.dumps(one.to_json())))


def test_filter_that_wants_everything_is_an_empty_structure() -> None:
    """What is usual is left out."""
    assert {} == Filter().to_json()
    assert Filter() == Filter.from_json({})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"tragets": []}, "'tragets' is no part"),
        ({"targets": "armenia"}, "targets: a list of texts"),
        ({"targets": [1]}, "targets: a list of texts"),
        ({"acts": ["shout"]}, "acts: 'shout'"),
        ({"kinds": ["rumour"]}, "kinds: 'rumour'"),
        ({"min_severity": 101}, "min_severity: a whole number"),
        ({"min_severity": True}, "min_severity: a whole number"),
        ({"min_severity": "40"}, "min_severity: a whole number"),
    ],
)
def test_what_is_no_filter_is_refused_by_its_key(given: dict[str, object], words: str) -> None:
    """So that people see what to mend."""
    with pytest.raises(ValueError, match=words):
        Filter.from_json(given)


def test_every_part_of_a_filter_is_looked_at_here() -> None:
    """A new part must be given its two values above."""
    assert {f.name for f in fields(Filter)} == {*FITTING, "min_severity"}


@pytest.mark.parametrize("part", FITTING)
def test_each_part_lets_through_what_fits_and_keeps_away_what_does_not(part: str) -> None:
    """Any one value that fits is enough; the reason is the part's name."""
    fits, other = FITTING[part]
    alert = make_alert()
    for wanted in ((fits,), (fits, other)):
        assert why_unwanted(Filter.from_json({part: list(wanted)}), alert) is None
    assert part == why_unwanted(Filter.from_json({part: [other]}), alert)


def test_severity_is_a_least_one() -> None:
    """The bound itself passes."""
    assert why_unwanted(Filter(min_severity=SEVERITY), make_alert()) is None
    assert "min_severity" == why_unwanted(Filter(min_severity=SEVERITY + 1), make_alert())


def test_all_parts_must_fit_and_the_first_that_does_not_is_named() -> None:
    """In the order in which people think of them."""
    fits_all = Filter.from_json({part: [values[0]] for part, values in FITTING.items()})
    assert why_unwanted(fits_all, make_alert()) is None
    for part in FITTING:
        wrong = Filter.from_json({**fits_all.to_json(), part: [FITTING[part][1]]})
        assert part == why_unwanted(wrong, make_alert())


@pytest.mark.parametrize(
    ("words", "passes"),
    [
        ({"обвинил армению"}, True),
        ({"обвинил казахстан"}, False),
        ({"казахстан", "минсельхоз"}, True),
        ({"АРМЕНИЮ"}, True),
    ],
)
def test_all_words_of_one_entry_must_be_there(words: set[str], passes: bool) -> None:
    """Of several entries one is enough."""
    assert passes is wants(Subscription(1, 1, Filter(words=frozenset(words))), make_alert())


def test_words_are_looked_for_by_their_dictionary_forms() -> None:
    """Given a dictionary, endings do not matter."""

    def first_letters(text: str) -> frozenset[str]:
        return frozenset(word[:5].casefold() for word in text.split())

    wanted = Filter(words=frozenset({"армения обвинять"}))
    assert why_unwanted(wanted, make_alert(), first_letters) is None
    assert "words" == why_unwanted(wanted, make_alert())


def test_softened_statement_is_judged_as_it_was() -> None:
    """Its subscribers were told of the sharp one."""
    former = make_finding(1, make_assessment(act=Act.THREATEN))
    now = make_finding(2, make_assessment(act=Act.REJECT))
    wanted = Filter(acts=frozenset({Act.THREATEN}))
    softened = make_alert(kind=AlertKind.SOFTENED, finding=now, former=former)
    sharpened = make_alert(kind=AlertKind.SHARPENED, finding=now, former=former)
    assert why_unwanted(wanted, softened) is None
    assert "acts" == why_unwanted(wanted, sharpened)


def test_kinds_are_chosen() -> None:
    """A first is a statement too; an edit is a change and nothing else."""
    first = make_alert(first=FirstOfItsKind(Act.ACCUSE, NOON - NOON))
    change = make_alert(kind=AlertKind.REMOVED)
    assert {Kind.STATEMENT, Kind.FIRST} == kinds_of(first)
    assert {Kind.CHANGE} == kinds_of(change)
    only_firsts = Filter(kinds=frozenset({Kind.FIRST}))
    assert why_unwanted(only_firsts, first) is None
    assert "kinds" == why_unwanted(only_firsts, make_alert())
    assert "kinds" == why_unwanted(Filter(kinds=frozenset({Kind.STATEMENT})), change)
    assert why_unwanted(Filter(kinds=frozenset()), change) is None


@pytest.mark.parametrize(
    ("bloc", "target", "wanted"),
    [("russia", "armenia", True), ("armenia", "russia", True), ("armenia", "csto", False)],
)
def test_usual_wish_is_moscow_and_its_allies(bloc: str, target: str, wanted: bool) -> None:
    """What /start offers."""
    said = make_assessment(target=target, speaker=make_speaker(bloc=bloc), act=Act.THREATEN)
    assert said.severity >= USUAL.min_severity
    alert = Alert("key", "rule", make_finding(1, said), NOON)
    assert (None if wanted else "directions") == why_unwanted(USUAL, alert)
