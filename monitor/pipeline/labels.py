"""Gathering what people settled: rulings, reviewed digests, and what users say where nobody ruled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from monitor.domain.digest import DigestState
from monitor.domain.labels import Label, LabelOrigin
from monitor.pipeline.ports import Digests, Findings, Verdicts


def gather_labels(
    verdicts: Verdicts,
    findings: Findings,
    digests: Digests,
    since: datetime | None = None,
    *,
    with_users: bool = False,
) -> list[Label]:
    """Return a label for each finding that people settled since then, by finding.

    A ruling goes before a digest's review, and both before what users say together, which counts
    only where it is asked for and as far as they are reliable.
    """
    found = {label.finding.id: label for label in _of_users(verdicts)} if with_users else {}
    found |= {label.finding.id: label for label in _of_digests(digests)}
    found |= {label.finding.id: label for label in _of_rulings(verdicts, findings)}
    return [label for _, label in sorted(found.items()) if since is None or label.at >= since]


def _of_rulings(verdicts: Verdicts, findings: Findings) -> Iterator[Label]:
    for ruling in verdicts.rulings():
        finding = findings.get(ruling.finding_id)
        if finding is not None:
            yield Label(finding, ruling.stance, LabelOrigin.RULED, ruling.reviewer, ruling.at)


def _of_digests(digests: Digests) -> Iterator[Label]:
    """Yield the entries of approved digests, relabelled or confirmed by who approved them."""
    for week in digests.weeks():
        digest = digests.get(week)
        if digest is None or digest.state is DigestState.DRAFT:
            continue
        steps = digests.steps(week)
        approved = next(step for step in reversed(steps) if step.action == "approve")
        for entry in digest.entries:
            mine = [s for s in steps if s.entry == entry.number and s.action == "relabel"]
            last = mine[-1] if mine else approved
            if not entry.dropped:
                yield Label(entry.finding, entry.stance, LabelOrigin.DIGEST, last.reviewer, last.at)


def _of_users(verdicts: Verdicts) -> Iterator[Label]:
    """Yield what users say together of findings without a ruling; "not about this target" is no stance."""
    for one in verdicts.spoken_of():
        fold = one.fold
        if fold.leading is not None:
            at = max(verdict.at for verdict in one.verdicts)
            yield Label(one.finding, fold.leading, LabelOrigin.USERS, "", at, fold.confidence)
