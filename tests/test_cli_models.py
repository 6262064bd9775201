"""The commands around the model, in a process of their own."""

from __future__ import annotations

from pathlib import Path

from tests.test_cli import HOSTILE, call


def test_explanation_shows_words_speaker_and_what_is_alike(tmp_path: Path) -> None:
    """Everything that moved a judgement, and no store is made by asking."""
    result = call("explain", HOSTILE, cwd=tmp_path)
    assert result.returncode == 0
    assert "armenia: hostile" in result.stdout
    assert "обвинил −" in result.stdout
    assert "Russian Agriculture Ministry" in result.stdout
    assert result.stdout.count("alike:") == 2  # Armenia, and Russia that speaks
    assert "hostile (written)" in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_text_without_a_target_has_nothing_to_explain(tmp_path: Path) -> None:
    """That is said, and is no error."""
    result = call("explain", "Сегодня хорошая погода.", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (0, "No watched target is mentioned.\n")


def test_drift_of_an_empty_store_shows_the_training_corpus(tmp_path: Path) -> None:
    """There is nothing to compare yet, and what it would be compared with is shown."""
    result = call("model", "drift", "--days", "3", cwd=tmp_path)
    assert result.returncode == 0
    assert "training corpus" in result.stdout
    assert "judged nothing in the last 3 days" in result.stdout


def test_gate_is_measured_without_any_store(tmp_path: Path) -> None:
    """The written examples are there for everybody."""
    result = call("model", "evaluate", cwd=tmp_path)
    assert result.returncode == 0
    assert "200 written, 0 reviewed, 0 given pairs" in result.stdout
    assert list(tmp_path.iterdir()) == []
