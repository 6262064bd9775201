"""What the configuration says of roles and access reaches the bot, and follows a reload."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from monitor.app import App
from monitor.domain.access import Role
from monitor.live import open_watched_service
from monitor.pipeline.reading import Reader
from monitor.settings import Settings
from tests.fakes.bot_api import TOKEN


def with_telegram(settings: Settings, **keys: object) -> Settings:
    """Return the settings with other values under [telegram]."""
    telegram = settings.monitor.telegram.model_copy(update=keys)
    return replace(settings, monitor=settings.monitor.model_copy(update={"telegram": telegram}))


@pytest.fixture
def app(settings: Settings, reader: Reader, tmp_path: Path) -> Iterator[App]:
    """Return an app over a store in a file, with a bot that talks to nobody."""
    (tmp_path / "token").write_text(TOKEN)
    store = settings.monitor.store.model_copy(update={"url": f"sqlite:///{tmp_path}/monitor.db"})
    settings = replace(settings, monitor=settings.monitor.model_copy(update={"store": store}))
    telegram = {
        "token_file": str(tmp_path / "token"),
        "api_base": "http://127.0.0.1:9",
        "allowed_chats": (1, -100),
        "reviewers": (2,),
        "operators": (3, -200),
        "owners": (4,),
    }
    made = App(with_telegram(settings, **telegram))
    made.__dict__["reader"] = reader
    yield made
    made.store.close()


async def test_roles_of_the_configuration_hold_and_follow_it(app: App) -> None:
    """A reload gives and takes them while the bot runs; groups stay nobody."""
    services = app.bot_services
    expected = {1: Role.ANALYST, 2: Role.REVIEWER, 3: Role.OPERATOR, 4: Role.OWNER, -200: None, 5: None}
    assert expected == {user: services.office.role_of(user) for user in expected}
    assert not services.office.is_open
    app.adopt(app.prepare(with_telegram(app.settings, owners=(5,), operators=(), access="open")))
    assert services is app.bot_services
    changed = {3: None, 4: None, 5: Role.OWNER}
    assert changed == {user: services.office.role_of(user) for user in changed}
    assert services.office.is_open


async def test_running_service_gives_the_bot_its_health_and_its_way_to_reload(app: App) -> None:
    """Both work on the service's own settings; alone the bot has nothing to reload."""
    office = app.bot_services.office
    assert office.reload is None
    async with open_watched_service(app, Console(file=io.StringIO())):
        assert office.reload is not None
        assert office.health is not None
        found = office.health()
        assert [s.id for s in app.settings.enabled_sources] == [one.source_id for one in found.standings]
        outcome = await office.reload()
        assert outcome.taken
        assert not outcome.problems
