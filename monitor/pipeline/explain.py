"""Which words moved a judgement: each is taken out once, and the pair is judged without it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.domain.stance import Judgement
from monitor.domain.statement import MarkedText
from monitor.pipeline.ports import Classifier

WORD = re.compile(r"\w+(?:[-'’]\w+)*")
NOTICEABLE = 0.02


@dataclass(frozen=True, slots=True)
class WordEffect:
    """A word at [start, end) of the statement, and how far it moved the score.

    `moved` is the score with the word less the score without it, −2 to +2: below nought the word
    speaks for hostile, above for conciliatory.
    """

    start: int
    end: int
    word: str
    moved: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The classifier's own judgement of a pair, and its words from the most to the least moving."""

    judgement: Judgement
    effects: tuple[WordEffect, ...]

    @property
    def noticeable(self) -> tuple[WordEffect, ...]:
        """The words that moved the score by at least NOTICEABLE."""
        return tuple(effect for effect in self.effects if abs(effect.moved) >= NOTICEABLE)


def explain_pair(classifier: Classifier, pair: MarkedText) -> Explanation:
    """Judge a pair whole and without each of its words, the mention's own left in place.

    Faithful by construction: a word's effect is what the classifier itself says when just that
    word is gone. Method: occlusion, after Li, Monroe and Jurafsky, Understanding Neural Networks
    through Representation Erasure, 2016.
    """
    places = [
        found.span()
        for found in WORD.finditer(pair.text)
        if found.end() <= pair.start or found.start() >= pair.end
    ]
    judged = classifier.judge([pair, *(_without(pair, start, end) for start, end in places)])
    whole = judged[0].probabilities.score
    effects = [
        WordEffect(start, end, pair.text[start:end], whole - judgement.probabilities.score)
        for (start, end), judgement in zip(places, judged[1:], strict=True)
    ]
    return Explanation(judged[0], tuple(sorted(effects, key=lambda effect: -abs(effect.moved))))


def _without(pair: MarkedText, start: int, end: int) -> MarkedText:
    shift = end - start if end <= pair.start else 0
    text = pair.text[:start] + pair.text[end:]
    return MarkedText(text, pair.start - shift, pair.end - shift, pair.watched)
