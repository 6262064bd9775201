"""What a statement is about: stems of the codebook's topics in Russian and English."""

from __future__ import annotations

import re
from collections.abc import Mapping

from monitor.domain.stance import Topic
from monitor.text.normalise import fold

RUSSIAN: Mapping[Topic, str] = {
    Topic.WAR: r"войн\w*|военн\w+ (?:операц|действ)\w*|спецопераци\w*|\bсво\b|фронт\w*|мобилизац\w*|украин\w*|всу\b"
    r"|наступлени\w*|ракетн\w+ удар\w*|обстрел\w*|боевы\w+ действ\w*",
    Topic.CONFLICT: r"карабах\w*|лачин\w*|зангезур\w*|арцах\w*|перемири\w*|прекращени\w+ огня|миротвор\w*"
    r"|приграничн\w+ (?:конфликт|столкновен)\w*|мирн\w+ (?:договор|соглашен)\w*|делимитац\w*|демаркац\w*",
    Topic.TERRITORY: r"территориальн\w*|границ\w*|суверенитет\w*|целостност\w*|сепаратиз\w*|аннекс\w*|анклав\w*"
    r"|независимост\w*|государственност\w*",
    Topic.BASES_TROOPS: r"военн\w+ баз\w*|войск\w*|контингент\w*|учени[яйе]\w*|полигон\w*|вооружени\w*|пво\b|истребител\w*"
    r"|ракетн\w+ комплекс\w*|военнослужащ\w*|минобороны|министерств\w+ обороны|оборон\w*|ядерн\w+ оруж\w*",
    Topic.SANCTIONS_TRADE: r"санкц\w*|экспорт\w*|импорт\w*|ввоз\w*|вывоз\w*|товар\w*|торгов\w*|пошлин\w*|таможен\w*"
    r"|эмбарго|роспотребнадзор\w*|россельхознадзор\w*|рубл\w*|кредит\w*|платеж\w*|карт[аы] «?мир\b|транзит\w*|инвестиц\w*",
    Topic.ENERGY: r"газ(?:а|у|ом|е|овы\w*|опровод\w*)?\b|нефт\w*|газпром\w*|трубопровод\w*|электроэнерг\w*|аэс\b|энерге\w*"
    r"|нпз\b|топлив\w*|росатом\w*|терминал\w*",
    Topic.MIGRATION: r"мигра\w*|гастарбайтер\w*|трудов\w+ мигра\w*|депортац\w*|выдворен\w*|гражданств\w*|релокант\w*"
    r"|переселен\w*|беженц\w*",
    Topic.INTEGRATION: r"одкб\b|еаэс\b|снг\b|союзн\w+ государств\w*|интеграц\w*|шос\b|евразийск\w+ экономическ\w*"
    r"|содружеств\w* независим\w*|коллективн\w+ безопасност\w*",
    Topic.WEST_TIES: r"запад\w*|сша\b|нато\b|евросоюз\w*|\bес\b|брюссел\w*|вашингтон\w*|европ\w*|американск\w*|турци\w*"
    r"|макрон\w*|госдеп\w*",
    Topic.DOMESTIC_POLITICS: r"выбор[ыао]\w*|оппозици\w*|протест\w*|митинг\w*|референдум\w*|конституц\w*|переворот\w*"
    r"|революци\w*|отставк\w*|парламент\w*|инаугурац\w*",
    Topic.HISTORY_LANGUAGE: r"истори\w*|русск\w+ язык\w*|язык\w*|побед[аыуе]\b|великой отечественной|памятник\w*|учебник\w*"
    r"|советск\w*|ссср\b|культур\w*|русофоб\w*|нацизм\w*|геноцид\w*",
    Topic.TERRORISM_CRIME: r"террор\w*|экстремис\w*|преступ\w*|наркот\w*|задержан\w*|арест\w*|уголовн\w*|талиб\w*|игил\b"
    r"|шпион\w*|диверси\w*|биолаборатор\w*",
}
ENGLISH: Mapping[Topic, str] = {
    Topic.WAR: r"wars?\b|warfare|military operation|front ?line\w*|mobili[sz]ation|ukrain\w*|offensive|shelling|missile strikes?",
    Topic.CONFLICT: r"karabakh|lachin|zangezur|artsakh|cease-?fire|truce|peacekeep\w*|peace (?:treaty|deal|agreement)"
    r"|border clash\w*|delimitation|demarcation",
    Topic.TERRITORY: r"territor\w*|borders?\b|sovereign\w*|integrity|separatis\w*|annex\w*|enclave\w*|independence|statehood",
    Topic.BASES_TROOPS: r"military base\w*|troops?\b|contingent\w*|drills?\b|exercises?\b|weapons?\b|arms\b|air defen[cs]e"
    r"|fighter jets?|defen[cs]e minist\w*|servicem[ea]n|nuclear weapons?",
    Topic.SANCTIONS_TRADE: r"sanction\w*|exports?\b|imports?\b|trade\b|tariffs?\b|customs|embargo|roubles?|rubles?|loans?\b|payments?"
    r"|transit\b|investment\w*|goods\b|food safety|ban(?:s|ned)? on",
    Topic.ENERGY: r"gas\b|oil\b|gazprom|pipelines?|electricity|nuclear (?:power )?plant\w*|energy|refiner\w*|fuel\b|rosatom",
    Topic.MIGRATION: r"migra\w*|deport\w*|citizenship|refugees?|labou?r migra\w*|guest workers?",
    Topic.INTEGRATION: r"csto\b|eaeu\b|cis\b|union state|integration|sco\b|eurasian economic|collective security",
    Topic.WEST_TIES: r"\bwest(?:ern)?\b|nato\b|\bus\b|united states|american|european|\beu\b|brussels|washington|turkey|türkiye",
    Topic.DOMESTIC_POLITICS: r"elections?\b|opposition\b|protests?\b|rall(?:y|ies)\b|referendum|constitution\w*|coup\b|revolution\w*"
    r"|resign\w*|parliament\w*|inaugurat\w*",
    Topic.HISTORY_LANGUAGE: r"histor\w*|russian language|languages?\b|world war|great patriotic|victory day|monuments?|textbooks?"
    r"|soviet|cultur\w*|russophob\w*|nazi\w*|genocide",
    Topic.TERRORISM_CRIME: r"terror\w*|extremis\w*|crim(?:e|es|inal\w*)\b|drugs?\b|detain\w*|arrest\w*|taliban|isis\b|spies|spy\b"
    r"|sabotage|biolab\w*|biological lab\w*",
}
PATTERNS = {
    language: {topic: re.compile(rf"\b(?:{stems})", re.IGNORECASE) for topic, stems in table.items()}
    for language, table in (("ru", RUSSIAN), ("en", ENGLISH))
}


def detect_topics(text: str, lang: str) -> tuple[Topic, ...]:
    """Return the statement's topics in the codebook's order; OTHER alone where none is found."""
    patterns = PATTERNS.get(lang, PATTERNS["en"])
    folded = fold(text).text
    found = tuple(topic for topic, pattern in patterns.items() if pattern.search(folded))
    return found or (Topic.OTHER,)
