"""Who speaks: whose words or act each statement of a text carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from monitor.domain.actors import UNKNOWN_BLOC, Person, Speaker, Target
from monitor.domain.stance import Tier
from monitor.domain.statement import Statement
from monitor.text.speakers import lexicon_en, lexicon_ru
from monitor.text.speakers.actors import Actor, ActorFinder, Named, People
from monitor.text.speakers.actors_en import EnglishActors
from monitor.text.speakers.actors_ru import RussianActors
from monitor.text.speakers.cues import Cue, CueKind
from monitor.text.speakers.directory import Directory
from monitor.text.speakers.labels import Label, find_labels
from monitor.text.speakers.offices import StateWord
from monitor.text.speakers.reading import ReadStatement, learn, read_statements
from monitor.text.speakers.resolve import Memory, Resolver
from monitor.text.speakers.sentence import read_sentence
from monitor.text.speakers.states import State

_LEAD = 3
"""Statements at the beginning of the text that tell who said what the headline says."""


@dataclass(frozen=True, slots=True)
class Context:
    """A text with its statements and what is known of its source."""

    title: str
    text: str
    lang: str
    statements: tuple[Statement, ...]
    default_speaker: Person | None = None
    """Who signs what is unsigned here: the channel's owner, the ministry."""
    source_kind: str = ""
    source_bloc: str | None = None
    said_on: date | None = None


class Attributor:
    """Attributes statements by reporting clauses, acts, transcript labels and the source."""

    def __init__(self, persons: Sequence[Person], targets: Sequence[Target]) -> None:
        self._directory = Directory(persons, targets)
        self._finders: dict[str, ActorFinder] = {
            "ru": RussianActors(self._directory),
            "en": EnglishActors(self._directory),
        }

    def attribute(self, context: Context) -> list[Speaker]:
        """Return one Speaker for each statement, in their order."""
        lang = "ru" if context.lang == "ru" else "en"
        people = People()
        if context.default_speaker is not None and not context.default_speaker.institution:
            learn(people, Actor(0, 2, "", 0, person=context.default_speaker))
        read = read_statements(context.text, context.statements, lang, self._finders[lang], people)
        memory = Memory()
        resolver = Resolver(
            self._directory,
            people,
            memory,
            context.said_on,
            context.source_bloc,
            context.default_speaker is None,
        )
        return _Attribution(context, read, resolver, self._finders[lang], lang).run()


@dataclass(frozen=True, slots=True)
class _Turn:
    """A labelled turn of a transcript and where it ends."""

    start: int
    end: int
    speaker: Speaker


@dataclass(slots=True)
class _Attribution:
    """The attribution of one text."""

    context: Context
    read: list[ReadStatement]
    resolver: Resolver
    finder: ActorFinder
    lang: str
    found: list[Speaker | None] = field(default_factory=list)

    def run(self) -> list[Speaker]:
        """Attribute the body in order, what hangs on neighbours next, the headline last."""
        self.found = [None] * len(self.read)
        self._learn_organs()
        turns = self._read_turns()
        for i, one in enumerate(self.read):
            if not one.statement.is_headline:
                self.found[i] = self._find_turn(one, turns) or self._attribute_body(i)
            self.resolver.memory.mentioned = one.actors
            if states := [actor.state for actor in one.actors if actor.state is not None]:
                self.resolver.memory.place = states[-1]
        self._attribute_quotes_backward()
        self._attribute_pointed_back()
        for i, one in enumerate(self.read):
            if one.statement.is_headline:
                self.found[i] = self._attribute_headline(i)
        return [speaker or self._own_voice() for speaker in self.found]

    def _own_voice(self) -> Speaker:
        """Whoever signs what nobody is reported to say."""
        default = self.context.default_speaker
        if default is not None:
            return Speaker(
                default.name, default.tier, default.bloc, f"source-default:{default.name}", default.role
            )
        return replace(Speaker.outlet(), bloc=self.context.source_bloc or Speaker.outlet().bloc)

    def _learn_organs(self) -> None:
        """Remember whose ministry is meant where the text says so first."""
        for one in self.read:
            for actor in one.actors:
                if actor.organ is not None and actor.state is not None:
                    self.resolver.memory.organs.setdefault(actor.organ.label, actor.state)
                elif actor.person is not None and (
                    owner := self.resolver.directory.owners.get(actor.person.name)
                ):
                    self.resolver.memory.organs.setdefault(*owner)

    # --- transcripts

    def _read_turns(self) -> list[_Turn]:
        """Return the labelled turns; a label holds until the next one."""
        labels = [
            (label, speaker) for label in find_labels(self.context.text) if (speaker := self._sign(label))
        ]
        signed = sum(speaker.name is not None for _, speaker in labels)
        turns: list[_Turn] = []
        for n, (label, speaker) in enumerate(labels):
            end = labels[n + 1][0].start if n + 1 < len(labels) else len(self.context.text)
            certain = label.kind != "full" or signed > 1 or self.context.default_speaker is not None
            if label.before_quote or not certain:
                paragraph = self.context.text.find("\n", label.after)
                end = min(end, paragraph if paragraph >= 0 else end)
            turns.append(_Turn(label.start, end, speaker))
        return turns

    def _sign(self, label: Label) -> Speaker | None:
        """Return whom a label names; None where it is no label of a speaker."""
        reason = f"transcript-label:{label.text}"
        if label.kind == "asking":
            return Speaker.unknown(reason)
        if label.kind == "answering":
            default = self.context.default_speaker
            return replace(self._own_voice(), reason=reason) if default else Speaker.unknown(reason)
        text = label.text.title() if label.kind == "capitals" else label.text
        sentence, _ = read_sentence(text, self.lang)
        actors = self.finder.find(sentence, self.resolver.people)
        if not actors or actors[0].start > 0 or actors[-1].end < len(sentence):
            return None
        actor = actors[0] if len(actors) == 1 else None
        if actor is None or actor.is_state or actor.relay or actor.is_crowd:
            return None
        if not actor.is_named and not (label.kind == "capitals" and actor.role is not None):
            return None
        if label.kind == "initials" and actor.named is not None:
            told = self.resolver.people.titles.get(actor.named.words)
            name = Named((*actor.named.words[:-1], sentence.texts[-1]), actor.named.female)
            actor = replace(told or actor, named=name)
        speaker = self.resolver.resolve(actor, reason)
        return speaker if speaker.name is not None else None

    def _find_turn(self, one: ReadStatement, turns: list[_Turn]) -> Speaker | None:
        """Return the turn that a statement stands in; its label may begin the statement."""
        statement = one.statement
        for turn in reversed(turns):
            if (
                turn.start <= statement.start + 12
                and turn.start < statement.end
                and statement.start < turn.end
            ):
                return turn.speaker
        return None

    # --- the body

    def _attribute_body(self, i: int) -> Speaker | None:
        """Attribute by the statement's own words, else as the quotation that it continues."""
        one = self.read[i]
        cue = one.cue
        if cue is not None and self._outweighs_source(one, cue):
            self._note_place(one, cue)
            speaker = self._resolve(cue)
            if (
                speaker is not None
                and self.context.default_speaker is not None
                and speaker.bloc == UNKNOWN_BLOC
            ):
                speaker = None
            if speaker is not None:
                self._remember(cue, speaker)
                return speaker
        return self._continue_quote(i)

    def _outweighs_source(self, one: ReadStatement, cue: Cue) -> bool:
        """Whether an explicit speaker wins over who signs the source."""
        default = self.context.default_speaker
        if default is None:
            return True
        if cue.kind is CueKind.JOINT or (
            cue.actor is not None and (cue.actor.is_state or cue.actor.is_crowd)
        ):
            return False
        if cue.pronoun and not self.resolver.memory.humans:
            return False
        if _is_first_person(one, self.lang):
            return cue.kind is CueKind.COLON
        reported = cue.kind not in (CueKind.ACT, CueKind.AGENT)
        if default.institution:
            return reported or (cue.actor is not None and cue.actor.is_human and cue.actor.named is None)
        return reported

    def _note_place(self, one: ReadStatement, cue: Cue) -> None:
        """Remember the state that the statement names last before its speaker."""
        end = cue.actor.start if cue.actor is not None else len(one.sentence)
        states = [actor.state for actor in one.actors if actor.end <= end and actor.state is not None]
        if states:
            self.resolver.memory.place = states[-1]

    def _resolve(self, cue: Cue, here: State | None = None) -> Speaker | None:
        """Return whom a cue names; None where two act together or nobody speaks."""
        if cue.kind is CueKind.JOINT:
            return replace(self._own_voice(), reason=f"joint:{cue.evidence}")
        if cue.actor is None and cue.pronoun:
            found = self.resolver.resolve_pronoun(cue.pronoun, cue.evidence)
            return None if found.name is None and cue.pronoun in ("it", "they") else found
        if cue.actor is None:
            return Speaker.unknown(f"{cue.kind}:{cue.evidence}")
        evidence = cue.actor.text if cue.kind is CueKind.ACT else cue.evidence
        found = self.resolver.resolve(cue.actor, f"{cue.kind}:{evidence}", here, cue.female)
        if found.bloc == UNKNOWN_BLOC and cue.kind in (CueKind.ACT, CueKind.AGENT):
            return None
        return found

    def _remember(self, cue: Cue, speaker: Speaker) -> None:
        if cue.kind is CueKind.JOINT:
            return
        actor = cue.actor
        if actor is None:
            self.resolver.memory.last = speaker
            return
        human = actor.is_human and (speaker.name is not None or not actor.is_crowd)
        self.resolver.memory.note(speaker, human=human, female=self.resolver.is_female(actor))

    def _continue_quote(self, i: int) -> Speaker | None:
        """Attribute a quotation without a clause of its own to whoever was quoted just before."""
        one, before = self.read[i], self.found[i - 1] if i else None
        if before is not None and self.read[i - 1].statement.is_headline:
            before = None
        sentence = one.sentence
        if not (sentence.opens_inside or sentence.fully_quoted):
            return None
        continues = sentence.opens_inside or not self._is_signed_later(i)
        if (
            before is not None
            and before.tier is not Tier.OUTLET
            and continues
            and not before.reason.startswith("source-")
        ):
            if before.reason.split(":")[0] in ("act-subject", "act-agent") and not sentence.opens_inside:
                return self._unsigned_quote(one)
            return replace(before, reason=f"continued-quote:{before.name or before.reason}")
        return self._unsigned_quote(one)

    def _is_signed_later(self, i: int) -> bool:
        """Whether the quotation that opens here is attributed where it ends."""
        k = i
        while (
            self.read[k].sentence.ends_inside
            and k + 1 < len(self.read)
            and self.read[k + 1].sentence.opens_inside
        ):
            k += 1
        return k > i and self.read[k].cue is not None

    def _unsigned_quote(self, one: ReadStatement) -> Speaker | None:
        """A quotation of nobody knows whom is not the outlet's voice."""
        if self.context.default_speaker is not None or one.sentence.ends_inside or one.sentence.opens_inside:
            return None
        return Speaker.unknown("bare-quote")

    def _attribute_quotes_backward(self) -> None:
        """Give the first sentences of a quotation the speaker whom its last one names."""
        for i in range(len(self.read) - 2, -1, -1):
            after, one = self.found[i + 1], self.read[i]
            if self.found[i] is not None or after is None or one.statement.is_headline:
                continue
            linked = one.sentence.ends_inside and self.read[i + 1].sentence.opens_inside
            if linked and not self.read[i + 1].new_paragraph and after.tier is not Tier.OUTLET:
                self.found[i] = replace(after, reason=f"continued-quote:{after.name or after.reason}")
        for i, one in enumerate(self.read):
            if self.found[i] is None and self.context.default_speaker is None and one.sentence.fully_quoted:
                self.found[i] = Speaker.unknown("bare-quote")

    def _attribute_pointed_back(self) -> None:
        """Give "Об этом заявил X" the statements before it in the paragraph, or the short one before."""
        for i, one in enumerate(self.read):
            speaker = self.found[i]
            if one.cue is None or not one.cue.points_back or speaker is None or speaker.tier is Tier.OUTLET:
                continue
            k = i - 1
            paragraph = one.new_paragraph
            while k >= 0 and not self.read[k].statement.is_headline and i - k <= _LEAD:
                cue = self.read[k].cue
                if (
                    self.found[k] is None
                    or cue is None
                    or cue.kind in (CueKind.ACT, CueKind.JOINT, CueKind.AGENT)
                ):
                    self.found[k] = replace(speaker, reason=f"reported-next:{one.cue.evidence}")
                if self.read[k].new_paragraph:
                    if not paragraph:
                        break
                    break
                k -= 1

    # --- the headline

    def _attribute_headline(self, i: int) -> Speaker | None:
        one = self.read[i]
        cue = one.cue
        if cue is None:
            return self._lead_speaker(one) if one.sentence.has_quote else None
        if not self._outweighs_source(one, cue):
            return None
        topic = one.actors[0] if cue.kind is CueKind.SOURCE and one.actors else None
        if topic is not None and cue.actor is not None and cue.actor.state is None and topic.is_institution:
            if (
                cue.actor.role is not None
                and not cue.actor.is_named
                and topic.person is not None
                and topic.person.tier is Tier.INSTITUTION
            ):
                return self.resolver.resolve(topic, f"{cue.kind}:{cue.evidence}")
        speaker = self._resolve(cue, self._topic_state(one) if cue.kind is CueKind.SOURCE else None)
        if speaker is not None and speaker.name is None and speaker.tier is not Tier.OUTLET:
            return self._lead_speaker(one, like=speaker) or speaker
        return speaker

    def _topic_state(self, headline: ReadStatement) -> State | None:
        """The first state that a headline names: whose ministry "— MFA" means."""
        phrases = (
            self.resolver.directory.ru.phrases if self.lang == "ru" else self.resolver.directory.en.phrases
        )
        for i in range(len(headline.sentence)):
            match = phrases.match(headline.sentence.keys, i)
            if match is not None and isinstance(match[0], StateWord):
                return self.resolver.directory.states[match[0].state_id]
        return None

    def _lead_speaker(self, headline: ReadStatement, like: Speaker | None = None) -> Speaker | None:
        """Return the one speaker whom the lead names, where it repeats what the headline says."""
        lead = [n for n, one in enumerate(self.read) if not one.statement.is_headline][:_LEAD]
        named = {
            speaker.name: speaker
            for n in lead
            if (speaker := self.found[n]) is not None
            and speaker.name is not None
            and speaker.reason.split(":")[0] not in ("act-subject", "act-agent", "source-default")
        }
        if len(named) != 1 or not _overlaps(headline, [self.read[n] for n in lead]):
            return None
        speaker = next(iter(named.values()))
        if like is not None and like.bloc not in ("unknown", speaker.bloc):
            return None
        return replace(speaker, reason=f"lead:{speaker.reason}")


def _is_first_person(one: ReadStatement, lang: str) -> bool:
    """Whether the writer speaks of himself outside quotation marks."""
    words = lexicon_ru.FIRST_PERSON if lang == "ru" else lexicon_en.FIRST_PERSON
    sentence = one.sentence
    return any(
        low in words and not quoted for low, quoted in zip(sentence.lows, sentence.quoted, strict=True)
    )


def _overlaps(headline: ReadStatement, lead: list[ReadStatement]) -> bool:
    """Whether a third of the headline's longer words, by their beginnings, stand in the lead."""
    stems = {low[:5] for low in headline.sentence.lows if len(low) > 4}
    told = {low[:5] for one in lead for low in one.sentence.lows if len(low) > 4}
    return bool(stems) and len(stems & told) * 3 >= len(stems)
