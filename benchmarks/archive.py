"""What archiving costs: time for each article, room for each page, and how fast the archive is verified.

Pages are those of the demo's newsroom, drawn after the sites' documented structures, with as much further
furniture as a real page has (`--furniture` characters of its own menus and scripts, other on each page).
Run `python -m benchmarks.archive`.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import statistics
import tempfile
import time
import zlib
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from monitor.archive import export_warc
from monitor.clock import SystemClock
from monitor.demo.content import load_content
from monitor.demo.pages import draw_page
from monitor.demo.server import Newsroom
from monitor.domain.article import Article, FeedItem, Page
from monitor.pipeline.archive import verify_archive
from storage import open_store
from storage.captures import add_capture, keep_page, pack

HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "content-encoding": "gzip",
    "server": "nginx",
    "date": "Tue, 14 Mar 2023 06:00:00 GMT",
    "etag": '"6410-5f2a"',
    "cache-control": "max-age=60",
    "vary": "Accept-Encoding",
    "x-frame-options": "SAMEORIGIN",
}
REQUEST = {
    ":method": "GET",
    "host": "agency.example",
    "User-Agent": "rhetoric-monitor/0.1 (+https://github.com/rhetoric-monitor)",
    "Accept": "text/html, application/xhtml+xml, */*;q=0.5",
    "Accept-Language": "ru",
    "Accept-Encoding": "gzip",
}
NEWSROOM = Path(__file__).parents[1] / "monitor" / "demo" / "newsroom"


def draw_pages(wanted: int, furniture: int) -> list[Page]:
    """Return pages as outlets of the demo serve them, each with furniture of its own."""
    content, chance = load_content(NEWSROOM), random.Random(5)
    newsroom = Newsroom(content, SystemClock(), "http://127.0.0.1:1")
    drawn = [
        (newsroom.places[outlet.id].url(version), draw_page(newsroom.places[outlet.id], version, ()))
        for outlet in content.outlets
        if outlet.kind != "telegram"
        for version in content.first_versions(outlet)
    ]
    words = sorted({word for _, body in drawn for word in body.decode("utf-8", "ignore").split()})
    pages: list[Page] = []
    now = SystemClock().now()
    for number in range(wanted):
        url, body = drawn[number % len(drawn)]
        menu: list[str] = []
        while sum(map(len, menu)) < furniture:
            link = f"/{chance.randrange(10**6)}/"
            menu.append(
                f'<li class="menu__item"><a class="menu__link" href="{link}">{chance.choice(words)}</a></li>'
            )
        whole = body.replace(b"</body>", "".join(menu).encode() + b"</body>")
        moment = now + timedelta(seconds=number)
        sha256 = hashlib.sha256(whole).hexdigest()
        pages.append(Page(f"{url}?{number}", url, 200, HEADERS, whole, moment, sha256, REQUEST))
    return pages


def measure_saving(pages: Sequence[Page], folder: Path) -> None:
    """Print what saving an article takes, and how much of it the archive's part is."""
    store = open_store(f"sqlite:///{folder / 'store.db'}", pages[0].fetched_at)
    whole, packing, writing = [], [], []
    for number, page in enumerate(pages):
        key, text = str(number), f"Text {number}. " * 200
        item = FeedItem("agency", key, page.url, f"Title {key}", page.fetched_at)
        article = Article("agency", key, page.url, item.title, text, None, page.fetched_at, page.sha256)
        started = time.perf_counter()
        store.articles.save(item, article, page, "Agency")
        whole.append(time.perf_counter() - started)
        started = time.perf_counter()
        packed = pack(page.body)
        packing.append(time.perf_counter() - started)
        with store.database.write() as connection:
            other = Page(
                page.url, page.final_url, 200, HEADERS, page.body, page.fetched_at, f"{page.sha256}x", REQUEST
            )
            started = time.perf_counter()
            keep_page(connection, other, packed)
            add_capture(connection, "agency", "article", other)  # type: ignore[arg-type]
            writing.append(time.perf_counter() - started)
            connection.rollback()
    median = {
        name: statistics.median(times) * 1000
        for name, times in (("whole", whole), ("packing", packing), ("writing", writing))
    }
    print(
        f"saving an article: {median['whole']:.2f} ms; of it packing {median['packing']:.2f} ms, "
        f"page and capture {median['writing']:.2f} ms (medians)"
    )
    started = time.perf_counter()
    result = verify_archive(store.archive)
    seconds = time.perf_counter() - started
    raw = sum(len(page.body) for page in pages)
    print(
        f"verifying: {result.sound / seconds:,.0f} pages/s, {raw / seconds / 1e6:,.0f} MB/s unpacked, "
        f"{len(result.damages)} damaged"
    )
    started = time.perf_counter()
    path = folder / "out.warc.gz"
    exported = export_warc(path, store.archive.captures(None, None), "benchmark", pages[0].fetched_at)
    seconds = time.perf_counter() - started
    kept, written = result.size, path.stat().st_size
    print(
        f"exporting: {exported.captures / seconds:,.0f} captures/s, {written / len(pages) / 1000:.1f} kB each"
    )
    print(
        f"store: {(folder / 'store.db').stat().st_size / len(pages) / 1000:.1f} kB an article, "
        f"{kept / len(pages) / 1000:.1f} kB of it the page"
    )
    store.close()


def measure_packing(pages: Sequence[Page]) -> None:
    """Print ratio and time of zlib's levels, and of zstd where it is installed."""
    raw = sum(len(page.body) for page in pages)
    print(f"{len(pages)} pages of {raw / len(pages) / 1000:.1f} kB")
    ways = {f"zlib {level}": lambda body, level=level: zlib.compress(body, level) for level in (1, 6, 9)}
    try:
        import zstandard
    except ImportError:
        print("zstandard is not installed: not compared")
    else:
        for level in (3, 9):
            ways[f"zstd {level}"] = zstandard.ZstdCompressor(level).compress
    for name, compress in ways.items():
        started = time.perf_counter()
        size = sum(len(compress(page.body)) for page in pages)
        seconds = (time.perf_counter() - started) / len(pages)
        print(f"{name}: {raw / size:.2f} : 1, {seconds * 1000:.2f} ms a page")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--furniture", type=int, default=60_000)
    options = parser.parse_args()
    pages = draw_pages(options.pages, options.furniture)
    measure_packing(pages)
    with tempfile.TemporaryDirectory() as folder:
        measure_saving(pages, Path(folder))


if __name__ == "__main__":
    main()
