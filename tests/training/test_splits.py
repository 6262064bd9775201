"""No held-out text is trained on; shown from hashes and signatures, without the texts."""

import numpy as np

from training.corpus import without_held
from training.examples import Example, text_key
from training.paths import LABELS
from training.readings import Merged, Reading, agreement, merge, place_texts
from training.stories import SAME_STORY, choose_split, sign, similar_pairs
from training.tables import (
    EDITED_TABLES,
    REAL_TABLES,
    SINGLE_TABLES,
    Split,
    read_splits,
    read_table,
    read_written,
)
from training.texts import RealText

SPLITS = read_splits()


def part(*names: str) -> list[Split]:
    """The splits of the named parts."""
    return [split for split in SPLITS.values() if split.part in names]


def test_every_real_label_has_a_split() -> None:
    """A text without a split could end on both sides."""
    keys = {row["sha1"] for name in REAL_TABLES for row in read_table(LABELS / name)}
    assert keys <= SPLITS.keys()


def test_split_follows_from_the_story() -> None:
    """Parts are not chosen by hand: the story's hash decides."""
    assert all(split.part == choose_split(split.story) for split in SPLITS.values())


def test_stories_stand_on_one_side_only() -> None:
    """No near-duplicate of a held-out text is in another part."""
    for left, right in (("test", "train"), ("test", "dev"), ("dev", "train")):
        one = [split.signature for split in part(left)]
        other = [split.signature for split in part(right)]
        assert similar_pairs(one, other) == []


def test_texts_read_once_or_rewritten_are_for_training_only() -> None:
    """A label that one reader gave never counts in a test, nor is a held-out text rewritten for training."""
    edited = [path.name for path in LABELS.glob(EDITED_TABLES)]
    assert edited
    keys = {row["sha1"] for name in (*SINGLE_TABLES, *edited) for row in read_table(LABELS / name)}
    assert not keys & {split.key for split in part("test", "dev")}


def test_new_text_joins_its_story_or_is_only_trained_on() -> None:
    """A near copy takes the part of its story; what training has seen is never held out."""
    text = "Moscow warned Yerevan that leaving the bloc would cost it cheap gas and grain."
    other = "Astana and Tashkent opened a new bridge over the river on their common border today."
    texts = {text_key(t): RealText(t, "tass", "", "") for t in (text, text + " It said so.", other)}
    old, new, apart = texts
    story = next(s for s in map(str, range(99)) if choose_split(s) == "test")
    splits = {old: Split(old, story, "test", sign(text))}
    placed = place_texts([new, apart], texts, splits, [])
    joined, alone = placed[new], placed[apart]
    assert joined is not None
    assert (joined.story, joined.part) == (story, "test")
    assert alone is not None
    assert alone.story == apart
    assert place_texts([new], {**texts, "twin": texts[old]}, splits, ["twin"]) == {new: None}


def test_disagreeing_readers_leave_a_pair_neutral() -> None:
    """Rule 9: in doubt, neutral; of the acts those stay that both readers name."""
    hostile = Reading("hostile", ("accuse", "deride"))
    assert merge(hostile, Reading("neutral")) == Merged(Reading("neutral"), False, False)
    assert merge(hostile, Reading("hostile", ("deride",))).label == Reading("hostile", ("deride",))
    assert merge(hostile, Reading("hostile", ("reject",))).label == Reading("hostile", ("accuse",))


def test_kappa_corrects_for_chance() -> None:
    """Two readers who agree as often as chance would have it reach nought."""
    h, n = Reading("hostile", ("accuse",)), Reading("neutral")
    assert agreement([(h, h), (n, n)]) == (1.0, 1.0)
    assert agreement([(h, h), (h, n), (n, h), (n, n)]) == (0.5, 0.0)


def test_written_examples_near_a_held_out_text_are_dropped() -> None:
    """What was written for training is compared with every held-out text."""
    held = part("test", "dev")
    kept = without_held(read_written(), held)
    assert kept
    assert not {e.key for e in kept} & {split.key for split in held}
    signatures = [sign(example.text) for example in kept]
    assert similar_pairs(signatures, [split.signature for split in held]) == []


def test_near_copy_of_a_held_out_text_is_found() -> None:
    """The check would notice an edited copy."""
    text = "Moscow warned Yerevan that leaving the bloc would cost it cheap gas and grain."
    copy = text.replace("warned", "has warned")
    split = Split(text_key(text), text_key(text), "test", sign(text))
    example = Example(copy, 0, 6, "written", "en", text_key(copy))
    assert without_held([example], [split]) == []


def test_signature_estimates_overlap() -> None:
    """Equal texts agree wholly, unlike ones hardly."""
    one, other = sign("Talks were held in Astana today"), sign("Эмбарго на цветы снято вчера")
    assert np.array_equal(one, sign("talks were  held in Astana, today"))
    assert (one == other).mean() < SAME_STORY / 2


def test_examples_mark_real_spans() -> None:
    """Every written example's span holds a mention, not blanks."""
    for example in read_written():
        mention = example.text[example.start : example.end]
        assert mention == mention.strip() != ""
