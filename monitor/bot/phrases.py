"""What the bot says, in English and Russian; arguments are escaped by whoever fills them in."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.bot.permits import NEEDS
from monitor.bot.phrases_access import ACCESS_COMMANDS, ACCESS_PHRASES
from monitor.bot.phrases_asking import ASKING_COMMANDS, ASKING_PHRASES
from monitor.bot.phrases_feedback import FEEDBACK_PHRASES
from monitor.bot.phrases_feeds import FEED_PHRASES
from monitor.bot.phrases_operating import OPERATING_PHRASES
from monitor.bot.phrases_settings import SETTING_COMMANDS, SETTING_PHRASES
from monitor.bot.phrases_subscriptions import SUBSCRIPTION_PHRASES

PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "refusal": "This bot serves invited chats only. If you have a code, send /start CODE.",
        "wrong_code": "That code is not valid. Please check it with whoever gave it to you.",
        "throttled": "Too many attempts. Please try again later.",
        "welcome": (
            "<b>Welcome.</b> I watch what Moscow and its allies say about one another and tell you when "
            "it turns hostile or conciliatory.\n\nChoose what to be told: /subscribe\nThe newest: /latest\n"
            "Everything else: /help"
        ),
        "help": (
            "/subscribe – choose by buttons, and see what it would have sent\n"
            "/subscribe hostile armenia severity 50 daily from russia officials threats energy – in words: "
            "targets, direction, tone, acts, topics, speakers, language, least severity 0–100, how often\n"
            "/subscriptions – what you are told, to change or delete it\n"
            "/unsubscribe 2 – end subscription 2; without a number, all\n"
            "/latest armenia 5 – the newest alerts, of a target if you name one\n"
            "/why 12 – all the evidence for alert 12\n"
            "/settings – time zone, quiet hours, how many alerts an hour\n"
            "/mute armenia 1d – nothing of it for a day; /mutes\n"
            "/export, /import – subscriptions and settings as a file\n"
            "\nTargets: {targets}"
        ),
        "help_reviewer": "\n/digest – review the week's digest\n/review – rule on doubtful judgements",
        "subscribed": "Subscribed ({id}): {wish}.",
        "misread": "I do not know “{word}”.",
        "nearest": " Did you mean “{nearest}”?",
        "no_subscriptions": "You have no subscriptions. /subscribe",
        "subscriptions": "You are told of:",
        "unsubscribed": "Ended: {count}.",
        "no_such_subscription": "You have no subscription {id}. /subscriptions shows yours.",
        "no_alerts": "No alerts so far.",
        "why_usage": "Which alert? For example: /why 12",
        "no_such_alert": "There is no alert {number}.",
        "unknown_command": "I do not know this command.{nearest} /help",
        "talk": "I understand commands only: /help",
        "reviewers_only": "Only reviewers may do this.",
        "bad_week": "Write the week's date as 2026-03-02.",
        "forged": "This button is not yours or was not made by me. Nothing was changed.",
        "expired": "This button is too old. Nothing was changed; send the command again.",
        "recorded": "Recorded.",
        "entry_of": "Entry {index} of {count}",
        "no_entries": "The week has no entries.",
        "drop": "Drop",
        "restore": "Restore",
        "approve": "Approve the digest",
        "publish": "Publish",
        "was_published": "Published.",
        "trouble": "Something went wrong on my side; it is recorded. Please try again.",
    },
    "ru": {
        "refusal": "Этот бот работает только в приглашённых чатах. Если есть код, отправьте /start КОД.",
        "wrong_code": "Этот код не подходит. Уточните его у того, кто вам его дал.",
        "throttled": "Слишком много попыток. Попробуйте позже.",
        "welcome": (
            "<b>Здравствуйте.</b> Я слежу за тем, что Москва и её союзники говорят друг о друге, и сообщаю, "
            "когда тон становится враждебным или примирительным.\n\nВыбрать, о чём сообщать: /subscribe\n"
            "Последнее: /latest\nОстальное: /help"
        ),
        "help": (
            "/subscribe – выбрать кнопками и увидеть, что бы это прислало\n"
            "/subscribe враждебные армения сила 50 ежедневно от москвы чиновники угрозы энергетика – "
            "словами: адресаты, направление, тон, действия, темы, кто говорит, язык, наименьшая сила 0–100, "
            "как часто\n"
            "/subscriptions – о чём вам сообщают; изменить или удалить\n"
            "/unsubscribe 2 – прекратить подписку 2; без номера – все\n"
            "/latest армения 5 – последние оповещения, можно назвать адресата\n"
            "/why 12 – все основания оповещения 12\n"
            "/settings – часовой пояс, тихие часы, сколько оповещений в час\n"
            "/mute армения 1д – ничего о ней целый день; /mutes\n"
            "/export, /import – подписки и настройки в файле\n"
            "\nАдресаты: {targets}"
        ),
        "help_reviewer": "\n/digest – проверить дайджест недели\n/review – решить спорные суждения",
        "subscribed": "Подписка ({id}): {wish}.",
        "misread": "Не знаю слова «{word}».",
        "nearest": " Может быть, «{nearest}»?",
        "no_subscriptions": "У вас нет подписок. /subscribe",
        "subscriptions": "Вам сообщают:",
        "unsubscribed": "Прекращено: {count}.",
        "no_such_subscription": "У вас нет подписки {id}. Ваши показывает /subscriptions.",
        "no_alerts": "Оповещений пока не было.",
        "why_usage": "О каком оповещении? Например: /why 12",
        "no_such_alert": "Оповещения {number} нет.",
        "unknown_command": "Не знаю такой команды.{nearest} /help",
        "talk": "Я понимаю только команды: /help",
        "reviewers_only": "Это могут делать только рецензенты.",
        "bad_week": "Напишите дату недели так: 2026-03-02.",
        "forged": "Эта кнопка не ваша или сделана не мной. Ничего не изменено.",
        "expired": "Кнопка устарела. Ничего не изменено; отправьте команду ещё раз.",
        "recorded": "Записано.",
        "entry_of": "Запись {index} из {count}",
        "no_entries": "В этой неделе нет записей.",
        "drop": "Исключить",
        "restore": "Вернуть",
        "approve": "Утвердить дайджест",
        "publish": "Опубликовать",
        "was_published": "Опубликовано.",
        "trouble": "У меня что-то сломалось, это записано. Попробуйте ещё раз.",
    },
}

COMMANDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "subscribe": "choose what to be told",
        "subscriptions": "what you are told",
        "unsubscribe": "end a subscription, or all",
        "feed": "a subscription as an Atom feed",
        "latest": "the newest alerts",
        "why": "the evidence for an alert",
        **SETTING_COMMANDS["en"],
        **ASKING_COMMANDS["en"],
        **ACCESS_COMMANDS["en"],
        "help": "how to use this bot",
    },
    "ru": {
        "subscribe": "выбрать, о чём сообщать",
        "subscriptions": "о чём вам сообщают",
        "unsubscribe": "прекратить подписку или все",
        "feed": "подписка как лента Atom",
        "latest": "последние оповещения",
        "why": "основания оповещения",
        **SETTING_COMMANDS["ru"],
        **ASKING_COMMANDS["ru"],
        **ACCESS_COMMANDS["ru"],
        "help": "как пользоваться ботом",
    },
}
KNOWN_COMMANDS = ("start", *COMMANDS["en"], *NEEDS)

_PARTS = (
    PHRASES,
    FEED_PHRASES,
    SUBSCRIPTION_PHRASES,
    SETTING_PHRASES,
    FEEDBACK_PHRASES,
    ACCESS_PHRASES,
    ASKING_PHRASES,
    OPERATING_PHRASES,
)
_ALL = {language: {k: v for part in _PARTS for k, v in part[language].items()} for language in PHRASES}


def say(language: str, key: str, **values: object) -> str:
    """Return a phrase with its values filled in."""
    return _ALL[language][key].format(**values)
