"""Links that let one person in."""

from __future__ import annotations

import base64
import re
from datetime import timedelta

import pytest

from monitor.bot.invitation_links import InvitationLinks
from monitor.bot.inviting import parse_invitation
from monitor.bot.signing import ForgedDataError, Signer
from monitor.domain.access import Person, Role
from tests.bot.conftest import CODE, LISTED, OPERATOR, OWNER, REVIEWER, World
from tests.builders import NOON
from tests.fakes.bot_api import TOKEN
from tests.fakes.telegram_shapes import ME

LINKS = InvitationLinks.of(Signer.from_token(TOKEN))
PAYLOAD = re.compile(rf"https://t\.me/{ME['username']}\?start=([A-Za-z0-9_-]{{1,64}})(?![\w-])")


async def make_link(world: World, words: str = "analyst 2d", user_id: int = OPERATOR, **who: str) -> str:
    """Let somebody invite and return the link's payload."""
    found = PAYLOAD.search(await world.ask(user_id, f"/invite {words}", **who))
    assert found is not None
    return found[1]


def roles(world: World) -> dict[int, Role]:
    """Return who has which role by what was decided."""
    return {person.user_id: person.role for person in world.store.people.all()}


@pytest.mark.parametrize(
    ("language", "words", "welcome", "used"),
    [
        ("en", "reviewer 12h", "Your role: reviewer.", "used already"),
        ("ru", "рецензент 12ч", "Ваша роль: рецензент.", "уже использовано"),
    ],
)
async def test_link_lets_one_person_in(
    world: World, language: str, words: str, welcome: str, used: str
) -> None:
    """From the operator's command to the newcomer's first one, in both languages."""
    payload = await make_link(world, words, language=language)
    assert welcome in await world.ask(7, f"/start {payload}", language=language)
    assert used in await world.ask(8, f"/start {payload}", language=language)
    assert {7: Role.REVIEWER} == roles(world)
    assert [True, False] == [world.store.chats.is_served(user) for user in (7, 8)]
    assert [(f"telegram:{OPERATOR}", "invite"), ("telegram:7", "redeem")] == [
        (entry.actor, entry.action) for entry in reversed(world.store.audit.latest(10))
    ]


async def test_name_of_the_newcomer_is_kept(world: World) -> None:
    """So that operators see whom they let in."""
    await world.ask(7, f"/start {await make_link(world)}")
    assert ["Anna"] == [person.name for person in world.store.people.all()]


@pytest.mark.parametrize(("language", "told"), [("en", "has expired"), ("ru", "Срок приглашения истёк")])
async def test_expired_link_gives_nothing(world: World, language: str, told: str) -> None:
    """Nor does it a second before the next minute."""
    payload = await make_link(world, "analyst 10min")
    world.clock.move(600)
    assert told in await world.ask(7, f"/start {payload}", language=language)
    assert {} == roles(world)
    assert not world.store.chats.is_served(7)


@pytest.mark.parametrize(
    ("language", "button", "told", "none"),
    [
        ("en", "Revoke 1", "was withdrawn", "no open invitations"),
        ("ru", "Отозвать 1", "отозвано", "Открытых приглашений нет"),
    ],
)
async def test_revoked_link_gives_nothing(
    world: World, language: str, button: str, told: str, none: str
) -> None:
    """By the button under the list, which then shows what is left."""
    payload = await make_link(world)
    shown = await world.fake.reply_to(OPERATOR, "/invitations", language=language)
    assert [button] == shown.labels
    world.fake.press(shown, shown.button(button), language=language)
    await world.fake.until(lambda: none in shown.text)
    assert told in await world.ask(7, f"/start {payload}", language=language)
    assert {} == roles(world)
    assert ["revoke", "invite"] == [entry.action for entry in world.store.audit.latest(10)]


@pytest.mark.parametrize("place", [0, 8, 9, 10, 13, 14, 29])
async def test_forged_link_gives_nothing(world: World, place: int) -> None:
    """Whichever byte is changed: nonce, role, end or signature."""
    payload = await make_link(world)
    forged = bytearray(base64.urlsafe_b64decode(payload))
    forged[place] ^= 3
    text = base64.urlsafe_b64encode(bytes(forged)).decode()
    assert "not valid" in await world.ask(7, f"/start {text}")
    assert {} == roles(world)
    assert "Welcome" in await world.ask(8, f"/start {payload}")


async def test_link_of_another_bot_or_of_a_buttons_key_is_forged(world: World) -> None:
    """Each use has its own key."""
    signer = Signer.from_token(TOKEN)
    until = NOON + timedelta(days=1)
    for links in (
        InvitationLinks.of(Signer.from_token("1:another")),
        InvitationLinks(signer.key),
        InvitationLinks(signer.derive("something else")),
    ):
        payload = links.pack(LINKS.make_nonce(), Role.OWNER, until)
        with pytest.raises(ForgedDataError):
            LINKS.open(payload)
        assert "not valid" in await world.ask(7, f"/start {payload}")
        world.clock.move(3600)


async def test_signed_link_that_the_store_does_not_know_gives_nothing(world: World) -> None:
    """A leaked key is not enough: an invitation must be there."""
    payload = LINKS.pack(LINKS.make_nonce(), Role.OWNER, NOON + timedelta(days=1))
    assert "was withdrawn" in await world.ask(7, f"/start {payload}")
    assert {} == roles(world)


async def test_bad_links_are_throttled_like_codes(world: World) -> None:
    """Reused ones too; five in an hour, then not even a good one helps."""
    used = await make_link(world)
    good = await make_link(world)
    await world.ask(8, f"/start {used}")
    for _ in range(5):
        assert "used already" in await world.ask(7, f"/start {used}")
    assert "Too many attempts" in await world.ask(7, f"/start {good}")
    assert "Too many attempts" in await world.ask(7, f"/start {CODE}")
    world.clock.move(3601)
    assert "Welcome" in await world.ask(7, f"/start {good}")


async def test_link_raises_whoever_is_served_but_never_lowers(world: World) -> None:
    """An analyst becomes a reviewer; an owner's tap does not use up what was meant for another."""
    payload = await make_link(world, "reviewer")
    assert "need no invitation: your role is owner" in await world.ask(OWNER, f"/start {payload}")
    assert "need no invitation: your role is reviewer" in await world.ask(REVIEWER, f"/start {payload}")
    assert "Your role: reviewer" in await world.ask(LISTED, f"/start {payload}")
    assert {LISTED: Role.REVIEWER} == roles(world)
    assert "/digest" in await world.ask(LISTED, "/help")


async def test_link_in_a_group_is_not_used_up(world: World) -> None:
    """Where everybody reads it, nobody is to be the first."""
    payload = await make_link(world)
    assert "private chat" in await world.ask(-9, f"/start {payload}", user_id=8)
    assert not world.store.chats.is_served(-9)
    assert "private chat" in await world.ask(-7, "/invite analyst", user_id=OPERATOR)
    assert "Welcome" in await world.ask(7, f"/start {payload}")


@pytest.mark.parametrize(
    ("user_id", "role", "may"),
    [
        (OPERATOR, "analyst", True),
        (OPERATOR, "reviewer", True),
        (OPERATOR, "operator", False),
        (OPERATOR, "owner", False),
        (OWNER, "operator", True),
        (OWNER, "owner", True),
        (OWNER, "владелец", True),
    ],
)
async def test_who_may_invite_to_what(world: World, user_id: int, role: str, may: bool) -> None:
    """Operators invite below themselves, owners anybody."""
    answer = await world.ask(user_id, f"/invite {role}")
    assert may == bool(PAYLOAD.search(answer))
    assert may == bool(world.store.people.open_invitations(NOON))
    assert may or "may not invite" in answer


async def test_operators_neither_see_nor_revoke_what_owners_gave(world: World) -> None:
    """Not by a button that was made for another list either."""
    await make_link(world, "owner", OWNER)
    (invitation,) = world.store.people.open_invitations(NOON)
    assert "no open invitations" in await world.ask(OPERATOR, "/invitations")
    shown = await world.fake.reply_to(OWNER, "/invitations")
    assert "1. owner, until" in shown.text
    data = Signer.from_token(TOKEN).sign(f"i:{invitation.nonce}", OPERATOR, NOON + timedelta(hours=1))
    world.fake.press(await world.fake.reply_to(OPERATOR, "/help"), data)
    await world.fake.until(lambda: bool(world.fake.answers))
    assert "already" in world.fake.answers[-1]["text"]
    assert [invitation] == world.store.people.open_invitations(NOON)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("analyst 2d", (Role.ANALYST, timedelta(days=2))),
        ("12h reviewer", (Role.REVIEWER, timedelta(hours=12))),
        ("Оператор 30мин", (Role.OPERATOR, timedelta(minutes=30))),
        ("владелец", (Role.OWNER, timedelta(days=2))),
        ("analyst 5min", None),
        ("analyst 31d", None),
        ("analyst 99999d", None),
        ("analyst 2d 3d", None),
        ("removed 2d", None),
        ("исключён", None),
        ("king 2d", None),
        ("2d", None),
        ("", None),
    ],
)
def test_wish_is_read_in_either_language_or_not_at_all(
    text: str, expected: tuple[Role, timedelta] | None
) -> None:
    """Nothing is guessed."""
    assert expected == parse_invitation(text)


async def test_usage_names_only_what_one_may_give(world: World) -> None:
    """Nobody is led to a refusal."""
    assert "Roles: analyst, reviewer." in await world.ask(OPERATOR, "/invite")
    assert "Роли: аналитик, рецензент, оператор, владелец." in await world.ask(
        OWNER, "/invite кто", language="ru"
    )


async def test_anybody_joins_where_it_is_open(world: World) -> None:
    """As an analyst; with or without words after /start; not somebody who was removed."""
    world.services.office.is_open = True
    assert "Send /start to begin" in await world.ask(9, "/latest")
    assert "Welcome" in await world.ask(7, "/start")
    assert "Здравствуйте" in await world.ask(8, "/start whatever", language="ru")
    assert {7: Role.ANALYST, 8: Role.ANALYST} == roles(world)
    await world.ask(OPERATOR, "/remove 7")
    assert "invited chats only" in await world.ask(7, "/start")
    assert ["remove", "join", "join"] == [entry.action for entry in world.store.audit.latest(10)]


async def test_code_still_works_but_not_for_somebody_who_was_removed(world: World) -> None:
    """Everybody knows the code, so it must not undo an operator's decision; an invitation does."""
    assert "Welcome" in await world.ask(7, f"/start {CODE}")
    assert {7: Role.ANALYST} == roles(world)
    await world.ask(OPERATOR, "/remove 7")
    assert "access was taken away" in await world.ask(7, f"/start {CODE}")
    assert not world.store.chats.is_served(7)
    assert "Welcome" in await world.ask(7, f"/start {await make_link(world)}")


async def test_link_of_somebody_who_may_not_invite_any_more_leads_nowhere(world: World) -> None:
    """Whoever lost the role does not go on to let people in by links made before."""
    world.store.people.add(Person(601, "Boris", Role.OPERATOR, "telegram:700", NOON))
    before, removed = await make_link(world, "reviewer", 601), await make_link(world, "analyst", 601)
    await world.ask(OWNER, "/role 601 reviewer")
    assert "was withdrawn" in await world.ask(7, f"/start {before}")
    await world.ask(OWNER, "/remove 601")
    assert "was withdrawn" in await world.ask(8, f"/start {removed}")
    assert {601} == roles(world).keys()
    await world.ask(OWNER, "/role 601 operator")
    assert "Welcome" in await world.ask(9, f"/start {removed}")
