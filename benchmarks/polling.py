"""Measures how many sources one process can poll, in one run, against polling them one after another.

`python -m benchmarks.polling [--sources 2000] [--minutes 6]`. A server in another process gives every
source a feed of its own under a name of its own; at each poll one feed in fifty has something new. The
service runs as in production (robots.txt, validators, the store in a file, the bundled model), every
source due each minute. Lag is the time from a visit's turn to its beginning, and to its end. The first
150 seconds, in which every robots.txt and every feed is read for the first time, are not counted. The
baseline fetches and parses the same feeds one by one with httpx and feedparser, without asking whether they
changed, and keeps nothing.
"""

import argparse
import asyncio
import multiprocessing
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import quantiles

import feedparser
import httpx
from apscheduler.events import EVENT_JOB_SUBMITTED, JobSubmissionEvent
from rich.progress import Progress

from monitor.app import App, configure_logs
from monitor.collect import HttpCollector
from monitor.domain.coverage import SourceRun
from monitor.domain.source import Source
from monitor.domain.stance import Tier
from monitor.extract import extract_article
from monitor.pipeline.collect import SourceVisitor
from monitor.service import Service
from monitor.settings import load_settings, packaged_config

FRESH = 0.02
ENTRIES = 20
FIRST = 1
"""Entries at the beginning: the first reading of everything is not what is measured."""
WORDS = """
город завод цех рабочий станок дорога мост река вода поле урожай пшеница хлеб рынок цена товар склад
поезд вокзал порт судно рейс самолёт школа учитель ученик книга библиотека музей театр выставка концерт
фильм больница врач аптека лекарство спорт матч команда тренер стадион победа погода снег дождь ветер
мороз тепло энергия станция турбина кабель сеть газ нефть труба уголь шахта металл сталь стекло бумага
ткань мебель дом квартира стройка кирпич бетон крыша окно дверь лифт двор парк дерево сад цветок зверь
птица рыба лес озеро
"""
NAIVE_SECONDS = 10.0
WARM_SECONDS = 150.0


class Feeds:
    """The server's side: a feed a name, each with as many entries as were published."""

    def __init__(self) -> None:
        self.published: dict[str, int] = {}
        self.given: dict[str, str] = {}
        """What each feed was when it was last given away in full."""
        self.unchanged = self.spared = self.changed = 0
        self._random = random.Random(1)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer until the client goes."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                lines = [line.partition(": ") for line in head.lower().split("\r\n")[1:]]
                writer.write(self._answer(head.split()[1], {name: value for name, _, value in lines}))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def _answer(self, path: str, headers: dict[str, str]) -> bytes:
        if path == "/robots.txt":
            return b"HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n"
        name = headers["host"]
        count = self.published.setdefault(name, FIRST)
        if name in self.given and self._random.random() < FRESH:
            count = self.published[name] = count + 1
        tag = f'"{count}"'
        same = self.given.get(name) == tag
        self.unchanged += same
        if headers.get("if-none-match") == tag:
            self.spared += same
            return f"HTTP/1.1 304 X\r\nETag: {tag}\r\n\r\n".encode()
        self.changed += 1
        self.given[name] = tag
        body = make_feed(name, count).encode()
        kind = "Content-Type: application/rss+xml; charset=utf-8"
        head = f"HTTP/1.1 200 X\r\nETag: {tag}\r\n{kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        return head.encode() + body


def make_feed(name: str, count: int) -> str:
    """Return a feed with whole texts; entry numbers go up."""
    now = format_datetime(datetime.now(UTC))

    def words(number: int) -> str:
        return " ".join(random.Random(f"{name}/{number}").choices(WORDS.split(), k=40))

    items = "".join(
        f"<item><title>Новость {n} от {name}</title><link>http://{name}/{n}</link><guid>{n}</guid>"
        f"<pubDate>{now}</pubDate>"
        f"<description>Завод номер {n} в городе открыл цех: {words(n)}.</description></item>"
        for n in range(count, max(0, count - ENTRIES), -1)
    )
    head = "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>т</title>"
    return f"{head}{items}</channel></rss>"


def run_server(pipe: Connection) -> None:
    """Serve until told to stop; tell the port first and the counts last."""

    async def main() -> None:
        feeds = Feeds()
        server = await asyncio.start_server(feeds.serve, "127.0.0.1", 0, backlog=2_000)
        pipe.send(server.sockets[0].getsockname()[1])
        while not await asyncio.to_thread(pipe.poll, 0.2):
            pass
        pipe.recv()
        pipe.send((feeds.unchanged, feeds.spared, feeds.changed))
        while not await asyncio.to_thread(pipe.poll, 0.2):
            pass

    asyncio.run(main())


@dataclass
class Watch:
    """When visits were due, began and ended."""

    since: float = 0.0
    due: dict[str, datetime] = field(default_factory=dict)
    begins: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)

    def on_submitted(self, event: JobSubmissionEvent) -> None:
        """Note when a visit should have begun."""
        self.due[event.job_id] = event.scheduled_run_times[0]

    def note(self, source_id: str, lags: list[float]) -> None:
        """Note how late it is."""
        due = self.due.get(f"visit:{source_id}")
        if due is not None and time.monotonic() >= self.since:
            lags.append((datetime.now(UTC) - due).total_seconds())


@dataclass(frozen=True)
class WatchedVisitor(SourceVisitor):
    """Notes when each visit begins and ends."""

    watch: Watch = field(default_factory=Watch)

    async def visit(self, source: Source) -> SourceRun:
        """Visit, with a look at the clock before and after."""
        self.watch.note(source.id, self.watch.begins)
        run = await super().visit(source)
        self.watch.note(source.id, self.watch.ends)
        return run


def make_sources(count: int, port: int) -> tuple[Source, ...]:
    """Return the sources, each on a host of its own."""
    model = Source("s", "S", "rss", "", "russia", Tier.OUTLET, ("ru",), interval=timedelta(minutes=1))
    return tuple(
        replace(
            model,
            id=f"s{n}",
            outlet=f"Outlet {n}",
            url=f"http://s{n}.test:{port}/feed",
            spacing=timedelta(0),
            full_text_in_feed=True,
            allow_private=True,
            adaptive=False,
            revisit=False,
        )
        for n in range(count)
    )


async def poll(sources: Sequence[Source], minutes: float, folder: Path) -> tuple[Watch, Service, float]:
    """Run the service; returns what was noted, the service, and the processor's seconds a visit."""
    where = {"RHETORIC_MONITOR__STORE__URL": f"sqlite:///{folder}/polling.db"}
    settings = load_settings(packaged_config(), where)
    configure_logs("error")
    app = App(replace(settings, sources=tuple(sources)))

    async def resolve(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    collector = HttpCollector(settings.monitor.collect, app.clock.now, resolver=resolve)
    watch = Watch(time.monotonic() + WARM_SECONDS)
    visitor = WatchedVisitor(
        collector=collector,
        extract=extract_article,
        articles=app.store.articles,
        now=app.clock.now,
        item_attempts=settings.monitor.collect.item_attempts,
        watch=watch,
    )
    service = Service(app, visitor, app.make_dispatcher(None))
    service._schedule._scheduler.add_listener(watch.on_submitted, EVENT_JOB_SUBMITTED)  # noqa: SLF001
    stop = asyncio.Event()
    running = asyncio.create_task(service.run(stop))
    used = visits = 0.0
    with Progress() as progress:
        task = progress.add_task("polling", total=minutes * 60)
        for second in range(round(minutes * 60)):
            if second == WARM_SECONDS:
                used, visits = time.process_time(), service.counters.visits
            await asyncio.sleep(1)
            progress.update(task, advance=1)
    used, visits = time.process_time() - used, service.counters.visits - visits
    stop.set()
    await running
    await collector.aclose()
    return watch, service, used / max(1, visits)


def poll_naively(sources: Sequence[Source]) -> float:
    """Return the processor's seconds a feed, fetched and parsed one by one."""
    used, done, until = time.process_time(), 0, time.monotonic() + NAIVE_SECONDS
    with httpx.Client(trust_env=False) as client:
        while time.monotonic() < until:
            url = httpx.URL(sources[done % len(sources)].url)
            answer = client.get(url.copy_with(host="127.0.0.1"), headers={"Host": url.netloc.decode()})
            feedparser.parse(answer.content)
            done += 1
    return (time.process_time() - used) / done


def main() -> None:
    """Parse the command line, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sources", type=int, default=2_000)
    parser.add_argument("--minutes", type=float, default=6.0)
    options = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    server = context.Process(target=run_server, args=(there,), daemon=True)
    server.start()
    sources = make_sources(options.sources, here.recv())
    with tempfile.TemporaryDirectory() as folder:
        watch, service, seconds = asyncio.run(poll(sources, options.minutes, Path(folder)))
    here.send("count")
    unchanged, spared, changed = here.recv()
    naive = poll_naively(sources)
    here.send("stop")
    server.join()
    begin, end = (quantiles(lags, n=20)[18] for lags in (watch.begins, watch.ends))
    counted = options.minutes - WARM_SECONDS / 60
    a_minute, missed = len(watch.begins) / counted, service.counters.missed
    print(f"{options.sources} sources: {a_minute:.0f} visits a minute, {missed} missed in all")
    print(
        f"lag p95: {begin:.2f} s to the beginning, {end:.2f} s to the end; worst end {max(watch.ends):.2f} s"
    )
    share = f"{spared / max(unchanged, 1):.1%}"
    print(f"{spared} of {unchanged} polls of unchanged feeds answered 304 ({share}), {changed} full answers")
    ratio = f"{naive / seconds:.2f} times as many feeds for the same time"
    print(f"{1000 * seconds:.2f} ms of processor a visit, all included; naively {1000 * naive:.2f}: {ratio}")


if __name__ == "__main__":
    main()
