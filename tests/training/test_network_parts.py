"""Parts of training that need torch: reading on, and taking outlier channels apart."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytestmark = [pytest.mark.training, pytest.mark.filterwarnings("ignore")]

import onnx  # noqa: E402

from tests.training.test_whole_path import write_start  # noqa: E402
from training.export import OUTLIERS, SplitLinear, export_float, quantise, split_outliers  # noqa: E402
from training.network import JudgeNetwork  # noqa: E402
from training.pretrain import Reading, hide, pack, pretrain  # noqa: E402
from training.start import load_encoder  # noqa: E402

SAMPLES = [[0, 4, 5, 7, 2], [0, 9, 10, 4, 11, 5, 2]]


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a random encoder."""
    folder = tmp_path_factory.mktemp("start") / "start"
    write_start(folder)
    return folder


def test_split_layer_is_the_layer() -> None:
    """The channels apart and the rest add up to what the layer gave."""
    torch.manual_seed(1)
    linear = torch.nn.Linear(12, 5)
    split = SplitLinear(linear, torch.tensor([0, 7]))
    states = torch.randn(3, 4, 12)
    assert torch.allclose(split(states), linear(states), atol=1e-5)
    assert not split.rest.weight[:, [0, 7]].any()


def test_largest_channels_are_taken_apart(start: Path) -> None:
    """A channel that is blown up on the samples is one of those that stay in 32 bits."""
    network = JudgeNetwork(load_encoder(start), (4, 5))
    layer = network.encoder.encoder.layer[0]
    layer.intermediate.dense.bias.data[3] = 50.0
    split = split_outliers(network, SAMPLES)
    assert 3 in split.encoder.encoder.layer[0].output.dense.channels
    assert isinstance(layer.output.dense, torch.nn.Linear)  # the network itself stays as it was
    ids = torch.tensor(SAMPLES[:1])
    exact = network.eval()(ids, torch.ones_like(ids)).stance
    assert torch.allclose(exact, split(ids, torch.ones_like(ids)).stance, atol=1e-3)


def test_exported_file_has_one_gelu_a_layer_and_thin_matrices_in_32_bits(start: Path, tmp_path: Path) -> None:
    """What was fused and what was left out of eight bits stands in the file."""
    network = JudgeNetwork(load_encoder(start), (4, 5))
    export_float(split_outliers(network, SAMPLES), tmp_path / "float.onnx")
    table = network.encoder.embeddings.word_embeddings.weight.detach().numpy()
    quantise(tmp_path / "float.onnx", tmp_path / "int8.onnx", table)
    graph = onnx.load(tmp_path / "int8.onnx").graph
    kinds = [node.op_type for node in graph.node]
    assert kinds.count("Gelu") == 2
    assert "Erf" not in kinds
    thin = [held for held in graph.initializer if len(held.dims) == 2 and held.dims[0] == OUTLIERS]
    assert len(thin) == 4
    assert all(held.data_type == onnx.TensorProto.FLOAT for held in thin)


def test_reading_on_learns_the_words(start: Path, tmp_path: Path) -> None:
    """The loss falls under that of guessing evenly, and an encoder comes out that training loads."""
    texts = ["Москва обвиняет Ереван", "Москва благодарит Ереван"] * 60
    reading = Reading(epochs=8, rate=3e-3, tokens=64, threads=1, bfloat16=False)
    loss = pretrain(texts, start, tmp_path / "read.pt", reading)
    encoder = load_encoder(start)
    pieces = encoder.embeddings.word_embeddings.num_embeddings
    assert loss < 0.7 * torch.log(torch.tensor(float(pieces)))
    encoder.load_state_dict(torch.load(tmp_path / "read.pt", weights_only=True))


def test_batches_hold_like_lengths_and_every_row() -> None:
    """No batch is larger than asked, and nothing is lost."""
    import random

    rows = [[1] * n for n in range(2, 40)]
    found = pack(rows, 60, random.Random(1))
    assert sorted(map(len, rows)) == sorted(len(row) for batch in found for row in batch)
    assert all(len(batch) == 1 or len(batch) * max(map(len, batch)) <= 60 for batch in found)


def test_hidden_places_are_never_special() -> None:
    """Beginnings, ends, paddings and markers stay; about the asked share is chosen."""
    ids = torch.randint(4, 90, (50, 40))
    ids[:, 0], ids[:, -1] = 0, 2
    ids[:, -5:] = 1
    hidden, chosen = hide(ids, 0.2, 95, torch.Generator().manual_seed(3))
    assert not chosen[:, 0].any()
    assert not chosen[:, -5:].any()
    assert abs(chosen[:, 1:-5].float().mean() - 0.2) < 0.03
    assert (hidden[~chosen] == ids[~chosen]).all()
