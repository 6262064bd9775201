"""Reporting clauses and acts in a Russian sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.domain.stance import Tier
from monitor.text.speakers import lexicon_ru as lexicon
from monitor.text.speakers import verbs_ru as verbs
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.cues import Cue, CueKind
from monitor.text.speakers.doers_ru import as_leaders, is_anybody, is_of_many, is_private
from monitor.text.speakers.gerunds_ru import find_shared_subject, read_gerund
from monitor.text.speakers.light_ru import LIGHT, speaks_by_noun
from monitor.text.speakers.marks_ru import find_blacklist, find_document, find_marks, find_prepositional
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.places_ru import (
    counts_people,
    counts_things,
    hangs_on_another,
    has_object,
    is_addressed,
    is_place_of_speech,
    says_nothing,
)
from monitor.text.speakers.protocol import is_joint_news, is_protocol_ru
from monitor.text.speakers.reactions import find_reactions_ru
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.spread import SPREADS, find_spread_ru
from monitor.text.speakers.states import State
from monitor.text.speakers.subjects_ru import BLOCKED, Subject, SubjectFinder
from monitor.text.speakers.surnames_ru import find_bare_subject, find_cited, find_labelled
from monitor.text.speakers.unnamed_ru import find_unnamed
from monitor.text.speakers.words import ANY_NOM, INS, PLURAL, Verb

_FAR_FROM_AGENT = 5
_MEASURES_OF_PLACE = word_set(
    """
    запретить ограничить ввести отменить снять приостановить объявить отказаться разрешить ужесточить
    потребовать
    """
)
_WILL = frozenset({"решить", "хотеть", "рассмотреть", "рассматривать"})
"""Verbs of a will that matters only of somebody who decides."""
_STATED = frozenset({"сказать", "указать", "отметить", "подчеркнуть"})
_DECIDES = frozenset({"принять", "принимать"})
_DECISIONS = word_set("решение заявление декларация резолюция постановление")
_OF_THIS = (["об", "этом"], ["о", "чем"], ["про", "это"])
_TALKS = frozenset({"говорить"})
_OF_TALKERS = ("1", "2")
"""Persons of verbs by which somebody speaks of himself or to others."""
_GENDERS = {"femn": True, "masc": False}


@dataclass(frozen=True, slots=True)
class _Clause:
    """A verb in its place, with what its cue will say of it."""

    v: int
    verb: Verb
    speech: bool
    evidence: str
    governs: bool
    points_back: bool

    @property
    def kind(self) -> CueKind:
        return CueKind.REPORTED if self.speech else CueKind.ACT

    @property
    def lemma(self) -> str:
        return self.verb.lemma


class RussianClauses:
    """Finds who says or does what in one sentence."""

    def __init__(self, sentence: Sentence, actors: Sequence[Actor], *, headline: bool) -> None:
        self._s = sentence
        self._actors = actors
        self._headline = headline
        self._at: list[Actor | None] = [None] * len(sentence)
        for actor in actors:
            self._at[actor.start : actor.end] = [actor] * (actor.end - actor.start)
        self._subjects = SubjectFinder(sentence, self._at)

    def find(self) -> list[Cue]:
        """Return every cue outside quotation marks."""
        cues = [
            *find_marks(self._s, self._actors, headline=self._headline),
            *find_prepositional(self._s, self._at),
            *find_cited(self._s, self._at),
            *find_labelled(self._s, self._at),
            *find_blacklist(self._s, self._at),
            *find_reactions_ru(self._s, self._at),
        ]
        for i, word in enumerate(self._s.words):
            if word is not None and word.verb is not None and not self._s.quoted[i] and self._at[i] is None:
                cue = self._read_verb(i, word.verb)
                if cue is not None:
                    cues.append(cue)
        return cues

    def find_unnamed(self) -> Cue | None:
        """Return the clause of somebody unnamed, for a sentence that has no other cue."""
        return find_unnamed(self._s, self._at)

    def _read_verb(self, v: int, verb: Verb) -> Cue | None:
        lemma = verb.lemma
        if lemma in SPREADS and (spread := find_spread_ru(self._s, self._at, v)) is not None:
            return spread
        if verb.kind in ("infinitive", "gerund"):
            return (
                self._read_plan(v, lemma)
                if verb.kind == "infinitive"
                else read_gerund(self._s, self._at, self._subjects, v, lemma)
            )
        stated = verb.kind == "passive" and lemma in _STATED
        if (lemma in lexicon.SAID_IN and not verb.person.startswith(_OF_TALKERS)) or stated:
            return find_document(self._s, self._at, v)
        if verb.kind == "passive" and lemma not in verbs.FEELINGS | verbs.INTENDING:
            return self._read_passive(v, verb)
        speech = lemma in (verbs.PREDICATES if verb.kind == "short" else verbs.SPEECH | verbs.FEELINGS)
        if lemma in LIGHT and verb.kind == "finite":
            speech = speaks_by_noun(self._s, v, lemma)
        idle = says_nothing(self._s, v, lemma)
        word = self._s.words[v]
        unread = not speech and (verb.kind == "short" or lemma not in verbs.ACTS)
        unread = unread or (verb.kind == "short" and word is not None and word.adverb)
        if idle or unread or verb.person.startswith(_OF_TALKERS):
            return None
        return self._read_clause(v, verb, speech=speech, evidence=self._s.texts[v])

    def _read_clause(self, v: int, verb: Verb, *, speech: bool, evidence: str) -> Cue | None:
        lows = self._s.lows
        clause = _Clause(
            v,
            verb,
            speech,
            evidence,
            governs=any(low in ("что", "чтобы", ":") for low in lows[v + 1 : v + 14]),
            points_back=lows[:2] in _OF_THIS,
        )
        subject = self._subjects.find(v, verb)
        unsure = subject is not None and not (subject.before or subject.sure)
        if speech and (
            subject is None or subject is BLOCKED or unsure or (subject.actor and not subject.actor.is_human)
        ):
            bare = find_bare_subject(self._s, self._at, v, verb)
            subject = Subject(bare, before=bare.start < v) if bare is not None else subject
        if speech and (subject is None or subject is BLOCKED) and self._s.lows[v - 1 : v] == ["и"]:
            subject = find_shared_subject(self._s, self._at, self._subjects, v, verb) or subject
        addressed = (
            subject is not None
            and not subject.before
            and is_addressed(self._s, self._actors, subject.actor, clause.v, clause.lemma)
        )
        if subject is None or addressed or self._is_signed_at_place(clause):
            return self._read_impersonal(clause)
        if subject is BLOCKED:
            return None
        if subject.actor is None:
            cue = Cue(clause.kind, lexicon.OF_PRONOUN[subject.pronoun], v, pronoun=subject.pronoun)
            return self._parenthesise(cue, clause, subject.before)
        if subject.joint or is_of_many(subject.actor, verb):
            return self._make_joint(clause, subject.actor, several=subject.joint)
        if not self._can_speak(subject.actor, clause):
            return None
        return self._make_cue(clause, subject)

    def _make_joint(self, clause: _Clause, actor: Actor, *, several: bool) -> Cue | None:
        """Return the cue of those who act together."""
        if not clause.speech and hangs_on_another(self._s, len(self._s), clause.v):
            return None
        first = self._subjects.find_first(actor) if several else as_leaders(actor)
        topic = clause.lemma in _TALKS and not (clause.governs or self._s.has_quote)
        news = is_joint_news(clause.lemma, speech=clause.speech, states=several and first.is_state)
        routine = self._is_routine(clause) or topic or news
        return Cue(CueKind.JOINT, clause.evidence, first.start, first, said=clause.speech, routine=routine)

    def _can_speak(self, actor: Actor, clause: _Clause) -> bool:
        """Whether an actor's doing this makes it the speaker."""
        if "".join(self._s.lows[actor.end : actor.end + 1]).startswith(lexicon.WHICH):
            return False
        if actor.relay or (actor.is_state and not clause.speech and clause.lemma in verbs.MEETINGS):
            return False
        willed = clause.lemma in _WILL and not actor.is_state
        if (willed or not clause.speech) and hangs_on_another(self._s, actor.start, clause.v):
            return False
        if actor.is_crowd and not clause.speech:
            armed = actor.role is not None and actor.role.tier is Tier.SECURITY
            active = clause.lemma not in verbs.MEETINGS or actor.role is None or not actor.role.organ
            return active and (armed or actor.acts_for_organ) and actor.state is not None
        if is_private(actor) and not clause.speech:
            return False
        weak = clause.lemma in verbs.WEAK_SPEECH and not actor.acts_for_organ
        return not ((weak and actor.is_crowd) or (clause.lemma in _WILL and is_anybody(actor)))

    def _is_routine(self, clause: _Clause) -> bool:
        decides = clause.lemma in _DECIDES and has_object(self._s, clause.v, _DECISIONS)
        return not clause.speech and clause.lemma in verbs.MEETINGS and not decides

    def _make_cue(self, clause: _Clause, subject: Subject) -> Cue:
        actor = subject.actor
        start, text = (actor.start, actor.text) if actor else (clause.v, "")
        cue = Cue(
            clause.kind,
            f"{clause.evidence} {text}",
            min(clause.v, start),
            actor,
            points_back=clause.points_back,
            female=_GENDERS.get(clause.verb.gender),
            routine=self._is_routine(clause),
            protocol=is_protocol_ru(
                self._s,
                clause.v,
                clause.lemma,
                speech=clause.speech,
                human=actor is not None and actor.is_human,
            ),
        )
        return self._parenthesise(cue, clause, subject.before)

    def _parenthesise(self, cue: Cue, clause: _Clause, subject_before: bool) -> Cue:
        """Tell whether the clause stands beside what it reports, and whether another hangs on it."""
        can = clause.speech and not subject_before and clause.lemma not in verbs.WEAK_SPEECH
        parenthetic = can and self._is_parenthesis(clause.v)
        introduced = parenthetic and clause.v > 0 and self._s.lows[clause.v - 1] == "как"
        return replace(cue, parenthetic=parenthetic, introduced=introduced, governs=clause.governs)

    def _is_parenthesis(self, v: int) -> bool:
        """Whether the clause of a verb follows what it reports, or stands inside it."""
        s, k = self._s, v - 1
        while k >= 0 and (s.lows[k] in lexicon.TIME or s.lows[k] == "как"):
            k -= 1
        if s.lows[max(0, k - 1) : k + 1] in _OF_THIS and k > 2:
            k -= 2
        if k < 0:
            return v > 0 and s.lows[v - 1] == "как"
        return s.texts[k] in ',—–-»”"!?…' and "что" not in s.lows[v + 1 : v + 12]

    def _read_plan(self, v: int, lemma: str) -> Cue | None:
        """Read "не будет добиваться": an infinitive after "будет"."""
        if lemma not in verbs.SPEECH and lemma not in verbs.ACTS:
            return None
        s = self._s
        for k in range(v - 1, max(v - 4, -1), -1):
            if s.lows[k] in ("будет", "будут") and self._at[k] is None:
                verb = Verb(lemma, "finite", s.lows[k] == "будут", "", "3per")
                evidence = f"{s.texts[k]} {s.texts[v]}"
                return self._read_clause(k, verb, speech=lemma in verbs.SPEECH, evidence=evidence)
        return None

    def _read_passive(self, v: int, verb: Verb) -> Cue | None:
        """Read "запрещён Роскомнадзором" and "вызван в МИД"."""
        if verb.lemma not in verbs.ACTS and verb.lemma not in verbs.SPEECH:
            return None
        s = self._s
        for j in range(v + 1, min(v + 9, len(s))):
            actor = self._at[j]
            if s.texts[j] in ".;:—–«" or s.lows[j] in lexicon.STOPS:
                return None
            if actor is None or actor.start != j:
                continue
            summons = verb.lemma == "вызвать" and s.lows[j - 1] == "в" and actor.is_institution
            if summons and actor.organ is not None and actor.state is None:
                actor = replace(actor, state=self._find_host())
            if summons or (j - v < _FAR_FROM_AGENT and self._is_agent(actor)):
                return Cue(CueKind.AGENT, f"{s.texts[v]} {actor.text}", v, actor)
        return None

    def _find_host(self) -> State | None:
        """Return where the ambassador is accredited who is summoned to a ministry named without a state."""
        return next(
            (one.place for one in self._actors if one.role is not None and one.place is not None), None
        )

    def _is_agent(self, actor: Actor) -> bool:
        instrumental = (actor.mask | actor.mask >> PLURAL) & INS
        return bool(instrumental) and not actor.mask & ANY_NOM and not self._subjects.is_governed(actor)

    def _read_impersonal(self, clause: _Clause) -> Cue | None:
        """Read "в Кремле заявили", "сообщили в МИД": a plural verb whose place is the speaker."""
        if not clause.verb.plural or (
            (clause.lemma == "считать" and counts_things(self._s, clause.v, governs=clause.governs))
            or counts_people(self._s, clause.v)
        ):
            return None
        places = [
            actor for actor in self._actors if is_place_of_speech(self._s, actor, clause.v, clause.lemma)
        ]
        organs = [actor for actor in places if not actor.is_state]
        if not clause.speech and clause.lemma not in _MEASURES_OF_PLACE:
            places = organs
        chosen = (organs or places)[:1]
        if not chosen:
            return self._read_department(clause)
        actor = chosen[0]
        evidence = replace(clause, evidence=f"{clause.evidence} в")
        return self._make_cue(evidence, Subject(actor, before=actor.start < clause.v))

    def _is_signed_at_place(self, clause: _Clause) -> bool:
        """Whether "…, сообщили в МИД" ends the sentence, whoever acts in it."""
        if not (clause.speech and clause.verb.plural and clause.v and self._s.texts[clause.v - 1] in ",—–»”"):
            return False
        return any(
            actor.start > clause.v and is_place_of_speech(self._s, actor, clause.v, clause.lemma)
            for actor in self._actors
        )

    def _read_department(self, clause: _Clause) -> Cue | None:
        """Read "добавили в ведомстве" without an owner: whoever was quoted last."""
        near = self._s.lows[max(0, clause.v - 3) : clause.v + 4]
        if not clause.speech or not {"ведомстве", "министерстве", "пресс-службе"}.intersection(near):
            return None
        cue = Cue(CueKind.REPORTED, clause.evidence, clause.v, pronoun="it")
        return self._parenthesise(cue, clause, subject_before=False)
