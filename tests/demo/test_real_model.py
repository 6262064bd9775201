"""The shipped model on the shipped newsroom: the story is told, and noise raises nothing.

Texts go straight to the reader, without HTTP; that way is tested elsewhere. The bounds are a
ratchet a little under what was last measured: a change that loses episodes must be seen.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.app import App
from monitor.demo.content import Content, Item, load_content
from monitor.demo.evaluation import EpisodeReport, evaluate_episodes
from monitor.demo.expected import load_expected
from monitor.demo.server import packaged_newsroom
from monitor.domain.alerts import decide_alerts
from monitor.domain.source import Source
from monitor.domain.statement import Finding
from monitor.pipeline.reading import Document
from monitor.settings import Settings
from monitor.text.duplicates import is_same_story

LEAST_TOLD = 20
LEAST_JUDGEMENTS = 0.45


def read_item(app: App, content: Content, item: Item, story_id: int, first_id: int) -> list[Finding]:
    """Return the item's findings as the store would give them."""
    outlet = next(outlet for outlet in content.outlets if outlet.id == item.outlet)
    kind = "telegram_channel" if outlet.kind == "telegram" else "rss"
    source = Source(
        outlet.id,
        outlet.name,
        kind,
        "http://127.0.0.1/",
        outlet.bloc,
        outlet.tier,
        (outlet.language,),
        default_speaker=outlet.default_speaker,
    )
    text = f"{item.lead}\n\n{item.body}".strip()
    title = item.title or text.splitlines()[0][:80]
    reading = app.reader.read(Document(text, title, source=source, published_at=item.published))
    return [
        Finding(
            id=first_id + number,
            article_id=story_id,
            story_id=story_id,
            assessment=assessment,
            source_id=outlet.id,
            outlet=outlet.name,
            url=item.id,
            title=title,
            published_at=item.published,
            first_seen_at=item.published,
            outlets=(outlet.name,),
        )
        for number, assessment in enumerate(reading.assessments)
    ]


@pytest.fixture(scope="module")
def report(settings: Settings) -> EpisodeReport:
    """Return how the shipped newsroom is judged by the shipped model, targets, speakers and rules."""
    app = App(settings)
    folder: Path = packaged_newsroom()
    content = load_content(folder)
    expected = load_expected(folder / "expected.toml", [item.id for item in content.items])
    findings: list[Finding] = []
    stories: list[tuple[int, str]] = []
    for number, item in enumerate(content.items, start=1):
        story = next((story for story, text in stories if is_same_story(item.body, text)), number)
        stories.append((story, item.body))
        findings += read_item(app, content, item, story, len(findings) + 1)
    now = content.last + timedelta(days=1)
    decision = decide_alerts(findings, settings.rules, (), now, timedelta(days=90))
    return evaluate_episodes(
        findings, decision.alerts, expected, {item.id: item.id for item in content.items}
    )


def test_episodes_are_told_with_speaker_tier_target_and_stance(report: EpisodeReport) -> None:
    """Analysts hear of the story's episodes rightly."""
    untold = [episode.id for episode in report.episodes if not episode.told]
    assert report.told >= LEAST_TOLD, untold


def test_single_judgements_hold(report: EpisodeReport) -> None:
    """Of all the statements that tell the episodes."""
    met, total = report.judgements
    assert met >= LEAST_JUDGEMENTS * total


def test_noise_raises_no_alert(report: EpisodeReport) -> None:
    """Sport, weather, disasters, routine, hostility toward others."""
    assert [] == [alert.finding.assessment.statement.text for alert in report.false_alerts]


def test_copied_wire_is_one_alert_at_most(report: EpisodeReport) -> None:
    """Five outlets, one story."""
    assert [] == [wire.item for wire in report.wires if len(wire.alerts) > 1]
