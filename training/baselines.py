"""Sets the shipped model beside simpler judges: `python -m training.baselines --data FOLDER`.

Every judge learns from the same training pairs and is scored on the same real ones: always neutral, a
polarity lexicon, TF-IDF of the mention's surroundings with logistic regression, the nearest prototype in
the untuned encoder's space, the shipped network in 32 bits (where training left it) and in int8.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from monitor.classify import MarkedText, StanceModel
from monitor.classify.bundle import load_description
from monitor.classify.encode import PairEncoder
from monitor.classify.model import load_tokenizer
from training.corpus import Corpus, read_corpus
from training.examples import STANCES, Example
from training.metrics import bootstrap_interval, macro_f1, per_class
from training.paths import BUNDLED, WORK
from training.polarity import count_poles
from training.shipped import shipped_logits

Judge = Callable[[Sequence[Example], Sequence[Example]], np.ndarray]
WINDOW = 90  # characters on either side of the mention
NEUTRAL = 1


def say_neutral(_: Sequence[Example], asked: Sequence[Example]) -> np.ndarray:
    """Judge everything neutral, the likeliest class."""
    return np.full(len(asked), NEUTRAL)


def count_words(_: Sequence[Example], asked: Sequence[Example]) -> np.ndarray:
    """Judge by which side's words the statement has more of."""
    return np.array([1 + int(np.sign(warm - hostile)) for hostile, warm in map(count_poles, _texts(asked))])


def regress(known: Sequence[Example], asked: Sequence[Example]) -> np.ndarray:
    """Judge by logistic regression over TF-IDF of words and letters around the mention."""
    vectoriser = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 4), min_df=3, sublinear_tf=True, max_features=60_000
    )
    model = LogisticRegression(max_iter=400, C=4.0, class_weight="balanced")
    model.fit(vectoriser.fit_transform(map(_window, known)), [example.stance for example in known])
    return np.asarray(model.predict(vectoriser.transform(map(_window, asked))))


def match_prototypes(start: Path) -> Judge:
    """Judge by the nearest class mean in the space of the encoder before any tuning."""

    def judge(known: Sequence[Example], asked: Sequence[Example]) -> np.ndarray:
        vectors = _embed(start, [*known, *asked])
        learnt, wanted = vectors[: len(known)], vectors[len(known) :]
        labels = np.array([example.stance for example in known])
        means = np.stack([learnt[labels == place].mean(axis=0) for place in range(len(STANCES))])
        means /= np.linalg.norm(means, axis=1, keepdims=True)
        return np.asarray((wanted @ means.T).argmax(axis=1))

    return judge


def judge_float(network: Path, folder: Path) -> Judge:
    """Judge with the network in 32 bits without early exits, its poles lowered as in the shipped one."""

    def judge(_: Sequence[Example], asked: Sequence[Example]) -> np.ndarray:
        description = load_description(folder)
        encoder = PairEncoder(load_tokenizer(folder / "tokenizer.json"), description.max_tokens)
        logits = shipped_logits(network, encoder, asked, "32 bits")["stance"]
        return np.asarray((description.stance.scale * logits + description.stance.bias).argmax(axis=1))

    return judge


def judge_shipped(folder: Path) -> Judge:
    """Judge with the shipped file as the product does, with early exits."""

    def judge(_: Sequence[Example], asked: Sequence[Example]) -> np.ndarray:
        model = StanceModel.load(folder)
        pairs = [MarkedText(e.text, e.start, e.end) for e in asked]
        return np.array([STANCES.index(judgement.stance) for judgement in model.judge(pairs)])

    return judge


def write_table(judges: dict[str, Judge], corpus: Corpus, asked: Sequence[Example]) -> str:
    """Let every judge learn and judge; returns a Markdown table, a row a judge."""
    known = [e for e in (*corpus.real, *corpus.single, *corpus.written) if e.stance is not None]
    gold = np.array([e.stance for e in asked])
    stories = [e.story for e in asked]
    head = "| judge | macro-F1 | 95 % by story | hostile P | hostile R | conciliatory P | conciliatory R |"
    lines = [head, "| --- | ---: | --- | ---: | ---: | ---: | ---: |"]
    for name, judge in judges.items():
        guessed = judge(known, asked)
        low, high = bootstrap_interval(gold, guessed, stories)
        rows = per_class(gold, guessed)
        cells = [f"{rows[place][part]:.3f}" for place in (0, 2) for part in ("precision", "recall")]
        lines.append(
            f"| {name} | {macro_f1(gold, guessed):.3f} | {low:.3f} to {high:.3f} | {' | '.join(cells)} |"
        )
    return "\n".join(lines)


def _texts(examples: Sequence[Example]) -> list[str]:
    return [example.text for example in examples]


def _window(example: Example) -> str:
    left, right = example.text[: example.start][-WINDOW:], example.text[example.end :][:WINDOW]
    return f"{left} TARGET {right}"


def _embed(start: Path, examples: Sequence[Example]) -> np.ndarray:
    """Return the untuned encoder's mean vectors, of length one."""
    import torch

    from training.start import load_encoder

    tokenizer, encoder = load_tokenizer(start / "tokenizer.json"), load_encoder(start).eval()
    rows = []
    with torch.inference_mode():
        for text in track(_texts(examples), description="prototypes", console=Console(stderr=True)):
            ids = tokenizer(text)["input_ids"][:128]
            rows.append(encoder(input_ids=torch.tensor([ids])).last_hidden_state[0].mean(dim=0).numpy())
    vectors = np.stack(rows)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def main() -> None:
    """Parse the command line, judge and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--model", type=Path, default=BUNDLED, help="folder of the model")
    parser.add_argument("--work", type=Path, default=WORK, help="training's scratch folder")
    parser.add_argument("--dev", action="store_true", help="development pairs, not the test")
    options = parser.parse_args()
    corpus = read_corpus(options.data)
    judges: dict[str, Judge] = {
        "always neutral": say_neutral,
        "polarity lexicon": count_words,
        "TF-IDF, logistic regression": regress,
    }
    if (options.work / "start" / "start.pt").exists():
        judges["nearest prototype, untuned encoder"] = match_prototypes(options.work / "start")
    if (options.work / "float.onnx").exists():
        judges["ours, 32 bits"] = judge_float(options.work / "float.onnx", options.model)
    judges["ours, int8 as shipped"] = judge_shipped(options.model)
    asked = corpus.real_dev if options.dev else corpus.real_test
    print(f"{len(asked)} real pairs, {'development' if options.dev else 'test'}\n")
    print(write_table(judges, corpus, asked))


if __name__ == "__main__":
    main()
