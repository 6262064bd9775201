"""Reproduces the shipped model: `python -m training.train --data FOLDER`.

Stages: fetch the base and trim it, a fast start, a settling, everything together, the field's own pairs,
the mean of those weights and of a model shipped before, then export, calibration and the shipped folder.
Each stage's result is kept in the work folder and reused, unless `--fresh` is given.
"""

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch

from monitor.classify.bundle import NETWORK
from monitor.classify.encode import PairEncoder
from monitor.classify.model import load_tokenizer
from training.corpus import Corpus, compose, compose_own, read_corpus, take_share
from training.examples import Example
from training.finish import export, finish
from training.loop import Plan
from training.network import JudgeNetwork
from training.noise import Noise
from training.paths import BUNDLED, WORK
from training.recover import recover_weights
from training.stages import encode_all, run_stage
from training.start import build_start, load_encoder

VERSION = "rhetoric-e5-small-2.1.0"
MAX_TOKENS = 112
FIRST = Plan(epochs=2, horizon=9.0, rate=1.5e-4, hide_mention=0.1, hide_piece=0.03)
SETTLE = Plan(epochs=1, rate=1e-4, share=0.6)
ALL = Plan(epochs=5, rate=1e-4, warmup=0.04, average=0.995, hide_mention=0.06)
OWN = Plan(epochs=1, rate=5e-5, warmup=0.05, hide_mention=0.06, seed=1)
PLANS = {"first": FIRST, "settle": SETTLE, "all": ALL}
LAST_EPOCHS = 3
SAMPLES = 300


def train(
    corpus: Corpus,
    out: Path,
    work: Path,
    plans: Mapping[str, Plan] = PLANS,
    own: Plan = OWN,
    max_tokens: int = MAX_TOKENS,
    previous: Path | None = None,
) -> dict[str, float]:
    """Run the stages in order from the start in `work/start` and write the shipped folder to `out`.

    `previous` is the folder of a model shipped before, on the same vocabulary, to be averaged with.
    Returns the int8 file's scores on the development sets, in percent.
    """
    tokenizer = work / "start" / "tokenizer.json"
    pieces = load_tokenizer(tokenizer)
    encoder = PairEncoder(pieces, max_tokens)
    torch.manual_seed(own.seed)
    network = JudgeNetwork(load_encoder(work / "start"), encoder.marker_ids)
    dev = {name: encode_all(encoder, items) for name, items in corpus.dev_sets().items()}

    def run(name: str, plan: Plan, examples: Sequence[Example]) -> None:
        checkpoint = work / f"{name}.pt"
        if not checkpoint.exists():
            noise = Noise(pieces.mask_token_id, encoder.marker_ids, plan.hide_mention, plan.hide_piece)
            items = encode_all(encoder, take_share(examples, plan.share, plan.seed))
            run_stage(network, [items] * plan.epochs, dev, plan, noise, checkpoint, name)
        network.load_state_dict(torch.load(checkpoint, weights_only=True))

    for name, plan in plans.items():
        run(name, plan, compose(corpus))
    name, plan = list(plans.items())[-1]
    epochs = range(max(1, plan.epochs - LAST_EPOCHS + 1), plan.epochs + 1)
    together = average([_load(work / f"{name}.{epoch}.pt") for epoch in epochs])
    network.load_state_dict(together)
    run("own", own, compose_own(corpus, own.seed))
    states = [together, network.state_dict()]
    if previous:
        states.append(recover_weights(previous / NETWORK, together))
    network.load_state_dict(average(states))
    torch.save(network.state_dict(), work / "final.pt")
    counts = Counter(e.source for e in (*corpus.public, *corpus.opinions, *corpus.written))
    counts["real, read twice"] = len(corpus.real)
    counts["real, read once"] = len(corpus.single)
    samples = take_share([*corpus.real, *corpus.written], 1.0, own.seed)[:SAMPLES]
    export(network, out, work, [encoder.encode(e.text, e.start, e.end) for e in samples])
    return finish(encoder, tokenizer, corpus, out, VERSION, counts, max_tokens)


def _load(path: Path) -> dict[str, torch.Tensor]:
    state: dict[str, torch.Tensor] = torch.load(path, weights_only=True)
    return state


def average(states: Sequence[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Return the mean of several states of one network.

    Fine-tuned networks of one origin lie in one basin, where the mean is often better than each:
    Wortsman and others, Model soups, ICML 2022.
    """
    return {name: sum(state[name].float() for state in states) / len(states) for name in states[0]}


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for scratch files")
    parser.add_argument("--out", type=Path, default=BUNDLED, help="where the model goes")
    parser.add_argument("--previous", type=Path, help="folder of a model shipped before, to average with")
    parser.add_argument("--fresh", action="store_true", help="do not reuse finished stages")
    options = parser.parse_args()
    work, corpus = options.work, read_corpus(options.data)
    if options.fresh:
        for kept in [*work.glob("*.pt"), *work.glob("start/*")]:
            kept.unlink()
    if not (work / "start" / "start.pt").exists():
        build_start(corpus.words, work / "start", work / "base")
    print(train(corpus, options.out, work, previous=options.previous))


if __name__ == "__main__":
    main()
