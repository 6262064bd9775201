"""Who may do what, and who decides it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.bot.permits import NEEDS
from monitor.bot.phrases import COMMANDS
from monitor.bot.signing import Signer, to_base36
from monitor.domain.access import Configured, Person, Role
from tests.bot.conftest import LISTED, OPERATOR, OWNER, REVIEWER, World
from tests.builders import NOON
from tests.fakes.bot_api import TOKEN

OTHER_OPERATOR, ANALYST = 601, 7


async def join(world: World, user_id: int = ANALYST, role: Role = Role.ANALYST) -> None:
    """Let somebody in by the store, and write once so that the chat is served."""
    world.store.people.add(Person(user_id, "", role, "code", NOON))
    await world.ask(user_id, "/start")
    world.store.people.rename(user_id, f"User {user_id}")


def role(world: World, user_id: int) -> Role | None:
    """Return somebody's role as it stands."""
    return world.services.office.role_of(user_id)


def done(world: World) -> list[tuple[str, str, str, str]]:
    """Return what the audit says, the oldest first."""
    return [(e.actor, e.action, e.subject, e.detail) for e in reversed(world.store.audit.latest(100))]


@pytest.mark.parametrize("command", sorted(NEEDS))
async def test_command_above_ones_role_is_refused(world: World, command: str) -> None:
    """In both languages, naming who may; nothing is changed and nothing else is said."""
    await join(world)
    answer = await world.ask(ANALYST, f"/{command} 600 owner")
    assert f"/{command} is for" in answer
    assert "Your role: analyst." in answer
    answer = await world.ask(ANALYST, f"/{command}@monitor_bot 2d", language="ru")
    assert f"Команда /{command} – для" in answer
    assert "Ваша роль: аналитик." in answer
    await world.settle()
    assert 3 == sum(message.chat_id == ANALYST for message in world.fake.sent)
    assert [] == done(world)


@pytest.mark.parametrize("command", sorted(name for name, least in NEEDS.items() if least > Role.REVIEWER))
async def test_reviewer_is_refused_what_is_an_operators(world: World, command: str) -> None:
    """Each command on its own."""
    assert f"/{command} is for operators" in await world.ask(REVIEWER, f"/{command} 7 analyst")
    assert [] == done(world)


async def test_role_counts_in_groups_too(world: World) -> None:
    """Being served is the group's, what one may do is one's own."""
    assert "is for operators" in await world.ask(-7, "/audit", user_id=ANALYST)
    assert "Nothing was done" in await world.ask(-7, "/audit", user_id=OPERATOR)
    assert role(world, ANALYST) is None


async def test_members_of_an_operators_group_are_no_operators(world: World) -> None:
    """`telegram.operators` holds groups too: they are told of troubles, as ever."""
    assert -7 not in world.services.office.configured.operators
    assert "is for operators" in await world.ask(-7, "/users", user_id=LISTED)


async def test_help_shows_what_one_may_do(world: World) -> None:
    """And hides the rest."""
    shown = {user: await world.ask(user, "/help") for user in (LISTED, REVIEWER, OPERATOR)}
    assert [False, False, True] == ["/broadcast" in text for text in shown.values()]
    assert [False, True, True] == ["/digest" in text for text in shown.values()]
    assert "Для операторов" in await world.ask(OWNER, "/help", language="ru")


def test_menu_names_no_command_that_is_not_for_everybody() -> None:
    """Telegram shows it to all."""
    assert not COMMANDS["en"].keys() & NEEDS.keys()
    assert COMMANDS["en"].keys() == COMMANDS["ru"].keys()


async def test_role_is_given_by_command_and_its_holder_is_told(world: World) -> None:
    """In the holder's language; the change is in the audit with what was before."""
    await join(world)
    await world.ask(ANALYST, "/start", language="ru")
    before = len(world.fake.sent)
    assert "Anna is reviewer now." in await world.ask(OPERATOR, "/role 7 рецензент")
    await world.fake.until(lambda: any(m.chat_id == ANALYST for m in world.fake.sent[before:]))
    assert "рецензент" in next(m.text for m in world.fake.sent[before:] if m.chat_id == ANALYST)
    assert Role.REVIEWER is role(world, ANALYST)
    assert [(f"telegram:{OPERATOR}", "role", "telegram:7", "analyst → reviewer")] == done(world)


async def test_role_may_be_given_to_somebody_who_never_wrote(world: World) -> None:
    """Then /start lets them in: a list of one's own."""
    assert "12345 is analyst now" in await world.ask(OPERATOR, "/role 12345 analyst")
    assert "Welcome" in await world.ask(12345, "/start")
    assert "12345 Anna – analyst" in await world.ask(OPERATOR, "/users")


@pytest.mark.parametrize(
    ("actor", "command", "told"),
    [
        (OPERATOR, f"/role {OTHER_OPERATOR} analyst", "not below yours"),
        (OPERATOR, f"/remove {OTHER_OPERATOR}", "not below yours"),
        (OPERATOR, f"/role {OWNER} analyst", "not below yours"),
        (OPERATOR, f"/remove {OWNER}", "not below yours"),
        (OPERATOR, f"/role {OPERATOR} owner", "not below yours"),
        (OPERATOR, f"/remove {OPERATOR}", "not below yours"),
        (OPERATOR, f"/role {ANALYST} operator", "may not give this role"),
        (OPERATOR, f"/role {ANALYST} owner", "may not give this role"),
        (OPERATOR, f"/role {ANALYST} removed", "For example: /role"),
        (OPERATOR, f"/role {ANALYST}", "For example: /role"),
        (OPERATOR, f"/role -{ANALYST} reviewer", "For example: /role"),
        (OPERATOR, "/role 99999999999999999999 reviewer", "For example: /role"),
        (OPERATOR, f"/role {ANALYST} king", "For example: /role"),
        (OPERATOR, f"/role {ANALYST} analyst", "analyst already"),
        (OPERATOR, f"/role {REVIEWER} analyst", "The configuration gives"),
        (OPERATOR, f"/remove {REVIEWER}", "The configuration gives"),
        (OPERATOR, f"/remove {LISTED}", "The configuration gives"),
        (OPERATOR, "/remove 4242", "do not know anybody"),
        (OPERATOR, "/remove somebody", "For example: /remove"),
        (OWNER, f"/remove {OPERATOR}", "The configuration gives"),
        (OWNER, f"/role {OWNER} operator", "The configuration gives"),
    ],
)
async def test_what_nobody_may_do_is_told_and_not_done(
    world: World, actor: int, command: str, told: str
) -> None:
    """Rising oneself or others, and touching one's equals."""
    world.store.people.add(Person(OTHER_OPERATOR, "Boris", Role.OPERATOR, "telegram:700", NOON))
    world.store.people.add(Person(ANALYST, "Anna", Role.ANALYST, "code", NOON))
    kept = world.store.people.all()
    assert told in await world.ask(actor, command)
    assert kept == world.store.people.all()
    assert [] == done(world)


async def test_owner_changes_anybody_and_the_last_one_stays(world: World) -> None:
    """Where the configuration names no owner."""
    world.services.office.configured = Configured()
    await join(world, 1, Role.OWNER)
    await join(world, 2, Role.OWNER)
    assert "User 2 is operator now" in await world.ask(1, "/role 2 operator")
    assert "last owner" in await world.ask(1, "/role 1 analyst")
    assert "последний владелец" in await world.ask(1, "/remove 1", language="ru")
    assert [Role.OWNER, Role.OPERATOR] == [role(world, 1), role(world, 2)]
    assert "last owner" in await world.ask(1, "/forgetme")


async def test_removed_person_is_told_nothing_more(world: World) -> None:
    """Nor is what waited for them sent; their role in the audit is named."""
    await join(world)
    await world.ask(ANALYST, "/subscribe armenia")
    assert "User 7 was removed" in await world.ask(OPERATOR, f"/remove {ANALYST}")
    assert not world.store.chats.is_served(ANALYST)
    assert "invited chats only" in await world.ask(ANALYST, "/latest")
    assert (f"telegram:{OPERATOR}", "remove", "telegram:7", "analyst → removed") == done(world)[-1]
    assert "do not know" in await world.ask(OPERATOR, f"/remove {ANALYST}")


async def test_people_are_listed_with_their_roles(world: World) -> None:
    """Those by configuration, by decision, and those whom the old code let in, the greatest first."""
    await join(world)
    world.store.chats.serve(8, "Old Hand", "en", NOON)
    text = await world.ask(OPERATOR, "/users")
    rows = [line.split(" ")[0] for line in text.splitlines()[1:]]
    assert [str(OWNER), str(OPERATOR), str(REVIEWER), "501"] == rows[:4]
    assert {str(LISTED), "7", "8"} == set(rows[4:])
    assert "7 User 7 – analyst, by code, 13 Mar 2024" in text
    assert f"{OWNER}  – owner, by the configuration" in text
    assert "владелец, по конфигурации" in await world.ask(OPERATOR, "/users", language="ru")


async def test_many_people_are_shown_in_pages(world: World) -> None:
    """The buttons turn them."""
    for number in range(1000, 1050):
        world.store.people.add(Person(number, f"User {number}", Role.ANALYST, "code", NOON))
    shown = await world.fake.reply_to(OPERATOR, "/users")
    seen = set(shown.text.split())
    for page in (2, 3):
        world.fake.press(shown, shown.button("▶"))
        await world.fake.until(lambda page=page: f"page {page} of 3" in shown.text)
        seen |= set(shown.text.split())
    assert {str(number) for number in range(1000, 1050)} <= seen
    assert "▶" not in shown.labels


@pytest.mark.parametrize(
    ("language", "give", "remove", "reviewer", "back"),
    [
        ("en", "reviewer", "Remove", "Role: reviewer", "◀ All"),
        ("ru", "рецензент", "Исключить", "Роль: рецензент", "◀ Все"),
    ],
)
async def test_role_is_changed_by_buttons(
    world: World, language: str, give: str, remove: str, reviewer: str, back: str
) -> None:
    """A card for each person whose role one may change, with what one may give."""
    await join(world)
    shown = await world.fake.reply_to(OPERATOR, "/users", language=language)
    assert f"{OWNER}" not in shown.labels
    world.fake.press(shown, shown.button("User 7"), language=language)
    await world.fake.until(lambda: give in shown.labels)
    assert [give, remove, back] == shown.labels
    world.fake.press(shown, shown.button(give), language=language)
    await world.fake.until(lambda: reviewer in shown.text)
    assert Role.REVIEWER is role(world, ANALYST)
    world.fake.press(shown, shown.button(remove), language=language)
    await world.fake.until(lambda: "User 7" not in shown.text)
    assert Role.REMOVED is role(world, ANALYST)
    assert ["role", "remove"] == [action for _, action, _, _ in done(world)]


@pytest.mark.parametrize("payload", ["u:g:{me}:4", "u:g:{me}:3", "u:g:{owner}:0", "u:c:{me}", "u:p:0"])
async def test_button_of_former_days_gives_nothing_to_whoever_lost_the_role(
    world: World, payload: str
) -> None:
    """Genuinely signed, but its holder is a reviewer now."""
    data = Signer.from_token(TOKEN).sign(
        payload.format(me=to_base36(REVIEWER), owner=to_base36(OWNER)), REVIEWER, NOON + timedelta(hours=1)
    )
    card = await world.fake.reply_to(REVIEWER, "/help")
    text = card.text
    world.fake.press(card, data)
    await world.fake.until(lambda: bool(world.fake.answers))
    assert "may not change" in world.fake.answers[-1]["text"]
    assert (text, []) == (card.text, done(world))


async def test_operators_button_cannot_give_more_than_the_command(world: World) -> None:
    """The rule is asked when it is pressed, not when it is shown."""
    await join(world)
    data = Signer.from_token(TOKEN).sign(f"u:g:{to_base36(7)}:4", OPERATOR, NOON + timedelta(hours=1))
    world.fake.press(await world.fake.reply_to(OPERATOR, "/help"), data)
    await world.fake.until(lambda: bool(world.fake.answers))
    assert "may not give" in world.fake.answers[-1]["text"]
    assert Role.ANALYST is role(world, ANALYST)


async def test_audit_tells_who_did_what(world: World) -> None:
    """The newest first, as many as asked for, people by their names."""
    assert "Nothing was done" in await world.ask(OPERATOR, "/audit")
    world.store.people.add(Person(OPERATOR, "Olga <b>", Role.OPERATOR, "code", NOON))
    await world.ask(OPERATOR, "/role 7 analyst")
    await world.ask(OPERATOR, "/role 7 reviewer")
    text = await world.ask(OPERATOR, "/audit 1")
    assert "Olga <b> · role telegram:7 analyst → reviewer" in text
    assert 2 == len(text.splitlines())
    assert "Что сделано" in await world.ask(OPERATOR, "/audit", language="ru")
