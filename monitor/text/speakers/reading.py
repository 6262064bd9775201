"""Reading a whole text for attribution: its sentences, actors, people and paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.domain.statement import Statement
from monitor.text.speakers.actors import Actor, ActorFinder, Named, People
from monitor.text.speakers.asides_ru import open_asides
from monitor.text.speakers.cards_ru import drop_cards
from monitor.text.speakers.clauses_en import EnglishClauses
from monitor.text.speakers.clauses_ru import RussianClauses
from monitor.text.speakers.cues import DONE, Cue, CueKind, choose_outermost
from monitor.text.speakers.names import decline
from monitor.text.speakers.outlets import find_outlet, find_unnamed_outlet, outranks
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence, read_sentence
from monitor.text.speakers.words import ALL

_TOLD_OF = DONE | {CueKind.REPORTED}
_INTERROGATIVES = word_set(
    """
    как что почему зачем когда кто кого кому где куда чем чего какой какая какие какую сколько чей ли
    how what why when who whom where which whose
    """
)


@dataclass(slots=True)
class ReadStatement:
    """A statement with what was found in it."""

    statement: Statement
    sentence: Sentence
    actors: list[Actor]
    new_paragraph: bool
    cue: Cue | None = None
    later: Cue | None = None
    """The clause of somebody named in a further sentence that the source glued to this one."""


def read_statements(
    text: str,
    statements: Sequence[Statement],
    lang: str,
    finder: ActorFinder,
    people: People,
    home: str | None = None,
) -> list[ReadStatement]:
    """Read every statement; `people` is filled with those whom the text names in full.

    `home` is the side of the country that the text is told from.
    """
    read: list[ReadStatement] = []
    marks, previous_end, escaped = "", -1, '""' in text
    for statement in statements:
        new_paragraph = (
            statement.is_headline or previous_end < 0 or "\n" in text[previous_end : statement.start]
        )
        shown = _unescape(statement.text, text) if escaped else statement.text
        shown = drop_cards(shown) if lang == "ru" else shown
        sentence, marks = read_sentence(shown, lang, "" if new_paragraph else marks)
        if lang == "ru":
            open_asides(sentence)
        read.append(ReadStatement(statement, sentence, finder.find(sentence, people), new_paragraph))
        if statement.is_headline:
            marks = ""
        else:
            previous_end = statement.end
    for one in read:
        for actor in one.actors:
            learn(people, actor)
    for one in read:
        if people.by_form and not people.by_form.keys().isdisjoint(one.sentence.lows):
            one.actors = finder.find(one.sentence, people)
        _read_cues(one, lang, home)
    return read


def _unescape(shown: str, text: str) -> str:
    """Undo the quotation marks that a table doubled and put around the whole text."""
    if text.startswith('"') and text.startswith(shown):
        shown = shown[1:]
    if text.endswith('"') and text.endswith(shown) and not text.endswith('""'):
        shown = shown[:-1]
    return shown.replace('""', '"')


def _read_cues(one: ReadStatement, lang: str, home: str | None) -> None:
    """Read the cue of the statement's outermost speaker, and the next one of somebody named."""
    clauses = RussianClauses if lang == "ru" else EnglishClauses
    headline = one.statement.is_headline
    found = clauses(one.sentence, one.actors, headline=headline)
    cues = found.find()
    cue = choose_outermost(cues)
    if cue is not None and cue.kind in _TOLD_OF and not cue.parenthetic and _asks(one.sentence):
        return
    outlet = find_outlet(one.sentence, one.actors, lang, home, headline=headline)
    if (unnamed := find_unnamed_outlet(one.sentence, one.actors, cue)) is not None:
        one.cue = unnamed
    elif cue is None:
        one.cue = outlet or found.find_unnamed()
    elif cue.kind in DONE:
        leads = outlet is not None and outlet.at < cue.at and not outlet.parenthetic
        one.cue = outlet if leads else cue
    else:
        outer = outlet is not None and outranks(outlet, cue, one.sentence)
        one.cue = outlet if outer else cue
        one.later = _find_later(one, cue, cues) if cue.pronoun else None


def _asks(s: Sentence) -> bool:
    """Whether the outlet itself asks: "Что предлагает Россия?" quotes nobody."""
    first = next((low for low in s.lows if low[0].isalpha()), "")
    return s.texts[-1] == "?" and first in _INTERROGATIVES and not s.has_quote


def _begins_anew(s: Sentence, k: int) -> bool:
    """Whether a sentence begins at a token, in quotation marks or without them."""
    k += k < len(s) and s.texts[k] in '«“"'
    return k < len(s) and s.capital[k]


def _find_later(one: ReadStatement, cue: Cue, cues: Sequence[Cue]) -> Cue | None:
    """Return the clause of somebody named after a full stop within the statement."""
    s = one.sentence
    for other in sorted(cues, key=lambda other: other.at):
        ends = [k for k in range(cue.at, other.at) if s.texts[k] in ".!?»" and _begins_anew(s, k + 1)]
        named = other.actor is not None and other.actor.is_named and other.kind is CueKind.REPORTED
        if named and ends:
            return other
    return None


def learn(people: People, actor: Actor) -> None:
    """Remember a person named in full, so that the surname alone is enough elsewhere in the text."""
    if actor.person is not None and not actor.person.institution:
        _learn_person(people, actor)
    elif actor.named is not None and (len(actor.named.words) > 1 or actor.role is not None):
        if not actor.named.words[0].endswith("."):
            _add_surname(people, actor.named.words[-1], actor.named, female=bool(actor.named.female))
        if actor.role is not None or actor.organ is not None or actor.named.words not in people.titles:
            known = people.titles.setdefault(actor.named.words, actor)
            if _tells_more(actor, known):
                people.titles[actor.named.words] = actor


def _tells_more(actor: Actor, known: Actor) -> bool:
    """Whether a mention says of which office, or whose, somebody is where the one before did not."""
    if (actor.role is None) != (known.role is None):
        return known.role is None
    owned = known.state is not None or known.organ is not None
    return not owned and not actor.former and (actor.state is not None or actor.organ is not None)


def _learn_person(people: People, actor: Actor) -> None:
    """A listed person without a listed bare surname may be called by it after the full name."""
    person = actor.person
    if person is None or actor.end - actor.start < 2:
        return
    for language, names in person.names.items():
        if not names or " " not in names[0]:
            continue
        surname = names[0].split()[-1]
        if surname in names:
            continue
        if language == "ru":
            from_feminine = names[0].split()[-1].endswith(("ова", "ева", "ина", "ая"))
            for form, mask in decline(surname, female=from_feminine, surname=True).items():
                people.add(form, person, mask)
        else:
            people.add(surname.lower(), person, ALL)


def _add_surname(people: People, surname: str, named: Named, *, female: bool) -> None:
    if len(surname) < 3:
        return
    if surname.isascii():
        people.add(surname.lower(), named, ALL)
        return
    for form, mask in decline(surname, female=female, surname=True).items():
        people.add(form, named, mask)
