"""What an alert and its explanation say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.domain.actors import Speaker
from monitor.domain.stance import Act
from monitor.messages.alert import render_alert, render_explanation
from monitor.messages.reader import choose_language
from monitor.messages.words import ACTS, LABELS, STANCES, TIERS, TOPICS, count_others
from tests.builders import make_finding
from tests.fakes.telegram_rules import parse_html, utf16_units
from tests.notify.builders import READERS, RULE, make_alert, quote


def test_alert_shows_all_that_a_reader_needs() -> None:
    """Quotation with the mention marked, who toward whom, how surely, what act, who carried it, when, why."""
    seen, entities = parse_html(render_alert(12, make_alert(), READERS["en"]))
    for expected in (
        "Hostile → Armenia",
        "severity 49",
        "Ivanov said that Yerevan had broken its word.",
        "Sergei Ivanov (trade minister; government, Russia)",
        "90%",
        "accuses",
        "Agency and 2 others",
        "13 Mar 2024 16:00 +04",
        "/why_12",
    ):
        assert expected in seen
    assert ("u", "Yerevan") in entities
    assert ("a", "source") in entities


def test_alert_speaks_russian_to_russian_readers() -> None:
    """Names, forms and dates too."""
    seen, _ = parse_html(render_alert(12, make_alert(), READERS["ru"]))
    for expected in (
        "Враждебно → Армения",
        "Сергей Иванов",
        "обвиняет",
        "и ещё 2 издания",
        "13.03.2024 16:00",
    ):
        assert expected in seen


def test_outlets_own_voice_and_unknown_speaker_are_said_so() -> None:
    """Unknown stays unknown."""
    own = quote(speaker=Speaker.outlet())
    unknown = quote(speaker=Speaker.unknown("nobody named"))
    texts = [render_alert(1, make_alert(make_finding(1, a)), READERS["en"]) for a in (own, unknown)]
    assert "<b>the outlet&#x27;s own voice</b>\n" in texts[0]
    assert "unknown speaker" in texts[1]


def test_hostile_names_and_addresses_cannot_break_the_message() -> None:
    """Every field that was scraped is escaped."""
    evil = '<i>&"x"\u202e'
    finding = make_finding(1, quote(f"{evil} said that Yerevan {evil} lies."), outlets=(evil, "b"))
    finding = replace(finding, url="javascript:alert(1)", title=evil)
    for text in (
        render_alert(1, make_alert(finding), READERS["en"]),
        render_explanation(1, make_alert(finding), RULE, READERS["en"]),
    ):
        _, entities = parse_html(text)
        assert "i" not in {tag for tag, _ in entities}
        assert "a" not in {tag for tag, _ in entities}


def test_very_long_statement_is_shown_around_its_mention() -> None:
    """A megabyte of text still gives one message that holds the mention."""
    text = "word " * 100_000 + "Yerevan" + " word" * 100_000
    seen, entities = parse_html(render_alert(1, make_alert(make_finding(1, quote(text))), READERS["en"]))
    assert ("u", "Yerevan") in entities
    assert utf16_units(seen) < 2000


def test_mention_with_impossible_offsets_still_gives_the_text() -> None:
    """Offsets come from a store; a wrong one must not stop the alert."""
    a = quote()
    broken = replace(a, mention=replace(a.mention, start=500, end=600))
    assert "Yerevan had broken" in render_alert(1, make_alert(make_finding(1, broken)), READERS["en"])


def test_explanation_holds_the_whole_evidence() -> None:
    """Speaker's reason, rule with its thresholds, all probabilities, acts, model, outlets, link."""
    seen, entities = parse_html(render_explanation(12, make_alert(), RULE, READERS["en"]))
    for expected in (
        "№ 12",
        "reported:Ivanov said",
        "rule-1",
        "severity ≥ 20",
        "probability ≥ 0.50",
        "0.90 hostile",
        "0.07 neutral",
        "0.03 conciliatory",
        "accuses 1.00",
        "test-1",
        "Agency, Daily, Herald",
        "Yerevan (capital)",
        "[10, 55)",
    ):
        assert expected in seen
    assert ("a", "Title") in entities


def test_explanation_survives_a_rule_that_was_removed() -> None:
    """Alerts outlive the configuration."""
    assert "no longer configured" in render_explanation(1, make_alert(), None, READERS["en"])


def test_both_languages_have_every_word() -> None:
    """A missing word would break a message at run time."""
    for table in (STANCES, ACTS, TIERS, TOPICS, LABELS):
        assert set(table["en"]) == set(table["ru"])
    assert set(Act) == set(ACTS["en"])


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, ""),
        (1, "и ещё 1 издание"),
        (3, "и ещё 3 издания"),
        (11, "и ещё 11 изданий"),
        (40, "и ещё 40 изданий"),
    ],
)
def test_russian_count_has_its_ending(count: int, expected: str) -> None:
    """Numbers govern the noun."""
    assert expected == count_others(count, "ru")


@pytest.mark.parametrize(
    ("code", "expected"),
    [("ru", "ru"), ("ru-RU", "ru"), ("en", "en"), ("hy", "en"), (None, "en"), ("", "en")],
)
def test_interface_follows_the_users_language(code: str | None, expected: str) -> None:
    """Russian for Russian, else English."""
    assert expected == choose_language(code)
