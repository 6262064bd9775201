"""Quotations over several statements, and sentences that sign the one before."""

from __future__ import annotations

from dataclasses import replace

from monitor.domain.actors import Speaker
from monitor.text.speakers.article import Article, speaks
from monitor.text.speakers.cues import DONE, CueKind

_DASHES = frozenset("–—")
_MOST_POINTED_BACK = 3
_NOT_SPEECH = frozenset({CueKind.ACT, CueKind.AGENT, "source-default"})


def continue_quote(article: Article, i: int) -> Speaker | None:
    """Attribute a quotation without a clause of its own to whoever was quoted just before."""
    sentence = article.read[i].sentence
    if sentence.texts and sentence.texts[0] in _DASHES and not sentence.opens_inside:
        return _continue_dialogue(article, i)
    before = article.found[i - 1] if i and not article.read[i - 1].statement.is_headline else None
    if not (sentence.opens_inside or sentence.fully_quoted):
        return None
    goes_on = sentence.opens_inside or not (_is_signed_later(article, i) or _only_acted(before))
    if before is not None and speaks(before) and goes_on and not before.reason.startswith("source-"):
        return _as_continued(before)
    return None


def _continue_dialogue(article: Article, i: int) -> Speaker | None:
    """Attribute what a dash begins: it goes on after "– …, – said X.", or after what the text's cut took."""
    one = article.read[i]
    before = article.found[i - 1] if i and not one.new_paragraph else None
    spoken = before is not None and article.read[i - 1].sentence.texts[0] in _DASHES
    if before is not None and spoken and speaks(before):
        return _as_continued(before)
    follows = [text for text in one.sentence.texts if text[0].isalpha()][:1]
    cut = i == 0 and not article.signed and bool(follows) and follows[0].islower()
    return Speaker.unknown("cut-quote") if cut else None


def attribute_backward(article: Article) -> None:
    """Give the first sentences of a quotation the speaker whom its last one names; others stay unknown."""
    for i in range(len(article.read) - 2, -1, -1):
        one, following, after = article.read[i], article.read[i + 1], article.found[i + 1]
        linked = one.sentence.ends_inside and following.sentence.opens_inside and not following.new_paragraph
        if linked and article.found[i] is None and after is not None and speaks(after):
            article.found[i] = _as_continued(after)
    for i, one in enumerate(article.read):
        if one.statement.is_headline or article.found[i] is not None or article.signed:
            continue
        if one.sentence.fully_quoted:
            article.found[i] = Speaker.unknown("bare-quote")


def attribute_pointed_back(article: Article) -> None:
    """Give "Об этом заявил X" what stands before it in the paragraph, or the paragraph before."""
    for i, one in enumerate(article.read):
        speaker = article.found[i]
        if one.cue is None or not one.cue.points_back or speaker is None or not speaks(speaker):
            continue
        for k in range(i - 1, max(i - 1 - _MOST_POINTED_BACK, -1), -1):
            earlier = article.read[k]
            if earlier.statement.is_headline:
                break
            reported = earlier.cue is not None and earlier.cue.kind not in DONE | {CueKind.JOINT}
            if article.found[k] is None or not reported:
                article.found[k] = replace(speaker, reason=f"reported-next:{one.cue.evidence}")
            if earlier.new_paragraph:
                break


def _is_signed_later(article: Article, i: int) -> bool:
    """Whether the quotation that opens here is attributed where it ends."""
    read, k = article.read, i
    while read[k].sentence.ends_inside and k + 1 < len(read) and read[k + 1].sentence.opens_inside:
        k += 1
    return k > i and read[k].cue is not None


def _only_acted(speaker: Speaker | None) -> bool:
    """Whether the statement before tells what somebody did rather than said."""
    return speaker is not None and speaker.reason.partition(":")[0] in _NOT_SPEECH


def _as_continued(speaker: Speaker) -> Speaker:
    return replace(speaker, reason=f"continued-quote:{speaker.name or speaker.reason}")
