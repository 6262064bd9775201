"""Find the words of a statement that stand for a watched state or institution."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import ahocorasick

from monitor.domain.actors import MentionRole, Target
from monitor.domain.statement import Mention
from monitor.text.languages import LANGUAGES
from monitor.text.languages.rules import LanguageRules
from monitor.text.lexicon import Name, build_lexicon
from monitor.text.normalise import Folded, fold
from monitor.text.traps import Hit, drop_false_friends, drop_trapped, find_namesakes

_LONGEST_LABEL = 90
_LONGEST_JOINT = 60
_LONGEST_MENTION = 160
_CONTEXT = 80
_LEAST_LOWER_CASE = 20

_CUT_WORD = re.compile(r"(?<!\w)[^\W\d_]{5,}$")
_SPEECH_SIGN = "💬"
_HASHTAG_BEFORE = re.compile(r"#(\w{0,60})$")
_WORD_AFTER = re.compile(r"\w{0,60}")
_LABEL_END = re.compile(r"(?:\s*\([^()\n]{1,60}\))?\s*:(?!\d)")

_HEAVY = {MentionRole.PEOPLE: 2, MentionRole.ADJECTIVE: 3}
_OWNED_ROLES = (MentionRole.MINISTRY, MentionRole.INSTITUTION)
_CUT_ROLES = (MentionRole.NAME, MentionRole.PEOPLE, MentionRole.ADJECTIVE)
_MERGED_ROLE = (
    MentionRole.LEADER,
    MentionRole.MINISTRY,
    MentionRole.INSTITUTION,
    MentionRole.NAME,
    MentionRole.CAPITAL,
)


class MentionFinder:
    """Finds every mention of the targets, in the languages that they have names in."""

    def __init__(self, targets: Sequence[Target]) -> None:
        """Inflect all names and build one automaton per language; takes about a second."""
        self._finders = {
            lang: _LanguageFinder(build_lexicon(targets, lang, rules), rules)
            for lang, rules in LANGUAGES.items()
        }

    def find(self, text: str, lang: str) -> list[Mention]:
        """Return the statement's mentions in order, none for a language that cannot be read.

        A title, a state and its leader's name that stand together are one mention. Offsets count
        characters of `text` as it is given.
        """
        finder = self._finders.get(lang)
        return finder.find(text) if finder else []

    def first_per_target(self, text: str, lang: str) -> list[Mention]:
        """Return the one mention of each target by which the statement is judged."""
        finder = self._finders.get(lang)
        return finder.pick(text, finder.find(text)) if finder else []

    def find_namesakes(self, text: str, lang: str) -> frozenset[str]:
        """Return the targets that a whole document does not mean though it names their capital.

        Such a document has the capital's name for a team, a hotel or an agreement and the state by
        no other name, so that a bare "Astana" in it is the team too.
        """
        finder = self._finders.get(lang)
        return finder.find_namesakes(text) if finder else frozenset()


def _is_spelt(name: Name, surface: str, initial: str) -> bool:
    """Whether a name has the capitals that it needs."""
    return (name.capital_at < 0 or initial.isupper()) and (not name.upper or surface.isupper())


def pick_mentions(mentions: Sequence[Mention]) -> list[Mention]:
    """Return one mention per target, in order: a name before its people, its people before an adjective."""
    best: dict[str, Mention] = {}
    for mention in mentions:
        kept = best.get(mention.target)
        if kept is None or _HEAVY.get(mention.role, 0) < _HEAVY.get(kept.role, 0):
            best[mention.target] = mention
    return sorted(best.values(), key=lambda mention: mention.start)


class _LanguageFinder:
    """The automaton and rules of one language."""

    def __init__(self, lexicon: Mapping[str, tuple[Name, ...]], rules: LanguageRules) -> None:
        self._rules = rules
        self._automaton = ahocorasick.Automaton()
        for form, names in lexicon.items():
            self._automaton.add_word(form, (len(form), names))
        if lexicon:
            self._automaton.make_automaton()
        self._empty = not lexicon

    def find(self, text: str) -> list[Mention]:
        """Return the mentions in order."""
        if self._empty:
            return []
        folded = fold(text)
        hits = list(self._iterate_hits(text, folded))
        if all(hit.name.is_false_friend for hit in hits):
            return []
        hits = drop_trapped(text, drop_false_friends(text, hits, self._rules), self._rules)
        hits = _keep_longest(hits)
        hits = [hit for hit in hits if not self._is_somebody_else(text, hit)]
        mentions = self._join([self._widen(text, hit) for hit in hits], text)
        return [mention for mention in mentions if not self._is_label(text, mention)]

    def find_namesakes(self, text: str) -> frozenset[str]:
        """Return the targets whose capital, and nothing else, is named, and for something else."""
        suspects = find_namesakes(text, list(self._iterate_hits(text, fold(text))), self._rules)
        if not suspects:
            return suspects
        meant = {mention.target for mention in self.find(text) if mention.role is not MentionRole.CAPITAL}
        return suspects - meant

    def pick(self, text: str, mentions: Sequence[Mention]) -> list[Mention]:
        """Return one mention per target; who merely says the statement stands back."""
        quiet = [mention for mention in mentions if not self._is_speaking(text, mention)]
        heard = {mention.target for mention in quiet}
        return pick_mentions(quiet + [mention for mention in mentions if mention.target not in heard])

    def _iterate_hits(self, text: str, folded: Folded) -> Iterator[Hit]:
        """Yield every name with word boundaries and the case that it needs."""
        lower_case = len(text) >= _LEAST_LOWER_CASE and not any(map(str.isupper, text))
        for last, (length, names) in self._automaton.iter(folded.text):
            first = last - length + 1
            start, end = folded.original_span(first, last + 1)
            prefix = folded.text[last] == "-"
            whole = _is_border(text, start) and (prefix or _is_border(text, end))
            if not whole and not self._is_part_of_hashtag(text, start, end):
                continue
            if prefix and not text[end : end + 1].isalpha():
                continue
            free = lower_case or (start > 0 and text[start - 1] == "#")
            for name in names:
                capital = folded.starts[first + max(0, name.capital_at)]
                if free or _is_spelt(name, text[start:end], text[capital]):
                    yield Hit(start, end - prefix, name)
        yield from self._find_cut_name(text, folded, lower_case)

    def _find_cut_name(self, text: str, folded: Folded, lower_case: bool) -> Iterator[Hit]:
        """Yield the name that the end of a cut text begins: "arrived in kazakhsta"."""
        last = _CUT_WORD.search(folded.text)
        if last is None or last.group() in self._automaton:
            return
        forms = [form for form in self._automaton.keys(last.group()) if form.isalpha()]
        names = [name for form in forms for name in self._automaton.get(form)[1]]
        if len({name.target for name in names}) != 1 or any(name.role not in _CUT_ROLES for name in names):
            return
        start, end = folded.original_span(*last.span())
        if lower_case or text[start].isupper():
            yield Hit(start, end, names[0])

    def _is_part_of_hashtag(self, text: str, start: int, end: int) -> bool:
        """Say whether the rest of a hashtag stands apart: "#RussiaHelps", "#russiakazakhstan"."""
        tag = _HASHTAG_BEFORE.search(text, max(0, start - 61), start)
        rest = _WORD_AFTER.match(text, end)
        if tag is None or rest is None:
            return False
        before, after = tag.group(1), rest.group()
        humped = text[start].isupper() and (not before or before[-1].islower())
        return (not before or humped or before.lower() in self._automaton) and (
            not after
            or not after[0].isalpha()
            or (after[0].isupper() and text[end - 1].islower())
            or after.lower() in self._automaton
        )

    def _is_somebody_else(self, text: str, hit: Hit) -> bool:
        if hit.name.role is not MentionRole.LEADER or not hit.name.given_names:
            return False
        return self._rules.person_before(text[max(0, hit.start - _CONTEXT) : hit.start], hit.name.given_names)

    def _widen(self, text: str, hit: Hit) -> Mention:
        """Take in the state organ beside a state's name: "МИД Казахстана", "Armenian Foreign Ministry"."""
        start, end, role = hit.start, hit.end, hit.name.role
        if role is MentionRole.NAME:
            before = self._rules.organ_before.search(text, max(0, start - _CONTEXT), start)
            if before:
                start, role = before.start(), MentionRole.MINISTRY
        if role in (MentionRole.NAME, MentionRole.ADJECTIVE, MentionRole.CAPITAL):
            after = self._rules.organ_after.match(text, end)
            if after and (role is not MentionRole.NAME or text[end] != " "):
                end, role = after.end(), MentionRole.MINISTRY
        return Mention(hit.name.target, start, end, text[start:end], role)

    def _join(self, mentions: Sequence[Mention], text: str) -> list[Mention]:
        """Make one mention of a state, titles and the leader's name that follow one another."""
        joined: list[Mention] = []
        for mention in mentions:
            previous = joined[-1] if joined else None
            if previous and previous.target == mention.target and self._is_one(previous, mention, text):
                role = next(role for role in _MERGED_ROLE if role in (previous.role, mention.role))
                surface = text[previous.start : mention.end]
                joined[-1] = Mention(mention.target, previous.start, mention.end, surface, role)
            else:
                joined.append(mention)
        return joined

    def _is_one(self, previous: Mention, mention: Mention, text: str) -> bool:
        if mention.start <= previous.end:
            return mention.start < previous.end
        titled = (
            mention.role in (MentionRole.LEADER, MentionRole.MINISTRY)
            and previous.role is not MentionRole.PEOPLE
        )
        owned = previous.role in _OWNED_ROLES and mention.role is MentionRole.NAME
        gap = text[previous.end : mention.start]
        if len(gap) > _LONGEST_JOINT or mention.end - previous.start > _LONGEST_MENTION:
            return False
        if not (titled or owned):
            return False
        return self._rules.joint.fullmatch(gap) is not None

    def _is_label(self, text: str, mention: Mention) -> bool:
        """Say whether a leader's name is the label of who speaks: "А.Лукашенко:", "… 💬 Sergey Lavrov:"."""
        if mention.role is not MentionRole.LEADER:
            return False
        first = text.rfind(_SPEECH_SIGN, 0, mention.start) + 1
        return (
            mention.end - first <= _LONGEST_LABEL
            and _LABEL_END.match(text, mention.end) is not None
            and self._rules.label_words.fullmatch(text, first, mention.start) is not None
        )

    def _is_speaking(self, text: str, mention: Mention) -> bool:
        """Say whether a verb of speech stands directly beside a leader or organ."""
        if mention.role not in (MentionRole.LEADER, MentionRole.MINISTRY, MentionRole.CAPITAL):
            return False
        before = text[max(0, mention.start - _CONTEXT) : mention.start]
        return (
            self._rules.speech_after.match(text, mention.end) is not None
            or self._rules.speech_before.search(before) is not None
        )


def _keep_longest(hits: list[Hit]) -> list[Hit]:
    """Keep the longest of overlapping hits, and one hit per target at a place."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        rivals = [other for other in kept[-4:] if other.end > hit.start]
        if not rivals or all(
            (other.start, other.end) == (hit.start, hit.end) and other.name.target != hit.name.target
            for other in rivals
        ):
            kept.append(hit)
    return kept


def _is_border(text: str, position: int) -> bool:
    """Say whether a word begins or ends here."""
    if position <= 0 or position >= len(text):
        return True
    return not (text[position - 1].isalnum() and text[position].isalnum())
