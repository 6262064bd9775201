"""Writes the shipped folder: network, tokenizer, card and `model.json` with every hash."""

import json
import shutil
from pathlib import Path
from typing import Any

from monitor.classify.bundle import DESCRIPTION, NETWORK, TOKENIZER, file_sha256
from training.examples import ACTS, SENTIMENTS, STANCES

CARD = "card.md"


def write_bundle(
    folder: Path, tokenizer: Path, settings: dict[str, Any], card: str, marker_ids: tuple[int, int]
) -> None:
    """Write all but the network, which must stand in the folder already."""
    if tokenizer.resolve() != (folder / TOKENIZER).resolve():
        shutil.copyfile(tokenizer, folder / TOKENIZER)
    (folder / CARD).write_text(card, encoding="utf-8")
    description = {
        **settings,
        "stances": [stance.value for stance in STANCES],
        "sentiments": list(SENTIMENTS),
        "acts": [act.value for act in ACTS],
        "markers": {"<tgt>": marker_ids[0], "</tgt>": marker_ids[1]},
        "files": {name: file_sha256(folder / name) for name in (NETWORK, TOKENIZER, CARD)},
    }
    text = json.dumps(description, indent=2, ensure_ascii=False) + "\n"
    (folder / DESCRIPTION).write_text(text, encoding="utf-8")


def write_card(version: str, dev: dict[str, float], counts: dict[str, int]) -> str:
    """Compose the model's card from the figures of its own training run."""
    scores = "\n".join(f"| {name} | {value} |" for name, value in dev.items())
    material = "\n".join(f"| {name} | {count} |" for name, count in counts.items())
    return f"""# {version}

Judges what a statement's speaker does toward a marked target: hostile, neutral or
conciliatory, with thirteen acts; toward any other entity, the sentiment that the text shows.
Russian and English. One pass a (statement, target) pair, the mention marked in place.

- Base: multilingual-e5-small (MIT), its vocabulary trimmed to Russian and English.
- Format: ONNX, matrices int8 (dynamic, per channel), embeddings 4 bits. Opset 18.
- Inputs: `input_ids`, `attention_mask`; outputs: logits `stance`, `acts`, `sentiment`.
- Run it one pair at a time: a dynamic int8 network scales activations over the whole batch.

| trained on | pairs |
| --- | ---: |
{material}

Scores of this int8 file on development sets (percent; F1 of the poles for RuSentNE, else
macro-F1); `docs/model.md` has the test on real text, with intervals:

| set | score |
| --- | ---: |
{scores}

Not for judging persons, other languages, or texts without a marked target. Sarcasm, rare acts
and short headlines without a verb are its weak sides. A judgement is a reading aid, with its
probabilities and a mark where it is uncertain; people decide.
"""
