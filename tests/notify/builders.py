"""Readers, targets and deliveries for the tests of messages."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from monitor.domain.actors import MentionRole, Person, Speaker, Target, TargetKind, TargetNames
from monitor.domain.alerts import Alert, Rule
from monitor.domain.delivery import Delivery, DeliveryKind
from monitor.domain.stance import Act, Stance, Tier
from monitor.domain.statement import Assessment, Finding, Mention, Statement
from monitor.messages.reader import Reader
from tests.builders import NOON, make_finding, make_judgement

ZONE = ZoneInfo("Asia/Yerevan")
TARGETS = (
    Target(
        "armenia",
        TargetKind.STATE,
        {"en": "Armenia", "ru": "Армения"},
        {"ru": TargetNames(names=("Армения",)), "en": TargetNames(names=("Armenia",))},
    ),
    Target(
        "kazakhstan",
        TargetKind.STATE,
        {"en": "Kazakhstan", "ru": "Казахстан"},
        {"ru": TargetNames(names=("Казахстан",)), "en": TargetNames(names=("Kazakhstan",))},
    ),
    Target(
        "union_state",
        TargetKind.INSTITUTION,
        {"en": "Union State", "ru": "Союзное государство"},
        {"ru": TargetNames(names=("Союзное государство",)), "en": TargetNames(names=("Union State",))},
    ),
)
PEOPLE = (
    Person(
        "Sergei Ivanov", Tier.GOVERNMENT, "russia", {"ru": ("Сергей Иванов",), "en": ()}, "trade minister"
    ),
)
READERS = {language: Reader.of(language, ZONE, TARGETS, PEOPLE) for language in ("en", "ru")}
RULE = Rule("rule-1", "Moscow toward partners", min_severity=20, min_probability=0.5)


def quote(
    text: str = "Ivanov said that Yerevan had broken its word.",
    words: str = "Yerevan",
    *,
    target: str = "armenia",
    stance: Stance = Stance.HOSTILE,
    speaker: Speaker | None = None,
    act: Act | None = None,
) -> Assessment:
    """Return an assessment of a statement whose mention is the given words."""
    start = text.index(words)
    mention = Mention(target, start, start + len(words), words, MentionRole.CAPITAL)
    named = Speaker("Sergei Ivanov", Tier.GOVERNMENT, "russia", "reported:Ivanov said", "trade minister")
    return Assessment(
        statement=Statement(0, 10, 10 + len(text), text, "en"),
        mention=mention,
        speaker=speaker or named,
        judgement=make_judgement(stance, act),
        topics=(),
        intensity=-0.6,
        severity=49,
    )


def make_alert(finding: Finding | None = None) -> Alert:
    """Return an alert carried by three outlets."""
    outlets = ("Agency", "Daily", "Herald")
    return Alert("key-1", "rule-1", finding or make_finding(1, quote(), outlets=outlets), NOON)


def make_delivery(
    number: int = 1, subject: str = "key-1", recipient: str = "100", kind: DeliveryKind = DeliveryKind.ALERT
) -> Delivery:
    """Return a delivery claimed for the first time."""
    return Delivery(number, kind, subject, "telegram", recipient, 1, NOON)
