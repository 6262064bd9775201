"""Measures how fast the outbox is emptied toward Telegram, against the rate that its limits allow.

`python -m benchmarks.delivery [--minutes 5] [--subscribers 2000] [--statements 1000]`. A fake Bot API in
another process enforces Telegram's limits (30 messages a second, one a second to a chat, twenty a minute to a
group) and answers 429 to what is too much. Statements come at an hourly rate; each is judged news, routed by
2,000 subscriptions and sent by the service's own outbox, sink and library over HTTP. Subscriptions are such
that more is wanted than may be sent, so that the limit is what counts; the baseline is that limit.
"""

import argparse
import asyncio
import multiprocessing
import random
import resource
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.progress import Progress
from telegram import Bot

from monitor.app import configure_logs
from monitor.domain.alerts import Rule
from monitor.domain.preferences import Preferences
from monitor.domain.stance import Stance
from monitor.domain.subscriptions import Filter, Subscription
from monitor.messages.reader import Reader
from monitor.notify.content import ContentLoader
from monitor.notify.dispatcher import Dispatcher
from monitor.notify.pacing import TELEGRAM_LIMITS, Pacer
from monitor.notify.telegram import TelegramSink
from monitor.pipeline.alert import raise_alerts
from monitor.pipeline.audience import Audiences
from storage import Store, open_store
from tests.builders import make_assessment, make_speaker
from tests.fakes.bot_api import TOKEN, FakeBotApi
from tests.storage.builders import assess, collect

TARGETS = ("armenia", "azerbaijan", "belarus", "kazakhstan", "kyrgyzstan", "tajikistan", "uzbekistan", "csto")
GROUPS = 100
LIMIT = 30
MEGABYTE = 1024
RULES = (Rule("all"),)


def now() -> datetime:
    """Return the moment."""
    return datetime.now(UTC)


def run_telegram(pipe: Connection) -> None:
    """Be Telegram until told to stop; say how many messages came and how many were one too many."""

    async def main() -> None:
        async with FakeBotApi.running(limits=True) as fake:
            refused = 0
            answer = fake.traffic.too_many

            def count(chat_id: int) -> int | None:
                nonlocal refused
                wait = answer(chat_id)
                refused += wait is not None
                return wait

            fake.traffic.too_many = count  # type: ignore[method-assign]
            pipe.send(fake.base)
            while True:
                if not await asyncio.to_thread(pipe.poll, 0.5):
                    continue
                if pipe.recv() == "stop":
                    return
                pipe.send((len(fake.sent), refused))

    asyncio.run(main())


def subscribe(store: Store, count: int) -> None:
    """Let so many chats, a few of them groups, want the words about one target each."""
    for number in range(1, count + 1):
        chat = -number if number <= GROUPS else number
        target = TARGETS[number % len(TARGETS)]
        store.chats.serve(chat, f"Chat {number}", "en", now())
        store.chats.subscribe(Subscription(0, chat, Filter(frozenset({target}))), now())
        store.preferences.save(chat, replace(Preferences(), hourly_cap=0))


@dataclass
class Statements:
    """Puts judged statements into the store at an hourly rate, and decides about them."""

    store: Store
    hourly: int
    count: int = 0

    def one(self) -> None:
        """Add a statement and raise its alert, as a round of the service does."""
        self.count += 1
        chosen = random.Random(self.count)
        assessment = make_assessment(
            chosen.choice(TARGETS),
            chosen.choice([Stance.HOSTILE, Stance.CONCILIATORY]),
            make_speaker(f"Speaker {self.count}"),
        )
        assess(
            self.store, collect(self.store, str(self.count), f"Text {self.count}.", seen=now()), assessment
        )
        moment = now()
        audiences = Audiences(
            self.store.chats, self.store.preferences, self.store.held, ZoneInfo("Europe/Moscow")
        )
        raise_alerts(
            self.store.findings,
            self.store.alerts,
            partial(audiences.read, moment),
            RULES,
            moment,
            max_age=timedelta(days=10_000),
        )

    async def flow(self, seconds: float) -> None:
        """Go on for so long."""
        began = time.monotonic()
        while (gone := time.monotonic() - began) < seconds:
            if self.count < gone * self.hourly / 3600 + 1:
                await asyncio.to_thread(self.one)
            await asyncio.sleep(0.05)


@dataclass(frozen=True)
class Load:
    """What came of a run: seconds, statements, messages, refusals, those that wait, and megabytes."""

    seconds: float
    statements: int
    sent: int
    refused: int
    waiting: int
    early: float
    late: float

    @property
    def share(self) -> float:
        """How much of the limit's rate was used."""
        return self.sent / self.seconds / LIMIT


async def deliver(
    base: str, folder: Path, ask: Connection, *, subscribers: int, hourly: int, minutes: float
) -> Load:
    """Run for the given time and return what came of it."""
    store = open_store(f"sqlite:///{folder}/delivery.db", now())
    subscribe(store, subscribers)
    reader = Reader.of("en", ZoneInfo("UTC"), (), ())
    statements, stop = Statements(store, hourly), asyncio.Event()
    async with Bot(TOKEN, base_url=f"{base}/bot") as bot:
        sink = TelegramSink(
            bot,
            store.chats,
            lambda _: reader,
            now,
            Pacer(TELEGRAM_LIMITS),
            is_overtaken=lambda delivery: store.outbox.is_overtaken(delivery, now()),
        )
        load = ContentLoader(store.alerts, store.digests, store.held, store.messages)
        sending = asyncio.create_task(Dispatcher(store.outbox, {"telegram": sink}, load, now).run(stop))
        seconds = minutes * 60
        flowing = asyncio.create_task(statements.flow(seconds))
        memory = []
        began = time.monotonic()
        with Progress() as progress:
            task = progress.add_task("sending", total=seconds)
            while time.monotonic() - began < seconds:
                await asyncio.sleep(1)
                progress.update(task, completed=time.monotonic() - began)
                memory.append(current_memory())
        took = time.monotonic() - began
        ask.send("count")
        sent, refused = await asyncio.to_thread(ask.recv)
        stop.set()
        await asyncio.gather(flowing, sending)
    counts = store.outbox.counts()
    store.close()
    early, late = memory[len(memory) // 5], memory[-1]
    return Load(took, statements.count, sent, refused, counts["pending"], early, late)


def current_memory() -> float:
    """Return the memory that the process holds now, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / MEGABYTE**2


def measure(subscribers: int, hourly: int, minutes: float) -> Load:
    """Run Telegram's fake in a process of its own, and the outbox against it."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    server = context.Process(target=run_telegram, args=(there,), daemon=True)
    server.start()
    base = here.recv()
    with tempfile.TemporaryDirectory() as folder:
        load = asyncio.run(
            deliver(base, Path(folder), here, subscribers=subscribers, hourly=hourly, minutes=minutes)
        )
    here.send("stop")
    server.join()
    return load


def main() -> None:
    """Parse the command line, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--subscribers", type=int, default=2_000)
    parser.add_argument("--statements", type=int, default=1_000)
    options = parser.parse_args()
    configure_logs("error")
    load = measure(options.subscribers, options.statements, options.minutes)
    print(f"{options.subscribers} subscribers, {load.statements} statements in {load.seconds:.0f} s")
    print(f"{load.sent} messages, {load.sent / load.seconds:.2f} a second: {load.share:.1%} of the limit")
    print(f"{load.refused} refused as too many; {load.waiting} wait for their turn")
    memory = f"after a fifth of the time {load.early:.0f} MB, at the end {load.late:.0f} MB"
    print(f"memory {memory}: {load.late / load.early:.2f} times")


if __name__ == "__main__":
    main()
