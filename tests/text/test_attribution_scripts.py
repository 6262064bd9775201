"""Scripts: every label on a line of its own is a speaker's, known or not."""

from __future__ import annotations

import pytest

from monitor.pipeline.reading import Document, Reader

SCRIPT = """\
ВЛАДИМИР СОЛОВЬЕВ:
Астана нас предала. Песков заявил, что это не так.

Вывод: они заплатят.

ПЕТРЕНКО:
Я обвиняю Ереван.

СОЛОВЬЕВ:
Спасибо.

После передачи Армения ответила.

Гость студии, политолог:
Минск молчит.

Margarita Simonyan:
И правильно делает."""


def read(reader: Reader, text: str, *, scripted: bool = True) -> dict[str, str | None]:
    """Return each statement's speaker."""
    document = Document(text, scripted=scripted)
    statements = reader.split(document, "ru")
    speakers = reader.attribute(document, statements, "ru")
    return {s.text: speakers[s.index].name for s in statements if not document.is_label(s)}


def test_turns_hold_until_the_next_label(reader: Reader) -> None:
    """Whatever they hold: colons, reported speech, what looks like prose after a meeting."""
    said = read(reader, SCRIPT)
    solovyov = {text for text, name in said.items() if name == "Vladimir Solovyov"}
    assert {
        "Астана нас предала.",
        "Песков заявил, что это не так.",
        "Вывод: они заплатят.",
        "Спасибо.",
        "После передачи Армения ответила.",
    } == solovyov


def test_label_that_tells_nobody_known_ends_the_turn_before(reader: Reader) -> None:
    """A guest's words are never given to the host."""
    said = read(reader, SCRIPT)
    assert "Vladimir Solovyov" != said["Я обвиняю Ереван."]
    assert said["Минск молчит."] is None


def test_canonical_name_is_a_label_in_any_language(reader: Reader) -> None:
    """An operator writes a speaker's name as configuration does."""
    assert "Margarita Simonyan" == read(reader, SCRIPT)["И правильно делает."]


def test_reason_names_the_label(reader: Reader) -> None:
    """So that /why can tell."""
    document = Document(SCRIPT, scripted=True)
    statements = reader.split(document, "ru")
    speakers = reader.attribute(document, statements, "ru")
    reasons = {s.text: speakers[s.index].reason for s in statements}
    assert "transcript-label:Гость студии, политолог" == reasons["Минск молчит."]
    assert "transcript-label:СОЛОВЬЕВ" == reasons["Спасибо."]


def test_labels_are_no_statements_to_judge(reader: Reader) -> None:
    """A label that names a country is said by nobody; in other texts such a line is a line."""
    text = "Президент Казахстана:\nМы рады.\n\nВ. Путин:\nКазахстан обвинил нас."
    judged = [a.statement.text for a in reader.read(Document(text, lang="ru", scripted=True)).assessments]
    assert ["Казахстан обвинил нас."] == judged
    plain = [a.statement.text for a in reader.read(Document(text, lang="ru")).assessments]
    assert "Президент Казахстана:" in plain


@pytest.mark.parametrize("text", [":\n", "\n\n:\nх", "А:\n", "А:\n\nБ:\n\nВ", "x" * 500 + ":\nМы."])
def test_strange_labels_break_nothing(reader: Reader, text: str) -> None:
    """Also one that is empty, alone or endless."""
    read(reader, text)
