"""The transformer that judges (statement, target) pairs, and its bundled model.

Importing this package is cheap: `transformers` and `onnxruntime` load with the model.
"""

from monitor.classify.load import load_classifier
from monitor.classify.model import StanceModel
from monitor.domain.statement import MarkedText

__all__ = ["MarkedText", "StanceModel", "load_classifier"]
