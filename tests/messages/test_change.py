"""What an alert about an edit or a deletion says."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from rich.console import Console

from monitor.domain.alerts import Alert, AlertKind
from monitor.domain.changes import ArchivedCopy, ChangeEvidence
from monitor.domain.stance import Stance
from monitor.domain.statement import Finding
from monitor.messages.alert import render_alert, render_explanation
from monitor.messages.change import mark_changes, marked_pieces
from monitor.messages.words import CHANGE_MARKS, CHANGES
from monitor.notify.console import render_alert_panel
from monitor.notify.content import AlertContent
from tests.builders import NOON, make_finding
from tests.fakes.telegram_rules import parse_html, utf16_units
from tests.notify.builders import READERS, RULE, quote

LATER = NOON + timedelta(hours=6)
OLD = ArchivedCopy(0, NOON, "0123456789abcdef" * 4)
NEW = ArchivedCopy(1, LATER, "fedcba9876543210" * 4)
HARSH = "Ivanov said that Yerevan had broken its word."
MILD = "Ivanov said that Yerevan had been slow to answer."


def said(text: str, stance: Stance = Stance.HOSTILE, severity: int = 49) -> Finding:
    """Return a finding about Yerevan."""
    assessment = replace(quote(text, stance=stance), severity=severity)
    return make_finding(1, assessment, outlets=("Agency", "Daily"))


def make(kind: AlertKind = AlertKind.SOFTENED, new: ArchivedCopy | None = NEW, **changes: object) -> Alert:
    """Return an alert about a hostile statement made neutral, or removed."""
    before, after = said(HARSH), said(MILD, Stance.NEUTRAL, 3)
    finding = {AlertKind.REMOVED: before, AlertKind.SHARPENED: before}.get(kind, after)
    former = after if kind is AlertKind.SHARPENED else before
    alert = Alert("key", "rule-1", finding, LATER, kind, former, ChangeEvidence(LATER, OLD, new))
    return replace(alert, **changes)  # type: ignore[arg-type]


def panel(alert: Alert, language: str = "en", *, ascii_only: bool = False, width: int = 80) -> str:
    """Return what a terminal without colour shows."""
    console = Console(file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False)
    console.print(render_alert_panel(AlertContent(12, alert), READERS[language], ascii_only=ascii_only))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("kind", "language", "expected"),
    [
        (AlertKind.SOFTENED, "en", ["Softened (hostile → neutral) → Armenia", "severity 49 → 3"]),
        (AlertKind.SOFTENED, "en", ["before, archived 13 Mar 2024 16:00 +04"]),
        (AlertKind.SOFTENED, "ru", ["Смягчено (враждебно → нейтрально) → Армения", "сила 49 → 3"]),
        (AlertKind.SOFTENED, "ru", ["стало, в архиве с 13.03.2024 22:00"]),
        (AlertKind.SHARPENED, "en", ["Sharpened (neutral → hostile) → Armenia", "severity 3 → 49"]),
        (AlertKind.SHARPENED, "ru", ["Ужесточено (нейтрально → враждебно) → Армения"]),
        (AlertKind.REMOVED, "en", ["Removed (hostile) → Armenia", "The article no longer says it."]),
        (AlertKind.REMOVED, "ru", ["Удалено (враждебно) → Армения", "В материале этого больше нет."]),
    ],
)
def test_telegram_says_what_became_of_the_statement(
    kind: AlertKind, language: str, expected: list[str]
) -> None:
    """In both languages: the kind, the stance before and now, the copies with their hashes and times."""
    seen, entities = parse_html(render_alert(12, make(kind), READERS[language]))
    for words in [*expected, "sha256 0123456789abcdef", "sha256 fedcba9876543210", "/why_12"]:
        assert words in seen
    assert ("a", READERS[language].label("source")) in entities


def test_telegram_strikes_the_words_that_went_and_marks_those_that_came() -> None:
    """The others are shown once."""
    seen, entities = parse_html(render_alert(12, make(), READERS["en"]))
    assert ("s", "broken its word") in entities
    assert ("u", "been slow to answer") in entities
    assert 1 == seen.count("Ivanov said that Yerevan had")


def test_article_taken_down_is_told_with_the_time() -> None:
    """There is no copy after it."""
    seen, _ = parse_html(render_alert(12, make(AlertKind.REMOVED, None), READERS["en"]))
    assert "The article was taken down." in seen
    assert "found missing: 13 Mar 2024 22:00 +04" in seen
    assert "fedcba" not in seen


def test_panel_shows_the_same_without_colour() -> None:
    """What went and what came are marked by signs, and no line is too wide."""
    text = panel(make())
    for words in (
        "SOFTENED (hostile → neutral) → Armenia",
        "severity 49 → 3",
        "[-broken its word-]",
        "{+been slow to answer+}",
        "before: █████████░ hostile 0.90 | accuses",
        "now:    █████████░ neutral 0.90",
        "sha256 0123456789abcdef",
        "sha256 fedcba9876543210",
        "/why 12",
    ):
        assert words in text
    assert max(map(len, text.splitlines())) <= 80


def test_panel_of_a_removal_shows_what_was_said() -> None:
    """With its mention marked, in Russian too, and in a terminal that has only ASCII."""
    assert "had broken its word." in panel(make(AlertKind.REMOVED, None))
    assert "Материал снят с публикации." in panel(make(AlertKind.REMOVED, None), "ru")
    assert "SHARPENED (neutral -> hostile) -> Armenia" in panel(make(AlertKind.SHARPENED), ascii_only=True)


def test_explanation_gives_the_whole_hashes() -> None:
    """Whoever wants to prove it needs all of them."""
    seen, entities = parse_html(render_explanation(12, make(), RULE, READERS["en"]))
    assert OLD.page_sha256 in seen
    assert NEW.page_sha256 in seen
    assert ("s", "broken its word") in entities
    seen, _ = parse_html(render_explanation(12, make(AlertKind.REMOVED, None), RULE, READERS["en"]))
    assert "The article was taken down." in seen


def test_long_statement_is_cut_around_its_changes() -> None:
    """A megabyte before and after gives one message that shows both."""
    before = said("word " * 100_000 + "Yerevan is bad " + "word " * 100_000)
    after = said("word " * 100_000 + "Yerevan is good " + "word " * 100_000, Stance.NEUTRAL)
    seen, entities = parse_html(render_alert(1, make(finding=after, former=before), READERS["en"]))
    assert ("s", "bad") in entities
    assert ("u", "good") in entities
    assert utf16_units(seen) < 2_000


def test_statement_rewritten_throughout_is_cut_too() -> None:
    """All of it is changed words."""
    alert = make(finding=said("Yerevan " + "new " * 5_000), former=said("Yerevan " + "old " * 5_000))
    assert sum(len(piece.text) for piece in marked_pieces(alert, 1_200)) < 1_300


def test_hostile_text_cannot_break_the_message() -> None:
    """What was scraped is escaped and inert on both sides of the edit."""
    evil = '<i>&"x"\u202e \x1b[31m[red]'
    alert = make(finding=said(f"Yerevan {evil} new {evil}"), former=said(f"Yerevan {evil} old {evil}"))
    seen, entities = parse_html(render_alert(1, alert, READERS["en"]))
    assert "i" not in {tag for tag, _ in entities}
    assert not set(seen + panel(alert)) & set("\u202e\x1b")
    assert "[red]" in panel(alert)
    assert "<i>" not in mark_changes(alert, 500)


def test_both_languages_have_words_for_every_kind() -> None:
    """A missing one would break a message at run time."""
    kinds = set(AlertKind) - {AlertKind.STATEMENT}
    assert kinds == set(CHANGES["en"]) == set(CHANGES["ru"]) == set(CHANGE_MARKS)
