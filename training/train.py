"""Trains the next model: `python -m training.train --data FOLDER --previous FOLDER`.

Stages: the base with a trimmed vocabulary; the weights of the model shipped before, read back from its
file (without one, a fast start and a settling stand in for it); layers taken out where fewer are wanted;
everything together, and the mean of its epochs; then export, calibration and the shipped folder.
Each stage's result is kept in the work folder and reused, unless `--fresh` is given.
"""

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch

from monitor.classify.bundle import NETWORK, TOKENIZER
from monitor.classify.encode import PairEncoder
from monitor.classify.model import load_tokenizer
from training.corpus import Corpus, compose, compose_epoch, read_corpus, take_share
from training.examples import Example
from training.exits import EXITS, fit_exits
from training.finish import export, finish
from training.loop import Plan
from training.network import JudgeNetwork
from training.noise import Noise
from training.paths import BUNDLED, WORK
from training.recover import count_layers, recover_weights
from training.stages import encode_all, mean_weights, run_stage
from training.start import build_start, load_encoder

VERSION = "rhetoric-e5-small-3.2.0"
MAX_TOKENS = 112
LAYERS = tuple(range(12))
"""The layers that stay. Of eight layers (0, 1, 3, 4, 6, 7, 9, 11) judged best, a third faster and worse."""

FIRST = Plan(epochs=2, horizon=9.0, rate=1.5e-4, hide_mention=0.1, hide_piece=0.03)
SETTLE = Plan(epochs=1, rate=1e-4, share=0.6)
ALL = Plan(
    epochs=3,
    rate=1e-4,
    warmup=0.03,
    average=0.998,
    hide_mention=0.06,
    acts_weight=0.4,
    frozen=4,
    seed=11,
)
BEFORE = {"first": FIRST, "settle": SETTLE}
SAMPLES = 300
EXITS_SHARE = 0.4
"""Of an epoch's stances, from which the heads of lower layers learn: enough for what little they hold."""


def train(
    corpus: Corpus,
    out: Path,
    work: Path,
    before: Mapping[str, Plan] = BEFORE,
    everything: Plan = ALL,
    layers: Sequence[int] = LAYERS,
    max_tokens: int = MAX_TOKENS,
    exits: Sequence[int] = EXITS,
    previous: Path | None = None,
) -> dict[str, float]:
    """Run the stages in order from the start in `work/start` and write the shipped folder to `out`.

    `previous` is the folder of a model shipped before, with the start's vocabulary and layers, whose
    weights stand in for the stages of `before`.
    Returns the int8 file's scores on the development sets, in percent.
    """
    tokenizer = work / "start" / "tokenizer.json"
    pieces = load_tokenizer(tokenizer)
    encoder = PairEncoder(pieces, max_tokens)
    torch.manual_seed(everything.seed)
    network = JudgeNetwork(load_encoder(work / "start"), encoder.marker_ids)
    dev = {name: encode_all(encoder, items) for name, items in corpus.dev_sets().items()}

    def run(name: str, plan: Plan, epochs: Sequence[Sequence[Example]]) -> None:
        checkpoint = work / f"{name}.pt"
        if not checkpoint.exists():
            noise = Noise(pieces.mask_token_id, encoder.marker_ids, plan.hide_mention, plan.hide_piece)
            items = [encode_all(encoder, examples) for examples in epochs]
            run_stage(network, items, dev, plan, noise, checkpoint, name)
        network.load_state_dict(torch.load(checkpoint, weights_only=True))

    # The model shipped before may have been left with so many layers already.
    short = previous is not None and count_layers(previous / NETWORK) == len(layers)
    if short:
        network.keep_layers(layers)
    if previous:
        network.load_state_dict(recover_weights(previous / NETWORK, network.state_dict()))
    else:
        for name, plan in before.items():
            run(name, plan, [take_share(compose(corpus), plan.share, plan.seed)] * plan.epochs)
    if not short:
        network.keep_layers(layers)
    epochs = [compose_epoch(corpus, everything.seed + epoch) for epoch in range(everything.epochs)]
    run("all", everything, epochs)
    network.load_state_dict(mean_weights([work / f"all.{n + 1}.pt" for n in range(everything.epochs)]))
    counts = Counter(e.source for e in (*corpus.public, *corpus.opinions, *corpus.written, *corpus.edited))
    counts["real, read twice"] = len(corpus.real)
    counts["real, read once"] = len(corpus.single)
    samples = take_share([*corpus.real, *corpus.written], 1.0, everything.seed)[:SAMPLES]
    judged = [e for e in epochs[-1] if e.stance is not None]
    exiting = fit_exits(network, encode_all(encoder, take_share(judged, EXITS_SHARE, everything.seed)), exits)
    export(exiting, out, work, [encoder.encode(e.text, e.start, e.end) for e in samples])
    return finish(encoder, tokenizer, corpus, out, VERSION, counts, max_tokens)


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for scratch files")
    parser.add_argument("--out", type=Path, default=BUNDLED, help="where the model goes")
    parser.add_argument("--previous", type=Path, help="folder of the model shipped before, to go on from")
    parser.add_argument("--fresh", action="store_true", help="do not reuse finished stages")
    parser.add_argument(
        "--rewritten", action="store_true", help="train on rewritten statements too: no gain with this base"
    )
    options = parser.parse_args()
    work, corpus = options.work, read_corpus(options.data, rewritten=options.rewritten)
    if options.fresh:
        for kept in [*work.glob("*.pt"), *work.glob("start/*")]:
            kept.unlink()
    if not (work / "start" / "start.pt").exists():
        like = options.previous / TOKENIZER if options.previous else None
        build_start(corpus.words, work / "start", work / "base", like)
    print(train(corpus, options.out, work, previous=options.previous))


if __name__ == "__main__":
    main()
