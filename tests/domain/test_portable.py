"""A chat's subscriptions and settings as one document."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.portable import FORMAT, DocumentError, Wrong, read_document, write_document
from monitor.domain.preferences import Preferences
from monitor.domain.subscriptions import MOST_WORDS, Filter, Pace, Subscription
from tests.domain.test_subscriptions import filters

CHAT = 100
KNOWN = {"targets": {"armenia"}}
subscriptions = st.builds(
    Subscription,
    id=st.integers(1, 99),
    chat_id=st.just(CHAT),
    filter=filters,
    name=st.text(max_size=60),
    pace=st.sampled_from(Pace),
    thread_id=st.integers(0, 2**31 - 1),
)


@given(st.lists(subscriptions, max_size=5), st.integers(0, 1000))
def test_document_brings_back_what_it_was_made_of(mine: list[Subscription], cap: int) -> None:
    """All but the numbers, which a store gives."""
    settings = Preferences(zone="Asia/Kathmandu", hourly_cap=cap)
    back = read_document(write_document(CHAT, mine, settings), CHAT, 0, {})
    assert (tuple(replace(one, id=0) for one in mine), settings) == (back.subscriptions, back.settings)


@given(st.text(max_size=60) | st.recursive(st.none() | st.text(), st.lists).map(json.dumps))
def test_any_other_text_is_refused(text: str) -> None:
    """Never by another error than ours."""
    with pytest.raises(DocumentError):
        read_document(text, CHAT, 0, {})


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.fixed_dictionaries({"settings": junk, "subscriptions": junk | st.lists(junk, max_size=3)}))
def test_any_document_of_our_form_is_taken_or_refused(given: dict[str, object]) -> None:
    """Whatever stands where subscriptions should."""
    try:
        read_document(json.dumps({"format": FORMAT, **given}), CHAT, 0, KNOWN)
    except DocumentError as error:
        assert error.flaws  # noqa: PT017 - most such documents are refused, some are not


def test_what_is_left_out_is_usual() -> None:
    """Written by hand, a document may be short; without settings they stay."""
    text = json.dumps({"format": FORMAT, "subscriptions": [{"filter": {"min_severity": 40}}]})
    expected = (Subscription(0, CHAT, Filter(min_severity=40), thread_id=7),)
    assert (expected, None) == (
        read_document(text, CHAT, 7, KNOWN).subscriptions,
        read_document(text, CHAT, 7, KNOWN).settings,
    )


@pytest.mark.parametrize(
    ("wanted", "path", "wrong"),
    [
        ({"filter": {"targets": ["atlantis"]}}, "filter.targets", Wrong.VALUE),
        ({"filter": {"words": [str(n) for n in range(MOST_WORDS + 1)]}}, "filter.words", Wrong.MANY),
        ({"filter": {"acts": [["threaten"]]}}, "filter.acts", Wrong.VALUE),
        ({"filter": {"x" * 99: []}}, f"filter.{'x' * 59}…", Wrong.KEY),
        ({"filter": []}, "filter", Wrong.VALUE),
        ({}, "filter", Wrong.MISSING),
        ({"filter": {}, "name": None}, "name", Wrong.VALUE),
        ({"filter": {}, "pace": []}, "pace", Wrong.VALUE),
        ({"filter": {}, "thread_id": True}, "thread_id", Wrong.VALUE),
    ],
)
def test_flaw_says_where_it_is(wanted: dict[str, object], path: str, wrong: Wrong) -> None:
    """By the place within the document."""
    with pytest.raises(DocumentError) as caught:
        read_document(json.dumps({"format": FORMAT, "subscriptions": [wanted]}), CHAT, 0, KNOWN)
    assert [(f"subscriptions[0].{path}", wrong)] == [(flaw.path, flaw.wrong) for flaw in caught.value.flaws]
