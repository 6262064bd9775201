"""What the bot says of subscriptions, in English and Russian."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.domain.alerts import Direction
from monitor.domain.subscriptions import Kind, Pace

DIRECTIONS: Mapping[str, Mapping[Direction, str]] = {
    "en": {
        Direction.ANY: "anyone about anyone",
        Direction.FROM_RUSSIA: "Moscow → partner",
        Direction.TO_RUSSIA: "partner → Moscow",
        Direction.BETWEEN_PARTNERS: "partner ↔ partner",
        Direction.TO_INSTITUTIONS: "anyone → institution",
        Direction.THIRD_PARTIES: "third parties",
    },
    "ru": {
        Direction.ANY: "кто угодно о ком угодно",
        Direction.FROM_RUSSIA: "Москва → партнёр",
        Direction.TO_RUSSIA: "партнёр → Москва",
        Direction.BETWEEN_PARTNERS: "партнёр ↔ партнёр",
        Direction.TO_INSTITUTIONS: "кто угодно → организация",
        Direction.THIRD_PARTIES: "третьи стороны",
    },
}

KINDS: Mapping[str, Mapping[Kind, str]] = {
    "en": {
        Kind.STATEMENT: "statements",
        Kind.CHANGE: "edits and deletions",
        Kind.FIRST: "firsts",
        Kind.SHIFT: "shifts of tone",
        Kind.DIVERGENCE: "officials and commentators diverge",
        Kind.SILENCE: "silence",
    },
    "ru": {
        Kind.STATEMENT: "высказывания",
        Kind.CHANGE: "правки и удаления",
        Kind.FIRST: "впервые сказанное",
        Kind.SHIFT: "сдвиги тона",
        Kind.DIVERGENCE: "расхождения чиновников и комментаторов",
        Kind.SILENCE: "молчание",
    },
}

PACES: Mapping[str, Mapping[Pace, str]] = {
    "en": {
        Pace.IMMEDIATE: "at once",
        Pace.HOURLY: "hourly summary",
        Pace.DAILY: "daily summary",
        Pace.WEEKLY: "weekly summary",
    },
    "ru": {
        Pace.IMMEDIATE: "сразу",
        Pace.HOURLY: "сводка раз в час",
        Pace.DAILY: "сводка раз в день",
        Pace.WEEKLY: "сводка раз в неделю",
    },
}

SPOKEN: Mapping[str, Mapping[str, str]] = {
    "en": {"ru": "in Russian", "en": "in English"},
    "ru": {"ru": "на русском", "en": "на английском"},
}

PARTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "targets": "Targets",
        "directions": "Direction",
        "stances": "Stance",
        "acts": "Acts",
        "topics": "Topics",
        "tiers": "Speakers",
        "blocs": "Their side",
        "sources": "Sources",
        "languages": "Language",
        "kinds": "Kinds of alert",
        "pace": "When",
        "name": "Name",
        "words": "Words",
    },
    "ru": {
        "targets": "О ком",
        "directions": "Направление",
        "stances": "Тон",
        "acts": "Действия",
        "topics": "Темы",
        "tiers": "Кто говорит",
        "blocs": "Чья сторона",
        "sources": "Источники",
        "languages": "Язык",
        "kinds": "Виды оповещений",
        "pace": "Когда",
        "name": "Название",
        "words": "Слова",
    },
}

SUBSCRIPTION_PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "offer_usual": "Moscow and its allies, from severity 30",
        "offer_choose": "Choose yourself",
        "any": "any",
        "edit": "Edit {id}",
        "delete": "Delete {id}",
        "saved": "Saved ({id}): {wish}.",
        "save": "Save",
        "cancel": "Cancel",
        "back": "◂ Back",
        "clear": "Any",
        "cancelled": "Nothing was saved.",
        "new_subscription": "New subscription",
        "subscription_number": "Subscription {id}",
        "severity_is": "severity ≥ {severity}",
        "severity_from": "severity from {severity}",
        "everything": "everything",
        "others_too": "{some} and {count} more",
        "speakers_of": "spoken by {sides}",
        "sources_are": "sources: {sources}",
        "kinds_are": "kinds: {kinds}",
        "words_are": "words: {words}",
        "in_topic": "into topic {thread}",
        "page_hint": "<b>{part}</b>. Tap to choose; with nothing ticked, any will do.",
        "pace_hint": "<b>When</b> to tell you: each alert at once, or all of a period together.",
        "name_hint": "To name it, send <code>/name your text</code> (60 characters at most).",
        "words_hint": (
            "To ask for words of the statement, send <code>/words base, military base</code>: each entry in "
            "any of its forms; of an entry of several words all must be there. <code>/words -</code> asks "
            "for none."
        ),
        "estimate": "This would have sent you <b>{alerts}</b> in {span}.",
        "estimate_summaries": "Your summaries would have held <b>{alerts}</b> in {span}.",
        "estimate_nothing": "I know no alerts yet, so I cannot say how many this would send.",
        "for_example": "For example:",
        "too_many": "A chat may have {most} subscriptions at most. Delete one first: /subscriptions",
        "twin": "There is one just like it already; nothing was changed.",
        "gone": "This subscription is no longer there. Nothing was changed.",
        "admins_only": "In a group only administrators may change what it is told. Please ask one of them.",
        "rights_unknown": "I could not find out whether you may do this here. Please try again.",
        "no_draft": "Nothing is being edited here. Open a subscription first: /subscriptions",
        "name_usage": "Which one, and what name? For example: /name 2 Energy and gas",
        "name_long": "A name may have {most} characters.",
        "named": "Subscription {id} is called “{name}” now.",
        "words_usage": "Which one, and what words? For example: /words 2 base, military base",
        "words_long": "That is too much: at most {most} entries of {length} characters.",
        "worded": "Subscription {id}: {wish}.",
        "deleted": "Deleted: {id}",
        "undo": "Bring {id} back",
    },
    "ru": {
        "offer_usual": "Москва и союзники, от силы 30",
        "offer_choose": "Выбрать самому",
        "any": "любые",
        "edit": "Изменить {id}",
        "delete": "Удалить {id}",
        "saved": "Сохранено ({id}): {wish}.",
        "save": "Сохранить",
        "cancel": "Отменить",
        "back": "◂ Назад",
        "clear": "Любые",
        "cancelled": "Ничего не сохранено.",
        "new_subscription": "Новая подписка",
        "subscription_number": "Подписка {id}",
        "severity_is": "сила ≥ {severity}",
        "severity_from": "сила от {severity}",
        "everything": "всё",
        "others_too": "{some} и ещё {count}",
        "speakers_of": "говорит: {sides}",
        "sources_are": "источники: {sources}",
        "kinds_are": "виды: {kinds}",
        "words_are": "слова: {words}",
        "in_topic": "в тему {thread}",
        "page_hint": "<b>{part}</b>. Нажмите, чтобы выбрать; если не отмечено ничего, подойдёт любое.",
        "pace_hint": "<b>Когда</b> сообщать: каждое оповещение сразу или все за период вместе.",
        "name_hint": "Чтобы дать название, отправьте <code>/name текст</code> (не больше 60 знаков).",
        "words_hint": (
            "Чтобы искать слова в высказывании, отправьте <code>/words база, военная база</code>: каждая "
            "запись – в любой форме; если в записи несколько слов, нужны все. <code>/words -</code> – без "
            "слов."
        ),
        "estimate": "За {span} вы получили бы <b>{alerts}</b>.",
        "estimate_summaries": "За {span} в сводки попало бы <b>{alerts}</b>.",
        "estimate_nothing": "Оповещений я пока не знаю и не могу сказать, сколько их придёт.",
        "for_example": "Например:",
        "too_many": "В чате может быть не больше {most} подписок. Сначала удалите одну: /subscriptions",
        "twin": "Точно такая подписка уже есть; ничего не изменено.",
        "gone": "Этой подписки больше нет. Ничего не изменено.",
        "admins_only": "В группе это могут менять только её администраторы. Попросите кого-нибудь из них.",
        "rights_unknown": "Не удалось узнать, можно ли вам это здесь. Попробуйте ещё раз.",
        "no_draft": "Сейчас ничего не редактируется. Сначала откройте подписку: /subscriptions",
        "name_usage": "Какую и как назвать? Например: /name 2 Энергетика и газ",
        "name_long": "В названии может быть не больше {most} знаков.",
        "named": "Подписка {id} теперь называется «{name}».",
        "words_usage": "В какой и какие слова? Например: /words 2 база, военная база",
        "words_long": "Это слишком много: не больше {most} записей по {length} знаков.",
        "worded": "Подписка {id}: {wish}.",
        "deleted": "Удалено: {id}",
        "undo": "Вернуть {id}",
    },
}
