"""Posts and pages that begin with who speaks in them: "Comment by …", "X: …", a decree's text."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from monitor.domain.actors import Speaker
from monitor.text.speakers import lexicon_en, lexicon_ru
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.article import Article, announces_broadcast, opens_with
from monitor.text.speakers.cues import CueKind
from monitor.text.speakers.naming import OFFICES_OF_PRESIDENT
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.reading import ReadStatement
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.turns import FURNITURE

_SECTION = frozenset("*💬🎙✍📄📝")
"""Signs with which a post begins the words of somebody after a story."""
_TITLES = frozenset({CueKind.STATEMENT, CueKind.COLON})
_TITLE_NOUNS = word_set(
    "statement comment commentary message address remarks article speech greetings letter condolences"
)
_OF_TALK = re.compile(
    r"\b(?:key (?:talking )?(?:points|takeaways|messages)|main points|read in full)\b", re.IGNORECASE
)
_LONGEST_TITLE = 8
_FAR_FROM_NOUN = 12
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
    for i, one in enumerate(article.read):
        if one.cue is None or one.cue.kind is not CueKind.STATEMENT or one.sentence.texts[0] not in _SECTION:
            continue
        if (speaker := _read_header(article, i)) is not None:
            _give(article, i, speaker)
            return
    _attribute_decree(article)


def _read_header(article: Article, i: int) -> Speaker | None:
    """Return whose words a title announces; None where a statement is no such title."""
    if announces_broadcast(article.read[i]):
        return None
    if (titled := _read_title(article, i)) is not None:
        return titled
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


def _read_title(article: Article, i: int) -> Speaker | None:
    """Return the author of "Statement of the SCO", or of the talk whose "key points" follow."""
    one, default = article.read[i], article.context.default_speaker
    author = _find_author(one)
    if author is None and one.cue is not None and _OF_TALK.search(one.statement.text):
        actor = one.cue.actor
        author = actor if actor is not None and actor.is_human and actor.is_named else None
    if author is None:
        return None
    speaker = article.resolver.resolve(author, "header")
    own = default is not None and speaker.name == default.name
    return speaker if speaker.name and not own else None


def _find_author(one: ReadStatement) -> Actor | None:
    """Return who stands after "statement of", "comment by" near the beginning."""
    lows = one.sentence.lows
    for n in range(min(len(lows) - 1, _LONGEST_TITLE)):
        if lows[n] not in _TITLE_NOUNS or lows[n + 1] not in ("by", "of", "from"):
            continue
        if not all(_may_precede(one.sentence, i) for i in range(n)):
            return None
        for actor in one.actors:
            if n + 1 < actor.start <= n + _FAR_FROM_NOUN and not one.sentence.quoted[actor.start]:
                if (actor.is_human and actor.is_named) or actor.is_institution:
                    return actor
                if actor.role is None or one.sentence.lows[actor.end : actor.end + 1] == [","]:
                    return None
    return None


def _may_precede(s: Sentence, i: int) -> bool:
    """Whether a token may stand in a title before "statement" or "message": a sign or a capitalised word."""
    return s.capital[i] or not s.texts[i][0].isalpha()


def _begins_with(one: ReadStatement) -> bool:
    """Whether the clause that names the speaker opens the statement, or follows its title in quotes."""
    if one.cue is None:
        return False
    s = one.sentence
    title = [i for i in range(one.cue.at) if s.texts[i] in "❗⚡✉🎙✍📄📝📕💬\ufe0f"]
    return opens_with(one, one.cue) or bool(title) or _is_titled(one)


def _is_titled(one: ReadStatement) -> bool:
    """Whether "Embassy Statement" or the like stands first."""
    first = [low for low in one.sentence.lows if low[0].isalpha()][:3]
    return not lexicon_en.STATEMENT_NOUNS.isdisjoint(first)


def _give(article: Article, i: int, speaker: Speaker) -> None:
    for k in range(i, len(article.read)):
        if FURNITURE.match(article.read[k].statement.text):
            return
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
