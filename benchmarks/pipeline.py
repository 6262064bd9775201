"""Compares the pipeline with the naive form, in one run, on the demo newsroom's pages.

`python -m benchmarks.pipeline [--pages N]`, in the training environment. Ours: extraction by the
outlet's selectors, statements, mentions, speakers, and the int8 network on those pairs only. The
naive form: the generic extractor, and every sentence through the same network in torch, 32 bits,
batched and padded. Both run on one thread. The naive network's weights are random: the time does
not depend on them. Prints articles a second and their ratio.
"""

import argparse
import asyncio
import hashlib
import time
from collections.abc import Callable
from datetime import timedelta

import httpx
import torch
import trafilatura
from razdel import sentenize
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from monitor.app import App
from monitor.classify.bundle import BUNDLED, TOKENIZER, load_description
from monitor.classify.model import load_tokenizer
from monitor.clock import AcceleratedClock
from monitor.demo.content import load_content
from monitor.demo.server import packaged_newsroom, serve
from monitor.demo.sources import make_sources
from monitor.domain.article import FeedItem, Page
from monitor.domain.source import Source
from monitor.extract import extract_article
from monitor.pipeline.reading import Document
from monitor.settings import load_settings, packaged_config

BATCH = 32
Collected = tuple[Source, FeedItem, Page]


async def collect_pages(limit: int) -> list[Collected]:
    """Fetch article pages of the newsroom once, so that only understanding is measured."""
    content = load_content(packaged_newsroom())
    end = content.last + timedelta(days=1)
    clock = AcceleratedClock(end, 1.0, end)
    found: list[Collected] = []
    async with serve(content, clock) as newsroom, httpx.AsyncClient(trust_env=False) as client:
        sources = {source.id: source for source in make_sources(newsroom, timedelta(hours=1))}
        for url, item_id in newsroom.item_urls.items():
            if len(found) >= limit or not url.startswith(newsroom.base_url):
                continue
            answer = await client.get(url)
            if answer.status_code == httpx.codes.OK:
                body = answer.content
                digest = hashlib.sha256(body).hexdigest()
                page = Page(url, url, 200, dict(answer.headers), body, end, digest)
                source = sources[item_id.split("/")[0]]
                found.append((source, FeedItem(source.id, url, url, "", end), page))
    return found


def run_ours(app: App, pages: list[Collected]) -> int:
    """Extract and read every page; returns how many pairs were judged."""
    judged = 0
    for source, item, page in pages:
        try:
            article = extract_article(source, item, page, page.fetched_at)
        except Exception:  # noqa: BLE001, S112 - the newsroom has broken pages on purpose
            continue
        judged += len(app.reader.read(Document(article.text, article.title, source=source)).assessments)
    return judged


def run_naive(network: BertModel, tokenizer: PreTrainedTokenizerFast, pages: list[Collected]) -> int:
    """Extract generically and put every sentence through torch; returns how many there were."""
    count = 0
    for _, _, page in pages:
        text = trafilatura.extract(page.body) or ""
        sentences = [part.text for part in sentenize(text)]
        for start in range(0, len(sentences), BATCH):
            part = sentences[start : start + BATCH]
            with torch.inference_mode():
                network(**tokenizer(part, padding=True, truncation=True, max_length=112, return_tensors="pt"))
        count += len(sentences)
    return count


def measure(work: Callable[[], int]) -> tuple[int, float]:
    """Return what the work counted, and its seconds."""
    started = time.perf_counter()
    count = work()
    return count, time.perf_counter() - started


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=150)
    options = parser.parse_args()
    torch.set_num_threads(1)
    pages = asyncio.run(collect_pages(options.pages))
    app = App(load_settings(packaged_config(), env={}))
    tokenizer = load_tokenizer(BUNDLED / TOKENIZER)
    vocabulary = len(tokenizer)
    network = BertModel(
        BertConfig(
            vocab_size=vocabulary,
            hidden_size=384,
            num_hidden_layers=12,
            num_attention_heads=12,
            intermediate_size=1536,
        ),
        add_pooling_layer=False,
    ).eval()
    run_ours(app, pages[:5])
    run_naive(network, tokenizer, pages[:5])
    pairs, ours = measure(lambda: run_ours(app, pages))
    sentences, naive = measure(lambda: run_naive(network, tokenizer, pages))
    print(f"{len(pages)} article pages, one thread, model {load_description(BUNDLED).version}\n")
    print("| form | judged | articles a second |\n| --- | ---: | ---: |")
    print(f"| this pipeline | {pairs} pairs | {len(pages) / ours:.1f} |")
    print(f"| generic extractor, all through torch | {sentences} sentences | {len(pages) / naive:.1f} |")
    print(f"| ratio | | {naive / ours:.2f} |")


if __name__ == "__main__":
    main()
