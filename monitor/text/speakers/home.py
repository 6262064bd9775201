"""The country that a text is told from, where nothing is known of its source."""

from __future__ import annotations

import re

from monitor.text.speakers.context import Context

_OURS = re.compile(
    r"\bнаш(?:а|ей|у)\s+стран\w+|\bв\s+нашем\s+(?:мид|минобороны|правительстве)\b"
    r"|\bнаш\w{0,3}\s+(?:дипломат|военн|миротвор|президент|погранич|войск|посол|летчик|министр|министерств|посольств|премьер|консул)\w*"
    r"|\bгазет\w{1,3}\s+взгляд\b|\b(?:лент|газет)\w\.ру\b|\bкоммерсант\w*|\bизвести(?:я|ям|й|ями)\b"
    r"|росси[яиюей]\w*|российск\w+|россиян\w*|антироссийск\w+|пророссийск\w+|\bрф\b|\bкремл\w+"
    r"|\bгосдум\w+|\bриа\b|\bтасс\b|\bинтерфакс\w*|\bиноагент\w*|\bроспотребнадзор\w*|\bроссельхознадзор\w*",
    re.IGNORECASE,
)
"""What a Russian outlet can hardly tell a story without."""
_PARTNERS = re.compile(
    r"\b(?:белта|sputnik (?:беларусь|казахстан|армения|кыргызстан|таджикистан|узбекистан|азербайджан)"
    r"|казинформ\w*|кабар|хабар|арменпресс\w*|новости-армения|азертадж|апа|тренд|ховар|авеста|унн|укринформ"
    r"|tengrinews\w*|zakon\.kz|nur\.kz|news\.am|tut\.by|onliner\w*|24\.kg|akipress|kaktus\w*|kun\.uz|gazeta\.uz"
    r"|нашей республик\w+)",
    re.IGNORECASE,
)
"""Wires and outlets of other countries, and a republic called ours."""


def infer_home(context: Context) -> str | None:
    """Return the side of the country whose organs a text names without saying whose they are.

    That of the source where it is known. A Russian text of no known source that speaks of Russia
    is taken for one told from Russia, unless an outlet of another country carries it.
    """
    if context.source_bloc is not None or context.default_speaker is not None or context.lang != "ru":
        return context.source_bloc
    whole = f"{context.title}\n{context.text}"
    return "russia" if _OURS.search(whole) and not _PARTNERS.search(whole) else None
