"""How a replay is shown: what is gained and lost, by target and rule, and how many alerts a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from monitor.domain.replay import count_by
from monitor.messages.inert import excerpt, make_inert, safe_link

if TYPE_CHECKING:
    from rich.console import Console

    from monitor.domain.alerts import Alert
    from monitor.domain.replay import MovedAlert, ReplayedAlerts
    from monitor.messages.reader import Reader
    from monitor.pipeline.replay import Effort, Replay

_QUOTED = 240


def print_replay(
    console: Console, replay: Replay, changes: Sequence[str], reader: Reader, limit: int | None
) -> None:
    """Print the whole result; scraped text is shown as it is, never interpreted."""
    alerts = replay.alerts
    span = f"{reader.moment(replay.since)} to {reader.moment(replay.until)}"
    console.print(Text(f"Replayed {span}; nothing was stored or sent.", "bold"), soft_wrap=True)
    for change in changes or ("nothing is changed",):
        console.print(Text(f"  {make_inert(change)}"), soft_wrap=True)
    for note in replay.notes:
        console.print(Text(f"Note: {make_inert(note)}", "yellow"), soft_wrap=True)
    _print_moved(console, "Gained", "green", alerts.gained, reader, limit)
    _print_moved(console, "Lost", "red", alerts.lost, reader, limit)
    console.print()
    _print_counts(console, "target", alerts, lambda alert: reader.target(_target(alert)))
    _print_counts(console, "rule", alerts, _rule)
    days = (replay.until - replay.since) / timedelta(days=1)
    before, after = len(alerts.before), len(alerts.after)
    a_day = f"{before / days:.1f} before, {after / days:.1f} after"
    console.print(Text(f"Alerts a day: {a_day} ({before} and {after} in all)"), soft_wrap=True)
    console.print(Text(_describe(replay.effort), "dim"), soft_wrap=True)


def _print_moved(
    console: Console, title: str, style: str, moved: Sequence[MovedAlert], reader: Reader, limit: int | None
) -> None:
    console.print()
    console.print(Text(f"{title}: {len(moved)}", f"bold {style}"))
    for one in moved[:limit]:
        finding = one.alert.finding
        a = finding.assessment
        head = Text(f"  {reader.moment(finding.said_at)}  ", style)
        head.append(
            f"{reader.speaker(a.speaker)} ({reader.bloc(a.speaker.bloc)}) → {reader.target(a.target)}", "bold"
        )
        head.append(f", {a.stance}")
        console.print(head, soft_wrap=True)
        before, mention, after = excerpt(a.statement.text, a.mention.start, a.mention.end, _QUOTED)
        console.print(Text(f"    {before}[{mention}]{after}"), soft_wrap=True)
        console.print(Text(f"    {make_inert(one.reason)}"), soft_wrap=True)
        console.print(Text(f"    {safe_link(finding.url) or finding.outlet}", "dim"), soft_wrap=True)
    if limit is not None and len(moved) > limit:
        console.print(Text(f"  … and {len(moved) - limit} more; --limit 0 shows all"))


def _print_counts(console: Console, title: str, alerts: ReplayedAlerts, name: Callable[[Alert], str]) -> None:
    table = Table(title, "before", "gained", "lost", "after", box=None, header_style="dim")
    for row in _count(alerts, name):
        cells = (row["before"], row["gained"], row["lost"], row["after"])
        table.add_row(Text(make_inert(row["name"])), *(str(cell or "·") for cell in cells))
    console.print(table)
    console.print()


def _count(alerts: ReplayedAlerts, name: Callable[[Alert], str]) -> list[dict[str, Any]]:
    """Return before, gained, lost and after by name, the most frequent first."""
    counts = {
        "before": count_by(alerts.before, name),
        "gained": count_by((moved.alert for moved in alerts.gained), name),
        "lost": count_by((moved.alert for moved in alerts.lost), name),
        "after": count_by(alerts.after, name),
    }
    names = dict.fromkeys((*counts["before"], *counts["after"]))
    return [{"name": one, **{kind: found.get(one, 0) for kind, found in counts.items()}} for one in names]


def _target(alert: Alert) -> str:
    return alert.finding.assessment.target


def _rule(alert: Alert) -> str:
    return alert.rule_id


def _describe(effort: Effort) -> str:
    text = f"{effort.articles} articles decided again in {effort.seconds:.1f} s"
    if effort.read_again:
        rate = effort.statements / effort.seconds if effort.seconds else 0
        text += (
            f"; {effort.read_again} read again ({effort.extracted_again} from their pages), "
            f"{effort.statements} statements, {rate:.0f} a second, "
            f"{effort.judged} of them new to the model"
        )
    return text


def replay_as_dict(replay: Replay, changes: Sequence[str], limit: int | None) -> dict[str, Any]:
    """Return the result for JSON."""
    alerts, effort = replay.alerts, replay.effort
    days = (replay.until - replay.since) / timedelta(days=1)
    return {
        "since": replay.since.isoformat(),
        "until": replay.until.isoformat(),
        "changes": list(changes),
        "notes": list(replay.notes),
        "raised": len(replay.raised),
        "before": {"alerts": len(alerts.before), "a_day": round(len(alerts.before) / days, 2)},
        "after": {"alerts": len(alerts.after), "a_day": round(len(alerts.after) / days, 2)},
        "gained": len(alerts.gained),
        "lost": len(alerts.lost),
        "by_target": _count(alerts, _target),
        "by_rule": _count(alerts, _rule),
        "gained_alerts": [_moved_as_dict(moved) for moved in alerts.gained[:limit]],
        "lost_alerts": [_moved_as_dict(moved) for moved in alerts.lost[:limit]],
        "effort": {
            "articles": effort.articles,
            "read_again": effort.read_again,
            "extracted_again": effort.extracted_again,
            "statements": effort.statements,
            "judged": effort.judged,
            "seconds": round(effort.seconds, 3),
        },
    }


def _moved_as_dict(moved: MovedAlert) -> dict[str, Any]:
    finding = moved.alert.finding
    a = finding.assessment
    return {
        "said_at": finding.said_at.isoformat(),
        "rule": moved.alert.rule_id,
        "speaker": a.speaker.name,
        "speaker_bloc": a.speaker.bloc,
        "speaker_tier": str(a.speaker.tier),
        "target": a.target,
        "stance": str(a.stance),
        "severity": a.severity,
        "quotation": a.statement.text,
        "source": finding.source_id,
        "url": finding.url,
        "reason": moved.reason,
    }
