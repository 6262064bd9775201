"""Which classifier a configured folder holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from monitor.classify.bundle import DESCRIPTION
from monitor.classify.model import StanceModel

if TYPE_CHECKING:
    from monitor.classify.torch_classifier import TorchClassifier

TRANSFORMERS = "config.json"


def load_classifier(folder: Path | None, *, workers: int = 1) -> StanceModel | TorchClassifier:
    """Load the bundled model, one of its kind, or a `transformers` sequence classifier.

    A folder with `config.json` and without our `model.json` is of `transformers`; it needs the
    extra `torch` and judges on one worker. Raises ModelError.
    """
    if folder and (folder / TRANSFORMERS).is_file() and not (folder / DESCRIPTION).is_file():
        from monitor.classify.torch_classifier import TorchClassifier

        return TorchClassifier.load(folder)
    return StanceModel.load(folder, workers=workers)
