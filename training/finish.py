"""Exports the trained network, calibrates the int8 file and writes the shipped folder."""

import shutil
from pathlib import Path

import numpy as np

from monitor.classify.bundle import NETWORK
from monitor.classify.encode import PairEncoder
from training.bundle import write_bundle, write_card
from training.calibrate import (
    choose_act_bound,
    choose_pole_step,
    choose_uncertain,
    fit_sigmoid,
    fit_softmax,
    softmax,
)
from training.examples import Example
from training.export import export_float, quantise
from training.metrics import macro_f1, poles_f1
from training.network import JudgeNetwork
from training.shipped import shipped_logits


def export(network: JudgeNetwork, folder: Path, work: Path) -> None:
    """Write the int8 network into the folder, by way of its 32-bit file in the work folder."""
    export_float(network, work / "float.onnx")
    table = network.encoder.embeddings.word_embeddings.weight.detach().numpy()
    quantise(work / "float.onnx", work / "int8.onnx", table)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(work / "int8.onnx", folder / NETWORK)


def finish(
    encoder: PairEncoder,
    tokenizer: Path,
    dev: dict[str, list[Example]],
    folder: Path,
    version: str,
    counts: dict[str, int],
    max_tokens: int,
) -> dict[str, float]:
    """Calibrate the exported network, write the rest of its folder and return its dev scores."""
    logits = {
        name: shipped_logits(folder / NETWORK, encoder, examples, f"{name}, int8")
        for name, examples in dev.items()
    }
    sentiment = np.concatenate([logits[n]["sentiment"] for n in ("rusentne", "newsmtsc")])
    russian, english = (np.array([e.sentiment for e in dev[n]]) for n in ("rusentne", "newsmtsc"))
    step = choose_pole_step(
        sentiment,
        lambda said: poles_f1(russian, said[: len(russian)]) + macro_f1(english, said[len(russian) :]),
    )
    sentiment_scale, sentiment_bias = fit_softmax(sentiment, np.concatenate([russian, english]), step)
    gold = np.array([e.stance for e in dev["real"]])
    step = choose_pole_step(logits["real"]["stance"], lambda said: macro_f1(gold, said))
    scale, bias = fit_softmax(logits["real"]["stance"], gold, step)
    probabilities = softmax(logits["real"]["stance"], scale, bias)
    acts_gold = [e.acts for e in dev["real"]]
    acts_scale, acts_bias = fit_sigmoid(logits["real"]["acts"], acts_gold)
    acts = 1 / (1 + np.exp(-(acts_scale * logits["real"]["acts"] + np.array(acts_bias))))
    guessed = probabilities.argmax(axis=1)

    scores = {"real": round(100 * macro_f1(gold, guessed), 1)}
    for name, truth, score in (("rusentne", russian, poles_f1), ("newsmtsc", english, macro_f1)):
        said = softmax(logits[name]["sentiment"], sentiment_scale, sentiment_bias).argmax(axis=1)
        scores[name] = round(100 * score(truth, said), 1)
    settings = {
        "version": version,
        "max_tokens": max_tokens,
        "calibration": {
            "stance": {"scale": scale, "bias": bias},
            "sentiment": {"scale": sentiment_scale, "bias": sentiment_bias},
            "acts": {"scale": acts_scale, "bias": acts_bias},
        },
        "uncertain_below": choose_uncertain(probabilities, gold),
        "act_at_least": choose_act_bound(acts, acts_gold, guessed),
    }
    write_bundle(folder, tokenizer, settings, write_card(version, scores, counts), encoder.marker_ids)
    return scores
