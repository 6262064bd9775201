"""Feedback as labels: what is exported, and that the readers of labels take it."""

from __future__ import annotations

import json
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.cli import app
from monitor.domain.digest import ReviewStep, compile_digest
from monitor.domain.feedback import Ruling, Verdict
from monitor.domain.gate import compare, score_gate
from monitor.domain.labels import Label, LabelOrigin, label_to_json, number_people, text_key
from monitor.domain.moments import week_start
from monitor.domain.stance import Act, Stance
from monitor.domain.statement import Finding
from monitor.pipeline.gate import read_pairs, reviewed_pairs
from monitor.pipeline.labels import gather_labels
from storage import Store, open_store
from tests.builders import NOON
from tests.notify.builders import quote
from tests.storage.builders import find_one

HOUR = timedelta(hours=1)


def settle(store: Store) -> dict[str, Finding]:
    """Save findings on which reviewers ruled, that a digest relabels, and of which users spoke."""
    found = {
        key: find_one(store, key, quote(f"Ivanov told Yerevan {key}.", "Yerevan", act=Act.THREATEN))
        for key in ("ruled", "agreed", "digest", "users", "other")
    }
    store.verdicts.save(Verdict(found["ruled"].id, 1, False, Stance.NEUTRAL, NOON))
    store.verdicts.save(Verdict(found["users"].id, 1, False, Stance.NEUTRAL, NOON))
    store.verdicts.save(Verdict(found["other"].id, 1, False, None, NOON))
    store.verdicts.rule(Ruling(found["ruled"].id, Stance.NEUTRAL, "telegram:500", NOON), [], NOON)
    store.verdicts.rule(
        Ruling(found["agreed"].id, Stance.HOSTILE, "telegram:501", NOON + HOUR), [], NOON + HOUR
    )
    week = week_start(NOON)
    digest = compile_digest([found["digest"], found["ruled"]], ["armenia"], week, UTC, "UTC", [], {}, NOON)
    assert store.digests.save_draft(digest, NOON)
    for number, (action, entry, detail) in enumerate(
        [("relabel", 1, "conciliatory"), ("relabel", 2, "conciliatory"), ("approve", None, "")]
    ):
        at = NOON + (2 + number) * HOUR
        store.digests.add_step(ReviewStep(week, at, "telegram:500", action, entry, detail))
    return found


def gather(store: Store, **wanted: object) -> list[Label]:
    """Gather labels of a store."""
    return gather_labels(store.verdicts, store.findings, store.digests, **wanted)  # type: ignore[arg-type]


def test_rulings_go_before_digests_and_both_before_users(store: Store) -> None:
    """One label a finding; users count only where they are asked for, and never without a stance."""
    found = settle(store)
    expected = {
        found["ruled"].id: (Stance.NEUTRAL, LabelOrigin.RULED),
        found["agreed"].id: (Stance.HOSTILE, LabelOrigin.RULED),
        found["digest"].id: (Stance.CONCILIATORY, LabelOrigin.DIGEST),
    }
    assert {label.finding.id: (label.stance, label.origin) for label in gather(store)} == expected
    everything = {label.finding.id: label for label in gather(store, with_users=True)}
    assert everything.keys() == {*expected, found["users"].id}
    users = everything[found["users"].id]
    assert (users.stance, users.origin, users.who) == (Stance.NEUTRAL, LabelOrigin.USERS, "")
    assert users.weight == pytest.approx(0.8)  # one user who was right once: Beta(3, 1) after one success


def test_only_what_was_settled_since_a_day(store: Store) -> None:
    """By when it was settled, not said; an earlier ruling still goes before a later digest."""
    found = settle(store)
    settled = {label.finding.id for label in gather(store, since=NOON + HOUR)}
    assert settled == {found["agreed"].id, found["digest"].id}


def test_draft_digests_settle_nothing(store: Store) -> None:
    """Nobody has signed them."""
    finding = find_one(store)
    digest = compile_digest([finding], ["armenia"], week_start(NOON), UTC, "UTC", [], {}, NOON)
    assert store.digests.save_draft(digest, NOON)
    assert [] == gather(store)


def test_label_names_no_person_and_the_acts_only_where_people_agree(store: Store) -> None:
    """Reviewers are numbers in the order of their first label."""
    found = settle(store)
    labels = gather(store, with_users=True)
    numbers = number_people(labels)
    assert numbers == {"telegram:500": 1, "telegram:501": 2}
    rows = {label.finding.id: label_to_json(label, numbers) for label in labels}
    ruled, agreed = rows[found["ruled"].id], rows[found["agreed"].id]
    assert (ruled["stance"], ruled["acts"], ruled["reviewer"]) == ("neutral", [], 1)
    assert (agreed["stance"], agreed["acts"], agreed["reviewer"]) == ("hostile", ["threaten"], 2)
    assert ruled["text"][ruled["start"] : ruled["end"]] == "Yerevan"  # type: ignore[index,misc]
    assert (ruled["tier"], ruled["bloc"], ruled["source"]) == ("government", "russia", "agency")
    assert (ruled["story"], ruled["model_stance"]) == (found["ruled"].story_id, "hostile")
    assert rows[found["users"].id]["reviewer"] is None
    assert "telegram" not in json.dumps(list(rows.values()))


def export(tmp_path: Path, *options: str) -> tuple[Path, str]:
    """Export by the command from a store in a file, and return the file and what was printed."""
    url = f"sqlite:///{tmp_path}/monitor.db"
    if not (tmp_path / "monitor.db").exists():
        opened = open_store(url, NOON)
        settle(opened)
        opened.close()
    file = tmp_path / "written_reviewed.jsonl"
    result = CliRunner().invoke(
        app, ["labels", "export", str(file), *options], env={"RHETORIC_MONITOR__STORE__URL": url}
    )
    assert result.exit_code == 0, result.output
    return file, result.output


def test_export_is_read_by_the_gate_of_models(tmp_path: Path) -> None:
    """`model compare --pairs` takes it, and lets a model pass that knows the corrections."""
    file, printed = export(tmp_path)
    assert "3 labels" in printed
    assert "1 digest, 2 ruled" in printed
    examples = read_pairs(file, "given")
    assert {Stance.NEUTRAL, Stance.HOSTILE, Stance.CONCILIATORY} == {e.stance for e in examples}
    opened = open_store(f"sqlite:///{tmp_path}/monitor.db", NOON)
    assert {e.pair for e in reviewed_pairs(gather(opened))} == {e.pair for e in examples}
    opened.close()
    learnt = score_gate("new", examples, [e.stance for e in examples])
    stubborn = score_gate("old", examples, [Stance.HOSTILE] * 3)
    assert compare(stubborn, learnt).passed
    assert not compare(learnt, stubborn).passed


def test_export_is_read_as_training_examples(tmp_path: Path) -> None:
    """By the reader of training itself, with the key by which its tables name texts."""
    from training import examples as training
    from training.tables import read_written

    file, _ = export(tmp_path, "--all")
    read = read_written(tmp_path)
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [line["key"] for line in lines] == [example.key for example in read]
    assert [line["stance"] for line in lines] == [
        training.STANCES[e.stance].value for e in read if e.stance is not None
    ]
    assert {text_key("a  b\n c"), training.text_key("a b c")} == {training.text_key("a b c")}
    acts = {line["id"]: line["acts"] for line in lines}
    assert sorted(map(len, acts.values())) == [0, 0, 0, 1]


def test_export_since_a_day_and_of_an_empty_store(tmp_path: Path) -> None:
    """Nothing is no error."""
    file, printed = export(tmp_path, "--since", "2030-01-01")
    assert ("", "0 labels") == (file.read_text(encoding="utf-8"), printed.split(" to ")[0])


def test_model_in_use_is_measured_on_rulings_too(store: Store) -> None:
    """They count as reviewed pairs without any export."""
    found = settle(store)
    pairs = {e.pair.text for e in reviewed_pairs(gather(store))}
    assert found["ruled"].assessment.statement.text in pairs
