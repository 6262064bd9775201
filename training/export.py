"""Exports a trained network to one int8 ONNX file.

The encoder's matrices become int8 (dynamic, per channel). Both matrices of every feed forward block
read one or two channels that are ten times larger than all others, which one scale for all would blur:
those channels stay in 32 bits (Dettmers and others, LLM.int8(), NeurIPS 2022). The embedding table keeps
the four bits that it came with: frozen in training, it is stored without loss.
"""

import copy
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.exits import ExitingNetwork
from training.nesting import nest
from training.network import JudgeNetwork

OPSET = 18
BLOCK = 32
OUTLIERS = 4
"""Channels of every feed forward matrix that stay in 32 bits."""

CONTRIB = "com.microsoft"
Network = TypeVar("Network", bound=JudgeNetwork)
INPUTS = ("input_ids", "attention_mask")
OUTPUTS = ("stance", "acts", "sentiment", "features")


class SplitLinear(nn.Module):
    """A linear layer in two parts that add up to it: a few input channels, and all the others."""

    def __init__(self, linear: nn.Linear, channels: Tensor):
        super().__init__()
        rest = linear.weight.detach().clone()
        rest[:, channels] = 0.0
        self.rest = nn.Linear(linear.in_features, linear.out_features)
        self.rest.weight.data, self.rest.bias.data = rest, linear.bias.detach().clone()
        keep = torch.ones(linear.in_features)
        keep[channels] = 0.0
        self.register_buffer("keep", keep)
        self.register_buffer("channels", channels)
        self.register_buffer("thin", linear.weight.detach()[:, channels].T.contiguous())

    def forward(self, states: Tensor) -> Tensor:
        """Return what the whole layer returns."""
        few = states.index_select(-1, self.channels)
        return self.rest(states * self.keep) + few @ self.thin


def split_outliers(network: Network, samples: Sequence[Sequence[int]]) -> Network:
    """Return a copy whose feed forward layers take their largest channels apart.

    The channels are those with the largest activations over the samples, ids of pairs.
    """
    network = copy.deepcopy(network).eval()
    layers = network.encoder.encoder.layer
    blocks = [block for layer in layers for block in (layer.intermediate, layer.output)]
    peaks = [torch.zeros(block.dense.in_features) for block in blocks]

    def watch(peak: Tensor) -> Callable[[nn.Module, tuple[Tensor]], None]:
        def see(_: nn.Module, given: tuple[Tensor]) -> None:
            peak.copy_(torch.maximum(peak, given[0].abs().amax(dim=(0, 1))))

        return see

    hooks = [b.dense.register_forward_pre_hook(watch(p)) for b, p in zip(blocks, peaks, strict=True)]
    with torch.inference_mode():
        for ids in samples:
            row = torch.tensor([list(ids)])
            network(row, torch.ones_like(row))
    for hook in hooks:
        hook.remove()
    for block, peak in zip(blocks, peaks, strict=True):
        block.dense = SplitLinear(block.dense, peak.topk(OUTLIERS).indices.sort().values)
    return network


def export_float(network: ExitingNetwork, path: Path) -> list[str]:
    """Write the network as a 32-bit ONNX file with free batch and length; return the names of its exits."""
    network = network.eval().float()
    exits = [f"exit_{layer}" for layer in network.layers]
    ids = torch.randint(5, 50, (2, 16))
    ids[:, 3], ids[:, 6] = network.marker_ids
    batch = torch.export.Dim("batch", min=1, max=512)
    length = torch.export.Dim("length", min=2, max=512)
    shape = {0: batch, 1: length}
    program = torch.onnx.export(
        network,
        (ids, torch.ones_like(ids)),
        dynamo=True,
        input_names=list(INPUTS),
        output_names=[*OUTPUTS, *exits],
        dynamic_shapes=dict.fromkeys(INPUTS, shape),
        opset_version=OPSET,
        external_data=False,
        verbose=False,
    )
    if program is None:
        raise RuntimeError("the export gave no program")
    program.optimize()
    program.save(str(path), external_data=False)
    return exits


def quantise(source: Path, target: Path, table: np.ndarray, exits: Sequence[str] = ()) -> None:
    """Write the int8 file: matrices int8, the word table (rows, width) in 4 bits, branches behind exits."""
    between = target.with_suffix(".int8.onnx")
    model = onnx.load(source)
    quantize_dynamic(
        source,
        between,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gemm"],
        per_channel=True,
        nodes_to_exclude=_thin_matrices(model) + _heads_of_exits(model),
    )
    model = onnx.load(between)
    _fuse_gelu(model)
    _pack_table(model, table)
    _strip_traces(model)
    nest(model, exits)
    onnx.save(model, target)
    between.unlink()


def _thin_matrices(model: onnx.ModelProto) -> list[str]:
    """Name the products with the few channels that stay in 32 bits."""
    thin = {held.name for held in model.graph.initializer if len(held.dims) == 2 and OUTLIERS in held.dims}
    return [node.name for node in model.graph.node if node.op_type == "MatMul" and thin & set(node.input)]


def _heads_of_exits(model: onnx.ModelProto) -> list[str]:
    return [node.name for node in model.graph.node if any(name.startswith("exits.") for name in node.input)]


def _fuse_gelu(model: onnx.ModelProto) -> None:
    """Replace each x / √2 → erf → + 1 → · (x / 2) by one operator: a sixth of the time was lost there."""
    graph = model.graph
    makers = {output: node for node in graph.node for output in node.output}
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    for erf in [node for node in graph.node if node.op_type == "Erf"]:
        scaled = makers[erf.input[0]]
        entry = scaled.input[0]
        chain = [scaled, erf]
        while entry not in chain[-1].input or chain[-1] is scaled:
            chain.append(users[chain[-1].output[0]][0])
        fused = helper.make_node("Gelu", [entry], list(chain[-1].output), domain=CONTRIB)
        place = list(graph.node).index(chain[-1])
        graph.node.insert(place, fused)
        for node in chain:
            graph.node.remove(node)
    _declare_contrib(model)


def _strip_traces(model: onnx.ModelProto) -> None:
    """Drop what the exporter notes of where each node came from: paths of the exporting machine."""
    graph = model.graph
    for part in (
        model,
        graph,
        *graph.node,
        *graph.value_info,
        *graph.input,
        *graph.output,
        *graph.initializer,
    ):
        part.doc_string = ""
        del part.metadata_props[:]


def _pack_table(model: onnx.ModelProto, table: np.ndarray) -> None:
    graph = model.graph
    rows, width = table.shape
    held = next(i for i in graph.initializer if list(i.dims) == [rows, width])
    place, node = next(
        (k, n) for k, n in enumerate(graph.node) if n.op_type == "Gather" and held.name in n.input
    )
    packed, scales = pack_four_bits(table)
    gather = helper.make_node(
        "GatherBlockQuantized",
        ["word_table", node.input[1], "word_scales"],
        [node.output[0]],
        domain=CONTRIB,
        bits=4,
        block_size=BLOCK,
        gather_axis=0,
        quantize_axis=1,
    )
    graph.node.remove(node)
    graph.node.insert(place, gather)
    graph.initializer.remove(held)
    graph.initializer.append(numpy_helper.from_array(packed, "word_table"))
    graph.initializer.append(numpy_helper.from_array(scales, "word_scales"))
    _declare_contrib(model)


def _declare_contrib(model: onnx.ModelProto) -> None:
    if all(opset.domain != CONTRIB for opset in model.opset_import):
        model.opset_import.append(helper.make_opsetid(CONTRIB, 1))


def pack_four_bits(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return two values a byte, low half first, and the scale of every block of 32."""
    rows, width = table.shape
    blocks = table.reshape(rows, width // BLOCK, BLOCK)
    largest = np.abs(blocks).argmax(axis=2)[..., None]
    scales = (np.take_along_axis(blocks, largest, axis=2)[..., 0] / -8).astype(np.float32)
    inverse = np.divide(1, scales, out=np.zeros_like(scales), where=scales != 0)
    values = np.clip(np.rint(blocks * inverse[..., None]) + 8, 0, 15).astype(np.uint8)
    flat = values.reshape(rows, width)
    return flat[:, 0::2] | (flat[:, 1::2] << 4), scales
