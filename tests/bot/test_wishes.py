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
from monitor.bot.wishes import MisreadError, name_targets, parse_latest, parse_wish
from monitor.domain.stance import Stance
from monitor.domain.subscriptions import Filter
from tests.notify.builders import TARGETS

NAMES = name_targets(TARGETS)
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
    assert expected == parse_wish(text, NAMES)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("armennia", "armenia"),
        ("hostil", "hostile"),
        ("severety 5", "severity"),
        ("казахстана", "казахстан"),
        ("severity 400", "severity 0–100"),
        ("qqqqqq", None),
    ],
)
def test_unknown_word_is_named_with_its_nearest(text: str, nearest: str | None) -> None:
    """Nothing is guessed."""
    with pytest.raises(MisreadError) as caught:
        parse_wish(text, NAMES)
    assert nearest == caught.value.nearest


@given(st.text(max_size=60))
def test_no_text_breaks_the_readers(text: str) -> None:
    """Either a wish or a word that was not understood."""
    for parse in (lambda: parse_wish(text, NAMES), lambda: parse_latest(text, NAMES, 5, 20)):
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
