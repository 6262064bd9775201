"""Exports the trained network, calibrates the int8 file and writes the shipped folder."""

import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from monitor.classify import StanceModel
from monitor.classify.bundle import NETWORK
from monitor.classify.encode import PairEncoder
from monitor.classify.exemplars import EXAMPLES, write_exemplars
from monitor.domain.drift import count_shares
from monitor.domain.stance import Judgement
from training.bundle import write_bundle
from training.calibrate import (
    choose_act_bound,
    choose_pole_step,
    choose_uncertain,
    fit_sigmoid,
    fit_softmax,
    softmax,
)
from training.card import guesses_of, score, write_card
from training.corpus import Corpus
from training.examples import STANCES, Example
from training.exemplars import choose_exemplars, embed_exemplars
from training.exits import ExitingNetwork
from training.export import export_float, quantise, split_outliers
from training.metrics import macro_f1, poles_f1
from training.shipped import exit_logits, judge_all, shipped_logits

RANDOM = ("random", "random2")
"""Samples of real pairs that were drawn without looking."""
EXIT_THRESHOLD = 0.998
"""What an exit must give neutral for a pair to stop there. Of 2,232 development pairs one stance changes,
at .99 ten."""


def export(network: ExitingNetwork, folder: Path, work: Path, samples: Sequence[Sequence[int]]) -> None:
    """Write the int8 network into the folder, by way of its 32-bit file in the work folder.

    The samples, ids of pairs, show which channels are too large for eight bits.
    """
    exits = export_float(split_outliers(network, samples), work / "float.onnx")
    table = network.encoder.embeddings.word_embeddings.weight.detach().numpy()
    quantise(work / "float.onnx", work / "int8.onnx", table, exits)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(work / "int8.onnx", folder / NETWORK)


def finish(
    encoder: PairEncoder,
    tokenizer: Path,
    corpus: Corpus,
    folder: Path,
    version: str,
    counts: dict[str, int],
    max_tokens: int,
) -> dict[str, float]:
    """Calibrate the exported network, write the rest of its folder and return its dev scores."""
    dev = corpus.dev_sets()
    logits = {
        name: shipped_logits(folder / NETWORK, encoder, examples, f"{name}, int8")
        for name, examples in dev.items()
    }
    settings: dict[str, Any] = {
        "version": version,
        "max_tokens": max_tokens,
        "stop_at": EXIT_THRESHOLD,
        **calibrate(logits, dev),
    }
    exits = exit_logits(folder / NETWORK, encoder, dev["real"], EXIT_THRESHOLD)
    settings["calibration"]["exits"] = calibrate_exits(exits, dev["real"])
    exemplars = embed_exemplars(folder / NETWORK, encoder, choose_exemplars(corpus.written))
    write_exemplars(folder / EXAMPLES, exemplars)
    write_bundle(folder, tokenizer, settings, version, encoder.marker_ids)
    # From here on the folder is a model: what it expects and what its card says, it judges itself.
    model = StanceModel.load(folder)
    settings["expected"] = asdict(count_shares(judge_all(model, base_rate_pairs(corpus), "base rates")))
    judged = {name: judge_all(model, examples, name) for name, examples in dev.items()}
    whole = softmax(logits["real"]["stance"], **settings["calibration"]["stance"]).argmax(axis=1)
    stopping = tell_stopping(exits, dev["real"], whole, judged["real"])
    card = write_card(version, counts, dev, judged, stopping)
    write_bundle(folder, tokenizer, settings, card, encoder.marker_ids)
    return {name: round(100 * score(name, dev[name], judged[name]), 1) for name in dev}


def tell_stopping(
    exits: Sequence[list[float] | None],
    dev: Sequence[Example],
    whole: np.ndarray,
    judged: Sequence[Judgement],
) -> str:
    """Say how many random pairs stop early, and how many stances of the development pairs that changes.

    `whole` are the stances that the whole network gives these, `judged` is what the product says of them.
    """
    drawn = [row is not None for row, e in zip(exits, dev, strict=True) if e.sample in RANDOM]
    other = int((whole != guesses_of(judged)).sum())
    return (
        f"{sum(drawn) / len(drawn):.0%} of {len(drawn)} random pairs; of {len(judged)} development pairs "
        f"{other} stances are judged otherwise"
    )


def calibrate(logits: dict[str, dict[str, np.ndarray]], dev: dict[str, list[Example]]) -> dict[str, Any]:
    """Fit every scale, bias and bound of `model.json` on the development sets' logits."""
    sentiment = np.concatenate([logits[n]["sentiment"] for n in ("rusentne", "newsmtsc")])
    russian, english = (np.array([e.sentiment for e in dev[n]]) for n in ("rusentne", "newsmtsc"))
    step = choose_pole_step(
        sentiment,
        lambda said: poles_f1(russian, said[: len(russian)]) + macro_f1(english, said[len(russian) :]),
    )
    sentiment_scale, sentiment_bias = fit_softmax(sentiment, np.concatenate([russian, english]), step)
    gold, entities = (np.array([e.stance for e in dev[n]]) for n in ("real", "entities"))
    # The field's own pairs hold few poles; those of general news steady the choice.
    step = choose_pole_step(
        np.concatenate([logits[n]["stance"] for n in ("real", "entities")]),
        lambda said: macro_f1(gold, said[: len(gold)]) + macro_f1(entities, said[len(gold) :]),
    )
    scale, bias = fit_softmax(logits["real"]["stance"], gold, step)
    probabilities = softmax(logits["real"]["stance"], scale, bias)
    acts_gold = [e.acts for e in dev["real"]]
    acts_scale, acts_bias = fit_sigmoid(logits["real"]["acts"], acts_gold)
    acts = 1 / (1 + np.exp(-(acts_scale * logits["real"]["acts"] + np.array(acts_bias))))
    return {
        "calibration": {
            "stance": {"scale": scale, "bias": bias},
            "sentiment": {"scale": sentiment_scale, "bias": sentiment_bias},
            "acts": {"scale": acts_scale, "bias": acts_bias},
        },
        "uncertain_below": choose_uncertain(probabilities, gold),
        "act_at_least": choose_act_bound(acts, acts_gold, probabilities.argmax(axis=1)),
    }


def calibrate_exits(logits: Sequence[list[float] | None], dev: Sequence[Example]) -> dict[str, Any]:
    """Fit the scale of what exits say of the pairs that stop there: they are surer than they should be."""
    stopped = [(row, e.stance) for row, e in zip(logits, dev, strict=True) if row is not None]
    if not stopped:
        return {"scale": 1.0, "bias": [0.0] * len(STANCES)}
    scale, _ = fit_softmax(np.array([row for row, _ in stopped]), np.array([gold for _, gold in stopped]))
    return {"scale": scale, "bias": [0.0] * len(STANCES)}


def base_rate_pairs(corpus: Corpus) -> list[Example]:
    """Return the development pairs drawn at random: the field's own shares, and abstentions as on news.

    On pairs that it was trained on the network abstains far less.
    """
    return [e for e in corpus.real_dev if e.sample in RANDOM]
