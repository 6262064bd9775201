"""The words by which people name the parts of a subscription, in English and Russian."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from monitor.domain.actors import Target
from monitor.domain.alerts import Direction
from monitor.domain.source import Source
from monitor.domain.stance import OFFICIAL_TIERS, Act, Stance, Tier, Topic
from monitor.domain.subscriptions import Kind, Pace
from monitor.text.inflect import inflect_phrase

PACE = "pace"
LONGEST_PHRASE = 6
FROM = ("from", "by", "от", "из")
"""What stands before the side that speaks."""
SOURCE_WORDS = ("source", "sources", "источник", "источники")
"""What stands before a source's name."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a phrase means: values of one field of a Filter, or the pace."""

    part: str
    values: frozenset[str]


Vocabulary = Mapping[str, Choice]
"""Folded phrase → what it means."""

_STANCES: Mapping[Stance, str] = {
    Stance.HOSTILE: "hostile, hostility, враждебно, враждебные, враждебное, враждебность",
    Stance.CONCILIATORY: "conciliatory, friendly, warm, примирительно, примирительные, примирительное,"
    " дружественные",
    Stance.NEUTRAL: "neutral, нейтрально, нейтральные",
}
_DIRECTIONS: Mapping[Direction, str] = {
    Direction.FROM_RUSSIA: "from russia, from moscow, by russia, by moscow, из россии, из москвы, от россии,"
    " от москвы, россия о партнерах, москва о партнерах, from_russia",
    Direction.TO_RUSSIA: "to russia, to moscow, toward russia, toward moscow, towards russia, towards moscow,"
    " about russia, about moscow, к россии, к москве, о россии, о москве, to_russia",
    Direction.BETWEEN_PARTNERS: "between partners, among partners, partners, между партнерами,"
    " партнеры между собой, between_partners",
    Direction.TO_INSTITUTIONS: "to institutions, about institutions, toward institutions, к организациям,"
    " об организациях, to_institutions",
    Direction.THIRD_PARTIES: "third parties, from third parties, outsiders, третьи стороны,"
    " от третьих сторон, third_parties",
}
_ACTS: Mapping[Act, str] = {
    Act.THREATEN: "threats, threat, threaten, threatens, угрозы, угроза, угрожает, угрожают",
    Act.PUNISH: "punishment, punishments, punish, punishes, наказания, наказание, наказывает",
    Act.ACCUSE: "accusations, accusation, accuse, accuses, обвинения, обвинение, обвиняет",
    Act.DELEGITIMISE: "delegitimise, delegitimises, delegitimize, delegitimisation, отказ в легитимности,"
    " отказывает в легитимности, делегитимация",
    Act.DERIDE: "derision, mockery, deride, derides, насмешки, насмешка, высмеивает",
    Act.DEMAND: "demands, demand, требования, требование, требует",
    Act.REJECT: "rejections, rejection, reject, rejects, отказы, отвергает, отклонение",
    Act.PRAISE: "praise, praises, похвала, похвалы, хвалит",
    Act.SOLIDARITY: "solidarity, солидарность, выражает солидарность",
    Act.REASSURE: "reassurance, reassurances, reassure, reassures, заверения, заверение, успокаивает",
    Act.OFFER: "offers, offer, предложения, предложение, предлагает",
    Act.AGREE: "agreements, agreement, agree, agrees, согласие, договоренности, соглашается",
    Act.CONCEDE: "concessions, concession, concede, concedes, уступки, уступка, уступает",
}
_TOPICS: Mapping[Topic, str] = {
    Topic.WAR: "war, война",
    Topic.CONFLICT: "conflict, conflicts, конфликт, конфликты",
    Topic.TERRITORY: "territory, borders, территория, территории, границы",
    Topic.BASES_TROOPS: "bases, troops, bases and troops, bases troops, базы, войска, базы и войска",
    Topic.SANCTIONS_TRADE: "sanctions, trade, sanctions and trade, sanctions trade, санкции, торговля,"
    " санкции и торговля",
    Topic.ENERGY: "energy, gas, энергетика, энергия, газ",
    Topic.MIGRATION: "migration, migrants, миграция, мигранты",
    Topic.INTEGRATION: "integration, интеграция",
    Topic.WEST_TIES: "west ties, ties with the west, связи с западом",
    Topic.DOMESTIC_POLITICS: "domestic politics, politics, внутренняя политика, политика",
    Topic.HISTORY_LANGUAGE: "history, language, history and language, history language, история, язык,"
    " история и язык",
    Topic.TERRORISM_CRIME: "terrorism, crime, terrorism and crime, terrorism crime, терроризм, преступность,"
    " терроризм и преступность",
    Topic.OTHER: "other topics, другие темы",
}
_TIERS: Mapping[frozenset[Tier], str] = {
    OFFICIAL_TIERS: "officials, official, officialdom, официальные, официальные лица, чиновники, официально",
    frozenset({Tier.HEAD_OF_STATE}): "presidents, president, head of state, heads of state, президент,"
    " президенты, глава государства, главы государств",
    frozenset({Tier.GOVERNMENT}): "government, governments, ministers, правительство,"
    " правительства, министры",
    frozenset({Tier.FOREIGN_MINISTRY}): "foreign ministry, foreign ministries, mfa, мид, мид россии",
    frozenset({Tier.PARLIAMENT}): "parliament, deputies, парламент, депутаты",
    frozenset({Tier.SECURITY}): "security, военные, силовики, силовое ведомство, силовые ведомства",
    frozenset({Tier.COMMENTATOR}): "commentators, commentator, комментаторы, комментатор, эксперты",
    frozenset({Tier.INSTITUTION}): "institutions, institution, организации, организация",
    frozenset({Tier.OUTLET}): "outlets, outlet, media, издания, издание, сми",
    frozenset({Tier.OTHER}): "other speakers, прочие",
}
_BLOCS: Mapping[str, str] = {
    "russia": "russian side, российская сторона",
    "west": "the west, west, запад, запада",
    "ukraine": "ukraine, украина, украины",
}
_LANGUAGES: Mapping[str, str] = {
    "ru": "in russian, russian language, russian, на русском, по русски, русский, русский язык",
    "en": "in english, english language, english, на английском, по английски, английский, английский язык",
}
_KINDS: Mapping[Kind, str] = {
    Kind.STATEMENT: "statements, statement, высказывания, высказывание, заявления",
    Kind.CHANGE: "changes, edits, deletions, правки, удаления, изменения",
    Kind.FIRST: "firsts, first time, first, впервые, первые",
    Kind.SHIFT: "shifts, shift, сдвиги, сдвиг",
    Kind.DIVERGENCE: "divergences, divergence, расхождения, расхождение",
    Kind.SILENCE: "silence, silences, молчание",
}
_PACES: Mapping[Pace, str] = {
    Pace.IMMEDIATE: "immediate, immediately, at once, instantly, сразу, немедленно",
    Pace.HOURLY: "hourly, every hour, ежечасно, каждый час, раз в час",
    Pace.DAILY: "daily, every day, ежедневно, каждый день, раз в день",
    Pace.WEEKLY: "weekly, every week, еженедельно, каждую неделю, раз в неделю",
}


def make_vocabulary(targets: Sequence[Target], sources: Sequence[Source]) -> Vocabulary:
    """Return every phrase that stands for a part of a subscription; Russian names in every case.

    What is watched comes first where a name means two things; a source is named after the word "source".
    """
    return _make(tuple(targets), tuple((source.id, source.outlet) for source in sources))


@lru_cache(maxsize=4)
def _make(targets: tuple[Target, ...], sources: tuple[tuple[str, str], ...]) -> Vocabulary:
    general = dict(_read_tables())
    # A direction holds a target's name and means more than it.
    words = {phrase: choice for phrase, choice in general.items() if choice.part == "directions"}
    sides = {phrase: choice for phrase, choice in general.items() if choice.part == "blocs"}
    for phrase, target in inflect_targets(targets).items():
        words.setdefault(phrase, Choice("targets", frozenset({target})))
        sides.setdefault(phrase, Choice("blocs", frozenset({target})))
    for phrase, side in sides.items():
        for before in FROM:
            words.setdefault(f"{before} {phrase}", side)
    for source_id, outlet in sources:
        for before in SOURCE_WORDS:
            for name in (source_id, outlet):
                words.setdefault(f"{before} {fold_word(name)}", Choice("sources", frozenset({source_id})))
    return {**general, **words}


def _read_tables() -> Iterator[tuple[str, Choice]]:
    for part, meanings in _TABLES:
        for value, names in meanings.items():
            values = value if isinstance(value, frozenset) else frozenset({value})
            for name in names.split(", "):
                yield fold_word(name), Choice(part, values)


_TABLES: Sequence[tuple[str, Mapping[Any, str]]] = (
    ("stances", _STANCES),
    ("directions", _DIRECTIONS),
    ("acts", _ACTS),
    ("topics", _TOPICS),
    ("tiers", _TIERS),
    ("blocs", _BLOCS),
    ("languages", _LANGUAGES),
    ("kinds", _KINDS),
    (PACE, _PACES),
)


def inflect_targets(targets: Sequence[Target]) -> dict[str, str]:
    """Return every way to write a target → its id, as `name_targets` does, and Russian names in every
    case."""
    names = name_targets(targets)
    for target in targets:
        russian = target.names.get("ru")
        for name in {target.title.get("ru", ""), *(russian.names if russian else ())} - {""}:
            for form in inflect_phrase(name):
                names.setdefault(fold_word(form), target.id)
    return names


def name_targets(targets: Sequence[Target]) -> dict[str, str]:
    """Return every way to write a target → its id: id, titles and dictionary names in all languages."""
    names: dict[str, str] = {}
    for target in targets:
        known = [names_in.names for names_in in target.names.values()]
        for name in (target.id, *target.title.values(), *(name for group in known for name in group)):
            names.setdefault(fold_word(name), target.id)
    return names


def fold_word(text: str) -> str:
    """Return a word or phrase as it is compared."""
    return " ".join(re.split(r"[\s_‑-]+", text.casefold().replace("ё", "е").strip("_- ")))
