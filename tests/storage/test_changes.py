"""Revisions compared, articles taken down, and the alerts that come of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.domain.alerts import Alert, AlertKind
from monitor.domain.article import SavedArticle
from monitor.domain.change_alerts import ChangeAlert
from monitor.domain.changes import ChangedArticle, ChangeKind, StatementChange
from monitor.domain.revisits import RevisitPlan
from monitor.domain.stance import Stance
from monitor.domain.statement import Finding
from storage import Store, open_store
from tests.builders import NOON, make_assessment
from tests.storage.builders import assess, collect, make_alert, make_item, make_page, raise_alert, to_chat

LATER = NOON + timedelta(hours=6)
PLAN = RevisitPlan.of((1, 6), 30)
HOSTILE = make_assessment()
NEUTRAL = make_assessment(stance=Stance.NEUTRAL)


def revise(store: Store, key: str = "1", text: str = "Edited.", seen: datetime = LATER) -> SavedArticle:
    """Save another text of an article that exists."""
    return collect(store, key, text, seen=seen)


def edited(store: Store) -> ChangedArticle:
    """Collect, assess, edit, assess again and record one softened statement."""
    assess(store, collect(store), HOSTILE)
    assess(store, revise(store), NEUTRAL)
    (pair,) = store.changes.uncompared(10)
    softened = StatementChange(ChangeKind.SOFTENED, pair.before[0], pair.after[0])
    store.changes.record(pair.change.id, ChangeKind.SOFTENED, [softened])
    (changed,) = store.changes.undecided(10)
    return changed


def taken_down(store: Store, key: str = "1") -> ChangedArticle:
    """Take an article down an hour later."""
    item = make_item(key)
    store.revisits.plan(PLAN, NOON)
    visit = store.revisits.posts(item.source_id, [key])[key]
    store.revisits.save(visit, ChangeKind.REMOVED, LATER)
    return store.changes.undecided(10)[-1]


def tell(changed: ChangedArticle, finding: Finding, instead_of: str | None = None) -> ChangeAlert:
    """Return an alert about the first statement of a change."""
    former = changed.statements[0].before
    kind = AlertKind(changed.statements[0].kind)
    alert = Alert("key", "rule-1", finding, LATER, kind, former, changed.evidence)
    return ChangeAlert(changed.change.id, alert, instead_of)


def test_assessed_revision_waits_to_be_compared_with_the_one_before(store: Store) -> None:
    """With the findings and texts of both; the first text of an article has none before it."""
    assess(store, collect(store), HOSTILE)
    assert [] == store.changes.uncompared(10)
    saved = revise(store)
    assert [] == store.changes.uncompared(10)
    assess(store, saved, NEUTRAL)
    (pair,) = store.changes.uncompared(10)
    assert (ChangeKind.EDITED, 0, 1, LATER) == (
        pair.change.kind,
        pair.change.from_revision,
        pair.change.to_revision,
        pair.change.seen_at,
    )
    assert [Stance.HOSTILE] == [f.assessment.stance for f in pair.before]
    assert [Stance.NEUTRAL] == [f.assessment.stance for f in pair.after]
    assert ("Title 1\n\nText.", "Title 1\n\nEdited.") == (pair.old_text, pair.new_text)


def test_revision_that_nobody_judged_is_passed_over(store: Store) -> None:
    """An edit that came before the last one was understood, and one in another language."""
    assess(store, collect(store), HOSTILE)
    revise(store)
    assess(store, revise(store, text="Edited again."), NEUTRAL)
    unread = revise(store, text="Մեկ այլ տեքստ։")
    store.findings.save(unread, None, None, (), (), LATER)
    assess(store, revise(store, text="Edited once more."), HOSTILE)
    pairs = [(p.change.from_revision, p.change.to_revision) for p in store.changes.uncompared(10)]
    assert [(0, 2), (2, 4)] == pairs


def test_comparison_is_recorded_once(store: Store) -> None:
    """Recorded again after a crash it changes nothing."""
    changed = edited(store)
    assert [] == store.changes.uncompared(10)
    store.changes.record(changed.change.id, ChangeKind.EDITED, [])
    assert [changed] == store.changes.undecided(10)
    assert (ChangeKind.SOFTENED, 1) == (changed.change.kind, len(changed.statements))


def test_change_shows_the_copies_that_prove_it(store: Store) -> None:
    """The hash of each page and since when it stood there."""
    evidence = edited(store).evidence
    assert evidence.new is not None
    assert (NOON, make_page(b"Text.").sha256) == (evidence.old.seen_at, evidence.old.page_sha256)
    assert (LATER, make_page(b"Edited.").sha256) == (evidence.new.seen_at, evidence.new.page_sha256)


def test_edit_that_touched_nothing_needs_no_decision(store: Store) -> None:
    """It is history, not news."""
    assess(store, collect(store), HOSTILE)
    assess(store, revise(store), HOSTILE)
    (pair,) = store.changes.uncompared(10)
    added = StatementChange(ChangeKind.ADDED, None, pair.after[0])
    store.changes.record(pair.change.id, ChangeKind.EDITED, [added])
    assert [] == store.changes.undecided(10)


def test_article_taken_down_takes_its_current_statements_with_it(store: Store) -> None:
    """Those of older texts went with the edits."""
    edited(store)
    changed = taken_down(store)
    assert (ChangeKind.REMOVED, False) == (changed.change.kind, changed.change.is_edit)
    assert [(ChangeKind.REMOVED, Stance.NEUTRAL)] == [
        (s.kind, s.before.assessment.stance) for s in changed.statements if s.before
    ]
    assert changed.evidence.new is None
    assert store.changes.versions(make_item().url)[0].is_gone is False  # the visit said nothing of that


def test_alert_about_a_change_comes_back_as_it_was_saved(store: Store) -> None:
    """Its kind, the statement before and the evidence too."""
    changed = edited(store)
    after = changed.statements[0].after
    assert after is not None
    told = tell(changed, after)
    store.alerts.save_changes([told], [changed.change.id], [to_chat("key")], LATER)
    assert (1, told.alert) == store.alerts.by_key("key")
    assert [(1, told.alert)] == store.alerts.latest(5)
    assert ["key"] == [d.subject for d in store.outbox.claim("telegram", LATER, 10)]
    assert [] == store.changes.undecided(10)


def test_alert_about_a_change_is_saved_once(store: Store) -> None:
    """A decision repeated after a crash sends nothing twice."""
    changed = edited(store)
    told = tell(changed, changed.statements[0].finding)
    for recipient in ("100", "200"):
        delivery = to_chat("key", recipient)
        store.alerts.save_changes([told], [changed.change.id], [delivery], LATER)
    assert 1 == len(store.alerts.latest(5))
    assert ["100"] == [d.recipient for d in store.outbox.claim("telegram", LATER, 10)]


def test_decision_without_an_alert_is_a_decision(store: Store) -> None:
    """It does not come up again."""
    changed = edited(store)
    store.alerts.save_changes([], [changed.change.id], [], LATER)
    assert [] == store.changes.undecided(10)


def test_statement_told_as_changed_needs_no_alert_of_its_own(store: Store) -> None:
    """Its key counts as known."""
    changed = edited(store)
    told = tell(changed, changed.statements[0].finding, instead_of="ordinary")
    store.alerts.save_changes([told], [changed.change.id], [], LATER)
    assert {"key", "ordinary"} == store.alerts.known_keys({"key", "ordinary", "other"})


def test_why_of_a_finding_is_its_own_alert_though_its_removal_alerted_too(store: Store) -> None:
    """The first alert is the one about what was said."""
    assess(store, collect(store), HOSTILE)
    (finding,) = store.findings.undecided(10)
    said = raise_alert(store, finding)
    changed = taken_down(store)
    store.alerts.save_changes([tell(changed, finding)], [changed.change.id], [], LATER)
    assert (1, said) == store.alerts.for_finding(finding.id)
    assert make_alert(finding).key != "key"


def test_versions_of_an_article_tell_all_that_happened(store: Store) -> None:
    """Texts and changes in order; an unknown address has none."""
    edited(store)
    taken_down(store)
    (versions,) = store.changes.versions(make_item().url)
    assert ["Text.", "Edited."] == [revision.text for revision in versions.revisions]
    assert [ChangeKind.SOFTENED, ChangeKind.REMOVED] == [c.change.kind for c in versions.changes]
    assert [] == store.changes.versions("https://example.org/none")


def test_revision_saved_before_a_kill_is_compared_after_it(url: str) -> None:
    """Between saving, assessing and recording the store may be opened anew: nothing is lost."""
    store = open_store(url, NOON)
    assess(store, collect(store), HOSTILE)
    revise(store)
    store.close()
    store = open_store(url, LATER)
    (saved,) = store.findings.unassessed(10)
    assess(store, saved, NEUTRAL)
    store.close()
    store = open_store(url, LATER)
    (pair,) = store.changes.uncompared(10)
    store.changes.record(
        pair.change.id, ChangeKind.REMOVED, [StatementChange(ChangeKind.REMOVED, pair.before[0], None)]
    )
    store.close()
    store = open_store(url, LATER)
    assert 1 == len(store.changes.undecided(10))
    store.close()
