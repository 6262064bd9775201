"""A statement as words and signs, with what stands inside quotation marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from monitor.text.normalise import fold, is_invisible
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.words import FOREIGN, Word, look_up

_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*(?:['’](?!s\b|S\b)[^\W\d_]+)*|['’][sS]\b|\S")
_PLAIN = re.compile(r"[ -~А-яЁё\u00a0«»“”„‘’–—…№•\n\t]*")
_CYRILLIC = re.compile(r"[а-я]")
_MIXED = re.compile(r"[A-Za-z][А-яЁё]|[А-яЁё][A-Za-z]")
_HONORIFIC = re.compile(r"\bH\. ?E\. (?=[A-Z])")
_HASHTAG = re.compile(r"#(?=\w)")
_POSSESSIVE = frozenset({"'s", "’s"})
_APOSTROPHES = frozenset({"'", "’"})
_OPENING = frozenset('«„‹“‘"')
_CLOSED_BY = {"»": "«", "›": "‹", "“": "„“", "”": "„“", '"': '"', "’": "‘", "'": "‘"}
"""What each closing mark closes; some open a quotation as well."""
_LONGEST_NAME_IN_QUOTES = 4
_SHORTEST_BEGUN = 3
_AFTER = frozenset(",—–-")
"""What follows a quotation that is closed before its reporting clause."""
_ABBREVIATION = re.compile(r"[А-ЯЁA-Z]{2,}(?:-\d+)?")

_SMALL_IN_TITLES = word_set("with from over into that after amid about against under between before")
"""Longer words that a headline in capitals leaves small."""

LONGEST = 400
"""Tokens of a statement that are read: what reports a longer one stands at its ends or nowhere."""


@dataclass(slots=True)
class Sentence:
    """Parallel lists over a statement's tokens."""

    texts: list[str]
    lows: list[str]
    """Lower case, ё as е."""
    capital: list[bool]
    quoted: list[bool]
    """Whether a token stands inside a quotation; a name in quotation marks is none."""
    words: list[Word | None]
    """The dictionary's reading of Russian words; None for signs and other languages."""
    lower_only: bool
    opens_inside: bool
    """Whether a quotation of the paragraph was open where the statement begins."""
    ends_inside: bool
    title_case: bool = False
    """A headline that capitalises its words, so that a capital tells nothing."""
    keys: list[tuple[str, ...]] = field(default_factory=list)
    """Dictionary forms under which phrases are looked up."""

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def fully_quoted(self) -> bool:
        """Whether no word stands outside the quotation."""
        words = [quoted for text, quoted in zip(self.texts, self.quoted, strict=True) if text[0].isalnum()]
        return bool(words) and all(words)

    @property
    def has_quote(self) -> bool:
        """Whether any word stands inside a quotation."""
        return any(self.quoted)


def read_sentence(text: str, lang: str, inside: str = "") -> tuple[Sentence, str]:
    """Split a statement into tokens; `inside` holds the quotation marks still open before it.

    Returns the sentence and the marks open after it.
    """
    texts = _TOKEN.findall(_clean(text))
    if len(texts) > LONGEST:
        texts = texts[: LONGEST // 2] + texts[-LONGEST // 2 :]
    quoted, open_marks = _find_quoted(texts, inside)
    lows = [token.lower().replace("ё", "е") for token in texts]
    sentence = Sentence(
        texts=texts,
        lows=lows,
        capital=[token[0].isupper() for token in texts],
        quoted=quoted,
        words=[None] * len(texts),
        lower_only=not any(token[0].isupper() for token in texts),
        opens_inside=bool(inside),
        ends_inside=bool(open_marks),
        title_case=_is_title_case(texts),
    )
    if lang == "ru":
        for i, low in enumerate(lows):
            word = look_up(low) if _CYRILLIC.match(low) else FOREIGN if low[0].isalpha() else None
            sentence.words[i] = word
            known = tuple(word.cases) if word else ()
            verbs = (word.verb.lemma,) if word and word.verb else ()
            sentence.keys.append((low, *known, *verbs))
    else:
        sentence.keys = [(low,) for low in lows]
    return sentence, open_marks


def is_possessive(sentence: Sentence, i: int) -> bool:
    """Whether the token is the ending of an English possessive: "Minsk's", "Belarus’"."""
    if i >= len(sentence) or not i:
        return False
    sign, lows = sentence.lows[i], sentence.lows
    bare = (
        sign in _APOSTROPHES and lows[i - 1].endswith("s") and i + 1 < len(lows) and lows[i + 1][0].isalpha()
    )
    return sign in _POSSESSIVE or bare


def is_abbreviation(token: str) -> bool:
    """Whether a Russian token is an undeclined abbreviation such as МИД or ОДКБ."""
    return bool(_ABBREVIATION.fullmatch(token))


def _is_title_case(texts: list[str]) -> bool:
    long_words = [text for text in texts if len(text) > 3 and text[0].isalpha()]
    small = [text for text in long_words if not text[0].isupper() and text not in _SMALL_IN_TITLES]
    capitals = sum(text[0].isupper() for text in long_words)
    return len(long_words) > 3 and len(small) < 2 and capitals > 0.8 * len(long_words)


def _clean(text: str) -> str:
    """Bring characters to their common forms; hidden ones and stress marks go."""
    if not _PLAIN.fullmatch(text):
        decomposed = unicodedata.normalize("NFKC", text)
        text = "".join(c for c in decomposed if c.isspace() or not (is_invisible(c) or c in "\u0300\u0301"))
    if "H." in text:
        text = _HONORIFIC.sub("", text)
    if "#" in text:
        text = _HASHTAG.sub("", text)
    if _MIXED.search(text):
        text = re.sub(r"[^\W\d_]+", _unify, text)
    return text


def _unify(match: re.Match[str]) -> str:
    word = match.group()
    if not _MIXED.search(word):
        return word
    folded = fold(word).text
    return folded.capitalize() if word[0].isupper() else folded


def _find_quoted(texts: list[str], inside: str) -> tuple[list[bool], str]:
    """Mark what stands in quotation marks; returns the marks still open at the end."""
    stack: list[tuple[str, int]] = [(mark, -1) for mark in inside]
    quoted = [False] * len(texts)
    begun = -1 if inside else _find_begun(texts)
    quoted[: begun + 1] = [True] * (begun + 1)
    for i in range(begun + 1, len(texts)):
        opened = _step(stack, texts, i)
        if opened is not None and not _is_name(texts, opened, i):
            quoted[max(opened, 0) : i] = [True] * (i - max(opened, 0))
    if stack:
        first = max(stack[0][1], 0)
        quoted[first:] = [True] * (len(texts) - first)
    return quoted, "".join(mark for mark, _ in stack)


def _find_begun(texts: list[str]) -> int:
    """Return where a quotation closes that the text begins in the midst of; -1 for none."""
    odd = texts.count('"') % 2
    for i, sign in enumerate(texts):
        if sign in "«„“‘" or (sign == '"' and not odd):
            return -1
        if sign in ("»", "”") or sign == '"':
            after = texts[i + 1 : i + 2]
            begun = i >= _SHORTEST_BEGUN and texts[i - 1] not in "(:—–" and bool(after) and after[0] in _AFTER
            return i if begun else -1
    return -1


def _step(stack: list[tuple[str, int]], texts: list[str], i: int) -> int | None:
    """Push or pop a quotation mark; returns where the outermost quotation closed here was opened."""
    sign = texts[i]
    if sign not in _OPENING and sign not in _CLOSED_BY:
        return None
    top = stack[-1][0] if stack else ""
    if stack and top in _CLOSED_BY.get(sign, ""):
        return _pop(stack)
    if sign in _OPENING:
        stack.append((sign, i))
    return None


def _pop(stack: list[tuple[str, int]]) -> int | None:
    _, opened = stack.pop()
    return opened if not stack else None


def _is_name(texts: list[str], opened: int, closed: int) -> bool:
    """Whether a short quotation is a title or a company's name rather than somebody's words."""
    if opened < 0 or closed - opened - 1 > _LONGEST_NAME_IN_QUOTES:
        return False
    inner, after = texts[opened + 1 : closed], texts[closed + 1 : closed + 2]
    if not inner or not inner[-1][-1].isalnum() or (after and after[0] in ",—–-:"):
        return False
    return texts[opened - 1] != ":" if opened else bool(after) and after[0][0].isalnum()


def has_title_before_colon(s: Sentence, k: int, longest: int, ends: Callable[[int], bool]) -> bool:
    """Whether a comma at a token opens a title that a colon closes; no title goes past what `ends` it."""
    if s.texts[k : k + 1] != [","]:
        return False
    for i in range(k + 1, min(len(s), k + longest)):
        if s.texts[i] == ":":
            return i > k + 1
        if s.quoted[i] or s.texts[i] in ".!?;—–" or ends(i):
            return False
    return False
