"""Two revisions of an article set against each other: what became of the statements in them."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from monitor.domain.actors import UNKNOWN_BLOC, Speaker
from monitor.domain.changes import ChangeKind, StatementChange
from monitor.domain.statement import Finding
from monitor.domain.word_diff import fold_words, same_wording, similarity

SAME_STATEMENT = 0.4
"""The share of words, in their order, that an edited statement keeps at least (docs/changes.md)."""

NOISE = 0.25
"""How far intensity, −1 to +1, may move without a change of meaning.

Of 2,001 edits without a meaning, made where the bundled model is certain, 4 moved it so far; a statement
that turns from hostile to neutral moves it by 0.4 to 0.6 (docs/changes.md).
"""

UNSURE = 0.4
"""How far it must move where the classifier abstains from one of the two."""

MOST_COMPARED = 200
"""Statements about one target that are searched for their like; a longer list is somebody's trick."""


def compare_statements(
    before: Sequence[Finding], after: Sequence[Finding], old_text: str = "", new_text: str = ""
) -> list[StatementChange]:
    """Return which statements an edit sharpened, softened, removed or added, as they stand in the texts.

    Statements are set against each other target by target: those of the same words first, then the
    most alike. The same words are no change, however they are judged; another speaker makes
    another statement. Given the texts, with their titles, one that stands in both is neither
    removed nor added only because it was judged in one of them.
    """
    old_words, new_words = _padded(old_text), _padded(new_text)
    changes: list[StatementChange] = []
    for target in dict.fromkeys(f.assessment.target for f in (*before, *after)):
        old = [f for f in before if f.assessment.target == target]
        new = [f for f in after if f.assessment.target == target]
        pairs = _pair_up(old, new)
        for one, other in pairs:
            changes.extend(_compare(one, other))
        paired_old, paired_new = {one.id for one, _ in pairs}, {other.id for _, other in pairs}
        changes += [
            StatementChange(ChangeKind.REMOVED, one, None)
            for one in old
            if one.id not in paired_old and _padded(one.assessment.statement.text) not in new_words
        ]
        changes += [
            StatementChange(ChangeKind.ADDED, None, other)
            for other in new
            if other.id not in paired_new and _padded(other.assessment.statement.text) not in old_words
        ]
    return sorted(changes, key=_place)


def name_change(changes: Iterable[StatementChange]) -> ChangeKind:
    """Return what an edit is called, by the heaviest statement that it touched."""
    weights = {change.kind: 0.0 for change in changes}
    for change in changes:
        weights[change.kind] = max(weights[change.kind], abs(_shift(change)))
    kind = max(weights, key=lambda kind: weights[kind], default=ChangeKind.EDITED)
    return kind if weights.get(kind, 0.0) >= NOISE else ChangeKind.EDITED


def _shift(change: StatementChange) -> float:
    """Return how far the change moves what is said: positive toward conciliatory."""
    was = change.before.assessment.intensity if change.before else 0.0
    now = change.after.assessment.intensity if change.after else 0.0
    return now - was


def _padded(text: str) -> str:
    return f" {' '.join(fold_words(text))} "


def _place(change: StatementChange) -> tuple[int, int]:
    finding = change.finding
    return finding.assessment.statement.start, finding.id


@dataclass(frozen=True, slots=True)
class _Said:
    """A finding with its words, folded once."""

    finding: Finding
    words: tuple[str, ...]
    counts: Counter[str]

    @classmethod
    def of(cls, finding: Finding) -> _Said:
        words = fold_words(finding.assessment.statement.text)
        return cls(finding, words, Counter(words))

    @property
    def is_headline(self) -> bool:
        return self.finding.assessment.statement.is_headline

    def likeness(self, other: _Said) -> float:
        if self.is_headline or other.is_headline:
            # An article has one headline, whatever it says now.
            return float(self.is_headline and other.is_headline)
        # No more words can stay in their order than both have.
        most = 2 * (self.counts & other.counts).total() / max(1, len(self.words) + len(other.words))
        return similarity(self.words, other.words) if most >= SAME_STATEMENT else 0.0


def _pair_up(old: Sequence[Finding], new: Sequence[Finding]) -> list[tuple[Finding, Finding]]:
    """Pair statements about one target: equal ones, then the most alike."""
    left_old, left_new = [_Said.of(f) for f in old], [_Said.of(f) for f in new]
    pairs = [
        *_take_equal(left_old, left_new, lambda said: (said.words, said.is_headline)),
        # A headline is often a sentence of the text too.
        *_take_equal(left_old, left_new, lambda said: said.words),
    ]
    del left_old[MOST_COMPARED:], left_new[MOST_COMPARED:]
    likeness = [
        (score, i, k)
        for i, one in enumerate(left_old)
        for k, other in enumerate(left_new)
        if (score := one.likeness(other)) >= SAME_STATEMENT
    ]
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _, i, k in sorted(likeness, key=lambda found: (-found[0], *found[1:])):
        if i not in taken_old and k not in taken_new:
            taken_old.add(i)
            taken_new.add(k)
            pairs.append((left_old[i].finding, left_new[k].finding))
    return pairs


def _take_equal(
    left_old: list[_Said], left_new: list[_Said], key: Callable[[_Said], Hashable]
) -> list[tuple[Finding, Finding]]:
    """Take the statements that have the same key out of both lists, in order, and return them in pairs."""
    waiting: dict[Hashable, deque[_Said]] = {}
    for said in left_new:
        waiting.setdefault(key(said), deque()).append(said)
    pairs = [(said, waiting[key(said)].popleft()) for said in left_old if waiting.get(key(said))]
    taken = {said.finding.id for pair in pairs for said in pair}
    for side in (left_old, left_new):
        side[:] = [said for said in side if said.finding.id not in taken]
    return [(one.finding, other.finding) for one, other in pairs]


def _compare(before: Finding, after: Finding) -> list[StatementChange]:
    """Return what became of a statement whose like stands in the new text."""
    was, now = before.assessment, after.assessment
    unchanged = same_wording(was.statement.text, now.statement.text)
    if _is_swapped(was.speaker, now.speaker, unchanged=unchanged):
        gone = StatementChange(ChangeKind.REMOVED, before, None)
        return [gone, StatementChange(ChangeKind.ADDED, None, after)]
    if unchanged:
        return []
    doubts = was.judgement.uncertain + now.judgement.uncertain
    if doubts == 2:
        return []
    if was.judgement.model != now.judgement.model and was.stance is now.stance:
        return []  # intensities of two models cannot be set against each other
    shift = now.intensity - was.intensity
    if abs(shift) < (UNSURE if doubts else NOISE):
        return []
    return [StatementChange(ChangeKind.SOFTENED if shift > 0 else ChangeKind.SHARPENED, before, after)]


def _is_swapped(was: Speaker, now: Speaker, *, unchanged: bool) -> bool:
    """Whether somebody else speaks now.

    That a text names the speaker only now, or no longer, is no swap, nor is what an edit elsewhere
    did to the attribution of a sentence that stands as it stood.
    """
    if was.name and now.name:
        return was.name != now.name
    return not unchanged and UNKNOWN_BLOC not in (was.bloc, now.bloc) and was.bloc != now.bloc
