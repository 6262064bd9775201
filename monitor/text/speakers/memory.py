"""Who has spoken so far in a text, for pronouns and for "the diplomat"."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.domain.actors import UNKNOWN_BLOC, Speaker
from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.directory import Directory
from monitor.text.speakers.offices import Organ
from monitor.text.speakers.states import State


@dataclass(slots=True)
class Memory:
    """What a reader of the text has in mind at a statement."""

    last: Speaker | None = None
    humans: list[tuple[Speaker, bool | None]] = field(default_factory=list)
    """Persons who have spoken, the last one first, with whether it is a woman."""
    institution: Speaker | None = None
    """The organ that spoke last."""
    place: State | None = None
    """The state spoken of last."""
    mentioned: list[Actor] = field(default_factory=list)
    """The actors of the statement before."""
    named: list[Actor] = field(default_factory=list)
    """Persons named with their office so far, the last one first."""
    in_headline: bool = False
    ministry: State | None = None
    """Whose foreign ministry or foreign minister was spoken of last."""
    organs: dict[str, State] = field(default_factory=dict)
    """Whose an organ was when first named with its state, by the organ's label."""

    @property
    def last_human(self) -> Speaker | None:
        """The person who spoke last."""
        return self.humans[0][0] if self.humans else None

    def knows_human(self) -> bool:
        """Whether a person has spoken or stands in the statement before, so that "he" may mean him."""
        return bool(self.humans) or any(actor.is_named and actor.is_human for actor in self.mentioned)

    def note(self, speaker: Speaker, *, human: bool, female: bool | None) -> None:
        """Remember who has just spoken; unnamed people leave no trace but that somebody spoke."""
        self.last = speaker
        if speaker.name is None and speaker.bloc == UNKNOWN_BLOC:
            return
        if human:
            others = (seen for seen in self.humans if seen[0].name != speaker.name)
            self.humans = [(speaker, female), *others]
        else:
            self.institution = speaker

    def note_states(self, actors: list[Actor]) -> None:
        """Remember the last state that these actors name."""
        states = [actor.state for actor in actors if actor.state is not None]
        if states:
            self.place = states[-1]
        for actor in actors:
            role, organ = actor.role, actor.organ
            of_ministry = Tier.FOREIGN_MINISTRY in (role and role.tier, organ and organ.tier)
            if of_ministry and actor.state is not None:
                self.ministry = actor.state
            if actor.is_named and actor.is_human and actor not in self.named:
                self.named.insert(0, actor)

    def forget_mentions(self) -> None:
        """Drop whom and what the text merely named: a headline stands before it."""
        self.named, self.ministry, self.in_headline = [], None, True

    def learn_organ(self, actor: Actor, directory: Directory) -> None:
        """Remember whose ministry is meant where the text says so."""
        if actor.organ is not None and actor.state is not None:
            self.organs.setdefault(actor.organ.label, actor.state)
        elif actor.person is not None and (owner := directory.owners.get(actor.person.name)) is not None:
            self.organs.setdefault(*owner)

    def state_of_last(self, organ: Organ, directory: Directory) -> State | None:
        """The state of the last speaker, if he belongs to such an organ."""
        last = self.last_human
        if (
            last is None
            or organ.tier not in (Tier.FOREIGN_MINISTRY, Tier.SECURITY)
            or last.tier is not organ.tier
        ):
            return None
        return directory.states.get(last.bloc)
