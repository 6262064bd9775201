"""Finds the first mention of a target in a labelled text, where a table gives no offsets."""

import re

STEMS = {
    "armenia": r"Армени|армян|Ереван|Пашинян|Мирзоян|Саркися|Armenia|Yerevan|Pashinyan|Mirzoyan",
    "azerbaijan": r"Азербайджан|азербайджан|\bБаку\b|Алиев|Azerbaijan|\bBaku\b|Aliyev",
    "belarus": r"Белорус|белорус|Беларус|беларус|Лукашенк|\bМинск(?!ие соглаш|их соглаш|"
    r"им соглаш|ими соглаш)|Belarus|Lukashenko|\bMinsk\b(?! agree| Agree)",
    "kazakhstan": r"Казахстан|казах|Астан[аыеу]\b|Нур-Султан|Токаев|Назарбаев|Ак-?[Оо]рд|Kazakh|"
    r"Astana\b|Tokayev|Nazarbayev",
    "kyrgyzstan": r"Киргиз|киргиз|Кыргыз|кыргыз|Бишкек|Жапаров|Жээнбеков|Kyrgyz|Bishkek|"
    r"Japarov|Zhaparov",
    "tajikistan": r"Таджик|таджик|Душанбе|Рахмон|Tajik|Dushanbe|Rahmon|Rakhmon",
    "uzbekistan": r"Узбек|узбек|Ташкент|Мирзи[её]ев|Uzbek|Tashkent|Mirziyoyev",
    "csto": r"ОДКБ|Организаци\w+ [Дд]оговора о коллективной безопасности|\bCSTO\b|"
    r"Collective Security Treaty",
    "eaeu": r"ЕАЭС|Евразийск\w+ экономическ|\bEAEU\b|Eurasian Economic",
    "cis": r"\bСНГ\b|Содружеств\w+ Независимых|\bCIS\b|Commonwealth of Independent",
    "union_state": r"Союзн\w+ государств|Union State",
    "russia": r"Росси|россий|Москв|Кремл|Путин|Лавров|Russia|Moscow|Kremlin|Putin|Lavrov",
}
_PATTERNS = {target: re.compile(stems) for target, stems in STEMS.items()}


def find_mention(text: str, target: str) -> tuple[int, int] | None:
    """Return the span of the first word that names the target, whole words only."""
    match = _PATTERNS[target].search(text)
    if match is None:
        match = re.search(_PATTERNS[target].pattern, text, re.IGNORECASE)
    if match is None:
        return None
    start, end = match.span()
    while end < len(text) and text[end].isalpha():
        end += 1
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    return start, end
