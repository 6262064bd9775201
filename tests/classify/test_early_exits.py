"""When a pair may stop at a lower layer, and what models without exits are given."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.classify import MarkedText, StanceModel
from monitor.classify.bundle import BUNDLED, NETWORK, TOKENIZER, load_description
from monitor.classify.encode import PairEncoder
from monitor.classify.model import load_tokenizer, open_session
from monitor.errors import ModelError
from tests.classify.fakes import FixedSession, WordTokenizer

TEXT = MarkedText("Ереван и Москва", 0, 6)


def judge_with(session: FixedSession, pair: MarkedText) -> None:
    """Judge a pair by a model that may stop at .99."""
    description = replace(load_description(BUNDLED), stop_at=0.99)
    StanceModel(description, PairEncoder(WordTokenizer(), 32), [session]).judge([pair])  # type: ignore[list-item]


def test_watched_pair_may_stop_and_no_other_one() -> None:
    """Exits foresee the stance, not the sentiment."""
    session = FixedSession([0.0] * 3, [0.0] * 13, [0.0] * 3, exits=True)
    judge_with(session, TEXT)
    judge_with(session, replace(TEXT, watched=False))
    assert [float(feed["stop_at"]) for feed in session.fed] == [pytest.approx(0.99), 1.0]


def test_network_without_exits_is_given_no_threshold() -> None:
    """Models before 3.2 come back by `model rollback`."""
    session = FixedSession([0.0] * 3, [0.0] * 13, [0.0] * 3)
    judge_with(session, TEXT)
    assert [set(feed) for feed in session.fed] == [{"input_ids", "attention_mask"}]


@pytest.mark.parametrize("value", [0.3, 1.5, float("nan")])
def test_threshold_that_is_none_is_refused(tmp_path: Path, value: float) -> None:
    """Under a half a pair could stop that is not neutral."""
    with pytest.raises(ModelError, match="stop_at"):
        load_description(_copy(tmp_path, value))


def test_model_that_names_none_never_stops(tmp_path: Path) -> None:
    """As all models before 3.2."""
    assert load_description(_copy(tmp_path, None)).stop_at == 1


def test_pairs_of_the_bundled_model_stop_and_keep_their_stance() -> None:
    """What stops early is neutral to the whole network too."""
    description = load_description(BUNDLED)
    assert description.stop_at < 1
    texts = ["Заседание пройдёт в Ереване в среду.", "В Астане открылась выставка цветов."]
    pairs = [MarkedText(texts[0], 20, 27), MarkedText(texts[1], 2, 8)]
    encoder = PairEncoder(load_tokenizer(BUNDLED / TOKENIZER), description.max_tokens)
    session = open_session(BUNDLED / NETWORK)
    early = StanceModel(description, encoder, [session]).judge(pairs)
    late = StanceModel(replace(description, stop_at=1.0), encoder, [session]).judge(pairs)
    assert [judgement.stance for judgement in early] == [judgement.stance for judgement in late]
    assert all(one.probabilities != other.probabilities for one, other in zip(early, late, strict=True))


def _copy(folder: Path, stop_at: float | None) -> Path:
    copy = folder / "model"
    shutil.copytree(BUNDLED, copy)
    content = json.loads((copy / "model.json").read_text(encoding="utf-8"))
    content.pop("stop_at", None)
    if stop_at is not None:
        content["stop_at"] = stop_at
    (copy / "model.json").write_text(json.dumps(content), encoding="utf-8")
    return copy
