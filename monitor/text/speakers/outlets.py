"""Outlets that are themselves the speaker: "Bloomberg writes that", "the ONT channel reported that"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.text.speakers.actors import Actor
from monitor.text.speakers.cues import DONE, Cue, CueKind
from monitor.text.speakers.offices import Relay
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence

_TABLE = """
TASS|russia|тасс,итар-тасс|tass,itar-tass
RIA Novosti|russia|риа новость,риа новости,риа|ria novosti,ria
Interfax|russia|интерфакс|interfax
Sputnik|russia|sputnik,спутник|sputnik
RT|russia|rt|rt,russia today
Ruptly|russia|ruptly|ruptly
RBC|russia|рбк|rbc
Kommersant|russia|коммерсант|kommersant
Izvestia|russia|известие,известия|izvestia
Vedomosti|russia|ведомости|vedomosti
Rossiyskaya Gazeta|russia|российский газета|rossiyskaya gazeta
Komsomolskaya Pravda|russia|комсомольский правда|komsomolskaya pravda
Moskovsky Komsomolets|russia|московский комсомолец|moskovsky komsomolets
Channel One|russia|первый канал|channel one
Rossiya 24|russia|россия 24|rossiya 24
Rossiya 1|russia|россия 1|rossiya 1
NTV|russia|нтв|ntv
REN TV|russia|рен тв|ren tv
Regnum|russia|regnum,регнум|regnum
Lenta.ru|russia|лента.ру|lenta.ru
Gazeta.Ru|russia|газета.ру|gazeta.ru
Life|russia|life|
Echo of Moscow|russia|эхо москва|echo of moscow
Vzglyad|russia|деловой газета взгляд|vzglyad
BelTA|belarus|белта|belta
ONT|belarus|онт|
STV|belarus|ств|
Nasha Niva|other|наш нива|nasha niva
Armenpress|armenia|арменпресс|armenpress
News Armenia|armenia|новость армения,новости армения|
Azertac|azerbaijan|азертадж|azertac
APA|azerbaijan|апа|apa
Trend|azerbaijan|trend|trend
Kazinform|kazakhstan|казинформ|kazinform
Khabar|kazakhstan|хабар|khabar
Tengrinews|kazakhstan|tengrinews|tengrinews
Kabar|kyrgyzstan|кабар|kabar
AKIpress|kyrgyzstan|akipress,акипресс|akipress
Khovar|tajikistan|ховар|khovar
Asia-Plus|tajikistan|азия-плюс|asia-plus
Ukrinform|ukraine|ukrinform,укринформ|ukrinform
UNIAN|ukraine|униан|unian
UNN|ukraine|унн|
Ukrainska Pravda|ukraine|украинский правда|ukrainska pravda
Reuters|west|reuters,рейтер|reuters
AFP|west|afp|afp,agence france-presse
Associated Press|west|ap,ассошиэйтед пресс|ap,associated press
DPA|west|dpa|dpa
BBC|west|bbc,би-би-си|bbc
CNN|west|cnn|cnn
Fox News|west|fox news|fox news
Politico|west|politico|
Bloomberg|west|bloomberg,блумберг|
The Guardian|west|guardian|
The Economist|west|economist|
Axios|west|axios|axios
Foreign Policy|west|foreign policy|
Der Spiegel|west|spiegel,шпигель|spiegel,der spiegel
Bild|west|bild,бильд|bild
Die Welt|west|die welt|die welt
Le Monde|west|le monde|le monde
Le Figaro|west|le figaro,фигаро|le figaro
Euronews|west|euronews|euronews
Deutsche Welle|west|deutsche welle,немецкий волна|deutsche welle
Radio Liberty|west|радио свобода,радио азаттык|radio liberty,radio free europe
Voice of America|west|голос америка|voice of america
Nikkei|west|nikkei|nikkei
Kyodo|west|kyodo,киодо|kyodo
Xinhua|other|синьхуа|xinhua
Global Times|other|global times|global times
Al Jazeera|other|al jazeera,аль-джазира|al jazeera
Anadolu|other|анадолу,anadolu|anadolu
IRNA|other|irna,ирна|irna
Tasnim|other|tasnim,тасним|tasnim
Yonhap|other|yonhap,ренхап|yonhap
"""
_CHANNELS = """
Mash|russia|mash|mash
Baza|russia|baza|baza
Shot|russia|shot|
112|russia|telegram-канал 112|
Readovka|russia|readovka|readovka
Rybar|russia|рыбарь|rybar
WarGonzo|russia|wargonzo|wargonzo
Colonelcassad|russia|colonelcassad|colonelcassad
Dva Mayora|russia|два майор|two majors
Nezygar|russia|незыгарь|nezygar
Ostorozhno, Moskva|russia|осторожно; москва|
Ostorozhno, novosti|russia|осторожно; новости|ostorozhno novosti
Kontext|russia|контекст|
Mediazona|other|медиазона|mediazona
Vazhnye Istorii|other|важный история|important stories
The Insider|other|insider|
Novaya Gazeta|other|новый газета|novaya gazeta
Verstka|other|вёрстка|verstka
Meduza|other|медуза|meduza
Dozhd|other|дождь|
Nexta|other|nexta,нехта|nexta
Zerkalo|other|зеркало|zerkalo
Belsat|other|белсат|belsat
Zakon.kz|kazakhstan|zakon.kz|zakon.kz
Orda.kz|kazakhstan|orda.kz|orda.kz
Vlast.kz|kazakhstan|vlast.kz|vlast.kz
Nur.kz|kazakhstan|nur.kz|nur.kz
24.kg|kyrgyzstan|24.kg|24.kg
Kaktus.media|kyrgyzstan|kaktus.media,kaktus media|kaktus media
Gazeta.uz|uzbekistan|gazeta.uz|gazeta.uz
Kun.uz|uzbekistan|kun.uz|kun.uz
Podrobno.uz|uzbekistan|podrobno.uz|podrobno.uz
News.am|armenia|news.am|news.am
Hetq|armenia|hetq|hetq
Minval|azerbaijan|minval|minval
Caliber.az|azerbaijan|caliber.az|caliber.az
Strana.ua|ukraine|страна.ua|strana.ua
"""
"""Channels and papers that tell what they have found out: cited, they are the speaker wherever they stand."""
_REPORTS = {
    "ru": word_set(
        """
        сообщить сообщать написать писать передать передавать утверждать рассказать рассказывать отметить
        отмечать уточнить уточнять подчеркнуть подчеркивать заявить заявлять считать полагать
        информировать проинформировать объявить объявлять указать указывать сообщаться утверждаться
        выяснить узнать показать опубликовать
        """
    ),
    "en": word_set("reports reported writes wrote says said claims claimed reveals revealed notes noted"),
}
_THAT = frozenset({"что", "that", ":"})
_CITING = frozenset({"данным", "информации", "сведениям", "сообщению", "ссылкой", "according"})
_REACH = 4


def read_outlets() -> Iterator[tuple[Relay, list[str], list[str]]]:
    """Return every outlet known by name, with its phrases in Russian and in English."""
    rows = [(line, False) for line in _TABLE.strip().splitlines()]
    rows += [(line, True) for line in _CHANNELS.strip().splitlines()]
    for line, cited in rows:
        name, bloc, ru, en = line.split("|")
        yield Relay(name, bloc, cited), _split(ru), _split(en)


def _split(cell: str) -> list[str]:
    """Return the phrases of a cell; a semicolon stands for the comma within a name."""
    return [name.replace(";", ",") for name in cell.split(",")] if cell else []


def find_outlet(
    s: Sentence, actors: Sequence[Actor], lang: str, home: str | None, *, headline: bool
) -> Cue | None:
    """Return the clause of an outlet whose own words these are.

    An outlet before "that" is the speaker. One that only closes the sentence, or that a preposition
    introduces, is a wire of the teller's own country more often than not: then the teller speaks.
    """
    for actor in actors:
        if actor.outlet is None or (s.quoted[actor.start] and not _is_quoted_name(s, actor)):
            continue
        leads = _leads(s, actor, lang)
        foreign = actor.outlet.cited or actor.outlet.bloc not in ("russia", home)
        if leads or (foreign and (_closes(s, actor, lang) or _is_source(s, actor, headline=headline))):
            return Cue(CueKind.REPORTED, actor.text, actor.start, actor, parenthetic=not leads)
    return None


def find_unnamed_outlet(s: Sentence, actors: Sequence[Actor], cue: Cue | None) -> Cue | None:
    """Read "According to the newspaper, …" before an act: an outlet that is not named tells of it."""
    told = cue is None or cue.kind in DONE or (cue.actor is not None and cue.actor.is_state)
    relay = next((actor for actor in actors if actor.relay), None)
    if not told or relay is None or relay.outlet is not None or s.texts[relay.end : relay.end + 1] != [","]:
        return None
    before = [low for low in s.lows[: relay.start] if low not in ("the", "a")]
    opens = before == ["according", "to"] or (len(before) == 2 and before[0] == "по" and before[1] in _CITING)
    return Cue(CueKind.ACCORDING, f"{' '.join(before)} {relay.text}", 0) if opens else None


def outranks(outlet: Cue, cue: Cue, s: Sentence) -> bool:
    """Whether a cited source stands outside a clause of speech: "according to X, the authorities noticed".

    A named person whom an outlet quotes is the speaker all the same.
    """
    inner, source = cue.actor, outlet.actor
    if source is None or source.outlet is None or not source.outlet.cited or outlet.at > cue.at:
        return False
    named = inner is not None and inner.is_named and inner.is_human
    opens = not any(text in ",.;" for text in s.texts[: source.start])
    return opens and not named and "как" not in s.lows[: source.start]


def _is_quoted_name(s: Sentence, actor: Actor) -> bool:
    """Whether the quotation marks hold nothing but the outlet's name."""
    start, end = actor.start, actor.end
    inside = start > 0 and s.texts[start - 1] in '«"“„' and end < len(s) and s.texts[end] in '»"”“'
    return inside or s.texts[start] in '«"“„' or s.texts[end - 1] in '»"”'


def _leads(s: Sentence, actor: Actor, lang: str) -> bool:
    """Whether "X сообщил, что" begins with the outlet."""
    before = [s.lows[i] for i in range(actor.start) if s.texts[i][0].isalpha()]
    if "как" in before or any(sign in s.texts[: actor.start] for sign in (",", '"', "»", "”")):
        return False
    if not before and s.texts[actor.end : actor.end + 1] == [":"]:
        return True
    for i in range(actor.end, min(len(s), actor.end + _REACH)):
        if _is_report(s, i, lang):
            return not _THAT.isdisjoint(s.lows[i + 1 : i + 4])
        if not s.texts[i][0].isalnum() and s.texts[i] not in "»”\"'":
            return False
    return False


def _closes(s: Sentence, actor: Actor, lang: str) -> bool:
    """Whether "…, пишет X" or "…, X reports" stands beside what is told."""
    near = [*range(max(0, actor.start - _REACH), actor.start), *range(actor.end, min(len(s), actor.end + 2))]
    cited = not _CITING.isdisjoint(s.lows[max(0, actor.start - 3) : actor.start])
    return cited or any(_is_report(s, i, lang) for i in near)


def _is_source(s: Sentence, actor: Actor, *, headline: bool) -> bool:
    """Whether a headline ends with a dash and the outlet."""
    last = actor.end >= len(s) - 1 and actor.start > 2
    return headline and last and any(text in "—–-" for text in s.texts[actor.start - 2 : actor.start])


def _is_report(s: Sentence, i: int, lang: str) -> bool:
    if s.quoted[i]:
        return False
    word = s.words[i]
    lemma = word.verb.lemma if word is not None and word.verb is not None else ""
    return (lemma if lang == "ru" else s.lows[i]) in _REPORTS[lang]
