"""Exports a trained network to one int8 ONNX file.

The encoder's matrices become int8 (dynamic, per channel). The second matrix of every feed
forward block reads activations with outliers, which one scale for all of them blurs: it takes
int8 weights and activations in blocks instead. The embedding table keeps the four bits that it
came with: frozen in training, it is stored without loss.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

from training.network import JudgeNetwork

OPSET = 18
BLOCK = 32
ACTIVATION_BLOCK = 128
INPUTS = ("input_ids", "attention_mask")
OUTPUTS = ("stance", "acts", "sentiment")


def export_float(network: JudgeNetwork, path: Path) -> None:
    """Write the network as a 32-bit ONNX file with free batch and length."""
    network = network.eval().float()
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
        output_names=list(OUTPUTS),
        dynamic_shapes=dict.fromkeys(INPUTS, shape),
        opset_version=OPSET,
        external_data=False,
        verbose=False,
    )
    if program is None:
        raise RuntimeError("the export gave no program")
    program.optimize()
    program.save(str(path), external_data=False)


def quantise(source: Path, target: Path, table: np.ndarray) -> None:
    """Write the int8 file: matrices int8, the word table (rows, width) in 4 bits."""
    between = target.with_suffix(".int8.onnx")
    onnx.save(_quantise_narrowing(onnx.load(source)), between)
    quantize_dynamic(
        between,
        between,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gemm"],
        per_channel=True,
    )
    model = onnx.load(between)
    _pack_table(model, table)
    _strip_traces(model)
    onnx.save(model, target)
    between.unlink()


def _quantise_narrowing(model: onnx.ModelProto) -> onnx.ModelProto:
    """Quantise the matrices that narrow the feed forward blocks, activations in blocks."""
    shapes = {held.name: list(held.dims) for held in model.graph.initializer}
    matrices = [node for node in model.graph.node if node.op_type == "MatMul"]
    others = [
        node.name
        for node in matrices
        if not any(len(d) == 2 and d[0] > d[1] for d in (shapes.get(i, []) for i in node.input))
    ]
    quantiser = MatMulNBitsQuantizer(
        model,
        bits=8,
        block_size=ACTIVATION_BLOCK,
        is_symmetric=True,
        accuracy_level=4,
        nodes_to_exclude=others,
    )
    quantiser.process()
    return quantiser.model.model


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
        domain="com.microsoft",
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
    if all(opset.domain != "com.microsoft" for opset in model.opset_import):
        model.opset_import.append(helper.make_opsetid("com.microsoft", 1))


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
