"""Which words moved a judgement: each is taken out once, and the pair is judged without it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from monitor.domain.exemplars import Exemplar, nearest
from monitor.domain.explanation import Explanation, Ground, WordEffect
from monitor.domain.gate import GateExample
from monitor.domain.statement import MarkedText
from monitor.pipeline.ports import Classifier

WORD = re.compile(r"\w+(?:[-'’]\w+)*")
NEAREST = 3
MOST_REVIEWED = 400


def explain_pair(classifier: Classifier, pair: MarkedText) -> Explanation:
    """Judge a pair whole and without each of its words, the mention's own left in place.

    Faithful by construction: a word's effect is what the classifier itself says when just that
    word is gone, at whatever layer the pair then stops.
    Method: occlusion, after Li, Monroe and Jurafsky, Understanding Neural Networks
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


def known_examples(classifier: Classifier, reviewed: Iterable[GateExample]) -> list[Exemplar]:
    """Return the labelled examples with their vectors; none where the model gives no vectors."""
    some = list(islice(reviewed, MOST_REVIEWED))
    vectors = classifier.embed([example.pair for example in some])
    return [*classifier.exemplars(), *map(Exemplar, some, vectors)]


def find_ground(classifier: Classifier, pair: MarkedText, known: Sequence[Exemplar]) -> Ground:
    """Return which words moved a pair's judgement, and the labelled examples that it resembles most."""
    vectors = classifier.embed([pair]) if known else []
    alike = nearest(vectors[0], known, NEAREST) if vectors else []
    return Ground(explain_pair(classifier, pair), tuple(alike), classifier.version)


def _without(pair: MarkedText, start: int, end: int) -> MarkedText:
    shift = end - start if end <= pair.start else 0
    text = pair.text[:start] + pair.text[end:]
    return MarkedText(text, pair.start - shift, pair.end - shift, pair.watched)
