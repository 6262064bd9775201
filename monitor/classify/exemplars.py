"""The labelled examples that a model carries, with the vectors that it gives them."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Sequence
from pathlib import Path

from monitor.domain.exemplars import Exemplar, Vector
from monitor.domain.gate import GateExample
from monitor.domain.stance import Stance
from monitor.domain.statement import MarkedText
from monitor.errors import ModelError

EXAMPLES = "examples.jsonl"
WRITTEN = "written"
_FULL = 127


def read_exemplars(path: Path) -> list[Exemplar]:
    """Read a model's examples, one JSON object a line; raises ModelError with the line."""
    found = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        try:
            item = json.loads(line)
            pair = MarkedText(item["text"], item["start"], item["end"])
            example = GateExample(pair, Stance(item["stance"]), WRITTEN)
            found.append(Exemplar(example, unpack_vector(item["vector"])))
        except (ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{path}, line {number}: not an example ({error!r})") from error
    return found


def write_exemplars(path: Path, exemplars: Sequence[Exemplar]) -> None:
    """Write a model's examples as `read_exemplars` reads them."""
    with path.open("w", encoding="utf-8") as file:
        for exemplar in exemplars:
            pair = exemplar.example.pair
            item = {
                "text": pair.text,
                "start": pair.start,
                "end": pair.end,
                "stance": str(exemplar.example.stance),
                "vector": pack_vector(exemplar.vector),
            }
            file.write(json.dumps(item, ensure_ascii=False) + "\n")


def pack_vector(vector: Vector) -> str:
    """Return a vector in one signed byte a value, in base64; its length is not kept."""
    largest = max(map(abs, vector), default=0.0) or 1.0
    return base64.b64encode(bytes(round(_FULL * v / largest) & 0xFF for v in vector)).decode()


def unpack_vector(packed: str) -> tuple[float, ...]:
    """Return the packed vector, brought to length one."""
    return unit([byte - 256 if byte > _FULL else byte for byte in base64.b64decode(packed, validate=True)])


def unit(vector: Vector) -> tuple[float, ...]:
    """Return the vector brought to length one; nought stays nought."""
    length = math.sqrt(sum(value * value for value in vector)) or 1.0
    return tuple(value / length for value in vector)
