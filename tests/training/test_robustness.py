"""What must not move the shipped model: spelling, trimmings, orders in the text, names."""

from __future__ import annotations

import pytest

from monitor.classify import MarkedText, StanceModel
from monitor.classify.registry import GATE
from monitor.domain.stance import Stance
from monitor.pipeline.gate import read_pairs
from training.robustness import (
    SPELLINGS,
    TRIMMINGS,
    append,
    count_kept_swaps,
    measure_changes,
    measure_swaps,
    respell,
)

FLIPS = [
    ("Никто в Москве не считает Армению врагом.", Stance.CONCILIATORY, "Армению"),
    ("Moscow will punish Astana.", Stance.HOSTILE, "Astana"),
    ("Moscow thanked Astana.", Stance.CONCILIATORY, "Astana"),
    ("Россия запретила ввоз молока из Белоруссии.", Stance.HOSTILE, "Белоруссии"),
    ("Россия сняла запрет на ввоз молока из Белоруссии.", Stance.CONCILIATORY, "Белоруссии"),
    ("Песков назвал Казахстан предателем.", Stance.HOSTILE, "Казахстан"),
    ("Песков назвал неловкими выпады телеведущих против Казахстана.", Stance.CONCILIATORY, "Казахстана"),
]


@pytest.fixture(scope="module")
def model() -> StanceModel:
    """The shipped model."""
    return StanceModel.load(workers=2)


@pytest.fixture(scope="module")
def kept(model: StanceModel) -> dict[str, float]:
    """The share of pairs whose stance stays under each change, of every second one of the gate set."""
    return measure_changes(model, [example.pair for example in read_pairs(GATE, "written")[::2]])


@pytest.mark.parametrize("name", [name for name in SPELLINGS if name != "small letters"])
def test_spelling_that_the_encoder_folds_changes_nothing(kept: dict[str, float], name: str) -> None:
    """Not one pair is judged otherwise."""
    assert kept[name] == 1


@pytest.mark.parametrize("name", [f"{name}, as the product reads it" for name in TRIMMINGS])
def test_what_stands_behind_a_statement_changes_little_in_the_product(
    kept: dict[str, float], name: str
) -> None:
    """Orders to the machine and leftovers of pages are statements of their own, without a target."""
    assert kept[name] >= 0.95


@pytest.mark.parametrize("name", ["small letters", *TRIMMINGS])
def test_what_the_network_must_see_through_moves_few(kept: dict[str, float], name: str) -> None:
    """Three of four pairs keep their stance, even where no sentence's end is seen."""
    assert kept[name] >= 0.75


def test_countries_are_judged_alike(model: StanceModel) -> None:
    """The same sentence about another country is the same judgement, nearly always."""
    assert count_kept_swaps(model) >= 0.85
    scores = [swap.mean_score for swap in measure_swaps(model)]
    assert max(scores) - min(scores) < 0.1


@pytest.mark.parametrize(("text", "stance", "name"), FLIPS, ids=[text for text, _, _ in FLIPS])
def test_decisive_word_flips_the_stance(model: StanceModel, text: str, stance: Stance, name: str) -> None:
    """Negation, disavowal and lifting a measure are read as the codebook reads them."""
    start = text.index(name)
    (judged,) = model.judge([MarkedText(text, start, start + len(name))])
    assert judged.stance is stance


def test_changes_keep_the_mention_in_its_place() -> None:
    """Whatever is done to the text, the marked words stay the mention's."""
    pair = MarkedText("Ещё раз: «Минск» ждёт", 10, 15)
    for change in SPELLINGS.values():
        changed = respell(pair, change)
        assert changed.text[changed.start : changed.end] == change("Минск")
    longer = append(pair, " <b>x</b>")
    assert longer.text[longer.start : longer.end] == "Минск"
