"""Real statements of which a part was rewritten so that the label turns; the tables hold the new parts alone.

Method: counterfactually augmented data; Kaushik and others, Learning the difference that makes a
difference, ICLR 2020.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

Change = tuple[int, int, str]
"""From where to where, in characters of the original, and what stands there instead."""

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


def find_changes(original: str, edited: str) -> list[Change]:
    """Return what turns the original into the edited text, in whole words, from left to right."""
    left, right = _WORDS.findall(original), _WORDS.findall(edited)
    ends = [0]
    for word in left:
        ends.append(ends[-1] + len(word))
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return [
        (ends[a], ends[b], "".join(right[c:d])) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"
    ]


def apply_changes(original: str, changes: Sequence[Change]) -> str:
    """Return the edited text; raises ValueError where the changes do not fit the original."""
    parts, at = [], 0
    for start, end, new in changes:
        if not at <= start <= end <= len(original):
            raise ValueError(
                f"the change at {start} to {end} does not fit a text of {len(original)} characters"
            )
        parts += [original[at:start], new]
        at = end
    return "".join([*parts, original[at:]])
