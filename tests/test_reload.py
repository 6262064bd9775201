"""A running service follows its configuration; what is wrong with it changes nothing."""

from __future__ import annotations

import asyncio
import io
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from structlog.testing import capture_logs

from monitor.app import App
from monitor.clock import SystemClock
from monitor.domain.notices import Alarm, AlarmKind
from monitor.live import open_service
from monitor.pipeline.ports import Validators
from monitor.reload import ConfigurationWatch, watching
from monitor.service import Service
from monitor.settings import load_settings
from tests.collect.loopback import Reply, Server, entry, feed
from tests.fakes.classifier import FakeClassifier

OFTEN = timedelta(seconds=0.5)
FIRST = "Минсельхоз России обвинил Армению в подмене документов на крупную партию овощей и фруктов."
SECOND = "В Госдуме пригрозили, что Армения останется без дешёвого газа, если вступит в Евросоюз."
OTHER = "Минсельхоз России обвинил власти Казахстана в том, что через границу идёт заражённое зерно."
TARGET = '[[target]]\nid = "{}"\nkind = "state"\ntitle = {{en = "{}", ru = "{}"}}\nru.names = ["{}"]\n'
ARMENIA, RUSSIA = (
    TARGET.format("armenia", "Armenia", "Армения", "Армения"),
    TARGET.format("russia", "Russia", "Россия", "Россия"),
)
KAZAKHSTAN = TARGET.format("kazakhstan", "Kazakhstan", "Казахстан", "Казахстан")
RULES = '[[rule]]\nid = "harsh"\nstances = ["hostile"]\n'


@dataclass
class Site:
    """A newspaper on loopback, the configuration's files, and the service that reads them."""

    directory: Path
    server: Server
    articles: list[str] = field(default_factory=list)
    alarms: list[Alarm | None] = field(default_factory=list)

    def publish(self, text: str) -> None:
        """Let another article stand in the feed."""
        self.articles.append(text)
        number = len(self.articles)
        moment = SystemClock().now().strftime("%a, %d %b %Y %H:%M:%S +0000")
        self.server.routes[f"/{number}"] = Reply(
            f"<html><body><article><p>{self.articles[-1]}</p></article></body></html>".encode(),
            headers={"Content-Type": "text/html; charset=utf-8"},
        )
        entries = [
            entry(n, link=self.server.url(f"/{n}"), guid=f"id-{n}", title="Новости дня", pubDate=moment)
            for n in range(1, number + 1)
        ]
        for path in ("/rss", "/other"):
            self.server.routes[path] = Reply(feed(*entries), headers={"Content-Type": "application/rss+xml"})

    def write(self, name: str, text: str) -> None:
        """Write one file of the configuration."""
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def source(self, name: str = "paper", path: str = "/rss", **keys: object) -> str:
        """Return a source's block."""
        lines = {
            "id": f'"{name}"',
            "outlet": f'"{name.title()}"',
            "kind": '"rss"',
            "url": f'"{self.server.url(path)}"',
            "bloc": '"russia"',
            "tier": '"outlet"',
            "languages": '["ru"]',
            "evidence": '"documented"',
            "allow_private": "true",
            "spacing_seconds": "0",
            "interval_minutes": "0.01",
            **keys,
        }
        return "[[source]]\n" + "".join(f"{key} = {value}\n" for key, value in lines.items())

    def asked(self, path: str = "/rss") -> int:
        """Return how often a path was asked for."""
        return self.server.paths().count(path)


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """Return a newspaper with one article and a whole configuration."""
    server = Server()
    await server.start()
    made = Site(tmp_path / "config", server)
    made.publish(FIRST)
    store, digests = f"sqlite:///{tmp_path}/monitor.db", tmp_path / "digests"
    made.write("monitor.toml", f'[store]\nurl = "{store}"\n[digest]\nenabled = false\noutput = "{digests}"\n')
    made.write("targets.toml", ARMENIA + RUSSIA)
    made.write(
        "speakers.toml",
        '[[speaker]]\nname = "A B"\ntier = "government"\nbloc = "russia"\nen = ["Abel Beck"]\n',
    )
    made.write("rules.toml", RULES)
    made.write("sources/all.toml", made.source())
    yield made
    await server.stop()


@asynccontextmanager
async def running(site: Site) -> AsyncIterator[tuple[Service, ConfigurationWatch]]:
    """Run the service over the site's configuration; `look` is left to the test."""
    app = App(load_settings(site.directory, env={}))
    app.__dict__["classifier"] = FakeClassifier()
    stop = asyncio.Event()
    async with open_service(app, Console(file=io.StringIO())) as service:
        watch = ConfigurationWatch(service, env={}, on_alarm=site.alarms.append)
        working = asyncio.create_task(service.run(stop))
        try:
            await until(lambda: service.counters.assessments, working)
            yield service, watch
        finally:
            stop.set()
            await working
            app.store.close()


async def until(condition: Callable[[], object], working: asyncio.Task[None] | None = None) -> None:
    """Wait until a condition holds."""
    async with asyncio.timeout(30):
        while not condition():
            if working and working.done():
                working.result()
            await asyncio.sleep(0.02)


async def settle(watch: ConfigurationWatch) -> list[dict[str, Any]]:
    """Look twice, as the periodic work does, and return what was logged of configuration."""
    with capture_logs() as logs:
        await watch.look()
        await watch.look()
    return [entry for entry in logs if entry["event"] not in ("visit missed", "source not read")]


async def test_good_change_takes_effect_with_the_next_round_and_is_named(site: Site) -> None:
    """By the periodic work alone: a rule goes, another comes, and the next article alerts under it."""
    app = App(load_settings(site.directory, env={}))
    app.__dict__["classifier"] = FakeClassifier()
    stop = asyncio.Event()
    async with open_service(app, Console(file=io.StringIO())) as service:
        watch = ConfigurationWatch(service, env={})
        service.jobs.append(watch.job(OFTEN))
        with capture_logs() as logs:
            working = asyncio.create_task(service.run(stop))
            await until(lambda: service.counters.alerts == 1, working)
            site.write("rules.toml", '[[rule]]\nid = "csto-threats"\nmin_severity = 1\n')
            await until(lambda: any(entry["event"] == "configuration reloaded" for entry in logs), working)
            site.publish(SECOND)
            await until(lambda: service.counters.alerts == 2, working)
            stop.set()
            await working
    changes = [entry["changes"] for entry in logs if entry["event"] == "configuration reloaded"]
    assert ["rules: + csto-threats, − harsh"] == changes
    assert ["csto-threats", "harsh"] == [alert.rule_id for _, alert in app.store.alerts.latest(5)]
    app.store.close()


async def test_sources_come_and_go_and_change_pace_without_repeating_a_visit(site: Site) -> None:
    """A new one is visited, one that left is not, and another interval counts from the last visit."""
    async with running(site) as (service, watch):
        site.write("sources/all.toml", site.source() + site.source("other", "/other"))
        (log,) = await settle(watch)
        assert "sources: + other" == log["changes"]
        await until(lambda: site.asked("/other"))
        site.write("sources/all.toml", site.source(interval_minutes=10))
        (log,) = await settle(watch)
        assert "sources: − other, paper interval 0.01 → 10 min" == log["changes"]
        await until(lambda: {"paper": timedelta(minutes=10)} == service._schedule.visits())
        await until(lambda: not service._schedule._visiting)
        before, visits = (site.asked(), site.asked("/other")), service.counters.visits
        await asyncio.sleep(1.2)  # two visits at the old pace
        assert before == (site.asked(), site.asked("/other"))
        assert visits == service.counters.visits
        assert 2 == site.asked("/1"), "each source fetched the article once, whatever was reloaded"


async def test_new_target_is_found_without_loading_the_model_again(site: Site) -> None:
    """The reader is made anew around the same classifier."""
    async with running(site) as (service, watch):
        classifier = service.app.reader.classifier
        site.write("targets.toml", ARMENIA + RUSSIA + KAZAKHSTAN)
        (log,) = await settle(watch)
        assert "targets: + kazakhstan" == log["changes"]
        assert classifier is service.app.reader.classifier
        site.publish(OTHER)
        await until(lambda: service.counters.alerts == 2)
        assert "kazakhstan" == service.app.store.alerts.latest(1)[0][1].finding.assessment.target


@pytest.mark.parametrize(
    ("name", "text", "file", "key", "words"),
    [
        ("rules.toml", "[[rule]\nid =", "rules.toml", "", "cannot be read"),
        (
            "rules.toml",
            '[[rule]]\nid = "r"\ntargets = ["armania"]\n',
            "rules.toml",
            "rule[r].targets",
            "armenia",
        ),
        ("sources/all.toml", "[[source]]\n", "sources/all.toml", "source[0].id", "required"),
        ("speakers.toml", "", "speakers.toml", "speaker", "required"),
    ],
)
async def test_broken_file_keeps_the_old_configuration_and_says_why(
    site: Site, name: str, text: str, file: str, key: str, words: str
) -> None:
    """Said once with file, key and problem; the alarm stands until it is mended; work goes on meanwhile."""
    async with running(site) as (service, watch):
        before, whole = service.app.settings, (site.directory / name).read_text(encoding="utf-8")
        site.write(name, text)
        problems = [log for log in await settle(watch) if log["event"] == "configuration is wrong"]
        assert str(site.directory / file) == problems[0]["file"]
        assert key == problems[0]["key"]
        assert words in problems[0]["problem"]
        assert [] == await settle(watch), "it is not said again while nothing changes"
        assert before == service.app.settings
        assert watch.alarm is not None
        assert (AlarmKind.CONFIGURATION, "") == (watch.alarm.kind, watch.alarm.source_id)
        assert file in watch.alarm.detail
        site.publish(SECOND)
        await until(lambda: service.counters.articles == 2)
        alarm = watch.alarm
        site.write(name, whole)
        (log,) = await settle(watch)
        assert ("configuration is whole again", None) == (log["event"], watch.alarm)
        assert [alarm, None] == site.alarms


async def test_whole_configuration_is_told_once_at_the_start(site: Site) -> None:
    """An alarm that stood when the service was stopped ends, though the files were mended meanwhile."""
    async with running(site) as (_, watch):
        await settle(watch)
        await watch.reload()
        assert [None] == site.alarms


async def test_file_that_is_being_written_is_left_until_it_has_settled(site: Site) -> None:
    """Half a file is never taken for a configuration, though it were a valid one."""
    async with running(site) as (service, watch):
        await settle(watch)
        with capture_logs() as logs:
            for part in ("[[ru", '[[rule]]\nid = "a"\n', '[[rule]]\nid = "a"\n[[rule]]\nid = "b"\n'):
                site.write("rules.toml", part)
                await watch.look()
            assert ["harsh"] == [rule.id for rule in service.app.settings.rules]
            await watch.look()
        assert ["a", "b"] == [rule.id for rule in service.app.settings.rules]
        assert [] == [log for log in logs if log["log_level"] == "error"]


async def test_signal_reloads_at_once(site: Site) -> None:
    """SIGHUP waits for no second look."""
    async with running(site) as (service, _):
        with watching(service, env={}):
            site.write("rules.toml", RULES + "min_severity = 99\n")
            os.kill(os.getpid(), signal.SIGHUP)
            await until(lambda: service.app.settings.rules[0].min_severity == 99)


async def test_keys_that_only_a_new_start_takes_over_are_named_and_stay_as_they_were(site: Site) -> None:
    """Store, model and token; what else changed in the same file is taken over."""
    async with running(site) as (service, watch):
        before = service.app.settings.monitor
        site.write(
            "monitor.toml",
            '[store]\nurl = "sqlite:///elsewhere.db"\n[classify]\nmodel = "new"\n[telegram]\n'
            'token_file = "token"\nreviewers = [7]\n[collect]\nretries = 9\n[alerts]\nmax_age_hours = 12\n',
        )
        logs = await settle(watch)
        restart = next(log for log in logs if "restart" in log["event"])
        assert "classify.model, collect.retries, store.url, telegram.token_file" == restart["keys"]
        now = service.app.settings.monitor
        assert (before.store, before.classify, before.collect) == (now.store, now.classify, now.collect)
        assert ("", (7,)) == (now.telegram.token_file, now.telegram.reviewers)
        assert timedelta(hours=12) == timedelta(hours=now.alerts.max_age_hours)
        assert not any("elsewhere" in str(log) for log in logs), "an address may hold a password"


async def test_source_that_is_read_otherwise_is_not_answered_that_nothing_changed(site: Site) -> None:
    """What the server gave us last goes with the old address or filter."""
    async with running(site) as (service, watch):
        articles = service.app.store.articles
        site.write("sources/all.toml", site.source(interval_minutes=10))
        await settle(watch)
        await until(lambda: {"paper": timedelta(minutes=10)} == service._schedule.visits())
        articles.save_validators("paper", Validators('"1"'))
        site.write("sources/all.toml", site.source(interval_minutes=10, outlet='"Newspaper"'))
        await settle(watch)
        assert Validators('"1"') == articles.validators("paper")
        site.write("sources/all.toml", site.source(interval_minutes=10, exclude='["/ads/"]'))
        await settle(watch)
        assert Validators() == articles.validators("paper")
