"""How logits become a judgement."""

import math
from dataclasses import replace

import pytest

from monitor.classify.bundle import Description, Scaling
from monitor.classify.decide import decide
from monitor.classify.encode import PairEncoder
from monitor.classify.model import StanceModel
from monitor.domain.stance import Act, Stance
from monitor.domain.statement import MarkedText
from monitor.errors import ClassificationError
from tests.classify.fakes import FixedSession, WordTokenizer

PLAIN = Scaling(1.0, (0.0, 0.0, 0.0))
DESCRIPTION = Description(
    version="test-1",
    max_tokens=32,
    stance=PLAIN,
    sentiment=PLAIN,
    acts=Scaling(1.0, (0.0,) * len(Act)),
    uncertain_below=0.6,
    act_at_least=0.5,
)


def acts(**logits: float) -> list[float]:
    """Give the named acts their logits and all others a low one."""
    return [logits.get(act.value, -9.0) for act in Act]


def test_acts_of_the_judged_side_stand_heaviest_first() -> None:
    """A hostile pair names its hostile acts only, by weight."""
    judgement = decide(DESCRIPTION, [3, 0, 0], acts(deride=2, threaten=1, praise=5), watched=True)
    assert judgement.stance is Stance.HOSTILE
    assert judgement.acts == (Act.THREATEN, Act.DERIDE)


def test_a_pole_names_at_least_its_likeliest_act() -> None:
    """A conciliatory pair is never without an act."""
    judgement = decide(DESCRIPTION, [0, 0, 3], acts(offer=-2), watched=True)
    assert judgement.acts == (Act.OFFER,)


def test_pair_that_stopped_is_scaled_as_exits_are() -> None:
    """They are surer of themselves than they should be; models without exits have no such scaling."""
    exiting = replace(DESCRIPTION, exits=Scaling(0.5, (0.0,) * 3))
    whole, early = (decide(exiting, [0, 4, 0], acts(), watched=True, stopped=s) for s in (False, True))
    assert early == decide(DESCRIPTION, [0, 2, 0], acts(), watched=True, stopped=True)
    assert whole.probabilities.neutral > early.probabilities.neutral


def test_neutral_has_no_acts() -> None:
    """Neutral pairs name nothing, whatever the acts' head says."""
    assert decide(DESCRIPTION, [0, 3, 0], acts(threaten=5), watched=True).acts == ()


def test_close_call_is_uncertain() -> None:
    """A judgement whose probability is low abstains from alerting."""
    assert decide(DESCRIPTION, [0.2, 0, 0], acts(), watched=True).uncertain
    assert not decide(DESCRIPTION, [4, 0, 0], acts(), watched=True).uncertain


def test_bias_moves_the_decision() -> None:
    """Calibration acts on the logits before the softmax."""
    shifted = Description(**{**_fields(), "stance": Scaling(1.0, (0.0, 0.0, 9.0))})
    assert decide(shifted, [3, 0, 0], acts(), watched=True).stance is Stance.CONCILIATORY
    assert decide(shifted, [3, 0, 0], acts(), watched=False).stance is Stance.HOSTILE


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_no_number_is_an_error(bad: float) -> None:
    """A network that gives no number never becomes a judgement."""
    session = FixedSession([bad, 0, 0], [0.0] * len(Act), [0, 0, 0])
    model = StanceModel(DESCRIPTION, PairEncoder(WordTokenizer(), 32), [session])
    with pytest.raises(ClassificationError):
        model.judge([MarkedText("Yerevan", 0, 7)])


def test_other_entities_are_judged_by_sentiment() -> None:
    """An entity that nobody watches takes the sentiment head's answer."""
    session = FixedSession([5, 0, 0], [0.0] * len(Act), [0, 0, 5])
    model = StanceModel(DESCRIPTION, PairEncoder(WordTokenizer(), 32), [session])
    watched, other = model.judge([MarkedText("Yerevan", 0, 7), MarkedText("Smith", 0, 5, watched=False)])
    assert watched.stance is Stance.HOSTILE
    assert other.stance is Stance.CONCILIATORY


def test_span_outside_the_text_is_refused() -> None:
    """A pair whose span does not fit is a programming error."""
    with pytest.raises(ValueError, match="outside"):
        MarkedText("Baku", 2, 9)


def _fields() -> dict[str, object]:
    return {name: getattr(DESCRIPTION, name) for name in DESCRIPTION.__slots__}
