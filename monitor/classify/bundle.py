"""Reads a model's folder and checks every file in it against `model.json`."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.domain.drift import Shares
from monitor.domain.stance import Act, Stance
from monitor.errors import ModelError

BUNDLED = Path(__file__).parent / "bundled"
DESCRIPTION = "model.json"
NETWORK = "model.onnx"
TOKENIZER = "tokenizer.json"
ROUNDING = 0.01


@dataclass(frozen=True, slots=True)
class Scaling:
    """Vector scaling: calibrated probabilities are softmax(scale · logits + bias)."""

    scale: float
    bias: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What `model.json` says of a model.

    The three places of `stance` and `sentiment` are hostile or negative, neutral, conciliatory
    or positive; `uncertain_below` bounds the probability of the judged stance; `expected` are the
    shares of the training corpus, against which drift is watched (models before 2.1 do not tell them).
    A pair that an exit of a lower layer finds neutral with more than `stop_at` stops there; `exits` scales
    what such an exit says (models before 3.2 have none).
    """

    version: str
    max_tokens: int
    stance: Scaling
    sentiment: Scaling
    acts: Scaling
    uncertain_below: float
    act_at_least: float
    expected: Shares | None = None
    stop_at: float = 1.0
    exits: Scaling | None = None


def load_description(folder: Path) -> Description:
    """Check the files of a model and return its description; raise ModelError otherwise."""
    path = folder / DESCRIPTION
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read ({error}). {_remedy(folder)}") from error
    try:
        description = _read(content)
        files = dict(content["files"])
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path}: not a model of this version: {error!r}") from error
    for name, expected in sorted(files.items()):
        _check(folder / name, expected, folder)
    return description


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check(path: Path, expected: str, folder: Path) -> None:
    try:
        found = file_sha256(path)
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error}). {_remedy(folder)}") from error
    if found != expected:
        raise ModelError(
            f"{path}: damaged or changed (sha256 {found}, expected {expected}). {_remedy(folder)}"
        )


def _remedy(folder: Path) -> str:
    if folder == BUNDLED:
        return (
            "Restore the bundled model: reinstall the package, or in a checkout run "
            "`git checkout -- monitor/classify/bundled`."
        )
    return "Restore the folder from where it came, or remove it from the configuration."


def _read(content: dict[str, Any]) -> Description:
    labels = {
        "stances": [stance.value for stance in Stance],
        "sentiments": ["negative", "neutral", "positive"],
        "acts": [act.value for act in Act],
    }
    for name, expected in labels.items():
        if content[name] != expected:
            raise ValueError(f"`{name}` is {content[name]}, expected {expected}")
    for name in (NETWORK, TOKENIZER):
        if name not in content["files"]:
            raise ValueError(f"`files` does not name {name}")
    calibration = content["calibration"]
    description = Description(
        version=str(content["version"]),
        max_tokens=int(content["max_tokens"]),
        stance=_scaling(calibration["stance"], 3),
        sentiment=_scaling(calibration["sentiment"], 3),
        acts=_scaling(calibration["acts"], len(Act)),
        uncertain_below=float(content["uncertain_below"]),
        act_at_least=float(content["act_at_least"]),
        expected=_shares(content["expected"]) if "expected" in content else None,
        stop_at=float(content.get("stop_at", 1.0)),
        exits=_scaling(calibration["exits"], 3) if "exits" in calibration else None,
    )
    if not 0.5 <= description.stop_at <= 1:
        raise ValueError(f"`stop_at` is {description.stop_at}, expected a probability of .5 to 1")
    if description.max_tokens < 8:
        raise ValueError("`max_tokens` leaves no room for a text")
    return description


def _scaling(content: dict[str, Any], places: int) -> Scaling:
    scaling = Scaling(float(content["scale"]), tuple(float(b) for b in content["bias"]))
    if len(scaling.bias) != places or not all(map(math.isfinite, (scaling.scale, *scaling.bias))):
        raise ValueError(f"calibration needs {places} finite biases and a scale")
    return scaling


def _shares(content: dict[str, Any]) -> Shares:
    hostile, neutral, conciliatory = stances = [float(content[stance.value]) for stance in Stance]
    uncertain = float(content["uncertain"])
    if not all(0 <= share <= 1 for share in (*stances, uncertain)) or abs(sum(stances) - 1) > ROUNDING:
        raise ValueError(f"`expected` holds no shares: {content}")
    return Shares(hostile, neutral, conciliatory, uncertain, int(content["judged"]))
