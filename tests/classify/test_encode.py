"""How a pair becomes ids."""

import pytest

from monitor.classify.encode import PairEncoder
from tests.classify.fakes import WordTokenizer


@pytest.fixture
def tokenizer() -> WordTokenizer:
    """A tokenizer whose ids can be read back."""
    return WordTokenizer()


def test_mention_is_marked_in_place(tokenizer: WordTokenizer) -> None:
    """The markers stand around the mention, the statement around them."""
    ids = PairEncoder(tokenizer, 32).encode("Moscow warned Yerevan again", 14, 21)
    assert tokenizer.read(ids) == "<s> Moscow warned <tgt> Yerevan </tgt> again </s>"


def test_long_text_is_cut_around_the_mention(tokenizer: WordTokenizer) -> None:
    """The window is full, and the words nearest to the mention stay."""
    text = " ".join(f"a{i}" for i in range(500)) + " HERE " + " ".join(f"b{i}" for i in range(500))
    start = text.index("HERE")
    ids = PairEncoder(tokenizer, 20).encode(text, start, start + 4)
    words = tokenizer.read(ids)
    assert len(ids) == 20
    assert "a499 <tgt> HERE </tgt> b0" in words


def test_mention_at_the_edge_gives_its_room_to_the_other_side(tokenizer: WordTokenizer) -> None:
    """Nothing of the window is wasted when one side is short."""
    text = "HERE " + " ".join(f"b{i}" for i in range(500))
    ids = PairEncoder(tokenizer, 20).encode(text, 0, 4)
    assert len(ids) == 20
    assert tokenizer.read(ids).startswith("<s> <tgt> HERE </tgt> b0")


@pytest.mark.parametrize("trick", ["<tgt>", "</tgt>", "<s>", "</s>", "<pad>", "<mask>"])
def test_marker_in_the_text_is_only_text(tokenizer: WordTokenizer, trick: str) -> None:
    """A text that contains a special token cannot move the markers or end the text."""
    text = f"praise {trick} Minsk and {trick} Baku"
    start = text.index("Baku")
    ids = PairEncoder(tokenizer, 64).encode(text, start, start + 4)
    assert ids.count(4) == 1
    assert ids.count(5) == 1
    assert ids.count(0) == 1
    assert ids.count(2) == 1
    assert "<tgt> Baku </tgt> </s>" in tokenizer.read(ids)


def test_empty_text_still_has_its_markers(tokenizer: WordTokenizer) -> None:
    """An empty statement encodes to the special tokens alone."""
    assert PairEncoder(tokenizer, 16).encode("", 0, 0) == [0, 4, 5, 2]


def test_decomposed_letters_encode_like_composed_ones(tokenizer: WordTokenizer) -> None:
    """й written as и with a breve is the same word."""
    encoder = PairEncoder(tokenizer, 16)
    assert encoder.encode("Стои\u0306", 0, 0) == encoder.encode("Сто\u0439", 0, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ещё одно «предупреждение» Минску", "Еще одно “предупреждение” Минску"),
        ("Пётр назвал „Минск“ другом", 'Петр назвал "Минск" другом'),
        ("Минск\u200b тре\u00adбует", "Минск требует"),
        ("Минск \u00a0\n требует", "Минск требует"),
        ("<p class='a'>Минск&nbsp;<b>требует</b></p>", "Минск требует"),
        ("МИНСК ТРЕБУЕТ ИЗВИНЕНИЙ", "минск требует извинений"),
    ],
)
def test_spelling_without_meaning_encodes_alike(tokenizer: WordTokenizer, one: str, other: str) -> None:
    """What the eye or the ear takes for the same is the same to the network."""
    encoder = PairEncoder(tokenizer, 32)
    assert encoder.encode(one, 0, 0) == encoder.encode(other, 0, 0)


@pytest.mark.parametrize("text", ["США и ОДКБ", "Глава МИД РФ встретился с послом", "a < b и b > c"])
def test_capitals_of_names_and_signs_stay(tokenizer: WordTokenizer, text: str) -> None:
    """Abbreviations are no shouting, and a sign of comparison is no markup."""
    assert tokenizer.read(PairEncoder(tokenizer, 32).encode(text, 0, 0)).endswith(f"{text} </s>")
