"""The words that messages are made of, in the interface's languages."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.domain.alerts import AlertKind
from monitor.domain.stance import Act, Stance, Tier, Topic

LANGUAGES = ("en", "ru")

STANCES: Mapping[str, Mapping[Stance, str]] = {
    "en": {Stance.HOSTILE: "hostile", Stance.NEUTRAL: "neutral", Stance.CONCILIATORY: "conciliatory"},
    "ru": {Stance.HOSTILE: "враждебно", Stance.NEUTRAL: "нейтрально", Stance.CONCILIATORY: "примирительно"},
}

STANCE_MARKS: Mapping[Stance, str] = {Stance.HOSTILE: "🔴", Stance.NEUTRAL: "⚪", Stance.CONCILIATORY: "🟢"}

CHANGES: Mapping[str, Mapping[AlertKind, str]] = {
    "en": {
        AlertKind.SOFTENED: "softened",
        AlertKind.SHARPENED: "sharpened",
        AlertKind.REMOVED: "removed",
    },
    "ru": {
        AlertKind.SOFTENED: "смягчено",
        AlertKind.SHARPENED: "ужесточено",
        AlertKind.REMOVED: "удалено",
    },
}

CHANGE_MARKS: Mapping[AlertKind, str] = {
    AlertKind.SOFTENED: "🔽",
    AlertKind.SHARPENED: "🔼",
    AlertKind.REMOVED: "🗑",
}

ACTS: Mapping[str, Mapping[Act, str]] = {
    "en": {
        Act.THREATEN: "threatens",
        Act.PUNISH: "punishes",
        Act.ACCUSE: "accuses",
        Act.DELEGITIMISE: "delegitimises",
        Act.DERIDE: "derides",
        Act.DEMAND: "demands",
        Act.REJECT: "rejects",
        Act.PRAISE: "praises",
        Act.SOLIDARITY: "shows solidarity",
        Act.REASSURE: "reassures",
        Act.OFFER: "offers",
        Act.AGREE: "agrees",
        Act.CONCEDE: "concedes",
    },
    "ru": {
        Act.THREATEN: "угрожает",
        Act.PUNISH: "наказывает",
        Act.ACCUSE: "обвиняет",
        Act.DELEGITIMISE: "отказывает в легитимности",
        Act.DERIDE: "высмеивает",
        Act.DEMAND: "требует",
        Act.REJECT: "отвергает",
        Act.PRAISE: "хвалит",
        Act.SOLIDARITY: "выражает солидарность",
        Act.REASSURE: "успокаивает",
        Act.OFFER: "предлагает",
        Act.AGREE: "соглашается",
        Act.CONCEDE: "уступает",
    },
}

TIERS: Mapping[str, Mapping[Tier, str]] = {
    "en": {
        Tier.HEAD_OF_STATE: "head of state",
        Tier.GOVERNMENT: "government",
        Tier.FOREIGN_MINISTRY: "foreign ministry",
        Tier.PARLIAMENT: "parliament",
        Tier.SECURITY: "security",
        Tier.COMMENTATOR: "commentator",
        Tier.INSTITUTION: "institution",
        Tier.OUTLET: "outlet",
        Tier.OTHER: "other",
    },
    "ru": {
        Tier.HEAD_OF_STATE: "глава государства",
        Tier.GOVERNMENT: "правительство",
        Tier.FOREIGN_MINISTRY: "МИД",
        Tier.PARLIAMENT: "парламент",
        Tier.SECURITY: "силовое ведомство",
        Tier.COMMENTATOR: "комментатор",
        Tier.INSTITUTION: "организация",
        Tier.OUTLET: "издание",
        Tier.OTHER: "прочие",
    },
}

TOPICS: Mapping[str, Mapping[Topic, str]] = {
    "en": {topic: topic.value.replace("_", " ") for topic in Topic},
    "ru": {
        Topic.WAR: "война",
        Topic.CONFLICT: "конфликт",
        Topic.TERRITORY: "территория",
        Topic.BASES_TROOPS: "базы и войска",
        Topic.SANCTIONS_TRADE: "санкции и торговля",
        Topic.ENERGY: "энергетика",
        Topic.MIGRATION: "миграция",
        Topic.INTEGRATION: "интеграция",
        Topic.WEST_TIES: "связи с Западом",
        Topic.DOMESTIC_POLITICS: "внутренняя политика",
        Topic.HISTORY_LANGUAGE: "история и язык",
        Topic.TERRORISM_CRIME: "терроризм и преступность",
        Topic.OTHER: "другое",
    },
}

BLOCS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "russia": "Russia",
        "west": "the West",
        "ukraine": "Ukraine",
        "other": "other side",
        "outlet": "outlet",
        "unknown": "side unknown",
    },
    "ru": {
        "russia": "Россия",
        "west": "Запад",
        "ukraine": "Украина",
        "other": "другая сторона",
        "outlet": "издание",
        "unknown": "сторона неизвестна",
    },
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "severity": "severity",
        "outlet_voice": "the outlet's own voice",
        "unknown_speaker": "unknown speaker",
        "seen": "seen",
        "source": "source",
        "headline": "headline",
        "why": "why",
        "score": "score",
        "intensity": "intensity",
        "acts": "Acts",
        "none": "none",
        "speaker_reason": "Speaker because",
        "rule": "Rule",
        "rule_gone": "no longer configured",
        "thresholds": "asks for severity ≥ {severity}, probability ≥ {probability:.2f}",
        "topics": "Topics",
        "mention": "Mention",
        "model": "Model",
        "outlets": "Carried by",
        "published": "Published",
        "alerted": "Alerted",
        "uncertain": "the classifier abstains",
        "digest": "Rhetoric digest",
        "week_of": "week of",
        "draft": "draft, not reviewed",
        "approved": "approved",
        "published_state": "published",
        "insufficient": "change: too little history",
        "change": "change",
        "mean": "mean intensity",
        "gaps": "Where coverage failed",
        "no_gaps": "Every source was read.",
        "coverage": "coverage",
        "dropped": "dropped",
        "relabelled": "relabelled; the model said {stance}",
        "quiet": "Nothing was said of",
        "notice": "Notice",
        "before": "before",
        "now": "now",
        "taken_down": "The article was taken down.",
        "taken_out": "The article no longer says it.",
        "gone_since": "found missing",
        "archived": "archived",
        "translation": "machine translation",
        "and_more": "… and {count} more: /latest",
    },
    "ru": {
        "severity": "сила",
        "outlet_voice": "голос издания",
        "unknown_speaker": "говорящий неизвестен",
        "seen": "замечено",
        "source": "источник",
        "headline": "заголовок",
        "why": "почему",
        "score": "оценка",
        "intensity": "интенсивность",
        "acts": "Действия",
        "none": "нет",
        "speaker_reason": "Говорящий определён по",
        "rule": "Правило",
        "rule_gone": "больше не настроено",
        "thresholds": "требует силы ≥ {severity}, вероятности ≥ {probability:.2f}",
        "topics": "Темы",
        "mention": "Упоминание",
        "model": "Модель",
        "outlets": "Издания",
        "published": "Опубликовано",
        "alerted": "Оповещение",
        "uncertain": "классификатор воздерживается",
        "digest": "Дайджест риторики",
        "week_of": "неделя с",
        "draft": "черновик, не проверен",
        "approved": "утверждён",
        "published_state": "опубликован",
        "insufficient": "изменение: мало истории",
        "change": "изменение",
        "mean": "средняя интенсивность",
        "gaps": "Где не было охвата",
        "no_gaps": "Все источники прочитаны.",
        "coverage": "охват",
        "dropped": "исключено",
        "relabelled": "исправлено; модель сочла: {stance}",
        "quiet": "Ничего не сказано о",
        "notice": "Сообщение",
        "before": "было",
        "now": "стало",
        "taken_down": "Материал снят с публикации.",
        "taken_out": "В материале этого больше нет.",
        "gone_since": "отсутствие замечено",
        "archived": "в архиве с",
        "translation": "машинный перевод",
        "and_more": "… и ещё {count}: /latest",
    },
}


def count_others(count: int, language: str) -> str:
    """Return "and 3 others" with the right ending, empty for none."""
    if count <= 0:
        return ""
    if language != "ru":
        return f"and {count} other{'s' if count != 1 else ''}"
    return f"и ещё {count} {plural_ru(count, 'издание', 'издания', 'изданий')}"


def plural_ru(count: int, one: str, few: str, many: str) -> str:
    """Return the Russian form that goes with a number."""
    if count % 10 == 1 and count % 100 != 11:
        return one
    return few if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14 else many
