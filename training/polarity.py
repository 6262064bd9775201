"""A small polarity lexicon of stems, the baseline of a reader who counts words."""

import re

HOSTILE = """
    угро угрож обвин осуд осужд провокац предател враждебн агресс незаконн марионет нацис террор
    запрет запрещ санкц ультимат требу отказ отверг пожале расплат наказ шантаж лицемер позор цинич
    абсурд ложь лжив оскорб унизи предупре преступ разруш разорв вышлет высыл депорт эмбарго
    кощунств русофоб бред threat accus condemn provoc betray hostil aggress illegal puppet nazi
    terror ban sanction ultimatum demand refus reject regret punish blackmail hypocri shame cynical
    absurd lie insult humiliat warn crim destroy expel deport embargo russophob outrag slam blast
"""
WARM = """
    благодар спасибо поздрав дружб дружеств друз братск брат союзнич высоко_оцен ценит ценим поддерж
    помощ помог помож содейств укрепл углубл расшир приветств надёжн надежн доверит успешн гаранти
    гостепри соболезн солидарн готов_помоч восхищ признательн заслуг орден наград развива сближ
    thank congratul friend brother ally appreciat value support help assist aid strengthen deepen
    expand welcom reliabl trust success guarant hospit condolenc solidar grateful gratitud prais
    honour honor award cooperat
"""


def _pattern(stems: str) -> re.Pattern[str]:
    words = sorted((stem.replace("_", r"\s+") for stem in stems.split()), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})", re.IGNORECASE)


_HOSTILE, _WARM = _pattern(HOSTILE), _pattern(WARM)


def count_poles(text: str) -> tuple[int, int]:
    """Return how many hostile and how many friendly words a text has."""
    return len(_HOSTILE.findall(text)), len(_WARM.findall(text))
