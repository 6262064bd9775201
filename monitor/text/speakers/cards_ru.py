"""Cards of persons that a site's page leaves in the text: "Иван Петров Петров Иван Ильич Министр"."""

from __future__ import annotations

import re

_REST = r"[а-яё]*(?:-[А-ЯЁ]?[а-яё]+)*"
_CARD = re.compile(
    rf"(?P<name>\b(?P<first>[А-ЯЁ][а-яё]{{2}}){_REST} (?P<last>[А-ЯЁ][а-яё]{{2}}){_REST})"
    rf" (?P=last){_REST} (?P=first){_REST}(?: [А-ЯЁ][а-яё]+(?:вич|вна|ич|оглы|уулу))?(?= [А-ЯЁ])"
)
"""A name in any case, then surname, first name and patronymic; cases share the first letters."""


def drop_cards(text: str) -> str:
    """Leave of a name and the card after it the name, with the card's office in apposition."""
    return _CARD.sub(r"\g<name>,", text)
