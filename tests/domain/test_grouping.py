"""Which notices are told now and which together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.domain.grouping import PATIENCE, Plan, Suspect, plan_notices
from monitor.domain.notices import Alarm, AlarmKind, Notice

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def down(name: str, since: datetime = NOON) -> Alarm:
    """Return the alarm of a source that is down."""
    return Alarm(AlarmKind.DOWN, name, "3 visits failed", since)


def suspect(name: str, since: datetime = NOON, kind: AlarmKind = AlarmKind.DOWN) -> Suspect:
    """Return a source whose visits begin to fail."""
    return Suspect(name, kind, since)


def begin(
    alarms: list[Alarm], suspects: list[Suspect] | None = None, now: datetime = NOON + 30 * MINUTE
) -> list[int]:
    """Return how many alarms each notice tells of, with three that make a group."""
    plan = plan_notices(alarms, [], {}, suspects or [], (), now, 3)
    return [len(group) for group in plan.begin]


def test_few_alarms_are_told_each_and_many_together() -> None:
    """By kind: what is down is not told together with what is silent."""
    assert [1, 1] == begin([down("a"), down("b")])
    assert [3] == begin([down("a"), down("b"), down("c")])
    silent = Alarm(AlarmKind.SILENT, "d", "")
    assert [1, 1, 1] == begin([down("a"), down("b"), silent])


def test_notice_waits_for_those_about_to_join_but_not_for_ever() -> None:
    """Sources are visited one after another: an outage shows in one after another."""
    pair = [down("a"), down("b")]
    assert [] == begin(pair, [suspect("c")])
    assert [1, 1] == begin(pair, [suspect("c")], NOON + PATIENCE)
    assert [1, 1] == begin(pair, [suspect("c", NOON - 3 * 60 * MINUTE)])
    assert [1, 1] == begin(pair, [suspect("c", kind=AlarmKind.BLOCKED)])
    assert [1] == begin([down("a")], [suspect("c")])


def end(over: str, recovering: str, now: datetime) -> Plan:
    """Plan the ends of a group of four that was told of at noon."""
    lasting = [Notice(n, down(name), NOON) for n, name in enumerate("abcd")]
    ends = {n.id: NOON + 60 * MINUTE for n in lasting if n.alarm.source_id in over}
    alarms = [n.alarm for n in lasting if n.id not in ends]
    return plan_notices(alarms, lasting, ends, [], set(recovering), now, 3)


def test_ends_of_a_group_wait_for_others_that_were_read_once_again() -> None:
    """One more success and they end too; those that are still down are not waited for."""
    soon = NOON + 70 * MINUTE
    assert () == end("abc", "d", soon).end
    assert [4] == [len(group) for group in end("abcd", "", soon).end]
    assert [3] == [len(group) for group in end("abc", "", soon).end]
    assert [3] == [len(group) for group in end("abc", "d", NOON + 60 * MINUTE + PATIENCE).end]


def test_what_is_known_already_is_not_told_again() -> None:
    """An open notice of the same kind and source is the same trouble, whatever its detail says now."""
    lasting = [Notice(1, down("a"), NOON)]
    plan = plan_notices([Alarm(AlarmKind.DOWN, "a", "7 visits failed")], lasting, {}, [], (), NOON, 3)
    assert Plan((), ()) == plan
