"""Evaluates the shipped model: `python -m training.evaluate --data FOLDER`.

Prints Markdown: stance on the real test (all, its first round, its samples), acts,
calibration, and sentiment on the development parts of the public sets.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from monitor.classify import StanceModel
from monitor.classify.bundle import load_description
from monitor.domain.stance import Judgement
from training.abstain import draw, lay_out, trade_off
from training.card import add_test
from training.corpus import read_corpus
from training.examples import ACTS, SENTIMENTS, STANCES, Example
from training.metrics import (
    acts_micro_f1,
    bootstrap_interval,
    calibration_error,
    class_table,
    macro_f1,
    poles_f1,
)
from training.paths import BUNDLED
from training.shipped import judge_all

SECOND_ROUND = ("suspected", "random2")
"""Samples read after version 1.1.0, most of them chosen by what it found hard."""


def report_stance(examples: Sequence[Example], judgements: Sequence[Judgement]) -> str:
    """Lay out everything measured of the stance head on real pairs."""
    gold = np.array([e.stance for e in examples])
    probabilities = _matrix(judgements)
    guessed = np.array([STANCES.index(j.stance) for j in judgements])
    stories = [e.story for e in examples]
    low, high = bootstrap_interval(gold, guessed, stories)
    rates = ", ".join(f"{s.value} {(gold == i).mean():.1%}" for i, s in enumerate(STANCES))
    known = [i for i, e in enumerate(examples) if e.acts is not None]
    acts = acts_micro_f1(
        [examples[i].acts or frozenset() for i in known],
        [frozenset(ACTS.index(act) for act in judgements[i].acts) for i in known],
    )
    sure = np.array([not j.uncertain for j in judgements])
    lines = [
        class_table(gold, guessed, [s.value for s in STANCES]),
        "",
        f"Base rates: {rates}; {len(set(stories))} stories.",
        f"Macro-F1 {macro_f1(gold, guessed):.3f}, 95 % interval by story {low:.3f} to {high:.3f}.",
        f"Acts, micro-F1: {acts:.3f}. Calibration error: {calibration_error(gold, probabilities):.3f}.",
        f"Not uncertain: {sure.mean():.1%} of pairs, macro-F1 {macro_f1(gold[sure], guessed[sure]):.3f}:",
        "",
        class_table(gold[sure], guessed[sure], [s.value for s in STANCES]),
    ]
    return "\n".join(lines)


def report_sentiment(examples: Sequence[Example], judgements: Sequence[Judgement]) -> str:
    """Lay out the sentiment head on one public development set."""
    gold = np.array([e.sentiment for e in examples])
    guessed = np.array([STANCES.index(j.stance) for j in judgements])
    error = calibration_error(gold, _matrix(judgements))
    return "\n".join(
        [
            class_table(gold, guessed, SENTIMENTS),
            "",
            f"F1 over the poles {poles_f1(gold, guessed):.3f}; calibration error {error:.3f}.",
        ]
    )


def write_pairs(examples: Sequence[Example], path: Path) -> None:
    """Write real pairs with their texts, to stay on this machine, as the gate reads them."""
    with path.open("w", encoding="utf-8") as file:
        for e in examples:
            stance = STANCES[e.stance].value if e.stance is not None else ""
            pair = {"text": e.text, "start": e.start, "end": e.end, "target": e.target, "stance": stance}
            file.write(json.dumps(pair, ensure_ascii=False) + "\n")


def _matrix(judgements: Sequence[Judgement]) -> np.ndarray:
    return np.array([[j.probabilities.of(stance) for stance in STANCES] for j in judgements])


def main() -> None:
    """Parse the command line, evaluate and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--model", type=Path, default=BUNDLED, help="folder of the model")
    parser.add_argument("--dev", action="store_true", help="development pairs, not the test")
    parser.add_argument("--write-pairs", type=Path, help="write the real pairs for `model compare --pairs`")
    parser.add_argument("--curve", type=Path, help="draw the trade-off of abstaining into this picture")
    parser.add_argument("--card", action="store_true", help="put the test's figures into the model's card")
    options = parser.parse_args()
    corpus, model = read_corpus(options.data), StanceModel.load(options.model)
    real = corpus.real_dev if options.dev else corpus.real_test
    if options.write_pairs:
        write_pairs(real, options.write_pairs)
        return
    judged = judge_all(model, real, "real pairs")
    if options.card and not options.dev:
        add_test(options.model, real, judged)
    points = trade_off(real, judged)
    if options.curve:
        draw(points, load_description(options.model).uncertain_below, options.curve)
    print(f"# {model.version}\n\n## Stance, real {'development' if options.dev else 'test'}, all\n")
    print(report_stance(real, judged))
    print(f"\n## Abstaining\n\n{lay_out(points)}")
    frozen = [i for i, e in enumerate(real) if e.sample not in SECOND_ROUND]
    print("\n## Stance, first round\n")
    print(report_stance([real[i] for i in frozen], [judged[i] for i in frozen]))
    samples = Counter(e.sample for e in real)
    for sample in sorted(samples):
        some = [i for i, e in enumerate(real) if e.sample == sample]
        print(f"\n## Stance, sample `{sample}`\n")
        print(report_stance([real[i] for i in some], [judged[i] for i in some]))
    for source in ("rusentne", "newsmtsc"):
        examples = [e for e in corpus.public_dev if e.source == source]
        print(f"\n## Sentiment, {source}, development part\n")
        print(report_sentiment(examples, judge_all(model, examples, source)))


if __name__ == "__main__":
    main()
