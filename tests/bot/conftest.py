"""A running bot between a fake Bot API and a store in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any

import pytest

from monitor.bot import BotServices, build_application, run_bot
from monitor.bot.office import Office
from monitor.bot.polling import Etiquette
from monitor.domain.access import Configured
from monitor.domain.digest import compile_digest
from monitor.domain.moments import week_start
from monitor.domain.source import Source
from monitor.domain.stance import Stance, Tier
from monitor.pipeline.digest import DigestDesk
from monitor.pipeline.estimate import Estimator
from monitor.text.lemmas import lemmas_of
from storage import Store
from tests.bot.questions import make_questions
from tests.builders import NOON
from tests.fakes.bot_api import TOKEN, FakeBotApi
from tests.fakes.clock import FakeClock
from tests.notify.builders import READERS, RULE, TARGETS, quote
from tests.notify.conftest import fake, store
from tests.storage.builders import find_one, raise_alert

__all__ = ["fake", "store"]

CODE = "open-sesame-2026"
LISTED = 100
REVIEWER = 500
OTHER_REVIEWER = 501
OPERATOR = 600
OWNER = 700
WEEK = week_start(NOON)
SOURCES = tuple(
    Source(source_id, outlet, "rss", f"https://{source_id}.example/rss", "russia", Tier.OUTLET, ("ru",))
    for source_id, outlet in (("agency", "Agency"), *((f"daily-{n}", f"Daily {n:02}") for n in range(1, 31)))
)


@dataclass
class World:
    """The bot, what it talks to and what it remembers."""

    fake: FakeBotApi
    store: Store
    clock: FakeClock
    services: BotServices
    published: list[datetime]

    async def ask(self, chat_id: int, text: str, **who: Any) -> str:
        """Let a user write and return the answer's text."""
        return (await self.fake.reply_to(chat_id, text, **who)).text

    async def settle(self) -> None:
        """Wait until the bot has dealt with all that was said so far."""
        before = len(self.fake.answers)
        self.fake.press((await self.fake.reply_to(LISTED, "/help")), "nonsense", user_id=LISTED)
        await self.fake.until(lambda: len(self.fake.answers) > before)


def make_office(store: Store, clock: FakeClock) -> Office:
    """Return what those who run the bot work with, over a store."""
    return Office(
        people=store.people,
        audit=store.audit,
        personal=store.personal,
        switches=store.switches,
        broadcasts=store.broadcasts,
        outbox=store.outbox,
        now=clock.now,
        configured=Configured.of((LISTED, -7), (REVIEWER, OTHER_REVIEWER), (OPERATOR, -7), (OWNER,)),
    )


def make_services(store: Store, clock: FakeClock, published: list[datetime]) -> BotServices:
    """Return the bot's services over a store."""
    desk = DigestDesk(
        findings=store.findings,
        articles=store.articles,
        digests=store.digests,
        chats=store.chats,
        sources=(),
        targets={target.id: target for target in TARGETS},
        zone_name="UTC",
        weekday=0,
        at=time(9),
        write=lambda digest, _steps: published.append(digest.week) or (),
    )
    return BotServices(
        chats=store.chats,
        alerts=store.alerts,
        archive=store.archive,
        feeds=store.feeds,
        feed_address="https://monitor.example/feeds/{}.xml".format,
        digests=desk,
        targets=TARGETS,
        rules={RULE.id: RULE},
        readers=READERS,
        now=clock.now,
        office=make_office(store, clock),
        preferences=store.preferences,
        drafts=store.drafts,
        estimate=Estimator(store.alerts, store.signals, clock.now, lemmas_of),
        sources=SOURCES,
        verdicts=store.verdicts,
        messages=store.messages,
        questions=make_questions(store),
        allowed_chats=frozenset({LISTED, -7}),
        invite_code=CODE,
    )


@asynccontextmanager
async def running_bot(
    services: BotServices, base: str, etiquette: Etiquette | None = None
) -> AsyncIterator[asyncio.Task[None]]:
    """Run the bot as the service does, and stop it."""
    stop = asyncio.Event()
    task = asyncio.create_task(run_bot(build_application(TOKEN, services, base), stop, etiquette))
    try:
        yield task
    finally:
        stop.set()
        await task


@pytest.fixture
async def world(fake: FakeBotApi, store: Store) -> AsyncIterator[World]:
    """Give a running bot."""
    clock = FakeClock(NOON)
    published: list[datetime] = []
    services = make_services(store, clock, published)
    async with running_bot(services, fake.base):
        yield World(fake, store, clock, services, published)


def alert_of(store: Store, key: str, target: str = "armenia", text: str | None = None) -> None:
    """Save an alert."""
    raise_alert(store, find_one(store, key, quote(text or f"Ivanov told Yerevan {key}.", target=target)))


def save_draft(store: Store) -> None:
    """Save a draft with one hostile and one warm entry."""
    hostile = find_one(store, "h", quote("Ivanov said that Yerevan lies."))
    warm = quote("Ivanov thanked Yerevan.", stance=Stance.CONCILIATORY)
    findings = [hostile, find_one(store, "c", replace(warm, intensity=0.5))]
    digest = compile_digest(findings, [t.id for t in TARGETS], WEEK, UTC, "UTC", [], {}, NOON)
    assert store.digests.save_draft(digest, NOON)
