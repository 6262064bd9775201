"""Which model is in use: the bundled one until another has been promoted, and the way back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from monitor.classify.bundle import BUNDLED, load_description
from monitor.errors import ModelError

GATE = Path(__file__).parent / "gate.jsonl"
HISTORY = "promoted.json"
_REMEDY = "Delete it to use the bundled model."


class ModelRegistry:
    """A folder of promoted models; `promoted.json` names them, the one in use last."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def current(self) -> Path | None:
        """Return the folder of the promoted model in use, or None for the bundled one."""
        history = self._read()
        return self._folder / history[-1] if history else None

    def promote(self, challenger: Path) -> Path:
        """Copy a model that passed the gate into the registry and put it in use; checks its hashes."""
        version = load_description(challenger).version
        if version in ("", ".", "..") or Path(version).name != version:
            raise ModelError(f"{challenger}: the version {version!r} cannot name a folder")
        place = self._folder / version
        if challenger.resolve() != place.resolve():
            self._folder.mkdir(parents=True, exist_ok=True)
            between = place.with_name(f".{version}.new")
            shutil.rmtree(between, ignore_errors=True)
            shutil.copytree(challenger, between)
            load_description(between)
            shutil.rmtree(place, ignore_errors=True)
            between.rename(place)
        self._write([name for name in self._read() if name != version] + [version])
        return place

    def rollback(self) -> Path:
        """Put the model before the one in use back; its folder was never touched."""
        history = self._read()
        if not history:
            raise ModelError(f"{self._folder}: no model was promoted, the bundled one is in use")
        self._write(history[:-1])
        return self.current() or BUNDLED

    def _read(self) -> list[str]:
        path = self._folder / HISTORY
        if not path.exists():
            return []
        try:
            names = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ModelError(f"{path}: cannot be read ({error}). {_REMEDY}") from error
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise ModelError(f"{path}: holds no list of names. {_REMEDY}")
        return names

    def _write(self, names: list[str]) -> None:
        between = self._folder / f".{HISTORY}"
        between.write_text(json.dumps(names, indent=1) + "\n", encoding="utf-8")
        between.replace(self._folder / HISTORY)
