"""What an epoch is made of, and which pieces a vocabulary keeps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from training.corpus import KEPT_PUBLIC, KEPT_REST, REST, Corpus, compose_epoch, join_labels
from training.examples import Example
from training.paths import LABELS
from training.tables import EDITED_TABLES, ENTITIES_DEV, SINGLE_TABLES, read_table
from training.vocabulary import kept_pieces

SAID = Example("Smith called Jones a liar.", 13, 18, "newsmtsc", "en", "k", sentiment=0)


def corpus_of(**parts: list[Example]) -> Corpus:
    """A corpus of nothing but these parts."""
    names = ("public", "opinions", "real", "single", "written", "edited")
    held = ("public_dev", "entity_dev", "real_dev", "real_test", "words")
    return Corpus(**{name: parts.get(name, []) for name in (*names, *held)})


def test_sentiment_and_stance_of_one_mention_are_learnt_in_one_pass() -> None:
    """A reading of the same mention joins the public pair; one of another mention stands alone."""
    read = replace(SAID, sentiment=None, stance=0, acts=frozenset({2}), target="Jones", sample="entity")
    other = replace(read, start=0, end=5, stance=1, acts=frozenset())
    public, single = join_labels([SAID], [read, other])
    assert public == [replace(SAID, stance=0, acts=frozenset({2}), target="Jones")]
    assert single == [other]


def test_epoch_keeps_every_pole_and_thins_what_is_plentiful() -> None:
    """Neutral pairs of the last reading and pairs with nothing but a sentiment come in shares."""
    rest = [replace(SAID, sentiment=None, stance=1, sample=REST[i % 2], key=f"r{i}") for i in range(1000)]
    poles = [replace(e, stance=0) for e in rest[:50]]
    public = [replace(SAID, key=f"p{i}") for i in range(1000)]
    epoch = compose_epoch(corpus_of(single=rest + poles, public=public), seed=1)
    assert sum(e.stance == 0 for e in epoch) == 50
    assert sum(e.stance == 1 for e in epoch) == pytest.approx(1000 * KEPT_REST, abs=50)
    assert sum(e.stance is None for e in epoch) == pytest.approx(1000 * KEPT_PUBLIC, abs=50)
    assert compose_epoch(corpus_of(public=public), 1) != compose_epoch(corpus_of(public=public), 2)


def test_entities_to_choose_by_are_never_trained_on() -> None:
    """They stand in sentences of the public development parts, and in no table of readings for training."""
    names = [*SINGLE_TABLES, *(path.name for path in LABELS.glob(EDITED_TABLES))]
    keys = {row["sha1"] for name in names for row in read_table(LABELS / name)}
    held = {row["sha1"] for row in read_table(LABELS / ENTITIES_DEV)}
    assert len(held) > 1000
    assert not held & keys


def test_vocabulary_of_a_model_shipped_before_is_kept_in_order() -> None:
    """Its pieces are found by name; one that the base does not hold is refused."""
    original = {"model": {"vocab": [["<s>", 0.0], ["a", -1.0], ["b", -2.0], ["c", -3.0]]}}
    assert kept_pieces(original, {"model": {"vocab": [["<s>", 0.0], ["b", -2.0], ["c", -3.0]]}}) == [0, 2, 3]
    with pytest.raises(ValueError, match="'x'"):
        kept_pieces(original, {"model": {"vocab": [["x", 0.0]]}})
