"""Chooses the written examples that a model carries, to show what a judgement resembles."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from monitor.classify.encode import PairEncoder
from monitor.classify.exemplars import WRITTEN, unit
from monitor.classify.model import FEATURES, open_session, run_network
from monitor.domain.exemplars import Exemplar
from monitor.domain.gate import GateExample
from monitor.domain.statement import MarkedText
from training.examples import STANCES, Example, bucket

OF_EACH_ACT = 20
OF_NEUTRAL = 60


def choose_exemplars(examples: Sequence[Example]) -> list[Example]:
    """Return as many examples of each act and language, chosen by the hash of their text."""
    groups: dict[tuple[str, int, frozenset[int]], list[Example]] = defaultdict(list)
    for example in examples:
        if example.stance is not None and len(example.acts or ()) < 2:
            groups[example.lang, example.stance, example.acts or frozenset()].append(example)
    chosen = []
    for key in sorted(groups, key=lambda key: (key[0], key[1], sorted(key[2]))):
        order = sorted(groups[key], key=lambda e: (bucket(e.text, "exemplar", 2**32), e.start))
        chosen += order[: OF_EACH_ACT if key[2] else OF_NEUTRAL]
    return chosen


def embed_exemplars(network: Path, encoder: PairEncoder, examples: Sequence[Example]) -> list[Exemplar]:
    """Return the examples with the vectors that the shipped network gives them."""
    session = open_session(network)
    found = []
    for example in examples:
        ids = encoder.encode(example.text, example.start, example.end)
        vector = unit(run_network(session, ids, (FEATURES,))[0])
        pair = MarkedText(example.text, example.start, example.end)
        found.append(Exemplar(GateExample(pair, STANCES[example.stance or 0], WRITTEN), vector))
    return found
