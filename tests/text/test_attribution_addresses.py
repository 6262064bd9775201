"""Speeches and titled posts of official sources that carry no label."""

from __future__ import annotations

from tests.text.speaker_reading import read_names, read_speakers

MINISTRY = "Russian Foreign Ministry"


def test_first_person_after_narration_is_the_presidents() -> None:
    """On the Kremlin's site what stands between narration and labels in the first person is his."""
    text = "В Кремле прошли переговоры. Я рад видеть гостей. Дело идёт хорошо. Мы это ценим. Визит завершён."
    assert ["Kremlin", *["Vladimir Putin"] * 3, "Kremlin"] == read_names(text, default="Kremlin")


def test_other_head_of_state_of_the_title_speaks_second() -> None:
    """Where the title names two, the second speaks after the first has thanked for the attention."""
    names = read_names(
        "Мы рады гостям. Благодарю за внимание. Хочу сказать о дружбе.",
        title="Владимир Путин и Эмомали Рахмон сделали заявления",
        default="Kremlin",
    )
    assert ["Vladimir Putin", "Vladimir Putin", "Emomali Rahmon"] == names[1:]


def test_speech_to_the_president_is_not_his() -> None:
    """Whoever addresses the president is somebody else, whom nobody guesses."""
    text = "Прошла встреча. Владимир Владимирович, мы всё сделали. Я доволен."
    assert ["Kremlin"] * 3 == read_names(text, default="Kremlin")


def test_label_by_initials_is_whom_the_title_names() -> None:
    """A label by initials takes name, office and side from the headline that names the person."""
    speakers = read_speakers(
        "В.Путин: Как дела?\nС.Лесников: Всё хорошо.",
        title="Встреча с губернатором Костромской области Сергеем Лесниковым",
        default="Kremlin",
    )
    last = speakers[-1][1]
    assert ("Sergey Lesnikov", "government", "russia") == (last.name, last.tier, last.bloc)


def test_titled_statement_is_its_authors() -> None:
    """A post headed as somebody's statement or message is that author's to its end."""
    text = "⚡️ Statement of the Shanghai Cooperation Organisation. The members are concerned. They urge calm."
    assert ["Shanghai Cooperation Organisation"] * 3 == read_names(text, lang="en", default=MINISTRY)


def test_document_spoken_of_is_no_title() -> None:
    """A message that a sentence only mentions does not make its author the speaker of the rest."""
    text = "We have read the message from Ivan Sorokin. It is long."
    assert [MINISTRY] * 2 == read_names(text, lang="en", default=MINISTRY)
