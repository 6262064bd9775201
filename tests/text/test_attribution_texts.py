"""Who speaks across a text: turns of a transcript, pronouns, quotations, channels and headlines."""

from __future__ import annotations

from datetime import date

from tests.text.speaker_reading import read_names, read_speakers

TRANSCRIPT = """В Кремле прошли переговоры.

В.Путин: Уважаемый господин Президент! Рад вас видеть.

Хочу поблагодарить вас за приглашение.

Э.Рахмон (как переведено): Спасибо. Таджикистан дорожит дружбой.

Вопрос: Что вы скажете о границе?

А.Лукашенко: Путин заявил вчера, что всё хорошо. Я согласен.

С.В.Лавров: Ответ простой."""


def test_transcript_label_holds_until_the_next() -> None:
    """Paragraphs without a label belong to the turn before; a question belongs to nobody known."""
    assert [
        "Kremlin",
        *["Vladimir Putin"] * 3,
        *["Emomali Rahmon"] * 2,
        None,
        *["Alexander Lukashenko"] * 2,
        "Sergey Lavrov",
    ] == read_names(TRANSCRIPT, default="Kremlin")


def test_transcript_label_outweighs_reported_speech() -> None:
    """Who retells somebody in his own turn is still the outermost speaker."""
    speaker = read_speakers(TRANSCRIPT, default="Kremlin")[7][1]
    assert ("Alexander Lukashenko", "transcript-label:А.Лукашенко") == (speaker.name, speaker.reason)


def test_label_with_initials_takes_the_full_name_from_the_text() -> None:
    """A person of no list is called by first and last name where the text gives both."""
    text = "Встреча с губернатором области Игорем Кобзевым.\n\nИ.Кобзев: Спасибо. Работаем."
    assert ["Igor Kobzev", "Igor Kobzev"] == read_names(text)[-2:]


def test_label_inside_a_paragraph_begins_a_turn() -> None:
    """A page that has lost its paragraphs still shows its turns."""
    text = "В.Путин: Сколько их? А.Лукашенко: Семьсот. В.Путин: Хорошо."
    assert ["Vladimir Putin", "Alexander Lukashenko", "Vladimir Putin"] == read_names(text)


def test_english_labels_in_capitals_and_in_full() -> None:
    """English transcripts label in capitals, by name, and mark questions."""
    text = (
        "PRESIDENT PUTIN: Good day. Sit down.\n\nQuestion: And the border?\n\nSergey Lavrov: It is open. Go."
    )
    assert ["Vladimir Putin"] * 2 + [None] + ["Sergey Lavrov"] * 2 == read_names(text, lang="en")


def test_label_after_a_sign_in_a_channel() -> None:
    """An official channel marks a quotation with a speech balloon and a name."""
    text = (
        "Sergey Lavrov met with his colleague.\n\n💬 Sergey Lavrov: We value this. Bishkek is a partner.\n\n"
        "• We will go on."
    )
    ministry = "Russian Foreign Ministry"
    assert [ministry, *["Sergey Lavrov"] * 3] == read_names(text, lang="en", default=ministry)


def test_heading_with_a_colon_is_no_label() -> None:
    """A paragraph may begin with "Важно:" or "Details:" without naming a speaker."""
    assert [None, None] == read_names("Важно: дорога закрыта.\n\nСправка: мост построен в 1970 году.")


def test_channel_signs_what_is_unsigned() -> None:
    """The owner of a channel speaks where nobody else is reported."""
    [(_, speaker)] = read_speakers("Как же они надоели со своими санкциями.", default="Maria Zakharova")
    assert ("Maria Zakharova", "source-default:Maria Zakharova") == (speaker.name, speaker.reason)


def test_explicit_speaker_wins_over_the_channel() -> None:
    """A retelling belongs to whom it retells, the owner's own words to the owner."""
    text = "Песков заявил, что встречи не будет. Мы считаем иначе. Рига сама загнала себя в угол."
    assert ["Dmitry Peskov", "Maria Zakharova", "Maria Zakharova"] == read_names(
        text, default="Maria Zakharova"
    )


def test_what_a_channel_says_somebody_did_is_its_own_view() -> None:
    """An act told by a commentator stays the commentator's; a state's as well."""
    text = "Молдавия закрыла посольство. Санду подписала закон."
    assert ["Sergey Markov"] * 2 == read_names(text, default="Sergey Markov")


def test_official_site_tells_what_its_head_did() -> None:
    """On an institution's site a named official's act is that official's."""
    text = "Владимир Путин поздравил президента Кубы. Стороны обсудили торговлю."
    assert ["Vladimir Putin", "Kremlin"] == read_names(text, default="Kremlin")


def test_outlet_speaks_with_its_own_bloc() -> None:
    """Narration has no name, the tier outlet and the source's side."""
    [(_, speaker)] = read_speakers("На севере страны выпал снег.", bloc="kazakhstan")
    assert (None, "outlet", "kazakhstan") == (speaker.name, speaker.tier, speaker.bloc)


def test_quotation_of_several_sentences_is_attributed_at_its_end() -> None:
    """The first sentences of a quotation belong to whom the last one names."""
    text = "«Мы поможем. Это наш долг. Никто не должен сомневаться», — заявил Лавров."
    assert ["Sergey Lavrov"] * 3 == read_names(text)
    assert "continued-quote:Sergey Lavrov" == read_speakers(text)[0][1].reason


def test_quotation_of_several_sentences_is_attributed_at_its_beginning() -> None:
    """What follows inside the same quotation marks belongs to whom the first sentence names."""
    assert ["Sergey Lavrov"] * 3 == read_names("Лавров сказал: «Мы поможем. Это наш долг. Мы готовы».")


def test_english_quotation_goes_on_after_its_clause() -> None:
    """Sentences quoted after "he said" in the same paragraph go on."""
    text = '"We will help. It is our duty," Peskov said. "Nobody should doubt it. We are ready."'
    assert ["Dmitry Peskov"] * 4 == read_names(text, lang="en")


def test_bare_quotation_follows_the_one_before() -> None:
    """A quotation without a clause right after a reported one is the same person's."""
    assert ["Sergey Lavrov"] * 2 == read_names("По словам Лаврова, всё готово. «Осталось подписать».")


def test_bare_quotation_of_nobody_is_unknown() -> None:
    """A quotation that nothing attributes is not guessed, and not the outlet's voice."""
    [(_, speaker)] = read_speakers("«Мы этого не забудем».")
    assert (None, "unknown", "bare-quote") == (speaker.name, speaker.bloc, speaker.reason)


def test_pronoun_is_the_last_speaker_of_its_gender() -> None:
    """He and she are different people."""
    text = (
        "Захарова рассказала о визите. Лавров подтвердил дату. Она добавила, что график плотный. "
        "Он подчеркнул важность встречи."
    )
    read = read_speakers(text)
    assert ["Maria Zakharova", "Sergey Lavrov", "Maria Zakharova", "Sergey Lavrov"] == [
        s.name for _, s in read
    ]
    assert "pronoun:она→Maria Zakharova" == read[2][1].reason


def test_english_pronouns_and_descriptions() -> None:
    """A diplomat may be "she" and "the diplomat", and her ministry "the ministry"."""
    text = (
        "Zakharova said it was late. She noted the hour. The diplomat stressed this. "
        "The ministry added a date."
    )
    assert ["Maria Zakharova"] * 3 + ["Russian Foreign Ministry"] == read_names(text, lang="en")


def test_description_must_fit_the_verb_gender() -> None:
    """A man is not meant by "дипломат подчеркнула"."""
    assert ["Sergey Lavrov", None] == read_names("Лавров осудил налёт. Дипломат подчеркнула важность визита.")


def test_surname_after_full_name_and_office() -> None:
    """A person of no list is recognised by surname, politician or pronoun later, office kept."""
    text = (
        "Депутат парламента Армении Арам Восканов раскритиковал бюджет. По мнению Восканова, денег нет. "
        "Политик добавил, что ждёт ответа. «Это провал», — резюмировал он."
    )
    read = [speaker for _, speaker in read_speakers(text)]
    assert [("Aram Voskanov", "parliament", "armenia")] * 4 == [(s.name, s.tier, s.bloc) for s in read]


def test_common_surname_needs_the_full_name() -> None:
    """A surname that many bear is taken for the listed person only beside the full name."""
    alone = read_names("Марков раскритиковал бюджет.")
    explained = read_names("Политолог Сергей Марков раскритиковал бюджет. Марков ждёт роста цен.")
    assert "Sergey Markov" not in alone
    assert ["Sergey Markov"] * 2 == explained


def test_namesake_explained_by_the_text_is_not_the_listed_person() -> None:
    """A full name in the text outweighs a listed bare surname."""
    text = "Теннисист Даниил Медведев пожаловался на корт. Медведев сказал, что устал."
    assert ["Daniil Medvedev"] * 2 == read_names(text)


def test_ministry_without_a_state_is_the_one_named_before() -> None:
    """A bare "в МИД" means the ministry that the text named, else the outlet's own."""
    text = "МИД Киргизии направил ноту. В МИД отметили, что ждут ответа."
    assert ["Kyrgyzstan Foreign Ministry"] * 2 == read_names(text, bloc="russia")
    assert ["Kazakhstan Foreign Ministry"] == read_names("В МИД отметили успехи.", bloc="kazakhstan")
    assert [None] == read_names("В МИД отметили успехи.")


def test_president_without_a_state_is_the_outlets() -> None:
    """A bare "президент" in a Belarusian outlet is the Belarusian one."""
    assert ["Alexander Lukashenko"] == read_names("Президент заявил, что урожай хорош.", bloc="belarus")


def test_office_is_resolved_by_the_date() -> None:
    """Who was foreign minister depends on the day."""
    text = "Глава МИД Казахстана призвал к миру."
    assert ["Mukhtar Tileuberdi"] == read_names(text, said_on=date(2022, 5, 1))
    assert ["Murat Nurtleu"] == read_names(text, said_on=date(2024, 5, 1))


def test_out_of_office_the_tier_goes() -> None:
    """A former head of state is no head of state, unless the text gives an office."""
    [(_, then)] = read_speakers("Назарбаев призвал к миру.", said_on=date(2015, 1, 1))
    [(_, now)] = read_speakers("Назарбаев призвал к миру.", said_on=date(2023, 1, 1))
    assert ("head_of_state", "other") == (then.tier, now.tier)
    assert "kazakhstan" == now.bloc


def test_this_was_said_by_attributes_the_sentence_before() -> None:
    """A sentence "Об этом заявил X" signs what stands before it in the paragraph."""
    text = "Казахстан дорожит соседями. Об этом заявил Касым-Жомарт Токаев."
    read = read_speakers(text)
    assert ["Kassym-Jomart Tokayev"] * 2 == [speaker.name for _, speaker in read]
    assert read[0][1].reason.startswith("reported-next:")


def test_quoted_headline_takes_the_speaker_of_the_lead() -> None:
    """A headline that is a quotation belongs to whom the lead reports saying it."""
    read = read_speakers(
        "Рига не является нашим противником, сказал Песков.", title="«Рига не является противником»"
    )
    assert ("Dmitry Peskov", True) == (read[0][1].name, read[0][1].reason.startswith("lead:"))


def test_plain_headline_does_not_take_the_speaker_of_the_lead() -> None:
    """A headline that narrates is the outlet's, whoever speaks below."""
    assert [None, "Dmitry Peskov"] == read_names(
        "Песков рассказал о поездке в Ригу.", title="Поезд ушёл в Ригу"
    )


def test_unnamed_source_of_a_headline_is_named_by_the_lead() -> None:
    """A headline's "— diplomat" is the one whom the lead reports saying the same."""
    text = "New wells were found near the border, Deputy Foreign Minister Mikhail Galuzin said."
    assert ["Mikhail Galuzin"] * 2 == read_names(
        text, title="New wells found near border — diplomat", lang="en"
    )


def test_two_speakers_of_one_paragraph() -> None:
    """Each sentence has its own speaker."""
    text = "Песков заявил, что ждёт ответа. Захарова, в свою очередь, назвала дату."
    assert ["Dmitry Peskov", "Maria Zakharova"] == read_names(text)


def test_one_speaker_for_each_statement_in_order() -> None:
    """The headline and every statement get exactly one speaker."""
    read = read_speakers(TRANSCRIPT, title="Переговоры")
    assert "Переговоры" == read[0][0]
    assert all(speaker.reason for _, speaker in read)


def test_no_statement_gives_no_speaker() -> None:
    """An empty text is attributed to nobody."""
    assert [] == read_speakers("")


def test_unknown_adjective_before_an_office_is_not_the_outlets_own() -> None:
    """A minister of a state that we do not know is not taken for the outlet's minister."""
    assert ["Sergey Lavrov"] == read_names("Министр иностранных дел выразил надежду.", bloc="russia")
    assert [None] == read_names("Тонганский министр иностранных дел выразил надежду.", bloc="russia")
    assert [None] == read_names("The Tongan foreign minister said so.", lang="en", bloc="russia")


def test_place_of_an_ambassador_is_no_part_of_his_name() -> None:
    """The unknown city or country before a name is left out of it."""
    text = "Russian Ambassador to Tonga Ivan Petrov said the sea was calm."
    [(_, speaker)] = read_speakers(text, lang="en")
    assert ("Ivan Petrov", "foreign_ministry", "russia") == (speaker.name, speaker.tier, speaker.bloc)


def test_possessive_after_s_is_no_subject() -> None:
    """What Belarus' ambassador says is not what Belarus says."""
    [(_, speaker)] = read_speakers("Belarus’ new ambassador said he would come.", lang="en")
    assert (None, "foreign_ministry", "belarus") == (speaker.name, speaker.tier, speaker.bloc)


def test_authorities_of_the_place_spoken_of() -> None:
    """Bare "власти" are those of the state named last, not the outlet's own."""
    text = "В Бишкеке шумно. Власти пообещали порядок."
    assert [None, "Kyrgyzstan government"] == read_names(text, bloc="russia")


def test_institution_of_the_republic_spoken_of() -> None:
    """The ministry "of the republic" is that of the state named last."""
    text = "В Белоруссии закрыли трассу, сообщила пресс-секретарь МВД республики Ольга Чемоданова."
    assert "belarus" == read_speakers(text, bloc="russia")[0][1].bloc


def test_unnamed_official_is_remembered_for_a_pronoun() -> None:
    """He who follows a nameless ambassador is that ambassador."""
    text = "Посол Румынии в Молдавии назвал это ошибкой. Он сообщил, что ждёт ответа."
    assert [("foreign_ministry", "west")] * 2 == [(s.tier, s.bloc) for _, s in read_speakers(text)]


def test_hashtags_are_read_as_words() -> None:
    """Official channels write names as hashtags."""
    text = "💬 #Lavrov: we remember this. We said so."
    assert ["Sergey Lavrov"] * 2 == read_names(text, lang="en", default="Russian Foreign Ministry")
