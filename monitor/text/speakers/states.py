"""States by their names: whose government a country, a capital or an adjective stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from monitor.domain.actors import Target, TargetKind


@dataclass(frozen=True, slots=True)
class State:
    """A state as a speaker: its bloc and how its organs are called in English."""

    id: str
    bloc: str
    adjective: str
    """What stands before an organ's name: "Armenian", "Kazakhstan"."""
    place: str
    """What stands after "of": "Armenia", "the United States"."""

    @property
    def government_name(self) -> str:
        """The canonical name of its government."""
        return f"{self.adjective} government"


@dataclass(frozen=True, slots=True)
class StateNames:
    """A state's names in one language, in dictionary form."""

    state: State
    names: tuple[str, ...]
    capitals: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    """Cities and regions that tell whose a police or a mayor is, and never speak for the state."""


_WATCHED = {
    "armenia": ("Armenian", "Armenia"),
    "azerbaijan": ("Azerbaijan", "Azerbaijan"),
    "belarus": ("Belarusian", "Belarus"),
    "kazakhstan": ("Kazakhstan", "Kazakhstan"),
    "kyrgyzstan": ("Kyrgyzstan", "Kyrgyzstan"),
    "tajikistan": ("Tajikistan", "Tajikistan"),
    "uzbekistan": ("Uzbekistan", "Uzbekistan"),
}

_TABLE = """
russia|russia|Russian|Russia|россия,рф,российская федерация|москва|российский|\
Russia,Russian Federation|Moscow|Russian
armenia|||Armenia|армения|ереван|армянский|Armenia|Yerevan|Armenian
azerbaijan|||Azerbaijan|азербайджан|баку|азербайджанский|Azerbaijan|Baku|Azerbaijani
belarus|||Belarus|белоруссия,беларусь|минск|белорусский,беларуский|Belarus|Minsk|Belarusian,Belarussian
kazakhstan|||Kazakhstan|казахстан|астана,нур-султан|казахстанский,казахский|Kazakhstan|Astana,Nur-Sultan|Kazakh,Kazakhstani
kyrgyzstan|||Kyrgyzstan|киргизия,кыргызстан|бишкек|киргизский,кыргызский,кыргызстанский|\
Kyrgyzstan,Kyrgyz Republic|Bishkek|Kyrgyz
tajikistan|||Tajikistan|таджикистан|душанбе|таджикский,таджикистанский|Tajikistan|Dushanbe|Tajik,Tajikistani
uzbekistan|||Uzbekistan|узбекистан|ташкент|узбекский,узбекистанский|Uzbekistan|Tashkent|Uzbek,Uzbekistani
ukraine|ukraine|Ukrainian|Ukraine|украина|киев|украинский,киевский|Ukraine|Kiev,Kyiv|Ukrainian
usa|west|US|the United States|сша,соединенные штаты америки,соединенные штаты,америка|вашингтон|американский|\
US,USA,United States,America|Washington|American,US
eu|west|EU|the European Union|ес,евросоюз,европейский союз|брюссель|европейский|\
EU,European Union|Brussels|European,EU
britain|west|British|the United Kingdom|великобритания,британия,соединенное королевство|лондон|британский|\
Britain,United Kingdom,UK,Great Britain|London|British,UK
france|west|French|France|франция|париж|французский|France|Paris|French
germany|west|German|Germany|германия,фрг|берлин|немецкий,германский|Germany|Berlin|German
italy|west|Italian|Italy|италия|рим|итальянский|Italy|Rome|Italian
poland|west|Polish|Poland|польша|варшава|польский|Poland|Warsaw|Polish
lithuania|west|Lithuanian|Lithuania|литва|вильнюс|литовский|Lithuania|Vilnius|Lithuanian
latvia|west|Latvian|Latvia|латвия|рига|латвийский,латышский|Latvia|Riga|Latvian
estonia|west|Estonian|Estonia|эстония|таллин,таллинн|эстонский|Estonia|Tallinn|Estonian
finland|west|Finnish|Finland|финляндия|хельсинки|финский,финляндский|Finland|Helsinki|Finnish
sweden|west|Swedish|Sweden|швеция|стокгольм|шведский|Sweden|Stockholm|Swedish
norway|west|Norwegian|Norway|норвегия|осло|норвежский|Norway|Oslo|Norwegian
czechia|west|Czech|the Czech Republic|чехия|прага|чешский|Czech Republic,Czechia|Prague|Czech
slovakia|west|Slovak|Slovakia|словакия|братислава|словацкий|Slovakia|Bratislava|Slovak
hungary|west|Hungarian|Hungary|венгрия|будапешт|венгерский|Hungary|Budapest|Hungarian
romania|west|Romanian|Romania|румыния|бухарест|румынский|Romania|Bucharest|Romanian
bulgaria|west|Bulgarian|Bulgaria|болгария|софия|болгарский|Bulgaria|Sofia|Bulgarian
greece|west|Greek|Greece|греция|афины|греческий|Greece|Athens|Greek
spain|west|Spanish|Spain|испания|мадрид|испанский|Spain|Madrid|Spanish
canada|west|Canadian|Canada|канада|оттава|канадский|Canada|Ottawa|Canadian
australia|west|Australian|Australia|австралия|канберра|австралийский|Australia|Canberra|Australian
japan|west|Japanese|Japan|япония|токио|японский|Japan|Tokyo|Japanese
turkey|other|Turkish|Turkey|турция|анкара|турецкий|Turkey,Turkiye,Türkiye|Ankara|Turkish
iran|other|Iranian|Iran|иран|тегеран|иранский|Iran|Tehran|Iranian
china|other|Chinese|China|китай,кнр|пекин|китайский|China|Beijing|Chinese
india|other|Indian|India|индия|дели,нью-дели|индийский|India|Delhi,New Delhi|Indian
pakistan|other|Pakistani|Pakistan|пакистан|исламабад|пакистанский|Pakistan|Islamabad|Pakistani
afghanistan|other|Afghan|Afghanistan|афганистан|кабул|афганский|Afghanistan|Kabul|Afghan
israel|other|Israeli|Israel|израиль|тель-авив|израильский|Israel|Tel Aviv|Israeli
georgia|other|Georgian|Georgia|грузия|тбилиси|грузинский|Georgia|Tbilisi|Georgian
moldova|other|Moldovan|Moldova|молдавия,молдова|кишинев|молдавский|Moldova|Chisinau|Moldovan
turkmenistan|other|Turkmenistan|Turkmenistan|туркмения,туркменистан|ашхабад|туркменский|\
Turkmenistan|Ashgabat|Turkmen
serbia|other|Serbian|Serbia|сербия|белград|сербский|Serbia|Belgrade|Serbian
syria|other|Syrian|Syria|сирия|дамаск|сирийский|Syria|Damascus|Syrian
abkhazia|other|Abkhazian|Abkhazia|абхазия|сухуми,сухум|абхазский|Abkhazia|Sukhumi|Abkhazian
transnistria|other|Transnistrian|Transnistria|приднестровье|тирасполь|приднестровский|\
Transnistria|Tiraspol|Transnistrian
dpr|other|DPR|the DPR|днр,донецкая народная республика|||DPR,Donetsk People's Republic||
lpr|other|LPR|the LPR|лнр,луганская народная республика|||\
LPR,Lugansk People's Republic,Luhansk People's Republic||
karabakh|other|Nagorno-Karabakh|Nagorno-Karabakh|нагорный карабах,нкр|степанакерт|карабахский,арцахский|\
Nagorno-Karabakh,Artsakh|Stepanakert|Karabakh
saudi_arabia|other|Saudi|Saudi Arabia|саудовская аравия|эр-рияд|саудовский|Saudi Arabia|Riyadh|Saudi
uae|other|UAE|the United Arab Emirates|оаэ,объединенные арабские эмираты|абу-даби|эмиратский|\
UAE,United Arab Emirates|Abu Dhabi|Emirati
south_korea|other|South Korean|South Korea|южная корея,республика корея|сеул|южнокорейский|\
South Korea,Republic of Korea|Seoul|South Korean
vietnam|other|Vietnamese|Vietnam|вьетнам|ханой|вьетнамский|Vietnam|Hanoi|Vietnamese
mongolia|other|Mongolian|Mongolia|монголия|улан-батор|монгольский|Mongolia|Ulaanbaatar|Mongolian
egypt|other|Egyptian|Egypt|египет|каир|египетский|Egypt|Cairo|Egyptian
brazil|other|Brazilian|Brazil|бразилия|бразилиа|бразильский|Brazil|Brasilia|Brazilian
venezuela|other|Venezuelan|Venezuela|венесуэла|каракас|венесуэльский|Venezuela|Caracas|Venezuelan
switzerland|west|Swiss|Switzerland|швейцария|берн|швейцарский|Switzerland|Bern|Swiss
austria|west|Austrian|Austria|австрия|вена|австрийский|Austria|Vienna|Austrian
netherlands|west|Dutch|the Netherlands|нидерланды,голландия|гаага|нидерландский,голландский|\
Netherlands|The Hague|Dutch
denmark|west|Danish|Denmark|дания|копенгаген|датский|Denmark|Copenhagen|Danish
cuba|other|Cuban|Cuba|куба|гавана|кубинский|Cuba|Havana|Cuban
north_korea|other|North Korean|North Korea|кндр,северная корея|пхеньян|северокорейский|\
North Korea,DPRK|Pyongyang|North Korean
south_ossetia|other|South Ossetian|South Ossetia|южная осетия|цхинвал,цхинвали|югоосетинский|\
South Ossetia|Tskhinval,Tskhinvali|South Ossetian
belgium|west|Belgian|Belgium|бельгия||бельгийский|Belgium||Belgian
portugal|west|Portuguese|Portugal|португалия|лиссабон|португальский|Portugal|Lisbon|Portuguese
ireland|west|Irish|Ireland|ирландия|дублин|ирландский|Ireland|Dublin|Irish
croatia|west|Croatian|Croatia|хорватия|загреб|хорватский|Croatia|Zagreb|Croatian
slovenia|west|Slovenian|Slovenia|словения|любляна|словенский|Slovenia|Ljubljana|Slovenian
montenegro|west|Montenegrin|Montenegro|черногория|подгорица|черногорский|Montenegro|Podgorica|Montenegrin
macedonia|west|Macedonian|North Macedonia|македония,северная македония|скопье|македонский|\
North Macedonia,Macedonia|Skopje|Macedonian
albania|west|Albanian|Albania|албания|тирана|албанский|Albania|Tirana|Albanian
iceland|west|Icelandic|Iceland|исландия|рейкьявик|исландский|Iceland|Reykjavik|Icelandic
luxembourg|west|Luxembourg|Luxembourg|люксембург||люксембургский|Luxembourg||
cyprus|west|Cypriot|Cyprus|кипр|никосия|кипрский|Cyprus|Nicosia|Cypriot
new_zealand|west|New Zealand|New Zealand|новая зеландия|веллингтон|новозеландский|New Zealand|Wellington|
bosnia|other|Bosnian|Bosnia and Herzegovina|босния и герцеговина,босния|сараево|боснийский|\
Bosnia and Herzegovina,Bosnia|Sarajevo|Bosnian
iraq|other|Iraqi|Iraq|ирак|багдад|иракский|Iraq|Baghdad|Iraqi
lebanon|other|Lebanese|Lebanon|ливан|бейрут|ливанский|Lebanon|Beirut|Lebanese
jordan|other|Jordanian|Jordan|иордания|амман|иорданский|Jordan|Amman|Jordanian
qatar|other|Qatari|Qatar|катар|доха|катарский|Qatar|Doha|Qatari
kuwait|other|Kuwaiti|Kuwait|кувейт|эль-кувейт|кувейтский|Kuwait|Kuwait City|Kuwaiti
bahrain|other|Bahraini|Bahrain|бахрейн|манама|бахрейнский|Bahrain|Manama|Bahraini
oman|other|Omani|Oman|султанат оман|маскат|оманский|Oman|Muscat|Omani
yemen|other|Yemeni|Yemen|йемен|сана|йеменский|Yemen|Sanaa|Yemeni
palestine|other|Palestinian|Palestine|палестина|рамалла|палестинский|Palestine|Ramallah|Palestinian
libya|other|Libyan|Libya|ливия|триполи|ливийский|Libya|Tripoli|Libyan
algeria|other|Algerian|Algeria|алжир||алжирский|Algeria|Algiers|Algerian
tunisia|other|Tunisian|Tunisia|тунис||тунисский|Tunisia|Tunis|Tunisian
morocco|other|Moroccan|Morocco|марокко|рабат|марокканский|Morocco|Rabat|Moroccan
sudan|other|Sudanese|Sudan|судан|хартум|суданский|Sudan|Khartoum|Sudanese
ethiopia|other|Ethiopian|Ethiopia|эфиопия|аддис-абеба|эфиопский|Ethiopia|Addis Ababa|Ethiopian
kenya|other|Kenyan|Kenya|кения|найроби|кенийский|Kenya|Nairobi|Kenyan
nigeria|other|Nigerian|Nigeria|нигерия|абуджа|нигерийский|Nigeria|Abuja|Nigerian
south_africa|other|South African|South Africa|юар,южно-африканская республика|претория|южноафриканский|\
South Africa|Pretoria|South African
indonesia|other|Indonesian|Indonesia|индонезия|джакарта|индонезийский|Indonesia|Jakarta|Indonesian
malaysia|other|Malaysian|Malaysia|малайзия|куала-лумпур|малайзийский|Malaysia|Kuala Lumpur|Malaysian
philippines|other|Philippine|the Philippines|филиппины|манила|филиппинский|Philippines|Manila|Philippine
thailand|other|Thai|Thailand|таиланд,тайланд|бангкок|таиландский,тайский|Thailand|Bangkok|Thai
myanmar|other|Myanmar|Myanmar|мьянма|нейпьидо|мьянманский|Myanmar|Naypyidaw|
cambodia|other|Cambodian|Cambodia|камбоджа|пномпень|камбоджийский|Cambodia|Phnom Penh|Cambodian
laos|other|Lao|Laos|лаос|вьентьян|лаосский|Laos|Vientiane|Lao,Laotian
nepal|other|Nepalese|Nepal|непал|катманду|непальский|Nepal|Kathmandu|Nepalese,Nepali
bangladesh|other|Bangladeshi|Bangladesh|бангладеш|дакка|бангладешский|Bangladesh|Dhaka|Bangladeshi
sri_lanka|other|Sri Lankan|Sri Lanka|шри-ланка|коломбо|шри-ланкийский|Sri Lanka|Colombo|Sri Lankan
mexico|other|Mexican|Mexico|мексика|мехико|мексиканский|Mexico|Mexico City|Mexican
argentina|other|Argentine|Argentina|аргентина|буэнос-айрес|аргентинский|Argentina|Buenos Aires|Argentine
chile|other|Chilean|Chile|чили|сантьяго|чилийский|Chile|Santiago|Chilean
colombia|other|Colombian|Colombia|колумбия|богота|колумбийский|Colombia|Bogota|Colombian
nicaragua|other|Nicaraguan|Nicaragua|никарагуа|манагуа|никарагуанский|Nicaragua|Managua|Nicaraguan
"""


_CITIES = """
russia|петербург,санкт-петербург,ростов-на-дону,калининград,краснодар,новосибирск,екатеринбург,татарстан,\
чечня,дагестан,башкирия,крым,севастополь,приморье,ставрополье,бурятия,чувашия,якутия,мордовия,удмуртия,\
калмыкия,карелия,хакасия,тыва,тува,адыгея,ингушетия,кабардино-балкария,карачаево-черкесия,северная осетия,\
башкортостан,забайкалье,кубань,подмосковье,иркутск,омск,томск,самара,саратов,волгоград,пермь,тюмень,казань,\
уфа,челябинск,красноярск,хабаровск,владивосток,астрахань,рязань,тула,брянск,смоленск,псков,мурманск|\
St Petersburg,Saint Petersburg,Kaliningrad,Chechnya,Dagestan,Tatarstan,Crimea
belarus|гродно,брест,витебск,гомель,могилев,бобруйск,барановичи,солигорск,минская область,\
гродненская область,брестская область,гомельская область,витебская область,могилевская область|\
Grodno,Gomel,Vitebsk,Mogilev,Brest Region,Grodno Region,Gomel Region,Minsk Region
kazakhstan|алма-ата,алматы,караганда,шымкент,актау,актобе,жанаозен,костанай,петропавловск,усть-каменогорск,\
атырау,уральск,алматинская область,карагандинская область|Almaty,Karaganda,Shymkent,Aktau,Aktobe,Atyrau
kyrgyzstan|джалал-абад,баткен,баткенская область,ошская область,чуйская область,иссык-куль|\
Jalal-Abad,Batken,Batken Region,Osh Region
tajikistan|худжанд,куляб,согдийская область,хатлонская область,исфара|\
Khujand,Kulyab,Sughd Region,Khatlon,Isfara
uzbekistan|самарканд,бухара,андижан,фергана,наманган,каракалпакия,каракалпакстан|\
Samarkand,Bukhara,Andijan,Fergana,Karakalpakstan
armenia|гюмри,ванадзор,сюник,сюникская область|Gyumri,Vanadzor,Syunik
azerbaijan|гянджа,сумгаит,нахичевань|Ganja,Sumgait,Nakhchivan
ukraine|харьков,одесса,днепропетровск,мариуполь,запорожье,херсон,чернигов|Kharkov,Kharkiv,Odessa,Mariupol,Kherson
"""


def build_states(targets: Iterable[Target]) -> dict[str, dict[str, list[StateNames]]]:
    """Return the names of all known states: {"ru": {id: names}, "en": ...}; targets add theirs."""
    states: dict[str, State] = {}
    names: dict[str, dict[str, list[StateNames]]] = {"ru": {}, "en": {}}
    cities = _read_cities()
    for state, by_language in _read_table():
        states[state.id] = state
        for language, entry in by_language.items():
            listed = cities.get(state.id, {}).get(language, ())
            names[language].setdefault(state.id, []).append(replace(entry, cities=listed))
    for target in targets:
        if target.kind is not TargetKind.STATE:
            continue
        place = target.title.get("en", target.id.capitalize())
        state = states.setdefault(target.id, State(target.id, target.id, place, place))
        for language, given in target.names.items():
            entry = StateNames(state, given.names, given.capitals, given.adjectives)
            names.setdefault(language, {}).setdefault(state.id, []).append(entry)
    return names


def _read_table() -> Iterator[tuple[State, dict[str, StateNames]]]:
    for line in _TABLE.strip().splitlines():
        key, bloc, adjective, place, ru, ru_capitals, ru_adjectives, en, en_capitals, en_adjectives = (
            line.split("|")
        )
        if key in _WATCHED:
            adjective, place = _WATCHED[key]
        state = State(key, bloc or key, adjective, place)
        yield (
            state,
            {
                "ru": StateNames(state, _split(ru), _split(ru_capitals), _split(ru_adjectives)),
                "en": StateNames(state, _split(en), _split(en_capitals), _split(en_adjectives)),
            },
        )


def _read_cities() -> dict[str, dict[str, tuple[str, ...]]]:
    rows = (line.split("|") for line in _CITIES.strip().splitlines())
    return {key: {"ru": _split(ru), "en": _split(en)} for key, ru, en in rows}


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(",") if part.strip())
