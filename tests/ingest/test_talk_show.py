"""From subtitles in a folder to an alert about the right speaker at the right second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.classify import load_classifier
from monitor.domain.alerts import Alert, Rule
from monitor.domain.source import Source
from monitor.domain.stance import Stance
from monitor.pipeline.alert import raise_alerts
from monitor.pipeline.assess import assess_articles
from monitor.pipeline.reading import Reader
from storage import Store
from tests.audience import read_audience
from tests.ingest.given import NOW, TALK
from tests.ingest.test_folder import make_collector, make_visitor, put

SHOW = """1
00:00:02,000 --> 00:00:05,000
[музыка]

2
00:00:06,000 --> 00:00:09,000
ВЛАДИМИР СОЛОВЬЕВ: Добрый вечер.

3
00:12:34,000 --> 00:12:37,000
Я обвиняю власти Казахстана

4
00:12:37,000 --> 00:12:40,000
в предательстве: они плюнули нам в спину

5
00:12:40,000 --> 00:12:43,000
и ещё горько пожалеют об этом.

6
00:12:44,000 --> 00:12:47,000
СИМОНЬЯН: А я поблагодарила бы Астану за терпение.

7
00:12:48,000 --> 00:12:51,000
ГОСТЬ СТУДИИ: Мы обвиняем Казахстан в чёрной неблагодарности.
"""
"""Written for this test; nobody said it."""

ABOUT = """
title = "Вечерний эфир"
url = "https://video.example.org/evening"
published_at = 2026-11-20T22:00:00+03:00
"""


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """Return a source over a folder with the show's subtitles."""
    source = replace(TALK, url=f"folder:{tmp_path}/talk")
    put(source, "2026-11-20 Вечер.srt", SHOW)
    put(source, "2026-11-20 Вечер.toml", ABOUT)
    return source


async def watch(store: Store, reader: Reader, source: Source) -> Sequence[Alert]:
    """Visit, understand, decide; return the alerts about Kazakhstan."""
    await make_visitor(store, make_collector()).visit(source)
    assess_articles(store.findings, reader, [source], NOW)
    rules = (Rule("all", targets=frozenset({"kazakhstan"})),)
    alerts = raise_alerts(
        store.findings, store.alerts, read_audience(store, NOW), rules, NOW, max_age=timedelta(days=2)
    )
    return alerts or ()


def tell(alerts: Sequence[Alert]) -> dict[str | None, tuple[str, str]]:
    """Return by speaker the stance and the address."""
    return {
        a.finding.assessment.speaker.name: (str(a.finding.assessment.stance), a.finding.url) for a in alerts
    }


async def test_host_and_guests_are_told_apart_and_alerts_point_into_the_video(
    store: Store, reader: Reader, source: Source
) -> None:
    """The sentence is whole, is the host's, and its alert leads to its first second."""
    alerts = await watch(store, reader, source)
    video = "https://video.example.org/evening"
    assert {
        "Vladimir Solovyov": ("hostile", f"{video}#t=754"),
        "Margarita Simonyan": ("conciliatory", f"{video}#t=764"),
        None: ("hostile", f"{video}#t=768"),
    } == tell(alerts)
    said = [a.finding.assessment.statement.text for a in alerts]
    assert (
        "Я обвиняю власти Казахстана в предательстве: они плюнули нам в спину и ещё горько пожалеют об этом."
        in said
    )


async def test_bundled_model_hears_the_host(store: Store, reader: Reader, source: Source) -> None:
    """The shipped network over the same file."""
    alerts = await watch(store, replace(reader, classifier=load_classifier(None)), source)
    stance, url = tell(alerts)["Vladimir Solovyov"]
    assert (Stance.HOSTILE, "https://video.example.org/evening#t=754") == (stance, url)
