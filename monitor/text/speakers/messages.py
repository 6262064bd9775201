"""Messages that an official site carries: greetings and telegrams are their sender's, not the site's."""

from __future__ import annotations

import re

from monitor.domain.actors import Speaker
from monitor.text.speakers import lexicon_en, lexicon_ru
from monitor.text.speakers.article import Article
from monitor.text.speakers.labels import find_labels
from monitor.text.speakers.reading import ReadStatement

_LEAD = 3
"""Statements at the beginning of a page that may tell who sent what follows."""
_QUOTE_MARK = "💬"
"""The sign before words that a channel quotes."""
_LONGEST_SIGNATURE = 6
_SENT = re.compile(
    r"\b(?:направил[аи]?|послал[аи]?|поздравил[аи]?|приветствовал[аи]?|обратил(?:ся|ась)|отправил[аи]?"
    r"|выразил[аи]? соболезнован\w+|sent|congratulated|greeted|addressed|conveyed|extended)\b",
    re.IGNORECASE,
)
_MESSAGE = re.compile(
    r"\b(?:приветстви\w|приветственн\w+|телеграмм\w+|послани\w+|поздрав\w+|обращени\w|соболезновани\w+"
    r"|greetings?|messages?|telegrams?|congratulat\w+|condolences|letter)\b",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"[«\"“„]?(?:дорог(?:ие|ой|ая)|уважаем(?:ые|ый|ая)|глубокоуважаем\w+|dear|esteemed|distinguished|ladies)\b",
    re.IGNORECASE,
)


def attribute_message(article: Article) -> None:
    """Give the message that a page consists of or quotes to whom the lead or the signature names."""
    default = article.context.default_speaker
    if default is None or not default.institution or find_labels(article.context.text):
        return
    _attribute_signed(article)
    for i, one in enumerate(article.read):
        if one.statement.is_headline:
            continue
        sender = article.found[i]
        told = _SENT.search(one.statement.text) and (
            _MESSAGE.search(one.statement.text) or _has_salutation(article, i + 1)
        )
        if told and sender is not None and sender.name and one.cue is not None and _is_person(one):
            _give_what_follows(article, i + 1, sender, begun=_QUOTE_MARK in one.statement.text)
            return
        if i >= _LEAD:
            return


def _is_person(one: ReadStatement) -> bool:
    actor = one.cue.actor if one.cue is not None else None
    return actor is not None and actor.is_human and not actor.is_crowd


def _has_salutation(article: Article, start: int) -> bool:
    following = article.read[start : start + _LEAD]
    return any(_SALUTATION.match(one.statement.text.strip()) for one in following)


def _give_what_follows(article: Article, start: int, sender: Speaker, *, begun: bool) -> None:
    """Give the quotation after the lead, or the rest of the page from its salutation, to the sender.

    `begun` tells that the message begins in the lead itself.
    """
    quoted = any(_is_quoted(one) for one in article.read[start:])
    depth = 0
    for i in range(start, len(article.read)):
        one = article.read[i]
        inside = depth > 0
        depth = _count_open(one.statement.text, depth)
        begun = begun or bool(_SALUTATION.match(one.statement.text.strip())) or _is_first_person(article, one)
        belongs = (inside or depth > 0 or _is_quoted(one)) if quoted else begun
        if belongs and article.found[i] is None:
            article.found[i] = _as_sender(sender)


def _attribute_signed(article: Article) -> None:
    """Give a page that is titled a message and signed with a name to whom that name is."""
    read = article.read
    title = article.context.title or (read[0].statement.text if read else "")
    if not read or not _MESSAGE.search(title) or (signer := _read_signature(article)) is None:
        return
    for i in range(len(read)):
        if article.found[i] is None and read[i].cue is None:
            article.found[i] = signer


def _read_signature(article: Article) -> Speaker | None:
    """Return the person whose name alone stands on the last line."""
    last = article.read[-1]
    line = article.context.text.rstrip().rpartition("\n")[2].strip()
    if last.statement.is_headline or line != last.statement.text.strip() or len(last.actors) != 1:
        return None
    actor, sentence = last.actors[0], last.sentence
    words = [
        text for text in sentence.texts[: actor.start] + sentence.texts[actor.end :] if text[0].isalnum()
    ]
    if words or not actor.is_named or not actor.is_human or actor.end - actor.start > _LONGEST_SIGNATURE:
        return None
    speaker = article.resolver.resolve(actor, f"signature:{actor.text}")
    return speaker if speaker.name else None


def _count_open(text: str, depth: int) -> int:
    """Return how many quotation marks are open after a statement; a message's paragraphs share one pair."""
    for sign in text:
        if sign in "«“„" or (sign == '"' and not depth):
            depth += 1
        elif sign in "»”" or sign == '"':
            depth = max(depth - 1, 0)
    return depth


def _is_quoted(one: ReadStatement) -> bool:
    return one.sentence.fully_quoted or one.sentence.opens_inside


def _is_first_person(article: Article, one: ReadStatement) -> bool:
    words = lexicon_ru.FIRST_PERSON if article.lang == "ru" else lexicon_en.FIRST_PERSON
    return not words.isdisjoint(one.sentence.lows)


def _as_sender(sender: Speaker) -> Speaker:
    return Speaker(sender.name, sender.tier, sender.bloc, f"message-of:{sender.name}", sender.role)
