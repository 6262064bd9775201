"""Whose side speaks in the real pairs, as the product attributes them in their documents."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track

from monitor.app import App
from monitor.domain.stance import Judgement, judge_self_talk
from monitor.pipeline.reading import Document
from monitor.settings import load_settings, packaged_config
from training.examples import Example, text_key
from training.understanding import read_items


def attribute_all(folder: Path, examples: Sequence[Example]) -> list[str]:
    """Return the bloc of each example's speaker.

    A text that is a statement of a document of the raw files is read in it, any other alone.
    """
    app = App(load_settings(packaged_config()))
    wanted = {e.key for e in examples}
    blocs: dict[str, str] = {}
    documents = [item.document for item in read_items(folder, app)]
    for document in track(documents, "speakers", console=Console(stderr=True)):
        blocs.update(_blocs(app, document, wanted - blocs.keys()))
    for example in examples:
        if example.key not in blocs:
            alone = Document(example.text, lang=example.lang)
            blocs[example.key] = next((bloc for _, bloc in _blocs(app, alone, None)), "")
    return [blocs[e.key] for e in examples]


def _blocs(app: App, document: Document, wanted: set[str] | None) -> Iterator[tuple[str, str]]:
    lang = document.lang or "en"
    statements = app.reader.split(document, lang)
    keys = [text_key(statement.text) for statement in statements]
    if wanted is not None and not wanted.intersection(keys):
        return
    speakers = app.reader.attribute(document, statements, lang)
    for key, statement in zip(keys, statements, strict=True):
        if wanted is None or key in wanted:
            yield key, speakers[statement.index].bloc


def with_own_side(
    examples: Sequence[Example], judged: Sequence[Judgement], blocs: Sequence[str]
) -> list[Judgement]:
    """Return what the product makes of the judgements: a state about itself loses its poles' odds."""
    return [
        judge_self_talk(judgement) if bloc == example.target else judgement
        for example, judgement, bloc in zip(examples, judged, blocs, strict=True)
    ]
