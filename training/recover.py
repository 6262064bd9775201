"""Reads the weights of a shipped int8 network back, so that a later one can be averaged with it.

Every matrix is named by the bias that is added to its product; what int8 rounded off is lost, which
is little: dequantised, version 1.1.0 gives the development scores that it had.
"""

from collections import defaultdict
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import NodeProto, numpy_helper

from training.nesting import all_graphs

PASSED = ("Cast", "Mul", "Add", "Reshape")
REST = ".rest.weight"
MIDDLE = 128  # the zero point of matrices quantised in blocks


def recover_weights(network: Path, like: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return the weights of a shipped network under the names of `like`.

    The word table is taken from `like`: it is frozen in training. Raises ValueError where a
    weight is missing or has another shape.
    """
    graphs = list(all_graphs(onnx.load(network).graph))
    nodes = [node for graph in graphs for node in graph.node]
    held = {item.name: numpy_helper.to_array(item) for graph in graphs for item in graph.initializer}
    readers: dict[str, list[NodeProto]] = defaultdict(list)
    for node in nodes:
        for name in node.input:
            readers[name].append(node)
    found = {name: torch.tensor(held[name].copy()) for name in like if name in held}
    for node in nodes:
        matrix = _dequantise(node, held)
        if matrix is not None:
            name = _find_bias(node, readers, held).removesuffix(".bias") + ".weight"
            found[name] = torch.tensor(matrix)
    _join_parts(found, held)
    table = next(name for name in like if name.endswith("word_embeddings.weight"))
    found[table] = like[table]
    for name, tensor in like.items():
        if name not in found or found[name].shape != tensor.shape:
            raise ValueError(f"{network}: {name} is missing or has another shape")
    return {name: found[name] for name in like}


def count_layers(network: Path) -> int:
    """Return how many layers the encoder of a shipped network has."""
    names = [item.name for graph in all_graphs(onnx.load(network).graph) for item in graph.initializer]
    return len([name for name in names if name.endswith("attention.self.query.bias")])


def _join_parts(found: dict[str, torch.Tensor], held: dict[str, np.ndarray]) -> None:
    """Put layers that were split for export together again, under their own names."""
    for name in [name for name in found if name.endswith(REST)]:
        layer = name.removesuffix(REST)
        matrix = found.pop(name)
        empty = (matrix == 0).all(dim=0)  # the channels that were taken apart, in order
        matrix[:, empty] = torch.tensor(held[f"{layer}.thin"].T.copy())
        found[f"{layer}.weight"] = matrix
        found[f"{layer}.bias"] = torch.tensor(held[f"{layer}.rest.bias"].copy())


def _dequantise(node: NodeProto, held: dict[str, np.ndarray]) -> np.ndarray | None:
    """Return a quantised matrix as (rows out, columns in); None for any other node."""
    if node.op_type == "MatMulInteger":
        name = node.input[1].removesuffix("_quantized")
        values = held[node.input[1]].astype(np.float32) - held[f"{name}_zero_point"].astype(np.float32)
        return np.ascontiguousarray((values * held[f"{name}_scale"]).T)
    if node.op_type == "MatMulNBits":
        sizes = {item.name: onnx.helper.get_attribute_value(item) for item in node.attribute}
        blocks = held[node.input[1]].astype(np.float32).reshape(sizes["N"], -1, sizes["block_size"])
        scales = held[node.input[2]].reshape(sizes["N"], -1, 1)
        rows = ((blocks - MIDDLE) * scales).reshape(sizes["N"], -1)
        return np.ascontiguousarray(rows[:, : sizes["K"]])
    return None


def _find_bias(node: NodeProto, readers: dict[str, list[NodeProto]], held: dict[str, np.ndarray]) -> str:
    """Follow a product to the addition of its bias."""
    output = node.output[0]
    while True:
        following = next((n for n in readers[output] if n.op_type in PASSED), None)
        if following is None:
            raise ValueError(f"no bias follows {node.name}")
        if following.op_type == "Add":
            for name in following.input:
                if name in held and name.endswith(".bias"):
                    return name
        output = following.output[0]
