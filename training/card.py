"""Writes the card of a model: what it is for, what it learnt from, what was measured, where it fails."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from monitor.domain.stance import Judgement
from training.bundle import CARD, refresh_hashes
from training.examples import SENTIMENTS, STANCES, Example
from training.metrics import class_table, macro_f1, poles_f1

LICENCES = {
    "rusentne": "RuSentNE-2023, MIT",
    "newsmtsc": "NewsMTSC, MIT",
    "ruopinionne": "RuOpinionNE-2024, MIT",
    "written": "written for this project, Apache-2.0",
    "edited": "real statements and sentences of the sets above, in part rewritten for this project: the new "
    "parts and the labels are the project's, the rest stays with its owners and is not distributed",
    "real, read twice": "labels of this project; texts of their owners, not distributed",
    "real, read once": "labels of this project; texts of their owners, not distributed",
}
LANGUAGES = {"ru": "Russian", "en": "English"}
TEST = "\n## On the real test\n"


def gold_of(examples: Sequence[Example]) -> np.ndarray:
    """Return the labels of the head that the examples have."""
    return np.array([e.stance if e.sentiment is None else e.sentiment for e in examples])


def guesses_of(judged: Sequence[Judgement]) -> np.ndarray:
    """Return the judged stances as places in STANCES."""
    return np.array([STANCES.index(judgement.stance) for judgement in judged])


def score(name: str, examples: Sequence[Example], judged: Sequence[Judgement]) -> float:
    """Return the set's own measure: F1 of the poles for RuSentNE, else macro-F1."""
    measure = poles_f1 if name == "rusentne" else macro_f1
    return measure(gold_of(examples), guesses_of(judged))


def base_rates(examples: Sequence[Example]) -> str:
    """Say how common each stance is among the labels."""
    gold = gold_of(examples)
    return ", ".join(f"{stance.value} {(gold == i).mean():.1%}" for i, stance in enumerate(STANCES))


def by_language(examples: Sequence[Example], judged: Sequence[Judgement]) -> str:
    """Lay out figures per class, for each language that the examples are in."""
    stances = examples[0].sentiment is None
    names = [stance.value for stance in STANCES] if stances else SENTIMENTS
    parts = []
    for lang, name in LANGUAGES.items():
        rows = [i for i, e in enumerate(examples) if e.lang == lang]
        if rows:
            gold, said = gold_of([examples[i] for i in rows]), guesses_of([judged[i] for i in rows])
            parts.append(f"{name}:\n\n{class_table(gold, said, names)}")
    return "\n\n".join(parts)


def write_card(
    version: str,
    counts: Mapping[str, int],
    dev: Mapping[str, Sequence[Example]],
    judged: Mapping[str, Sequence[Judgement]],
    stopping: str,
) -> str:
    """Compose the card from the figures of the shipped file on the development sets."""
    material = "\n".join(f"| {name} | {count} | {LICENCES[name]} |" for name, count in counts.items())
    sets = "\n".join(
        f"| {name} | {len(dev[name])} | {score(name, dev[name], judged[name]):.3f} |" for name in dev
    )
    gold = gold_of(dev["real"])
    rates = ", ".join(f"{stance.value} {(gold == i).mean():.1%}" for i, stance in enumerate(STANCES))
    return f"""# {version}

Judges what a statement's speaker does toward a marked target: hostile, neutral or
conciliatory, with thirteen acts; toward any other entity, the sentiment that the text shows.
Russian and English. One pass a (statement, target) pair, the mention marked in place; pairs that lower
layers find neutral stop there ({stopping}).

- Base: multilingual-e5-small (MIT), its vocabulary trimmed to Russian and English.
- Format: ONNX, matrices int8, embeddings 4 bits. Opset 18.
- Inputs: `input_ids`, `attention_mask`, `stop_at` (`training/nesting.py`); outputs: logits `stance`, `acts`,
  `sentiment`, and `features`, the vector from which the whole network decides the stance.
  `examples.jsonl` holds written examples with their vectors.
- Licence: Apache-2.0, as the program.

## What it learnt from

| part | pairs | licence |
| --- | ---: | --- |
{material}

Labels of real pairs come from language-model readers who worked blind by the codebook
(`docs/codebook.md`), not from people.

## Measured while it was chosen

The shipped file on development sets (F1 of the poles for RuSentNE, else macro-F1):

| set | pairs | score |
| --- | ---: | ---: |
{sets}

Real development pairs, half of them chosen because they are hard. Base rates: {rates}.

{by_language(dev["real"], judged["real"])}

## Known failures

- Insinuation, sarcasm and hostility that only the context shows are missed.
- Friendly routine is hard to tell from the warm formulas that the codebook calls neutral.
- A rallying call is now and then taken for a threat.
- Acts are weak; most have few real examples.
- Not for judging persons, other languages, or texts without a marked target.

A judgement is a reading aid, with its probabilities and a mark where it is uncertain; people decide.
"""


def add_test(folder: Path, examples: Sequence[Example], judged: Sequence[Judgement]) -> None:
    """Put the figures of the real test into the card of a model's folder, in place of older ones."""
    path = folder / CARD
    card = path.read_text(encoding="utf-8").split(TEST)[0].rstrip("\n")
    said = (
        f"{len(examples)} pairs of both rounds, macro-F1 {score('real', examples, judged):.3f}; base rates: "
        f"{base_rates(examples)}. Intervals and samples: `docs/model.md`."
    )
    path.write_text(f"{card}\n{TEST}\n{said}\n\n{by_language(examples, judged)}\n", encoding="utf-8")
    refresh_hashes(folder)
