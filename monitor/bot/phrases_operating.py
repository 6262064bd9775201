"""What the bot says to operators of the service: pauses, reloading, health, broadcasts."""

from __future__ import annotations

from collections.abc import Mapping

OPERATING_PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "help_operator": (
            "\n\nFor operators:\n"
            "/invite analyst 2d – a link for one person; /invitations – open ones\n"
            "/users – people; /role 123 reviewer – change a role; /remove 123 – take access away\n"
            "/audit 20 – what was changed by whom\n"
            "/pause 60 – begin no visits for so many minutes (without a number: until /resume)\n"
            "/reload – read the configuration again\n"
            "/health – how reading the sources goes\n"
            "/broadcast text – tell all chats"
        ),
        "pause_usage": "For how many minutes? For example: /pause 60. Without a number: until /resume.",
        "paused": "Collection is paused; no visits are begun until /resume.",
        "paused_until": "Collection is paused; no visits are begun until {until} or /resume.",
        "resumed": "Collection goes on.",
        "not_paused": "Collection was not paused.",
        "status_paused": "Collection is paused since {since} by {by}.",
        "status_paused_until": "Collection is paused since {since} until {until} by {by}.",
        "no_service": "No service runs in this process, so there is nothing to do this with.",
        "reloaded": "The configuration was read: {changes}.",
        "reloaded_same": "The configuration was read; nothing changed.",
        "reload_restart": "\nThese need a restart: {keys}.",
        "reload_refused": "The configuration is wrong; the one before stays in force:",
        "reload_later": "The files changed while they were read; they are read again in a moment.",
        "broadcast_usage": "What are all chats to be told? For example: /broadcast Maintenance at 18:00.",
        "broadcast_long": "That is too long: {count} characters, at most {most} fit.",
        "broadcast_ask": "Send this to {count} chats?\n\n{text}",
        "broadcast_send": "Send to {count} chats",
        "broadcast_sent": "On its way to {count} chats.",
        "broadcast_before": "It was sent already.",
        "broadcast_nobody": "No chat is served.",
    },
    "ru": {
        "help_operator": (
            "\n\nДля операторов:\n"
            "/invite аналитик 2д – ссылка для одного человека; /invitations – открытые приглашения\n"
            "/users – люди; /role 123 рецензент – сменить роль; /remove 123 – закрыть доступ\n"
            "/audit 20 – кто что изменил\n"
            "/pause 60 – не начинать обходов столько минут (без числа – до /resume)\n"
            "/reload – перечитать конфигурацию\n"
            "/health – как читаются источники\n"
            "/broadcast текст – сообщить всем чатам"
        ),
        "pause_usage": "На сколько минут? Например: /pause 60. Без числа – до /resume.",
        "paused": "Сбор приостановлен: обходы не начинаются до /resume.",
        "paused_until": "Сбор приостановлен: обходы не начинаются до {until} или до /resume.",
        "resumed": "Сбор продолжается.",
        "not_paused": "Сбор не был приостановлен.",
        "status_paused": "Сбор приостановлен с {since}, оператор: {by}.",
        "status_paused_until": "Сбор приостановлен с {since} до {until}, оператор: {by}.",
        "no_service": "В этом процессе служба не работает, выполнить это не с чем.",
        "reloaded": "Конфигурация прочитана: {changes}.",
        "reloaded_same": "Конфигурация прочитана, изменений нет.",
        "reload_restart": "\nЧтобы подействовало это, нужен перезапуск: {keys}.",
        "reload_refused": "Конфигурация неверна, действует прежняя:",
        "reload_later": "Файлы менялись во время чтения; они будут прочитаны ещё раз.",
        "broadcast_usage": "Что сообщить всем чатам? Например: /broadcast В 18:00 работы на сервере.",
        "broadcast_long": "Слишком длинно: знаков {count}, помещается не больше {most}.",
        "broadcast_ask": "Отправить это в чаты ({count})?\n\n{text}",
        "broadcast_send": "Отправить в чаты: {count}",
        "broadcast_sent": "Отправляется, чатов: {count}.",
        "broadcast_before": "Это уже отправлено.",
        "broadcast_nobody": "Ни один чат не обслуживается.",
    },
}
