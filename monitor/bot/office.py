"""What those who run the bot work with: people and their roles, what was done, switches, broadcasts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.domain.access import (
    GIVEN,
    Configured,
    Entry,
    Person,
    Role,
    actor_of,
    stronger,
)
from monitor.domain.notices import Notice
from monitor.domain.reloading import Reloaded
from monitor.domain.standing import Standing
from monitor.pipeline.ports import Audit, Broadcasts, Outbox, People, PersonalData, Switches


@dataclass(frozen=True, slots=True)
class Health:
    """How reading goes, and which troubles last."""

    standings: Sequence[Standing]
    troubles: Sequence[Notice]


@dataclass(slots=True)
class Office:
    """Stores and deeds for those who may do more than read; decisions are asked at every use."""

    people: People
    audit: Audit
    personal: PersonalData
    switches: Switches
    broadcasts: Broadcasts
    outbox: Outbox
    now: Callable[[], datetime]
    configured: Configured = field(default_factory=Configured)
    is_open: bool = False
    """Whether anybody may join with /start."""
    health: Callable[[], Health] | None = None
    reload: Callable[[], Awaitable[Reloaded]] | None = None
    """None where no service runs in this process, so that there is nothing to reload."""

    def role_of(self, user_id: int) -> Role | None:
        """Return somebody's role by configuration or decision, None where there is none of either."""
        kept = self.people.get(user_id)
        return stronger(self.configured.role(user_id), kept.role if kept else None)

    def everybody(self, private_chats: Sequence[int]) -> Sequence[Person]:
        """Return all who have a role, the greatest first: those of whom something was decided, those
        whom the configuration names, and those whose private chats are served by the old code."""
        known: dict[int, Person] = {person.user_id: person for person in self.people.all()}
        roles: Mapping[int, Role] = {
            **dict.fromkeys(private_chats, Role.ANALYST),
            **{person.user_id: person.role for person in known.values()},
        }
        for user_id, role in self.configured.roles().items():
            roles = {**roles, user_id: stronger(role, roles.get(user_id)) or role}
        shown = [
            Person(
                user_id,
                known[user_id].name if user_id in known else "",
                role,
                known[user_id].added_by if user_id in known else "",
                known[user_id].added_at if user_id in known else self.now(),
            )
            for user_id, role in roles.items()
            if role in GIVEN
        ]
        return sorted(shown, key=lambda person: (-person.role, person.name.casefold(), person.user_id))

    def names(self) -> Mapping[str, str]:
        """Return how people call themselves, by how they are named where it is kept who did something."""
        return {actor_of(person.user_id): person.name for person in self.people.all() if person.name}

    def note(self, actor: int | str, action: str, subject: str = "", detail: str = "") -> None:
        """Keep that somebody changed something; users are given by their number."""
        name = actor_of(actor) if isinstance(actor, int) else actor
        self.audit.add(Entry(self.now(), name, action, subject, detail))
