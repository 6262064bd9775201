"""The command `explain`: why a text is judged as it is."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from monitor.cli.context import context_of
from monitor.domain.stance import Stance
from monitor.messages.numbers import signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.app import App
    from monitor.domain.exemplars import Exemplar, Neighbour
    from monitor.domain.explanation import Explanation
    from monitor.domain.statement import Assessment

MOST_WORDS = 6
STRONG = 0.25
NEAREST = 3
SHOWN = 150
_SIGNS = {Stance.HOSTILE: -1.0, Stance.NEUTRAL: 0.0, Stance.CONCILIATORY: 1.0}


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog='Example: `rhetoric-monitor explain "Москва пригрозила Астане закрыть трубу."`')(
        explain
    )


def explain(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="The text to judge.")],
    title: Annotated[str, typer.Option(help="Its headline.")] = "",
    source: Annotated[str, typer.Option(help="A source's id, which may give a default speaker.")] = "",
) -> None:
    """Judge a text and show the words that moved each judgement, the speaker's reason and the mention.

    Red words speak for hostile, blue ones for conciliatory; the number is how far the score falls or
    rises when just that word is taken out. Below stand the labelled examples that the model finds most
    alike: written ones, and entries of approved digests as reviewers left them.
    """
    from monitor.domain.exemplars import nearest
    from monitor.pipeline.batch import make_document, read_document
    from monitor.pipeline.explain import explain_pair

    app = context_of(context).app
    sources = {entry.id: entry for entry in app.settings.sources}
    document = make_document({"id": "-", "text": text, "title": title, "source": source}, sources)
    reading = read_document(app.reader, document)
    console = Console(soft_wrap=True)
    if not reading.assessments:
        console.print("No watched target is mentioned.")
        return
    known = _known_examples(app)
    for assessment in reading.assessments:
        pair = app.reader.mark(assessment.statement, assessment.mention)
        _print(console, assessment, explain_pair(app.reader.classifier, pair))
        if known:
            _print_nearest(console, nearest(app.reader.classifier.embed([pair])[0], known, NEAREST))
        console.print()


def _known_examples(app: App) -> list[Exemplar]:
    """Return the labelled examples with their vectors; none where the model gives no vectors."""
    from monitor.pipeline.explain import known_examples
    from monitor.pipeline.gate import reviewed_pairs
    from monitor.pipeline.labels import gather_labels

    store = app.store if app.has_store else None
    settled = gather_labels(store.verdicts, store.findings, store.digests) if store else []
    reviewed = reviewed_pairs(settled)
    return known_examples(app.reader.classifier, reviewed)


def _print_nearest(console: Console, neighbours: Sequence[Neighbour]) -> None:
    for place, neighbour in enumerate(neighbours):
        example = neighbour.example
        line = Text("  alike:    " if not place else "            ")
        line.append(f"{neighbour.similarity:.2f} ")
        line.append(str(example.stance), style=_colour(_SIGNS[example.stance]))
        text = " ".join(example.pair.text.split())
        line.append(f" ({example.origin}) {shorten(text, SHOWN, placeholder='…')}")
        console.print(line)


def _print(console: Console, assessment: Assessment, explanation: Explanation) -> None:
    judgement, speaker = assessment.judgement, assessment.speaker
    p = judgement.probabilities
    head = Text(f"{assessment.target}: ", style="bold")
    head.append(str(assessment.stance), style=f"bold {_colour(p.score)}")
    head.append(f"  hostile {p.hostile:.2f}, neutral {p.neutral:.2f}, conciliatory {p.conciliatory:.2f}")
    if judgement.uncertain:
        head.append("  uncertain: would not alert", style="yellow")
    console.print(head)
    console.print(_paint(assessment, explanation))
    words = ", ".join(f"{e.word} {signed(e.moved)}" for e in explanation.noticeable[:MOST_WORDS])
    console.print(Text(f"  words:    {words or 'no single word moves it'}"))
    mention = assessment.mention
    console.print(Text(f"  mention:  {mention.surface} ({mention.role.replace('_', ' ')})"))
    console.print(Text(f"  acts:     {', '.join(judgement.acts) or 'none'}"))
    who = speaker.name or "no name"
    console.print(Text(f"  speaker:  {who} ({speaker.tier}, {speaker.bloc}), because {speaker.reason}"))
    if judgement.stance is not explanation.judgement.stance:
        said = explanation.judgement.stance
        console.print(Text(f"  own side: the words alone read as {said}; a state about itself is neutral"))
    console.print(Text(f"  model:    {judgement.model}", style="dim"))


def _paint(assessment: Assessment, explanation: Explanation) -> Text:
    """Colour the words of a statement by their effect, and mark the mention."""
    painted = Text("  ") + Text(assessment.statement.text)
    mention = assessment.mention
    painted.stylize("reverse", 2 + mention.start, 2 + mention.end)
    for effect in explanation.noticeable:
        style = _colour(effect.moved) + (" bold" if abs(effect.moved) >= STRONG else "")
        painted.stylize(style, 2 + effect.start, 2 + effect.end)
    return painted


def _colour(score: float) -> str:
    if not score:
        return "default"
    return "red" if score < 0 else "blue"
