"""Judging the gate set: examples written for it, what reviewers settled, and pairs that are given."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from monitor.domain.gate import GateExample, GateScore, score_gate
from monitor.domain.labels import Label
from monitor.domain.stance import Stance
from monitor.domain.statement import MarkedText
from monitor.errors import DocumentError
from monitor.pipeline.ports import Classifier, Progress


def read_pairs(path: Path, origin: str) -> list[GateExample]:
    """Read JSON lines with `text`, `start`, `end` and `stance`; raises DocumentError with the line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path}: cannot be read: {error}") from error
    return [_read_line(path, number, line, origin) for number, line in enumerate(lines, 1) if line.strip()]


def _read_line(path: Path, number: int, line: str, origin: str) -> GateExample:
    try:
        item = json.loads(line)
        pair = MarkedText(item["text"], item["start"], item["end"])
        return GateExample(pair, Stance(item["stance"]), origin)
    except (ValueError, KeyError, TypeError) as error:
        raise DocumentError(f"{path}, line {number}: not a labelled pair ({error!r})") from error


def reviewed_pairs(labels: Iterable[Label]) -> list[GateExample]:
    """Return what reviewers settled: rulings, and the entries of approved digests."""
    examples = []
    for label in labels:
        statement, mention = label.finding.assessment.statement, label.finding.assessment.mention
        pair = MarkedText(statement.text, mention.start, mention.end)
        examples.append(GateExample(pair, label.stance, "reviewed"))
    return examples


def judge_gate(
    classifier: Classifier, examples: list[GateExample], progress: Progress | None = None
) -> GateScore:
    """Judge every example of the gate set."""
    judged = classifier.judge([example.pair for example in examples], progress)
    return score_gate(classifier.version, examples, [judgement.stance for judgement in judged])
