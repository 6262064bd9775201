"""Answers about dyads, speakers, statements, sources and the service as Telegram HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from monitor.domain.actors import Person
from monitor.domain.explanation import Ground
from monitor.domain.searches import SearchPage
from monitor.domain.service_state import ServiceState
from monitor.domain.source_views import Sight, SourceView
from monitor.domain.statement import Assessment, Finding
from monitor.domain.trend_lines import SpeakerProfile, Trend
from monitor.messages.alert import mark_mention
from monitor.messages.answer_names import SIGHT_MARKS
from monitor.messages.answer_words import tell
from monitor.messages.courses import name_course
from monitor.messages.fates import head_of, tell_sight
from monitor.messages.html import escape, link
from monitor.messages.inert import excerpt
from monitor.messages.numbers import signed
from monitor.messages.reader import Reader
from monitor.messages.words import STANCE_MARKS, STANCES, TIERS

QUOTE_ROOM = 350
MOST_WORDS = 8
MOST_TARGETS = 8
MOST_BLIND = 15
MOST_LANGUAGES = 4
MOST_WEEKS_NAMED = 4


def render_ground(ground: Ground, assessment: Assessment, reader: Reader) -> str:
    """Return the words that moved a judgement and the labelled examples nearest to it."""
    language = reader.language
    effects = ground.explanation.noticeable[:MOST_WORDS]
    rows = [tell(language, "words_title")]
    rows += [f"<code>{signed(effect.moved)}</code> {escape(effect.word)}" for effect in effects]
    if not effects:
        rows.append(tell(language, "no_words"))
    if ground.nearest:
        rows += ["", tell(language, "alike_title")]
    for neighbour in ground.nearest:
        example = neighbour.example
        before, words, after = excerpt(example.pair.text, example.pair.start, example.pair.end, QUOTE_ROOM)
        rows.append(
            f"<code>{neighbour.similarity:.2f}</code> {STANCE_MARKS[example.stance]} "
            f"{escape(before)}<u>{escape(words)}</u>{escape(after)}"
        )
    judged = assessment.judgement
    said = ground.explanation.judgement.stance
    if ground.model != judged.model:
        rows += [
            "",
            tell(language, "explained_by", model=escape(ground.model), judged=escape(judged.model)),
        ]
    if said is not judged.stance:
        rows.append(tell(language, "judged_now", stance=STANCES[language][said]))
    return "\n".join(rows)


def render_trends(trends: Sequence[Trend], reader: Reader) -> str:
    """Return counts, the last whole week and its change for each course, and which weeks were not read.

    Short enough for a picture's caption.
    """
    language = reader.language
    blocks = []
    for trend in trends:
        rows = [f"<b>{escape(name_course(trend.course, reader))}</b>"]
        if not trend.total:
            rows.append(tell(language, "nothing"))
            blocks.append("\n".join(rows))
            continue
        counts = {"hostile": trend.hostile, "conciliatory": trend.conciliatory, "total": trend.total}
        rows.append(tell(language, "trend_counts", **counts))
        rows.append(tell(language, "trend_week", mean=_mean(trend, reader), change=_change(trend, reader)))
        blocks.append("\n".join(rows))
    points = trends[0].points if trends else ()
    notes = [
        tell(language, key, weeks=_name_weeks([p.start for p in points if holds(p)], reader))
        for key, holds in (
            ("trend_gaps", lambda point: not point.covered),
            ("trend_partial", lambda point: point.partial),
        )
        if any(holds(point) for point in points)
    ]
    return "\n".join([*blocks, *notes])


def _mean(trend: Trend, reader: Reader) -> str:
    last = trend.points[-2]
    return tell(reader.language, "nothing") if last.mean_intensity is None else signed(last.mean_intensity)


def _change(trend: Trend, reader: Reader) -> str:
    change = trend.change
    if change.difference is None:
        return tell(reader.language, "insufficient")
    sigmas = f" ({signed(change.sigmas)}σ)" if change.sigmas is not None else ""
    return tell(reader.language, "trend_change", difference=signed(change.difference) + sigmas)


def _name_weeks(starts: Sequence[datetime], reader: Reader) -> str:
    """Return the beginnings of weeks, only so many by name."""
    named = [f"{start.astimezone(reader.zone):%d.%m}" for start in starts[-MOST_WEEKS_NAMED:]]
    left = len(starts) - len(named)
    return (f"({left}) … " if left else "") + ", ".join(named)


def render_speaker(profile: SpeakerProfile, person: Person | None, days: int, reader: Reader) -> str:
    """Return who somebody is and what they said of whom; short enough for a picture's caption."""
    language = reader.language
    rows = [f"<b>{name_speaker(profile.name, reader)}</b>"]
    if person is not None:
        details = [person.role, TIERS[language][person.tier], reader.bloc(person.bloc)]
        rows.append(escape(", ".join(part for part in details if part)))
    total = sum(t.hostile + t.neutral + t.conciliatory for t in profile.tallies)
    key = "speaker_said" if total else "speaker_none"
    rows.append(tell(language, key, days=days, count=total))
    for tally in profile.tallies[:MOST_TARGETS]:
        counts = {
            "hostile": tally.hostile,
            "neutral": tally.neutral,
            "conciliatory": tally.conciliatory,
            "mean": signed(tally.mean_intensity),
        }
        rows.append(tell(language, "speaker_row", target=escape(reader.target(tally.target)), **counts))
    return "\n".join(rows)


def render_last(profile: SpeakerProfile, reader: Reader) -> str:
    """Return a speaker's last statements with links, empty where there are none."""
    if not profile.last:
        return ""
    blocks = [tell(reader.language, "speaker_last")]
    return "\n\n".join([*blocks, *(render_statement(finding, reader) for finding in profile.last)])


def render_statement(finding: Finding, reader: Reader) -> str:
    """Return one statement: who toward whom, the quotation, where and when."""
    a = finding.assessment
    who = escape(reader.speaker(a.speaker))
    return (
        f"{head_of(a, reader)}\n<blockquote>{mark_mention(a, QUOTE_ROOM)}</blockquote>\n"
        f"{who} · {escape(finding.outlet)} · {reader.said(finding)} · "
        f"{link(finding.url, reader.label('source'))}"
    )


def name_speaker(name: str, reader: Reader) -> str:
    """Return a speaker's name in the reader's language. HTML."""
    return escape(reader.people.get(name, name))


def render_search(page: SearchPage, words: str, reader: Reader) -> str:
    """Return a page of what was found, and how far back was looked where the bound was reached."""
    language = reader.language
    blocks = [tell(language, "found" if page.hits else "found_none", words=escape(words))]
    blocks += [render_statement(finding, reader) for finding in page.hits]
    if page.back_to is not None:
        blocks.append(tell(language, "bound", scanned=page.scanned, day=escape(reader.day(page.back_to))))
    return "\n\n".join(blocks)


def render_sources(views: Sequence[SourceView], reader: Reader) -> str:
    """Return how all sources do: counts by side, and those that are not seen now."""
    language = reader.language
    on = [view for view in views if view.sight is not Sight.OFF]
    sights = Counter(view.sight for view in on)
    counts = {"read": sights[Sight.READ], "blind": sights[Sight.BLIND], "never": sights[Sight.NEVER]}
    rows = [tell(language, "sources_title", on=len(on), **counts)]
    by_bloc = Counter(view.source.bloc for view in on)
    read = Counter(view.source.bloc for view in on if view.sight is Sight.READ)
    for bloc, count in by_bloc.most_common():
        rows.append(
            "· " + tell(language, "sources_bloc", bloc=escape(reader.bloc(bloc)), read=read[bloc], on=count)
        )
    blind = [view for view in on if view.sight is Sight.BLIND]
    rows += ["", *(_row(view, reader) for view in blind[:MOST_BLIND])] if blind else []
    if len(blind) > MOST_BLIND:
        rows.append(tell(language, "and_more", count=len(blind) - MOST_BLIND))
    return "\n".join([*rows, "", tell(language, "sources_hint")])


def render_source_rows(views: Sequence[SourceView], reader: Reader) -> str:
    """Return one line a source."""
    return "\n".join(_row(view, reader) for view in views)


def _row(view: SourceView, reader: Reader) -> str:
    name = f"<b>{escape(view.source.outlet)}</b> <code>{escape(view.source.id)}</code>"
    return f"{SIGHT_MARKS[view.sight]} {name}: {escape(tell_sight(view, reader))}"


def render_source(view: SourceView, reader: Reader) -> str:
    """Return all that analysts need to know of one source."""
    language, source, health = reader.language, view.source, view.health
    rows = [
        _row(view, reader),
        f"{escape(reader.bloc(source.bloc))}, {TIERS[language][source.tier]} · "
        f"{link(source.url, source.url)}",
    ]
    if health is not None:
        rows.append(tell(language, "articles_of", count=health.articles))
        if health.consecutive_failures:
            reason = f" <code>{escape(health.last_reason[:200])}</code>" if health.last_reason else ""
            rows.append(tell(language, "source_failures", count=health.consecutive_failures) + reason)
    if view.unread:
        ranked = sorted(view.unread.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_LANGUAGES]
        langs = ", ".join(f"{escape(lang)} {count}" for lang, count in ranked)
        rows.append(tell(language, "source_unread", langs=langs))
    return "\n".join(rows)


def render_state(state: ServiceState, reader: Reader) -> str:
    """Return how the service does."""
    language = reader.language
    share = tell(language, "unknown") if state.coverage is None else f"{state.coverage:.0%}"
    names = [escape(view.source.outlet) for view in state.blind]
    shown = ", ".join(names[:MOST_BLIND]) + (f" (+{len(names) - MOST_BLIND})" if names[MOST_BLIND:] else "")
    outbox = {key: state.outbox.get(key, 0) for key in ("sent", "failed", "uncertain")}
    pending = state.outbox.get("pending", 0) + state.outbox.get("sending", 0)
    articles = {key: state.articles.get(key, 0) for key in ("collected", "assessed", "unread", "set_aside")}
    rows = [
        tell(language, "status_title"),
        tell(language, "running" if state.running else "not_running"),
        tell(language, "status_sources", count=state.sources),
        tell(language, "status_coverage", share=share),
        tell(language, "status_blind", names=shown) if names else tell(language, "status_no_blind"),
        tell(language, "status_articles", **articles),
        tell(language, "status_alerts", count=state.alerts_today),
        tell(language, "status_outbox", pending=pending, **outbox),
        tell(language, "status_model", model=escape(state.model)),
    ]
    return "\n".join(rows)
