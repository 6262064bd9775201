"""The shipped speakers, Russian declension of names and their English spelling."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from monitor.domain.actors import Target, TargetKind, TargetNames
from monitor.domain.stance import Tier
from monitor.domain.statement import Statement
from monitor.schema import SpeakerTable
from monitor.text.attribution import Attributor, Context
from monitor.text.speakers.names import decline, to_nominative, transliterate
from monitor.text.speakers.states import build_states
from monitor.text.speakers.words import ACC, DAT, GEN, INS, LOC
from tests.text.speaker_reading import read_names, shipped_speakers


def test_many_speakers_are_shipped() -> None:
    """Presidents, ministers, deputies, commentators, institutions and others are known."""
    tiers = Counter(speaker.tier for speaker in shipped_speakers().speaker)
    assert sum(tiers.values()) >= 150
    assert all(tiers[tier] >= 10 for tier in Tier if tier is not Tier.OUTLET)


def test_no_alias_means_two_speakers() -> None:
    """An alias leads to exactly one speaker in each language."""
    for language in ("ru", "en"):
        aliases = Counter(
            alias.lower().replace("ё", "е")
            for speaker in shipped_speakers().speaker
            for alias in getattr(speaker, language)
        )
        assert [] == [alias for alias, count in aliases.items() if count > 1]


@pytest.mark.parametrize("speaker", shipped_speakers().speaker, ids=lambda speaker: speaker.name)
def test_every_speaker_is_recognised_by_name(speaker: SpeakerTable) -> None:
    """Each shipped speaker's first name in each language is attributed to him."""
    russian = read_names("", title=f"{speaker.ru[0]}: всё в порядке")
    verb = "said" if not speaker.institution else "announced"
    english = read_names("", title=f"{speaker.en[0]} {verb} that all was well", lang="en")
    assert [speaker.name] * 2 == [*russian, *english]


def test_one_holder_of_an_office_at_a_time() -> None:
    """Dates of the same office do not overlap today, so that "the president of X" means one person."""
    today = date(2026, 3, 1)
    offices = Counter(
        speaker.role
        for speaker in shipped_speakers().speaker
        if speaker.role.startswith(("President of", "Prime Minister of", "Foreign Minister of"))
        and not speaker.institution
        and (speaker.since is None or speaker.since <= today)
        and (speaker.until is None or speaker.until >= today)
    )
    assert [] == [office for office, count in offices.items() if count > 1]


@pytest.mark.parametrize(
    ("form", "case", "expected"),
    [
        ("Дмитрия Пескова", GEN, "Dmitry Peskov"),
        ("Марией Захаровой", INS, "Maria Zakharova"),
        ("Айбека Смадиярова", GEN, "Aibek Smadiyarov"),
        ("Ольги Ивановой", GEN, "Olga Ivanova"),
        ("Геворгу Мирзаяну", DAT, "Gevorg Mirzayan"),
        ("Павла Зарубина", ACC, "Pavel Zarubin"),
        ("Олеге Матвейчеве", LOC, "Oleg Matveychev"),
        ("Ермурата Бапи", GEN, "Yermurat Bapi"),
        ("Александром Дугиным", INS, "Alexander Dugin"),
        ("Юлию Витязеву", ACC, "Yulia Vityazeva"),
    ],
)
def test_name_in_a_case_becomes_a_name_in_english(form: str, case: int, expected: str) -> None:
    """A person of no list is called in the nominative and in the usual English spelling."""
    assert expected == transliterate(to_nominative(tuple(form.split()), case))


@pytest.mark.parametrize(
    ("word", "female", "forms"),
    [
        ("Песков", False, {"песков", "пескова", "пескову", "песковым", "пескове"}),
        ("Захарова", True, {"захарова", "захаровой", "захарову"}),
        ("Симоньян", True, {"симоньян"}),
        ("Слуцкий", False, {"слуцкий", "слуцкого", "слуцкому", "слуцким", "слуцком"}),
        ("Затулин", False, {"затулин", "затулина", "затулину", "затулиным", "затулине"}),
        ("Шойгу", False, {"шойгу"}),
        ("Кара-Мурза", False, {"кара-мурза", "кара-мурзы", "кара-мурзе", "кара-мурзу", "кара-мурзой"}),
    ],
)
def test_surname_declines(word: str, female: bool, forms: set[str]) -> None:
    """Surnames decline by ending and gender; women's in a consonant do not."""
    assert forms <= set(decline(word, female=female, surname=True))


def test_target_of_configuration_becomes_a_state() -> None:
    """A country that an operator adds speaks through its government and its ministries."""
    target = Target(
        id="bolivia",
        kind=TargetKind.STATE,
        title={"en": "Bolivia", "ru": "Боливия"},
        names={"ru": TargetNames(names=("Боливия",), capitals=("Ла-Пас",), adjectives=("боливийский",))},
    )
    attributor = Attributor([], [target])
    texts = [
        "Боливия запретила ввоз риса.",
        "В Ла-Пасе заявили, что рады.",
        "Боливийский МИД выразил протест.",
    ]
    for text, name in zip(texts, ["Bolivia government"] * 2 + ["Bolivia Foreign Ministry"], strict=True):
        context = Context("", text, "ru", (Statement(0, 0, len(text), text, "ru"),))
        [speaker] = attributor.attribute(context)
        assert (name, "bolivia") == (speaker.name, speaker.bloc)


def test_states_of_the_table_have_names_in_both_languages() -> None:
    """Every built-in state is known by name in Russian and in English."""
    names = build_states([])
    assert names["ru"].keys() == names["en"].keys()
    assert all(
        entry.names for language in names.values() for entries in language.values() for entry in entries
    )
