"""Puts the upper layers of an exported network into branches that run only where a lower head is not sure."""

from collections.abc import Iterator, Sequence

import numpy as np
import onnx
from onnx import AttributeProto, GraphProto, NodeProto, TensorProto, helper, numpy_helper

from monitor.classify.model import STOP_AT
from monitor.domain.stance import Stance
from training.examples import STANCES

NO_ACT = -30.0
"""The logit of every act of a pair that stopped: it is neutral."""


def nest(model: onnx.ModelProto, exits: Sequence[str]) -> None:
    """Move what follows each of the named outputs into a branch that runs only where a pair does not stop.

    The outputs, stance logits of lower layers from below, are outputs no longer. The model gets a scalar
    input `stop_at`: a batch stops where all its pairs are neutral with more than this probability, with 1
    nowhere. Of pairs that stop the stance logits are the lower head's; sentiment and features are no numbers.
    """
    graph = model.graph
    del graph.value_info[:]
    kept = [output for output in graph.output if output.name not in exits]
    widths = [output.type.tensor_type.shape.dim[1].dim_value for output in kept]
    found = _branch(list(graph.node), list(exits), [output.name for output in kept], widths)
    held = {item.name: item for item in graph.initializer}
    del graph.node[:], graph.output[:], graph.initializer[:]
    graph.node.extend(found)
    graph.output.extend(kept)
    graph.input.append(helper.make_tensor_value_info(STOP_AT, TensorProto.FLOAT, []))
    _settle(graph, held)


def all_graphs(graph: GraphProto) -> Iterator[GraphProto]:
    """Yield the graph and every branch within it, from the outside in."""
    yield graph
    for inner in _branches(graph):
        yield from all_graphs(inner)


def _branch(
    nodes: list[NodeProto], exits: list[str], outputs: list[str], widths: list[int]
) -> list[NodeProto]:
    """Return the nodes up to the first exit and, in a branch behind it, all others."""
    if not exits:
        return nodes
    early, later = exits[0], exits[1:]
    lower = _ancestors(nodes, early)
    inner = [f"{name}.{early}" for name in outputs]
    new_names = dict(zip(outputs, inner, strict=True))
    upper = [_rename(node, new_names) for k, node in enumerate(nodes) if k not in lower]
    going_on = helper.make_graph(
        _branch(upper, later, inner, widths), f"above {early}", [], [_output(name) for name in inner]
    )
    one = numpy_helper.from_array(np.array(STANCES.index(Stance.NEUTRAL)), f"{early}.place")
    all_, place, neutral = f"{early}.probabilities", f"{early}.place", f"{early}.neutral"
    return [
        *(node for k, node in enumerate(nodes) if k in lower),
        helper.make_node("Softmax", [early], [all_], axis=-1),
        helper.make_node("Constant", [], [place], value=one),
        helper.make_node("Gather", [all_, place], [neutral], axis=1),
        helper.make_node("ReduceMin", [neutral], [f"{early}.least"], keepdims=0),
        helper.make_node("Greater", [f"{early}.least", STOP_AT], [f"{early}.sure"]),
        helper.make_node(
            "If",
            [f"{early}.sure"],
            outputs,
            then_branch=_stop(early, inner, widths),
            else_branch=going_on,
        ),
    ]


def _stop(early: str, outputs: Sequence[str], widths: Sequence[int]) -> GraphProto:
    """Return the branch of pairs that stop; the stance comes first among the outputs, then the acts."""
    rows = f"{early}.rows"
    stance, *others = [f"{name}.stopped" for name in outputs]
    nodes = [
        helper.make_node("Identity", [early], [stance]),
        helper.make_node("Shape", [early], [rows], start=0, end=1),
    ]
    for name, width, value in zip(others, widths[1:], (NO_ACT, np.nan, np.nan), strict=True):
        columns = numpy_helper.from_array(np.array([width]), f"{name}.width")
        filled = numpy_helper.from_array(np.array([value], dtype=np.float32), f"{name}.value")
        nodes += [
            helper.make_node("Constant", [], [f"{name}.width"], value=columns),
            helper.make_node("Concat", [rows, f"{name}.width"], [f"{name}.shape"], axis=0),
            helper.make_node("ConstantOfShape", [f"{name}.shape"], [name], value=filled),
        ]
    return helper.make_graph(nodes, f"stop at {early}", [], [_output(name) for name in (stance, *others)])


def _output(name: str) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, None)


def _ancestors(nodes: Sequence[NodeProto], output: str) -> set[int]:
    """Return the places of the nodes from which an output is computed."""
    wanted, found = {output}, set()
    for place in reversed(range(len(nodes))):
        if wanted & set(nodes[place].output):
            found.add(place)
            wanted.update(nodes[place].input)
    return found


def _rename(node: NodeProto, names: dict[str, str]) -> NodeProto:
    renamed = NodeProto()
    renamed.CopyFrom(node)
    for field in (renamed.input, renamed.output):
        field[:] = [names.get(name, name) for name in field]
    return renamed


def _branches(graph: GraphProto) -> list[GraphProto]:
    return [a.g for node in graph.node for a in node.attribute if a.type == AttributeProto.GRAPH]


def _settle(graph: GraphProto, held: dict[str, TensorProto]) -> None:
    """Lay every constant into the innermost graph that uses it, where onnxruntime can prepare it."""
    here = {name for node in graph.node for name in node.input}
    inner = _branches(graph)
    used = [{n for part in all_graphs(g) for node in part.node for n in node.input} for g in inner]
    graph.initializer.extend(
        item for name, item in held.items() if name in here or sum(name in names for names in used) > 1
    )
    left = {name: item for name, item in held.items() if name not in here}
    for branch, names in zip(inner, used, strict=True):
        others = [u for u in used if u is not names]
        _settle(branch, {n: i for n, i in left.items() if n in names and not any(n in o for o in others)})
