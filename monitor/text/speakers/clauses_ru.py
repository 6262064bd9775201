"""Reporting clauses and acts in a Russian sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.text.speakers import lexicon_ru as lexicon
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.cues import Cue, CueKind
from monitor.text.speakers.directory import is_woman
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.words import ACC, ANY_GEN, ANY_NOM, DAT, GEN, INS, LOC, NOM, PLURAL, Verb, Word

_REACH_LEFT = 40
_REACH_RIGHT = 16
_DASHES = "—–-"
_TIME_NOUNS = word_set(
    """
    понедельник вторник среда четверг пятница суббота воскресенье январь февраль март апрель май июнь
    июль август сентябрь октябрь ноябрь декабрь год день неделя утро вечер час время месяц
    """
)
_MEASURES_OF_PLACE = word_set(
    """
    запретить ограничить ввести отменить снять приостановить объявить отказаться разрешить ужесточить
    потребовать
    """
)
_IDLE_AT_PLACE = word_set(
    """
    говорить выступить выступать подписать поздравить вспоминать вспомнить помогать
    """
)
"""What people at a place do without its government's meaning it."""
_PLACE_IN = frozenset(["в", "во", "на"])
_PRONOUNS = {"he": "он", "she": "она", "they": "они"}
_AFTER_AS = frozenset({"как"})


@dataclass(frozen=True, slots=True)
class _Subject:
    """What was found to do what a verb says."""

    actor: Actor | None = None
    pronoun: str = ""
    joint: bool = False
    before: bool = True
    sure: bool = True
    """Its form can be nothing but the nominative."""


_BLOCKED = _Subject()


class RussianClauses:
    """Finds who says or does what in one sentence."""

    def __init__(self, sentence: Sentence, actors: Sequence[Actor], *, headline: bool) -> None:
        self._s = sentence
        self._actors = actors
        self._headline = headline
        self._at: list[Actor | None] = [None] * len(sentence)
        for actor in actors:
            self._at[actor.start : actor.end] = [actor] * (actor.end - actor.start)

    def find(self) -> list[Cue]:
        """Return every cue outside quotation marks."""
        cues = [*self._find_colon(), *self._find_prepositional()]
        for i, word in enumerate(self._s.words):
            if word is not None and word.verb is not None and not self._s.quoted[i] and self._at[i] is None:
                cue = self._read_verb(i, word.verb)
                if cue is not None:
                    cues.append(cue)
        return cues

    # --- what a headline or a colon says

    def _find_colon(self) -> Iterator[Cue]:
        """Read "Песков: …", "Песков — о …" and "…: Песков о …"."""
        s = self._s
        for actor in self._actors:
            if s.quoted[actor.start] or not actor.mask & ANY_NOM or actor.relay:
                continue
            follows = s.lows[actor.end] if actor.end < len(s) else ""
            opens = actor.start == 0 or (
                actor.start <= 2 and not any(t[0].isalnum() for t in s.texts[: actor.start])
            )
            if opens and follows == ":":
                yield Cue(CueKind.COLON, actor.text, actor.start, actor)
            elif (
                opens
                and follows
                and follows in _DASHES
                and s.lows[actor.end + 1 : actor.end + 2] in (["о"], ["об"])
            ) or (
                self._headline
                and follows in ("о", "об")
                and (opens or s.texts[actor.start - 1] in ":.!?")
                and (not actor.is_state)
            ):
                yield Cue(CueKind.ABOUT, actor.text, actor.start, actor)
            elif (
                self._headline
                and actor.end == len(s)
                and actor.start > 2
                and s.texts[actor.start - 1] in "—–:"
            ):
                yield Cue(CueKind.SOURCE, actor.text, actor.start, actor)

    def _find_prepositional(self) -> Iterator[Cue]:
        """Read "по словам X", "согласно X", "со ссылкой на X", "в заявлении X говорится"."""
        s = self._s
        for i, low in enumerate(s.lows):
            if s.quoted[i]:
                continue
            if low == "по" and i + 2 < len(s):
                yield from self._read_according(i)
            elif low == "согласно" and (actor := self._next_actor(i + 1, 3)) is not None:
                yield Cue(CueKind.ACCORDING, f"согласно {actor.text}", i, actor)
            elif low == "ссылкой" and i + 2 < len(s) and (actor := self._next_actor(i + 2, 3)) is not None:
                yield Cue(CueKind.ACCORDING, f"со ссылкой на {actor.text}", i, actor, parenthetic=i > 4)

    def _read_according(self, i: int) -> Iterator[Cue]:
        s = self._s
        j = i + 1
        if s.lows[j] in ("его", "ее", "их") and j + 1 < len(s) and self._is_according(j + 1):
            pronoun = {"его": "he", "ее": "she", "их": "they"}[s.lows[j]]
            yield Cue(CueKind.ACCORDING, s.lows[j], i, pronoun=pronoun)
            return
        while j < min(len(s), i + 3) and not self._is_according(j):
            j += 1
        actor = self._next_actor(j + 1, 2) if j < len(s) and self._is_according(j) else None
        if actor is not None and actor.mask & ANY_GEN:
            yield Cue(CueKind.ACCORDING, f"по {s.lows[j]} {actor.text}", i, actor, parenthetic=i > 0)

    def _is_according(self, i: int) -> bool:
        word = self._s.words[i] if i < len(self._s) else None
        return (
            word is not None
            and not lexicon.ACCORDING.isdisjoint(word.cases)
            and bool((word.mask | word.mask >> PLURAL) & DAT)
        )

    def _next_actor(self, start: int, reach: int) -> Actor | None:
        """Return the actor that begins within a few words."""
        for i in range(start, min(start + reach, len(self._s))):
            actor = self._at[i]
            if actor is not None:
                return None if self._s.quoted[i] or actor.relay else actor
            if not self._s.texts[i][0].isalnum():
                return None
        return None

    # --- verbs

    def _read_verb(self, v: int, verb: Verb) -> Cue | None:
        lemma = verb.lemma
        if verb.person in ("1per", "2per") or verb.kind == "infinitive":
            return self._read_plan(v, lemma) if verb.kind == "infinitive" else None
        if lemma in lexicon.SAID_IN:
            return self._read_document(v)
        if verb.kind == "passive":
            return self._read_passive(v, verb)
        speech = lemma in lexicon.SPEECH or (verb.kind == "short" and lemma in lexicon.PREDICATES)
        if not speech and lemma not in lexicon.ACTS:
            return None
        if verb.kind == "short" and lemma not in lexicon.PREDICATES:
            return None
        return self._make_cue(v, verb, speech=speech)

    def _make_cue(self, v: int, verb: Verb, *, speech: bool, evidence: str = "") -> Cue | None:
        s, lemma = self._s, verb.lemma
        subject = self._find_subject(v, verb)
        said = evidence or s.texts[v]
        governs = any(low in ("что", "чтобы") or low == ":" for low in s.lows[v + 1 : v + 14])
        back = (s.lows[:1] == ["об"] and s.lows[1:2] == ["этом"]) or s.lows[:2] == ["о", "чем"]
        if subject is None:
            return self._read_impersonal(v, verb, speech=speech, governs=governs, back=back)
        if subject is _BLOCKED:
            return None
        if subject.joint:
            return Cue(CueKind.JOINT, said, subject.actor.start if subject.actor else v, subject.actor)
        kind = CueKind.REPORTED if speech else CueKind.ACT
        parenthetic = (
            speech and not subject.before and lemma not in lexicon.WEAK_SPEECH and self._is_parenthesis(v)
        )
        introduced = parenthetic and v > 0 and s.lows[v - 1] in _AFTER_AS
        if subject.actor is None:
            return Cue(kind, _PRONOUNS.get(subject.pronoun, said), v, pronoun=subject.pronoun, parenthetic=parenthetic, introduced=introduced,
                       governs=governs)  # fmt: skip
        actor = subject.actor
        if actor.relay:
            return None
        if actor.is_state and not speech and lemma in lexicon.MEETINGS:
            return None
        if actor.is_crowd and (not speech or lemma in lexicon.WEAK_SPEECH):
            return None
        if (
            actor.role is not None
            and not actor.is_named
            and (actor.role.joint or (verb.plural and not actor.is_crowd))
        ):
            return Cue(CueKind.JOINT, f"{said} {actor.text}", actor.start, actor)
        return Cue(
            kind,
            f"{said} {actor.text}",
            min(v, actor.start),
            actor,
            parenthetic=parenthetic,
            introduced=introduced,
            governs=governs,
            points_back=back,
            neutral=speech,
            female={"femn": True, "masc": False}.get(verb.gender),
        )

    def _read_plan(self, v: int, lemma: str) -> Cue | None:
        """Read "не будет добиваться", "готова отказаться": an infinitive after будет."""
        s = self._s
        if lemma not in lexicon.SPEECH and lemma not in lexicon.ACTS:
            return None
        k = v - 1
        while k >= 0 and v - k < 4 and s.lows[k] not in ("будет", "будут"):
            k -= 1
        if k < 0 or v - k >= 4 or self._at[k] is not None:
            return None
        verb = Verb(lemma, "finite", s.lows[k] == "будут", "", "3per")
        return self._make_cue(k, verb, speech=lemma in lexicon.SPEECH, evidence=f"{s.texts[k]} {s.texts[v]}")

    def _read_document(self, v: int) -> Cue | None:
        """Read "говорится в заявлении МИД"."""
        s = self._s
        for j in [*range(v + 1, min(v + 7, len(s))), *range(v - 1, max(v - 12, -1), -1)]:
            word = s.words[j]
            if word is None or s.quoted[j] or lexicon.STATEMENTS.isdisjoint(word.cases):
                continue
            actor = self._next_actor(j + 1, 3)
            if actor is not None and actor.mask & ANY_GEN:
                parenthetic = j > v > 0
                return Cue(CueKind.STATEMENT, f"{s.lows[v]} {s.lows[j]} {actor.text}", min(v, j), actor,
                           parenthetic=parenthetic)  # fmt: skip
        return None

    def _read_passive(self, v: int, verb: Verb) -> Cue | None:
        """Read "запрещён Роскомнадзором" and "вызван в МИД"."""
        if verb.lemma not in lexicon.ACTS and verb.lemma not in lexicon.SPEECH:
            return None
        s = self._s
        for j in range(v + 1, min(v + 9, len(s))):
            actor = self._at[j]
            if s.texts[j] in ".;:—–«" or s.lows[j] in lexicon.STOPS:
                return None
            if actor is None or actor.start != j:
                continue
            agent = (
                (actor.mask | actor.mask >> PLURAL) & INS
                and not actor.mask & ANY_NOM
                and not self._is_governed(actor)
            )
            summons = verb.lemma == "вызвать" and s.lows[j - 1] == "в" and actor.is_institution
            if (agent and j - v < 5) or summons:
                return Cue(CueKind.AGENT, f"{s.texts[v]} {actor.text}", v, actor, neutral=False)
        return None

    def _read_impersonal(self, v: int, verb: Verb, *, speech: bool, governs: bool, back: bool) -> Cue | None:
        """Read "в Кремле заявили", "сообщили в МИД": a plural verb whose place is the speaker."""
        if verb.lemma == "считать" and not governs and self._counts(v):
            return None
        if not verb.plural or (
            not speech and verb.lemma not in _MEASURES_OF_PLACE and verb.lemma not in lexicon.ACTS
        ):
            return None
        s = self._s
        found: list[Actor] = []
        for actor in self._actors:
            distance = v - actor.end if actor.end <= v else actor.start - v - 1
            between = range(actor.end, v) if actor.end <= v else range(v + 1, actor.start)
            if s.quoted[actor.start] or distance > 12 or actor.start == 0:
                continue
            if s.lows[actor.start - 1] not in _PLACE_IN or not actor.mask & (LOC | LOC << PLURAL):
                continue
            if any((s.texts[i] in ",:;«" and i != v - 1) or s.lows[i] in lexicon.STOPS for i in between):
                continue
            if actor.role is not None and not actor.organ:
                continue
            if actor.is_state and verb.lemma in _IDLE_AT_PLACE:
                continue
            found.append(actor)
        organs = [actor for actor in found if not actor.is_state]
        if not speech and verb.lemma not in _MEASURES_OF_PLACE:
            found = organs
        chosen = (organs or found)[:1]
        if not chosen:
            return self._read_they(v, verb, speech=speech, governs=governs)
        actor = chosen[0]
        parenthetic = (
            speech and actor.start > v and verb.lemma not in lexicon.WEAK_SPEECH and self._is_parenthesis(v)
        )
        return Cue(
            CueKind.REPORTED if speech else CueKind.ACT,
            f"{s.texts[v]} в {actor.text}",
            min(v, actor.start),
            actor,
            parenthetic=parenthetic,
            introduced=parenthetic and s.lows[v - 1] in _AFTER_AS,
            governs=governs,
            points_back=back,
            neutral=speech,
        )

    def _counts(self, v: int) -> bool:
        """Whether "считают" counts things: "считают голоса"."""
        word = self._s.words[v + 1] if v + 1 < len(self._s) else None
        return word is not None and bool(word.nouns & (ACC | ACC << PLURAL))

    def _read_they(self, v: int, verb: Verb, *, speech: bool, governs: bool) -> Cue | None:
        """Read "добавили в ведомстве" without an owner: whoever was quoted last."""
        s = self._s
        near = s.lows[max(0, v - 3) : v + 4]
        if speech and any(low in ("ведомстве", "министерстве", "пресс-службе") for low in near):
            return Cue(
                CueKind.REPORTED,
                s.texts[v],
                v,
                pronoun="it",
                parenthetic=self._is_parenthesis(v),
                governs=governs,
            )
        return None

    def _is_parenthesis(self, v: int) -> bool:
        """Whether the clause of a verb follows what it reports, or stands inside it."""
        s, k = self._s, v - 1
        while k >= 0 and (s.lows[k] in lexicon.TIME or s.lows[k] in _AFTER_AS):
            k -= 1
        if k < 0:
            return v > 0 and s.lows[v - 1] in _AFTER_AS
        return s.texts[k] in ',—–-»”"!?…' and not any(low == "что" for low in s.lows[v + 1 : v + 12])

    # --- subjects

    def _find_subject(self, v: int, verb: Verb) -> _Subject | None:
        """Return who does what the verb says; None where the form names nobody."""
        previous = self._s.texts[v - 1] if v else ""
        fresh = v == 0 or previous in ',—–-»”".!?…:' or self._s.lows[v - 1] in _AFTER_AS
        right = self._scan_right(v, verb)
        if fresh and right is not None and right is not _BLOCKED:
            return right
        left = self._scan_left(v, verb)
        if left is None or left is _BLOCKED:
            return right if right is not None else left
        if not left.sure and right is not None and right is not _BLOCKED and right.sure:
            return right
        return left

    def _scan_left(self, v: int, verb: Verb) -> _Subject | None:
        s, i, commas = self._s, v - 1, 0
        while i >= 0 and v - i < _REACH_LEFT:
            actor, low = self._at[i], s.lows[i]
            if s.quoted[i] or low in lexicon.STOPS or s.texts[i] in ":;—–!?(":
                return None
            if s.texts[i] == ")":
                while i >= 0 and s.texts[i] != "(":
                    i -= 1
                i -= 1
                continue
            if actor is not None:
                if (subject := self._as_subject(actor, verb, before=True)) is not None:
                    return subject
                i = actor.start - 1
                continue
            if low in lexicon.PRONOUNS and not verb.plural and verb.gender in ("", lexicon.PRONOUNS[low]):
                return _Subject(pronoun="he" if low == "он" else "she")
            if low == "они" and verb.plural:
                return _Subject(pronoun="they")
            if low in ("я", "мы", "ты", "вы", "кто", "это"):
                return _BLOCKED
            commas += s.texts[i] == ","
            if commas > 2:
                return None
            word = s.words[i]
            if word is not None and self._blocks(i, word, verb):
                return _BLOCKED
            i -= 1
        return None

    def _scan_right(self, v: int, verb: Verb) -> _Subject | None:
        s, i = self._s, v + 1
        best: _Subject | None = None
        while i < len(s) and i - v < _REACH_RIGHT:
            actor, low = self._at[i], s.lows[i]
            if s.quoted[i] or low in lexicon.STOPS or s.texts[i] in ",:;—–!?.»":
                return best
            if s.texts[i] == "(":
                while i < len(s) and s.texts[i] != ")":
                    i += 1
            if actor is not None:
                subject = self._as_subject(actor, verb, before=False)
                if subject is not None and subject.sure:
                    return subject
                best = best or subject
                i = actor.end
                continue
            if (
                low in lexicon.PRONOUNS
                and i - v <= 3
                and not verb.plural
                and verb.gender in ("", lexicon.PRONOUNS[low])
            ):
                return _Subject(pronoun="he" if low == "он" else "she", before=False)
            if low == "они" and i - v <= 2 and verb.plural:
                return _Subject(pronoun="they", before=False)
            word = s.words[i]
            if word is not None:
                if word.verb is not None and word.verb.kind == "finite" and not word.nouns:
                    return best
                if best is None and self._blocks(i, word, verb) and not word.nouns & (ACC | ACC << PLURAL):
                    return _BLOCKED
            i += 1
        return best

    def _as_subject(self, actor: Actor, verb: Verb, *, before: bool) -> _Subject | None:
        """Return the actor as the verb's subject where case, number and gender allow it."""
        s = self._s
        plural_form = actor.mask & NOM << PLURAL
        singular_form = actor.mask & NOM
        if not (plural_form or singular_form) or self._is_governed(actor) or s.quoted[actor.start]:
            return None
        joined = self._is_joined(actor)
        if verb.plural and not plural_form:
            return _Subject(actor, joint=True, before=before) if joined else None
        if verb.plural and joined:
            return _Subject(actor, joint=True, before=before)
        if not verb.plural and (not singular_form or (joined and not before)):
            return None
        if not verb.plural and not _agrees(actor, verb):
            return None
        sure = not actor.mask & (ACC | ACC << PLURAL)
        return _Subject(actor, before=before, sure=sure)

    def _is_joined(self, actor: Actor) -> bool:
        """Whether "и X" or "с X" makes the actor one of two."""
        s = self._s
        after, before = actor.end, actor.start - 1
        if (
            after + 1 < len(s)
            and s.lows[after] in ("и", "с", "со", ",")
            and (other := self._at[after + 1]) is not None
        ):
            if s.lows[after] == "и" and other.mask & actor.mask:
                return True
            if s.lows[after] in ("с", "со") and (other.mask | other.mask >> PLURAL) & INS and other.is_human:
                return True
        return (
            before > 0
            and s.lows[before] == "и"
            and self._at[before - 1] is not None
            and bool((other := self._at[before - 1]) and other.mask & actor.mask & ANY_NOM)
        )

    def _is_governed(self, actor: Actor) -> bool:
        """Whether a preposition or a noun before the actor decides its case."""
        s, k = self._s, actor.start - 1
        while k >= 0 and (s.texts[k] in '«"“' or self._is_adjective(k)):
            k -= 1
        word = s.words[k] if k >= 0 else None
        if word is None:
            return False
        if word.preposition:
            return True
        if not actor.mask & (GEN | GEN << PLURAL) or (
            actor.mask & ANY_NOM and not actor.mask & (ACC | ACC << PLURAL)
        ):
            return False
        if self._at[k] is not None:
            return bool(actor.organ or actor.state) and s.lows[k] != "и"
        return (
            bool(word.nouns) and word.verb is None and not word.adverb and _TIME_NOUNS.isdisjoint(word.cases)
        )

    def _is_adjective(self, k: int) -> bool:
        word = self._s.words[k]
        return (
            word is not None
            and bool(word.mask)
            and not word.nouns
            and word.verb is None
            and not word.preposition
        )

    def _blocks(self, i: int, word: Word, verb: Verb) -> bool:
        """Whether a common noun in the nominative is the verb's true subject."""
        if not word.nouns or word.preposition or word.adverb or not _TIME_NOUNS.isdisjoint(word.cases):
            return False
        nominative = word.nouns & (NOM << PLURAL if verb.plural else NOM)
        if not nominative or (verb.gender and word.noun_gender and word.noun_gender != verb.gender):
            return False
        k = i - 1
        while k >= 0 and self._is_adjective(k):
            k -= 1
        before = self._s.words[k] if k >= 0 else None
        if before is not None and (before.preposition or (before.nouns and word.nouns & ANY_GEN)):
            return False
        return not (before is not None and before.verb is not None and word.nouns & (ACC | ACC << PLURAL))


def _agrees(actor: Actor, verb: Verb) -> bool:
    """Whether a person's gender fits a past tense."""
    if verb.gender not in ("masc", "femn", "neut"):
        return True
    female: bool | None = None
    if actor.person is not None and not actor.person.institution:
        female = is_woman(actor.person)
    elif actor.named is not None:
        female = actor.named.female
    if female is None:
        return not (actor.is_human and verb.gender == "neut")
    return verb.gender == ("femn" if female else "masc")
