"""Names of what answers speak of, in English and Russian: parts of filters, states of sources, alarms."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.domain.alerts import Direction
from monitor.domain.notices import AlarmKind
from monitor.domain.routing import HeldBecause
from monitor.domain.source_views import Sight

PARTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "enabled": "the rule is off",
        "kinds": "kind of alert",
        "targets": "target",
        "directions": "direction",
        "stances": "stance",
        "acts": "acts",
        "topics": "topics",
        "tiers": "speaker's office",
        "blocs": "speaker's side",
        "sources": "source",
        "languages": "language",
        "words": "words",
        "min_severity": "severity",
        "min_probability": "probability",
    },
    "ru": {
        "enabled": "правило выключено",
        "kinds": "вид оповещения",
        "targets": "адресат",
        "directions": "направление",
        "stances": "тон",
        "acts": "действия",
        "topics": "темы",
        "tiers": "должность говорящего",
        "blocs": "сторона говорящего",
        "sources": "источник",
        "languages": "язык",
        "words": "слова",
        "min_severity": "сила",
        "min_probability": "вероятность",
    },
}

DIRECTIONS: Mapping[str, Mapping[Direction, str]] = {
    "en": {
        Direction.ANY: "any",
        Direction.FROM_RUSSIA: "Moscow → partners",
        Direction.TO_RUSSIA: "partners → Moscow",
        Direction.BETWEEN_PARTNERS: "partner ↔ partner",
        Direction.TO_INSTITUTIONS: "anyone → institution",
        Direction.THIRD_PARTIES: "third parties",
    },
    "ru": {
        Direction.ANY: "любое",
        Direction.FROM_RUSSIA: "Москва → союзники",
        Direction.TO_RUSSIA: "союзники → Москва",
        Direction.BETWEEN_PARTNERS: "союзник ↔ союзник",
        Direction.TO_INSTITUTIONS: "кто угодно → организация",
        Direction.THIRD_PARTIES: "третьи стороны",
    },
}

MUTED: Mapping[str, Mapping[str, str]] = {
    "en": {"target": "its target", "speaker": "its speaker", "story": "its story", "all": "everything"},
    "ru": {"target": "адресат", "speaker": "говорящий", "story": "сюжет", "all": "всё"},
}

HELD: Mapping[str, Mapping[HeldBecause, str]] = {
    "en": {
        HeldBecause.PACE: "for the summary of the period",
        HeldBecause.QUIET: "for quiet hours",
        HeldBecause.CAP: "for the hour's cap",
        HeldBecause.LATE: "after an outage",
    },
    "ru": {
        HeldBecause.PACE: "до сводки за период",
        HeldBecause.QUIET: "из-за тихих часов",
        HeldBecause.CAP: "из-за предела в час",
        HeldBecause.LATE: "после перебоя",
    },
}

SIGHTS: Mapping[str, Mapping[Sight, str]] = {
    "en": {
        Sight.READ: "read",
        Sight.BLIND: "blind now",
        Sight.NEVER: "never visited yet",
        Sight.OFF: "off",
    },
    "ru": {
        Sight.READ: "читается",
        Sight.BLIND: "сейчас не виден",
        Sight.NEVER: "ещё не опрашивался",
        Sight.OFF: "выключен",
    },
}
SIGHT_MARKS: Mapping[Sight, str] = {Sight.READ: "🟢", Sight.BLIND: "🔴", Sight.NEVER: "⚪", Sight.OFF: "⚫"}

ALARMS: Mapping[str, Mapping[AlarmKind, str]] = {
    "en": {kind: kind.value.replace("_", " ") for kind in AlarmKind},
    "ru": {
        AlarmKind.DOWN: "недоступен",
        AlarmKind.BLOCKED: "доступ закрыт",
        AlarmKind.ANTI_BOT: "защита от роботов",
        AlarmKind.SILENT: "молчит",
        AlarmKind.COLLAPSED: "даёт намного меньше обычного",
        AlarmKind.SOFT_404: "страницы не открываются",
        AlarmKind.LAYOUT: "изменилась вёрстка",
        AlarmKind.CLOCK: "неверные даты",
        AlarmKind.UNREAD: "язык не читается",
        AlarmKind.CONFIGURATION: "настройки",
        AlarmKind.STORE: "хранилище",
    },
}
