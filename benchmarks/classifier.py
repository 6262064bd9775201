"""Compares the shipped int8 network with torch in 32 bits, in one run.

`python -m benchmarks.classifier [--pairs N] [--previous FOLDER] [--data FOLDER]`, with training installed.
Both judge the same statements on one thread: the int8 network one by one as the product does but without
early exits, torch in padded batches sorted by length, with the weights read back out of the int8 file.
Prints pairs a second, their ratio, how often the labels agree, how many sentences a second the product
judges toward every target that they mention, and the same of a model shipped before. Pairs stop early where
they are neutral, so these sentences come at the base rate of the codebook's readings, 79 % neutral; with
`--data` they are the real ones of the development part that were drawn at random.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from onnxruntime import InferenceSession

from monitor.classify import MarkedText, StanceModel
from monitor.classify.bundle import BUNDLED, NETWORK, TOKENIZER, load_description
from monitor.classify.encode import PairEncoder
from monitor.classify.model import load_tokenizer, open_session, run_network
from monitor.settings import load_settings, packaged_config
from monitor.text.mentions import MentionFinder
from training.batches import Item, make_batch
from training.corpus import read_corpus, take_share
from training.examples import Example
from training.finish import base_rate_pairs
from training.network import JudgeNetwork
from training.paths import WORK
from training.recover import count_layers, recover_weights
from training.start import load_encoder
from training.tables import read_written

BATCH = 32
NEUTRAL_SHARE = 0.79


def judge_one_by_one(session: InferenceSession, items: list[Item]) -> np.ndarray:
    """Return the stance logits of the int8 network, as the product runs it."""
    return np.array([run_network(session, list(item.ids))[0] for item in items])


def judge_in_batches(network: JudgeNetwork, items: list[Item]) -> np.ndarray:
    """Return the stance logits of the torch network, batched and padded."""
    order = sorted(range(len(items)), key=lambda i: len(items[i].ids))
    found: dict[int, np.ndarray] = {}
    with torch.inference_mode():
        for start in range(0, len(order), BATCH):
            part = order[start : start + BATCH]
            batch = make_batch([items[i] for i in part], {})
            found.update(zip(part, network(batch.ids, batch.mask).stance.numpy(), strict=True))
    return np.array([found[i] for i in range(len(items))])


def mark_all(texts: list[tuple[str, str]]) -> list[list[MarkedText]]:
    """Return the pairs of every text that mentions a target."""
    finder = MentionFinder(load_settings(packaged_config()).targets)
    found = [[MarkedText(t, m.start, m.end) for m in finder.first_per_target(t, lang)] for t, lang in texts]
    return [pairs for pairs in found if pairs]


def draw_at_base_rate(examples: Sequence[Example]) -> list[Example]:
    """Return the neutral examples and, at random, as many poles as the base rate has beside them."""
    neutral = [e for e in examples if e.stance == 1]
    poles = [e for e in examples if e.stance != 1]
    wanted = len(neutral) * (1 - NEUTRAL_SHARE) / NEUTRAL_SHARE
    return neutral + take_share(poles, min(1.0, wanted / len(poles)), seed=0)


def measure(judge: Callable[[], np.ndarray], count: int) -> tuple[np.ndarray, float]:
    """Return the logits and the pairs a second."""
    started = time.perf_counter()
    logits = judge()
    return logits, count / (time.perf_counter() - started)


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=600)
    parser.add_argument("--work", type=Path, default=WORK, help="training's scratch folder, with its start")
    parser.add_argument("--previous", type=Path, help="folder of another model to set beside it")
    parser.add_argument("--data", type=Path, help="folder of the data sets: sentences are real ones then")
    options = parser.parse_args()
    torch.set_num_threads(1)
    description = load_description(BUNDLED)
    encoder = PairEncoder(load_tokenizer(BUNDLED / TOKENIZER), description.max_tokens)
    examples = read_written()[:: max(1, len(read_written()) // options.pairs)][: options.pairs]
    items = [Item(encoder.encode(e.text, e.start, e.end), e) for e in examples]
    network = JudgeNetwork(load_encoder(options.work / "start"), encoder.marker_ids)
    network.keep_layers(range(count_layers(BUNDLED / NETWORK)))
    network.load_state_dict(recover_weights(BUNDLED / NETWORK, network.state_dict()))
    network.eval()
    session = open_session(BUNDLED / NETWORK)
    judge_one_by_one(session, items[:20])
    judge_in_batches(network, items[:20])
    small, small_rate = measure(lambda: judge_one_by_one(session, items), len(items))
    exact, exact_rate = measure(lambda: judge_in_batches(network, items), len(items))
    scale, bias = description.stance.scale, np.array(description.stance.bias)
    labels = [(scale * logits + bias).argmax(axis=1) for logits in (small, exact)]
    tokens = np.mean([len(item.ids) for item in items])
    print(f"{len(items)} pairs of {tokens:.1f} tokens on average, one thread\n")
    print("| network | pairs a second |\n| --- | ---: |")
    print(f"| int8 ONNX, one by one | {small_rate:.0f} |")
    if options.previous:
        other = open_session(options.previous / NETWORK)
        judge_one_by_one(other, items[:20])
        _, other_rate = measure(lambda: judge_one_by_one(other, items), len(items))
        print(f"| the other model, one by one | {other_rate:.0f} |")
    print(f"| torch, 32 bits, batches of {BATCH} | {exact_rate:.0f} |")
    print(f"| ratio | {small_rate / exact_rate:.2f} |\n")
    print(f"Same stance: {(labels[0] == labels[1]).mean():.1%} of pairs.")
    drawn = base_rate_pairs(read_corpus(options.data)) if options.data else draw_at_base_rate(examples)
    sentences = mark_all([(e.text, e.lang) for e in drawn])
    pairs = [pair for sentence in sentences for pair in sentence]
    for folder in (BUNDLED, options.previous):
        if folder:
            model = StanceModel.load(folder)
            started = time.perf_counter()
            model.judge(pairs)
            rate = len(sentences) / (time.perf_counter() - started)
            print(f"{model.version}, every target judged: {rate:.0f} sentences a second,", end=" ")
            print(f"{len(pairs) / len(sentences):.2f} targets each, {len(sentences)} sentences.")


if __name__ == "__main__":
    main()
