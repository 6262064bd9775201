"""Writes the shipped folder: network, tokenizer, card and `model.json` with every hash."""

import json
import shutil
from pathlib import Path
from typing import Any

from monitor.classify.bundle import DESCRIPTION, NETWORK, TOKENIZER, file_sha256
from monitor.classify.exemplars import EXAMPLES
from training.examples import ACTS, SENTIMENTS, STANCES

CARD = "card.md"


def write_bundle(
    folder: Path, tokenizer: Path, settings: dict[str, Any], card: str, marker_ids: tuple[int, int]
) -> None:
    """Write all but the network and the examples, which must stand in the folder already."""
    if tokenizer.resolve() != (folder / TOKENIZER).resolve():
        shutil.copyfile(tokenizer, folder / TOKENIZER)
    (folder / CARD).write_text(card, encoding="utf-8")
    description = {
        **settings,
        "stances": [stance.value for stance in STANCES],
        "sentiments": list(SENTIMENTS),
        "acts": [act.value for act in ACTS],
        "markers": {"<tgt>": marker_ids[0], "</tgt>": marker_ids[1]},
        "files": {name: file_sha256(folder / name) for name in (NETWORK, TOKENIZER, CARD, EXAMPLES)},
    }
    text = json.dumps(description, indent=2, ensure_ascii=False) + "\n"
    (folder / DESCRIPTION).write_text(text, encoding="utf-8")


def refresh_hashes(folder: Path) -> None:
    """Write the hashes of the folder's files anew into its description."""
    path = folder / DESCRIPTION
    description = json.loads(path.read_text(encoding="utf-8"))
    description["files"] = {name: file_sha256(folder / name) for name in description["files"]}
    path.write_text(json.dumps(description, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
