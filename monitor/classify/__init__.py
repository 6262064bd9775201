"""The transformer that judges (statement, target) pairs, and its bundled model.

Importing this package is cheap: `transformers` and `onnxruntime` load with the model.
"""

from monitor.classify.model import StanceModel
from monitor.classify.pairs import MarkedText

__all__ = ["MarkedText", "StanceModel"]
