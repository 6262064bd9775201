"""Who speaks in single English statements and headlines."""

from __future__ import annotations

import pytest

from tests.text.speaker_reading import Case, read_cases, read_speakers

REPORTED = """
"We are open to talks," Russian Foreign Ministry spokeswoman Maria Zakharova said.
    Maria Zakharova | foreign_ministry | russia | reported:
“We are open to talks,” said Lavrov.
    Sergey Lavrov | foreign_ministry | russia | reported:said
Kremlin spokesman Dmitry Peskov told reporters that the visit was postponed.
    Dmitry Peskov | government | russia | reported:
According to Sergey Lavrov, the talks were useful.
    Sergey Lavrov | foreign_ministry | russia | according-to:
The talks were useful, according to the Kazakh Foreign Ministry.
    Kazakhstan Foreign Ministry | foreign_ministry | kazakhstan | according-to:
Yerevan accused Baku of stalling the talks.
    Armenian government | government | armenia | reported:
Armenian Prime Minister Nikol Pashinyan, speaking in Gyumri, said the harvest was good.
    Nikol Pashinyan | head_of_state | armenia | reported:
Kazakhstan's Foreign Ministry expressed concern over the strikes.
    Kazakhstan Foreign Ministry | foreign_ministry | kazakhstan | reported:
The Foreign Minister of Kazakhstan Murat Nurtleu urged both sides to show restraint.
    Murat Nurtleu | foreign_ministry | kazakhstan | reported:
Commenting on what Pashinyan said, Putin noted that the deal stands.
    Vladimir Putin | head_of_state | russia | reported:
Pashinyan said trade had grown, while Peskov said Moscow hoped for more.
    Nikol Pashinyan | head_of_state | armenia | reported:
Putin said that, as Lavrov noted earlier, talks continue.
    Vladimir Putin | head_of_state | russia | reported:
Minsk does not rule out an answer, the Belarusian Foreign Ministry said in a statement.
    Belarusian Foreign Ministry | foreign_ministry | belarus | reported:
Tajik President Emomali Rahmon thanked Beijing for support.
    Emomali Rahmon | head_of_state | tajikistan | reported:
Vladimir Solovyov, a state TV host, mocked Estonia.
    Vladimir Solovyov | commentator | russia | reported:
Uzbekistan said on Friday it would send doctors.
    Uzbekistan government | government | uzbekistan | reported:
The Kremlin denied the report.
    Kremlin | government | russia | reported:
Putin has repeatedly warned Helsinki.
    Vladimir Putin | head_of_state | russia | reported:
Vladimir Putin congratulated Sadyr Japarov on his birthday.
    Vladimir Putin | head_of_state | russia | reported:
Ilham Aliyev invited the French president to Baku.
    Ilham Aliyev | head_of_state | azerbaijan | reported:
Kazakh President Kassym-Jomart Tokayev’s statement said the tariff would stay.
    Kassym-Jomart Tokayev | head_of_state | kazakhstan | statement-of:
"The border is closed," the Polish government said.
    Polish government | government | west | reported:
The CSTO is ready for dialogue, Imangali Tasmagambetov said.
    Imangali Tasmagambetov | institution | csto | reported:
The State Duma condemned the vote.
    State Duma | parliament | russia | reported:
The flight was delayed, said the airline's Minsk office.
    - | outlet | outlet | outlet-own-voice
"""

ACTS = """
Russia has banned imports of Latvian fish, Rosselkhoznadzor said on Monday.
    Rosselkhoznadzor | government | russia | reported:
Russia has banned imports of Latvian fish.
    Russian government | government | russia | act-subject:
Imports of Uzbek apples were banned by Rosselkhoznadzor.
    Rosselkhoznadzor | government | russia | act-agent:
The Latvian ambassador was summoned to the Belarusian Foreign Ministry.
    Belarusian Foreign Ministry | foreign_ministry | belarus | act-agent:
Kazakhstan will provide flour to Afghanistan.
    Kazakhstan government | government | kazakhstan | act-subject:
Georgian authorities expelled two journalists.
    Georgian government | government | other | act-subject:
Gazprom has cut supplies to Moldova.
    Gazprom | other | russia | act-subject:
Kyrgyzstan's parliament ratified the border agreement.
    Kyrgyzstan parliament | parliament | kyrgyzstan | act-subject:
"""

PEOPLE_OF_NO_LIST = """
State Duma deputy Ivan Petrov called the move a mistake.
    Ivan Petrov | parliament | russia | reported:
Russian political analyst Pavel Sergeyev believes the talks are useless.
    Pavel Sergeyev | commentator | russia | reported:
Armenian lawmaker Ashot Vardanyan criticized the budget.
    Ashot Vardanyan | parliament | armenia | reported:
Kazakhstan's Energy Minister Yerlan Akkenzhenov promised more oil.
    Yerlan Akkenzhenov | government | kazakhstan | reported:
Azerbaijani Defense Ministry spokesman Anar Eyvazov reported rain.
    Anar Eyvazov | security | azerbaijan | reported:
Russian Ambassador to Uzbekistan Oleg Malginov said trade was growing.
    Oleg Malginov | foreign_ministry | russia | reported:
Military expert Alexei Leonkov said the exercise was routine.
    Alexei Leonkov | commentator | unknown | reported:
John Smith said the weather was bad.
    John Smith | other | unknown | reported:
"""

UNNAMED = """
The press service of the Kyrgyz Foreign Ministry said the visit was on.
    Kyrgyzstan Foreign Ministry | foreign_ministry | kyrgyzstan | reported:
The Kyrgyz president's press service denied the rumours.
    Kyrgyzstan presidential office | government | kyrgyzstan | reported:
Former Armenian foreign minister Vartan Oskanian criticized the budget.
    Vartan Oskanian | other | armenia | reported:
Secretary of Armenia's Security Council Armen Grigoryan said talks go on.
    Armen Grigoryan | security | armenia | reported:
Chairman of the State Duma committee on CIS affairs Leonid Kalashnikov warned Riga.
    Leonid Kalashnikov | parliament | russia | reported:
S. Lavrov noted the date.
    Sergey Lavrov | foreign_ministry | russia | reported:
A source in the government told TASS the plan was ready.
    - | other | unknown | unnamed:
Experts believe prices will rise.
    - | commentator | unknown | unnamed:
The Kyrgyz president said there would be no coup.
    Sadyr Japarov | head_of_state | kyrgyzstan | reported:
The Russian ambassador called it a provocation.
    - | foreign_ministry | russia | reported:
He added that Moscow would respond.
    - | other | unknown | pronoun:he
The Belarusian opposition demands a recount.
    Belarusian opposition | other | other | unnamed:
"""

NARRATION = """
Thus, while Zelensky speaks of peace, the shells fall.
    - | outlet | outlet | outlet-own-voice
Putin and Lukashenko discussed the loan.
    - | outlet | outlet | joint:
The leaders discussed the border.
    - | outlet | outlet | joint:
An earthquake struck southern Kyrgyzstan.
    - | outlet | outlet | outlet-own-voice
The forum opened in Astana on Monday.
    - | outlet | outlet | outlet-own-voice
The Belarus protests were covered by Polish media.
    - | outlet | outlet | outlet-own-voice
The EU sanctions against Iran were prolonged.
    - | outlet | outlet | outlet-own-voice
"""

HEADLINES = """
Lukashenko: no one will break us
    Alexander Lukashenko | head_of_state | belarus | headline-colon:
NATO drills provoke neighbours — Lukashenko
    Alexander Lukashenko | head_of_state | belarus | headline-source:
Flights to resume in May - Kremlin
    Kremlin | government | russia | headline-source:
Kazakhstan worried by drone attacks — MFA
    Kazakhstan Foreign Ministry | foreign_ministry | kazakhstan | headline-source:
Moscow, Astana to build a plant, says Putin
    Vladimir Putin | head_of_state | russia | reported:says
Russia to increase fuel supplies to Kyrgyzstan
    Russian government | government | russia | act-subject:
Belarus demands compensation from Lithuania
    Belarusian government | government | belarus | reported:
Kyrgyz president says roads come first
    Sadyr Japarov | head_of_state | kyrgyzstan | reported:
Gas prices, language status: Putin on talks with Tokayev
    Vladimir Putin | head_of_state | russia | headline-about:
Camps for plotters found in Poland – The Times
    The Times | outlet | west | headline-source:
New wells found — diplomat
    - | foreign_ministry | unknown | unnamed:
New wells found — watchdog
    - | other | unknown | headline-source:
Putin, Japarov sign joint statement
    - | outlet | outlet | joint:
Flags of Belarus banned at venues in Italy
    - | outlet | outlet | outlet-own-voice
Lavrov's answers to questions from students
    Sergey Lavrov | foreign_ministry | russia | statement-of:
CSTO ready to work with OSCE — secretary general
    CSTO | institution | csto | headline-source:
"""


@pytest.mark.parametrize(
    "case",
    [case for table in (REPORTED, ACTS, PEOPLE_OF_NO_LIST, UNNAMED, NARRATION) for case in read_cases(table)],
    ids=str,
)
def test_statement_is_attributed(case: Case) -> None:
    """A lone English statement gives the expected name, tier, bloc and kind of reason."""
    [(_, speaker)] = read_speakers(case.text, lang="en")
    assert (case.name, case.tier, case.bloc) == (speaker.name, speaker.tier, speaker.bloc)
    assert speaker.reason.startswith(case.reason)


@pytest.mark.parametrize("case", read_cases(HEADLINES), ids=str)
def test_headline_is_attributed(case: Case) -> None:
    """An English headline follows its own rules."""
    [(_, speaker)] = read_speakers(title=case.text, lang="en")
    assert (case.name, case.tier, case.bloc) == (speaker.name, speaker.tier, speaker.bloc)
    assert speaker.reason.startswith(case.reason)
