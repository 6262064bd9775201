"""Mentions: every target by every kind of name, in two languages, and no false friends."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.domain.actors import MentionRole, Target, TargetKind, TargetNames
from monitor.domain.statement import Mention
from monitor.text.mentions import MentionFinder, pick_mentions
from tests.text.mention_table import ENGLISH, RUSSIAN

TARGETS_FILE = Path(__file__).parents[2] / "config" / "targets.toml"


def load_targets() -> list[Target]:
    """Read the shipped targets without the settings, which are tested elsewhere."""
    with TARGETS_FILE.open("rb") as file:
        blocks = tomllib.load(file)["target"]
    return [
        Target(
            id=block["id"],
            kind=TargetKind(block["kind"]),
            title=block["title"],
            names={
                lang: TargetNames(**{field: tuple(names) for field, names in block[lang].items()})
                for lang in ("ru", "en")
                if lang in block
            },
            members=tuple(block.get("members", ())),
        )
        for block in blocks
    ]


TARGETS = load_targets()
FINDER = MentionFinder(TARGETS)

# Each case: a statement, then every mention as "target:surface", in order.


def describe(text: str, lang: str) -> str:
    """Write the mentions found as the tables do."""
    return " ".join(f"{mention.target}:{mention.surface}" for mention in FINDER.find(text, lang))


@pytest.mark.parametrize(("text", "expected"), RUSSIAN)
def test_russian_statement_has_just_these_mentions(text: str, expected: str) -> None:
    """Each Russian statement of the table gives its mentions and no others."""
    assert expected == describe(text, "ru")


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_statement_has_just_these_mentions(text: str, expected: str) -> None:
    """Each English statement of the table gives its mentions and no others."""
    assert expected == describe(text, "en")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Армения", MentionRole.NAME),
        ("армянский", MentionRole.ADJECTIVE),
        ("армяне", MentionRole.PEOPLE),
        ("Ереван", MentionRole.CAPITAL),
        ("Пашинян", MentionRole.LEADER),
        ("правительство Армении", MentionRole.MINISTRY),
        ("КСОР", MentionRole.INSTITUTION),
        ("армянский МИД", MentionRole.MINISTRY),
        ("премьер Армении Никол Пашинян", MentionRole.LEADER),
    ],
)
def test_mention_knows_its_role(text: str, role: MentionRole) -> None:
    """A mention says which of the target's names it is."""
    assert [role] == [mention.role for mention in FINDER.find(text, "ru")]


def test_every_target_has_its_names_in_both_languages() -> None:
    """No shipped target lacks names or a title in a language that is read."""
    for target in TARGETS:
        assert {"en", "ru"} == set(target.title) == set(target.names), target.id
        assert all(names.names for names in target.names.values()), target.id


def test_every_shipped_name_is_found_where_it_stands_alone() -> None:
    """Each name of the configuration, written as there, is a mention of its target."""
    missed = [
        f"{target.id}.{lang}: {name}"
        for target in TARGETS
        for lang, names in target.names.items()
        for name in names.names + names.capitals + names.leaders + names.institutions + names.ministries
        if target.id not in {mention.target for mention in FINDER.find(f"— {name}", lang)}
    ]
    assert [] == missed


def test_no_shipped_false_friend_is_a_mention() -> None:
    """Each false friend of the configuration hides the name in it."""
    found = [
        f"{friend}: {describe(friend, lang)}"
        for target in TARGETS
        for lang, names in target.names.items()
        for friend in names.false_friends
        if FINDER.find(friend, lang)
    ]
    assert [] == found


def test_statement_in_unread_language_has_no_mention() -> None:
    """A language without rules gives nothing instead of guesses."""
    assert [] == FINDER.find("Հայաստան Russia Россия", "hy")


def test_name_is_judged_before_people_and_adjective() -> None:
    """Where several words stand for a target, the statement is judged by its name."""
    mentions = FINDER.find("Армянские политики считают, что армяне и Армения едины", "ru")
    assert ["Армения"] == [mention.surface for mention in pick_mentions(mentions)]


def test_speaker_stands_back_behind_the_country_spoken_of() -> None:
    """A leader who merely says the statement is not the mention that is judged."""
    picked = FINDER.first_per_target("Лукашенко заявил, что Белоруссия не уступит", "ru")
    assert ["Белоруссия"] == [mention.surface for mention in picked]


def test_speaking_leader_is_judged_where_nothing_else_stands_for_the_target() -> None:
    """A target named by its speaking leader alone is still found."""
    picked = FINDER.first_per_target("Lukashenko said he would help Armenia", "en")
    assert [("belarus", "Lukashenko"), ("armenia", "Armenia")] == [(m.target, m.surface) for m in picked]


def test_targets_come_from_configuration_alone() -> None:
    """A target that nobody has seen is found by the names that its block gives."""
    georgia = Target(
        id="georgia",
        kind=TargetKind.STATE,
        title={"en": "Georgia"},
        names={
            "ru": TargetNames(names=("Грузия",), adjectives=("грузинский",), false_friends=("Грузия-Фильм",))
        },
    )
    finder = MentionFinder([georgia])
    found = finder.find("Грузию и грузинского посла не позвали, а Россию позвали", "ru")
    assert ["Грузию", "грузинского"] == [mention.surface for mention in found]
    assert [] == finder.find("киностудия Грузия-Фильм", "ru")


NAMES = st.sampled_from(
    ["Россия", "Минск", "Токаев", "ОДКБ", "армяне", "Россия 1", "«Баку»", "#Армения", "МИД", "Путин: "]
)
NOISE = st.text(st.sampled_from("аяЁ .,:«»\"'-–—\u200b\u0301\u00ad #@/\n1AаCС😀ﬁ"), max_size=12)


@settings(max_examples=200, deadline=None)
@given(st.lists(NAMES | NOISE, max_size=12).map("".join))
def test_mentions_point_into_the_text_and_do_not_overlap(text: str) -> None:
    """Whatever the text, each surface stands at its offsets, in order, and no two mentions overlap."""
    for lang in ("ru", "en"):
        mentions = FINDER.find(text, lang)
        assert all(text[m.start : m.end] == m.surface and m.start < m.end for m in mentions)
        by_target: dict[str, list[Mention]] = {}
        for mention in mentions:
            by_target.setdefault(mention.target, []).append(mention)
        for own in by_target.values():
            assert all(left.end <= right.start for left, right in itertools.pairwise(own))


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=0, max_value=6), st.sampled_from("\u200b\u200d\u00ad\u2060\ufeff\u202e"))
def test_invisible_characters_hide_no_name(position: int, invisible: str) -> None:
    """A zero-width or bidirectional character inside a name changes nothing."""
    name = "Армения"
    text = f"Наша {name[:position]}{invisible}{name[position:]} ждёт"
    assert ["armenia"] == [mention.target for mention in FINDER.find(text, "ru")]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("The cycling team Astana lost. Astana finished tenth.", "en", {"kazakhstan"}),
        ("В гостинице «Баку» сменился управляющий. Баку откроется весной.", "ru", {"azerbaijan"}),
        ("The Minsk agreements were signed at night. Minsk hosted the guests.", "en", {"belarus"}),
        ("The cycling team Astana lost. Kazakhstan pays for Astana.", "en", set()),
        ("Велокоманда «Астана» выступит в июле, сообщил МИД Казахстана. Астана довольна.", "ru", set()),
        ("Astana asked Moscow for patience.", "en", set()),
    ],
)
def test_document_about_a_namesake_does_not_mean_the_state(text: str, lang: str, expected: set[str]) -> None:
    """The capital's bare name is the team's too, unless the state is named beside it."""
    assert expected == MentionFinder(load_targets()).find_namesakes(text, lang)
