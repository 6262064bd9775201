"""Reading what people type."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.bot.signing import (
    ExpiredDataError,
    ForgedDataError,
    Signer,
    pack_moment,
    same_secret,
    unpack_moment,
)
from monitor.bot.vocabulary import make_vocabulary, name_targets
from monitor.bot.wishes import MisreadError, Wish, parse_latest, parse_wish, read_words
from monitor.domain.alerts import Direction
from monitor.domain.stance import OFFICIAL_TIERS, Act, Stance, Tier, Topic
from monitor.domain.subscriptions import MOST_WORDS, Filter, Kind, Pace
from tests.bot.conftest import SOURCES
from tests.notify.builders import TARGETS

NAMES = name_targets(TARGETS)
WORDS = make_vocabulary(TARGETS, SOURCES)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("armenia", Filter(frozenset({"armenia"}))),
        ("ARMENIA,kazakhstan;", Filter(frozenset({"armenia", "kazakhstan"}))),
        ("union_state", Filter(frozenset({"union_state"}))),
        ("Union State and Armenia", Filter(frozenset({"union_state", "armenia"}))),
        ("Союзное государство и армения", Filter(frozenset({"union_state", "armenia"}))),
        ("hostile toward armenia", Filter(frozenset({"armenia"}), stances=frozenset({Stance.HOSTILE}))),
        ("hostile conciliatory", Filter()),
        ("severity 40", Filter(min_severity=40)),
        ("severity>=40", Filter(min_severity=40)),
        ("severity >= 40", Filter(min_severity=40)),
        ("≥40", Filter(min_severity=40)),
        ("сила от 40", Filter(min_severity=40)),
        ("60+", Filter(min_severity=60)),
        ("everything", Filter()),
        ("все враждебные", Filter(stances=frozenset({Stance.HOSTILE}))),
    ],
)
def test_forgiving_words_are_understood(text: str, expected: Filter) -> None:
    """Any order, any case, commas, fillers, both languages."""
    assert Wish(expected) == parse_wish(text, WORDS)


BROAD = Filter(
    targets=frozenset({"armenia", "kazakhstan"}),
    directions=frozenset({Direction.FROM_RUSSIA}),
    stances=frozenset({Stance.HOSTILE}),
    acts=frozenset({Act.THREATEN}),
    topics=frozenset({Topic.ENERGY}),
    tiers=frozenset(OFFICIAL_TIERS),
    min_severity=50,
)


@pytest.mark.parametrize(
    "text",
    [
        "hostile armenia kazakhstan severity 50 daily from russia officials threats energy",
        "ежедневно враждебные угрозы к Армении и Казахстану от Москвы, официальные лица, энергетика, сила 50",
    ],
)
def test_all_parts_are_read_in_both_languages(text: str) -> None:
    """Russian names in any case."""
    assert Wish(BROAD, Pace.DAILY) == parse_wish(text, WORDS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("weekly", Wish(pace=Pace.WEEKLY)),
        ("раз в час", Wish(pace=Pace.HOURLY)),
        ("to moscow", Wish(Filter(directions=frozenset({Direction.TO_RUSSIA})))),
        ("к москве", Wish(Filter(directions=frozenset({Direction.TO_RUSSIA})))),
        ("from the west", Wish(Filter(blocs=frozenset({"west"})))),
        ("from armenia", Wish(Filter(blocs=frozenset({"armenia"})))),
        ("из Армении", Wish(Filter(blocs=frozenset({"armenia"})))),
        ("commentators", Wish(Filter(tiers=frozenset({Tier.COMMENTATOR})))),
        ("мид", Wish(Filter(tiers=frozenset({Tier.FOREIGN_MINISTRY})))),
        ("in english", Wish(Filter(languages=frozenset({"en"})))),
        ("по-русски", Wish(Filter(languages=frozenset({"ru"})))),
        ("source agency", Wish(Filter(sources=frozenset({"agency"})))),
        ("источник Daily 07", Wish(Filter(sources=frozenset({"daily-7"})))),
        ("firsts, silence", Wish(Filter(kinds=frozenset({Kind.FIRST, Kind.SILENCE})))),
        ("молчание", Wish(Filter(kinds=frozenset({Kind.SILENCE})))),
        ('«Военная  база», "газ"', Wish(Filter(words=frozenset({"военная база", "газ"})))),
    ],
)
def test_each_part_has_its_words(text: str, expected: Wish) -> None:
    """What stands in quotation marks is looked for in the statement itself."""
    assert expected == parse_wish(text, WORDS)


def test_every_value_that_can_be_chosen_can_be_said() -> None:
    """Whatever a button offers has a word too."""
    said = {(choice.part, value) for choice in WORDS.values() for value in choice.values}
    every = {"acts": Act, "topics": Topic, "tiers": Tier, "kinds": Kind, "pace": Pace}
    wanted = {(part, value) for part, values in every.items() for value in values}
    wanted |= {("directions", d) for d in Direction if d is not Direction.ANY}
    assert set() == wanted - said


@pytest.mark.parametrize("text", ["x" * 61, ", ".join(f"word{n}" for n in range(MOST_WORDS + 1))])
def test_too_many_or_too_long_words_are_refused(text: str) -> None:
    """A filter stays small."""
    with pytest.raises(MisreadError):
        read_words(text)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("armennia", "armenia"),
        ("hostil", "hostile"),
        ("severety 5", "severity"),
        ("казахстанаа", "казахстана"),
        ("threts", "threats"),
        ("энергетка", "энергетика"),
        ("source agencie", "source agency"),
        ("severity 400", "severity 0–100"),
        ("qqqqqq", None),
    ],
)
def test_unknown_word_is_named_with_its_nearest(text: str, nearest: str | None) -> None:
    """Nothing is guessed."""
    with pytest.raises(MisreadError) as caught:
        parse_wish(text, WORDS)
    assert nearest == caught.value.nearest


@given(st.text(max_size=60))
def test_no_text_breaks_the_readers(text: str) -> None:
    """Either a wish or a word that was not understood."""
    for parse in (lambda: parse_wish(text, WORDS), lambda: parse_latest(text, NAMES, 5, 20)):
        with contextlib.suppress(MisreadError):
            parse()


def test_number_of_alerts_is_kept_within_bounds() -> None:
    """Twenty at most, one at least."""
    assert [20, 1, 5] == [parse_latest(text, NAMES, 5, 20)[1] for text in ("9" * 50, "0", "armenia")]


@given(st.text(alphabet="abcdef:0123456789", min_size=1, max_size=30), st.integers(0, 2**52))
def test_signed_data_opens_for_its_user_until_it_expires(payload: str, user: int) -> None:
    """And for nobody else, and not a minute longer, and not if one character differs."""
    signer = Signer.from_token("token")
    data = signer.sign(payload, user, NOW + timedelta(minutes=5))
    assert len(data.encode()) <= 64
    assert payload == signer.open(data, user, NOW + timedelta(minutes=5))
    with pytest.raises(ExpiredDataError):
        signer.open(data, user, NOW + timedelta(minutes=5, seconds=1))
    with pytest.raises(ForgedDataError):
        signer.open(data, user + 1, NOW)
    for at in range(len(data)):
        changed = data[:at] + ("A" if data[at] != "A" else "B") + data[at + 1 :]
        with pytest.raises(ForgedDataError):
            signer.open(changed, user, NOW)


@given(st.text(max_size=64))
def test_foreign_data_is_forged_whatever_it_is(data: str) -> None:
    """No text from outside raises anything else."""
    with pytest.raises(ForgedDataError):
        Signer.from_token("token").open(data, 1, NOW)


def test_overlong_payload_is_our_own_mistake() -> None:
    """Telegram takes 64 bytes."""
    with pytest.raises(ValueError, match="64"):
        Signer.from_token("token").sign("x" * 50, 1, NOW)


def test_empty_secret_never_fits() -> None:
    """A bot without a code lets nobody in by one."""
    assert same_secret("code", "code")
    assert not same_secret("code", "other")
    assert not same_secret("", "")


def test_week_survives_packing() -> None:
    """Half-hour zones too."""
    week = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)
    assert week == unpack_moment(pack_moment(week))
