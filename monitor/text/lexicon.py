"""Every form of every target's names in one language, with what must hold for a form to count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.domain.actors import MentionRole, Target, TargetKind, TargetNames
from monitor.text.languages.rules import LanguageRules
from monitor.text.normalise import fold


@dataclass(frozen=True, slots=True)
class Name:
    """One form of a name; `target` is empty for a false friend.

    `capital_at` is the offset of the letter that must be a capital (−1: any case will do),
    `upper` asks for capitals throughout, `given_names` are the first names that go with a bare
    surname.
    """

    target: str
    role: MentionRole
    capital_at: int = -1
    upper: bool = False
    given_names: frozenset[str] = frozenset()

    @property
    def is_false_friend(self) -> bool:
        """Whether the form hides the names in it instead of being one."""
        return not self.target


def build_lexicon(
    targets: Sequence[Target], lang: str, rules: LanguageRules
) -> Mapping[str, tuple[Name, ...]]:
    """Return the names by their folded forms; two targets may share a form."""
    lexicon: defaultdict[str, dict[Name, None]] = defaultdict(dict)
    for target in targets:
        names = target.names.get(lang)
        if names is None:
            continue
        capitals_required = rules.capitals_required or target.kind is TargetKind.INSTITUTION
        for role, phrases in _iterate_roles(names):
            for phrase in phrases:
                for form in rules.inflect(phrase, role):
                    name = _make_name(target.id, role, form, phrase, names.leaders, capitals_required)
                    lexicon[fold(form).text].setdefault(name)
        for phrase in names.false_friends:
            for form in rules.inflect(phrase, None):
                lexicon[fold(form).text].setdefault(Name("", MentionRole.NAME))
    return {form: tuple(names) for form, names in lexicon.items()}


def _iterate_roles(names: TargetNames) -> Iterator[tuple[MentionRole, Iterable[str]]]:
    yield MentionRole.NAME, names.names
    yield MentionRole.ADJECTIVE, names.adjectives
    yield MentionRole.PEOPLE, names.people
    yield MentionRole.CAPITAL, names.capitals
    yield MentionRole.LEADER, names.leaders
    yield MentionRole.MINISTRY, names.ministries
    yield MentionRole.INSTITUTION, names.institutions


def _make_name(
    target: str, role: MentionRole, form: str, phrase: str, leaders: Sequence[str], capitals_required: bool
) -> Name:
    if role in (MentionRole.ADJECTIVE, MentionRole.PEOPLE):
        return Name(target, role)
    upper = " " not in form and len(form) > 1 and form.isupper()
    needs_capital = capitals_required or form != form.title()
    capital_at = next((i for i, char in enumerate(form) if char.isupper()), -1) if needs_capital else -1
    given_names = _find_given_names(phrase, leaders) if role is MentionRole.LEADER else frozenset()
    return Name(target, role, capital_at, upper, given_names)


def _find_given_names(surname: str, leaders: Sequence[str]) -> frozenset[str]:
    """Return the first names under which the list holds a bare surname, folded; none for a full name."""
    if " " in surname:
        return frozenset()
    full = (fold(name).text.split() for name in leaders)
    wanted = fold(surname).text
    return frozenset(words[0] for words in full if len(words) > 1 and words[-1] == wanted)
