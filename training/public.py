"""Reads the public sentiment sets, each cut into training and development by sentence.

RuSentNE and RuOpinionNE share sentences, so the cut depends on the sentence alone.
"""

import csv
import json
import re
from collections.abc import Sequence
from pathlib import Path

from razdel import sentenize

from training.examples import Example, bucket, text_key

DEV_SHARE = 10  # one sentence in ten
SHORTEST, LONGEST = 40, 450  # characters of an article's sentence that was worth labelling


def is_dev(text: str) -> bool:
    """Whether a public sentence belongs to the development part."""
    return bucket(text_key(text), "public", DEV_SHARE) == 0


def read_rusentne(folder: Path) -> list[Example]:
    """Read RuSentNE-2023: sentiment toward a named entity in a Russian news sentence."""
    found = []
    with (folder / "rusentne" / "train_data.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            text, entity = row["sentence"], row["entity"]
            start, end = int(row["entity_pos_start_rel"]), int(row["entity_pos_end_rel"])
            if text[start:end] != entity and entity in text:
                start = text.index(entity)
                end = start + len(entity)
            sentiment = int(row["label"]) + 1
            key = text_key(text)
            found.append(Example(text, start, end, "rusentne", "ru", key, sentiment=sentiment))
    return found


def read_newsmtsc(folder: Path) -> list[Example]:
    """Read NewsMTSC: sentiment toward a person in an English news sentence."""
    places = {2.0: 0, 4.0: 1, 6.0: 2}
    found = []
    with (folder / "newsmtsc" / "train.jsonl").open(encoding="utf-8") as file:
        for line in file:
            item = json.loads(line)
            text = item["sentence_normalized"]
            for target in item["targets"]:
                sentiment = places[float(target["polarity"])]
                example = Example(
                    text,
                    target["from"],
                    target["to"],
                    "newsmtsc",
                    "en",
                    text_key(text),
                    sentiment=sentiment,
                )
                found.append(example)
    return found


def read_ruopinionne(folder: Path) -> list[Example]:
    """Read RuOpinionNE as distant stance labels: who is the target of an opinion, and how.

    A target of one polarity takes that pole; a source that is nobody's target is neutral.
    """
    found = []
    with (folder / "ruopinionne" / "opinions.jsonl").open(encoding="utf-8") as file:
        for line in file:
            item = json.loads(line)
            text, key = item["text"], text_key(item["text"])
            for (start, end), stance in _opinion_spans(item["opinions"]).items():
                found.append(Example(text, start, end, "ruopinionne", "ru", key, stance=stance))
    return found


def read_rusentrel(folder: Path) -> dict[str, str]:
    """Return the sentences of RuSentRel's analytical articles by key; its labels are not read."""
    found = {}
    for path in sorted((folder / "rusentrel").glob("*/*.txt")):
        if ".opin" in path.name or ".author" in path.name:
            continue
        raw = re.sub(r"^\s*(Author|Unknown)[^\n]*", "", path.read_text(encoding="utf-8-sig"))
        for sentence in sentenize(raw):
            text = " ".join(sentence.text.split())
            if SHORTEST <= len(text) <= LONGEST and not is_dev(text):
                found[text_key(text)] = text
    return found


def read_sentences(public: Sequence[Example], folder: Path) -> dict[str, str]:
    """Return every sentence of the public sets' training parts by key; `public` are those read already."""
    found = {e.key: e.text for e in public if not is_dev(e.text)}
    with (folder / "ruopinionne" / "opinions.jsonl").open(encoding="utf-8") as file:
        for line in file:
            text = json.loads(line)["text"]
            if not is_dev(text):
                found.setdefault(text_key(text), text)
    return read_rusentrel(folder) | found


def _opinion_spans(opinions: list[dict[str, object]]) -> dict[tuple[int, int], int]:
    poles: dict[tuple[int, int], set[int]] = {}
    sources: set[tuple[int, int]] = set()
    for opinion in opinions:
        target, source = _span(opinion["Target"]), _span(opinion["Source"])
        if target:
            poles.setdefault(target, set()).add(0 if opinion["Polarity"] == "NEG" else 2)
        if source:
            sources.add(source)
    spans = dict.fromkeys(sources - poles.keys(), 1)
    spans.update({span: next(iter(found)) for span, found in poles.items() if len(found) == 1})
    return spans


def _span(holder: object) -> tuple[int, int] | None:
    """The first of an opinion holder's spans; None for the author or nobody named."""
    places = holder[1] if isinstance(holder, list) and len(holder) == 2 else []
    if not places or ":" not in str(places[0]):
        return None
    start, end = map(int, str(places[0]).split(":"))
    return (start, end) if 0 <= start < end else None
