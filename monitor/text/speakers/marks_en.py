"""Colons, dashes and nouns of an English sentence that name its speaker without a verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from monitor.text.speakers import lexicon_en as lexicon
from monitor.text.speakers import verbs_en as verbs
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.cues import Cue, CueKind
from monitor.text.speakers.parts_en import EnglishParts
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import has_title_before_colon
from monitor.text.speakers.words import GEN

_DASHES = frozenset("—–-")
_OBJECT_PRONOUNS = {"him": "he", "her": "she", "them": "they"}
_POSSESSIVES = {"his": "he", "her": "she", "their": "they"}
_ACCOUNTS = word_set("account reckoning")
_VIEWS = word_set("view opinion words telling")
_BEFORE_DOCUMENT = word_set("joint opening closing introductory press video recent written")
_DOCUMENT_SAYS = word_set("said says reads read stated noted")
_ASKED = frozenset({"interview", "interviews", "answers", "replies"})
"""What is not of those by whom it is led: "an interview by X"."""
_ANNOUNCING = word_set("read watch excerpt excerpts from the full text of key points main highlights a an")
_SIGNS_BEFORE_TITLE = frozenset(":✍💬🎙📄📝⚡❗📕")
_FAR_FROM_AUTHOR = 12
_LONGEST_TITLES = 24
_LONGEST_TITLE = 14
_BEFORE_TITLE = 2
"""Words such as "LIVE" that may stand before a title within the text."""


def find_marks(parts: EnglishParts) -> Iterator[Cue]:
    """Read "Lavrov: …" and, in a headline, "… — Lavrov" and "Putin on …"."""
    for actor in parts.actors:
        kind = None if actor.relay or actor.mask == GEN else _read_mark(parts, actor)
        if kind is not None:
            yield Cue(kind, actor.text, actor.start, actor)
    if parts.headline and not any(_closes(parts, actor) for actor in parts.actors):
        yield from _find_unknown_source(parts)


def _closes(parts: EnglishParts, actor: Actor) -> bool:
    """Whether somebody known ends the headline, not only the last words of an unknown body's name."""
    s = parts.sentence
    if actor.end < len(s) - 1:
        return False
    part = actor.named is not None and actor.role is None and s.lows[actor.start - 1 : actor.start] == ["of"]
    return not part


def _read_mark(parts: EnglishParts, actor: Actor) -> CueKind | None:
    s = parts.sentence
    follows = s.lows[actor.end] if actor.end < len(s) else ""
    opens = not any(text[0].isalnum() and not _is_hashtag(text) for text in s.texts[: actor.start])
    opens = opens or (follows == ":" and _follows_title(parts, actor))
    if opens and (follows == ":" or (actor.is_named and actor.is_human and _ends_at_colon(parts, actor.end))):
        return CueKind.COLON
    if not parts.headline:
        return None
    before = s.texts[actor.start - 1] if actor.start else ""
    if before == "the" and actor.start > 1:
        before = s.texts[actor.start - 2]
    if actor.end >= len(s) - 1 and actor.start > 2 and (before in _DASHES or before == ":"):
        return CueKind.SOURCE
    about = follows in ("on", "about") and (opens or before == ":") and actor.is_human
    return CueKind.ABOUT if about else None


def _follows_title(parts: EnglishParts, actor: Actor) -> bool:
    """Whether nothing but another title of the same person stands before: "Envoy to X, Ambassador Y:"."""
    s, first = parts.sentence, parts.actors[0]
    if not actor.is_named or first is actor or first.role is None or first.is_named or first.is_crowd:
        return False
    if s.texts[actor.start - 1] != "," or any(text[0].isalnum() for text in s.texts[: first.start]):
        return False
    between = s.lows[first.end : actor.start]
    return not any(map(_tells, between)) and len(between) < _LONGEST_TITLE


def _ends_at_colon(parts: EnglishParts, k: int) -> bool:
    """Whether "X, the president of Y:" stands there: a title between the name and the colon."""
    s = parts.sentence
    return has_title_before_colon(
        s, k, _LONGEST_TITLE, lambda i: _tells(s.lows[i]) or s.lows[i] in lexicon.STOPS
    )


def _tells(low: str) -> bool:
    """Whether a word makes a clause of what it stands in."""
    return low in lexicon.AUXILIARIES or low in verbs.SPEECH or low in verbs.ACTS


def _is_hashtag(text: str) -> bool:
    """Whether a word is written as channels write their hashtags: "KievRegimeCrimes"."""
    return any(a.islower() and b.isupper() for a, b in pairwise(text))


def _find_unknown_source(parts: EnglishParts) -> Iterator[Cue]:
    """Read "… — watchdog" and "… — SOCAR": somebody unlisted says it."""
    s = parts.sentence
    for i in range(len(s) - 2, max(len(s) - 7, 1), -1):
        if s.texts[i] in _DASHES:
            rest = s.texts[i + 1 :]
            if not s.quoted[i] and all(text[0].isalpha() for text in rest):
                yield Cue(CueKind.SOURCE, " ".join(rest), i)
            return


def find_nominal(parts: EnglishParts) -> Iterator[Cue]:
    """Read "according to X", "X's statement", "remarks by X"."""
    s = parts.sentence
    for i, low in enumerate(s.lows):
        if s.quoted[i]:
            continue
        if low == "according" and s.lows[i + 1 : i + 2] == ["to"]:
            yield from _read_according(parts, i)
        elif low in ("by", "in") and i + 2 < len(s):
            yield from _read_view(parts, i)
        elif low in lexicon.STATEMENT_NOUNS:
            yield from _read_document(parts, i)


def _read_according(parts: EnglishParts, i: int) -> Iterator[Cue]:
    lows = parts.sentence.lows
    whom = lows[i + 2] if i + 2 < len(lows) else ""
    if whom in _OBJECT_PRONOUNS:
        yield Cue(CueKind.ACCORDING, whom, i, pronoun=_OBJECT_PRONOUNS[whom], parenthetic=i > 0)
    elif (actor := parts.starting(i + 2)) is not None and not actor.relay:
        yield Cue(CueKind.ACCORDING, f"according to {actor.text}", i, actor, parenthetic=i > 0)


def _read_view(parts: EnglishParts, i: int) -> Iterator[Cue]:
    """Read "by X's account", "in X's view", "in his opinion"."""
    s = parts.sentence
    nouns = _ACCOUNTS if s.lows[i] == "by" else _VIEWS
    owner = s.lows[i + 1]
    actor = parts.starting(i + 1)
    if owner in _POSSESSIVES and s.lows[i + 2] in nouns:
        pronoun = _POSSESSIVES[owner]
        evidence = f"{owner} {s.lows[i + 2]}"
        yield Cue(CueKind.ACCORDING, evidence, i, pronoun=pronoun, parenthetic=i > 0, introduced=i > 0)
    elif actor is not None and actor.mask == GEN and not nouns.isdisjoint(s.lows[actor.end : actor.end + 1]):
        evidence = f"{actor.text}'s {s.lows[actor.end]}"
        yield Cue(CueKind.ACCORDING, evidence, i, actor, parenthetic=i > 0, introduced=i > 0)


def _read_document(parts: EnglishParts, i: int) -> Iterator[Cue]:
    s, k = parts.sentence, i - 1
    while k >= 0 and i - k < 4 and s.lows[k] in _BEFORE_DOCUMENT:
        k -= 1
    owner = parts.ending(k + 1)
    opens = owner.start if owner is not None else k + 1
    titled = parts.headline or _opens_statement(parts, opens)
    says = titled or not _DOCUMENT_SAYS.isdisjoint(s.lows[i + 1 : i + 4])
    asked = s.lows[i] in _ASKED and s.lows[i + 1 : i + 2] == ["by"]
    author = _find_author(parts, i) if titled and not asked else None
    if owner is not None and owner.mask == GEN and says:
        yield Cue(CueKind.STATEMENT, f"{owner.text}'s {s.lows[i]}", owner.start, owner)
    elif author is not None:
        yield Cue(CueKind.STATEMENT, f"{s.lows[i]} by {author.text}", k + 1, author)


def _find_author(parts: EnglishParts, i: int) -> Actor | None:
    """Return who wrote the document named at a token: "by X", also after its title."""
    s = parts.sentence
    for k in range(i + 1, min(len(s), i + _FAR_FROM_AUTHOR)):
        if s.texts[k] in ":.;":
            return None
        if s.lows[k] == "by" or (s.lows[k] == "from" and k == i + 1):
            author = parts.starting(k + 1)
            return _find_full_name(parts, author) if author is not None else None
    return None


def _find_full_name(parts: EnglishParts, author: Actor) -> Actor:
    """Return an author with the name that follows a list of titles."""
    s = parts.sentence
    if author.is_named or author.role is None:
        return author
    for actor in parts.actors:
        between = s.texts[author.end : actor.start]
        near = author.end <= actor.start < author.end + _LONGEST_TITLES
        if near and actor.named is not None and not {":", ".", "("}.intersection(between):
            return replace(author, named=actor.named)
    return author


def _opens_statement(parts: EnglishParts, i: int) -> bool:
    """Whether hardly a word stands before a document's name, so that the statement is its title."""
    s, before = parts.sentence, 0
    for k in range(i - 1, -1, -1):
        text = s.texts[k]
        if text in _SIGNS_BEFORE_TITLE:
            break
        if text[0].isalnum() and s.lows[k] not in _ANNOUNCING:
            before += 1
            if not (text[0].isupper() or text[0].isdigit()):
                return False
    return before <= _BEFORE_TITLE
