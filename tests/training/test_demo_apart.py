"""The demo shows what the model can do, so nothing of its newsroom may have taught it."""

from monitor.classify.registry import GATE
from monitor.demo.content import load_content
from monitor.demo.server import packaged_newsroom
from monitor.pipeline.gate import read_pairs
from monitor.text.segment import split_statements
from training.stories import sign, similar_pairs
from training.tables import read_written

LEAST = 40  # characters; shorter sentences agree by chance


def test_no_written_example_is_near_a_sentence_of_the_demo() -> None:
    """Every sentence of the newsroom is compared with every example that was written for training."""
    shown = set()
    for item in load_content(packaged_newsroom()).items:
        for text in (item.title, item.lead, item.body, *([item.revision.body] if item.revision else [])):
            shown |= {text[span.start : span.end] for span in split_statements(text, item.language)}
    told = sorted(text for text in shown if len(text) >= LEAST)
    assert len(told) > 500
    written = sorted({example.text for example in read_written()})
    near = similar_pairs([sign(text) for text in written], [sign(text) for text in told])
    assert [(written[i], told[j]) for i, j in near] == []


def test_no_written_example_is_near_one_of_the_gate() -> None:
    """What decides whether a model is promoted has not trained it."""
    gate = [example.pair.text for example in read_pairs(GATE, "written")]
    written = sorted({example.text for example in read_written()})
    near = similar_pairs([sign(text) for text in written], [sign(text) for text in gate])
    assert [(written[i], gate[j]) for i, j in near] == []
