"""Scripts: transcripts whose labels stand on lines of their own, so that every one is a speaker's."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from monitor.domain.actors import Speaker
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.article import Article
from monitor.text.speakers.labels import Label, find_labels
from monitor.text.speakers.turns import Turn, sign_label

_LABEL_LINE = re.compile(r"(?:^|\n\n)(?P<label>[^\n]{1,100}):\n(?!\n)")


def is_label_line(text: str, start: int, end: int) -> bool:
    """Whether a script's text from `start` up to `end` is a label and nothing else."""
    found = _LABEL_LINE.match(text, max(0, start - 2)) if end - start <= 101 else None
    return found is not None and (found.start("label"), found.end("label") + 1) == (start, end)


def read_script(article: Article) -> list[Turn]:
    """Return the turns of a script: each holds until the next, also where its label tells nobody's name."""
    text = article.context.text
    found = list(_LABEL_LINE.finditer(text))
    starts = [*(match.start("label") for match in found), len(text)]
    return [
        Turn(start, end, _sign(article, match["label"]))
        for match, (start, end) in zip(found, pairwise(starts), strict=True)
    ]


def _sign(article: Article, text: str) -> Speaker:
    """Return whom a label names: a listed person by the canonical name too, else whoever it resolves to."""
    reason = f"transcript-label:{text}"
    person = article.resolver.directory.by_name.get(text)
    if person is not None:
        return article.resolver.resolve(Actor(0, 2, text, 0, person=person), reason)
    read = find_labels(f"{text}: ")
    kind = read[0].kind if read and read[0].text == text else "full"
    label = Label(0, len(text) + 1, text, kind, before_quote=False)
    signed = sign_label(article, label)
    return Speaker.unknown(reason) if signed is None else replace(signed, reason=reason)
