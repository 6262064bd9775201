"""Running the service from a chat: pauses, reloading, health."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from monitor.bot.office import Health
from monitor.domain.coverage import RunOutcome, SourceRun
from monitor.domain.notices import Alarm, AlarmKind
from monitor.domain.switches import Pause
from monitor.pipeline.figures import FigureBook
from tests.bot.conftest import OPERATOR, World
from tests.bot.questions import SOURCES
from tests.builders import NOON
from tests.storage.builders import collect
from tests.test_reload import RULES, Site, running, site

__all__ = ["site"]


@pytest.mark.parametrize(
    ("language", "paused", "status", "resumed", "was_not"),
    [
        ("en", "until 13 Mar 2024 17:30", "paused since 13 Mar 2024 16:00", "goes on", "was not paused"),
        ("ru", "до 13.03.2024 17:30", "приостановлен с 13.03.2024 16:00", "продолжается", "не был"),
    ],
)
async def test_collection_is_paused_and_resumed(
    world: World, language: str, paused: str, status: str, resumed: str, was_not: str
) -> None:
    """For some minutes; /status and /health tell it, the audit who it was."""
    ask = {"language": language}
    assert was_not in await world.ask(OPERATOR, "/resume", **ask)
    assert paused in await world.ask(OPERATOR, "/pause 90", **ask)
    assert Pause(f"telegram:{OPERATOR}", NOON, NOON + timedelta(minutes=90)) == world.store.switches.paused(
        NOON
    )
    assert status in await world.ask(OPERATOR, "/status", **ask)
    assert resumed in await world.ask(OPERATOR, "/resume", **ask)
    assert status not in await world.ask(OPERATOR, "/status", **ask)
    assert was_not in await world.ask(OPERATOR, "/resume", **ask)
    assert ["resume", "pause"] == [entry.action for entry in world.store.audit.latest(10)]


async def test_pause_without_end_lasts_until_somebody_resumes(world: World) -> None:
    """And one that is over counts as none."""
    assert "until /resume" in await world.ask(OPERATOR, "/pause")
    world.clock.move(90 * 86400)
    assert "paused since 13 Mar 2024" in await world.ask(OPERATOR, "/status")
    await world.ask(OPERATOR, "/pause 1")
    world.clock.move(61)
    assert "was not paused" in await world.ask(OPERATOR, "/resume")


@pytest.mark.parametrize("text", ["0", "-5", "soon", "1.5", "999999", "9999999", "²"])
async def test_what_is_no_time_pauses_nothing(world: World, text: str) -> None:
    """An operator is told how to write it."""
    assert "For how many minutes?" in await world.ask(OPERATOR, f"/pause {text}")
    assert world.store.switches.paused(NOON) is None


@pytest.mark.parametrize(
    ("language", "trouble", "table"),
    [
        ("en", "agency – blocked, since", "!agency              2 h"),
        ("ru", "agency – не пускает, с", "!agency              2 ч"),
    ],
)
async def test_health_shows_troubles_and_figures(
    world: World, language: str, trouble: str, table: str
) -> None:
    """By the use case behind the command line's `health`; those in trouble first."""
    store = world.store
    for hours in range(48, 0, -1):
        at = NOON - timedelta(hours=hours)
        outcome = RunOutcome.OK if hours > 2 else RunOutcome.BLOCKED
        store.articles.record_run(SourceRun("agency", at, at, outcome, 1, 1, 1))
        store.articles.record_run(SourceRun("herald", at, at, RunOutcome.OK, 1, 1, 1))
    collect(store, "1", seen=NOON - timedelta(hours=5))
    store.notices.save(
        [Alarm(AlarmKind.BLOCKED, "agency", "robots <2>", NOON - timedelta(hours=2))], {}, [], NOON
    )

    def look() -> Health:
        book = FigureBook(store.watching, store.notices)
        return Health(book.stand(SOURCES[:2], store.articles.health(), NOON), store.notices.open())

    world.services.office.health = look
    text = await world.ask(OPERATOR, "/health", language=language)
    assert trouble in text
    assert "robots <2>" in text
    rows = [line for line in text.splitlines() if line.startswith(("!agency", " herald"))]
    assert ["!agency", " herald"] == [row[:7] for row in rows]
    assert rows[0].startswith(table[:7])
    assert "2 из 2" in text or "2 of 2" in text


async def test_without_a_service_there_is_nothing_to_reload(world: World) -> None:
    """`rhetoric-monitor bot` runs beside a service in another process."""
    assert "No service runs" in await world.ask(OPERATOR, "/reload")
    assert [] == world.store.audit.latest(10)


async def test_configuration_is_reloaded_and_told(world: World, site: Site) -> None:
    """What changed, that nothing did, why the file is refused; the same way as the signal."""
    async with running(site) as (service, watch):
        world.services.office.reload = watch.reload
        assert "nothing changed" in await world.ask(OPERATOR, "/reload")
        site.write("rules.toml", RULES + '[[rule]]\nid = "csto-threats"\nmin_severity = 1\n')
        assert "rules: + csto-threats" in await world.ask(OPERATOR, "/reload")
        assert 2 == len(service.app.settings.rules)
        site.write("rules.toml", '[[rule]]\nid = "<b>"\nmin_severity = 1000\n')
        refused = await world.ask(OPERATOR, "/reload", language="ru")
        assert "Конфигурация неверна, действует прежняя" in refused
        assert "rules.toml" in refused
        assert 2 == len(service.app.settings.rules)
        site.write("rules.toml", RULES)
        text = (site.directory / "monitor.toml").read_text("utf-8")
        site.write("monitor.toml", 'log_level = "debug"\n' + text)
        assert "need a restart: log_level" in await world.ask(OPERATOR, "/reload")
        await asyncio.sleep(0)
    details = [entry.detail for entry in world.store.audit.latest(10)]
    assert ["rules: − csto-threats", "refused", "rules: + csto-threats", ""] == details
