"""Everything that is kept of somebody is shown to them, and erased."""

from __future__ import annotations

import json
from datetime import timedelta

from sqlalchemy import select

from monitor.domain.access import (
    Entry,
    Invitation,
    Person,
    Role,
    actor_of,
    chat_subject,
    erased_name,
)
from monitor.domain.alerts import Decision
from monitor.domain.delivery import DeliveryKind, NewDelivery, Place, SentMessage
from monitor.domain.digest import ReviewStep
from monitor.domain.feedback import Ruling, Verdict
from monitor.domain.preferences import Mute, MuteKind, Preferences
from monitor.domain.routing import Held, HeldBecause
from monitor.domain.stance import Stance
from monitor.domain.subscriptions import Filter, Subscription
from monitor.domain.switches import Pause
from storage import Store
from storage.personal import ABOUT, NAMED, NUMBERED
from storage.tables import metadata
from tests.builders import NOON
from tests.storage.builders import find_one, make_alert, to_chat
from tests.storage.test_digests import make_digest

ANNA, BORIS, GROUP = 987654321, 98765432, -1005550001112
PSEUDONYM = 0xABCDEF
WEEK = timedelta(days=7)
IMPERSONAL = frozenset(
    {
        *("alembic_version", "upgrades", "leases", "sources", "source_runs", "source_hours", "run_troubles"),
        *("polling", "backfills", "items", "quiet_items", "pages", "captures", "prunings", "articles"),
        *("revisions", "revisits", "changes", "statement_changes", "extractions", "stories", "story_bands"),
        *(
            "positions",
            "findings",
            "alerts",
            "alert_changes",
            "alert_firsts",
            "signals",
            "notices",
            "digests",
        ),
    }
)
"""Tables in which nothing is kept of those who read."""


def fill(store: Store, user_id: int, number: int) -> None:
    """Let somebody do everything that leaves a trace."""
    me = actor_of(user_id)
    store.people.add(Person(user_id, "Anna", Role.OWNER, me, NOON))
    store.people.change(Person(555 + number, "Third", Role.ANALYST, me, NOON), keep_owner=False)
    store.people.invite(Invitation(f"made{number}", Role.ANALYST, me, NOON, NOON + WEEK))
    store.people.invite(Invitation(f"used{number}", Role.OWNER, "telegram:1", NOON, NOON + WEEK))
    store.people.redeem(f"used{number}", user_id, "Anna", NOON)
    store.chats.serve(user_id, "Anna", "ru", NOON)
    mine = store.chats.subscribe(Subscription(0, user_id, Filter(frozenset({"armenia"}))), NOON)
    store.feeds.open(user_id, mine.id, NOON)
    store.drafts.open(user_id, Subscription(0, GROUP, Filter()), NOON)
    store.preferences.save(user_id, Preferences(zone="Asia/Yerevan"))
    store.preferences.mute(Mute(user_id, MuteKind.TARGET, "armenia", NOON + WEEK))
    finding = find_one(store, f"f{number}")
    alert = make_alert(finding)
    store.alerts.save_decision(
        Decision((alert,), ()),
        [to_chat(alert.key, str(user_id)), to_chat(alert.key, str(Place(GROUP, 5)))],
        NOON,
        [Held(Place(user_id), f"other{number}", mine.id, HeldBecause.QUIET, NOON)],
    )
    store.held.release(NOON)
    for delivery in store.outbox.claim("telegram", NOON, 10):
        shown = SentMessage(delivery.id, alert.key, delivery.recipient, 1, 1, NOON)
        store.outbox.sent(delivery.id, NOON, [shown])
    store.outbox.add([NewDelivery(DeliveryKind.NOTICE, "later", "telegram", str(user_id))], NOON)
    (waiting,) = [d for d in store.outbox.claim("telegram", NOON, 10) if d.recipient == str(user_id)]
    store.outbox.retry(waiting.id, NOON + WEEK, "429")
    store.verdicts.save(Verdict(finding.id, user_id, True, None, NOON))
    store.verdicts.rule(Ruling(finding.id, Stance.NEUTRAL, me, NOON), [], NOON)
    if not store.digests.weeks():
        store.digests.save_draft(make_digest(store), NOON)
    store.digests.add_step(ReviewStep(store.digests.weeks()[0], NOON, me, "approve"))
    store.switches.pause(Pause(me, NOON))
    store.broadcasts.draft("Hello", me, NOON)
    store.audit.add(Entry(NOON, me, "mute", chat_subject(user_id), "armenia"))
    store.audit.add(Entry(NOON, "telegram:1", "remove", me, f"seen with {me} and {me}0"))


def read_everything(store: Store) -> dict[str, list[str]]:
    """Return every row of every table as text."""
    with store.database.read() as connection:
        return {
            table.name: [str(tuple(row)) for row in connection.execute(select(table))]
            for table in metadata.sorted_tables
        }


def test_every_table_is_personal_or_known_not_to_be() -> None:
    """Whoever adds a table says here, or in storage/personal.py, whether it tells of readers."""
    personal = {table.name for table in (*ABOUT, *NAMED, *NUMBERED)}
    assert set() == personal & IMPERSONAL
    assert {table.name for table in metadata.sorted_tables} <= personal | IMPERSONAL


def test_export_has_every_table_in_which_somebody_stands(store: Store) -> None:
    """All that the tables hold of one, nothing of another, as JSON."""
    fill(store, BORIS, 1)
    fill(store, ANNA, 2)
    found = store.personal.export(ANNA)
    rows = read_everything(store)
    named = {name for name, texts in rows.items() if any(str(ANNA) in text for text in texts)}
    # A feed tells of its reader by its subscription only.
    assert {*named, "feeds"} == found.keys()
    text = json.dumps(found)
    assert "armenia" in text
    assert f"{BORIS}," not in text.replace(str(ANNA), "")
    assert {} == store.personal.export(424242)


def test_erasing_leaves_no_trace_and_touches_nobody_else(store: Store) -> None:
    """Every cell of every table is read; numbers that begin alike are other people."""
    fill(store, BORIS, 1)
    before = {name: [t for t in texts if str(BORIS) in t] for name, texts in read_everything(store).items()}
    fill(store, ANNA, 2)
    boris = store.personal.export(BORIS)
    done = store.personal.erase(ANNA, PSEUDONYM)
    after = read_everything(store)
    traces = {name: hits for name, texts in after.items() if (hits := [t for t in texts if str(ANNA) in t])}
    assert {"audit": [t for t in after["audit"] if f"{ANNA}0" in t]} == traces, "only whose number is longer"
    assert [] == [t for t in after["feeds"] if "987654321" in t]
    assert {**boris, "switches": ()} == {**store.personal.export(BORIS), "switches": ()}
    assert 1 == len(after["feeds"])
    assert done["deliveries"] == 3
    assert before["chats"] == after["chats"]
    store.check()


def test_what_others_rest_on_is_kept_under_the_pseudonym(store: Store) -> None:
    """Verdicts count, the audit stays whole, invitations that were given out still work."""
    fill(store, ANNA, 2)
    entries, verdicts = len(store.audit.latest(100)), store.verdicts.of_user(ANNA)
    store.personal.erase(ANNA, PSEUDONYM)
    name = erased_name(PSEUDONYM)
    assert entries == len(store.audit.latest(100))
    assert (name, name) == (store.audit.latest(2)[1].actor, store.audit.latest(2)[1].subject)
    (kept,) = store.verdicts.of_user(-PSEUDONYM)
    assert [(kept.finding_id, kept.confirmed)] == [(one.finding_id, one.confirmed) for one in verdicts]
    assert [name] == [one.created_by for one in store.people.open_invitations(NOON)]
    assert name == ((pause := store.switches.paused(NOON)) and pause.by)
    assert [name] == [step.reviewer for step in store.digests.steps(store.digests.weeks()[0])]


def test_message_that_is_being_sent_while_its_reader_is_erased_is_not_noted(store: Store) -> None:
    """It arrives, and nothing breaks."""
    store.outbox.add([to_chat("a", str(ANNA))], NOON)
    (sending,) = store.outbox.claim("telegram", NOON, 1)
    store.personal.erase(ANNA, PSEUDONYM)
    store.outbox.sent(sending.id, NOON, [SentMessage(sending.id, "a", str(ANNA), 1, 1, NOON)])
    assert [] == store.messages.of_alert("a")
