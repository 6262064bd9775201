"""Trims the 250,002 multilingual pieces to those that Russian and English texts use."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from tokenizers import Tokenizer

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
MASK, OPEN, CLOSE = "<mask>", "<tgt>", "</tgt>"
MARKER_LIKE = {MASK: MASK, OPEN: "«", CLOSE: "»"}  # whose vectors the new tokens start from
# Latin, Greek, Cyrillic, Armenian, Georgian, punctuation and signs, letters of flags.
ALPHABETS = (
    (0, 0x250),
    (0x370, 0x590),
    (0x10A0, 0x1100),
    (0x2000, 0x2C00),
    (0x1F1E6, 0x1F200),
)


def count_pieces(tokenizer: Tokenizer, weights: Mapping[str, float]) -> Counter[int]:
    """Sum the weights of the texts over the pieces that they fall into."""
    counts: Counter[int] = Counter()
    items = list(weights.items())
    for start in range(0, len(items), 10_000):
        part = items[start : start + 10_000]
        encoded = tokenizer.encode_batch([text for text, _ in part], add_special_tokens=False)
        for (_, weight), encoding in zip(part, encoded, strict=True):
            for piece in encoding.ids:
                counts[piece] += weight
    return counts


def weigh_pieces(
    tokenizer: Tokenizer, frequencies: Iterable[Mapping[str, float]], texts: Sequence[str]
) -> Counter[int]:
    """Weigh every piece by its share in word lists (three spellings) and in training texts."""
    total: Counter[int] = Counter()
    for words in frequencies:
        for spell, weight in ((str.lower, 1.0), (str.title, 0.3), (str.upper, 0.03)):
            total.update(count_pieces(tokenizer, {spell(w): weight * f for w, f in words.items()}))
    in_texts = count_pieces(tokenizer, dict.fromkeys(texts, 1.0))
    scale = 2.0 / max(1.0, sum(in_texts.values()))
    total.update({piece: scale * count for piece, count in in_texts.items()})
    return total


def _is_letter(piece: str) -> bool:
    core = piece.replace("▁", "")
    return len(core) <= 1 and all(any(a <= ord(c) < b for a, b in ALPHABETS) for c in core)


def choose_pieces(vocabulary: list[Any], weights: Counter[int], max_bytes: int) -> list[int]:
    """Keep specials, single letters, then the heaviest pieces until the file would be full."""
    first = len(SPECIAL)
    keep = {i for i in range(first, len(vocabulary)) if _is_letter(vocabulary[i][0])}
    size = sum(_entry_bytes(vocabulary[i]) for i in keep)
    for piece, _ in weights.most_common():
        if piece < first or piece in keep:
            continue
        size += _entry_bytes(vocabulary[piece])
        if size > max_bytes:
            break
        keep.add(piece)
    return [*range(first), *sorted(keep)]


def kept_pieces(original: Mapping[str, Any], trimmed: Mapping[str, Any]) -> list[int]:
    """Return the ids that a tokenizer trimmed before has kept, in its order.

    Raises ValueError where it holds a piece that the original does not know.
    """
    places = {piece: i for i, (piece, _) in enumerate(original["model"]["vocab"])}
    names = [piece for piece, _ in trimmed["model"]["vocab"]]
    if strange := [name for name in names if name not in places]:
        raise ValueError(f"{len(strange)} pieces are not the base model's, {strange[0]!r} for one")
    return [places[name] for name in names]


def _entry_bytes(entry: tuple[str, float]) -> int:
    compact = json.dumps([entry[0], round(entry[1], 2)], ensure_ascii=False, separators=(",", ":"))
    return len(compact.encode()) + 1


def trim_tokenizer(original: dict[str, Any], keep: Sequence[int]) -> dict[str, Any]:
    """Return the tokenizer's description with only the kept pieces and the two markers.

    The normaliser's 300 KB table is replaced by plain NFKC, which does the same to Russian
    and English text.
    """
    vocabulary = original["model"]["vocab"]
    pieces = [[vocabulary[i][0], round(vocabulary[i][1], 2)] for i in keep]
    names = [*SPECIAL, MASK, OPEN, CLOSE]
    ids = [*range(len(SPECIAL)), len(keep), len(keep) + 1, len(keep) + 2]
    added = [
        {
            "id": i,
            "content": name,
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
            "special": True,
        }
        for i, name in zip(ids, names, strict=True)
    ]
    steps = [
        {"type": "NFKC"},
        {"type": "Replace", "pattern": {"Regex": r"[\p{Cc}\p{Cf}\s]+"}, "content": " "},
    ]
    return {
        **original,
        "added_tokens": added,
        "normalizer": {"type": "Sequence", "normalizers": steps},
        "model": {**original["model"], "vocab": pieces},
    }


def trim_rows(table: np.ndarray, original: dict[str, Any], keep: Sequence[int]) -> np.ndarray:
    """Return the embedding rows of the kept pieces, the mask and the two markers."""
    by_piece = {piece: i for i, (piece, _) in enumerate(original["model"]["vocab"])}
    by_piece.update({token["content"]: token["id"] for token in original["added_tokens"]})
    extra = [by_piece[MARKER_LIKE[name]] for name in (MASK, OPEN, CLOSE)]
    return table[[*keep, *extra]]
