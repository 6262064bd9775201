"""Speeches that the site of a president's office carries without labels: the president's own words."""

from __future__ import annotations

import re
from dataclasses import replace

from monitor.domain.actors import Speaker
from monitor.domain.stance import Tier
from monitor.text.speakers.article import Article
from monitor.text.speakers.naming import OFFICES_OF_PRESIDENT
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.reading import ReadStatement

_OTHER_SPEAKS = re.compile(
    r"Владимир\w* Владимирович\w*|[Уу]важаемый господин Президент|Mr President|Президенту России\b"
)
"""The president is spoken to, so that it is somebody else who speaks."""
_SELF = word_set("я мы меня мне мной нас нам нами i we me us")
"""A narrator may write "our country" but never these."""
_SIGNED = re.compile(
    r"(?:Указ\b|Распоряжение\b|(?:Заявление|Обращение|Послание) Президента\b|Executive Order\b"
    r"|(?:Statement|Address) by (?:the )?(?:Russian )?President\b)"
)
"""How the titles of documents begin that are the president's own words from the first to the last."""
_ENDS = re.compile(r"(?:[Сс]пасибо|[Бб]лагодарю)[^.!?]{0,20} за внимание|[Tt]hank you for your attention")


def attribute_address(article: Article) -> None:
    """Give what is said in the first person, between narration and labels, to the president.

    Where the title names another head of state beside him, that one speaks after the first has
    thanked for the attention.
    """
    default = article.context.default_speaker
    if default is None or default.name not in OFFICES_OF_PRESIDENT.values():
        return
    state = article.resolver.directory.states[default.bloc]
    president = article.resolver.resolve_office("President", state, "address:first person")
    if president is None:
        return
    if _SIGNED.match(article.context.title.strip()):
        article.found = [found or replace(president, reason="document:title") for found in article.found]
        return
    speakers = _find_speakers(article, president)
    for passage in _find_passages(article):
        _give(article, passage, speakers)


def _find_speakers(article: Article, president: Speaker) -> list[Speaker]:
    """The president, and the other head of state whom the title says to have spoken as well."""
    speakers = [president]
    for one in article.read:
        if not one.statement.is_headline:
            continue
        for actor in one.actors:
            if actor.is_named and actor.is_human:
                found = article.resolver.resolve(actor, "address:first person")
                if found.tier is Tier.HEAD_OF_STATE and found.name != president.name:
                    speakers.append(found)
    return speakers[:2]


def _find_passages(article: Article) -> list[list[int]]:
    """Return runs of unattributed statements from the first to the last one in the first person."""
    runs: list[list[int]] = [[]]
    for i, one in enumerate(article.read):
        if one.statement.is_headline:
            continue
        found = article.found[i]
        if found is not None and found.reason.startswith("transcript-label"):
            runs.append([])
        else:
            runs[-1].append(i)
    passages = []
    for run in runs:
        talking = [i for i in run if _is_first_person(article.read[i])]
        if talking:
            passages.append([i for i in run if talking[0] <= i <= talking[-1]])
    return passages


def _give(article: Article, passage: list[int], speakers: list[Speaker]) -> None:
    turn = 0
    told = " ".join(article.read[i].statement.text for i in passage)
    if len(speakers) == 1 and _OTHER_SPEAKS.search(told):
        return
    for i in passage:
        if article.found[i] is None:
            article.found[i] = replace(speakers[min(turn, len(speakers) - 1)])
        turn += _ENDS.search(article.read[i].statement.text) is not None


def _is_first_person(one: ReadStatement) -> bool:
    """Whether somebody speaks of himself outside quotation marks."""
    s = one.sentence
    for i, low in enumerate(s.lows):
        if s.quoted[i]:
            continue
        word = s.words[i]
        verb = word.verb if word is not None and not word.nouns else None
        if (low in _SELF and s.texts[i] != "US") or (verb is not None and verb.person == "1per"):
            return True
    return False
