"""Subtitles as scripts: whole sentences, who says them, and when."""

from __future__ import annotations

import pytest

from monitor.errors import ExtractionError
from monitor.ingest.about import About
from tests.ingest.given import extract, said_at


def srt(*cues: tuple[int, int, str]) -> str:
    """Return SubRip of (from second, to second, text)."""

    def clock(seconds: int) -> str:
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},000"

    return "\n\n".join(f"{n}\n{clock(a)} --> {clock(b)}\n{text}" for n, (a, b, text) in enumerate(cues, 1))


def test_sentence_broken_over_three_cues_is_one_and_has_the_time_of_the_first() -> None:
    """Line breaks and cue borders are no sentence ends."""
    article = extract(
        "show.srt",
        srt(
            (61, 63, "Казахстан, который мы"),
            (63, 65, "кормили\nтридцать лет,"),
            (65, 68, "теперь нам чужой."),
        ),
    )
    assert "Казахстан, который мы кормили тридцать лет, теперь нам чужой." == article.text
    assert 61 == said_at(article)["Казахстан, который мы ко"]


def test_labels_of_every_style_begin_turns() -> None:
    """Capitals, names, brackets, and a label that stands alone in its cue."""
    article = extract(
        "show.srt",
        srt(
            (1, 2, "СОЛОВЬЕВ: Добрый вечер."),
            (3, 4, "Маргарита Симоньян: Здравствуйте."),
            (5, 6, "[Ведущий] Начнём."),
            (7, 8, "[Дмитрий Песков]"),
            (9, 10, "Вывод: рано."),
        ),
    )
    assert (
        "СОЛОВЬЕВ:\nДобрый вечер.\n\nМаргарита Симоньян:\nЗдравствуйте.\n\nВедущий:\nНачнём.\n\n"
        "Дмитрий Песков:\nВывод: рано."
    ) == article.text
    assert "script srt" == article.extractor


def test_words_before_a_colon_are_speech_however_often_they_come() -> None:
    """Unless they are a name or a role."""
    text = "Итак: мы здесь.\nКазахстан: наш сосед.\nИтак: мы там.\nNote: so it goes.\nNote: so it went."
    assert text.replace("\n", " ") == extract("show.srt", srt((1, 2, text))).text


def test_dash_and_arrows_begin_turns_of_somebody_unnamed() -> None:
    """The one before is not given words that somebody else says; a dash inside a sentence changes nobody."""
    article = extract(
        "show.srt",
        srt((1, 2, "СОЛОВЬЕВ: Вы согласны?"), (3, 4, "- Нет.\n- Да."), (5, 6, "Астана\n— наш сосед.")),
    )
    assert "СОЛОВЬЕВ:\nВы согласны?\n\nРеплика:\nНет.\n\nРеплика:\nДа. Астана — наш сосед." == article.text
    english = extract("show.srt", srt((1, 2, ">> TAYLOR: They betrayed us."), (3, 4, ">> Who did?")))
    assert "TAYLOR:\nThey betrayed us.\n\nRemark:\nWho did?" == english.text


def test_sounds_are_no_speech() -> None:
    """Music, laughter and notes go; an aside in round brackets is speech and stays."""
    article = extract(
        "show.srt",
        srt(
            (1, 2, "[музыка]"),
            (3, 4, "♪ та-та-та ♪\nЭто (как говорят) измена. (аплодисменты)"),
            (5, 6, "[Фоновая речь] (СМЕЕТСЯ) Да."),
        ),
    )
    assert "Это (как говорят) измена. Да." == article.text


def test_rolling_captions_say_everything_once() -> None:
    """Each caption still shows the last line of the one before, or grows by a word."""
    rolling = """WEBVTT
Kind: captions

00:00:01.000 --> 00:00:03.500 align:start position:0%
казахстан<00:00:01.500><c> нас</c><00:00:02.000><c> предал</c>

00:00:03.500 --> 00:00:03.510
казахстан нас предал

00:00:03.510 --> 00:00:06.000
казахстан нас предал
и<00:00:04.000><c> это</c>

00:00:06.000 --> 00:00:07.000
и это очень плохо
"""
    article = extract("show.vtt", rolling)
    assert "казахстан нас предал и это очень плохо" == article.text
    assert [1, 3, 6] == [second for _, second in article.positions]


def test_words_said_again_later_are_kept() -> None:
    """Only a caption that follows at once repeats the one before."""
    article = extract("show.srt", srt((1, 2, "Это измена."), (5, 6, "Это измена.")))
    assert "Это измена. Это измена." == article.text


def test_voices_of_webvtt_are_speakers_and_notes_are_nothing() -> None:
    """Two voices in one cue are two turns; comments and names of cues are no text."""
    article = extract(
        "show.vtt",
        "WEBVTT\n\nNOTE of the maker\n\nfirst\n00:01.000 --> 00:03.000\n"
        "<v Ольга Скабеева>Он &amp; <b>она</b>.\n\nNOTE more\n\nlast\n00:04.000 --> 00:05.000\n"
        "<v.loud Евгений Попов>Нет!</v> <v Ольга Скабеева>Да.</v>\n",
    )
    assert "Ольга Скабеева:\nОн & она.\n\nЕвгений Попов:\nНет!\n\nОльга Скабеева:\nДа." == article.text
    assert [1, 4, 4] == [second for _, second in article.positions]


def test_substation_gives_actors_and_hides_drawings_and_comments() -> None:
    """The name field is the speaker; override tags are no text."""
    article = extract(
        "show.ass",
        "[Script Info]\nTitle: x\n[V4+ Styles]\nStyle: broken\n[Events]\n"
        "Dialogue: 0,0:00:05.00,0:00:07.00,Default,Соловьев,0,0,0,,{\\i1}Добрый{\\i0}\\Nвечер.\n"
        "Comment: 0,0:00:05.00,0:00:07.00,Default,,0,0,0,,заметка\n"
        "Dialogue: 0,broken,0:00:07.00,Default,,0,0,0,,никогда\n"
        "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\p1}m 0 0 l 1 1{\\p0}\n",
    )
    assert "Соловьев:\nДобрый вечер." == article.text


def test_recognised_speech_without_stops_is_cut_at_pauses_and_by_length() -> None:
    """Or a whole hour would be one statement."""
    words = "мы говорим о соседях и снова о соседях без конца и без края"
    cues = [(i * 3 + (i >= 20) * 5, i * 3 + 3 + (i >= 20) * 5, f"{i} раз {words}") for i in range(40)]
    paragraphs = extract("show.srt", srt(*cues)).text.split("\n\n")
    assert max(map(len, paragraphs)) <= 300
    assert len(paragraphs) >= 8


def test_long_turn_is_parted_at_a_sentence_and_stays_one_turn() -> None:
    """Paragraphs end where sentences do; the label is not said again."""
    cues = [
        (i, i + 1, "СОЛОВЬЕВ: Начнём." if i == 0 else f"Это предложение номер {i}, и оно длинное.")
        for i in range(60)
    ]
    paragraphs = extract("show.srt", srt(*cues)).text.split("\n\n")
    assert len(paragraphs) > 2
    assert all(paragraph.endswith(".") for paragraph in paragraphs)
    assert 1 == sum(paragraph.startswith("СОЛОВЬЕВ:") for paragraph in paragraphs)


def test_sidecar_says_who_is_meant_by_a_label_and_who_speaks_unlabelled() -> None:
    """What recognition calls SPEAKER_00 gets its name."""
    article = extract(
        "talk.json",
        '{"segments": [{"id": 0, "start": 0, "end": 2.5, "text": " Астана нас", "speaker": "SPEAKER_00"},'
        '{"id": 1, "start": 2.5, "end": 4, "text": "предала.", "speaker": "SPEAKER_00"},'
        '{"id": 2, "start": 9.9, "end": 11, "text": "Нет.", "speaker": "SPEAKER_01"}]}',
        About(speakers={"SPEAKER_00": "Vladimir Solovyov"}),
    )
    assert "Vladimir Solovyov:\nАстана нас предала.\n\nSPEAKER_01:\nНет." == article.text
    assert {"Астана нас предала.": 0, "предала.": 2, "Нет.": 9} == said_at(article)
    alone = extract("talk.srt", srt((1, 2, "Мы здесь.")), About(speaker="Vladimir Solovyov"))
    assert "Vladimir Solovyov:\nМы здесь." == alone.text


@pytest.mark.parametrize("code", ["utf-8-sig", "cp1251", "koi8-r", "utf-16"])
def test_every_encoding_reads_the_same(code: str) -> None:
    """Operators' files come from everywhere."""
    text = srt((1, 2, "СОЛОВЬЕВ: Казахстан забыл, кто его спас, и ещё поплатится за это."))
    assert (
        "СОЛОВЬЕВ:\nКазахстан забыл, кто его спас, и ещё поплатится за это."
        == extract("a.srt", text.encode(code)).text
    )


@pytest.mark.parametrize("name", ["a.srt", "a.vtt", "a.ass", "a.json", "a.jsonl"])
@pytest.mark.parametrize("content", ["", "просто слова", "\x01\x02\x03\x04" * 50, "{" * 5_000, "[1, 2]"])
def test_what_is_not_what_its_name_says_is_refused_with_the_reason(name: str, content: str) -> None:
    """Nothing else is raised, whatever the file holds."""
    with pytest.raises(ExtractionError, match=name):
        extract(name, content)


def test_subtitles_are_known_whatever_they_are_called() -> None:
    """A text file with captions is read as captions."""
    assert "Добрый вечер." == extract("a.txt", srt((1, 2, "Добрый"), (2, 3, "вечер."))).text
    assert "Добрый." == extract("a.srt", "WEBVTT\n\n00:01.000 --> 00:02.000\nДобрый.\n").text


@pytest.mark.parametrize(
    "hostile",
    [
        "<a" * 300_000,
        "{" * 600_000,
        "[" * 300_000 + "♪a" * 50_000,
        "x" + "\n" * 600_000 + "y",
        "слово " * 100_000,
        "1" * 600_000 + "x",
        "А" * 600_000 + ":",
    ],
)
def test_huge_lines_cost_little_time(hostile: str) -> None:
    """Patterns that take quadratic time would need hours."""
    extract("a.srt", srt((1, 2, f"Слово. {hostile}")))
    extract("a.txt", f"[00:01] Слово. {hostile}\n[00:02] Слово.")
    extract("a.md", f"# Слово\n\nСлово *{hostile}*")


def test_invisible_and_bidirectional_signs_are_gone() -> None:
    """Names are found in what is left."""
    article = extract("a.srt", srt((1, 2, "Каз\u202eах\u200bстан\u0000 на\u00adш \ud800сосед.")))
    assert "Казахстан наш сосед." == article.text.replace("\ufffd", "")
