"""What tests share: the shipped configuration, and a reader over it with a fake classifier."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from monitor.domain.stance import Weights
from monitor.pipeline.reading import Reader
from monitor.settings import Settings, load_settings
from monitor.text.attribution import Attributor
from monitor.text.mentions import MentionFinder
from storage import Store, open_store
from tests.builders import NOON
from tests.fakes.classifier import FakeClassifier

# How long an example takes says more about the machine than about the program.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Return the shipped configuration."""
    return load_settings(Path(__file__).parents[1] / "config", env={})


@pytest.fixture(scope="session")
def parts(settings: Settings) -> tuple[MentionFinder, Attributor]:
    """Return the finder and the attributor, which take a second to build."""
    return MentionFinder(settings.targets), Attributor(settings.speakers, settings.targets)


@pytest.fixture
def classifier() -> FakeClassifier:
    """Return a classifier that judges by words."""
    return FakeClassifier()


@pytest.fixture
def reader(settings: Settings, parts: tuple[MentionFinder, Attributor], classifier: FakeClassifier) -> Reader:
    """Return a reader with the fake classifier."""
    return Reader(
        classifier=classifier,
        finder=parts[0],
        attributor=parts[1],
        targets={target.id: target for target in settings.targets},
        persons={person.name: person for person in settings.speakers},
        weights=Weights(),
    )


@pytest.fixture
def store() -> Store:
    """Return an empty store in memory."""
    return open_store("sqlite://", NOON)
