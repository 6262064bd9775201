"""Puts the training and development material together and keeps held-out texts out of it."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from training.examples import Example
from training.paths import LABELS
from training.public import is_dev, read_newsmtsc, read_ruopinionne, read_rusentne, read_sentences
from training.stories import sign, similar_pairs
from training.tables import (
    ENTITIES_DEV,
    SINGLE_TABLES,
    Split,
    read_edited,
    read_real,
    read_splits,
    read_written,
)
from training.texts import RealText, read_texts

REAL_WEIGHT = 1.5
OPINION_WEIGHT = 0.8
KEPT_PUBLIC = 0.75
REST = ("rest", "others")
"""Samples that are neutral nearly throughout: watched pairs that version 1.1.0 had taken for clearly so, and
states, blocs and leaders that are not watched."""
KEPT_REST = 0.4


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every example by its use.

    `real` was read twice blind, `single` once, `written` was written for training, of `edited` a part was;
    `words` are the texts that shape the vocabulary. `entity_dev` are the stances in sentences of the public
    sets' development parts: persons, firms and states of general news, plenty where the field's own dev is
    small.
    """

    public: list[Example]
    opinions: list[Example]
    real: list[Example]
    single: list[Example]
    written: list[Example]
    edited: list[Example]
    public_dev: list[Example]
    entity_dev: list[Example]
    real_dev: list[Example]
    real_test: list[Example]
    words: list[str]

    def dev_sets(self) -> dict[str, list[Example]]:
        """The development sets by name."""
        return {
            "rusentne": [e for e in self.public_dev if e.source == "rusentne"],
            "newsmtsc": [e for e in self.public_dev if e.source == "newsmtsc"],
            "entities": self.entity_dev,
            "real": self.real_dev,
        }


def read_all_texts(folder: Path) -> dict[str, RealText]:
    """Return every text that a label may be about, by key: real ones, and the public sets' sentences."""
    return _with_sentences(read_texts(folder), read_rusentne(folder) + read_newsmtsc(folder), folder)


def _with_sentences(
    texts: Mapping[str, RealText], public: Sequence[Example], folder: Path
) -> dict[str, RealText]:
    sentences = read_sentences(public, folder)
    return {key: RealText(text, "public", "", "") for key, text in sentences.items()} | dict(texts)


def read_corpus(folder: Path, labels: Path = LABELS, *, rewritten: bool = False) -> Corpus:
    """Read all sets under the data folder and the tables of labels, the rewritten statements where asked."""
    texts = read_texts(folder)
    splits = read_splits(labels)
    real, _ = read_real(texts, labels)
    public = read_rusentne(folder) + read_newsmtsc(folder)
    with_public = _with_sentences(texts, public, folder)
    single, _ = read_real(with_public, labels, SINGLE_TABLES)
    held = [split for split in splits.values() if split.part != "train"]
    held_addresses = {texts[split.key].url for split in held if split.key in texts} - {""}
    single = [e for e in single if e.key not in texts or texts[e.key].url not in held_addresses]
    public_train = without_held([e for e in public if not is_dev(e.text)], held)
    opinions = without_held([e for e in read_ruopinionne(folder) if not is_dev(e.text)], held)
    held_keys = {split.key for split in held}
    open_texts = {t.text for key, t in texts.items() if key not in held_keys}
    may_train = {k: t for k, t in with_public.items() if k not in held_keys and t.url not in held_addresses}
    edited = read_edited(may_train, labels)[0] if rewritten else []
    parts = {p: [e for e in real if splits[e.key].part == p] for p in ("train", "dev", "test")}
    return Corpus(
        public=public_train,
        opinions=opinions,
        real=parts["train"],
        single=without_held(single, held),
        written=without_held(read_written(labels), held),
        edited=without_held(edited, held),
        public_dev=[e for e in public if is_dev(e.text)],
        entity_dev=read_entities(public, labels),
        real_dev=parts["dev"],
        real_test=parts["test"],
        words=sorted({e.text for e in public_train + opinions} | open_texts),
    )


def read_entities(public: Sequence[Example], labels: Path) -> list[Example]:
    """Return the public development pairs whose stance was read twice."""
    texts = {e.key: RealText(e.text, e.source, "", "") for e in public if is_dev(e.text)}
    found, _ = read_real(texts, labels, (ENTITIES_DEV,))
    return found


def without_held(examples: Sequence[Example], held: Sequence[Split]) -> list[Example]:
    """Drop the examples whose text is a near-duplicate of a held-out real text."""
    texts = sorted({example.text for example in examples})
    signatures = [sign(text) for text in texts]
    near = {texts[i] for i, _ in similar_pairs(signatures, [split.signature for split in held])}
    return [example for example in examples if example.text not in near]


def compose(corpus: Corpus) -> list[Example]:
    """Return what every stage trains on: all sets together, the pairs read twice at a higher weight.

    Opinions on spans that RuSentNE does not label stand in as sentiment: where both label a
    span, four poles in five agree.
    """
    labelled = {
        (e.key, place) for e in corpus.public if e.source == "rusentne" for place in range(e.start, e.end)
    }
    opinions = [
        replace(e, sentiment=e.stance, stance=None, weight=OPINION_WEIGHT)
        for e in corpus.opinions
        if e.stance != 1 and not any((e.key, place) in labelled for place in range(e.start, e.end))
    ]
    real = [replace(e, weight=REAL_WEIGHT) for e in corpus.real]
    public, single = join_labels(corpus.public, corpus.single)
    return [*public, *opinions, *real, *single, *corpus.written, *corpus.edited]


def join_labels(public: Sequence[Example], single: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Give public pairs the stance that was read of the same mention, and return what is left of those.

    One pass then teaches both heads.
    """
    read = {(e.key, e.start, e.end): e for e in single}
    joined = [
        replace(e, stance=found.stance, acts=found.acts, target=found.target)
        if (found := read.get((e.key, e.start, e.end)))
        else e
        for e in public
    ]
    places = {(e.key, e.start, e.end) for e in public}
    return joined, [e for e in single if (e.key, e.start, e.end) not in places]


def take_share(examples: Sequence[Example], share: float, seed: int) -> list[Example]:
    """Return a fixed random share of the examples."""
    order = list(examples)
    random.Random(seed).shuffle(order)
    return order[: round(share * len(order))]


def compose_epoch(corpus: Corpus, seed: int) -> list[Example]:
    """Return what one epoch trains on: all labels, but of the plentiful and easy only a share.

    Those are pairs with nothing but a sentiment, and the neutral ones of the last reading.
    """
    rng = random.Random(seed)

    def share(example: Example) -> float:
        if example.stance is None:
            return KEPT_PUBLIC
        return KEPT_REST if example.sample in REST and example.stance == 1 else 1.0

    return [example for example in compose(corpus) if rng.random() < share(example)]
