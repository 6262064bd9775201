"""Posts and pages that begin with who speaks in them: "Comment by …", "X: …", a decree's text."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from monitor.domain.actors import Speaker
from monitor.text.speakers import lexicon_en, lexicon_ru
from monitor.text.speakers.article import Article, opens_with
from monitor.text.speakers.cues import CueKind
from monitor.text.speakers.naming import OFFICES_OF_PRESIDENT
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.reading import ReadStatement

_TITLES = frozenset({CueKind.STATEMENT, CueKind.COLON})
_DECREES = word_set("указа распоряжения")
_DECREEING = word_set("постановляю")


def attribute_header(article: Article) -> None:
    """Give what an official source carries under a title of that kind to whom the title names."""
    default = article.context.default_speaker
    if default is None or not default.institution:
        return
    for i, one in enumerate(article.read):
        if (speaker := _read_header(article, i)) is not None:
            _give(article, i, speaker)
            return
        if not one.statement.is_headline:
            break
    _attribute_decree(article)


def _read_header(article: Article, i: int) -> Speaker | None:
    """Return whose words a title announces; None where a statement is no such title."""
    one, default = article.read[i], article.context.default_speaker
    speaker = article.found[i]
    if speaker is None and one.statement.is_headline and one.cue is not None:
        speaker = article.resolve(one.cue) if one.cue.kind in _TITLES else None
    if one.cue is None or speaker is None or not speaker.name or not _begins_with(one):
        return None
    labelled = speaker.reason.startswith("transcript-label")
    if labelled or (default is not None and speaker.name == default.name):
        return None
    if one.cue.kind in _TITLES:
        return speaker
    actor = one.cue.actor
    institution = actor is not None and actor.is_institution
    follows = article.read[i + 1 :]
    return speaker if institution and any(_is_first_person(article, after) for after in follows) else None


def _begins_with(one: ReadStatement) -> bool:
    """Whether the clause that names the speaker opens the statement, or follows its title in quotes."""
    if one.cue is None:
        return False
    s = one.sentence
    title = [i for i in range(one.cue.at) if s.texts[i] in "❗⚡✉🎙\ufe0f"]
    return opens_with(one, one.cue) or bool(title) or _is_titled(one)


def _is_titled(one: ReadStatement) -> bool:
    """Whether "Embassy Statement" or the like stands first."""
    first = [low for low in one.sentence.lows if low[0].isalpha()][:3]
    return not lexicon_en.STATEMENT_NOUNS.isdisjoint(first)


def _give(article: Article, i: int, speaker: Speaker) -> None:
    for k in range(i, len(article.read)):
        if article.found[k] is None and not article.read[k].statement.is_headline:
            article.found[k] = replace(speaker, reason=f"header:{speaker.name}")


def _is_first_person(article: Article, one: ReadStatement) -> bool:
    words = lexicon_ru.FIRST_PERSON if article.lang == "ru" else lexicon_en.FIRST_PERSON
    s = one.sentence
    return any(s.lows[i] in words and not s.quoted[i] and s.texts[i] != "US" for i in range(len(s)))


def _attribute_decree(article: Article) -> None:
    """Give the text of a decree on the site of a president's office to the president."""
    default = article.context.default_speaker
    if default is None or default.name not in OFFICES_OF_PRESIDENT.values():
        return
    for i, one in enumerate(article.read):
        lows = one.sentence.lows
        titled = any(low == "текст" and after in _DECREES for low, after in pairwise(lows))
        if titled or not _DECREEING.isdisjoint(lows):
            state = article.resolver.directory.states[default.bloc]
            president = article.resolver.resolve_office("President", state, f"decree:{default.name}")
            if president is not None:
                _give(article, i, president)
            return
