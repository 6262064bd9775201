"""The whole way from a tiny random network to a folder that the product loads."""

import json
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytestmark = [pytest.mark.training, pytest.mark.filterwarnings("ignore")]

from monitor.classify import MarkedText, StanceModel  # noqa: E402
from monitor.classify.encode import PairEncoder  # noqa: E402
from monitor.classify.model import (  # noqa: E402
    FEATURES,
    OUTPUTS,
    STOP_AT,
    load_tokenizer,
    open_session,
    run_network,
)
from monitor.domain.exemplars import nearest  # noqa: E402
from monitor.domain.stance import Stance  # noqa: E402
from training.corpus import Corpus  # noqa: E402
from training.examples import Example, text_key  # noqa: E402
from training.loop import Plan  # noqa: E402
from training.train import train  # noqa: E402

WORDS = ["Ереван", "Москва", "благодарит", "обвиняет", "встреча", "Minsk", "thanks", "accuses", "meets"]
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]


def write_start(folder: Path) -> None:
    """Write a random encoder of three thin layers and a tokenizer of whole words."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel

    folder.mkdir(parents=True)
    pieces = [(piece, 0.0) for piece in SPECIAL] + [("▁" + word, -1.0) for word in WORDS]
    pieces += [(letter, -9.0) for letter in sorted(set("▁" + "".join(WORDS)))]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.add_special_tokens([*SPECIAL, "<mask>", "<tgt>", "</tgt>"])
    tokenizer.save(str(folder / "tokenizer.json"))
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=3,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    config.save_pretrained(folder)
    torch.manual_seed(0)
    encoder = BertModel(config, add_pooling_layer=False)
    # A random table cannot be written in four bits; one on the grid can.
    table = encoder.embeddings.word_embeddings.weight.data
    table.copy_(torch.randint(-8, 8, table.shape).float() / 64)
    table[:, 0] = -8 / 64
    torch.save(encoder.state_dict(), folder / "start.pt")


def make_examples(count: int, source: str, seed: int) -> list[Example]:
    """Make statements whose verb decides the label."""
    rng, found = random.Random(seed), []
    for _ in range(count):
        label = rng.randrange(3)
        verb = [("обвиняет", "accuses"), ("встреча", "meets"), ("благодарит", "thanks")][label]
        text = f"Москва {rng.choice(verb)} Ереван {rng.choice(WORDS[4:6])}"
        start = text.index("Ереван")
        key = text_key(text)
        if source in ("real", "written"):
            acts = [frozenset({2}), frozenset(), frozenset({7})][label]
            labels = {"stance": label, "acts": acts, "story": key, "sample": "random"}
            example = Example(text, start, start + 6, source, "ru", key, **labels)
        else:
            example = Example(text, start, start + 6, source, "ru", key, sentiment=label)
        found.append(example)
    return found


PLAN = Plan(epochs=4, rate=3e-3, batch=16, bfloat16=False, dropout=0.0)
LATER = replace(PLAN, average=0.5, hide_mention=0.1, hide_piece=0.02)


def make_corpus() -> Corpus:
    """A corpus of statements whose verb decides."""
    return Corpus(
        public=make_examples(160, "rusentne", 1),
        opinions=[],
        real=make_examples(160, "real", 2),
        single=[],
        written=make_examples(30, "written", 6),
        edited=[],
        public_dev=make_examples(20, "rusentne", 3) + make_examples(20, "newsmtsc", 4),
        entity_dev=make_examples(40, "real", 7),
        real_dev=make_examples(40, "real", 5),
        real_test=[],
        words=[],
    )


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a tiny training run wrote."""
    work = tmp_path_factory.mktemp("work")
    write_start(work / "start")
    before = {"first": PLAN, "settle": replace(PLAN, epochs=1, share=0.5)}
    train(make_corpus(), work / "out", work, before, LATER, layers=(0, 2), max_tokens=32, exits=(1,))
    return work / "out"


def test_trained_folder_is_loaded_and_judges(shipped: Path) -> None:
    """The product loads what training wrote, and it learned what it was shown."""
    model = StanceModel.load(shipped)
    pairs = [
        MarkedText("Москва обвиняет Ереван", 16, 22),
        MarkedText("Москва благодарит Ереван", 18, 24),
        MarkedText("Москва thanks Ереван", 14, 20, watched=False),
    ]
    judged = model.judge(pairs)
    assert [j.stance.value for j in judged] == ["hostile", "conciliatory", "conciliatory"]
    assert [act.value for act in judged[0].acts] == ["accuse"]


def test_training_goes_on_from_what_was_shipped(shipped: Path, tmp_path: Path) -> None:
    """Its weights come back out of its file, layers that it has lost already are not taken out again."""
    shutil.copytree(shipped.parent / "start", tmp_path / "start")
    still = replace(LATER, epochs=1, rate=1e-9, average=0.0)
    train(make_corpus(), tmp_path / "out", tmp_path, {}, still, (0, 2), 32, (1,), previous=shipped)
    pairs = [MarkedText("Москва обвиняет Ереван", 16, 22), MarkedText("Москва благодарит Ереван", 18, 24)]
    stances = [judgement.stance.value for judgement in StanceModel.load(tmp_path / "out").judge(pairs)]
    assert stances == ["hostile", "conciliatory"]


def test_model_tells_its_corpus_and_shows_what_is_alike(shipped: Path) -> None:
    """Shares of the random pairs for the watch over drift; examples whose nearest one is of its kind."""
    model = StanceModel.load(shipped)
    assert model.expected is not None
    assert model.expected.judged == 40
    assert all(0.2 < model.expected.of(stance) < 0.5 for stance in Stance)
    (vector,) = model.embed([MarkedText("Москва обвиняет Ереван Minsk", 16, 22)])
    neighbour, *_ = nearest(vector, model.exemplars(), 1)
    assert neighbour.example.stance is Stance.HOSTILE
    assert "обвиняет" in neighbour.example.pair.text or "accuses" in neighbour.example.pair.text


def test_description_names_every_file(shipped: Path) -> None:
    """Nothing ships without its hash."""
    files = json.loads((shipped / "model.json").read_text(encoding="utf-8"))["files"]
    assert {path.name for path in shipped.iterdir()} == {*files, "model.json"}


def test_int8_answers_like_the_float_network(shipped: Path) -> None:
    """Quantising moves the numbers by little of what lies between them, and keeps the first one first.

    The bound is relative: how far training spreads the numbers of so small a network depends on the
    processor.
    """
    import numpy as np
    from onnxruntime import InferenceSession

    ids = np.array([[0, 4, 5, 7, 2]], dtype=np.int64)
    feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
    outputs = [*OUTPUTS, FEATURES]  # the 32-bit file gives out its exit too
    exact = InferenceSession(shipped.parent / "float.onnx").run(outputs, feed)
    feed[STOP_AT] = np.array(1, dtype=np.float32)
    small = InferenceSession(shipped / "model.onnx").run(outputs, feed)
    for left, right in zip(exact, small, strict=True):
        assert np.abs(left - right).max() < 0.2 * np.ptp(left)
        assert left.argmax() == right.argmax()


def test_pair_stops_where_a_lower_layer_is_sure_and_only_there(shipped: Path) -> None:
    """What stops is the lower layer's answer; what does not is the whole network's, number by number."""
    import numpy as np

    session = open_session(shipped / "model.onnx")
    ids = [[0, 4, 5, 7, 2], [0, 5, 4, 6, 2], [0, 4, 6, 7, 8, 2]]
    whole = [run_network(session, row) for row in ids]
    assert np.isfinite(np.concatenate([np.concatenate(outputs) for outputs in whole])).all()
    stopped = [run_network(session, row, stop_at=0.0) for row in ids]
    assert all(np.isnan(sentiment).all() for _, _, sentiment in stopped)
    assert all(set(acts) == {-30.0} for _, acts, _ in stopped)
    for row, full, (early, _, _) in zip(ids, whole, stopped, strict=True):
        neutral = np.exp(early[1]) / np.exp(early).sum()
        assert run_network(session, row, stop_at=neutral + 1e-4) == full
        assert run_network(session, row, OUTPUTS[:1], stop_at=neutral - 1e-4) == [early]


def test_unwatched_pairs_never_stop(shipped: Path, tmp_path: Path) -> None:
    """Lower layers foresee the stance, not the sentiment."""
    import numpy as np

    shutil.copytree(shipped, tmp_path / "eager")
    description = json.loads((shipped / "model.json").read_text(encoding="utf-8"))
    (tmp_path / "eager" / "model.json").write_text(json.dumps({**description, "stop_at": 0.5}), "utf-8")
    pair = MarkedText("Москва встреча Ереван", 15, 21, watched=False)
    encoder = PairEncoder(load_tokenizer(shipped / "tokenizer.json"), 32)
    ids = encoder.encode(pair.text, pair.start, pair.end)
    *_, sentiment = run_network(open_session(shipped / "model.onnx"), ids, stop_at=0.5)
    assert np.isnan(sentiment).all(), "where it watched, it would stop"
    models = [StanceModel.load(folder) for folder in (shipped, tmp_path / "eager")]
    assert len({model.judge([pair])[0].probabilities for model in models}) == 1
