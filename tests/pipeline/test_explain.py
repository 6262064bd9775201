"""Why a judgement came out as it did."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.domain.stance import Act, Judgement, Probabilities
from monitor.domain.statement import MarkedText
from monitor.pipeline.explain import explain_pair
from tests.fakes.classifier import FakeClassifier


class WordCounter(FakeClassifier):
    """A classifier that knows one hostile and one friendly word."""

    def __init__(self) -> None:
        super().__init__("counter")
        self.heard: list[MarkedText] = []

    def judge(self, pairs: Sequence[MarkedText], progress: object = None) -> list[Judgement]:
        """Judge by the two words and remember what was asked."""
        self.heard += pairs
        return [self._judge(pair.text) for pair in pairs]

    def _judge(self, text: str) -> Judgement:
        hostile, warm = 0.6 * ("угрожает" in text), 0.3 * ("друг" in text)
        p = Probabilities(hostile, 1 - hostile - warm, warm)
        return Judgement(p, (), dict.fromkeys(Act, 0.0), False, self.version)


def test_words_stand_by_how_far_they_moved_the_score() -> None:
    """Taking a word out changes the score by just what is stated."""
    text = "Старый друг угрожает Астане трубой"
    start = text.index("Астане")
    explanation = explain_pair(WordCounter(), MarkedText(text, start, start + 6))
    assert [("угрожает", -0.6), ("друг", 0.3)] == [
        (effect.word, round(effect.moved, 6)) for effect in explanation.noticeable
    ]
    assert text[explanation.effects[0].start : explanation.effects[0].end] == "угрожает"


def test_mention_stays_in_place_whatever_is_taken_out() -> None:
    """Every text that is judged has the mention at its own offsets."""
    counter, text = WordCounter(), "друг Минск угрожает"
    explain_pair(counter, MarkedText(text, 5, 10))
    assert {pair.text[pair.start : pair.end] for pair in counter.heard} == {"Минск"}
    assert len(counter.heard) == 3
