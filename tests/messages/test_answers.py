"""The words of answers: complete in both languages, and nothing scraped is markup."""

from __future__ import annotations

from string import Formatter

import pytest

from monitor.bot.phrases_asking import ASKING_COMMANDS, ASKING_PHRASES
from monitor.domain.alerts import Direction
from monitor.domain.exemplars import Neighbour
from monitor.domain.explanation import Explanation, Ground, WordEffect
from monitor.domain.fates import Cause, Stop
from monitor.domain.gate import GateExample
from monitor.domain.notices import AlarmKind
from monitor.domain.preferences import MuteKind
from monitor.domain.routing import HeldBecause
from monitor.domain.source_views import Sight
from monitor.domain.stance import Stance
from monitor.domain.statement import MarkedText
from monitor.messages.answer_names import ALARMS, DIRECTIONS, HELD, MUTED, PARTS, SIGHTS
from monitor.messages.answer_words import ANSWERS
from monitor.messages.answers import render_ground
from tests.builders import make_judgement
from tests.notify.builders import READERS, quote


def fields_of(text: str) -> set[str]:
    """Return the names of what is filled in."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("words", [ANSWERS, ASKING_PHRASES, ASKING_COMMANDS, PARTS])
def test_languages_say_the_same_things(words: dict[str, dict[str, str]]) -> None:
    """The same phrases with the same values in them."""
    assert words["en"].keys() == words["ru"].keys()
    for key in words["en"]:
        assert fields_of(words["en"][key]) == fields_of(words["ru"][key]), key


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_kind_of_thing_has_a_word(language: str) -> None:
    """None is left to its code name."""
    for words, kinds in (
        (DIRECTIONS, Direction),
        (HELD, HeldBecause),
        (SIGHTS, Sight),
        (ALARMS, AlarmKind),
        (MUTED, MuteKind),
    ):
        assert set(kinds) == set(words[language])
    told_otherwise = {Cause.ALERTED, Cause.DUPLICATE, Cause.UNDECIDED}
    assert {cause.value for cause in set(Cause) - told_otherwise} <= ANSWERS[language].keys()
    assert {stop.value for stop in set(Stop) - {Stop.WAITING, Stop.JUDGED}} <= ANSWERS[language].keys()


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "Today's model says: neutral."), ("ru", "Сегодняшняя модель считает: нейтрально.")],
)
def test_ground_shows_words_and_examples_as_text(language: str, expected: str) -> None:
    """Hostile markup in either is shown, not obeyed; another judgement of today's model is told."""
    assessment = quote()
    explanation = Explanation(
        make_judgement(Stance.NEUTRAL), (WordEffect(0, 3, "<b>", -0.41), WordEffect(4, 8, "calm", 0.001))
    )
    pair = MarkedText("a <i> Yerevan & b", 6, 13)
    near = Neighbour(GateExample(pair, Stance.HOSTILE, "written"), 0.91)
    text = render_ground(Ground(explanation, (near,), "model-2"), assessment, READERS[language])
    for part in ("<code>−0.41</code> &lt;b&gt;", "a &lt;i&gt; <u>Yerevan</u> &amp; b", "0.91", expected):
        assert part in text
    assert "calm" not in text
    assert "model-2" in text


def test_ground_without_moving_words_says_so() -> None:
    """And nothing of examples where the model gives none."""
    ground = Ground(Explanation(make_judgement(), ()), (), "test-1")
    text = render_ground(ground, quote(), READERS["en"])
    assert "No single word moves it." in text
    assert "alike" not in text
    assert "Explained by" not in text
