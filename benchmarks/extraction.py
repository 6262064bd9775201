"""Compares extraction with the generic extractor alone, in one run: word-pair F1, and pages a second.

`python -m benchmarks.extraction [--pages FOLDER]`. Without a folder the demo newsroom's pages are read,
whose texts are known and whose outlets have selectors: as they are (4 KB), and with as much furniture around
them as real outlets' pages have (70 KB). With one, the public article-extraction pages
(github.com/scrapinghub/article-extraction-benchmark: `ground-truth.json` and `html/*.html.gz`), for which no
selectors exist: there ours must not lose to the generic extractor. The measure is that benchmark's: F1 over
groups of four words, a mean over pages.
"""

import argparse
import asyncio
import gzip
import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import trafilatura
from rich.progress import track

from monitor.clock import AcceleratedClock
from monitor.demo.content import load_content
from monitor.demo.server import packaged_newsroom, serve
from monitor.demo.sources import make_sources
from monitor.domain.article import FeedItem, Page
from monitor.domain.source import Source
from monitor.domain.stance import Tier
from monitor.errors import ExtractionError
from monitor.extract import extract_article

NOW = datetime(2026, 1, 1, tzinfo=UTC)
GROUP = 4
Case = tuple[Source, FeedItem, Page, str]
Extract = Callable[[Case], str]


def ours(case: Case) -> str:
    """Extract as the product does."""
    source, item, page, _ = case
    try:
        return extract_article(source, item, page, NOW).text
    except ExtractionError:
        return ""


def generic(case: Case) -> str:
    """Extract by the generic extractor alone, with the options that the product gives it."""
    options = {"include_comments": False, "include_tables": False, "favor_precision": True}
    return trafilatura.extract(case[2].body, **options) or ""


def score(found: str, true: str) -> float:
    """Return the F1 of the groups of four words."""
    mine, theirs = _groups(found), _groups(true)
    if not mine or not theirs:
        return float(not mine and not theirs)
    shared = (mine & theirs).total()
    precision, recall = shared / mine.total(), shared / theirs.total()
    return 2 * precision * recall / (precision + recall) if shared else 0.0


def _groups(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    size = min(GROUP, len(words))
    return Counter(tuple(words[i : i + size]) for i in range(len(words) - size + 1)) if size else Counter()


async def newsroom_cases() -> list[Case]:
    """Return every sound page of the demo newsroom that has selectors, with its text as written."""
    content = load_content(packaged_newsroom())
    written = {item.id: item for item in content.items}
    end = content.last + timedelta(days=1)
    clock = AcceleratedClock(end, 1.0, end)
    cases: list[Case] = []
    async with serve(content, clock) as newsroom, httpx.AsyncClient(trust_env=False) as client:
        sources = {source.id: source for source in make_sources(newsroom, timedelta(hours=1))}
        for url, item_id in newsroom.item_urls.items():
            source, item = sources[item_id.split("/")[0]], written.get(item_id)
            if (
                item is None
                or item.broken
                or not source.article.body
                or not url.startswith(newsroom.base_url)
            ):
                continue
            body = item.revision.body if item.revision else item.body
            answer = await client.get(url)
            feed_item = FeedItem(source.id, url, url, item.title, NOW)
            cases.append((source, feed_item, _page(url, answer.content), f"{item.lead}\n{body}"))
    return cases


def furnish(cases: Sequence[Case]) -> list[Case]:
    """Return the cases with menus, teasers and scripts around each article."""
    menu = "".join(f'<li class="menu"><a href="/section/{n}/">Рубрика {n}</a></li>' for n in range(180))
    teasers = "".join(
        f'<div class="card"><a href="/news/{n}"><span class="card__title">Заголовок другой новости номер {n}'
        f'</span></a><span class="card__date">{n % 24}:30</span></div>'
        for n in range(180)
    )
    script = f"<script>{'var a = {x: 1};' * 1_200}</script>"
    found = []
    for source, item, page, text in cases:
        code = source.encoding or "utf-8"
        before = f"<nav><ul>{menu}</ul></nav>{script}".encode(code)
        after = f"<aside>{teasers}</aside></body>".encode(code)
        start = page.body.index(b">", page.body.index(b"<body")) + 1
        body = page.body[:start] + before + page.body[start:].replace(b"</body>", after)
        found.append((source, item, _page(page.url, body), text))
    return found


def public_cases(folder: Path) -> list[Case]:
    """Return the public pages with their true texts."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    source = Source("public", "Public", "rss", "http://public.example/rss", "other", Tier.OUTLET, ("en",))
    cases = []
    for name, wanted in truth.items():
        body = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        url = wanted.get("url") or f"http://public.example/{name}"
        cases.append(
            (source, FeedItem("public", url, url, "", None), _page(url, body), wanted["articleBody"])
        )
    return cases


def _page(url: str, body: bytes) -> Page:
    digest = hashlib.sha256(body).hexdigest()
    return Page(url, url, 200, {"content-type": "text/html"}, body, NOW, digest)


def measure(name: str, extract: Extract, cases: Sequence[Case]) -> tuple[float, float]:
    """Return the mean F1 and pages a second, and print them."""
    started = time.perf_counter()
    found = [extract(case) for case in track(cases, description=name)]
    rate = len(cases) / (time.perf_counter() - started)
    mean = sum(score(text, case[3]) for text, case in zip(found, cases, strict=True)) / len(cases)
    print(f"{name:10} F1 {mean:.4f}   {rate:7.1f} pages/s")
    return mean, rate


def main() -> None:
    """Parse the command line, measure both and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=Path, help="folder of the public article-extraction pages")
    options = parser.parse_args()
    cases = public_cases(options.pages) if options.pages else asyncio.run(newsroom_cases())
    compare(cases)
    if not options.pages:
        compare(furnish(cases))


def compare(cases: Sequence[Case]) -> None:
    """Measure both on the same pages."""
    size = sum(len(case[2].body) for case in cases) / len(cases) / 1_000
    print(f"{len(cases)} pages of {size:.0f} KB")
    mine, rate = measure("ours", ours, cases)
    theirs, slow = measure("generic", generic, cases)
    print(
        f"F1 {mine - theirs:+.4f} against the generic extractor, {rate / slow:.2f} times its pages a second"
    )


if __name__ == "__main__":
    main()
