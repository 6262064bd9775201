"""What the bot says around answers to questions."""

from __future__ import annotations

from collections.abc import Mapping

ASKING_PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "check_usage": (
            "Send /check with a text of up to {most} characters or with an article's address, or answer a "
            "message with /check."
        ),
        "check_too_long": "That is {length} characters; I judge up to {most} at once. Send a part of it.",
        "check_busy": "I am still at your last text. One at a time, please.",
        "check_unread": "I cannot read this language ({lang}); I read Russian and English.",
        "check_no_target": "No watched target is mentioned there.",
        "check_stored": "<b>Collected</b>: {count} judgements. Was it told? /whynot with the address.",
        "check_fetching": "It is not collected. I am reading it from {outlet} …",
        "check_fetch_failed": "It could not be read: {reason}",
        "why_no_words": "Which words moved it cannot be worked out now.",
        "bad_address": "That is no web address. For example: /whynot https://example.org/news/1",
        "whynot_usage": "Which article? For example: /whynot https://example.org/news/1",
        "trend_usage": "Whose? For example: /trend kazakhstan, or /trend kazakhstan 26 for 26 weeks.",
        "compare_usage": "Name two targets. For example: /compare armenia azerbaijan",
        "speaker_usage": "Who? For example: /speaker peskov",
        "speaker_unknown": "I know nobody of that name.{nearest}",
        "speaker_several": "Whom do you mean? {names}",
        "search_usage": "Which words? For example: /search gas pipeline",
        "search_too_long": "That is too long: up to {most} words, please.",
        "search_more": "More",
        "sources_unknown": "I know no source “{word}”.{nearest}",
        "help_asking": (
            "\n\n<b>Ask</b>\n"
            "/check text or address – judge it now\n"
            "/whynot address – why an article was not told\n"
            "/trend kazakhstan – Moscow and a target over 12 weeks\n"
            "/compare armenia azerbaijan – two targets side by side\n"
            "/speaker peskov – what somebody said of whom\n"
            "/search gas pipeline – statements by words in any form\n"
            "/sources – which sources are read; /sources name – one of them\n"
            "/status – how the service does"
        ),
    },
    "ru": {
        "check_usage": (
            "Пришлите /check и текст до {most} знаков или адрес статьи – либо ответьте /check на сообщение."
        ),
        "check_too_long": "Здесь {length} знаков; за раз я оцениваю до {most}. Пришлите часть.",
        "check_busy": "Я ещё занят вашим прошлым текстом. По одному, пожалуйста.",
        "check_unread": "Этот язык ({lang}) я не читаю; читаю русский и английский.",
        "check_no_target": "Никто из адресатов там не упомянут.",
        "check_stored": "<b>Собрано</b>, оценок: {count}. Сообщалось ли об этом: /whynot и адрес.",
        "check_fetching": "Статья не собрана. Читаю её: {outlet} …",
        "check_fetch_failed": "Прочитать не удалось: {reason}",
        "why_no_words": "Какие слова сдвинули оценку, сейчас выяснить не удалось.",
        "bad_address": "Это не адрес в сети. Например: /whynot https://example.org/news/1",
        "whynot_usage": "О какой статье речь? Например: /whynot https://example.org/news/1",
        "trend_usage": "О ком? Например: /trend казахстан или /trend казахстан 26 – за 26 недель.",
        "compare_usage": "Назовите двух адресатов. Например: /compare армения азербайджан",
        "speaker_usage": "О ком? Например: /speaker песков",
        "speaker_unknown": "Никого с таким именем не знаю.{nearest}",
        "speaker_several": "Кого вы имеете в виду? {names}",
        "search_usage": "Какие слова искать? Например: /search газопровод",
        "search_too_long": "Это слишком длинно: до {most} слов, пожалуйста.",
        "search_more": "Ещё",
        "sources_unknown": "Не знаю источника «{word}».{nearest}",
        "help_asking": (
            "\n\n<b>Спросить</b>\n"
            "/check текст или адрес – оценить сейчас\n"
            "/whynot адрес – почему о статье не сообщили\n"
            "/trend казахстан – Москва и адресат за 12 недель\n"
            "/compare армения азербайджан – два адресата рядом\n"
            "/speaker песков – что кто-то говорил о ком\n"
            "/search газопровод – высказывания по словам в любой форме\n"
            "/sources – какие источники читаются; /sources название – один из них\n"
            "/status – как работает служба"
        ),
    },
}

ASKING_COMMANDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "check": "judge a text or an article now",
        "whynot": "why an article was not told",
        "trend": "Moscow and a target over weeks",
        "compare": "two targets side by side",
        "speaker": "what somebody said of whom",
        "search": "statements by words",
        "sources": "which sources are read",
        "status": "how the service does",
    },
    "ru": {
        "check": "оценить текст или статью сейчас",
        "whynot": "почему о статье не сообщили",
        "trend": "Москва и адресат по неделям",
        "compare": "два адресата рядом",
        "speaker": "что кто-то говорил о ком",
        "search": "высказывания по словам",
        "sources": "какие источники читаются",
        "status": "как работает служба",
    },
}
