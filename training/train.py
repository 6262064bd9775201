"""Reproduces the shipped model: `python -m training.train --data FOLDER`.

Stages: fetch the base and trim it, public sentiment, the field's own labels, all together, the mean
of the last two stages' weights, then export, calibration and the shipped folder. Each stage's
result is kept in the work folder and reused, unless `--fresh` is given.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import torch

from monitor.classify.encode import PairEncoder
from monitor.classify.model import load_tokenizer
from training.corpus import Corpus, first_stage, read_corpus, second_stage, third_stage
from training.finish import export, finish
from training.loop import Plan
from training.network import JudgeNetwork
from training.noise import Noise
from training.paths import BUNDLED, WORK
from training.stages import encode_all, run_stage
from training.start import build_start, load_encoder

VERSION = "rhetoric-e5-small-1.1.0"
MAX_TOKENS = 112
FIRST = Plan(epochs=2, horizon=1.5, rate=1.2e-4)
SECOND = Plan(epochs=4, rate=8e-5, average=0.99)
THIRD = Plan(epochs=3, rate=1e-4, average=0.995, frozen=0, hide_mention=0.12, hide_piece=0.04)
PLANS = (FIRST, SECOND, THIRD)


def train(
    corpus: Corpus,
    out: Path,
    work: Path,
    plans: tuple[Plan, Plan, Plan] = PLANS,
    max_tokens: int = MAX_TOKENS,
) -> dict[str, float]:
    """Run all stages from the start in `work/start` and write the shipped folder to `out`."""
    tokenizer = work / "start" / "tokenizer.json"
    pieces = load_tokenizer(tokenizer)
    encoder = PairEncoder(pieces, max_tokens)
    first, second, third = plans
    torch.manual_seed(first.seed)
    network = JudgeNetwork(load_encoder(work / "start"), encoder.marker_ids)
    dev = {name: encode_all(encoder, items) for name, items in corpus.dev_sets().items()}
    stages = (
        ("stage1", "public sentiment", first, first_stage(corpus, first.epochs)),
        ("stage2", "own labels", second, second_stage(corpus, second.epochs, second.seed)),
        ("stage3", "all together", third, third_stage(corpus, third.epochs, third.seed)),
    )
    for name, title, plan, examples in stages:
        checkpoint = work / name
        if not checkpoint.with_suffix(".pt").exists():
            noise = Noise(pieces.mask_token_id, encoder.marker_ids, plan.hide_mention, plan.hide_piece)
            epochs = [encode_all(encoder, part) for part in examples]
            history = run_stage(network, epochs, dev, plan, noise, checkpoint, title)
            best = plan.epochs if name == "stage1" else choose_epoch(history)
            kept = torch.load(checkpoint.with_suffix(f".{best}.pt"), weights_only=True)
            torch.save(kept, checkpoint.with_suffix(".pt"))
        network.load_state_dict(torch.load(checkpoint.with_suffix(".pt"), weights_only=True))
    network.load_state_dict(average_weights([work / "stage2.pt", work / "stage3.pt"]))
    counts = Counter(e.source for e in (*corpus.public, *corpus.opinions, *corpus.written))
    counts["real, read twice"] = len(corpus.real)
    counts["real, read once"] = len(corpus.single)
    export(network, out, work)
    return finish(encoder, tokenizer, corpus.dev_sets(), out, VERSION, counts, max_tokens)


def average_weights(checkpoints: Sequence[Path]) -> dict[str, torch.Tensor]:
    """Return the mean of several checkpoints of one network.

    Fine-tuned networks of one origin lie in one basin, where the mean is often better than each:
    Wortsman and others, Model soups, ICML 2022.
    """
    states = [torch.load(path, weights_only=True) for path in checkpoints]
    return {name: sum(state[name].float() for state in states) / len(states) for name in states[0]}


def choose_epoch(history: Sequence[dict[str, float]]) -> int:
    """Return the epoch, from 1, with the best own-field development score."""
    return 1 + max(range(len(history)), key=lambda i: (history[i]["real"], i))


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for scratch files")
    parser.add_argument("--out", type=Path, default=BUNDLED, help="where the model goes")
    parser.add_argument("--fresh", action="store_true", help="do not reuse finished stages")
    options = parser.parse_args()
    work, corpus = options.work, read_corpus(options.data)
    if options.fresh:
        for kept in [*work.glob("stage*.pt"), *work.glob("start/*")]:
            kept.unlink()
    if not (work / "start" / "start.pt").exists():
        build_start(corpus.words, work / "start", work / "base")
    print(train(corpus, options.out, work))


if __name__ == "__main__":
    main()
