"""Distils the shipped network into one of fewer layers: `python -m training.distil --data DATA --out OUT`.

The student starts from evenly spaced layers of its teacher and learns from the labels and from the
teacher's judgements together (Sanh and others, DistilBERT, 2019; Hinton and others, 2015).
"""

import argparse
import math
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from rich.progress import Progress
from torch import Tensor, nn
from transformers import BertModel

from monitor.classify.bundle import NETWORK, TOKENIZER
from monitor.classify.encode import PairEncoder
from monitor.classify.model import load_tokenizer
from training.batches import Item, batches, class_weights, make_batch
from training.corpus import Corpus, compose, read_corpus, take_share
from training.export import BLOCK
from training.finish import export, finish
from training.loop import Plan, loss_of
from training.network import JudgeNetwork, Logits
from training.noise import Noise
from training.paths import BUNDLED, WORK
from training.predict import predict
from training.recover import recover_weights
from training.stages import encode_all, measure
from training.start import build_start, load_encoder
from training.train import MAX_TOKENS, SAMPLES

KEPT = (0, 1, 3, 4, 6, 7, 9, 11)
"""The teacher's layers that the student starts from."""
HEAT = 2.0
LABELS_SHARE = 0.4
PLAN = Plan(epochs=4, rate=1.2e-4, warmup=0.05, average=0.99, hide_mention=0.03)


def shrink(network: JudgeNetwork, kept: Sequence[int] = KEPT) -> JudgeNetwork:
    """Cut the network down to the layers named, in place."""
    layers = network.encoder.encoder.layer
    network.encoder.encoder.layer = nn.ModuleList([layers[place] for place in kept])
    network.encoder.config.num_hidden_layers = len(kept)
    return network


def soft_loss(student: Logits, teacher: Logits) -> Tensor:
    """Return the divergence from the teacher's stance, sentiment and acts, and its features' distance."""

    def divergence(ours: Tensor, theirs: Tensor) -> Tensor:
        said = nn.functional.log_softmax(ours.float() / HEAT, dim=1)
        meant = nn.functional.softmax(theirs / HEAT, dim=1)
        return nn.functional.kl_div(said, meant, reduction="batchmean") * HEAT**2

    acts = nn.functional.binary_cross_entropy_with_logits(student.acts.float(), teacher.acts.sigmoid())
    features = nn.functional.mse_loss(student.features.float(), teacher.features)
    return (
        divergence(student.stance, teacher.stance)
        + divergence(student.sentiment, teacher.sentiment)
        + acts
        + 5 * features
    )


def distil(
    student: JudgeNetwork,
    items: Sequence[Item],
    taught: dict[str, np.ndarray],
    plan: Plan,
    noise: Noise,
    dev: dict[str, list[Item]],
    checkpoint: Path,
) -> None:
    """Train the student in place; write the running mean of its weights after every epoch."""
    torch.manual_seed(plan.seed)
    torch.set_num_threads(plan.threads)
    rng = random.Random(plan.seed)
    student.encoder.embeddings.requires_grad_(False)
    places = {id(item): place for place, item in enumerate(items)}
    trained = [p for p in student.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=plan.rate, weight_decay=0.01, fused=True)
    steps = plan.epochs * math.ceil(len(items) / plan.batch)
    warm = int(plan.warmup * steps)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / (steps - warm)))
    )
    weights = class_weights([item.example for item in items], plan.class_power)
    mean = {name: value.detach().clone() for name, value in student.state_dict().items()}
    done = 0
    with Progress() as progress:
        task = progress.add_task("distil", total=steps)
        for epoch in range(1, plan.epochs + 1):
            student.train()
            for part in batches(items, plan.batch, rng):
                noisy = [Item(noise.apply(item.ids, rng), item.example) for item in part]
                batch = make_batch(noisy, weights)
                chosen = [places[id(item)] for item in part]
                teacher = Logits(*(torch.from_numpy(taught[name][chosen]) for name in Logits._fields))
                with torch.autocast("cpu", torch.bfloat16, enabled=plan.bfloat16):
                    logits = student(batch.ids, batch.mask)
                hard, soft = loss_of(logits, batch, plan), soft_loss(logits, teacher)
                loss = LABELS_SHARE * hard + (1 - LABELS_SHARE) * soft
                loss.backward()
                nn.utils.clip_grad_norm_(trained, 1.0)
                optimiser.step()
                schedule.step()
                optimiser.zero_grad(set_to_none=True)
                done += 1
                decay = min(plan.average, (done + 1) / (done + 10))
                with torch.no_grad():
                    for name, value in student.state_dict().items():
                        if value.is_floating_point():
                            mean[name].lerp_(value, 1 - decay)
                progress.update(task, advance=1)
                if not progress.console.is_terminal and done % 50 == 0:
                    print(
                        f"step {done} of {steps}, labels {hard.item():.3f}, teacher {soft.item():.3f}",
                        flush=True,
                    )
            held = {name: value.clone() for name, value in student.state_dict().items()}
            student.load_state_dict(mean)
            print(f"epoch {epoch}: {measure(student, dev, plan.bfloat16)}", flush=True)
            torch.save(student.state_dict(), checkpoint.with_suffix(f".{epoch}.pt"))
            if epoch < plan.epochs:
                student.load_state_dict(held)


def open_encoder(start: Path, network: Path) -> BertModel:
    """Return an encoder of the start's shape with the word table of a shipped network."""
    held = {item.name: numpy_helper.to_array(item) for item in onnx.load(network).graph.initializer}
    packed, scales = held["word_table"], held["word_scales"]
    values = np.stack([packed & 15, packed >> 4], axis=-1).reshape(len(packed), -1).astype(np.float32) - 8
    table = torch.from_numpy(values * np.repeat(scales, BLOCK, axis=1))
    encoder = load_encoder(start)
    encoder.embeddings.word_embeddings = nn.Embedding.from_pretrained(table, padding_idx=1)
    return encoder


def run(corpus: Corpus, teacher: Path, out: Path, work: Path, version: str) -> dict[str, float]:
    """Distil the model of the folder `teacher` and write the student's folder to `out`."""
    pieces = load_tokenizer(teacher / TOKENIZER)
    encoder = PairEncoder(pieces, MAX_TOKENS)
    network = JudgeNetwork(open_encoder(work / "start", teacher / NETWORK), encoder.marker_ids)
    network.load_state_dict(recover_weights(teacher / NETWORK, network.state_dict()))
    dev = {name: encode_all(encoder, items) for name, items in corpus.dev_sets().items()}
    print(f"teacher: {measure(network, dev, bfloat16=True)}", flush=True)
    items = encode_all(encoder, compose(corpus))
    kept = work / "taught.npz"
    if not kept.exists():
        np.savez(kept, **predict(network, items, bfloat16=True))
    taught = dict(np.load(kept))
    student = shrink(network)
    noise = Noise(pieces.mask_token_id, encoder.marker_ids, PLAN.hide_mention, PLAN.hide_piece)
    distil(student, items, taught, PLAN, noise, dev, work / "student.pt")
    torch.save(student.state_dict(), work / "student.pt")
    samples = take_share([*corpus.real, *corpus.written], 1.0, 1)[:SAMPLES]
    export(student, out, work, [encoder.encode(e.text, e.start, e.end) for e in samples])
    counts = Counter(e.source for e in (*corpus.public, *corpus.opinions, *corpus.written))
    counts["real, read twice"] = len(corpus.real)
    counts["real, read once"] = len(corpus.single)
    return finish(encoder, teacher / TOKENIZER, corpus, out, version, counts, MAX_TOKENS)


def main() -> None:
    """Parse the command line and distil."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--teacher", type=Path, default=BUNDLED, help="folder of the model to learn from")
    parser.add_argument("--out", type=Path, required=True, help="where the student goes")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for scratch files")
    parser.add_argument("--version", default="rhetoric-e5-small-2.2.0", help="the student's version")
    options = parser.parse_args()
    corpus = read_corpus(options.data)
    if not (options.work / "start" / "start.pt").exists():
        build_start(corpus.words, options.work / "start", options.work / "base")
    print(run(corpus, options.teacher, options.out, options.work, options.version))


if __name__ == "__main__":
    main()
