"""Who speaks in a headline: by its own words, else by the lead that says the same."""

from __future__ import annotations

from dataclasses import replace

from monitor.domain.actors import UNKNOWN_BLOC, Speaker
from monitor.domain.stance import Tier
from monitor.text.speakers.article import Article
from monitor.text.speakers.cues import Cue, CueKind
from monitor.text.speakers.offices import StateWord
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.posts import find_head_of_body
from monitor.text.speakers.reading import ReadStatement
from monitor.text.speakers.states import State

_LEAD = 3
"""Statements at the beginning of the text that tell who said what the headline says."""
_DOCUMENTS = word_set("declaration statement communique document resolution press-service")
_OF_GOVERNMENT = word_set("ministry official officials authorities government agency regulator watchdog")
_ABROAD = frozenset({"ambassador", "envoy", "diplomat"})
"""Those who, unnamed in a headline about the outlet's own state, are of that state."""
_NOT_SPEECH = frozenset({"act-subject", "act-agent", "source-default"})


def attribute_headline(article: Article, headline: ReadStatement) -> Speaker | None:
    """Return who speaks in a headline; None where its outlet does."""
    cue = headline.cue
    if cue is None:
        return _find_in_lead(article, headline) if headline.sentence.has_quote else None
    if not article.outweighs_source(headline, cue):
        return None
    if (told := article.tell_protocol(headline, cue)) is not None:
        return told
    speaker = _resolve_source(article, headline, cue) if cue.kind is CueKind.SOURCE else article.resolve(cue)
    if speaker is not None and speaker.name is None and speaker.tier is not Tier.OUTLET:
        return _find_in_lead(article, headline, like=speaker) or speaker
    return speaker


def _head_of_topic(article: Article, headline: ReadStatement, cue: Cue) -> Speaker | None:
    """Read "CSTO … — secretary general": the office is of the institution spoken of."""
    source = cue.actor
    if source is None or source.role is None or source.role.crowd or source.is_named or source.state:
        return None
    topics = (actor for actor in headline.actors if actor.person and actor.person.tier is Tier.INSTITUTION)
    topic = next(topics, None)
    if topic is None or not (source.role.tier is Tier.INSTITUTION or source.role.generic):
        return None
    reason, resolver = f"{cue.kind}:{cue.evidence}", article.resolver
    head = find_head_of_body(resolver.directory, topic, source, resolver.said_on)
    topic = replace(topic, person=head) if head is not None else topic
    return resolver.resolve(topic, reason)


def _resolve_source(article: Article, headline: ReadStatement, cue: Cue) -> Speaker | None:
    """Read "… — ministry" of the state that the headline tells of, and "… — declaration" of its body."""
    last, here = cue.evidence.lower().split()[-1], _topic_state(article, headline)
    reason = f"{cue.kind}:{cue.evidence}"
    if cue.actor is None and last in _DOCUMENTS:
        body = next((one for one in headline.actors if one.is_institution), None)
        if body is not None:
            return article.resolver.resolve(body, reason)
    if (topic := _head_of_topic(article, headline, cue)) is not None:
        return topic
    speaker = article.resolve(cue, here)
    home = article.resolver.standing.home()
    if speaker is not None and not speaker.name and last in _ABROAD and here is not None and here is home:
        return replace(speaker, tier=Tier.FOREIGN_MINISTRY, bloc=here.bloc)
    nobody = speaker is None or (speaker.name is None and speaker.bloc == UNKNOWN_BLOC)
    if speaker is not None and speaker.name is None and here is not None and not nobody:
        stateless = cue.actor is not None and cue.actor.state is None and not cue.actor.is_crowd
        return replace(speaker, bloc=here.bloc) if stateless else speaker
    if nobody and last in _OF_GOVERNMENT and here is not None:
        return Speaker(None, Tier.GOVERNMENT, here.bloc, reason, last)
    return speaker


def _topic_state(article: Article, headline: ReadStatement) -> State | None:
    """The first state that a headline names: whose ministry "— MFA" means."""
    directory = article.resolver.directory
    phrases = (directory.ru if article.lang == "ru" else directory.en).phrases
    for i in range(len(headline.sentence)):
        match = phrases.match(headline.sentence.keys, i)
        if match is not None and isinstance(match[0], StateWord):
            return directory.states[match[0].state_id]
    return None


def _find_in_lead(article: Article, headline: ReadStatement, like: Speaker | None = None) -> Speaker | None:
    """Return the one speaker whom the lead names, where it repeats what the headline says."""
    lead = [n for n, one in enumerate(article.read) if not one.statement.is_headline][:_LEAD]
    named: dict[str, Speaker] = {}
    for n in lead:
        speaker = article.found[n]
        if speaker and speaker.name and speaker.reason.partition(":")[0] not in _NOT_SPEECH:
            named[speaker.name] = speaker
    if len(named) != 1 or not _overlaps(headline, [article.read[n] for n in lead]):
        return None
    found = next(iter(named.values()))
    if like is not None and like.bloc not in (UNKNOWN_BLOC, found.bloc):
        return None
    return replace(found, reason=f"lead:{found.reason}")


def _overlaps(headline: ReadStatement, lead: list[ReadStatement]) -> bool:
    """Whether a third of the headline's longer words, by their beginnings, stand in the lead."""
    stems = {low[:5] for low in headline.sentence.lows if len(low) > 4}
    told = {low[:5] for one in lead for low in one.sentence.lows if len(low) > 4}
    return bool(stems) and len(stems & told) * 3 >= len(stems)
