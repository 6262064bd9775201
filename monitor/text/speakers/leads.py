"""A lead that a feed cut short, or that only quotes: it goes on where the headline told who speaks."""

from __future__ import annotations

from dataclasses import replace

from monitor.domain.actors import Speaker
from monitor.domain.stance import Tier
from monitor.text.speakers.article import Article, speaks
from monitor.text.speakers.cues import CueKind
from monitor.text.speakers.reading import ReadStatement

_LONGEST_EXCERPT = 4
"""Statements of an excerpt, its dateline among them."""
_NEAR_THE_BEGINNING = 2
_FULL_STOPS = ".!?…"
_OFFICIAL = frozenset({Tier.HEAD_OF_STATE, Tier.GOVERNMENT, Tier.FOREIGN_MINISTRY, Tier.SECURITY})
_OF_STATES = frozenset({CueKind.REPORTED, CueKind.ACT})
_TELLING = frozenset({CueKind.COLON, CueKind.SOURCE, CueKind.ABOUT, CueKind.REPORTED, CueKind.ACCORDING})


def attribute_cut_lead(article: Article) -> None:
    """Give the last, cut sentence of an excerpt, or a lead with a quotation, to the headline's speaker."""
    read = article.read
    _give_lead_of_state(article)
    if article.signed or len(read) < 2 or not read[0].statement.is_headline:
        return
    told, last = article.found[0], len(read) - 1
    if told is None or not speaks(told) or read[0].cue is None or last > _LONGEST_EXCERPT:
        return
    if not told.name and not (read[0].cue.kind is CueKind.SOURCE and last == 1):
        return
    found = article.found[last]
    open_ended = found is None or found.reason == "bare-quote"
    kind, lead = read[0].cue.kind, read[last]
    goes_on = kind in _TELLING and lead.sentence.has_quote
    named = kind in _TELLING or (bool(lead.actors) and lead.actors[0].start <= _NEAR_THE_BEGINNING)
    if open_ended and lead.cue is None and ((_is_cut(lead) and named) or goes_on):
        organ = _read_organ(article, lead, told)
        article.found[last] = organ or replace(told, reason=f"headline:{told.reason}")


def _give_lead_of_state(article: Article) -> None:
    """Give a lead in which the mere state speaks to its official whom the headline has named."""
    read = article.read
    if len(read) < 2 or not read[0].statement.is_headline or read[0].cue is None:
        return
    told, found, cue = article.found[0], article.found[1], read[1].cue
    if told is None or found is None or cue is None or cue.actor is None or cue.kind not in _OF_STATES:
        return
    head = read[0].cue
    sourced = head.kind is CueKind.SOURCE and head.actor is not None and not head.actor.is_state
    body = head.kind in _TELLING and head.actor is not None and head.actor.is_institution
    if cue.kind is CueKind.ACT and not (sourced and _is_cut(read[1])):
        return
    if (
        told.name
        and (sourced or (body and told.tier in _OFFICIAL))
        and cue.actor.is_state
        and told.bloc == found.bloc
    ):
        article.found[1] = replace(told, reason=f"headline:{told.reason}")


def _is_cut(one: ReadStatement) -> bool:
    """Whether a sentence breaks off before its end."""
    return one.statement.text.rstrip().rstrip('"”»’')[-1:] not in _FULL_STOPS


def _read_organ(article: Article, lead: ReadStatement, told: Speaker) -> Speaker | None:
    """Return the ministry of the same side that a lead begins with, which is surer than the headline."""
    first = lead.actors[0] if lead.actors else None
    if first is None or first.start > 1 or not first.is_institution:
        return None
    found = article.resolver.resolve(first, f"headline:{told.reason}")
    return found if found.name and found.bloc == told.bloc else None
