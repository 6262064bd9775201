"""How judgements are compared with what was expected."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from monitor.demo.evaluation import NOT_FOUND, EpisodeReport, evaluate_episodes
from monitor.demo.expected import Expected, load_expected
from monitor.demo.server import load_content, packaged_newsroom
from monitor.domain.actors import Speaker
from monitor.domain.alerts import Alert, alert_key
from monitor.domain.stance import Act, Stance, Tier
from monitor.domain.statement import Finding
from monitor.errors import ConfigurationError
from tests.builders import NOON, make_assessment, make_finding, make_speaker

TEXT = "Министр   обвинил Армению\nв обмане."
EXPECTATION: dict[str, Any] = {
    "item": "wire/1",
    "quote": "обвинил Армению в обмане",
    "speaker": "Ivan Petrov",
    "tier": "government",
    "bloc": "russia",
    "target": "armenia",
    "stance": "hostile",
    "acts": ["accuse"],
    "alert": True,
}
ITEM_OF = {f"https://example.org/{number}": f"wire/{number}" for number in range(1, 9)}


def expect(**changes: Any) -> Expected:
    """Return expectations with one episode of one judgement."""
    return Expected.model_validate(
        {"episode": [{"id": "e1", "title": "Episode", "expect": [EXPECTATION | changes]}]}
    )


def find(number: int = 1, **changes: Any) -> Finding:
    """Return a finding in item wire/<number>."""
    return make_finding(number, make_assessment(text=TEXT, **changes))


def raise_alert(finding: Finding) -> Alert:
    """Return the alert that a finding raises."""
    return Alert(alert_key(finding), "rule", finding, NOON)


def wrong_with(report: EpisodeReport) -> list[tuple[str, str, str]]:
    """Return what the only expectation's mismatches are."""
    (episode,) = report.episodes
    return [(m.what, m.expected, m.got) for miss in episode.misses for m in miss.mismatches]


def test_judgement_as_expected_passes_whatever_its_spaces() -> None:
    """A quote is found over line breaks, and its episode passes."""
    finding = find()
    report = evaluate_episodes([finding], [raise_alert(finding)], expect(), ITEM_OF)
    assert (report.passed, report.episodes[0].misses) == (1, ())


@pytest.mark.parametrize(
    ("changes", "mismatch"),
    [
        ({"stance": Stance.NEUTRAL}, ("stance", "hostile", "neutral")),
        ({"act": Act.THREATEN}, ("act", "accuse", "threaten")),
        ({"speaker": make_speaker("Pyotr Ivanov")}, ("speaker", "Ivan Petrov", "Pyotr Ivanov")),
        ({"speaker": make_speaker(tier=Tier.PARLIAMENT)}, ("tier", "government", "parliament")),
        ({"speaker": make_speaker(bloc="belarus")}, ("bloc", "russia", "belarus")),
    ],
)
def test_each_deviation_is_told(changes: dict[str, Any], mismatch: tuple[str, str, str]) -> None:
    """What was judged otherwise is named with both values."""
    finding = find(**changes)
    report = evaluate_episodes([finding], [raise_alert(finding)], expect(), ITEM_OF)
    assert [mismatch] == wrong_with(report)


def test_missing_alert_is_a_deviation_and_so_is_an_unwanted_one() -> None:
    """An expectation says whether it must alert, must not, or may."""
    finding = find()
    alerts = [raise_alert(finding)]
    assert wrong_with(evaluate_episodes([finding], [], expect(), ITEM_OF)) == [
        ("alert", "an alert", "no alert")
    ]
    assert wrong_with(evaluate_episodes([finding], alerts, expect(alert=False), ITEM_OF)) == [
        ("alert", "no alert", "an alert")
    ]
    assert wrong_with(evaluate_episodes([finding], alerts, expect(alert="any"), ITEM_OF)) == []
    assert wrong_with(evaluate_episodes([finding], [], expect(alert="any"), ITEM_OF)) == []


def test_statement_merged_into_anothers_alert_counts_as_alerted() -> None:
    """A copy in the same story by the same speaker needs no alert of its own."""
    finding = find()
    copy = replace(find(2), story_id=finding.story_id)
    report = evaluate_episodes([finding, copy], [raise_alert(copy)], expect(), ITEM_OF)
    assert wrong_with(report) == []


def test_pair_that_was_not_found_is_told_unless_optional() -> None:
    """Words without a judgement for the target are a miss of their own kind."""
    other_target = find(target="belarus")
    other_item = find(2)
    report = evaluate_episodes([other_target, other_item], [], expect(), ITEM_OF)
    assert wrong_with(report) == [("pair", "armenia", NOT_FOUND)]
    assert wrong_with(evaluate_episodes([], [], expect(optional=True), ITEM_OF)) == []


def test_nearest_of_several_findings_is_compared() -> None:
    """Where headline and body hold the words, one that is right is enough."""
    wrong, right = find(stance=Stance.NEUTRAL), replace(find(), id=2)
    report = evaluate_episodes([wrong, right], [raise_alert(right)], expect(), ITEM_OF)
    assert report.passed == 1


def test_several_answers_may_be_right() -> None:
    """Lists of stances and tiers, other names, and no speaker at all."""
    own_voice = find(stance=Stance.NEUTRAL, speaker=Speaker.outlet())
    expected = expect(
        stance=["hostile", "neutral"], tier=["government", "outlet"], speaker_also=[""], alert=False
    )
    assert wrong_with(evaluate_episodes([own_voice], [], expected, ITEM_OF)) == []


def test_neutral_judgement_needs_no_act() -> None:
    """Acts are compared for the poles only."""
    finding = find(stance=Stance.NEUTRAL)
    assert wrong_with(evaluate_episodes([finding], [], expect(stance="neutral", alert=False), ITEM_OF)) == []


def test_alerts_on_noise_are_false_and_others_are_not() -> None:
    """Only items of the noise list count."""
    noise, news = find(3), find(1)
    expected = Expected.model_validate({"noise": {"alert": False, "items": ["wire/3"]}})
    report = evaluate_episodes([noise, news], [raise_alert(noise), raise_alert(news)], expected, ITEM_OF)
    assert [a.finding.id for a in report.false_alerts] == [3]


def test_wire_with_copies_must_raise_its_number_of_alerts() -> None:
    """One wire, one alert: two are one too many."""
    first, second = find(1), find(2)
    expected = Expected.model_validate({"wire": [{"item": "wire/1", "copies": ["wire/2"], "alerts": 1}]})
    folded = evaluate_episodes([first, second], [raise_alert(first)], expected, ITEM_OF)
    doubled = evaluate_episodes([first, second], [raise_alert(first), raise_alert(second)], expected, ITEM_OF)
    assert (folded.wires[0].as_expected, doubled.wires[0].as_expected) == (True, False)


def test_background_is_counted_beside_the_episodes() -> None:
    """Further judgements do not decide whether an episode passes."""
    expected = Expected.model_validate({"background": {"expect": [EXPECTATION]}})
    report = evaluate_episodes([], [], expected, ITEM_OF)
    assert (report.background_expectations, len(report.background_misses), report.episodes) == (1, 1, ())


def test_folder_without_expectations_has_none(tmp_path: Path) -> None:
    """A folder of one's own need not say what is right."""
    assert load_expected(tmp_path / "expected.toml", ()) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[wire]]\nitem = 'a/1'\ncopies = []\nalerts = 1\n", "a/1: no such item"),
        ("[[episode]]\nid = 'e'\ntitle = 't'\nexpect = [{item = 'a/2'}]\n", "quote"),
        ("[[episode]\n", "cannot be read"),
    ],
)
def test_wrong_expectations_are_refused(tmp_path: Path, text: str, told: str) -> None:
    """Errors name the file and what is wrong."""
    path = tmp_path / "expected.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_expected(path, ["a/2"])
    assert told in str(caught.value)
    assert str(path) in str(caught.value)


def test_every_shipped_quote_stands_in_its_item() -> None:
    """The shipped expectations speak of words that the first version of the item really has."""
    content = load_content(packaged_newsroom())
    items = {item.id: item for item in content.items}
    expected = load_expected(packaged_newsroom() / "expected.toml", list(items))
    assert expected is not None
    every = [e for episode in expected.episode for e in episode.expect] + list(expected.background.expect)
    lost = [
        e.quote
        for e in every
        for item in [items[e.item]]
        if e.quote not in " ".join(f"{item.title}\n{item.lead}\n{item.body}".split())
    ]
    assert (lost, len(expected.episode)) == ([], 23)


def expect_two(second: dict[str, Any]) -> Expected:
    """Return an episode that must alert by one of two items, the second as described."""
    lines = [EXPECTATION, EXPECTATION | {"item": "wire/2"} | second]
    return Expected.model_validate({"episode": [{"id": "e1", "title": "Episode", "expect": lines}]})


def test_episode_is_told_by_one_right_alert() -> None:
    """A missed second statement leaves the episode told, though not judged right throughout."""
    right, missed = find(1), find(2, stance=Stance.NEUTRAL)
    report = evaluate_episodes([right, missed], [raise_alert(right)], expect_two({}), ITEM_OF)
    assert (1, 0, (1, 2)) == (report.told, report.passed, report.judgements)


def test_episode_without_a_right_alert_is_not_told() -> None:
    """An alert with the wrong speaker tells of something else."""
    wrong = find(1, speaker=make_speaker("Pyotr Ivanov"))
    report = evaluate_episodes([wrong], [raise_alert(wrong)], expect_two({}), ITEM_OF)
    assert 0 == report.told


def test_episode_with_a_false_alert_is_not_told() -> None:
    """A statement that must raise nothing did."""
    right, false = find(1), find(2)
    quiet = expect_two({"alert": False, "stance": "neutral", "acts": []})
    report = evaluate_episodes([right, false], [raise_alert(right), raise_alert(false)], quiet, ITEM_OF)
    assert 0 == report.told


def test_episode_that_must_not_alert_is_told_by_silence() -> None:
    """Neutral rows of the table ask for no alert."""
    quiet = expect(alert=False, stance="neutral", acts=[])
    assert 1 == evaluate_episodes([find(stance=Stance.NEUTRAL)], [], quiet, ITEM_OF).told
