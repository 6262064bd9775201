"""Parts of training that need torch: taking outlier channels apart, and reading weights back."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytestmark = [pytest.mark.training, pytest.mark.filterwarnings("ignore")]

import onnx  # noqa: E402

from tests.training.test_whole_path import write_start  # noqa: E402
from training.batches import Item  # noqa: E402
from training.examples import Example  # noqa: E402
from training.exits import ExitingNetwork  # noqa: E402
from training.export import OUTLIERS, SplitLinear, export_float, quantise, split_outliers  # noqa: E402
from training.loop import Plan, fit  # noqa: E402
from training.nesting import all_graphs  # noqa: E402
from training.network import JudgeNetwork  # noqa: E402
from training.noise import Noise  # noqa: E402
from training.recover import count_layers, recover_weights  # noqa: E402
from training.stages import mean_weights  # noqa: E402
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
    network = ExitingNetwork(JudgeNetwork(load_encoder(start), (4, 5)), (1, 2))
    exits = export_float(split_outliers(network, SAMPLES), tmp_path / "float.onnx")
    table = network.encoder.embeddings.word_embeddings.weight.detach().numpy()
    quantise(tmp_path / "float.onnx", tmp_path / "int8.onnx", table, exits)
    graphs = list(all_graphs(onnx.load(tmp_path / "int8.onnx").graph))
    kinds = [[node.op_type for node in graph.node] for graph in graphs]
    # A layer before each exit and one behind the last, each in a branch of its own, beside two for stopping.
    assert sorted((found.count("Gelu"), found.count("If")) for found in kinds) == [
        (0, 0),
        (0, 0),
        (1, 0),
        (1, 1),
        (1, 1),
    ]
    assert not any("Erf" in found for found in kinds)
    held = [item for graph in graphs for item in graph.initializer]
    thin = [item for item in held if len(item.dims) == 2 and item.dims[0] == OUTLIERS]
    assert len(thin) == 6
    assert all(held.data_type == onnx.TensorProto.FLOAT for held in thin)


def test_weights_are_read_back_out_of_the_exported_file(start: Path, tmp_path: Path) -> None:
    """Every layer comes back under its own name, as near as eight bits are."""
    network = JudgeNetwork(load_encoder(start), (4, 5))
    for name, weights in network.named_parameters():
        if weights.ndim == 1:  # equal vectors would be stored once, under one name
            torch.nn.init.normal_(weights, 1.0 if name.endswith("LayerNorm.weight") else 0.0, 0.1)
    state = network.state_dict()
    table = network.encoder.embeddings.word_embeddings.weight.detach().numpy()
    exiting = split_outliers(ExitingNetwork(network, (1,)), SAMPLES)
    exits = export_float(exiting, tmp_path / "float.onnx")
    quantise(tmp_path / "float.onnx", tmp_path / "int8.onnx", table, exits)
    assert count_layers(tmp_path / "int8.onnx") == 3
    found = recover_weights(tmp_path / "int8.onnx", state)
    assert found.keys() == state.keys()
    for name, tensor in state.items():
        assert (found[name] - tensor).abs().max() <= tensor.abs().max() / 100 + 1e-6, name


def test_frozen_layers_and_the_word_table_stay_as_they_are(start: Path) -> None:
    """Only what stands above them learns."""
    markers = (5, 7)
    network = JudgeNetwork(load_encoder(start), markers)
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    example = Example("Minsk", 0, 5, "written", "en", "k", stance=0, acts=frozenset({2}))
    items = [Item([0, 5, 4, 7, 9, 2], example)] * 8
    plan = Plan(epochs=1, rate=1e-2, batch=4, frozen=2)
    fit(network, [items], plan, Noise(3, markers, 0.0, 0.0), _nothing, "test")
    changed = {name for name, tensor in network.state_dict().items() if not torch.equal(tensor, before[name])}
    assert changed
    assert all(".layer.2." in name or not name.startswith("encoder.") for name in changed)


def _nothing(epoch: int, network: JudgeNetwork) -> None:
    pass


def test_mean_of_checkpoints_keeps_what_none_of_them_changed(tmp_path: Path) -> None:
    """A third of three times a number need not be that number, and the word table must fit into four bits."""
    table = torch.rand(50) / 3
    paths = []
    for value in (1.0, 2.0, 6.0):
        paths.append(tmp_path / f"{value}.pt")
        torch.save({"table": table, "bias": torch.tensor([value])}, paths[-1])
    found = mean_weights(paths)
    assert torch.equal(found["table"], table)
    assert found["bias"].item() == 3
