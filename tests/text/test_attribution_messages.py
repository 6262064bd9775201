"""Messages on official sites belong to their senders; prose after a transcript to the site."""

from __future__ import annotations

from tests.text.speaker_reading import read_names, read_speakers


def test_quoted_greeting_is_the_senders() -> None:
    """The lead names the sender; the quotation runs over its paragraphs and ends with its mark."""
    text = (
        "Лавров направил приветствие участникам форума в Твери.\n\nВ приветствии говорится:\n\n"
        "«Дорогие друзья! Рад приветствовать вас.\n\nМосква и Гавана близки».\n\nФорум пройдёт в мае."
    )
    ministry = "Russian Foreign Ministry"
    expected = ["Sergey Lavrov", ministry, *["Sergey Lavrov"] * 3, ministry]
    assert expected == read_names(text, default=ministry)
    assert "message-of:Sergey Lavrov" == read_speakers(text, default=ministry)[2][1].reason


def test_english_message_is_the_senders() -> None:
    """The same in English, in straight quotation marks over paragraphs."""
    text = (
        "Sergey Lavrov sent a message of greetings to participants in the forum.\n\n"
        '"Dear friends,\n\nOur nations are close.\n\nI wish you success."'
    )
    assert ["Sergey Lavrov"] * 4 == read_names(text, lang="en", default="Russian Foreign Ministry")


def test_unquoted_message_runs_from_its_salutation() -> None:
    """Without quotation marks the salutation shows where the message begins."""
    text = (
        "Президент Владимир Путин поздравил шахтёров с праздником.\n\nВсего пришло много гостей.\n\n"
        "Уважаемые друзья! Примите поздравления.\n\nВаш труд важен."
    )
    assert ["Vladimir Putin", "Kremlin", *["Vladimir Putin"] * 3] == read_names(text, default="Kremlin")


def test_signature_on_the_last_line_signs_the_message() -> None:
    """A page titled a message and signed with a name is that person's."""
    text = "Дорогие друзья! Рад приветствовать вас в Казани.\n\nЖелаю успехов.\n\n{}"
    for name in ("Владимир Путин", "В.Путин"):
        speakers = read_names(text.format(name), title="Приветствие участникам ярмарки", default="Kremlin")
        assert {"Vladimir Putin"} == set(speakers)
    english = "Dear friends, I am glad to greet you.\n\nVladimir Putin"
    title = "Greetings to participants in the fair"
    assert {"Vladimir Putin"} == set(read_names(english, title=title, lang="en", default="Kremlin"))


def test_news_of_an_act_is_no_message() -> None:
    """What a site tells after a congratulation stays the site's."""
    text = "Владимир Путин поздравил президента Кубы. Визит намечен на май. Дорога открыта."
    assert ["Vladimir Putin", "Kremlin", "Kremlin"] == read_names(text, default="Kremlin")


def test_prose_after_a_transcript_is_the_sites() -> None:
    """Who spoke last does not tell how the meeting ended."""
    text = (
        "В.Путин: Добрый день! Рад видеть вас.\n\nЭ.Рахмон: Спасибо.\n\n"
        "По итогам встречи подписано соглашение.\n\nСтороны условились о датах."
    )
    assert [*["Vladimir Putin"] * 2, "Emomali Rahmon", "Kremlin", "Kremlin"] == read_names(
        text, default="Kremlin"
    )
    english = (
        "VLADIMIR PUTIN: Good day.\n\nEMOMALI RAHMON: Thank you.\n\n"
        "Following the meeting, the leaders signed a declaration."
    )
    assert "Kremlin" == read_names(english, lang="en", default="Kremlin")[-1]


def test_speaker_who_tells_what_comes_after_keeps_his_turn() -> None:
    """What "we" do after the session is said by whoever speaks."""
    text = "В.Путин: Добрый день!\n\nПосле заседания дорога открыта.\n\nМы поговорим отдельно."
    assert ["Vladimir Putin"] * 3 == read_names(text, default="Kremlin")
