"""Where training keeps its scratch files and where the shipped model lies."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
LABELS = HERE / "labels"
WORK = HERE / "work"
BUNDLED = HERE.parent / "monitor" / "classify" / "bundled"
