"""Offices that listed persons held at other times than the one that their entry tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from monitor.domain.stance import Tier


@dataclass(frozen=True, slots=True)
class Term:
    """A time in an office, both days included; None where it has no beginning or no end that matters."""

    role: str
    tier: Tier
    since: date | None
    until: date | None

    def covers(self, day: date) -> bool:
        """Whether the office was held on a day."""
        return not (self.since and day < self.since) and not (self.until and day > self.until)


_TABLE = """
Vladimir Putin|Prime Minister of Russia|government|1999-08-16|1999-12-30
Vladimir Putin|Prime Minister of Russia|government|2008-05-08|2012-05-06
Dmitry Medvedev|First Deputy Prime Minister of Russia|government|2003-10-30|2008-05-06
Dmitry Medvedev|President of Russia|head_of_state|2008-05-07|2012-05-06
Dmitry Medvedev|Prime Minister of Russia|government|2012-05-07|2020-01-15
Dmitry Peskov|Press Secretary of the Prime Minister of Russia|government|2000-01-01|2012-05-21
Sergey Lavrov|Permanent Representative of Russia to the UN|foreign_ministry|1994-01-25|2004-03-08
Maria Zakharova|Deputy Spokeswoman of the Foreign Ministry of Russia|foreign_ministry||2015-08-09
Sergey Shoigu|Emergencies Minister of Russia|security|1994-01-20|2012-05-11
Sergey Shoigu|Governor of the Moscow Region|government|2012-05-12|2012-11-05
Sergey Shoigu|Defence Minister of Russia|security|2012-11-06|2024-05-11
Andrey Belousov|Economic Development Minister of Russia|government|2012-05-21|2013-06-23
Andrey Belousov|Aide to the President of Russia|government|2013-06-24|2020-01-20
Andrey Belousov|First Deputy Prime Minister of Russia|government|2020-01-21|2024-05-11
Nikolai Patrushev|Director of the Federal Security Service|security|1999-08-09|2008-05-11
Nikolai Patrushev|Secretary of the Security Council of Russia|security|2008-05-12|2024-05-11
Sergey Naryshkin|Head of the Kremlin administration|government|2008-05-12|2011-12-20
Sergey Naryshkin|Chairman of the State Duma|parliament|2011-12-21|2016-10-04
Sergey Ivanov|Secretary of the Security Council of Russia|security|1999-11-15|2001-03-27
Sergey Ivanov|Defence Minister of Russia|security|2001-03-28|2007-02-14
Vyacheslav Volodin|Deputy Prime Minister of Russia|government|2010-10-21|2011-12-26
Vyacheslav Volodin|First Deputy Head of the Kremlin administration|government|2011-12-27|2016-10-04
Boris Gryzlov|Interior Minister of Russia|security|2001-03-28|2003-12-23
Boris Gryzlov|Chairman of the State Duma|parliament|2003-12-29|2011-12-20
Valentina Matviyenko|Governor of Saint Petersburg|government|2003-10-05|2011-08-22
Sergey Mironov|Chairman of the Federation Council|parliament|2001-12-05|2011-05-18
Dmitry Rogozin|State Duma deputy|parliament|1997-01-01|2007-12-31
Dmitry Rogozin|Permanent Representative of Russia to NATO|foreign_ministry|2008-01-10|2011-12-22
Dmitry Rogozin|Deputy Prime Minister of Russia|government|2011-12-23|2018-05-18
Igor Shuvalov|First Deputy Prime Minister of Russia|government|2008-05-12|2018-05-18
Anton Siluanov|First Deputy Prime Minister of Russia|government|2018-05-18|2020-01-21
Natalia Poklonskaya|State Duma deputy|parliament|2016-10-05|2021-10-12
Alexey Pushkov|State Duma deputy|parliament|2011-12-21|2016-10-04
Grigory Karasin|Deputy Foreign Minister of Russia|foreign_ministry|2005-06-09|2019-09-09
Mikhail Babich|State Duma deputy|parliament|2003-12-29|2011-12-14
Vladimir Medinsky|Culture Minister of Russia|government|2012-05-21|2020-01-21
Konstantin Kosachev|Head of Rossotrudnichestvo|government|2012-03-05|2014-12-22
Sergey Glazyev|Aide to the President of Russia|government|2012-07-30|2019-10-09
Sergey Glazyev|Minister of the Eurasian Economic Commission|institution|2019-10-10|2025-03-12
Sergei Lebedev|Director of the Foreign Intelligence Service|security|2000-05-20|2007-10-06
Serzh Sargsyan|Defence Minister of Armenia|security|2000-05-20|2007-04-04
Serzh Sargsyan|Prime Minister of Armenia|head_of_state|2018-04-17|2018-04-23
Robert Kocharyan|President of Armenia|head_of_state|1998-04-09|2008-04-08
Levon Ter-Petrosyan|President of Armenia|head_of_state|1991-11-11|1998-02-03
Tigran Sargsyan|Prime Minister of Armenia|head_of_state|2008-04-09|2014-04-03
Armen Sarkissian|Ambassador of Armenia to the United Kingdom|foreign_ministry|2013-10-01|2018-04-08
Kassym-Jomart Tokayev|Prime Minister of Kazakhstan|government|1999-10-12|2002-01-28
Kassym-Jomart Tokayev|Foreign Minister of Kazakhstan|foreign_ministry|2002-01-29|2007-01-11
Kassym-Jomart Tokayev|Speaker of the Senate of Kazakhstan|parliament|2013-10-16|2019-03-19
Nursultan Nazarbayev|Chairman of the Security Council of Kazakhstan|security|2019-03-20|2022-01-05
Bakytzhan Sagintayev|Prime Minister of Kazakhstan|government|2016-09-09|2019-02-21
Imangali Tasmagambetov|Prime Minister of Kazakhstan|government|2002-01-28|2003-06-11
Imangali Tasmagambetov|Defence Minister of Kazakhstan|security|2014-10-22|2016-09-13
Imangali Tasmagambetov|Ambassador of Kazakhstan to Russia|foreign_ministry|2017-02-03|2019-12-17
Erlan Idrissov|Foreign Minister of Kazakhstan|foreign_ministry|1999-10-12|2002-01-29
Roza Otunbayeva|Foreign Minister of Kyrgyzstan|foreign_ministry|1994-01-01|1997-12-31
Almazbek Atambayev|Prime Minister of Kyrgyzstan|government|2010-12-17|2011-12-01
Sooronbay Jeenbekov|Prime Minister of Kyrgyzstan|government|2016-04-13|2017-08-21
Kurmanbek Bakiyev|Prime Minister of Kyrgyzstan|government|2000-12-21|2002-05-22
Shavkat Mirziyoyev|Prime Minister of Uzbekistan|government|2003-12-12|2016-09-07
Abdulaziz Kamilov|Foreign Minister of Uzbekistan|foreign_ministry|1994-02-25|2003-03-13
Roman Golovchenko|Chairman of the National Bank of Belarus|government|2025-03-11|
Mikhail Myasnikovich|Prime Minister of Belarus|government|2010-12-28|2014-12-27
Mikhail Myasnikovich|Speaker of the Council of the Republic of Belarus|parliament|2015-01-16|2019-12-06
Vladimir Makei|Head of the Administration of the President of Belarus|government|2008-07-15|2012-08-19
Natalya Kochanova|Head of the Administration of the President of Belarus|government|2016-12-21|2019-12-05
Vladimir Semashko|First Deputy Prime Minister of Belarus|government|2003-12-08|2018-08-18
Alexander Lukashevich|Permanent Representative of Russia to the OSCE|foreign_ministry|2015-08-10|
Dmitry Mezentsev|Ambassador of Russia to Belarus|foreign_ministry|2019-04-30|2021-03-10
Mikhail Bocharnikov|Ambassador of Russia to Kazakhstan|foreign_ministry|2010-08-01|2018-01-08
Sergey Kislyak|Senator|parliament|2017-09-20|
Roman Protasevich|Blogger of the Belarusian opposition|other||2021-12-31
Denis Pushilin|Envoy of the DPR|government|2014-05-15|2018-11-19
Denis Pushilin|Head of the DPR|government|2018-11-20|2022-09-29
Mikhail Kasyanov|Prime Minister of Russia|government|2000-05-17|2004-02-24
Sergei Lebedev|Chairman of the Executive Committee of the CIS|institution|2007-10-06|2021-12-31
Vladimir Norov|Secretary General of the Shanghai Cooperation Organisation|institution|2019-01-01|2021-12-31
Nurlan Yermekbayev|Secretary General of the Shanghai Cooperation Organisation|institution|2025-01-01|
Valery Semerikov|Acting Secretary General of the CSTO|institution|2018-11-03|2019-12-31
Mikhail Fradkov|Director of the Foreign Intelligence Service|security|2007-10-09|2016-10-04
Stanislav Zas|State Secretary of the Security Council of Belarus|security|2015-11-25|2019-12-31
Karim Massimov|Prime Minister of Kazakhstan|government|2007-01-10|2012-09-24
Karim Massimov|Chairman of the National Security Committee of Kazakhstan|security|2016-09-09|2022-01-05
Viktor Yanukovych|Prime Minister of Ukraine|government|2006-08-04|2007-12-18
Leonid Kuchma|President of Ukraine|head_of_state|1994-07-19|2005-01-22
Oleksandr Turchynov|President of Ukraine|head_of_state|2014-02-23|2014-06-06
Frank-Walter Steinmeier|Foreign Minister of Germany|foreign_ministry|2013-12-17|2017-01-27
Vladimir Voronin|President of Moldova|head_of_state|2001-04-07|2009-09-11
Mikhail Saakashvili|President of Georgia|head_of_state|2004-01-25|2013-11-17
Joe Biden||other|2017-01-20|2021-01-19
Donald Trump||other||2017-01-19
Donald Trump||other|2021-01-20|2025-01-19
Joe Biden|Vice President of the United States|government|2009-01-20|2017-01-19
Antony Blinken|Deputy Secretary of State of the United States|foreign_ministry|2015-01-09|2017-01-20
Dmytro Kuleba|Deputy Prime Minister of Ukraine|government|2019-08-29|2020-03-03
Petro Poroshenko|Foreign Minister of Ukraine|foreign_ministry|2009-10-09|2010-03-11
Recep Tayyip Erdogan|Prime Minister of Turkey|government|2003-03-14|2014-08-27
Donald Tusk|Prime Minister of Poland|government|2007-11-16|2014-09-21
Donald Tusk|President of the European Council|institution|2014-12-01|2019-11-30
Radoslaw Sikorski|Foreign Minister of Poland|foreign_ministry|2007-11-16|2014-09-21
Edgars Rinkevics|Foreign Minister of Latvia|foreign_ministry|2011-10-25|2023-07-07
Kaja Kallas|Prime Minister of Estonia|government|2021-01-26|2024-07-22
Mark Rutte|Prime Minister of the Netherlands|government|2010-10-14|2024-07-02
Jens Stoltenberg|Prime Minister of Norway|government|2005-10-17|2013-10-15
Boris Johnson|Foreign Secretary of the United Kingdom|foreign_ministry|2016-07-13|2018-07-09
Ursula von der Leyen|Defence Minister of Germany|security|2013-12-17|2019-07-17
Maia Sandu|Prime Minister of Moldova|government|2019-06-08|2019-11-13
Igor Dodon|President of Moldova|head_of_state|2016-12-23|2020-12-24
Giorgi Kvirikashvili|Foreign Minister of Georgia|foreign_ministry|2015-09-01|2015-12-29
Kakha Kaladze|Deputy Prime Minister of Georgia|government|2012-10-25|2017-07-12
Bogdan Aurescu|Foreign Minister of Romania|foreign_ministry|2014-11-24|2015-11-17
To Lam|President of Vietnam|head_of_state|2024-05-22|2024-08-02
Luiz Inacio Lula da Silva|President of Brazil|head_of_state|2003-01-01|2010-12-31
Gurbanguly Berdimuhamedov|President of Turkmenistan|head_of_state|2006-12-21|2022-03-18
"""


def read_careers() -> Mapping[str, list[Term]]:
    """Return the terms of every person in the table, by canonical name."""
    careers: dict[str, list[Term]] = defaultdict(list)
    for line in _TABLE.strip().splitlines():
        name, role, tier, since, until = line.split("|")
        careers[name].append(Term(role, Tier(tier), _read_day(since), _read_day(until)))
    return careers


def _read_day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
