"""Who may do what to whom."""

from __future__ import annotations

import pytest

from monitor.domain.access import (
    GIVEN,
    Change,
    Configured,
    Role,
    actor_of,
    judge_change,
    make_pseudonym,
    may_give,
    stronger,
    user_of,
)


def test_roles_are_ordered_and_read_by_their_names() -> None:
    """Each may do all that a smaller one may."""
    assert list(GIVEN) == sorted(GIVEN)
    assert [Role.ANALYST, Role.OWNER] == [Role.parse("analyst"), Role.parse(" Owner ")]
    with pytest.raises(ValueError, match="no role 'king'"):
        Role.parse("king")


@pytest.mark.parametrize(
    ("actor", "givable"),
    [
        (Role.REMOVED, ()),
        (Role.ANALYST, ()),
        (Role.REVIEWER, ()),
        (Role.OPERATOR, (Role.ANALYST, Role.REVIEWER)),
        (Role.OWNER, GIVEN),
    ],
)
def test_operators_invite_analysts_and_reviewers_and_owners_anybody(
    actor: Role, givable: tuple[Role, ...]
) -> None:
    """Nobody below an operator invites at all."""
    assert givable == tuple(role for role in GIVEN if may_give(actor, role))


@pytest.mark.parametrize("actor", list(Role))
@pytest.mark.parametrize("now", list(Role))
@pytest.mark.parametrize("wanted", list(Role))
def test_nobody_but_owners_touches_an_equal_or_rises_anybody_to_it(
    actor: Role, now: Role, wanted: Role
) -> None:
    """For every triple: a change is made only by owners, or by operators below their own role."""
    made = judge_change(actor, None, now, wanted) in (Change.MADE, Change.SAME)
    below = actor is Role.OPERATOR and now < actor and wanted < actor
    assert made == (actor is Role.OWNER or below)


def test_configuration_always_holds() -> None:
    """What it gives is taken away only there; more than it gives may be given beside it."""
    assert Change.CONFIGURED is judge_change(Role.OWNER, Role.REVIEWER, None, Role.ANALYST)
    assert Change.CONFIGURED is judge_change(Role.OWNER, Role.REVIEWER, None, Role.REMOVED)
    assert Change.MADE is judge_change(Role.OWNER, Role.REVIEWER, Role.REVIEWER, Role.OPERATOR)


def test_configured_lists_give_the_greatest_role_and_groups_are_nobody() -> None:
    """An operators' group is told of troubles; the people in it get nothing by that."""
    configured = Configured.of((1, -100), (2, 3), (3, -200), (4, 3))
    assert {1: Role.ANALYST, 2: Role.REVIEWER, 3: Role.OWNER, 4: Role.OWNER} == configured.roles()
    assert [None, None] == [configured.role(-200), configured.role(5)]


def test_stronger_role_counts() -> None:
    """A decision never takes away what the configuration gives."""
    assert Role.REVIEWER is stronger(Role.REVIEWER, Role.REMOVED)
    assert Role.REMOVED is stronger(None, Role.REMOVED)
    assert stronger(None, None) is None


def test_actors_are_read_back() -> None:
    """Nobody but users of Telegram has a number."""
    assert 7 == user_of(actor_of(7))
    assert [None] * 4 == [user_of(name) for name in ("code", "erased:7", "telegram:x", "telegram:-7")]


def test_pseudonyms_of_one_person_differ_with_the_salt() -> None:
    """So nobody can compute them from a list of users."""
    one, other = (make_pseudonym(7, bytes([salt] * 16)) for salt in (1, 2))
    assert one != other
    assert one == make_pseudonym(7, bytes([1] * 16))
    assert 0 < one < 2**57
