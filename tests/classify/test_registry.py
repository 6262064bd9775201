"""Promoting a model and going back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from monitor.classify.bundle import BUNDLED, DESCRIPTION
from monitor.classify.registry import HISTORY, ModelRegistry
from monitor.errors import ModelError


def make_model(folder: Path, version: str) -> Path:
    """Copy the bundled model under another version."""
    shutil.copytree(BUNDLED, folder)
    path = folder / DESCRIPTION
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content | {"version": version}), encoding="utf-8")
    return folder


def test_promoted_model_is_used_and_the_old_one_comes_back(tmp_path: Path) -> None:
    """Every promoted model stays, so that each step can be undone."""
    registry = ModelRegistry(tmp_path / "models")
    assert registry.current() is None
    one = registry.promote(make_model(tmp_path / "a", "one"))
    two = registry.promote(make_model(tmp_path / "b", "two"))
    assert two == registry.current()
    assert one == registry.rollback() == registry.current()
    assert BUNDLED == registry.rollback()
    assert registry.current() is None
    with pytest.raises(ModelError, match="no model was promoted"):
        registry.rollback()


def test_damaged_model_is_not_promoted(tmp_path: Path) -> None:
    """The hashes are checked before anything changes."""
    model = make_model(tmp_path / "a", "one")
    (model / "model.onnx").write_bytes(b"broken")
    registry = ModelRegistry(tmp_path / "models")
    with pytest.raises(ModelError, match="damaged or changed"):
        registry.promote(model)
    assert registry.current() is None


@pytest.mark.parametrize("version", ["../up", "", "a/b", ".."])
def test_version_that_is_no_folders_name_is_refused(tmp_path: Path, version: str) -> None:
    """A model's own description cannot choose where it is written."""
    model = make_model(tmp_path / "a", version)
    with pytest.raises(ModelError):
        ModelRegistry(tmp_path / "models").promote(model)


def test_unreadable_history_says_what_to_do(tmp_path: Path) -> None:
    """A broken file is no silent return to the bundled model."""
    (tmp_path / HISTORY).write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="Delete it"):
        ModelRegistry(tmp_path).current()
