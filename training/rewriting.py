"""Turns rewritten statements into rows: `python -m training.rewriting FILE … --data FOLDER --table NAME`.

A line of a file is `SHA1 | h | act,… | target | text`, the text with its mention between ⟦ and ⟧, `n` with
`-` for its acts, `c` likewise; in a file of the public sets' sentences it is `SHA1 | - | text`, `0` or `+`
for other sentiments. Lines are numbered from 1 throughout the files; with `--second`, readings of these
numbers (`training.readings`), only those lines stay on whose stance the second reader agrees. Rows go to
`edited_NAME.tsv`.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.corpus import read_all_texts
from training.edits import find_changes
from training.examples import ACTS, SENTIMENTS
from training.paths import LABELS
from training.public import is_dev
from training.readings import STANCES, Reading, agreement, read_reading
from training.tables import EDITED_TABLES, append_table, read_splits
from training.texts import RealText

OPENING, CLOSING = "⟦", "⟧"
SIGNS = dict(zip("-0+", SENTIMENTS, strict=True))


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One line: the original's key, the new text with its mention, and the label's columns."""

    key: str
    text: str
    start: int
    end: int
    labels: Mapping[str, str]


def parse(line: str) -> Rewritten:
    """Read one line; raises ValueError that says what is wrong with it."""
    key, label, *middle, marked = (part.strip() for part in line.split(" | ", 4))
    text = " ".join(marked.split())
    if text.count(OPENING) != 1 or text.count(CLOSING) != 1:
        raise ValueError(f"mark one mention with {OPENING} and {CLOSING}")
    before, rest = text.split(OPENING)
    mention, after = rest.split(CLOSING)
    start = len(before) + len(mention) - len(mention.lstrip())
    return Rewritten(
        key, before + mention + after, start, start + len(mention.strip()), _labels(label, middle)
    )


def _labels(label: str, middle: Sequence[str]) -> dict[str, str]:
    if not middle and label in SIGNS:
        return {"sentiment": SIGNS[label]}
    if len(middle) != 2 or label not in STANCES:
        raise ValueError("write `SHA1 | h, n or c | acts | target | text` or `SHA1 | -, 0 or + | text`")
    acts, target = middle
    named = set() if acts == "-" else set(acts.split(","))
    fitting = {act.value for act in ACTS if act.stance.value == STANCES[label]}
    if not named <= fitting or bool(named) != bool(fitting):
        raise ValueError(f"acts {acts!r} do not go with {label}: a pole has one at least, neutral has -")
    return {"target": target, "stance": STANCES[label], "act": acts}


def to_rows(
    lines: Sequence[Rewritten], texts: Mapping[str, RealText], labels: Path = LABELS
) -> Iterator[dict[str, str]]:
    """Yield the rows; raises ValueError where a text is not at hand or may not be trained on."""
    held = {split.key for split in read_splits(labels).values() if split.part != "train"}
    for line in lines:
        if line.key not in texts:
            raise ValueError(f"{line.key}: no text of the data folder has this hash")
        original = texts[line.key]
        if line.key in held or (original.source == "public" and is_dev(original.text)):
            raise ValueError(f"{line.key}: this text is held out, nothing may be made of it")
        changes = json.dumps(
            find_changes(original.text, line.text), ensure_ascii=False, separators=(",", ":")
        )
        place = {"start": str(line.start), "end": str(line.end)}
        yield {"sha1": line.key, "changes": changes, **place, **line.labels}


def main() -> None:
    """Parse the command line, write the rows and print the agreement."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+", help="rewritten statements")
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--table", required=True, help="name of the table without `edited_` and `.tsv`")
    parser.add_argument("--second", type=Path, help="a blind second reading")
    parser.add_argument("--labels", type=Path, default=LABELS, help="folder of the tables")
    options = parser.parse_args()
    lines = [line for path in options.files for line in _read(path)]
    if options.second:
        second = read_reading(options.second)
        numbered = {str(n): line for n, line in enumerate(lines, start=1)}
        unread = [n for n, line in numbered.items() if n not in second or "stance" not in line.labels]
        if unread:
            parser.error(
                f"{options.second}: no stance was read of line {unread[0]} and {len(unread) - 1} others"
            )
        pairs = [(Reading(line.labels["stance"]), second[n]) for n, line in numbered.items()]
        same, kappa = agreement(pairs)
        print(
            f"{len(pairs)} read twice: {same:.1%} agree, Cohen's kappa {kappa:.3f}; the others are left out"
        )
        lines = [line for line, (a, b) in zip(lines, pairs, strict=True) if a.stance == b.stance]
    rows = list(to_rows(lines, read_all_texts(options.data), options.labels))
    table = options.labels / EDITED_TABLES.replace("*", options.table)
    append_table(table, rows)
    print(f"{len(rows)} rows to {table.name}")


def _read(path: Path) -> Iterator[Rewritten]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield parse(line)
        except ValueError as error:
            raise ValueError(f"{path}, line {number}: {error}") from error


if __name__ == "__main__":
    main()
