"""Measures mentions and speakers: `python -m training.understanding --data FOLDER`.

Mentions: 1,000 real sentences in which a reader checked what the program had found (`mentions.tsv`).
Speakers: real statements whose speaker two readers named blind (`speakers.tsv`); those on which they
disagree, or of which they saw too little, stand apart. Rules were mended on those of part `dev`, and
those of part `test`, the eighth round, were not looked at before they were measured.
"""

import argparse
import csv
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from monitor.app import App
from monitor.domain.actors import OUTLET_BLOC, Person, Speaker
from monitor.domain.stance import Tier
from monitor.pipeline.reading import Document
from monitor.settings import load_settings, packaged_config
from training.examples import language_of, text_key
from training.paths import LABELS
from training.tables import read_table
from training.texts import read_texts

OWN_SOURCES = {
    "mfa_tg": "tg-mfa-russia-en",
    "mfa_telegram_en": "tg-mfa-russia-en",
    "kremlin_ru": "kremlin-ru",
}
BY_LANGUAGE = {
    "tass": ("tass-ru", "tass-en"),
    "rt": ("rt-ru", "rt-en"),
    "kremlin": ("kremlin-ru", "kremlin-en"),
}
SPELLINGS = {
    "belarusian": "belarus",
    "armenian": "armenia",
    "azerbaijani": "azerbaijan",
    "russian": "russia",
    "kazakh": "kazakhstan",
    "kyrgyz": "kyrgyzstan",
    "tajik": "tajikistan",
    "uzbek": "uzbekistan",
    "defense": "defence",
    "aleksandr": "alexander",
    "sergei": "sergey",
    "aleksey": "alexey",
    "alexei": "alexey",
    "yuri": "yury",
    "dmitri": "dmitry",
}

ROMANISED = (
    (re.compile(r"^(?:ye|yo|je)"), "e"),
    (re.compile(r"(?<=[aeiouy])ye"), "e"),
    (re.compile("yo"), "e"),
    (re.compile("kk?h"), "h"),
    (re.compile("dzh"), "j"),
    (re.compile("(?:iy|yi|ii|ij|i|y)$"), "y"),
)
"""How the usual romanisations of Cyrillic names differ; both names are folded."""


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the raw files as a document."""

    kind: str
    document: Document


def read_items(folder: Path, app: App) -> Iterator[Item]:
    """Yield the rows that statements were drawn from, with the source that they would have."""
    sources = {source.id: source for source in app.settings.sources}
    csv.field_size_limit(sys.maxsize)
    for name in ("headlines.tsv", "kremlin_ru.tsv", "mfa_telegram_en.tsv", "more_sentences.tsv"):
        with (folder / "real" / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                kind = row.get("source") or name.removesuffix(".tsv")
                text, title = row.get("text") or row.get("lead") or "", row.get("title") or ""
                lang = language_of(title + text)
                source = OWN_SOURCES.get(kind) or BY_LANGUAGE.get(kind, ("", ""))[lang == "en"]
                source = {"mfa": "mid-en", "sputnik": "sputnik-globe"}.get(kind, source)
                said = (row.get("date") or "")[:10]
                moment = datetime.fromisoformat(said).replace(tzinfo=UTC) if len(said) == 10 else None
                yield Item(kind, Document(text, title, lang, sources.get(source), moment))


def same_name(one: str, other: str) -> bool:
    """Whether two spellings name the same speaker; '-' and '?' are no name."""
    a, b = _fold_name(one), _fold_name(other)
    if a == b or not a or not b:
        return a == b
    first, second = a.split(), b.split()
    short = len(first) == 1 or len(second) == 1
    return first[-1] == second[-1] and (short or first[0][:2] == second[0][:2])


@cache
def _fold_name(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).lower()
    # "Supreme Court of Kyrgyzstan" is "Kyrgyzstan Supreme Court".
    body, of, owner = plain.rpartition(" of ")
    plain = f"{owner} {body}" if of else plain
    words = re.sub(r"\bthe\b|[^a-zа-яё ]", "", plain).split()
    return " ".join(_fold_letters(SPELLINGS.get(word, word)) for word in words)


def _fold_letters(word: str) -> str:
    """Write what romanisations of one Cyrillic name differ in the same way: "Yevgeny" and "Evgeni"."""
    for pattern, written in ROMANISED:
        word = pattern.sub(written, word)
    return word


def find_listed_name(name: str, persons: Mapping[str, Person]) -> str:
    """Return the canonical name of whom a name stands for in the list of speakers; else the name itself."""
    if name in persons or " " not in name:
        return name
    folded = _fold_name(name)
    return next(
        (
            person.name
            for person in persons.values()
            if any(_fold_name(alias) == folded for alias in person.names.get("en", ()))
        ),
        name,
    )


def attribute_wanted(app: App, document: Document, wanted: Set[str]) -> Iterator[tuple[str, Speaker]]:
    """Yield the key and the speaker of every statement of a document whose key is wanted."""
    lang = document.lang or "en"
    statements = app.reader.split(document, lang)
    keys = [text_key(statement.text) for statement in statements]
    if wanted.isdisjoint(keys):
        return
    speakers = app.reader.attribute(document, statements, lang)
    for key, statement in zip(keys, statements, strict=True):
        if key in wanted:
            yield key, speakers[statement.index]


def report_speakers(folder: Path, app: App) -> str:
    """Lay out how often name, tier and bloc are right, for each part."""
    rows: defaultdict[str, defaultdict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for row in read_table(LABELS / "speakers.tsv"):
        if row["part"] != "apart":
            rows[row["source"]][row["sha1"]].append(row)
    counts: Counter[tuple[str, str, bool]] = Counter()
    for item in read_items(folder, app):
        wanted = rows[item.kind]
        for key, speaker in attribute_wanted(app, item.document, wanted.keys()):
            for row in wanted.pop(key, []):
                _count(counts, row, speaker, app.persons)
    lines = ["| part | what | right | of | share |", "| --- | --- | ---: | ---: | ---: |"]
    for part, what in sorted({(part, what) for part, what, _ in counts}):
        right, wrong = counts[part, what, True], counts[part, what, False]
        lines.append(f"| {part} | {what} | {right} | {right + wrong} | {right / (right + wrong):.3f} |")
    lost = sum(len(found) for kind in rows.values() for found in kind.values())
    return "\n".join([*lines, "", f"Statements not found in the raw files: {lost}."])


def _count(
    counts: Counter[tuple[str, str, bool]], row: dict[str, str], speaker: Speaker, known: Mapping[str, Person]
) -> None:
    part, name = row["part"], find_listed_name(row["name_a"], known)
    right = same_name(name if name not in ("-", "?") else "", speaker.name or "")
    kind = "no name" if name in ("-", "?") else "listed" if name in known else "not listed"
    counts[part, "name", right] += 1
    counts[part, f"name: {kind}", right] += 1
    for what, found in (("tier", speaker.tier.value), ("bloc", speaker.bloc)):
        if row[f"{what}_a"] == row[f"{what}_b"]:
            counts[part, what, row[f"{what}_a"] == found] += 1
    if row["bloc_a"] == row["bloc_b"]:
        told = row["bloc_a"] == OUTLET_BLOC and speaker.tier is Tier.OUTLET
        counts[part, "bloc, or the outlet's own words", told or row["bloc_a"] == speaker.bloc] += 1


def report_mentions(folder: Path, app: App) -> str:
    """Lay out what the finder finds now of what the readers called right, wrong and missed."""
    texts, finder = read_texts(folder), app.reader.finder
    counts: Counter[tuple[str, bool]] = Counter()
    sentences = defaultdict(list)
    for row in read_table(LABELS / "mentions.tsv"):
        sentences[row["sha1"], row["lang"]].append(row)
    for (key, lang), rows in sentences.items():
        found = {(m.target, str(m.start), str(m.end)) for m in finder.find(texts[key].text, lang)}
        known = {(r["target"], r["start"], r["end"]) for r in rows}
        for row in rows:
            if row["start"] != "-":
                counts[row["verdict"], (row["target"], row["start"], row["end"]) in found] += 1
        missed = [r["target"] for r in rows if "missed" in r["verdict"]]
        new = [target for target, *_ in found - known]
        counts["missed", True] += sum(min(missed.count(t), new.count(t)) for t in set(missed))
        counts["missed", False] += len(missed)
        counts["new", True] += len(new)
    lines = [f"{len(sentences)} sentences.", "", "| verdict of the reader | found now | not found now |"]
    lines.append("| --- | ---: | ---: |")
    again = counts["missed", True]
    counts["missed", False] -= again
    lines += [
        f"| {verdict} | {counts[verdict, True]} | {counts[verdict, False]} |"
        for verdict in ("right", "doubtful", "wrong", "missed")
    ]
    return "\n".join([*lines, "", f"Found and in no verdict: {counts['new', True]}, missed ones among them."])


def main() -> None:
    """Parse the command line, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    options = parser.parse_args()
    app = App(load_settings(packaged_config()))
    print(f"## Mentions\n\n{report_mentions(options.data, app)}\n")
    print(f"## Speakers\n\n{report_speakers(options.data, app)}")


if __name__ == "__main__":
    main()
