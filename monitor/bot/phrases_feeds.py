"""What the bot says about feeds."""

from __future__ import annotations

from collections.abc import Mapping

FEED_PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "feed_off": "Feeds are not served here: the operator has set no address for them.",
        "feed_usage": "Of which subscription? For example: /feed 2. /subscriptions shows the numbers.",
        "feed_address": (
            "The Atom feed of subscription {id}:\n{address}\n"
            "Whoever has this address can read it. /feed {id} off closes it."
        ),
        "feed_closed": "The feed of subscription {id} is closed; its address leads nowhere now.",
    },
    "ru": {
        "feed_off": "Ленты здесь не раздаются: оператор не задал для них адрес.",
        "feed_usage": "Какой подписки? Например: /feed 2. Номера показывает /subscriptions.",
        "feed_address": (
            "Лента Atom подписки {id}:\n{address}\n"
            "Читать её может каждый, у кого есть адрес. Закрыть: /feed {id} off"
        ),
        "feed_closed": "Лента подписки {id} закрыта, её адрес больше никуда не ведёт.",
    },
}
