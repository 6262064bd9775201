"""Measures how long a new item takes from the poll that shows it to its stored judgement.

`python -m benchmarks.latency [--sources 20] [--seconds 60]`. A loopback server publishes articles with
statements at random moments; the service polls its feeds every two seconds and runs as in production: pages
fetched and parsed in processes of their own, the store in a file, the bundled model. The time counts from the
answer that first shows an item to the end of the round that judged it. The baseline is the work itself: the
same articles read again with nothing to wait for.
"""

import argparse
import asyncio
import random
import tempfile
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from statistics import median, quantiles

from rich.progress import Progress
from sqlalchemy import select

from monitor.app import App, configure_logs
from monitor.domain.source import ArticleSelectors, Source
from monitor.domain.stance import Tier
from monitor.live import open_service
from monitor.pipeline.reading import Document
from monitor.service import Counters
from monitor.settings import load_settings, packaged_config
from storage.tables import ArticleState, articles

RATE = 0.05
"""Items a second and source."""
POLL = timedelta(seconds=2)
THINGS = (
    "поставки зерна",
    "тарифы на газ",
    "переговоры о границе",
    "учения",
    "транзит",
    "рейсы",
    "экспорт молока",
)
PLACES = ("Ереване", "Астане", "Баку", "Минске", "Бишкеке", "Душанбе", "Ташкенте")


@dataclass
class Newsroom:
    """Feeds and pages; `shown` is when each page's address was first given out."""

    base: str = ""
    items: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    shown: dict[str, float] = field(default_factory=dict)

    def publish(self, source: str, rng: random.Random) -> None:
        """Put out one more article."""
        number = sum(map(len, self.items.values())) + 1
        thing, place = rng.choice(THINGS), rng.choice(PLACES)
        text = (
            f"В МИД России заявили, что {thing} {number} обсудят на встрече в {place}. "
            f"Мария Захарова обвинила власти Армении в том, что {thing} сорваны по вине Еревана. "
            f"Дмитрий Песков поблагодарил Казахстан за {rng.choice(THINGS)}. "
            f"Стороны встретятся через {number} дней."
        )
        self.items.setdefault(source, []).append((f"{self.base}/{source}/{number}", text))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer until the client goes."""
        try:
            while True:
                path = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
                status, body = self._answer(path)
                head = f"HTTP/1.1 {status} X\r\nContent-Type: text/html; charset=utf-8\r\n"
                writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def _answer(self, path: str) -> tuple[int, bytes]:
        source = path.strip("/").split("/")[0]
        if path.endswith("/feed"):
            return 200, self._feed(source).encode()
        text = next((text for url, text in self.items.get(source, ()) if url.endswith(path)), None)
        if text is None:
            return 404, b""
        return (
            200,
            f"<html><body><h1>Новости</h1><div class='text'><p>{text}</p></div></body></html>".encode(),
        )

    def _feed(self, source: str) -> str:
        now = format_datetime(datetime.now(UTC))
        entries = []
        for url, text in self.items.get(source, [])[-20:]:
            self.shown.setdefault(url, time.monotonic())
            entries.append(
                f"<item><title>{text[:60]}</title><link>{url}</link><pubDate>{now}</pubDate></item>"
            )
        return f"<rss version='2.0'><channel><title>т</title>{''.join(entries)}</channel></rss>"


def make_source(number: int, base: str) -> Source:
    """Return a source that is asked every two seconds."""
    return Source(
        f"s{number}",
        f"Outlet {number}",
        "rss",
        f"{base}/s{number}/feed",
        "russia",
        Tier.OUTLET,
        ("ru",),
        interval=POLL,
        spacing=timedelta(0),
        allow_private=True,
        article=ArticleSelectors(title="h1", body="div.text"),
    )


async def measure(count: int, seconds: int, folder: Path) -> tuple[list[float], float]:
    """Run the service; returns the delay of every item, and the median seconds of the work itself."""
    newsroom, rng = Newsroom(), random.Random(1)
    server = await asyncio.start_server(newsroom.serve, "127.0.0.1", 0)
    newsroom.base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    where = {"RHETORIC_MONITOR__STORE__URL": f"sqlite:///{folder}/latency.db"}
    configure_logs("error")
    settings = load_settings(packaged_config(), where)
    app = App(replace(settings, sources=tuple(make_source(n, newsroom.base) for n in range(count))))
    await asyncio.to_thread(lambda: app.reader)
    delays: dict[str, float] = {}

    def on_round(_: Counters) -> None:
        with app.store.database.read() as connection:
            done = connection.execute(
                select(articles.c.url).where(articles.c.state == ArticleState.ASSESSED)
            ).scalars()
            for url in done:
                delays.setdefault(url, time.monotonic() - newsroom.shown[url])

    async with open_service(app, None) as service:
        service.on_round = on_round
        stop = asyncio.Event()
        running = asyncio.create_task(service.run(stop))
        with Progress() as progress:
            task = progress.add_task("publishing", total=seconds * 10)
            for tick in range(seconds * 10):
                if tick >= 50:  # the parsers have started
                    for number in range(count):
                        if rng.random() < RATE / 10:
                            newsroom.publish(f"s{number}", rng)
                await asyncio.sleep(0.1)
                progress.update(task, advance=1)
        stop.set()
        await running
    server.close()
    texts = [text for items in newsroom.items.values() for _, text in items]
    alone = []
    for text in texts:
        started = time.perf_counter()
        app.reader.read(Document(text))
        alone.append(time.perf_counter() - started)
    return list(delays.values()), median(alone)


def main() -> None:
    """Parse the command line, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sources", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        delays, alone = asyncio.run(measure(options.sources, options.seconds, Path(folder)))
    p95 = quantiles(delays, n=20)[18]
    print(f"{len(delays)} items from {options.sources} sources in {options.seconds} s")
    print(
        f"from the poll that shows an item to its judgement: median {median(delays):.2f} s, p95 {p95:.2f} s"
    )
    ratio = median(delays) / alone
    print(f"the reading itself takes {alone:.3f} s: the median item takes {ratio:.0f} times as long")


if __name__ == "__main__":
    main()
