"""Who begins to speak in a line of subtitles or of a transcript, and what is no speech at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from monitor.text.inflect import morphology

_COLON = re.compile(r"(?P<label>[A-ZА-ЯЁ#][^:\n]{0,79}?)\s{0,3}:(?:\s+|$)(?P<rest>.*)", re.DOTALL)
_BRACKETED = re.compile(r"[\[(](?P<label>[^\[\]()\n]{2,60})[\])]\s{0,3}:?\s*(?P<rest>.*)", re.DOTALL)
_TAIL = re.compile(r"\s*(?:\([^()]*\)|,.*)$", re.DOTALL)
_ROLES = re.compile(
    r"(?:теле|радио)?ведущ(?:ий|ая)(?: программы)?|гость(?:я)?(?: студии)?|корреспондент|диктор|модератор"
    r"|голос за кадром|журналист(?:ка)?|эксперт|вопрос|ответ|реплика|из зала|зритель(?:ница)?|переводчик"
    r"|host|presenter|anchor|guest|reporter|correspondent|narrator|moderator|question|answer|voiceover"
    r"|journalist|interviewer|translator|спикер[ _-]?\d{1,3}|speaker[ _-]?\d{1,3}|male|female|man|woman",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-ZА-ЯЁ][\w.'’-]*|(?:фон|де|ибн|бен|оглы|von|de|van|bin|al|el)(?=\s)")
_INITIALS = re.compile(r"(?:[A-ZА-ЯЁ]\.\s?){1,2}[A-ZА-ЯЁ][\w'’-]+")
_NEVER = frozenset(
    """
    итак вывод выводы итог итоги например кстати плюс минус внимание цитата цитирую справка важно срочно
    первое второе третье первый второй примечание вообще значит короче далее тема дата источник автор
    note summary conclusion example quote warning time date title source first second third also
    """.split()  # noqa: SIM905 - a list of words reads best as one
)
_SOUNDS = (
    r"музык|музыкальн|заставк|аплодис|овац|смех|сме[её]тся|смеются|шум|крик|возглас|стон|вздох|вздыха|"
    r"кашел|кашля|пауза|тишина|неразборчив|нрзб|плач|звон|звук|гул|выстрел|взрыв|говор[яи]т одновременно|"
    r"перебива|реклам|music|applau|laugh|chuckl|cheer|noise|inaudible|unintelligible|indistinct|silence|"
    r"crosstalk|gasp|sigh|cough|ringing|speaking in|speaks in|foreign|theme song|pause|commercial"
)
_SOUND = re.compile(rf"[\[(]\s{{0,3}}(?:{_SOUNDS})[^\[\]()\n]{{0,60}}[\])]", re.IGNORECASE)
_SQUARE = re.compile(r"\[[^\[\]\n]{1,80}\]")
_SONG = re.compile(r"[♪♫♬][^♪♫♬\n]*[♪♫♬]?")
_STAR = re.compile(rf"\*\s?(?:{_SOUNDS})[^*\n]{{0,40}}\*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opening:
    """A line's possible label and what follows it."""

    label: str
    rest: str
    bracketed: bool = False


def drop_sounds(line: str, *, notes: bool = False) -> str:
    """Return a line without music, laughter and applause; with `notes`, without all in square brackets."""
    line = _STAR.sub(" ", _SONG.sub(" ", _SOUND.sub(" ", line)))
    return " ".join((_SQUARE.sub(" ", line) if notes else line).split())


def find_opening(line: str) -> Opening | None:
    """Return what may be a label at the start of a line, to be judged by `choose_labels`."""
    if found := _BRACKETED.match(line):
        return Opening(_bare(found["label"]), found["rest"], bracketed=True)
    if found := _COLON.match(line):
        return Opening(_bare(found["label"]), found["rest"])
    return None


def choose_labels(openings: Iterable[Opening]) -> frozenset[str]:
    """Return those labels that are speakers': names, roles, and what comes again and again.

    "Вывод: …" and "Итак: …" are speech; so is what stands in brackets and is no name or role.
    """
    counts = Counter((opening.label, opening.bracketed) for opening in openings)
    return frozenset(
        label for (label, bracketed), count in counts.items() if _is_speaker(label, count, bracketed)
    )


def _bare(label: str) -> str:
    """Return a label without the office or remark behind the name."""
    label = " ".join(label.split()).strip("# ")
    return _TAIL.sub("", label).strip() or label


def _is_speaker(label: str, count: int, bracketed: bool) -> bool:
    words = label.split()
    if _ROLES.fullmatch(label) or _INITIALS.fullmatch(label):
        return True
    if not 1 <= len(words) <= 5 or words[0].casefold() in _NEVER or not label[0].isalpha():
        return False
    if not all(_WORD.match(f"{word} ") for word in words):
        return not bracketed and count >= 3 and len(words) <= 3
    if len(words) > 1:
        return True
    if not "А" <= label[0] <= "ё":
        return count >= 2 or label.isupper()
    return _may_be_name(label) or (count >= 2 and not bracketed)


def _may_be_name(word: str) -> bool:
    """Whether a Russian word is a name, or none that the dictionary knows."""
    lower = word.casefold()
    if not morphology().word_is_known(lower):
        return len(lower) > 2
    return any({"Surn", "Name", "Patr"} & set(parse.tag.grammemes) for parse in morphology().parse(lower))
