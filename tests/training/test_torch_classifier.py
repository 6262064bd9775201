"""Any sequence classifier on disk can judge instead of the shipped model."""

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytestmark = [pytest.mark.training, pytest.mark.filterwarnings("ignore")]

from monitor.classify import MarkedText, StanceModel, load_classifier  # noqa: E402
from monitor.classify.torch_classifier import TorchClassifier  # noqa: E402
from monitor.errors import ModelError  # noqa: E402


def write_classifier(folder: Path, labels: list[str]) -> None:
    """Write a tiny random BERT classifier with its tokenizer."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    words = {w: i for i, w in enumerate(["[PAD]", "[UNK]", "Moscow", "thanks", "Minsk"])}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]")
    fast.save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        id2label=dict(enumerate(labels)),
        label2id={label: i for i, label in enumerate(labels)},
    )
    BertForSequenceClassification(config).save_pretrained(folder)


def test_labels_are_mapped_by_name(tmp_path: Path) -> None:
    """Sentiment labels in any order become stances, and long texts are judged too."""
    write_classifier(tmp_path, ["POSITIVE", "NEGATIVE", "NEUTRAL"])
    model = TorchClassifier.load(tmp_path)
    long = "word " * 5_000 + "Minsk"
    pairs = [MarkedText("Moscow thanks Minsk", 14, 19), MarkedText(long, len(long) - 5, len(long))]
    heard: list[int] = []
    judged = model.judge(pairs, heard.append)
    assert heard == [1, 2]
    assert {j.model for j in judged} == {tmp_path.name}
    assert all(
        abs(sum((p.hostile, p.neutral, p.conciliatory)) - 1) < 1e-6 for p in (j.probabilities for j in judged)
    )


def test_configured_folder_decides_the_kind_of_classifier(tmp_path: Path) -> None:
    """`classify.model` may name a classifier of `transformers` instead of one of ours."""
    write_classifier(tmp_path, ["hostile", "neutral", "conciliatory"])
    assert isinstance(load_classifier(tmp_path, workers=2), TorchClassifier)
    assert isinstance(load_classifier(None), StanceModel)


def test_foreign_labels_are_refused(tmp_path: Path) -> None:
    """A classifier of something else is no classifier of stance."""
    write_classifier(tmp_path, ["spam", "ham", "eggs"])
    with pytest.raises(ModelError, match="not stances"):
        TorchClassifier.load(tmp_path)


def test_missing_folder_is_a_model_error(tmp_path: Path) -> None:
    """The error names the folder."""
    with pytest.raises(ModelError, match="nowhere"):
        TorchClassifier.load(tmp_path / "nowhere")
