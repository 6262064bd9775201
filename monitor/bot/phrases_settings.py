"""What the bot says of settings, mutes, export and import, in English and Russian."""

from __future__ import annotations

from collections.abc import Mapping

CITIES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "Europe/Moscow": "Moscow",
        "Europe/Minsk": "Minsk",
        "Asia/Yerevan": "Yerevan",
        "Asia/Baku": "Baku",
        "Asia/Almaty": "Astana",
        "Asia/Bishkek": "Bishkek",
        "Asia/Dushanbe": "Dushanbe",
        "Asia/Tashkent": "Tashkent",
        "Europe/Brussels": "Brussels",
        "Europe/London": "London",
        "America/New_York": "New York",
        "UTC": "UTC",
    },
    "ru": {
        "Europe/Moscow": "Москва",
        "Europe/Minsk": "Минск",
        "Asia/Yerevan": "Ереван",
        "Asia/Baku": "Баку",
        "Asia/Almaty": "Астана",
        "Asia/Bishkek": "Бишкек",
        "Asia/Dushanbe": "Душанбе",
        "Asia/Tashkent": "Ташкент",
        "Europe/Brussels": "Брюссель",
        "Europe/London": "Лондон",
        "America/New_York": "Нью-Йорк",
        "UTC": "UTC",
    },
}

SETTING_PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "settings": "<b>Settings of this chat</b>",
        "zone_is": "Time zone: {zone}, it is {time} there",
        "quiet_is": "Quiet hours: {begin}–{end}",
        "quiet_off": "Quiet hours: none",
        "override_is": "In quiet hours alerts of severity {severity} and more come all the same",
        "override_never": "In quiet hours nothing comes",
        "cap_is": "At most {count} alerts an hour one by one, the rest in one summary",
        "cap_none": "Any number of alerts an hour",
        "settings_hint": (
            "Others: <code>/zone Asia/Kathmandu</code>, <code>/quiet 23:00-07:00</code>, "
            "<code>/quiet off</code>. What is muted: /mutes"
        ),
        "zone_page": "Time zone",
        "quiet_page": "Quiet hours",
        "cap_page": "Alerts an hour",
        "override_button": "override ≥ {severity}",
        "override_button_never": "no override",
        "no_quiet": "none",
        "no_cap": "no bound",
        "choose_zone": "Which clock do you go by? Another one: <code>/zone Asia/Kathmandu</code>",
        "choose_quiet": "When should I keep quiet? Other hours: <code>/quiet 22:30-06:45</code>",
        "choose_cap": "How many alerts an hour do you want one by one?",
        "unknown_zone": "I do not know the time zone “{zone}”.",
        "bad_quiet": "Write quiet hours as <code>/quiet 23:00-07:00</code>, or <code>/quiet off</code>.",
        "mute_usage": (
            "What, and for how long? For example: <code>/mute armenia 1d</code>, "
            "<code>/mute Peskov 12h</code>, <code>/mute all 1w</code>"
        ),
        "muted_until": "Muted until {until}: {what}. /mutes",
        "mute_too_long": "At most a year can be muted.",
        "mutes": "Muted:",
        "mute_until": "{what} – until {until}",
        "no_mutes": "Nothing is muted.",
        "unmute_button": "End: {what}",
        "mutes_ended": "Ended: {count}.",
        "not_muted": "That is not muted. /mutes",
        "mute_all": "everything",
        "mute_story": "story {number}",
        "exported": "Your subscriptions and settings. To bring them back, answer this file with /import.",
        "import_usage": (
            "Answer a file that /export gave you with /import, or send <code>/import</code> and the text of "
            "the file."
        ),
        "import_large": "That is too large: at most 100 kB.",
        "import_unread": "I could not get the file from Telegram. Please try again.",
        "imported": "Imported: {added} new subscriptions of {count}, and the settings. /subscriptions",
        "imported_without": "Imported: {added} new subscriptions of {count}. /subscriptions",
        "import_wrong": "Nothing was changed. This is wrong:",
        "import_more": "… and {count} more.",
        "wrong_json": "this is not JSON: line {line}, column {column}",
        "wrong_shape": "this is not what /export writes",
        "wrong_key": "there is no such key",
        "wrong_value": "this value does not fit: {value}",
        "wrong_known": "possible are {known}",
        "wrong_many": "{count} are too many, {most} may be there",
        "wrong_missing": "this is missing",
    },
    "ru": {
        "settings": "<b>Настройки этого чата</b>",
        "zone_is": "Часовой пояс: {zone}, там сейчас {time}",
        "quiet_is": "Тихие часы: {begin}–{end}",
        "quiet_off": "Тихих часов нет",
        "override_is": "В тихие часы всё равно приходят оповещения силы {severity} и выше",
        "override_never": "В тихие часы не приходит ничего",
        "cap_is": "По одному – не больше {count} оповещений в час, остальные одной сводкой",
        "cap_none": "Оповещений в час – сколько угодно",
        "settings_hint": (
            "Другое: <code>/zone Asia/Kathmandu</code>, <code>/quiet 23:00-07:00</code>, "
            "<code>/quiet выкл</code>. Что заглушено: /mutes"
        ),
        "zone_page": "Часовой пояс",
        "quiet_page": "Тихие часы",
        "cap_page": "Оповещений в час",
        "override_button": "кроме силы ≥ {severity}",
        "override_button_never": "без исключений",
        "no_quiet": "без них",
        "no_cap": "без ограничения",
        "choose_zone": "По каким часам вы живёте? Другой пояс: <code>/zone Asia/Kathmandu</code>",
        "choose_quiet": "Когда не беспокоить? Другие часы: <code>/quiet 22:30-06:45</code>",
        "choose_cap": "Сколько оповещений в час присылать по одному?",
        "unknown_zone": "Не знаю часового пояса «{zone}».",
        "bad_quiet": "Напишите тихие часы так: <code>/quiet 23:00-07:00</code> или <code>/quiet выкл</code>.",
        "mute_usage": (
            "Что и на сколько? Например: <code>/mute армения 1д</code>, <code>/mute Песков 12ч</code>, "
            "<code>/mute всё 1н</code>"
        ),
        "muted_until": "Заглушено до {until}: {what}. /mutes",
        "mute_too_long": "Заглушить можно не больше чем на год.",
        "mutes": "Заглушено:",
        "mute_until": "{what} – до {until}",
        "no_mutes": "Ничего не заглушено.",
        "unmute_button": "Снять: {what}",
        "mutes_ended": "Снято: {count}.",
        "not_muted": "Это не заглушено. /mutes",
        "mute_all": "всё",
        "mute_story": "сюжет {number}",
        "exported": "Ваши подписки и настройки. Чтобы вернуть их, ответьте на этот файл командой /import.",
        "import_usage": (
            "Ответьте командой /import на файл, который дал /export, или отправьте <code>/import</code> и "
            "текст файла."
        ),
        "import_large": "Слишком много: не больше 100 кБ.",
        "import_unread": "Не удалось получить файл у Telegram. Попробуйте ещё раз.",
        "imported": "Загружено: новых подписок {added} из {count}, и настройки. /subscriptions",
        "imported_without": "Загружено: новых подписок {added} из {count}. /subscriptions",
        "import_wrong": "Ничего не изменено. Вот что не так:",
        "import_more": "… и ещё {count}.",
        "wrong_json": "это не JSON: строка {line}, знак {column}",
        "wrong_shape": "это не то, что пишет /export",
        "wrong_key": "такого ключа нет",
        "wrong_value": "это значение не подходит: {value}",
        "wrong_known": "возможны {known}",
        "wrong_many": "{count} – слишком много, может быть {most}",
        "wrong_missing": "этого не хватает",
    },
}

SETTING_COMMANDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "settings": "time zone, quiet hours, alerts an hour",
        "zone": "set the time zone",
        "quiet": "set quiet hours",
        "mute": "hear nothing of a target or speaker for a while",
        "mutes": "what is muted",
        "unmute": "end a mute, or all",
        "name": "name a subscription",
        "words": "set the words of a subscription",
        "export": "subscriptions and settings as a file",
        "import": "take in such a file",
    },
    "ru": {
        "settings": "часовой пояс, тихие часы, оповещений в час",
        "zone": "задать часовой пояс",
        "quiet": "задать тихие часы",
        "mute": "на время заглушить адресата или говорящего",
        "mutes": "что заглушено",
        "unmute": "снять заглушение или все",
        "name": "назвать подписку",
        "words": "задать слова подписки",
        "export": "подписки и настройки в файле",
        "import": "загрузить такой файл",
    },
}
