"""Simulated weeks: everything that was done to the mock sites is found, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console

from monitor.domain.changes import ChangeKind
from monitor.domain.notices import AlarmKind
from monitor.pipeline.reading import Reader
from monitor.settings import Settings
from tests.simulation.driver import Simulation, kinds_of_changes
from tests.simulation.events import TOGETHER, Deed

FOUND_WITHIN = timedelta(hours=33)
"""After publication, an edit of the first twenty hours is seen by the visit of the first day."""


def must_be_found(simulation: Simulation, deed: Deed) -> bool:
    """Whether the week is long enough for a deed, and its site readable meanwhile."""
    last = deed.at + FOUND_WITHIN
    blinded = any(
        t.site == deed.site and t.begin < last and t.end > deed.at - timedelta(hours=3)
        for t in simulation.troubles
    )
    return last < simulation.end and not blinded


def check_changes(simulation: Simulation) -> tuple[int, int]:
    """Compare what was recorded with what was done; returns how many were to be found, and were."""
    recorded = kinds_of_changes(simulation)
    done = {(deed.site, deed.number): deed for deed in simulation.deeds}
    assert [] == [key for key in recorded if key not in done], "changes that nobody made"
    wanted = [deed for deed in simulation.deeds if must_be_found(simulation, deed)]
    missed = []
    for deed in wanted:
        kinds = recorded.get((deed.site, deed.number), [])
        if not kinds or kinds[0] is not (deed.change or ChangeKind.EDITED):
            missed.append((deed, kinds))
    assert [] == missed
    return len(wanted), len(recorded)


def check_notices(simulation: Simulation) -> None:
    """Each trouble has one notice of its kind, begun in its time; there is no other."""
    wanted = {(t.site, t.alarm): t for t in simulation.troubles if t.alarm is not None}
    given = simulation.notices()
    told = [(notice.alarm.source_id, notice.alarm.kind) for notice in given]
    assert sorted(map(str, wanted)) == sorted(map(str, told))
    for notice in given:
        trouble = wanted[notice.alarm.source_id, notice.alarm.kind]
        assert trouble.begin <= notice.began_at <= trouble.end + timedelta(hours=24), notice


@pytest.fixture
def simulation(reader: Reader, settings: Settings, tmp_path: Path) -> Iterator[Simulation]:
    """The long form: sixty sites, two calm weeks to learn their rhythm, and a week of trouble."""
    made = Simulation(tmp_path, reader, settings.rules, count=60, calm=14, days=7)
    yield made
    made.store.close()


@pytest.mark.soak
async def test_week_of_sixty_sites_ends_with_every_event_found_and_none_invented(
    simulation: Simulation,
) -> None:
    """Layouts, outages, silences, floods, edits and deletions; grouped where many fail at once."""
    await simulation.run()
    wanted, recorded = check_changes(simulation)
    check_notices(simulation)
    outage = [n for n in simulation.notices() if n.alarm.kind is AlarmKind.DOWN]
    Console().print(f"{len(simulation.troubles)} troubles, {wanted} changes to be found, {recorded} recorded")
    Console().print(f"visits {dict(simulation.visits)}, {simulation.alerts} alerts")
    assert len(outage) >= TOGETHER


async def test_edits_and_deletions_of_two_days_are_found(
    reader: Reader, settings: Settings, tmp_path: Path
) -> None:
    """The short form: a few sites without trouble, whose articles are edited and taken down."""
    short = Simulation(tmp_path, reader, settings.rules, count=7, calm=0, days=3, troubled=False)
    await short.run()
    wanted, _ = check_changes(short)
    assert wanted >= 3
    assert [] == short.notices()
    short.store.close()
