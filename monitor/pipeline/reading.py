"""Reading a document: from its text to judged (statement, target) pairs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.domain.actors import MentionRole, Person, Speaker, Target
from monitor.domain.source import Source
from monitor.domain.stance import Weights, intensity, judge_self_talk, severity
from monitor.domain.statement import HEADLINE, Assessment, MarkedText, Mention, Statement
from monitor.errors import DocumentError
from monitor.pipeline.ports import Classifier, Progress
from monitor.text.attribution import Attributor, Context
from monitor.text.language import READABLE, detect_language
from monitor.text.mentions import MentionFinder
from monitor.text.segment import Span, split_statements
from monitor.text.speakers.scripts import is_label_line
from monitor.text.topics import detect_topics

TOO_SHORT_TO_TELL = 80
LETTERS_TO_TELL = 30
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
LATIN = re.compile("[a-z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GivenMention:
    """A place in the text that the caller wants judged; the target may be any entity."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be read; `given` limits the judging to exactly these mentions, in order.

    `signed` is false for a text that the source's default speaker only passes on, such as a
    forwarded post. `scripted` is true for one whose speakers' labels stand on lines of their own.
    """

    text: str
    title: str = ""
    lang: str | None = None
    source: Source | None = None
    published_at: datetime | None = None
    given: tuple[GivenMention, ...] | None = None
    signed: bool = True
    scripted: bool = False

    def is_label(self, statement: Statement) -> bool:
        """Whether a statement of the text is but the label of who speaks next."""
        return self.scripted and is_label_line(self.text, statement.start, statement.end)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a document: its language, and the assessments (none if it cannot be read)."""

    lang: str | None
    assessments: tuple[Assessment, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether the classifier knows the language."""
        return self.lang in READABLE


@dataclass(frozen=True, slots=True)
class Reader:
    """Splits, finds mentions, attributes, classifies: the understanding half of the program."""

    classifier: Classifier
    finder: MentionFinder
    attributor: Attributor
    targets: Mapping[str, Target] = field(hash=False)
    persons: Mapping[str, Person] = field(hash=False)
    weights: Weights

    def read(self, document: Document, progress: Progress | None = None) -> Reading:
        """Return the document's assessments in the order of the text; raises MonitorError.

        A text in a language that the classifier does not know gives none, unless the caller
        named the language or the mentions; a statement in such a language, or in none, is judged
        as uncertain.
        """
        lang = choose_language(document)
        if lang is None or lang not in READABLE:
            return Reading(lang)
        statements = self.split(document, lang)
        pairs = self._pairs(document, statements, lang)
        if not pairs:
            return Reading(lang)
        speakers = self.attribute(document, statements, lang)
        judgements = self.classifier.judge([self.mark(s, m) for s, m in pairs], progress)
        judged_texts = {s.index: s.text for s, _ in pairs}
        foreign = {index for index, text in judged_texts.items() if _is_foreign(text)}
        assessments = []
        for (statement, mention), judged in zip(pairs, judgements, strict=True):
            speaker = speakers[statement.index]
            judgement = judge_self_talk(judged) if speaker.bloc == mention.target else judged
            if statement.index in foreign:
                judgement = replace(judgement, uncertain=True)
            strength = intensity(judgement, self.weights)
            assessments.append(
                Assessment(
                    statement=statement,
                    mention=mention,
                    speaker=speaker,
                    judgement=judgement,
                    topics=detect_topics(statement.text, lang),
                    intensity=strength,
                    severity=severity(strength, speaker.tier, self.weights),
                )
            )
        return Reading(lang, tuple(assessments))

    def mark(self, statement: Statement, mention: Mention) -> MarkedText:
        """Return a pair as the classifier takes it."""
        watched = mention.target in self.targets
        return MarkedText(statement.text, mention.start, mention.end, watched=watched)

    def split(self, document: Document, lang: str) -> list[Statement]:
        """Return the headline, if any, and the text's statements."""
        statements: list[Statement] = []
        if title := unicodedata.normalize("NFC", document.title).strip():
            statements.append(Statement(0, HEADLINE, HEADLINE, title, lang))
        spans = split_statements(document.text, lang)
        if document.given:
            spans = _join_across(spans, document.given, len(document.text))
        first = len(statements)
        statements.extend(
            Statement(first + i, span.start, span.end, document.text[span.start : span.end], lang)
            for i, span in enumerate(spans)
        )
        return statements

    def _pairs(
        self, document: Document, statements: Sequence[Statement], lang: str
    ) -> list[tuple[Statement, Mention]]:
        """Return what is to be judged: one mention per statement and target, or those given."""
        if document.given is not None:
            return [_locate(given, statements, document.text) for given in document.given]
        namesakes = self.finder.find_namesakes(f"{document.title}\n\n{document.text}", lang)
        return [
            (statement, mention)
            for statement in statements
            if not document.is_label(statement)
            for mention in self.finder.first_per_target(statement.text, lang)
            if mention.target not in namesakes
        ]

    def attribute(self, document: Document, statements: Sequence[Statement], lang: str) -> dict[int, Speaker]:
        """Return the speaker of every statement by its index."""
        source = document.source
        name = source.default_speaker if source and document.signed else None
        default = self.persons.get(name) if name else None
        context = Context(
            title=document.title,
            text=document.text,
            lang=lang,
            statements=tuple(statements),
            default_speaker=default,
            source_kind=source.kind if source else "",
            source_bloc=source.bloc if source else None,
            said_on=document.published_at.date() if document.published_at else None,
            scripted=document.scripted,
        )
        speakers = self.attributor.attribute(context)
        return {statement.index: speaker for statement, speaker in zip(statements, speakers, strict=True)}


def choose_language(document: Document) -> str | None:
    """Return the language as given, as detected, or, of a text too short to tell, by its script.

    Given mentions are judged whatever the detector says: the caller knows that they stand there.
    """
    whole = f"{document.title}\n\n{document.text}"
    lang = document.lang or detect_language(whole)
    short = lang is None and len(whole) < TOO_SHORT_TO_TELL
    if short or (document.given is not None and lang not in READABLE):
        if CYRILLIC.search(whole):
            return "ru"
        return "en" if LATIN.search(whole) else None
    return lang


def _is_foreign(text: str) -> bool:
    """Whether a statement long enough to tell is in no language that the classifier knows."""
    return sum(map(str.isalpha, text)) >= LETTERS_TO_TELL and detect_language(text) not in READABLE


def _join_across(spans: Sequence[Span], given: Sequence[GivenMention], length: int) -> list[Span]:
    """Join statements that a given mention runs across, and cover mentions outside every one."""
    joined = list(spans)
    for mention in given:
        if not 0 <= mention.start < mention.end <= length:
            raise DocumentError(
                f"mention [{mention.start}, {mention.end}) of {mention.target!r} is outside the text "
                f"of {length} characters"
            )
        touched = [s for s in joined if s.start < mention.end and mention.start < s.end]
        cover = Span(
            min([mention.start, *(s.start for s in touched)]), max([mention.end, *(s.end for s in touched)])
        )
        if touched != [cover]:
            joined = sorted([s for s in joined if s not in touched] + [cover], key=lambda s: s.start)
    return joined


def _locate(given: GivenMention, statements: Sequence[Statement], text: str) -> tuple[Statement, Mention]:
    """Return the statement that holds a given mention, and the mention with its offsets in it."""
    for statement in statements:
        if not statement.is_headline and statement.start <= given.start and given.end <= statement.end:
            start, end = given.start - statement.start, given.end - statement.start
            surface = text[given.start : given.end]
            return statement, Mention(given.target, start, end, surface, MentionRole.GIVEN)
    raise DocumentError(f"no statement holds the mention [{given.start}, {given.end}) of {given.target!r}")
