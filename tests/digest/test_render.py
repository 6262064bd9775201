"""The digest as people read it: complete, and inert whatever was scraped."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from rich.console import Console

from monitor.digest.render import render_html, render_markdown, write_digest
from monitor.digest.terminal import print_digest
from monitor.domain.actors import Target, TargetKind
from monitor.domain.coverage import CoverageGap
from monitor.domain.digest import Digest, ReviewStep, apply_review, compile_digest
from monitor.domain.stance import Stance
from monitor.messages.inert import safe_link
from monitor.messages.numbers import signed
from tests.builders import make_assessment, make_finding, make_speaker

MONDAY = datetime(2024, 3, 11, tzinfo=UTC)
HOSTILE_TEXT = (
    "Ведомство <script>alert(1)</script> обвинило Армению в [обмане](javascript:alert(2)) *и* | лжи."
)
TARGETS = {"armenia": Target("armenia", TargetKind.STATE, {"en": "Armenia", "ru": "Армения"}, {})}


def make_digest(*actions: tuple[str, int, str]) -> tuple[Digest, list[ReviewStep]]:
    """Return a digest of two entries (1 hostile, 2 conciliatory) with the review's steps applied."""
    findings = [
        make_finding(1, make_assessment(text=HOSTILE_TEXT), said_at=MONDAY + timedelta(hours=9)),
        make_finding(
            2,
            make_assessment(
                stance=Stance.CONCILIATORY,
                speaker=make_speaker("<b>Anna</b>"),
                text="Спасибо, Армения, за помощь.",
            ),
            said_at=MONDAY + timedelta(hours=22),
            outlets=("Agency", "Daily", "Weekly"),
        ),
    ]
    gap = CoverageGap("x", "<i>Silent</i>", MONDAY, MONDAY, "silent: nothing since 2024-03-01")
    digest = compile_digest(findings, ["armenia"], MONDAY, UTC, "Europe/Moscow", [gap], {}, MONDAY)
    steps = [ReviewStep(MONDAY, MONDAY, "anna", action, entry, detail) for action, entry, detail in actions]
    return apply_review(digest, steps), steps


@pytest.mark.parametrize("language", ["en", "ru"])
def test_scraped_markup_is_inert_in_html(language: str) -> None:
    """No element, no link target and no script comes from scraped text."""
    digest, steps = make_digest()
    soup = BeautifulSoup(render_html(digest, TARGETS, steps, b"png", language), "lxml")
    assert [] == soup.find_all(["script", "i", "iframe"])
    assert {"https"} == {a["href"].split(":")[0] for a in soup.find_all("a")}
    assert HOSTILE_TEXT in [" ".join(q.get_text().split()) for q in soup.find_all("blockquote")]
    assert "Армению" in [mark.get_text() for mark in soup.find_all("mark")]
    assert "default-src 'none'" in str(soup.find("meta", {"http-equiv": True}))


def test_scraped_markup_is_inert_in_markdown() -> None:
    """Rendered by a Markdown engine with HTML on, only our own elements come out."""
    digest, steps = make_digest()
    text = render_markdown(digest, TARGETS, steps, "chart.png", "en")
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    soup = BeautifulSoup(page, "lxml")
    assert [] == soup.find_all(["script", "b", "i"])
    assert {"https"} == {a["href"].split(":")[0] for a in soup.find_all("a")}
    assert any("<script>alert(1)</script>" in q.get_text() for q in soup.find_all("blockquote"))
    assert {"Армению", "Армения"} <= {strong.get_text() for strong in soup.find_all("strong")}
    assert "Armenia" == soup.find("td").get_text()  # type: ignore[union-attr]


def test_times_are_the_readers_and_other_outlets_are_counted() -> None:
    """22:00 UTC is one in the morning in Moscow; two more outlets carried it."""
    digest, steps = make_digest()
    text = render_markdown(digest, TARGETS, steps, "chart.png", "en")
    assert "2024-03-12 01:00, Agency (+2 outlets)" in text


def test_dropped_entries_vanish_and_relabelled_ones_say_so() -> None:
    """What the reviewer decided is what readers see."""
    digest, steps = make_digest(("drop", 2, ""), ("relabel", 1, "conciliatory"))
    text = render_markdown(digest, TARGETS, steps, "chart.png", "en")
    assert "Спасибо" not in text
    assert "relabelled by a reviewer; the model said hostile" in text
    assert "### Warmest" in text
    assert "### Sharpest" not in text
    assert "Reviewed by: anna" in text


def test_little_history_reads_insufficient() -> None:
    """Never a number without weeks behind it."""
    digest, steps = make_digest()
    assert "| insufficient |" in render_markdown(digest, TARGETS, steps, "c.png", "en")
    assert "недостаточно данных" in render_html(digest, TARGETS, steps, b"", "ru")


def test_files_are_named_by_the_week_on_the_readers_clock(tmp_path: Path) -> None:
    """Chart, Markdown and HTML stand side by side; the chart is a picture."""
    digest, steps = make_digest()
    files = write_digest(digest, TARGETS, steps, tmp_path, "ru")
    assert ["digest-2024-03-11.html", "digest-2024-03-11.md", "digest-2024-03-11.png"] == sorted(
        p.name for p in tmp_path.iterdir()
    )
    assert files.chart.read_bytes().startswith(b"\x89PNG")


def test_terminal_shows_numbers_gaps_and_review_without_interpreting_markup() -> None:
    """Reviewers name entries by these numbers."""
    digest, steps = make_digest(("drop", 2, ""))
    console = Console(width=120, record=True, file=io.StringIO())
    print_digest(console, digest, TARGETS, steps)
    text = console.export_text()
    assert "  1 hostile" in text
    assert "dropped" in text
    assert "<script>alert(1)</script>" in text
    assert "gap: <i>Silent</i> (x): silent" in text
    assert "anna: drop entry 2" in text


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=1", "https://example.org/a?b=1"),
        ("javascript:alert(1)", ""),
        ("//example.org", ""),
        ("data:text/html,x", ""),
        ('https://example.org/"><script>', ""),
        ("", ""),
    ],
)
def test_only_plain_http_links_are_kept(url: str, safe: str) -> None:
    """Scraped addresses are data too."""
    assert safe == (safe_link(url) or "")


def test_numbers_carry_their_sign_and_zero_none() -> None:
    """A true minus; no negative zero."""
    assert ["+0.31", "−0.20", "0.00", "0.00"] == [signed(v) for v in (0.31, -0.2, -0.001, 0.0)]
