"""Turns of a transcript: whom its labels name, and how far each holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from monitor.domain.actors import UNKNOWN_BLOC, Speaker
from monitor.domain.statement import Statement
from monitor.text.speakers.actors import Actor, Named
from monitor.text.speakers.article import Article
from monitor.text.speakers.labels import Label, find_labels
from monitor.text.speakers.sentence import read_sentence

_BEFORE_LABEL = 12
"""Signs before a label that a statement may begin with: emoji, bullets."""


_CLOSING = re.compile(
    r"(?<=\n)[ \t\u00a0]*(?:(?:по (?:итогам|окончании|завершении|результатам)|после|в завершение|затем)\s"
    r"|(?:following|after|upon|at the end of|at the close of|later)\s)",
    re.IGNORECASE,
)
FURNITURE = re.compile(
    r"(?:^|(?<=\s))(?:Смотрите также|Дополнительно|Статус материала|Дата публикации|See also)\b"
)
"""Links and notes that a page ends with."""
_FULL_STOP = re.compile(r"[.!?…](?:\s|$)")
_TALKING = re.compile(
    r"\b(?:я|мы|меня|нас|мне|нам|мной|нами|наш\w{0,3}|мо[йяиею]\w{0,2}|вы|вас|вам|вами|ваш\w{0,3}|спасибо"
    r"|благодарю|прошу|уважаем\w+|давайте|i|we|us|me|my|our|you|your|thanks?|let|please)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A labelled turn and where it begins and ends in the text."""

    start: int
    end: int
    speaker: Speaker


def read_turns(article: Article) -> list[Turn]:
    """Return the labelled turns; a label holds until the next one.

    A bare name before a quotation, or the only one of a text that nobody signs, holds for its
    paragraph: "Name: words" is then a way to report.
    """
    text = article.context.text
    labels = [(label, speaker) for label in find_labels(text) if (speaker := sign_label(article, label))]
    named = sum(speaker.name is not None for _, speaker in labels)
    turns: list[Turn] = []
    for n, (label, speaker) in enumerate(labels):
        end = labels[n + 1][0].start if n + 1 < len(labels) else len(text)
        certain = label.kind != "full" or named > 1 or article.signed
        if label.before_quote or not certain:
            paragraph = text.find("\n", label.after)
            end = min(end, paragraph if paragraph >= 0 else end)
        if n + 1 == len(labels):
            end = _find_closing(text, label.after, end)
        turns.append(Turn(label.start, end, speaker))
    return turns


def _find_closing(text: str, start: int, end: int) -> int:
    """Return where the prose begins that tells, after the last turn, how the meeting ended.

    Whoever still speaks says "we", "you" or "thank you" at some place; a narrator never does.
    """
    links = FURNITURE.search(text, start, end)
    if links is not None and _TALKING.search(text, links.end(), end) is None:
        end = links.start()
    for opening in _CLOSING.finditer(text, start, end):
        if _TALKING.search(text, opening.start(), end) is None:
            return opening.start()
    return end


def find_turn(statement: Statement, turns: list[Turn]) -> Speaker | None:
    """Return whose turn a statement stands in; the label may begin the statement."""
    for turn in reversed(turns):
        begun = turn.start <= statement.start + _BEFORE_LABEL and turn.start < statement.end
        if begun and statement.start < turn.end:
            return turn.speaker
    return None


def find_announced(statement: Statement, turns: list[Turn]) -> Speaker | None:
    """Return whose turn begins within a statement, after a heading that ends with no full stop."""
    for turn in turns:
        inside = statement.start < turn.start < statement.end and turn.speaker.name is not None
        if inside and not _FULL_STOP.search(statement.text[: turn.start - statement.start]):
            return turn.speaker
    return None


def sign_label(article: Article, label: Label) -> Speaker | None:
    """Return whom a label names; None where it is no label of a speaker."""
    reason = f"transcript-label:{label.text}"
    if label.kind == "asking" or (label.kind == "answering" and not article.signed):
        return Speaker.unknown(reason)
    if label.kind == "answering":
        return replace(article.own_voice(), reason=reason)
    actor = _read_label(article, label)
    speaker = article.resolver.resolve(actor, reason) if actor is not None else None
    if speaker is None or speaker.name is None:
        return None
    default = article.context.default_speaker
    if label.kind == "initials" and default is not None and speaker.bloc == UNKNOWN_BLOC:
        return replace(
            speaker, bloc=default.bloc
        )  # Guests from abroad are listed or named with their office.
    return speaker


def _read_label(article: Article, label: Label) -> Actor | None:
    """Return the person whose name a label is, with the full name where the text gives it."""
    people = article.resolver.people
    text = label.text.title() if label.kind == "capitals" else label.text
    sentence, _ = read_sentence(text, article.lang)
    actors = article.finder.find(sentence, people)
    if len(actors) != 1 or actors[0].start > 0 or actors[0].end < len(sentence):
        return None
    actor = actors[0]
    titled = label.kind == "capitals" and actor.role is not None and not actor.is_crowd
    if not (actor.is_named or titled):
        return None
    if label.kind == "initials" and actor.named is not None:
        told = people.titles.get(actor.named.words, actor)
        name = Named((*actor.named.words[:-1], sentence.texts[-1]), actor.named.female)
        return replace(told, named=name)
    return actor
