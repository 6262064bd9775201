"""Merges the readers' labels into the tables: `python -m training.readings --data FOLDER POOL …`.

A pool is a JSON Lines file of pairs (`id`, `key`, `target`, `start`, `end`, `source`, `date`, `url`,
`lang`, `sample`); a reading is a text file with a line a pair: `ID n`, `ID h act,…` or
`ID c act,…`, the heaviest act first. Two blind readings go to `real.tsv`, where the story decides
between training, development and test; one reading goes to the table that `--once` names, for training
only. Pairs in sentences of the public sets' development parts, read twice, go to `entities_dev.tsv`
(`--entities`), which nothing trains on.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.corpus import read_all_texts
from training.paths import LABELS
from training.stories import Ties, choose_split, sign
from training.tables import (
    ENTITIES_DEV,
    SINGLE_TABLES,
    Split,
    append_table,
    read_splits,
    read_table,
    write_split_table,
)
from training.texts import RealText

ONCE_COLUMNS = ("sha1", "source", "target", "start", "end", "stance", "act", "agreement", "sample")
STANCES = {"n": "neutral", "h": "hostile", "c": "conciliatory"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader said of one pair."""

    stance: str
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """The label that two readings give, and whether they agreed on the stance and on the acts."""

    label: Reading
    same_stance: bool
    same_acts: bool


def read_reading(path: Path) -> dict[str, Reading]:
    """Read one reader's file; the last line about a pair counts."""
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        words = line.split()
        if not words:
            continue
        if len(words) < 2 or words[1] not in STANCES:
            raise ValueError(f"{path}, line {number}: write `ID n`, `ID h act` or `ID c act`")
        acts = tuple(words[2].split(",")) if len(words) > 2 else ()
        found[words[0]] = Reading(STANCES[words[1]], acts)
    return found


def merge(first: Reading, second: Reading) -> Merged:
    """Settle two blind readings: a disagreement on the stance is neutral, by the codebook's rule 9.

    Of the acts those stay that both name, or the first reader's heaviest.
    """
    if first.stance != second.stance:
        return Merged(Reading("neutral"), same_stance=False, same_acts=False)
    both = tuple(act for act in first.acts if act in second.acts)
    kept = both or first.acts[:1]
    return Merged(
        Reading(first.stance, kept), same_stance=True, same_acts=set(first.acts) == set(second.acts)
    )


def agreement(pairs: Sequence[tuple[Reading, Reading]]) -> tuple[float, float]:
    """Return the share of equal stances and Cohen's kappa (Cohen 1960)."""
    total = len(pairs)
    same = sum(a.stance == b.stance for a, b in pairs) / total
    chance = sum(
        sum(a.stance == s for a, _ in pairs) * sum(b.stance == s for _, b in pairs) for s in STANCES.values()
    ) / (total * total)
    return same, (same - chance) / (1 - chance)


def place_texts(
    keys: Sequence[str], texts: Mapping[str, RealText], splits: Mapping[str, Split], trained: Sequence[str]
) -> dict[str, Split | None]:
    """Return the split of every new text; None for one that may only be trained on.

    A text tied to a story that has its part joins it. One tied to stories of two parts, or to a
    text that training has seen outside the splits, cannot be held out without a leak.
    """
    ties, signatures = _tie((*keys, *trained), texts, splits)
    known: dict[str, set[str]] = {}
    for split in splits.values():
        known.setdefault(ties.find(split.key), set()).add(split.story)
    seen = {ties.find(key) for key in trained if key not in splits}
    found: dict[str, Split | None] = {}
    for key in keys:
        root = ties.find(key)
        stories = known.get(root) or {root}
        parts = {choose_split(story) for story in stories}
        if key in splits:
            found[key] = splits[key]
        elif len(parts) > 1 or (root in seen and parts != {"train"}):
            found[key] = None
        else:
            story = min(stories)
            found[key] = Split(key, story, choose_split(story), signatures[key])
    return found


def tied_to_held(keys: Sequence[str], texts: Mapping[str, RealText], splits: Mapping[str, Split]) -> set[str]:
    """Return the keys whose text stands in the story of a held-out one."""
    ties, _ = _tie(keys, texts, splits)
    held = {ties.find(split.key) for split in splits.values() if split.part != "train"}
    return {key for key in keys if ties.find(key) in held}


def _tie(
    keys: Sequence[str], texts: Mapping[str, RealText], splits: Mapping[str, Split]
) -> tuple[Ties, dict[str, np.ndarray]]:
    """Tie the texts of the keys to one another and to the stories of the splits."""
    signatures = {key: splits[key].signature for key in splits}
    signatures |= {key: sign(texts[key].text) for key in keys if key not in signatures}
    ties = Ties(signatures, {key: texts[key].url for key in signatures if key in texts})
    for split in splits.values():
        if split.story in signatures:
            ties.join(split.key, split.story)
    return ties, signatures


def main() -> None:
    """Parse the command line, merge and print the agreement."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pool", type=Path, help="the pairs that were read")
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--first", type=Path, nargs="+", required=True, help="readings")
    parser.add_argument("--second", type=Path, nargs="*", default=[], help="blind second readings")
    parser.add_argument("--entities", action="store_true", help="the pairs are public development ones")
    parser.add_argument(
        "--once", default="read_once.tsv", choices=SINGLE_TABLES, help="table of pairs read once"
    )
    parser.add_argument("--labels", type=Path, default=LABELS, help="folder of the tables")
    options = parser.parse_args()
    pool = [json.loads(line) for line in options.pool.read_text(encoding="utf-8").splitlines()]
    first = _join_readings(options.first)
    second = _join_readings(options.second)
    if options.entities:
        _add_entities(options.labels, pool, first, second)
        return
    texts, splits = read_all_texts(options.data), read_splits(options.labels)
    tables = [path for name in SINGLE_TABLES if (path := options.labels / name).exists()]
    trained = [row["sha1"] for path in tables for row in read_table(path)]
    twice = [pair for pair in pool if pair["id"] in first and pair["id"] in second]
    once = [pair for pair in pool if (pair["id"] in first) != (pair["id"] in second)]
    keys = sorted({pair["key"] for pair in twice})
    places = place_texts(keys, texts, splits, [key for key in trained if key in texts])
    settled = [(pair, merge(first[pair["id"]], second[pair["id"]])) for pair in twice]
    real = [(pair, merged) for pair, merged in settled if places[pair["key"]] is not None]
    single = [(pair, merged.label) for pair, merged in settled if places[pair["key"]] is None]
    single += [(pair, first.get(pair["id"]) or second[pair["id"]]) for pair in once]
    new = {place.key: place for pair, _ in real if (place := places[pair["key"]])}
    held = tied_to_held(sorted({pair["key"] for pair, _ in single}), texts, {**splits, **new})
    open_single = [(pair, label) for pair, label in single if pair["key"] not in held]
    append_table(options.labels / "real.tsv", [_real_row(pair, merged) for pair, merged in real])
    once_rows = [_single_row(pair, label) for pair, label in open_single]
    append_table(options.labels / options.once, once_rows, ONCE_COLUMNS)
    disputed = [(pair, merged) for pair, merged in settled if not merged.same_stance]
    append_table(
        options.labels / "adjudicated.tsv",
        [_disputed_row(pair, first[pair["id"]], second[pair["id"]]) for pair, _ in disputed],
    )
    write_split_table(options.labels, {**splits, **new}.values())
    _print_agreement(twice, first, second)
    print(f"{len(real)} to real.tsv, {len(open_single)} to {options.once}, {len(disputed)} adjudicated")
    print(f"{len(single) - len(open_single)} left out: read once and tied to a held-out text")


def _add_entities(
    labels: Path,
    pool: Sequence[Mapping[str, str]],
    first: Mapping[str, Reading],
    second: Mapping[str, Reading],
) -> None:
    twice = [pair for pair in pool if pair["id"] in first and pair["id"] in second]
    rows = [_real_row(pair, merge(first[pair["id"]], second[pair["id"]])) for pair in twice]
    append_table(labels / ENTITIES_DEV, rows, ONCE_COLUMNS)
    _print_agreement(twice, first, second)


def _print_agreement(
    twice: Sequence[Mapping[str, str]], first: Mapping[str, Reading], second: Mapping[str, Reading]
) -> None:
    if twice:
        same, kappa = agreement([(first[pair["id"]], second[pair["id"]]) for pair in twice])
        print(f"{len(twice)} pairs read twice: {same:.1%} agree, Cohen's kappa {kappa:.3f}")


def _join_readings(paths: Sequence[Path]) -> dict[str, Reading]:
    return {pair: reading for path in paths for pair, reading in read_reading(path).items()}


def _real_row(pair: Mapping[str, str], merged: Merged) -> dict[str, str]:
    agreed = "both" if merged.same_acts else "stance" if merged.same_stance else "adjudicated"
    return _single_row(pair, merged.label) | {
        "lang": pair["lang"],
        "bloc": "-",
        "speaker": "-",
        "topics": "-",
        "agreement": agreed,
    }


def _single_row(pair: Mapping[str, str], label: Reading) -> dict[str, str]:
    return {
        "sha1": pair["key"],
        "source": pair["source"],
        "date": pair["date"],
        "url": pair["url"] or "-",
        "target": " ".join(pair["target"].split()),
        "start": str(pair["start"]),
        "end": str(pair["end"]),
        "stance": label.stance,
        "act": ",".join(label.acts) or "-",
        "agreement": "single",
        "sample": pair["sample"],
    }


def _disputed_row(pair: Mapping[str, str], first: Reading, second: Reading) -> dict[str, str]:
    return {
        "sha1": pair["key"],
        "target": pair["target"],
        "reader_a": first.stance,
        "act_a": ",".join(first.acts) or "-",
        "reader_b": second.stance,
        "act_b": ",".join(second.acts) or "-",
        "final": "neutral",
        "reason": "rule 9: in doubt, neutral",
    }


if __name__ == "__main__":
    main()
