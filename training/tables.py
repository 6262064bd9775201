"""Reads and writes the tables of labels and splits; none of them holds a text of others."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from training.edits import apply_changes
from training.examples import ACTS, SENTIMENTS, STANCES, Example, language_of, text_key
from training.mentions import find_mention
from training.paths import LABELS
from training.stories import pack, unpack
from training.texts import RealText

REAL_TABLES = ("double_read.tsv", "real.tsv")
SINGLE_TABLES = ("hard.tsv", "mined.tsv", "read_once.tsv", "read_once_entities.tsv", "read_once_rest.tsv")
"""Tables of pairs that were read once, so for training only."""
EDITED_TABLES = "edited_*.tsv"
"""Real statements, and sentences of the public sets, of which a part was rewritten: for training only."""
ENTITIES_DEV = "entities_dev.tsv"
"""Pairs in sentences of the public sets' development parts, read twice: to choose by, never to train on."""

_STANCE = {stance.value: i for i, stance in enumerate(STANCES)}
_ACT = {act.value: i for i, act in enumerate(ACTS)}


@dataclass(frozen=True, slots=True)
class Split:
    """Where one real text belongs, and its signature."""

    key: str
    story: str
    part: str
    signature: np.ndarray


def read_table(path: Path) -> list[dict[str, str]]:
    """Read a TAB-separated table with a header, without quoting."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def write_table(path: Path, rows: Iterable[Mapping[str, str]], columns: Iterable[str]) -> None:
    """Write a TAB-separated table with a header, without quoting."""
    with path.open("w", encoding="utf-8", newline="") as file:
        names = list(columns)
        file.write("\t".join(names) + "\n")
        file.writelines("\t".join(row[name] for name in names) + "\n" for row in rows)


def read_splits(folder: Path = LABELS) -> dict[str, Split]:
    """Return the split of every labelled real text by its key."""
    return {
        row["sha1"]: Split(row["sha1"], row["story"], row["split"], unpack(row["minhash"]))
        for row in read_table(folder / "splits.tsv")
    }


def append_table(path: Path, rows: Sequence[Mapping[str, str]], columns: Sequence[str] = ()) -> None:
    """Append rows to a table that has a header; a new file takes these columns, else the first row's."""
    old = read_table(path) if path.exists() else []
    columns = list(old[0]) if old else list(columns or (rows[0] if rows else ()))
    write_table(path, [*old, *rows], columns)


def write_split_table(folder: Path, splits: Iterable[Split]) -> None:
    """Write the split of every labelled real text, with its signature."""
    rows = [
        {"sha1": s.key, "story": s.story, "split": s.part, "minhash": pack(s.signature)}
        for s in sorted(splits, key=lambda split: split.key)
    ]
    write_table(folder / "splits.tsv", rows, ("sha1", "story", "split", "minhash"))


def read_real(
    texts: Mapping[str, RealText], folder: Path = LABELS, tables: Sequence[str] = REAL_TABLES
) -> tuple[list[Example], list[str]]:
    """Return the labelled real pairs, and the keys whose text or mention was not found."""
    splits = read_splits(folder)
    found: list[Example] = []
    missing: list[str] = []
    for name in tables:
        if not (folder / name).exists():
            continue
        for row in read_table(folder / name):
            key = row["sha1"]
            if row["stance"] not in _STANCE:
                continue
            text = texts[key].text if key in texts else None
            span = _span(row, text) if text else None
            if text is None or span is None:
                missing.append(key)
                continue
            stance = _STANCE[row["stance"]]
            example = Example(
                text,
                *span,
                source=row["source"],
                lang=language_of(text),
                key=key,
                stance=stance,
                acts=_acts(row["act"], stance),
                story=splits[key].story if key in splits else key,
                sample=row.get("sample") or "first",
                target=row["target"],
            )
            found.append(example)
    return found, missing


def _span(row: Mapping[str, str], text: str) -> tuple[int, int] | None:
    if row.get("start"):
        return int(row["start"]), int(row["end"])
    return find_mention(text, row["target"])


def read_edited(texts: Mapping[str, RealText], folder: Path = LABELS) -> tuple[list[Example], list[str]]:
    """Return the rewritten statements, for training only, and the keys whose original was not found.

    A row has a stance and its acts or, for sentences of the public sets, a sentiment. Raises ValueError where
    a row does not fit its text.
    """
    found: list[Example] = []
    missing: list[str] = []
    for path in sorted(folder.glob(EDITED_TABLES)):
        for row in read_table(path):
            if row["sha1"] not in texts:
                missing.append(row["sha1"])
                continue
            try:
                found.append(_edited_example(row, texts[row["sha1"]].text))
            except ValueError as error:
                raise ValueError(
                    f"{path}: {row['sha1']}: {error}; make the row anew or take it out"
                ) from error
    return found, missing


def _edited_example(row: Mapping[str, str], original: str) -> Example:
    text = apply_changes(original, json.loads(row["changes"]))
    start, end = int(row["start"]), int(row["end"])
    if not text[start:end].strip():
        raise ValueError(f"no mention stands at {start} to {end} of the rewritten text")
    example = Example(text, start, end, "edited", language_of(text), text_key(text))
    if "sentiment" in row:
        return replace(example, sentiment=SENTIMENTS.index(row["sentiment"]))
    stance = _STANCE[row["stance"]]
    return replace(example, stance=stance, acts=_acts(row["act"], stance), target=row["target"])


def _acts(named: str, stance: int) -> frozenset[int] | None:
    """Return the places of the acts; of a pole without any nobody knows them."""
    acts = frozenset(_ACT[act] for act in named.split(",") if act in _ACT)
    return acts if acts or stance == _STANCE["neutral"] else None


def read_written(folder: Path = LABELS) -> list[Example]:
    """Return the examples written up for training; they are never tested on."""
    found = []
    for path in sorted(folder.glob("written_*.jsonl")):
        with path.open(encoding="utf-8") as file:
            for line in file:
                item = json.loads(line)
                example = Example(
                    item["text"],
                    item["start"],
                    item["end"],
                    "written",
                    item["lang"],
                    text_key(item["text"]),
                    stance=_STANCE[item["stance"]],
                    acts=frozenset(_ACT[act] for act in item["acts"]),
                    target=item["target"],
                )
                found.append(example)
    return found
