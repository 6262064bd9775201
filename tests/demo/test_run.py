"""The whole demonstration over a small newsroom, with a classifier that goes by a word."""

from __future__ import annotations

import asyncio
import io
from functools import cached_property
from pathlib import Path

import pytest
from rich.console import Console

from monitor.app import App
from monitor.demo.run import run_demo, serve_newsroom
from monitor.errors import ConfigurationError
from monitor.pipeline.reading import Reader
from monitor.settings import Settings, load_settings, packaged_config
from monitor.text.attribution import Attributor
from monitor.text.mentions import MentionFinder
from tests.demo.conftest import write_item
from tests.fakes.classifier import FakeClassifier

SECONDS = 4.0
ACCUSED = """
Посол России Сергей Копыркин обвинил Армению в нарушении правил перевозки абрикосов.

Погода в столице остаётся тёплой, синоптики обещают дожди к выходным.
"""
QUIET = """
Товарооборот с Арменией за месяц составил двести миллионов, следует из данных таможни.

Больше всего ввезли абрикосов и винограда, меньше всего машин и оборудования.
"""
EXPECTED = """
[[episode]]
id = "e1"
title = "The apricots"
[[episode.expect]]
item = "wire-c/002-apricots"
quote = "обвинил Армению"
speaker = "Sergey Kopyrkin"
speaker_also = ["Sergei Kopyrkin"]
tier = ["foreign_ministry", "government"]
bloc = "russia"
target = "armenia"
stance = "hostile"
acts = ["accuse"]
alert = true

[noise]
items = ["wire-c/003-trade"]
"""


class FakeApp(App):
    """The real composition but for the classifier."""

    @cached_property
    def reader(self) -> Reader:
        """A reader that judges by a word."""
        return Reader(
            classifier=FakeClassifier(),
            finder=MentionFinder(self.settings.targets),
            attributor=Attributor(self.settings.speakers, self.settings.targets),
            targets=self.targets,
            persons=self.persons,
            weights=self.settings.monitor.weights.build(),
        )


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The shipped configuration."""
    return load_settings(packaged_config(), env={})


@pytest.fixture
def story(folder: Path) -> Path:
    """The small newsroom with an accusation, a quiet report, a bad entry and a broken page."""
    write_item(folder, "wire-c/002-apricots", 20, ACCUSED, title='"Посол обвинил Армению в нарушении правил"')
    write_item(folder, "wire-c/003-trade", 30, QUIET, title='"Товарооборот с Арменией посчитали"')
    write_item(folder, "wire-b/002-x", 6, title='"Lost"', bad_entry="true", bad_entry_how='"no_link"')
    write_item(folder, "wire-a/002-y", 7, title='"Обрыв"', broken='"truncated_html"')
    return folder


class Screen(io.StringIO):
    """Text that tells when something was written to it."""

    def __init__(self) -> None:
        super().__init__()
        self.written = asyncio.Event()

    def write(self, text: str) -> int:
        """Keep the text."""
        self.written.set()
        return super().write(text)


@pytest.fixture
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the run writes."""
    return tmp_path_factory.mktemp("demo") / "output"


async def watch(folder: Path, output: Path, settings: Settings) -> tuple[int, str]:
    """Run the demonstration and return its exit code and all that it printed."""
    screen = io.StringIO()
    console = Console(file=screen, width=100)
    code = await run_demo(console, folder, output, SECONDS, settings=settings, make_app=FakeApp)
    return code, screen.getvalue()


def suffixes_in(directory: Path) -> set[str]:
    """Return which kinds of files there are."""
    return {path.suffix for path in directory.iterdir()}


async def test_demo_tells_alerts_dyads_troubles_digest_and_episodes(
    story: Path, output: Path, settings: Settings
) -> None:
    """From the newsroom's pages to the summary, everything that happened is shown."""
    (story / "expected.toml").write_text(EXPECTED, encoding="utf-8")
    code, told = await watch(story, output, settings)
    assert code == 0
    assert "Посол России Сергей Копыркин обвинил [Армению]" in told
    assert "Who spoke how toward whom" in told
    assert "1 of 1 episodes judged as the table expects" in told
    assert "noise raised no alert" in told
    assert "it has no link" in told
    assert "no text was found" in told
    assert "The weekly digest: drafted, reviewed, published" in told
    assert {".png", ".md", ".html", ".log", ".db", ".txt"} <= suffixes_in(output)


async def test_folder_without_expectations_runs_too(story: Path, output: Path, settings: Settings) -> None:
    """Items of one's own are collected, judged and alerted; nothing is said of episodes."""
    code, told = await watch(story, output, settings)
    assert code == 0
    assert "HOSTILE → Armenia" in told
    assert "episodes judged" not in told
    assert not (output / "evaluation.txt").exists()


async def test_folder_with_an_unknown_speaker_is_refused(
    story: Path, output: Path, settings: Settings
) -> None:
    """A newsroom must fit the configuration that judges it."""
    outlets = story / "outlets.toml"
    text = outlets.read_text(encoding="utf-8")
    outlets.write_text(text + 'default_speaker = "Nobody Known"\n', encoding="utf-8")
    with pytest.raises(ConfigurationError, match="Nobody Known"):
        await watch(story, output, settings)


async def test_newsroom_can_be_served_by_itself(story: Path) -> None:
    """Its address is printed, and cancelling ends it quietly."""
    screen = Screen()
    serving = asyncio.create_task(serve_newsroom(Console(file=screen, width=100), story))
    await asyncio.wait_for(screen.written.wait(), 5)
    serving.cancel()
    await serving
    assert "Ctrl-C ends it" in screen.getvalue()
