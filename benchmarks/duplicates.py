"""Measures near-duplicate search, in one run, against simhash and against comparing every pair.

`python -m benchmarks.duplicates [--texts FILE] [--edits 0.08]`. Every text gets a copy with that share of
its words replaced, dropped or doubled. Recall: copies found among candidates and confirmed. False merges:
different texts taken for one. Without a file (one text a line) the demo newsroom's short texts are used,
three of an outlet's joined to one.
"""

import argparse
import random
import time
from collections import defaultdict
from hashlib import blake2b
from pathlib import Path

from rich.progress import track

from monitor.demo.content import load_content
from monitor.demo.server import packaged_newsroom
from monitor.text.duplicates import bands, is_same_story, signature

LEAST_WORDS = 60
BITS = 64
NEAR = 3
"""Bits in which simhashes of copies may differ (Manku and others, WWW 2007)."""


def newsroom_texts() -> list[str]:
    """Return the newsroom's texts, three in a row joined, without the wire's copies."""
    items = [item for item in load_content(packaged_newsroom()).items if not item.copy_of]
    bodies = [" ".join(item.body.split()) for item in items]
    return [" ".join(bodies[place : place + 3]) for place in range(0, len(bodies), 3)]


def edit(text: str, share: float, vocabulary: list[str], rng: random.Random) -> str:
    """Return a copy in which that share of the words is replaced, dropped or doubled."""
    words = text.split()
    for place in rng.sample(range(len(words)), round(share * len(words))):
        words[place] = rng.choice((rng.choice(vocabulary), "", f"{words[place]} {words[place]}"))
    return " ".join(word for word in words if word)


def simhash(text: str) -> int:
    """Return the 64-bit simhash of the words (Charikar, STOC 2002)."""
    votes = [0] * BITS
    for word in text.lower().split():
        value = int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")
        for bit in range(BITS):
            votes[bit] += 1 if value >> bit & 1 else -1
    return sum(1 << bit for bit in range(BITS) if votes[bit] > 0)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, help="a file of texts, one a line")
    parser.add_argument("--edits", type=float, default=0.08, help="share of words edited")
    options = parser.parse_args()
    rng = random.Random(1)
    texts = options.texts.read_text(encoding="utf-8").splitlines() if options.texts else newsroom_texts()
    texts = list(dict.fromkeys(text for text in texts if len(text.split()) >= LEAST_WORDS))
    vocabulary = sorted({word for text in texts for word in text.split() if word.islower()})
    copies = [edit(text, options.edits, vocabulary, rng) for text in texts]
    shown = f"{len(texts)} texts of {LEAST_WORDS} words or more"
    print(f"{shown}, {options.edits:.0%} of the words edited in each copy")

    started = time.perf_counter()
    index: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for key in bands(signature(text)):
            index[key].append(number)
    found = wrong = compared = 0
    for number, copy in enumerate(track(copies, description="ours")):
        candidates = {other for key in bands(signature(copy)) for other in index[key]}
        compared += len(candidates)
        same = {other for other in candidates if is_same_story(copy, texts[other])}
        found += number in same
        wrong += len(same - {number})
    ours = time.perf_counter() - started

    started = time.perf_counter()
    exact = false = 0
    for number, copy in enumerate(track(copies, description="every pair")):
        same = {other for other, text in enumerate(texts) if is_same_story(copy, text)}
        exact += number in same
        false += len(same - {number})
    pairs = time.perf_counter() - started

    started = time.perf_counter()
    hashes = [simhash(text) for text in texts]
    near = stray = 0
    for number, copy in enumerate(track(copies, description="simhash")):
        value = simhash(copy)
        same = {other for other, held in enumerate(hashes) if (value ^ held).bit_count() <= NEAR}
        near += number in same
        stray += len(same - {number})
    hashing = time.perf_counter() - started

    rows = (
        ("ours", found, wrong, ours),
        ("every pair", exact, false, pairs),
        ("simhash", near, stray, hashing),
    )
    for name, hits, merged, seconds in rows:
        print(f"{name:10} recall {hits / len(texts):.4f}, {merged} false merges, {seconds:.2f} s")
    ratio = f"{pairs / ours:.1f} times as fast as every pair"
    print(f"ours compared {compared / len(texts):.1f} texts a copy, {ratio}")


if __name__ == "__main__":
    main()
