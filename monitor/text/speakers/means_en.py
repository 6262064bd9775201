"""English participles that tell what was said, whose speaker is the subject of the main clause."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.text.speakers import lexicon_en as lexicon
from monitor.text.speakers import verbs_en as verbs
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.cues import Cue, CueKind
from monitor.text.speakers.parts_en import EnglishParts
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.words import GEN

_REACH = 24
_IRREGULAR = word_set("made drew left came went took gave set sent won brought led met got caught")
_NO_MEANS = frozenset({"including", "meaning", "speaking", "during", "sharing", "backing"})


def read_gerund(low: str) -> tuple[str, bool]:
    """Return the base of an -ing form and whether it is one of speech; empty where it is none."""
    if not low.endswith("ing") or low in _NO_MEANS:
        return "", False
    stem = low[:-3]
    for base in (stem, stem + "e", stem[:-1]):
        if base in verbs.SPEECH_BASE or base in verbs.ACT_BASE:
            return base, base in verbs.SPEECH_BASE
    return "", False


def find_means(parts: EnglishParts) -> Iterator[Cue]:
    """Read "Modi surprised us by saying that", "Modi left, arguing that", "Arguing that …, Modi left"."""
    s = parts.sentence
    for v, low in enumerate(s.lows):
        if s.quoted[v] or not read_gerund(low)[1]:
            continue
        before, after = s.lows[v - 1] if v else "", s.lows[v + 1 : v + 2]
        actor = None
        if before == "by" or (before == "," and after in (["that"], [","], [":"])):
            actor = _find_subject_before(parts, v - 1)
        elif parts.headline and before == ",":
            actor = _find_subject_opening(parts, v - 1)
        elif not any(text[0].isalnum() for text in s.texts[:v]):
            actor = _find_subject_after(parts, v + 1)
        if actor is not None:
            evidence = f"{actor.text} … {low}"
            yield Cue(CueKind.REPORTED, evidence, actor.start, actor, governs=after == ["that"])


def _find_subject_before(parts: EnglishParts, end: int) -> Actor | None:
    """Return the subject of the main clause: whom a verb that is no auxiliary follows."""
    s = parts.sentence
    for actor in parts.actors:
        if actor.end < end and end - actor.end < _REACH and _can_act(parts, actor):
            k = actor.end
            while k < end and (s.lows[k] in lexicon.AUXILIARIES or s.lows[k].endswith("ly")):
                k += 1
            if k < end and _is_past(s.lows[k]) and s.lows[k + 1 : k + 2] != ["by"]:
                return actor
    return None


def _find_subject_opening(parts: EnglishParts, end: int) -> Actor | None:
    """Return the person with whom a headline begins, before what a participle tells of him."""
    first = next(iter(parts.actors), None)
    opens = first is not None and not any(text[0].isalnum() for text in parts.sentence.texts[: first.start])
    named = first is not None and opens and first.is_named and first.is_human and first.end < end
    return first if named and first is not None and _can_act(parts, first) else None


def _find_subject_after(parts: EnglishParts, start: int) -> Actor | None:
    """Return the actor that begins the main clause after the participle's own."""
    s = parts.sentence
    for actor in parts.actors:
        k = actor.start - 1 - (s.lows[actor.start - 1] == "the")
        if actor.start > start and s.texts[k] == ",":
            follows = s.lows[actor.end : actor.end + 1]
            verbal = bool(follows) and (_is_past(follows[0]) or follows[0] in lexicon.AUXILIARIES)
            return actor if verbal and _can_act(parts, actor) else None
    return None


def _can_act(parts: EnglishParts, actor: Actor) -> bool:
    plain = actor.relay or actor.is_crowd or actor.mask == GEN
    return not (plain or parts.is_governed(actor) or parts.is_joined(actor))


def _is_past(low: str) -> bool:
    """Whether a word has the form of a past tense; a few irregular ones are listed."""
    regular = low.endswith("ed") and len(low) > 4
    return regular or low in verbs.SPEECH or low in verbs.ACTS or low in _IRREGULAR
