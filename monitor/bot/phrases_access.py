"""What the bot says of roles, invitations, people and their data."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.domain.access import Role

ROLES: Mapping[str, Mapping[Role, str]] = {
    "en": {
        Role.REMOVED: "removed",
        Role.ANALYST: "analyst",
        Role.REVIEWER: "reviewer",
        Role.OPERATOR: "operator",
        Role.OWNER: "owner",
    },
    "ru": {
        Role.REMOVED: "исключён",
        Role.ANALYST: "аналитик",
        Role.REVIEWER: "рецензент",
        Role.OPERATOR: "оператор",
        Role.OWNER: "владелец",
    },
}
FOR_ROLES: Mapping[str, Mapping[Role, str]] = {
    "en": {Role.REVIEWER: "reviewers", Role.OPERATOR: "operators", Role.OWNER: "owners"},
    "ru": {Role.REVIEWER: "рецензентов", Role.OPERATOR: "операторов", Role.OWNER: "владельцев"},
}

ACCESS_PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "refusal_open": "I do not know this chat yet. Send /start to begin.",
        "needs_role": "/{command} is for {roles} and those above them. Your role: {role}.",
        "privately": "Please use this command in a private chat with me.",
        "link_expired": "This invitation has expired. Ask for a new one.",
        "link_used": "This invitation was used already. Each link works once; ask for a new one.",
        "link_revoked": "This invitation was withdrawn. Ask for a new one.",
        "link_needless": "You need no invitation: your role is {role}. The link was not used up.",
        "was_removed": "Your access was taken away. Ask an operator for an invitation.",
        "welcome_role": "Your role: {role}.",
        "invite_usage": (
            "Whom do you invite, and for how long is the link to work? For example: "
            "/invite analyst 2d – hours (12h) and minutes (30min) work too, from 10 minutes to 30 days. "
            "Roles: {roles}."
        ),
        "invite_too_much": "You may not invite to this role.",
        "invited": (
            "An invitation ({role}), for one person, until {until}:\n{link}\n\n"
            "Whoever opens it first has the role. /invitations shows and revokes."
        ),
        "no_invitations": "There are no open invitations. /invite",
        "invitations": "Open invitations:",
        "invitation": "{index}. {role}, until {until}, by {by}",
        "revoke": "Revoke {index}",
        "revoked": "Revoked.",
        "revoked_before": "It was used or revoked already.",
        "users": "People ({count}), page {page} of {pages}:",
        "user": "<code>{id}</code> {name} – {role}{by}",
        "user_by": ", by {by}, {day}",
        "by_configuration": ", by the configuration",
        "user_card": "<code>{id}</code> {name}\nRole: {role}{by}",
        "user_actions": "\nChoose another role, or remove.",
        "remove_user": "Remove",
        "all_users": "◀ All",
        "role_usage": "For example: /role 123456789 reviewer. Roles: {roles}. /users shows the numbers.",
        "remove_usage": "For example: /remove 123456789. /users shows the numbers.",
        "change_made": "{name} is {role} now.",
        "change_removed": "{name} was removed and is told nothing any more.",
        "change_same": "{name} is {role} already.",
        "change_not_yours": "You may not change this person: their role is not below yours.",
        "change_too_much": "You may not give this role.",
        "change_configured": "The configuration gives {name} this role; it can be taken away only there.",
        "change_last_owner": "This is the last owner; name another one first.",
        "no_such_user": "I do not know anybody with the number {id}.",
        "your_role": "You are {role} now. /help shows what you may do.",
        "nothing_done": "Nothing was done yet.",
        "audit": "What was done, the newest first:",
        "mydata": "All that is kept of you, as a JSON document.",
        "forgetme": (
            "This deletes your subscriptions, settings, mutes, role and all messages that wait for you. "
            "What you said of judgements stays without you, and the audit keeps what you did under a "
            "number that cannot be traced to you. It cannot be undone.{configured}"
        ),
        "forgetme_configured": (
            "\n\nThe configuration names you, so you may come back at any time; ask an operator to take "
            "you out of it."
        ),
        "forget": "Erase my data",
        "forgotten": "Your data were erased. /start begins anew, if you are invited.",
        "forget_last_owner": "You are the last owner; name another one first.",
    },
    "ru": {
        "refusal_open": "Этот чат мне ещё незнаком. Чтобы начать, отправьте /start.",
        "needs_role": "Команда /{command} – для {roles} и тех, кто выше. Ваша роль: {role}.",
        "privately": "Используйте эту команду в личном чате со мной.",
        "link_expired": "Срок приглашения истёк. Попросите новое.",
        "link_used": "Это приглашение уже использовано. Ссылка работает один раз; попросите новую.",
        "link_revoked": "Это приглашение отозвано. Попросите новое.",
        "link_needless": "Приглашение вам не нужно: ваша роль – {role}. Ссылка не израсходована.",
        "was_removed": "Ваш доступ закрыт. Попросите приглашение у оператора.",
        "welcome_role": "Ваша роль: {role}.",
        "invite_usage": (
            "Кого вы приглашаете и сколько должна работать ссылка? Например: /invite аналитик 2д – можно "
            "и часы (12ч), и минуты (30мин), от 10 минут до 30 дней. Роли: {roles}."
        ),
        "invite_too_much": "Приглашать на эту роль вы не можете.",
        "invited": (
            "Приглашение ({role}) для одного человека, до {until}:\n{link}\n\n"
            "Роль получит тот, кто откроет ссылку первым. Показать и отозвать: /invitations."
        ),
        "no_invitations": "Открытых приглашений нет. /invite",
        "invitations": "Открытые приглашения:",
        "invitation": "{index}. {role}, до {until}, от {by}",
        "revoke": "Отозвать {index}",
        "revoked": "Отозвано.",
        "revoked_before": "Оно уже использовано или отозвано.",
        "users": "Люди ({count}), страница {page} из {pages}:",
        "user": "<code>{id}</code> {name} – {role}{by}",
        "user_by": ", от {by}, {day}",
        "by_configuration": ", по конфигурации",
        "user_card": "<code>{id}</code> {name}\nРоль: {role}{by}",
        "user_actions": "\nВыберите другую роль или исключите.",
        "remove_user": "Исключить",
        "all_users": "◀ Все",
        "role_usage": "Например: /role 123456789 рецензент. Роли: {roles}. Номера показывает /users.",
        "remove_usage": "Например: /remove 123456789. Номера показывает /users.",
        "change_made": "{name}: теперь {role}.",
        "change_removed": "{name}: доступ закрыт, сообщений больше не будет.",
        "change_same": "{name}: уже {role}.",
        "change_not_yours": "Изменить роль этого человека вы не можете: она не ниже вашей.",
        "change_too_much": "Дать эту роль вы не можете.",
        "change_configured": "{name}: роль дана конфигурацией, отнять её можно только там.",
        "change_last_owner": "Это последний владелец; сначала назначьте другого.",
        "no_such_user": "Человека с номером {id} я не знаю.",
        "your_role": "Теперь ваша роль – {role}. Что вам доступно, показывает /help.",
        "nothing_done": "Пока ничего не сделано.",
        "audit": "Что сделано, сначала новое:",
        "mydata": "Всё, что о вас хранится, в виде документа JSON.",
        "forgetme": (
            "Будут удалены ваши подписки, настройки, заглушки, роль и все сообщения, которые вас ждут. "
            "Ваши отзывы об оценках останутся без указания на вас, а журнал сохранит ваши действия под "
            "числом, по которому вас не найти. Отменить это нельзя.{configured}"
        ),
        "forgetme_configured": (
            "\n\nВы названы в конфигурации и можете вернуться в любой момент; чтобы вас там не было, "
            "обратитесь к оператору."
        ),
        "forget": "Удалить мои данные",
        "forgotten": "Ваши данные удалены. Начать заново, если вас пригласят: /start.",
        "forget_last_owner": "Вы последний владелец; сначала назначьте другого.",
    },
}

ACCESS_COMMANDS: Mapping[str, Mapping[str, str]] = {
    "en": {"mydata": "all that is kept of you", "forgetme": "erase all that is kept of you"},
    "ru": {"mydata": "всё, что о вас хранится", "forgetme": "удалить всё, что о вас хранится"},
}


def read_role(word: str) -> Role | None:
    """Return the role of a word in either language, None where there is none."""
    folded = word.casefold().strip()
    for names in ROLES.values():
        for role, name in names.items():
            if folded == name and role is not Role.REMOVED:
                return role
    return None
