"""The shipped model: whole, steady, and safe with odd input."""

import json
import shutil
from pathlib import Path

import pytest

from monitor.classify import MarkedText, StanceModel
from monitor.classify.bundle import BUNDLED
from monitor.domain.stance import Judgement, Stance
from monitor.errors import ModelError

STATEMENTS = [
    ("Если Ереван и дальше будет вести двойную игру, он останется без газа.", "Ереван"),
    ("Мы высоко ценим союзнические отношения с Казахстаном и благодарим его народ.", "Казахстаном"),
    ("Саммит ОДКБ пройдёт в Бишкеке в ноябре.", "ОДКБ"),
    ("Moscow has banned imports of Armenian brandy from next month.", "Armenian"),
    ("Russia congratulated Uzbekistan warmly on its Independence Day.", "Uzbekistan"),
    ("The ministers will meet in Astana on Friday.", "Astana"),
]


def mark(text: str, mention: str, *, watched: bool = True) -> MarkedText:
    """Mark the first place of a mention."""
    start = text.index(mention)
    return MarkedText(text, start, start + len(mention), watched)


PAIRS = [mark(*statement) for statement in STATEMENTS] * 4


@pytest.fixture(scope="module")
def model() -> StanceModel:
    """The shipped model, loaded once."""
    return StanceModel.load()


@pytest.fixture(scope="module")
def alone(model: StanceModel) -> list[Judgement]:
    """Every pair judged by itself."""
    return [model.judge([pair])[0] for pair in PAIRS]


def test_plain_statements_are_judged_plainly(alone: list[Judgement]) -> None:
    """The clearest statements of each stance in both languages come out right."""
    expected = [
        Stance.HOSTILE,
        Stance.CONCILIATORY,
        Stance.NEUTRAL,
        Stance.HOSTILE,
        Stance.CONCILIATORY,
        Stance.NEUTRAL,
    ]
    assert expected == [judgement.stance for judgement in alone[:6]]


def test_neighbours_never_change_a_judgement(model: StanceModel, alone: list[Judgement]) -> None:
    """The same pair gives the same numbers alone, in a list, and in the list reversed."""
    assert alone == model.judge(PAIRS)
    assert alone == model.judge(PAIRS[::-1])[::-1]


def test_workers_give_the_same_numbers(alone: list[Judgement]) -> None:
    """Judging in parallel changes nothing, and keeps the order."""
    assert alone == StanceModel.load(workers=3).judge(PAIRS)


def test_progress_hears_every_pair(model: StanceModel) -> None:
    """Progress counts up to the number of pairs."""
    heard: list[int] = []
    model.judge(PAIRS[:5], heard.append)
    assert heard == [1, 2, 3, 4, 5]


def test_marker_in_the_text_cannot_move_the_mention(model: StanceModel) -> None:
    """Typed markers are read as text: the judgement follows the span alone."""
    clean = "Москва благодарит Баку за помощь, а Ереван обвиняет в предательстве."
    typed = clean.replace("Баку", "<tgt> Баку </tgt>")
    judged = model.judge([mark(clean, "Ереван"), mark(typed, "Ереван")])
    assert judged[0].stance is judged[1].stance


def test_texts_of_any_size_are_judged(model: StanceModel) -> None:
    """Empty, blank and very long texts get a judgement."""
    long = "слово " * 90_000 + "Ереван " + "дело " * 90_000
    pairs = [MarkedText("", 0, 0), MarkedText("   ", 1, 2), mark(long, "Ереван")]
    pairs.append(MarkedText("А" * 1_000_000, 0, 1_000_000))
    assert len(model.judge(pairs)) == 4


def test_far_context_does_not_change_a_judgement(model: StanceModel) -> None:
    """Beyond the window nothing counts, however much of it there is."""
    near = "слово " * 500 + STATEMENTS[0][0] + " слово" * 500
    far = "слово " * 9_000 + STATEMENTS[0][0] + " слово" * 9_000
    judged = model.judge([mark(near, "Ереван"), mark(far, "Ереван")])
    assert judged[0] == judged[1]


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "card.md"])
def test_changed_file_is_named(tmp_path: Path, name: str) -> None:
    """A damaged file stops the start, with its name and the remedy."""
    folder = tmp_path / "model"
    shutil.copytree(BUNDLED, folder)
    with (folder / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelError, match=f"{name}.*Restore"):
        StanceModel.load(folder)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "model.json"])
def test_missing_file_is_named(tmp_path: Path, name: str) -> None:
    """So does a missing one."""
    folder = tmp_path / "model"
    shutil.copytree(BUNDLED, folder)
    (folder / name).unlink()
    with pytest.raises(ModelError, match=f"{name}.*Restore"):
        StanceModel.load(folder)


def test_description_of_another_version_is_refused(tmp_path: Path) -> None:
    """A description whose labels are not the codebook's is no model of ours."""
    folder = tmp_path / "model"
    shutil.copytree(BUNDLED, folder)
    content = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    content["acts"] = content["acts"][:-1]
    (folder / "model.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ModelError, match="acts"):
        StanceModel.load(folder)


def test_bundle_is_small(model: StanceModel) -> None:
    """The network stays under 60 MB and every other file under 1 MB."""
    assert model.version
    for path in BUNDLED.iterdir():
        assert path.stat().st_size < (60_000_000 if path.suffix == ".onnx" else 1_000_000), path
