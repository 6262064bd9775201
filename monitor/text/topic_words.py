"""Words that tell a statement's topic, in lower case with ё as е; "*" stands for any ending.

General words of the subject, not of single events: an entry belongs to a topic if a statement
that holds it is about that topic more often than not.
"""

from __future__ import annotations

from monitor.domain.stance import Topic

RUSSIAN = {
    Topic.WAR: """
        войн*, военн* действ*, боев* действ*, боевик*, спецопераци*, сво, мобилизац*, фронт*, наступлени*,
        контрнаступ*, обстрел*, удар* беспилотник*, беспилотник*, ракетн* удар*, вооруженн* агресс*,
        агресси*, вторжени*, вторгн*, оккупац*, всу, перемири* на украин*, украинск* кризис*, украинск*
        конфликт*, дрон, дроны, дронов, дронами, бомбардиров*, мирн* переговор* по украин*, донбасс*
    """,
    Topic.CONFLICT: """
        карабах*, арцах*, лачин*, зангезур*, нкр, карабахск*, прекращени* огня, перемири*, разминирован*,
        приграничн* конфликт*, приграничн* столкнов*, пограничн* конфликт*, столкновени* на границ*,
        делимитац*, демаркац*, миротворц*, миротворческ*, баткен*, мирн* договор*, мирн* соглашен*,
        урегулирован* конфликт*, военнопленн*, ергнех*, сюник*, армяно-азербайджанск*,
        кыргызско-таджикск*, таджикско-киргизск*, киргизско-таджикск*
    """,
    Topic.TERRITORY: """
        территориальн* целостност*, территориальн* претенз*, территориальн* спор*, сепаратист*,
        сепаратизм*, аннекси*, спорн* территор*, спорн* участ*, государственн* границ*, передел* границ*,
        исконн* земл*, северн* област*, анклав*, эксклав*, самоопределени*, непризнанн* республик*,
        признани* независимост*, суверенитет*, государственност*
    """,
    Topic.BASES_TROOPS: """
        военн* баз*, 102-* баз*, 201-* баз*, войск*, военнослужащ*, контингент*, гарнизон*, учени*,
        маневр*, вооруженн* сил*, ксор, ядерн* оруж*, тактическ* ядерн*, ракетн* комплекс*, пво,
        размещени* оруж*, развертыван*, военн* техник*, поставк* вооружен*, поставк* оруж*, вооружени*,
        генштаб*, минобороны, оборонн* сотрудничеств*, военно-техническ*, пограничник*, вывод* войск*,
        ввод* войск*, авиабаз*, полигон*, группировк* войск*
    """,
    Topic.SANCTIONS_TRADE: """
        санкци*, торгов*, товарооборот*, экспорт*, импорт*, импортозамещ*, пошлин*, тариф*, эмбарго,
        ввоз*, вывоз*, ограничени* на ввоз*, россельхознадзор*, роспотребнадзор*, таможн*, инвестиц*,
        рубл*, расчет* в национальн*, национальн* валют*, кредит*, долг*, зерн*, продовольств*,
        параллельн* импорт*, транзит*, логистик*, коридор*, порт, портов*, порты, экономическ*
        сотрудничеств*, фитосанитар*, контрабанд*, рынок, рынка, рынке, рынки, сельхозпродукц*
    """,
    Topic.ENERGY: """
        газ, газа, газом, газу, газе, газов*, нефт*, газопровод*, нефтепровод*, трубопровод*, энергет*,
        энергоноси*, электроэнерг*, аэс, гэс, атомн*, росатом*, газпром*, опек*, топлив*, бензин*, уголь,
        угля, уран*, ктк, транснефт*, водохранилищ*, турецк* поток*, дизел*
    """,
    Topic.MIGRATION: """
        мигрант*, миграц*, миграцион*, гастарбайтер*, трудов* мигра*, депортац*, депортир*, выдворен*,
        выдвор*, гражданств*, въезд*, виз*, безвизов*, беженц*, релокант*, диаспор*, патент* для
        иностран*, переселен*, паспорт*, уехавш*, вид на жительств*
    """,
    Topic.INTEGRATION: """
        одкб, еаэс, снг, евразэс, союзн* государств*, интеграц*, интеграцион*, евразийск* экономическ*,
        таможенн* союз*, коллективн* безопасност*, содружеств*, еэк, евразийск* интеграц*, единое
        экономическ*, едино* экономическ*, общ* рын*, высш* госсовет*, саммит* одкб, шос, брикс
    """,
    Topic.WEST_TIES: """
        запад, запада, западу, западом, западе, западн*, сша, евросоюз*, европейск* союз*, ес,
        евроинтеграц*, брюссел*, вашингтон*, нато, госдеп*, европарламент*, еврокомисси*, американск*,
        франци*, макрон*, вступлени* в ес, европейск* пут*, иностранн* агент*, нко, сорос*, цветн*
        революц*, евровыбор*, биолаборатор*, коллективн* запад*
    """,
    Topic.DOMESTIC_POLITICS: """
        выбор*, избирател*, президентск* выбор*, парламентск* выбор*, оппозиц*, митинг*, протест*,
        референдум*, конституц*, инаугурац*, отставк*, партия, партии, партией, партию, парламентск*,
        импичмент*, переворот*, беспорядк*, политзаключенн*, амнисти*, помилован*, голосован*, кабмин*
        сформир*, правящ* парти*
    """,
    Topic.HISTORY_LANGUAGE: """
        истори*, историческ*, памятник*, великой отечественн*, велик* отечественн*, победы, 9 мая,
        ветеран*, русск* язык*, русскоязычн*, государственн* язык*, язык, языка, языку, языком, языке,
        языков*, школ* на русск*, учебник*, кириллиц*, латиниц*, латинск* алфавит*, алфавит*,
        переименован*, советск* прошл*, советск* наслед*, геноцид*, нацизм*, нацист*, неонацист*,
        реабилитац* нациз*, русофоб*, декоммунизац*, церковь, церкви, церковью, культурн*, бессмертн*
        полк*, репресси*, георгиевск* лент*
    """,
    Topic.TERRORISM_CRIME: """
        террор*, теракт*, игил, экстремис*, экстремизм*, наркотик*, наркотраф*, наркобизнес*, преступ*,
        убийств*, убит*, арест*, задержан*, спецслужб*, диверси*, диверсант*, шпион*, шпионаж*, вербов*,
        талиб*, исламист*, радикал*, уголовн* дел*, коррупц*, экстрадиц*, мошенн*, следственн* комитет*
    """,
}

ENGLISH = {
    Topic.WAR: """
        war, wars, wartime, warfare, military operation, hostilities, combat*, offensive*,
        counteroffensive*, shelling*, drone attack*, drone strike*, drones, missile strike*, airstrike*,
        invasion*, invade*, invading, aggression*, occupation*, mobilization*, mobilisation*, frontline*,
        battlefield*, ukrainian conflict, ukraine conflict, ukraine crisis, ukrainian crisis, donbass,
        ukrainian settlement, ukraine settlement
    """,
    Topic.CONFLICT: """
        karabakh, artsakh, lachin, zangezur, ceasefire*, cease-fire*, truce*, peacekeep*, demining, border
        clash*, border conflict*, delimitation, demarcation, peace treaty, peace agreement, peace deal,
        prisoners of war, armenian-azerbaijani, kyrgyz-tajik, tajik-kyrgyz, syunik, trump route, batken,
        normalization of relations between armenia
    """,
    Topic.TERRITORY: """
        territorial integrity, territorial claim*, territorial dispute*, separatis*, annex*, disputed
        territor*, disputed border*, state border*, ancestral land*, enclave*, exclave*,
        self-determination, unrecognized republic*, recognition of independence, sovereignty, statehood
    """,
    Topic.BASES_TROOPS: """
        military base*, 102nd base, 201st base, 201st military, troops, servicemen, contingent*,
        garrison*, exercise*, drills, war game*, armed forces, nuclear weapon*, tactical nuclear, missile
        system*, air defense, air defence, deploy*, military equipment, weapons, weaponry, arms supplies,
        arms deliver*, general staff, defense ministr*, defence ministr*, military cooperation,
        military-technical, border guard*, rapid reaction force*, oreshnik, fighter jet*, fighters to
    """,
    Topic.SANCTIONS_TRADE: """
        sanction*, trade, trading, turnover*, export*, import, imports, imported, importing, tariff*,
        duty, duties, duty-free, duty-exempt, embargo*, customs, investment*, ruble*, rouble*, national
        currenc*, loan*, debt*, grain*, food supplies, parallel import*, transit*, logistic*, transport
        corridor*, north-south, ports, economic cooperation, rosselkhoznadzor, phytosanitary, smuggl*,
        market, markets
    """,
    Topic.ENERGY: """
        gas, oil, pipeline*, energy, electricity, power plant*, nuclear power, npp, hydropower, rosatom,
        gazprom, opec*, fuel*, petrol, gasoline, coal, uranium, cpc, transneft, turkstream, diesel
    """,
    Topic.MIGRATION: """
        migrant*, migration, immigra*, deport*, labor migra*, labour migra*, visa, visas, visa-free,
        citizenship, refugee*, relocant*, diaspora*, passport*, residence permit*, entry ban*, resettle*
    """,
    Topic.INTEGRATION: """
        csto, eaeu, cis, union state, eurasian economic, integration, customs union, collective security,
        commonwealth of independent, eec, common market*, single market*, supreme state council, sco,
        brics
    """,
    Topic.WEST_TIES: """
        west, western, nato, eu, european union, us, usa, united states, washington, brussels, american*,
        state department, european commission, european parliament, accession to the eu, european
        integration, foreign agent*, ngo, ngos, soros, color revolution*, colour revolution*, biolab*,
        biological laborator*, france, macron, euro-atlantic
    """,
    Topic.DOMESTIC_POLITICS: """
        election*, electoral, voter*, ballot*, opposition*, rally, rallies, protest*, referendum*,
        constitution*, inaugurat*, resign*, impeach*, coup, coups, riot*, unrest, political prisoner*,
        amnest*, pardon*, ruling party, parliamentary majority, party congress, vote of no confidence
    """,
    Topic.HISTORY_LANGUAGE: """
        history, historic*, histories, monument*, memorial*, great patriotic war, world war ii, world war
        2, victory day, veteran*, russian language, russian-language, russian-speaking, state language,
        official language, language*, textbook*, cyrillic, latin alphabet, alphabet*, renam*, soviet past,
        soviet legacy, genocide*, nazi*, neo-nazi*, russophob*, church*, cultural, repression*, immortal
        regiment
    """,
    Topic.TERRORISM_CRIME: """
        terror*, isis, extremis*, narcotic*, drug traffick*, drugs, crime, crimes, criminal*, murder*,
        arrested, detained, special services, intelligence service*, sabotage*, saboteur*, spy, spies,
        espionage, recruit*, taliban, islamist*, radicals, corruption, extradit*, fraud*
    """,
}
