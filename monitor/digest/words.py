"""The words of the interface for stances, acts, tiers and the digest, in English and Russian."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Rhetoric digest",
        "week": "week",
        "draft": "DRAFT, not reviewed",
        "approved": "Approved",
        "published": "Published",
        "overview": "Overview",
        "target": "Target",
        "hostile": "hostile",
        "neutral": "neutral",
        "conciliatory": "conciliatory",
        "mean": "Mean intensity",
        "change": "Change",
        "insufficient": "insufficient",
        "sharpest": "Sharpest",
        "warmest": "Warmest",
        "nothing": "No hostile or conciliatory statement was found.",
        "gaps": "Where coverage failed",
        "no_gaps": "Every source was read.",
        "source": "source",
        "severity": "severity",
        "outlets": "outlets",
        "outlet_voice": "outlet's own voice",
        "unknown_speaker": "unknown speaker",
        "relabelled": "relabelled by a reviewer; the model said",
        "reviewed_by": "Reviewed by",
        "model": "Model",
        "method": (
            "Intensity runs from −1 (threats, punishment) to +1 (concessions); the change is against the "
            "mean of the weeks before, and 'insufficient' where fewer than four weeks or three statements "
            "stand behind it. "
            "A story carried by many outlets counts once. Coverage is the share of the week's usual volume "
            "that was read, shown where it is below 0.90; below 0.50 the week is not compared."
        ),
        "intensity_axis": "mean intensity",
        "not_covered": "not covered",
        "coverage": "coverage",
        "part_covered": "part covered",
        "count_axis": "statements",
        "nothing_said": "nothing was said",
    },
    "ru": {
        "title": "Дайджест риторики",
        "week": "неделя",
        "draft": "ЧЕРНОВИК, не проверен",
        "approved": "Утверждён",
        "published": "Опубликован",
        "overview": "Обзор",
        "target": "Адресат",
        "hostile": "враждебно",
        "neutral": "нейтрально",
        "conciliatory": "примирительно",
        "mean": "Средняя интенсивность",
        "change": "Изменение",
        "insufficient": "недостаточно данных",
        "sharpest": "Самое резкое",
        "warmest": "Самое тёплое",
        "nothing": "Враждебных или примирительных высказываний не найдено.",
        "gaps": "Где не было охвата",
        "no_gaps": "Все источники прочитаны.",
        "source": "источник",
        "severity": "сила",
        "outlets": "изданий",
        "outlet_voice": "голос издания",
        "unknown_speaker": "говорящий неизвестен",
        "relabelled": "исправлено рецензентом; модель сочла",
        "reviewed_by": "Проверили",
        "model": "Модель",
        "method": (
            "Интенсивность от −1 (угрозы, наказания) до +1 (уступки); изменение — к среднему "
            "предыдущих недель, "
            "«недостаточно данных» — если недель меньше четырёх или высказываний меньше трёх. "
            "Одна новость во многих изданиях считается один раз. Охват — прочитанная доля обычного объёма "
            "недели, указан, если ниже 0,90; если ниже 0,50, неделя не сравнивается."
        ),
        "intensity_axis": "средняя интенсивность",
        "not_covered": "нет охвата",
        "coverage": "охват",
        "part_covered": "охват неполный",
        "count_axis": "высказываний",
        "nothing_said": "ничего не сказано",
    },
}


def words(language: str) -> Mapping[str, str]:
    """Return the interface's words; a language that we do not have falls back to English."""
    return WORDS.get(language, WORDS["en"])


def day(moment: datetime) -> str:
    """Write a date as 2022-11-24."""
    return moment.strftime("%Y-%m-%d")
