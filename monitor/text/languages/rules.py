"""What a language must say of itself before mentions can be found in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from monitor.domain.actors import MentionRole


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """The grammar around names that the mention finder asks for, one value per language."""

    inflect: Callable[[str, MentionRole | None], Iterable[str]]
    """Every form of a dictionary form; the role None is a false friend."""
    capitals_required: bool
    """Names of states count only with a capital letter."""
    traps: tuple[re.Pattern[str], ...]
    """Patterns of the kinds of longer names in which a target's name is no mention."""
    trade_name_before: re.Pattern[str]
    """What stands before a quoted trade name, up to the quotation mark."""
    quoted_name_is_title: bool
    """Whether a state's name alone in quotation marks is the name of something else."""
    person_before: Callable[[str, frozenset[str]], bool]
    """Says whether the text before a surname names somebody else than those first names."""
    is_given_name: Callable[[str], bool]
    """Says whether a word is a first name, so that the next is a surname and no adjective."""
    organ_before: re.Pattern[str]
    """A state organ directly before the state's name."""
    organ_after: re.Pattern[str]
    """A state organ directly after the state's adjective or possessive."""
    joint: re.Pattern[str]
    """What may stand between two names of one target that form one mention."""
    label_words: re.Pattern[str]
    """Titles and the like that may stand before the name in a speaker label."""
    speech_before: re.Pattern[str]
    """A verb of speech, with titles, directly before the speaker."""
    speech_after: re.Pattern[str]
    """A verb of speech directly after the speaker."""
    number_goes_on: re.Pattern[str]
    """What after "Россия 1" shows that the number belongs to what follows, not to the name."""
