"""Who has spoken so far in a text, for pronouns and for "the diplomat"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.domain.actors import UNKNOWN_BLOC, Speaker
from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.directory import Directory
from monitor.text.speakers.offices import Organ, StateWord
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.states import State

REPUBLICS = word_set(
    """
    armenia azerbaijan belarus kazakhstan kyrgyzstan tajikistan uzbekistan moldova turkmenistan abkhazia
    transnistria dpr lpr karabakh
    """
)
"""States that "the republic" may mean."""


_IN = frozenset({"в", "во", "на", "in"})


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
    scene: State | None = None
    """The only state that the statement speaks of, also by its president."""
    first_state: State | None = None
    """The first state that the statement names."""
    blocs: frozenset[str] = frozenset()
    """The sides of the states that the statement names."""
    scene_of_act: State | None = None
    """The only state in which the statement says that something happened."""
    republic: State | None = None
    """The one spoken of last that is called a republic."""
    mentioned: list[Actor] = field(default_factory=list)
    """The actors of the statement before."""
    named: list[Actor] = field(default_factory=list)
    """Persons named with their office so far, the last one first."""
    company: Actor | None = None
    """The company or other body of no government that was spoken of last."""
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
        self.republic = next((state for state in reversed(states) if state.id in REPUBLICS), self.republic)
        for actor in actors:
            role, organ = actor.role, actor.organ
            self.company = actor if _is_company(actor) else self.company
            of_ministry = Tier.FOREIGN_MINISTRY in (role and role.tier, organ and organ.tier)
            if of_ministry and actor.state is not None:
                self.ministry = actor.state
            if actor.is_named and actor.is_human and actor not in self.named:
                self.named.insert(0, actor)

    def note_scene(self, actors: list[Actor], sentence: Sentence, directory: Directory) -> None:
        """Remember the states of which, and in which, a statement tells."""
        named = [actor.state for actor in actors if actor.state is not None]
        self.blocs = frozenset(state.bloc for state in named)
        self.first_state = named[0] if named else _first_told(sentence, directory)
        led = [owner for actor in actors if (owner := _state_led(actor, directory)) is not None]
        self.scene = _only([*named, *led])
        self.scene_of_act = _only([actor.state for actor in actors if _is_place(actor, sentence)])

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


def _first_told(sentence: Sentence, directory: Directory) -> State | None:
    """The first state whose name or adjective a statement holds, whatever it stands beside."""
    russian = any(word is not None for word in sentence.words)
    phrases = (directory.ru if russian else directory.en).phrases
    for i in range(len(sentence)):
        match = phrases.match(sentence.keys, i)
        if match is not None and isinstance(match[0], StateWord) and match[0].kind != "city":
            return directory.states[match[0].state_id]
    return None


def _only(states: Sequence[State | None]) -> State | None:
    found = {state.id: state for state in states if state is not None}
    return next(iter(found.values())) if len(found) == 1 else None


def _state_led(actor: Actor, directory: Directory) -> State | None:
    """The state whose head a listed person is, or whose organ a listed body is."""
    person = actor.person
    if person is not None and person.institution and (owner := directory.owners.get(person.name)) is not None:
        return owner[1]
    heads = person is not None and person.tier is Tier.HEAD_OF_STATE
    return directory.states.get(person.bloc) if person is not None and heads else None


def _is_company(actor: Actor) -> bool:
    """Whether it is a listed or named body that is of no government."""
    if actor.person is not None:
        return actor.person.institution and actor.person.tier is Tier.OTHER
    organ = actor.organ
    alone = organ is not None and actor.role is None and actor.named is None
    return alone and organ is not None and bool(organ.name) and organ.tier is Tier.OTHER


def _is_place(actor: Actor, sentence: Sentence) -> bool:
    """Whether "in X" or "on the territory of X" stands there."""
    before = sentence.lows[max(0, actor.start - 2) : actor.start]
    return (
        actor.is_state
        and bool(before)
        and (before[-1] in _IN or (before[0] in _IN and "территории" in before))
    )
