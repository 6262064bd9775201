"""Whose side speaks in the real pairs, as the product attributes them in their documents."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track

from monitor.app import App
from monitor.domain.stance import Judgement, judge_self_talk
from monitor.pipeline.reading import Document
from monitor.settings import load_settings, packaged_config
from training.examples import Example
from training.understanding import attribute_wanted, read_items


def attribute_all(folder: Path, examples: Sequence[Example]) -> list[str]:
    """Return the bloc of each example's speaker.

    A text that is a statement of a document of the raw files is read in it, any other alone.
    """
    app = App(load_settings(packaged_config()))
    wanted = {e.key for e in examples}
    blocs: dict[str, str] = {}
    documents = [item.document for item in read_items(folder, app)]
    for document in track(documents, "speakers", console=Console(stderr=True)):
        found = attribute_wanted(app, document, wanted - blocs.keys())
        blocs.update((key, speaker.bloc) for key, speaker in found)
    for example in examples:
        if example.key not in blocs:
            blocs[example.key] = _attribute_alone(app, Document(example.text, lang=example.lang))
    return [blocs[e.key] for e in examples]


def _attribute_alone(app: App, document: Document) -> str:
    """Return the bloc that speaks in the first statement of a document of one sentence."""
    lang = document.lang or "en"
    statements = app.reader.split(document, lang)
    return app.reader.attribute(document, statements, lang)[statements[0].index].bloc if statements else ""


def with_own_side(
    examples: Sequence[Example], judged: Sequence[Judgement], blocs: Sequence[str]
) -> list[Judgement]:
    """Return what the product makes of the judgements: a state about itself loses its poles' odds."""
    return [
        judge_self_talk(judgement) if bloc == example.target else judgement
        for example, judgement, bloc in zip(examples, judged, blocs, strict=True)
    ]
