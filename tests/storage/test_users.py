"""People, their roles and invitations."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest

from monitor.domain.access import Invitation, Person, Redeemed, Role
from storage import Store, open_store
from tests.builders import NOON

ROOT = Path(__file__).parents[2]
LATER = NOON + timedelta(days=2)
REDEEM = """
import sys
from storage import open_store
from tests.builders import NOON
store = open_store(sys.argv[1], NOON)
print("ready", flush=True)
sys.stdin.readline()
print(store.people.redeem("nonce", int(sys.argv[2]), "Anna", NOON).value)
store.close()
"""


def invite(store: Store, nonce: str = "nonce", role: Role = Role.REVIEWER) -> Invitation:
    """Keep an invitation."""
    invitation = Invitation(nonce, role, "telegram:1", NOON, LATER)
    store.people.invite(invitation)
    return invitation


def person(user_id: int, role: Role, name: str = "") -> Person:
    """Return somebody whom an operator gave a role."""
    return Person(user_id, name, role, "telegram:1", NOON)


def test_invitation_gives_its_role_once(store: Store) -> None:
    """The second one is told that it was used, and nothing is theirs."""
    invite(store)
    assert Redeemed.TAKEN is store.people.redeem("nonce", 7, "Anna", NOON)
    assert Redeemed.USED is store.people.redeem("nonce", 8, "Boris", NOON)
    assert [Person(7, "Anna", Role.REVIEWER, "telegram:1", NOON)] == store.people.all()
    assert [] == store.people.open_invitations(NOON)


@pytest.mark.parametrize(
    ("how", "expected"),
    [("late", Redeemed.EXPIRED), ("revoked", Redeemed.REVOKED), ("unknown", Redeemed.REVOKED)],
)
def test_invitation_that_is_not_open_gives_nothing(store: Store, how: str, expected: Redeemed) -> None:
    """To the second: at its end it has expired."""
    invite(store)
    if how == "revoked":
        assert store.people.revoke("nonce") is not None
        assert store.people.revoke("nonce") is None
    nonce, moment = "other" if how == "unknown" else "nonce", LATER if how == "late" else NOON
    assert expected is store.people.redeem(nonce, 7, "Anna", moment)
    assert [] == store.people.all()


def test_used_invitation_cannot_be_revoked(store: Store) -> None:
    """That it was used stays known."""
    invite(store)
    store.people.redeem("nonce", 7, "Anna", NOON)
    assert store.people.revoke("nonce") is None
    assert Redeemed.USED is store.people.redeem("nonce", 8, "Boris", NOON)


def test_greater_role_stays_and_removed_person_returns_by_invitation(store: Store) -> None:
    """A link never takes away."""
    invite(store, "a", Role.ANALYST)
    invite(store, "b", Role.ANALYST)
    store.people.add(person(7, Role.OPERATOR))
    store.people.add(person(8, Role.REMOVED))
    assert Redeemed.TAKEN is store.people.redeem("a", 7, "Anna", NOON)
    assert Redeemed.TAKEN is store.people.redeem("b", 8, "Boris", NOON)
    assert {7: Role.OPERATOR, 8: Role.ANALYST} == {one.user_id: one.role for one in store.people.all()}


def test_open_invitations_are_listed_the_oldest_first(store: Store) -> None:
    """Expired and used ones are not."""
    first, second = invite(store, "z"), invite(store, "y")
    store.people.invite(
        Invitation("x", Role.OWNER, "telegram:1", NOON + timedelta(hours=1), NOON + timedelta(hours=2))
    )
    assert ["y", "z", "x"] == [one.nonce for one in store.people.open_invitations(NOON)]
    assert [second, first] == store.people.open_invitations(NOON + timedelta(hours=3))


def test_who_is_known_is_not_added_again_and_keeps_the_name(store: Store) -> None:
    """A decision about a role knows no name."""
    store.people.add(person(7, Role.REVIEWER, "Anna"))
    assert Role.REVIEWER is store.people.add(person(7, Role.ANALYST, "Other")).role
    assert store.people.change(person(7, Role.OPERATOR), keep_owner=True)
    assert ("Anna", Role.OPERATOR) == ((found := store.people.get(7)) and (found.name, found.role))


def test_last_owner_stays(store: Store) -> None:
    """Unless the configuration names another one."""
    store.people.add(person(1, Role.OWNER))
    assert not store.people.change(person(1, Role.REMOVED), keep_owner=True)
    store.people.add(person(2, Role.OWNER))
    assert store.people.change(person(1, Role.REVIEWER), keep_owner=True)
    assert not store.people.change(person(2, Role.OPERATOR), keep_owner=True)
    assert store.people.change(person(2, Role.OPERATOR), keep_owner=False)


def test_two_threads_redeem_a_link_once(url: str) -> None:
    """Many times over, both at the same moment, on one file."""
    store = open_store(url, NOON)
    for number in range(20):
        nonce = f"n{number}"
        invite(store, nonce, Role.ANALYST)
        gate = Barrier(2)

        def redeem(user_id: int, nonce: str = nonce, gate: Barrier = gate) -> Redeemed:
            gate.wait()
            return store.people.redeem(nonce, user_id, "Anna", NOON)

        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(redeem, (2 * number + 1, 2 * number + 2)))
        assert [Redeemed.TAKEN, Redeemed.USED] == sorted(outcomes)
    assert 20 == len(store.people.all())
    store.close()


def test_two_processes_redeem_a_link_once(url: str) -> None:
    """The other one's transaction is seen, whoever is first."""
    store = open_store(url, NOON)
    invite(store)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", REDEEM, url, str(user)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for user in (7, 8, 9)
    ]
    for process in processes:
        assert process.stdout is not None
        assert "ready\n" == process.stdout.readline()
    outcomes = Counter()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        outcomes[process.communicate()[0].strip()] += 1
    assert {"taken": 1, "used": 2} == outcomes
    assert 1 == len(store.people.all())
    store.close()
