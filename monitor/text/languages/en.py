"""English: words around names and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable

from monitor.domain.actors import MentionRole
from monitor.text.languages.rules import LanguageRules

DASHES = ("-", "–", "—")
CLOSING_QUOTES = "\"'”’»"
SPEECH_VERBS = (
    r"(?:said|says|say|told|tells|asked|asks|added|adds|stressed|stresses|noted|notes|explained|stated|"
    r"states|declared|"
    r"announced|replied|answered|warned|warns|insisted|argued|wrote|writes|believes|claimed|claims|"
    r"reiterated|"
    r"emphasized|emphasised|pointed out|recalled|continued|concluded|commented|remarked|quipped|thanked|"
    r"urged|vowed|"
    r"pledged|expressed|confirmed|admitted|underlined|underscored|called|calls)"
)
ABBREVIATIONS_BEFORE_NAMES_LIST = """
    mr mrs ms messrs dr prof gen lt col maj sgt capt cpt cmdr adm gov sen rep amb sec st rev hon fr mt
    vs v fig figs pp vol art arts ch para cf eq e.g i.e al viz nos dep brig pres
"""
ABBREVIATIONS_BEFORE_NAMES = frozenset(ABBREVIATIONS_BEFORE_NAMES_LIST.split())
ABBREVIATIONS_LIST = """
    inc ltd co corp jr sr etc a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec dept est approx
    bros mil bn mln ph.d u.s u.k u.n e.u d.c
"""
ABBREVIATIONS = frozenset(ABBREVIATIONS_LIST.split())
SENTENCE_STARTERS_LIST = """
    The A An He She It They We I You This That These Those There But And Or So In On At As By For If
    When While However Moreover Meanwhile Earlier Later According After Before With Since Our Their His
    Her Its My Your Today Yesterday Now Then Not No Yes What Who Why How Where Which All Some Many Most
    Both Each
"""
SENTENCE_STARTERS = frozenset(SENTENCE_STARTERS_LIST.split())
_GIVEN_NAMES_LIST = """
    daniil andrey andrei anna anastasia anatoly anton arkady artem artyom boris darya denis elena
    evgenia evgeny fyodor galina georgy gennady grigory igor irina ivan karina ksenia kirill konstantin
    larisa leonid lev lyudmila marina maksim maxim mikhail nadezhda natalia natalya nikita nikolai nina
    oksana oleg olga pavel pyotr peter polina roman ruslan semyon sergei sergey stanislav svetlana
    tatiana tatyana timur vadim valery vasily vera veronica viktor victor vitaly vladislav vyacheslav
    yaroslav yekaterina yelena yevgenia yevgeny yulia yuri zoya rashad rustam farid elchin tofig vagif
    aliya rashid murad samir arman tigran vardan gagik karen ashot levon robert david aram hayk narek
    vazgen kolya alexander aleksandr dmitry dmitri maria vladimir alexei aleksey alexey islam anna john
    michael james
"""
_GIVEN_NAMES = frozenset(_GIVEN_NAMES_LIST.split())

_TITLE = (
    r"(?:President|Presidents|Prime|Minister|Ministers|Premier|Foreign|Defen[cs]e|Leader|leader|leaders|"
    r"president|prime|"
    r"minister|minsters|foreign|defen[cs]e|of|Affairs|affairs|the|Republic|Secretary|secretary|Press|"
    r"press|General|general|"
    r"Deputy|deputy|First|first|Speaker|speaker|Chairman|chairman|Ambassador|ambassador|spokesman|"
    r"spokeswoman|"
    r"spokesperson|Spokeswoman|Spokesperson|Spokesman|State|state|head|Head|Government|government|FM|PM|"
    r"fm|pm|Ministry|"
    r"ministry|Security|Council|diplomat|Diplomat|chief|Vice|vice|former|new|acting|then|official|"
    r"Official|strongman|"
    r"autocrat|ruler|counterpart|colleague|for|and)"
)
_TITLES = rf"(?:{_TITLE}[\s-]+)"
_ORGAN = (
    r"(?:(?:[Ff]oreign|[Dd]efen[cs]e|[Ii]nterior|[Ee]nergy|[Ff]inance|[Ee]conomy|[Jj]ustice|[Hh]ealth|"
    r"[Tt]rade)\s"
    r"[Mm]inist(?:ry|er|ers)|[Mm]inistr(?:y|ies)(?: of (?:[Ff]oreign [Aa]ffairs|[Dd]efen[cs]e|[A-Z]\w+))?|"
    r"[Gg]overnment|[Aa]uthorities|[Pp]arliament|[Ll]eadership|[Cc]abinet|[Ee]mbassy|MFA|MOD|MoD|"
    r"[Ss]ecurity [Cc]ouncil|[Aa]rmed [Ff]orces)"
)
_PLACE_KIND = (
    r"(?:Street|Avenue|Square|Hotel|Arena|Stadium|Station|Airport|Airlines?|Airways|Club|FC|Tower|Towers|"
    r"Mall|Restaurant|"
    r"Marathon|Theatre|Theater|Motors|Times|Boulevard|Road|Lane|Bridge|Park|Metro|Cathedral|Opera|Circus|"
    r"Derby|"
    r"Tractor|Tractors|Brewery|Cognac|Cup|Open|Biennale|Film Festival|State University|University|"
    r"Conservatory|"
    r"Exchange|Qazaqstan Team|Pro Team|Cycling Team|cycling team|Cyclists|cyclists|team riders)"
)
_CLUBS = (
    r"(?:FC|FK|HC|BC|Team|Air|Dinamo|Dynamo|"
    r"Spartak|Lokomotiv|Torpedo|CSKA|Barys|Neftchi|Pakhtakor|Hotel|Radio|Sputnik)"
)

_TRAPS = (
    re.compile(rf"\b[A-Z][a-zA-Z-]+(?:\s[A-Z][a-z]+)?\s+{_PLACE_KIND}(?!\w)(?!\s+of\s+[a-z])"),
    re.compile(rf"(?<!\w){_CLUBS}[\s-]+[A-Z][a-z]\w+(?!['’]s\s+[a-z])"),
    re.compile(
        r"\bRussian[\s-](?:language|speak\w+|roulette|dolls?|salad|Orthodox|literature|cuisine|folk\w*|Maslenitsa|"
        r"World\b(?!\s(?:Cup|champion|record))|Houses?\b(?!\s+of)|Book of Records)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:Dushanbe|Astana|Minsk)[\s-](?:quartet|conferences?)\b", re.IGNORECASE),
    re.compile(r"\bcis[\s-]?(?:gender\w*|het\w*|wom[ae]n|m[ae]n|male|female|people)\b", re.IGNORECASE),
    re.compile(
        r"\bMinsk[\s-](?:(?:Peace|Ceasefire|Cease-fire|I+|1|2)\s)?"
        r"(?:[Aa]greements?|[Aa]ccords?|[Pp]rocess|[Pp]rotocols?|[Gg]roup|[Ff]ormat|[Dd]eals?|[Pp]ackage|"
        r"[Aa]rrangements?|"
        r"[Mm]emorand\w+|[Pp]act|[Tt]alks format|I{1,2}\b|[12]\b)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:Astana|Nur-Sultan)(?:\s[Pp]eace)?[\s-](?:[Pp]rocess|[Ff]ormat|[Tt]roika|[Pp]latform)\b",
        re.IGNORECASE,
    ),
)
_INITIALS = re.compile(r"(?<!\w)([A-Z])\.\s?(?:[A-Z]\.\s?)?$")
_WORD_BEFORE = re.compile(r"(?<![\w-])([A-Z][\w-]+)\s+$")
_PLURALS_WITHOUT_S = ("s", "z", "men", "people")


def inflect_name(name: str, role: MentionRole | None) -> Iterable[str]:
    """Return a name, and for a member of a people the plural as well."""
    if role is MentionRole.PEOPLE and not name.endswith(_PLURALS_WITHOUT_S):
        return {name, name + "s"}
    return {name}


def names_somebody_else(before: str, given_names: frozenset[str]) -> bool:
    """Say whether initials or a first name before a surname belong to another person."""
    initials = _INITIALS.search(before)
    if initials:
        return bool(given_names) and not any(
            name.startswith(initials.group(1).lower()) for name in given_names
        )
    word = _WORD_BEFORE.search(before)
    return bool(
        word and given_names and is_given_name(word.group(1)) and word.group(1).lower() not in given_names
    )


def is_given_name(word: str) -> bool:
    """Say whether a word is one of the first names that share surnames with our leaders."""
    return word.lower() in _GIVEN_NAMES


RULES = LanguageRules(
    inflect=inflect_name,
    capitals_required=False,
    traps=_TRAPS,
    trade_name_before=re.compile(
        r"(?<!\w)(?:hotel|restaurant|caf[eé]|bar|club|team|newspaper|daily|magazine|channel|station|"
        r"agency|outlet|website|"
        r"cinema|theatre|theater|ship|ferry|tanker|cruiser|train|company|bank|airline|brand|cognac|vodka|"
        r"beer|party|film|song|"
        r"store|shop|mall|sanatorium|factory|plant|foundation)(?:\s+(?:called|named|the))?\s*$",
        re.IGNORECASE,
    ),
    quoted_name_is_title=False,
    person_before=names_somebody_else,
    is_given_name=is_given_name,
    organ_before=re.compile(rf"(?<!\w){_ORGAN}\s+of\s+(?:the\s+)?$"),
    organ_after=re.compile(rf"(?:['’]s?)?\s+{_ORGAN}(?!\w)"),
    joint=re.compile(rf"(?:['’]s?)?\s+{_TITLES}{{0,7}}#?"),
    label_words=re.compile(rf"\W*(?:{_TITLES}|[A-Z]\.\s?|[A-Z][\w-]+\s+){{0,7}}\W*"),
    speech_before=re.compile(rf"\b{SPEECH_VERBS}\s+{_TITLES}{{0,5}}(?:[A-Z]\w+\s+){{0,2}}$"),
    speech_after=re.compile(rf"\s*,?\s+(?:also |earlier |has |have )?{SPEECH_VERBS}\b"),
    number_goes_on=re.compile(
        r"\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)|"
        r"[.,]?\d|\s*%"
    ),
)
