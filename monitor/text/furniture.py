"""What stands in a text without being said: datelines, credits, navigation, places of events."""

from __future__ import annotations

import re

_LONGEST_DATELINE = 140
_MONTH = (
    r"(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|"
    r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|"
    r"DEC)[\w.]{0,8}"
)
_PLACE = r"[A-ZА-ЯЁ][\w'’-]{1,20}(?:[ -][A-ZА-ЯЁ][\w'’-]{1,20}){0,3}(?:[,/] ?[A-ZА-ЯЁ][\w'’-]{1,20}){0,2}"
_DATE = rf"(?:\d{{1,2}} ?{_MONTH}|{_MONTH} ?\d{{1,2}})(?:,? ?\d{{4}}(?: ?(?:г\.|года?))?)?"
_AGENCY = (
    r"(?:РИА «?Новости»?|ТАСС|ИТАР-ТАСС|Интерфакс[\w-]*|INTERFAX[\w.-]*|Sputnik[\w ]{0,12}|БЕЛТА|БелТА|"
    r"BelTA|BELTA|"
    r"КАЗИНФОРМ|Казинформ|Kazinform|Qazinform|АРМЕНПРЕСС|Арменпресс|Armenpress|ARMENPRESS|TASS|AFP|AP|"
    r"Reuters|REUTERS|"
    r"Кабар|Kabar|Trend|АЗЕРТАДЖ|AZERTAC|Ховар|Khovar|УзА|UzA|RIA Novosti|RT)"
)
_TAIL = r"[ .:—–-]*(?=\s)\s*"
_DATELINES = (
    # МОСКВА, 24 ноя — РИА Новости.   ЕРЕВАН, 5 мая. /АГЕНТСТВО/.   MOSCOW, July 2. /TASS/.
    re.compile(
        rf"{_PLACE}[.,]? {_DATE}[.,]? ?(?:/[^/\n]{{2,60}}/|\([^()\n]{{2,40}}\)|"
        rf"[—–-] ?[A-ZА-ЯЁ][\w.«»-]{{1,20}}(?: [A-ZА-ЯЁ][\w.«»-]{{1,20}}){{0,2}}(?=[.,:]| [—–-])|"
        rf"{_AGENCY}|[A-ZА-ЯЁ][\w.-]{{2,20}}(?= [—–-] )){_TAIL}"
    ),
    # МИНСК, 3 августа —   YEREVAN, May 5 –
    re.compile(rf"{_PLACE}[.,]? {_DATE} ?[—–-]\s+"),
    # МИНСК /Корр. БЕЛТА/.   BAKU, Azerbaijan (AP) —   АСТАНА. КАЗИНФОРМ —
    re.compile(
        rf"{_PLACE}[.,]? ?(?:/[^/\n]{{2,60}}/|\({_AGENCY}(?:/{_AGENCY})?\)|[—–-] {_AGENCY}(?=[.,])|"
        rf"{_AGENCY} ?[—–-]){_TAIL}"
    ),
    # ТАСС, 24 ноября.
    re.compile(rf"{_AGENCY}, {_DATE}\.{_TAIL}"),
    # YEREVAN — Text
    re.compile(
        r"(?!(?:NATO|CSTO|EAEU|BRICS|OSCE|ASEAN|LIVE|WATCH|BREAKING|UPDATE|EXCLUSIVE|OPINION|ANALYSIS|"
        r"VIDEO|PHOTOS?)\b)"
        r"[A-Z]{4,20}(?: [A-Z]{3,20})? [—–] (?=[“\"]?[A-Z]\w*[a-z ])"
    ),
)
_LEADING_SIGNS = re.compile(r"[^\w«“\"(\n]*")

_EVENT_PLACES = (
    # 7 мая 2025 года 21:25 Москва, Кремль
    re.compile(r"\d{4} года,?\s+\d{1,2}:\d{2}\s+([А-ЯЁ][а-яё-]{2,20}(?:,\s[А-ЯЁ][а-яё-]{2,20})?)"),
    # (Minsk, December 19, 2022)   (Минск, 19 декабря 2022 г.)
    re.compile(rf"\(([^\d()\n]{{3,50}}),? {_DATE}[^()\n]{{0,8}}\)", re.IGNORECASE),
    # 📍 Baku, February 27   📍 Minsk
    re.compile(r"📍\s*([\w#][\w#'’ .-]{1,40}?)\s*(?=[,|\n]|$)"),
)

_CREDIT = (
    r"(?:фото|иллюстрация|изображение|скриншот|источник (?:фото|видео|изображения)|автор фото|"
    r"photo(?: credit)?|photograph|image(?: credit)?|picture|pic)"
)
_CREDITS = (
    re.compile(rf"(?:^|(?<=[(\[\n]))\s*{_CREDIT}(?: by)?\s*(?:[:/|]|©)[^)\]\n]{{0,120}}", re.IGNORECASE),
    re.compile(r"[©Ⓒ] ?[^)\].\n]{0,100}"),
    re.compile(
        r"\b(?:Sputnik|Спутник|РИА Новости|ТАСС|Getty Images|Reuters|AFP|"
        r"AP Photo) ?/ ?[^)\]\n.]{0,60}(?=$|[)\]\n])"
    ),
)
_NAVIGATION = re.compile(
    r"\W*(?:(?:читайте также|смотрите также|см\. также|читать (?:далее|полностью|ещё|еще)|ранее по теме|"
    r"новости по теме|"
    r"другие новости|главные новости|подписывайтесь|подписаться|read (?:also|more|next|in full)|see also|"
    r"follow us on|"
    r"related (?:news|articles|stories))\b|"
    r"(?:подробнее|по теме|теги|темы|метки|поделиться|tags|topics|related|share|more on this|subscribe|"
    r"advertisement|"
    r"most read|latest news)\s*(?:[:|>→]|$))",
    re.IGNORECASE,
)
_LONGEST_NAVIGATION = 160
_CRUMB = re.compile(r"\s+[/|>›»•·]\s+")
_PROSE_END = re.compile(r"[.!?…]['\"»”)]*$")


def dateline_end(text: str) -> int:
    """Return where the text goes on after its dateline, or 0 where it has none."""
    head = text[:_LONGEST_DATELINE]
    signs = _LEADING_SIGNS.match(head)
    start = signs.end() if signs else 0
    for pattern in _DATELINES:
        found = pattern.match(head, start)
        if found and found.end() < len(text):
            return found.end()
    return 0


def is_furniture(text: str) -> bool:
    """Say whether a whole line is a credit or navigation: nobody says it, whatever it names."""
    line = text.strip()
    if len(line) > _LONGEST_NAVIGATION:
        return False
    if any(found.start() == 0 and found.end() == len(line) for found in _finditer_credits(line)):
        return True
    if _PROSE_END.search(line):
        return False
    if _NAVIGATION.match(line):
        return True
    crumbs = _CRUMB.split(line)
    return len(crumbs) >= 3 and all(len(crumb.split()) <= 4 for crumb in crumbs)


def find_furniture(text: str) -> list[tuple[int, int]]:
    """Return the spans in which a name is no mention: dateline, credits, the place of an event."""
    if is_furniture(text):
        return [(0, len(text))]
    spans = [(0, dateline_end(text))]
    spans += [found.span() for found in _finditer_credits(text)]
    spans += [found.span(1) for pattern in _EVENT_PLACES for found in pattern.finditer(text)]
    return [(start, end) for start, end in spans if start < end]


def _finditer_credits(text: str) -> list[re.Match[str]]:
    return [found for pattern in _CREDITS for found in pattern.finditer(text)]
