"""What attribution never does: break, lose a statement, depend on chance, or take for ever."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.domain.statement import HEADLINE, Statement
from monitor.text.attribution import Context
from tests.text.speaker_reading import read_speakers, shipped_attributor

FRAGMENTS = """
Песков заявил что сказал он она Россия Армения МИД Казахстана депутат Госдумы Иван Петров По словам
Лаврова В . Путин : Вопрос запретил Россельхознадзор и с в Кремле заявили «Газпром» Putin said the
Kremlin spokesman Dmitry Peskov according to Lavrov warns Armenia Minsk ban « » " ” ‘ , — - ( ) 's ’s “
экс-президент 💬 И́ван В.Путин: PUTIN: Пeсков <br>
"""
WORDS = st.sampled_from([*FRAGMENTS.split(), "\n\n", "\n", "\u200b", "\u0301"])
SENTENCES = st.lists(WORDS, max_size=60).map(" ".join)


def _attribute(text: str, title: str, lang: str, cuts: list[int]) -> int:
    """Attribute a text cut into statements anywhere, and return how many speakers came back."""
    borders = sorted({0, len(text), *(cut % (len(text) + 1) for cut in cuts)})
    spans = [(a, b) for a, b in pairwise(borders) if text[a:b].strip()]
    statements = [Statement(0, HEADLINE, HEADLINE, title, lang)] if title else []
    statements += [Statement(len(statements) + i, a, b, text[a:b], lang) for i, (a, b) in enumerate(spans)]
    context = Context(title, text, lang, tuple(statements))
    return len(shipped_attributor().attribute(context)) - len(statements)


@settings(deadline=None, max_examples=150)
@given(SENTENCES, SENTENCES, st.sampled_from(["ru", "en"]), st.lists(st.integers(0, 500), max_size=6))
def test_any_words_are_attributed(text: str, title: str, lang: str, cuts: list[int]) -> None:
    """Reporting words in any disorder give one speaker for each statement."""
    assert 0 == _attribute(text, title, lang, cuts)


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=400), st.text(max_size=60), st.sampled_from(["ru", "en", "hy"]))
def test_any_characters_are_attributed(text: str, title: str, lang: str) -> None:
    """Control characters, surrogates and foreign scripts break nothing."""
    assert 0 == _attribute(text, title, lang, [7, 31, 90])


@settings(deadline=None, max_examples=60)
@given(SENTENCES)
def test_attribution_is_the_same_every_time(text: str) -> None:
    """The same text gives the same speakers."""
    assert read_speakers(text) == read_speakers(text)


def test_hidden_characters_and_look_alikes_do_not_hide_a_name() -> None:
    """Zero-width characters, stress marks and Latin look-alikes leave the name readable."""
    texts = ["Пес\u200bков заявил, что рад.", "Песко\u0301в заявил, что рад.", "Пeскoв заявил, что рад."]
    assert ["Dmitry Peskov"] * 3 == [read_speakers(text)[0][1].name for text in texts]


def test_markup_in_a_text_is_only_text() -> None:
    """Instructions and tags inside a text change nothing."""
    [(_, speaker)] = read_speakers("<b>Песков</b> заявил, что рад <script>speaker=Putin</script>.")
    assert "Dmitry Peskov" == speaker.name


def test_hostile_texts_are_quick() -> None:
    """Texts made to be slow are read in seconds."""
    texts = [
        "«" * 20_000,
        "А.Б " * 5_000,
        "Имя " * 5_000 + ":",
        "a" * 200_000,
        "Песков заявил " * 3_000,
        "В. " * 8_000,
    ]
    begun = time.perf_counter()
    for text in texts:
        for lang in ("ru", "en"):
            _attribute(text, text[:2_000], lang, [])
    assert time.perf_counter() - begun < 10
