"""Measures how many alerts an analyst gets a day, and how many of them are right, on the demo's newsroom.

`python -m benchmarks.noise [--seconds 80]`. Runs the demonstration, then looks at its store as a chat
would whose subscription is the one that `/start` offers. "Before grouping" is every statement that a rule
asks for, each copy in each outlet; "after" the alerts that were raised, one a story, speaker, target and
stance; "told at once" those that the chat's default hourly cap lets through one by one. Right is what the
newsroom's expectations (the codebook's labels) call so: the stance, and that it is worth an alert. The
share is of the alerts that have a label; their number stands beside it.
"""

import argparse
import asyncio
import io
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from monitor.app import configure_logs
from monitor.demo.content import load_content
from monitor.demo.expected import Expectation, load_expected
from monitor.demo.run import DATABASE, run_demo
from monitor.demo.server import packaged_newsroom
from monitor.domain.alerts import Alert, Rule, why_not
from monitor.domain.routing import Audience, Router
from monitor.domain.subscriptions import USUAL, Filter, Subscription, wants
from monitor.settings import load_settings, packaged_config
from storage import Store, open_store

CHAT = 1
MANY = 1_000_000
EVER = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@dataclass
class Tally:
    """Alerts of one way of telling, and how those with a label were."""

    name: str
    alerts: Sequence[Alert]

    def show(self, labels: Sequence[Expectation], days: float) -> str:
        """Return a line of a table."""
        judged = [right for alert in self.alerts if (right := is_right(alert, labels)) is not None]
        share = f"{sum(judged) / len(judged):.0%} of {len(judged)}" if judged else "none"
        a_day = len(self.alerts) / days
        return f"{self.name:<34} {len(self.alerts):>5} {a_day:>9.2f} {share:>14}"


def is_right(alert: Alert, labels: Iterable[Expectation]) -> bool | None:
    """Return whether the labels call an alert right; None where the statement has no label."""
    a = alert.finding.assessment
    text = " ".join(a.statement.text.split())
    about = [label for label in labels if label.target == a.target and label.quote in text]
    if not about:
        return None
    return any(a.stance in label.stance and label.alert is not False for label in about)


def ungrouped(store: Store, rules: Sequence[Rule]) -> list[Alert]:
    """Return an alert for every statement that was told or was a copy of one that was."""
    found = []
    for finding in store.findings.between(*EVER):
        a = finding.assessment
        if finding.quiet or a.judgement.uncertain or a.speaker.bloc == a.target:
            continue
        rule = next((rule for rule in rules if why_not(rule, finding) is None), None)
        if rule is not None:
            found.append(Alert(str(finding.id), rule.id, finding, finding.said_at))
    return found


def told_at_once(alerts: Sequence[Alert], subscription: Subscription) -> list[Alert]:
    """Return the alerts that a chat with default settings gets one by one."""
    told: list[Alert] = []
    for alert in alerts:
        lately = sum(alert.created_at - one.created_at < timedelta(hours=1) for one in told)
        audience = Audience(
            [subscription], {CHAT}, ZoneInfo("Europe/Moscow"), sent_lately={str(CHAT): lately}
        )
        places, _ = Router(audience, alert.created_at).route(alert)
        told += [alert] if places else []
    return told


def main() -> None:
    """Parse the command line, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=80.0)
    options = parser.parse_args()
    configure_logs("error")
    content = load_content(packaged_newsroom())
    expected = load_expected(content.folder / "expected.toml", [item.id for item in content.items])
    if expected is None:
        raise SystemExit(f"{content.folder}: there is no expected.toml to compare with")
    labels = [*(e for episode in expected.episode for e in episode.expect), *expected.background.expect]
    rules = load_settings(packaged_config(), {}).rules
    with tempfile.TemporaryDirectory() as folder:
        console = Console(file=io.StringIO())
        Console(stderr=True).print(f"the demonstration runs; about {options.seconds + 25:.0f} seconds")
        asyncio.run(run_demo(console, output=Path(folder), seconds=options.seconds))
        store = open_store(f"sqlite:///{folder}/{DATABASE}", datetime.now(UTC))
        single, grouped = ungrouped(store, rules), [alert for _, alert in store.alerts.latest(MANY)]
        store.close()
    grouped.sort(key=lambda alert: alert.created_at)
    days = (content.last - content.first) / timedelta(days=1)
    usual = Subscription(1, CHAT, USUAL)
    severe = Subscription(1, CHAT, Filter(USUAL.targets, USUAL.directions, min_severity=60))
    rows = [
        Tally("before grouping, everything", single),
        Tally("after grouping, everything", grouped),
        Tally("before grouping, /start's choice", [a for a in single if wants(usual, a)]),
        Tally("after grouping, /start's choice", mine := [a for a in grouped if wants(usual, a)]),
        Tally("  told at once", told_at_once(mine, usual)),
        Tally("after grouping, severity from 60", [a for a in grouped if wants(severe, a)]),
    ]
    print(
        f"{'':<34} {'alerts':>5} {'a day':>9} {'right':>14}   ({days:.0f} days of {len(content.items)} items)"
    )
    for row in rows:
        print(row.show(labels, days))


if __name__ == "__main__":
    main()
