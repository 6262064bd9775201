"""Find the words of a statement that stand for a watched state or institution."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import ahocorasick

from monitor.domain.actors import MentionRole, Target
from monitor.domain.statement import Mention
from monitor.text.furniture import find_furniture
from monitor.text.languages import LANGUAGES
from monitor.text.languages.rules import LanguageRules
from monitor.text.lexicon import Name, build_lexicon
from monitor.text.normalise import Folded, fold

_LONGEST_LABEL = 90
_LONGEST_JOINT = 60
_LONGEST_TITLE = 60
_CONTEXT = 80
_LEAST_LOWER_CASE = 20

_ADDRESSES = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.\w+|(?<![\w@])@\w+|\b[\w-]+\.[a-zа-я]{2,5}(?:/\S*)?(?!\w)")
_QUOTED = re.compile(r"«([^«»\n]{1,60})»|“([^“”\n]{1,60})”|\"([^\"\n]{1,60})\"|„([^„“\n]{1,60})“")
_HASHTAG = re.compile(r"#\w+")
_LABEL_END = re.compile(r"(?:\s*\([^()\n]{1,60}\))?\s*:(?!\d)")
_PROSE = re.compile(r"[.!?,;«»“”\"]")

_HEAVY = {MentionRole.PEOPLE: 2, MentionRole.ADJECTIVE: 3}
_MERGED_ROLE = (MentionRole.LEADER, MentionRole.MINISTRY, MentionRole.INSTITUTION, MentionRole.NAME, MentionRole.CAPITAL)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A name that stands at [start, end) of the statement."""

    start: int
    end: int
    name: Name


class MentionFinder:
    """Finds every mention of the targets, in the languages that they have names in."""

    def __init__(self, targets: Sequence[Target]) -> None:
        """Inflect all names and build one automaton per language; takes about a second."""
        self._finders = {
            lang: _LanguageFinder(build_lexicon(targets, lang, rules), rules) for lang, rules in LANGUAGES.items()
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
        if not any(not hit.name.is_false_friend for hit in hits):
            return []
        hits = self._drop_false(text, hits)
        hits = self._drop_traps(text, hits)
        hits = _keep_longest(hits)
        hits = [hit for hit in hits if not self._is_somebody_else(text, hit)]
        mentions = self._join([self._widen(text, hit) for hit in hits], text)
        return [mention for mention in mentions if not self._is_label(text, mention)]

    def pick(self, text: str, mentions: Sequence[Mention]) -> list[Mention]:
        """Return one mention per target; who merely says the statement stands back."""
        quiet = [mention for mention in mentions if not self._is_speaking(text, mention)]
        heard = {mention.target for mention in quiet}
        return pick_mentions(quiet + [mention for mention in mentions if mention.target not in heard])

    def _iterate_hits(self, text: str, folded: Folded) -> Iterator[_Hit]:
        """Yield every name with word boundaries and the case that it needs."""
        lower_case = None
        for last, (length, names) in self._automaton.iter(folded.text):
            first = last - length + 1
            start, end = folded.original_span(first, last + 1)
            prefix = folded.text[last] == "-"
            if not _is_boundary(text, start, before=True) or not (prefix or _is_boundary(text, end, before=False)):
                continue
            if prefix and not text[end : end + 1].isalpha():
                continue
            if lower_case is None:
                lower_case = len(text) >= _LEAST_LOWER_CASE and not any(map(str.isupper, text))
            free = lower_case or (start > 0 and text[start - 1] == "#")
            for name in names:
                if not free and name.capital_at >= 0 and not text[folded.starts[first + name.capital_at]].isupper():
                    continue
                if not free and name.upper and not text[start:end].isupper():
                    continue
                yield _Hit(start, end - prefix, name)

    def _drop_false(self, text: str, hits: list[_Hit]) -> list[_Hit]:
        """Drop the names that lie inside a false friend; a number after it may belong elsewhere."""
        false = [
            hit
            for hit in hits
            if hit.name.is_false_friend
            and not (text[hit.end - 1].isdigit() and self._rules.number_goes_on.match(text, hit.end))
        ]
        return [
            hit
            for hit in hits
            if not hit.name.is_false_friend
            and not any(lie.start <= hit.start and hit.end <= lie.end for lie in false)
        ]

    def _drop_traps(self, text: str, hits: list[_Hit]) -> list[_Hit]:
        """Drop the names in addresses, datelines, credits, trade names and names of places or persons."""
        if not hits:
            return hits
        traps = find_furniture(text)
        traps += [found.span() for found in _ADDRESSES.finditer(text)]
        for pattern in self._rules.traps:
            traps += [
                found.span()
                for found in pattern.finditer(text)
                if not (text[found.end() - 1].isdigit() and self._rules.number_goes_on.match(text, found.end()))
            ]
        traps += list(self._iterate_trade_names(text, hits))
        return [
            hit
            for hit in hits
            if not any(start < hit.end and hit.start < end for start, end in traps) and not self._is_surname(text, hit)
        ]

    def _iterate_trade_names(self, text: str, hits: Sequence[_Hit]) -> Iterator[tuple[int, int]]:
        """Yield quotations that are the name of a hotel, a club, an outlet or the like."""
        for quoted in _QUOTED.finditer(text):
            start, end = quoted.start() + 1, quoted.end() - 1
            if not text[start:end].strip()[:1].isupper():
                continue
            filled = self._rules.quoted_name_is_title and any(
                (hit.start, hit.end) == (start, end) and hit.name.role in (MentionRole.NAME, MentionRole.CAPITAL)
                and not hit.name.upper
                for hit in hits
            )
            before = text[max(0, start - _CONTEXT) : start - 1]
            if filled or (len(text[start:end].split()) <= 5 and self._rules.trade_name_before.search(before)):
                yield start, end

    def _is_surname(self, text: str, hit: _Hit) -> bool:
        """Say whether a capitalised adjective after a first name is somebody's surname."""
        if hit.name.role is not MentionRole.ADJECTIVE or not text[hit.start].isupper():
            return False
        words = re.findall(r"(?<!\w)([^\W\d_]{3,})\s$", text[max(0, hit.start - 30) : hit.start])
        return bool(words) and words[0][0].isupper() and not words[0].isupper() and self._rules.is_given_name(words[0])

    def _is_somebody_else(self, text: str, hit: _Hit) -> bool:
        if hit.name.role is not MentionRole.LEADER or not hit.name.given_names:
            return False
        return self._rules.person_before(text[max(0, hit.start - _CONTEXT) : hit.start], hit.name.given_names)

    def _widen(self, text: str, hit: _Hit) -> Mention:
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
        titled = mention.role in (MentionRole.LEADER, MentionRole.MINISTRY) and previous.role is not MentionRole.PEOPLE
        owned = previous.role is MentionRole.MINISTRY and mention.role is MentionRole.NAME
        gap = text[previous.end : mention.start]
        if len(gap) > _LONGEST_JOINT or not (titled or owned):
            return False
        return self._rules.joint.fullmatch(gap) is not None

    def _is_label(self, text: str, mention: Mention) -> bool:
        """Say whether a leader's name is the label of who speaks: "А.Лукашенко:"."""
        if mention.role is not MentionRole.LEADER or mention.end > _LONGEST_LABEL:
            return False
        return (
            _LABEL_END.match(text, mention.end) is not None
            and self._rules.label_words.fullmatch(text, 0, mention.start) is not None
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


def _keep_longest(hits: list[_Hit]) -> list[_Hit]:
    """Keep the longest of overlapping hits, and one hit per target at a place."""
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        rivals = [other for other in kept[-4:] if other.end > hit.start]
        if not rivals or all(
            (other.start, other.end) == (hit.start, hit.end) and other.name.target != hit.name.target for other in rivals
        ):
            kept.append(hit)
    return kept


def _is_boundary(text: str, position: int, *, before: bool) -> bool:
    """Say whether a word begins or ends here; inside a hashtag a camel's hump is a border, too."""
    if position <= 0 or position >= len(text):
        return True
    left, right = text[position - 1], text[position]
    if not (left.isalnum() and right.isalnum()):
        return before or right not in "\u0301\u0300"
    if left.islower() and right.isupper():
        return any(tag.start() < position < tag.end() for tag in _HASHTAG.finditer(text))
    return False
