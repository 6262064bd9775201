"""Evaluates the shipped model: `python -m training.evaluate [--data FOLDER]`.

Prints Markdown: stance on the written gate set and, where the data are at hand, on the real test (all,
with the product's own rule, by bound, by round and by sample), acts, calibration, and stance and sentiment
on the development parts of the public sets.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from monitor.classify import StanceModel
from monitor.classify.registry import GATE
from monitor.domain.stance import Judgement
from monitor.pipeline.gate import read_pairs
from training.abstain import Point, draw, lay_out, trade_off
from training.card import add_test, base_rates, gold_of, guesses_of
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
from training.speaking import attribute_all, with_own_side

SECOND_ROUND = ("suspected", "random2")
"""Samples read after version 1.1.0, most of them chosen by what it found hard."""


def report_stance(examples: Sequence[Example], judgements: Sequence[Judgement]) -> str:
    """Lay out everything measured of the stance head on real pairs."""
    gold, guessed = gold_of(examples), guesses_of(judgements)
    probabilities = _matrix(judgements)
    stories = [e.story for e in examples]
    low, high = bootstrap_interval(gold, guessed, stories)
    known = [i for i, e in enumerate(examples) if e.acts is not None]
    acts = acts_micro_f1(
        [examples[i].acts or frozenset() for i in known],
        [frozenset(ACTS.index(act) for act in judgements[i].acts) for i in known],
    )
    sure = np.array([not j.uncertain for j in judgements])
    lines = [
        class_table(gold, guessed, [s.value for s in STANCES]),
        "",
        f"Base rates: {base_rates(examples)}; {len(set(stories))} stories.",
        f"Macro-F1 {macro_f1(gold, guessed):.3f}, 95 % interval by story {low:.3f} to {high:.3f}.",
        f"Acts, micro-F1: {acts:.3f}. Calibration error: {calibration_error(gold, probabilities):.3f}.",
        f"Not uncertain: {sure.mean():.1%} of pairs, macro-F1 {macro_f1(gold[sure], guessed[sure]):.3f}:",
        "",
        class_table(gold[sure], guessed[sure], [s.value for s in STANCES]),
    ]
    return "\n".join(lines)


def report_sentiment(examples: Sequence[Example], judgements: Sequence[Judgement]) -> str:
    """Lay out the sentiment head on one public development set."""
    gold, guessed = gold_of(examples), guesses_of(judgements)
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


def report_gate(model: StanceModel) -> str:
    """Lay out the written gate set, the only labelled texts that the project itself holds."""
    examples = read_pairs(GATE, "written")
    gold = np.array([STANCES.index(example.stance) for example in examples])
    guessed = guesses_of(model.judge([example.pair for example in examples]))
    return class_table(gold, guessed, [stance.value for stance in STANCES])


def report_real(
    real: Sequence[Example], judged: Sequence[Judgement], points: Sequence[Point], data: Path
) -> str:
    """Lay out real pairs: all of them, with the product's own rule, by bound, by round and by sample."""
    first = [i for i, e in enumerate(real) if e.sample not in SECOND_ROUND]
    parts = [
        ("all", report_stance(real, judged)),
        (
            "all, with the product's rule for a state about itself",
            report_stance(real, with_own_side(real, judged, attribute_all(data, real))),
        ),
        ("by the bound of abstaining", lay_out(points)),
        ("first round", report_stance([real[i] for i in first], [judged[i] for i in first])),
    ]
    for sample in sorted({e.sample for e in real}):
        some = [i for i, e in enumerate(real) if e.sample == sample]
        parts.append(
            (f"sample `{sample}`", report_stance([real[i] for i in some], [judged[i] for i in some]))
        )
    return "\n\n".join(f"## Stance, {title}\n\n{text}" for title, text in parts)


def main() -> None:
    """Parse the command line, evaluate and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder of the data sets; without it, the gate set only")
    parser.add_argument("--model", type=Path, default=BUNDLED, help="folder of the model")
    parser.add_argument("--dev", action="store_true", help="development pairs, not the test")
    parser.add_argument("--write-pairs", type=Path, help="write the real pairs for `model compare --pairs`")
    parser.add_argument("--curve", type=Path, help="draw the trade-off of abstaining into this picture")
    parser.add_argument("--card", action="store_true", help="put the test's figures into the model's card")
    options = parser.parse_args()
    model = StanceModel.load(options.model)
    print(f"# {model.version}\n\n## Stance, written gate set\n\n{report_gate(model)}\n")
    if not options.data:
        print("No --data: the real texts may not be distributed, so only written examples were judged.")
        return
    corpus = read_corpus(options.data)
    real = corpus.real_dev if options.dev else corpus.real_test
    if options.write_pairs:
        write_pairs(real, options.write_pairs)
        return
    print(f"# Real {'development' if options.dev else 'test'} pairs\n")
    judged = judge_all(model, real, "real pairs")
    points = trade_off(real, judged)
    if options.curve:
        draw(points, model.uncertain_below, options.curve)
    print(report_real(real, judged, points, options.data))
    print("\n## Stance, persons, firms and states in general news, development part\n")
    print(report_stance(corpus.entity_dev, judge_all(model, corpus.entity_dev, "entities")))
    for source in ("rusentne", "newsmtsc"):
        examples = [e for e in corpus.public_dev if e.source == source]
        print(f"\n## Sentiment, {source}, development part\n")
        print(report_sentiment(examples, judge_all(model, examples, source)))
    if options.card and not options.dev:
        add_test(options.model, real, judged)


if __name__ == "__main__":
    main()
