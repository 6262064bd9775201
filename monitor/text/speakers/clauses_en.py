"""Reporting clauses and acts in an English sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.text.speakers import lexicon_en as lexicon
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.cues import Cue, CueKind
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.words import GEN

_LONGEST_APPOSITION = 28
_PREPOSITIONS = word_set(
    """
    in on at to from with by for of about against after before near into over between under during
    through than toward towards via as like without despite within
    """
)
_INVERTED = word_set(
    """
    say add note explain stress emphasize emphasise underline continue write recall conclude
    """
)
_MODALS = word_set(
    """
    to will would can could may might should must did does do not n't
    """
)
_PARTICIPLES = word_set(
    """
    banned barred expelled deported detained arrested suspended evacuated attacked shelled struck
    summoned closed blocked extradited fined sanctioned accused condemned criticized
    """
)  # fmt: skip
_AFTER_PARTICIPLE = word_set(
    """
    at from in by over for after amid as of on to
    """
)
_PERFECT = frozenset({"has", "have", "had"})
_RELATIVE = frozenset({"what", "which", "whom", "whose"})
_DASHES = frozenset("—–-")


class EnglishClauses:
    """Finds who says or does what in one sentence."""

    def __init__(self, sentence: Sentence, actors: Sequence[Actor], *, headline: bool) -> None:
        self._s = sentence
        self._actors = [actor for actor in actors if not sentence.quoted[actor.start]]
        self._headline = headline
        self._ending_at = {actor.end: actor for actor in self._actors}
        self._starting_at = {actor.start: actor for actor in self._actors}

    def find(self) -> list[Cue]:
        """Return every cue outside quotation marks."""
        cues = [*self._find_marks(), *self._find_nominal()]
        for i, low in enumerate(self._s.lows):
            if self._s.quoted[i] or self._inside_actor(i):
                continue
            cue = self._read_verb(i, low)
            if cue is not None:
                cues.append(cue)
        return cues

    def _inside_actor(self, i: int) -> bool:
        return any(actor.start <= i < actor.end for actor in self._actors)

    # --- colons, dashes and "X on Y"

    def _find_marks(self) -> Iterator[Cue]:
        s = self._s
        for actor in self._actors:
            if actor.relay or actor.mask == GEN:
                continue
            follows = s.lows[actor.end] if actor.end < len(s) else ""
            opens = not any(text[0].isalnum() for text in s.texts[: actor.start])
            before = s.texts[actor.start - 1] if actor.start else ""
            if before == "the" and actor.start > 1:
                before = s.texts[actor.start - 2]
            if opens and follows == ":":
                yield Cue(CueKind.COLON, actor.text, actor.start, actor)
            elif (
                self._headline
                and actor.end >= len(s) - 1
                and actor.start > 2
                and (before in _DASHES or before == ":")
            ):
                yield Cue(CueKind.SOURCE, actor.text, actor.start, actor)
            elif (
                self._headline and follows in ("on", "about") and (opens or before == ":") and actor.is_human
            ):
                yield Cue(CueKind.ABOUT, actor.text, actor.start, actor)

        if self._headline and not any(actor.end >= len(s) - 1 for actor in self._actors):
            yield from self._find_unknown_source()

    def _find_unknown_source(self) -> Iterator[Cue]:
        """Read "… — watchdog" and "… — SOCAR": somebody unlisted says it."""
        s = self._s
        for i in range(len(s) - 2, max(len(s) - 7, 1), -1):
            if s.texts[i] in _DASHES:
                rest = s.texts[i + 1 :]
                if not s.quoted[i] and all(text[0].isalpha() for text in rest):
                    yield Cue(CueKind.SOURCE, " ".join(rest), i)
                return

    def _find_nominal(self) -> Iterator[Cue]:
        """Read "according to X", "X's statement", "remarks by X"."""
        s = self._s
        for i, low in enumerate(s.lows):
            if s.quoted[i]:
                continue
            if low == "according" and s.lows[i + 1 : i + 2] == ["to"]:
                if s.lows[i + 2 : i + 3] in (["him"], ["her"], ["them"]):
                    pronoun = {"him": "he", "her": "she", "them": "they"}[s.lows[i + 2]]
                    yield Cue(CueKind.ACCORDING, s.lows[i + 2], i, pronoun=pronoun, parenthetic=i > 0)
                elif (actor := self._starting(i + 2)) is not None and not actor.relay:
                    yield Cue(CueKind.ACCORDING, f"according to {actor.text}", i, actor, parenthetic=i > 0)
            elif low in lexicon.STATEMENT_NOUNS:
                yield from self._read_document(i)

    def _read_document(self, i: int) -> Iterator[Cue]:
        s, k = self._s, i - 1
        while (
            k >= 0
            and i - k < 4
            and s.lows[k] in ("opening", "closing", "introductory", "press", "video", "recent", "written")
        ):
            k -= 1
        owner = self._ending_at.get(k + 1)
        if owner is not None and owner.mask == GEN and (self._headline or self._speaks_at(i)):
            yield Cue(CueKind.STATEMENT, f"{owner.text}'s {s.lows[i]}", owner.start, owner)
        elif (
            s.lows[i + 1 : i + 2] in (["by"], ["from"])
            and (actor := self._starting(i + 2)) is not None
            and (self._headline or i < 9)
        ):
            yield Cue(CueKind.STATEMENT, f"{s.lows[i]} by {actor.text}", i, actor)

    def _speaks_at(self, i: int) -> bool:
        """Whether a document is said to say something, or opens the sentence as a title."""
        following = self._s.lows[i + 1 : i + 4]
        return any(low in ("said", "says", "reads", "read", "stated", "noted") for low in following) or i < 15

    # --- verbs

    def _read_verb(self, v: int, low: str) -> Cue | None:
        s = self._s
        lemma, speech = _read_form(low)
        base = low in lexicon.SPEECH_BASE or low in lexicon.ACT_BASE
        if base and (not lemma or low not in lexicon.SPEECH):
            lemma, speech = low, low in lexicon.SPEECH_BASE
        elif low in lexicon.PREDICATES:
            lemma, speech = low, True
        elif self._headline and low.endswith("ing") and not lemma:
            lemma, speech = _read_gerund(low)
        if not lemma:
            return None
        if lemma in _INVERTED and (inverted := self._read_inverted(v, lemma)) is not None:
            return inverted
        if (
            s.lows[v + 1 : v + 2] == ["by"]
            and (agent := self._starting(v + 2)) is not None
            and not agent.is_human
        ):
            return Cue(CueKind.AGENT, f"{low} by {agent.text}", v, agent)
        if lemma == "summon" and (organ := self._summoned_to(v)) is not None:
            return Cue(CueKind.AGENT, f"{low} to {organ.text}", v, organ)
        return self._read_subject(v, lemma, speech=speech, base=base and low not in lexicon.SPEECH)

    def _read_inverted(self, v: int, lemma: str) -> Cue | None:
        """Read "…, said Putin" and "says Putin"."""
        s = self._s
        fresh = v > 0 and (s.texts[v - 1] in ',"”’»—–-!?' or s.quoted[v - 1])
        if s.lows[v + 1 : v + 2] in (["he"], ["she"]) and fresh:
            return Cue(CueKind.REPORTED, s.lows[v + 1], v, pronoun=s.lows[v + 1], parenthetic=True)
        actor = self._starting(v + 1)
        if actor is None or actor.mask == GEN or actor.relay or not (fresh or (v == 0 and lemma == "say")):
            return None
        if actor.end < len(s) and (
            s.lows[actor.end] in lexicon.AUXILIARIES or _read_form(s.lows[actor.end])[0]
        ):
            return None
        return Cue(CueKind.REPORTED, f"{s.texts[v]} {actor.text}", v, actor, parenthetic=True,
                   introduced=s.lows[v - 1] == "as")  # fmt: skip

    def _summoned_to(self, v: int) -> Actor | None:
        for i in range(v + 1, min(v + 10, len(self._s))):
            actor = self._starting(i)
            if actor is not None and actor.is_institution and self._s.lows[i - 1] in ("to", "by", "the"):
                return actor
        return None

    def _read_subject(self, v: int, lemma: str, *, speech: bool, base: bool) -> Cue | None:
        s = self._s
        k, modal, passive = self._skip_auxiliaries(v)
        predicate = s.lows[v] in lexicon.PREDICATES
        if (passive and not predicate) or (predicate and not passive and not (self._headline and k == v - 1)):
            return None
        pronoun = s.lows[k] if k >= 0 else ""
        governs = "that" in s.lows[v + 1 : v + 5] or s.lows[v] in ("said", "says")
        kind = CueKind.REPORTED if speech else CueKind.ACT
        if pronoun in ("he", "she", "they", "it"):
            if speech and not (pronoun == "it" and lemma not in lexicon.PARENTHETIC):
                parenthetic = lemma in lexicon.PARENTHETIC and self._is_parenthesis(k, v)
                return Cue(kind, pronoun, k, pronoun=pronoun, parenthetic=parenthetic, governs=governs)
            return None
        actor = self._subject_ending(k + 1)
        if actor is None or actor.relay or actor.mask == GEN or self._is_governed(actor):
            return None
        if actor.start > 0 and s.lows[actor.start - 1] in _RELATIVE:
            return None
        joint = self._is_joined(actor)
        if base and not (modal or joint or actor.is_crowd or _is_plural(actor)):
            return None
        if joint:
            return Cue(CueKind.JOINT, s.texts[v], actor.start, actor)
        if actor.is_state and not speech and lemma in lexicon.MEETINGS:
            return None
        if (
            self._headline
            and s.lows[v] in _PARTICIPLES
            and s.lows[v + 1 : v + 2]
            and s.lows[v + 1] in _AFTER_PARTICIPLE
        ):
            return None
        if not actor.is_human and s.lows[v] in lexicon.ALSO_NOUNS and self._is_noun(v, actor):
            return None
        if actor.role is not None and actor.role.joint and not actor.is_named:
            return Cue(CueKind.JOINT, f"{actor.text} {s.texts[v]}", actor.start, actor)
        if (actor.is_crowd or (actor.named and not actor.role)) and not speech:
            return None
        parenthetic = speech and lemma in lexicon.PARENTHETIC and self._is_parenthesis(actor.start, v)
        return Cue(
            kind,
            f"{actor.text} {s.texts[v]}",
            actor.start,
            actor,
            parenthetic=parenthetic,
            introduced=parenthetic and actor.start > 0 and s.lows[actor.start - 1] == "as",
            governs=governs,
            points_back=actor.end == k + 1 and s.lows[v + 1 : v + 2] == ["this"],
        )

    def _is_noun(self, v: int, actor: Actor) -> bool:
        """Whether a form such as "protests" stands as a noun after a state's name."""
        s = self._s
        following = s.lows[v + 1] if v + 1 < len(s) else ""
        article = (
            actor.is_state
            and s.lows[actor.start] == "the"
            and actor.state is not None
            and (not actor.state.place.startswith("the "))
        )
        return article or following in (
            "of",
            "against",
            "on",
            "were",
            "are",
            "is",
            "was",
            "will",
            "have",
            "has",
            "and",
        )

    def _skip_auxiliaries(self, v: int) -> tuple[int, bool, bool]:
        """Go back over auxiliaries and adverbs; tells of a modal before a base form, and of a passive."""
        s, k, modal, passive = self._s, v - 1, False, False
        while k >= 0 and not s.quoted[k]:
            low = s.lows[k]
            if low in _MODALS or low in _PERFECT:
                modal = True
            elif low in ("is", "are", "was", "were", "been", "being", "be"):
                passive = True
            elif not (low in lexicon.AUXILIARIES or low.endswith("ly") or low in lexicon.DAYS):
                if low == "on" and k + 1 < v and s.lows[k + 1] in lexicon.DAYS:
                    k -= 1
                    continue
                break
            k -= 1
        return k, modal, passive

    def _subject_ending(self, end: int) -> Actor | None:
        """Return the actor that ends before a token, directly or before an apposition in commas."""
        actor = self._ending_at.get(end)
        s = self._s
        if end > 0 and s.texts[end - 1] == ",":
            for i in range(end - 2, max(end - _LONGEST_APPOSITION, 0), -1):
                if s.quoted[i] or s.texts[i] in ";:—–":
                    return actor
                if s.texts[i] == "," and (before := self._ending_at.get(i)) is not None:
                    return before
            return actor
        if actor is not None and end < len(s) and actor.start > 1 and s.texts[actor.start - 1] == ",":
            return actor
        return actor

    def _is_parenthesis(self, start: int, v: int) -> bool:
        """Whether the clause follows what it reports: "…, Peskov said" or "…," Peskov told TASS."""
        s, k = self._s, start - 1
        if k >= 0 and s.lows[k] in ("the", "as"):
            k -= 1
        if k < 0 or not (s.texts[k] in ',”"’»—–-!?' or s.quoted[k]):
            return False
        after = s.lows[v + 1] if v + 1 < len(s) else ""
        if s.quoted[k - 1] if k else False:
            return True
        closing = not after or not after[0].isalnum() or after in lexicon.DAYS
        return closing or after in (
            "on",
            "in",
            "at",
            "during",
            "following",
            "citing",
            "as",
            "reporters",
            "after",
            "tass",
            "journalists",
        )

    def _is_governed(self, actor: Actor) -> bool:
        k = actor.start - 1
        return (
            k >= 0 and self._s.lows[k] in _PREPOSITIONS and not self._s.quoted[k] and self._s.lows[k] != "as"
        )

    def _is_joined(self, actor: Actor) -> bool:
        """Whether "X and" or, in a headline, "X," stands before the actor."""
        s, k = self._s, actor.start - 1
        if k > 0 and s.lows[k] == "the":
            k -= 1
        if k < 1 or s.lows[k] not in ("and", ",", "&"):
            return False
        if s.lows[k] == "," and not self._headline:
            return False
        other = self._ending_at.get(k) or (self._ending_at.get(k - 1) if s.texts[k - 1] == "," else None)
        return other is not None and not self._is_governed(other) and other.mask != GEN and not other.relay

    def _starting(self, i: int) -> Actor | None:
        """Return the actor that starts at a token or after "the"."""
        actor = self._starting_at.get(i)
        if actor is None and i < len(self._s) and self._s.lows[i] in ("the", "a", "an"):
            actor = self._starting_at.get(i + 1)
        return actor


def _read_form(low: str) -> tuple[str, bool]:
    """Return the base of a verb's form and whether it is one of speech."""
    if low in lexicon.SPEECH:
        return lexicon.SPEECH[low], True
    return lexicon.ACTS.get(low, ""), False


def _read_gerund(low: str) -> tuple[str, bool]:
    stem = low[:-3]
    for base in (stem, stem + "e", stem[:-1]):
        if base in lexicon.SPEECH_BASE:
            return base, True
        if base in lexicon.ACT_BASE:
            return base, False
    return "", False


def _is_plural(actor: Actor) -> bool:
    words = actor.text.lower()
    return words.endswith(("authorities", "forces", "guards", "prosecutors", "military", "police"))
