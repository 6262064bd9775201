"""What a reader makes of texts that it should not trust itself with."""

from __future__ import annotations

import pytest

from monitor.pipeline.reading import Document, Reader

RUSSIAN = "Минсельхоз России обвинил Армению в подмене документов на партию овощей. "


@pytest.mark.parametrize(
    "foreign",
    [
        "Ереван қазақстан үкіметі туралы мәлімдеме жасады және бейбітшілікке шақырды.",
        "Ереван шыфвлд щшгзкеу длорпа йфяцы увскам епинрт гоьшлб щдюзжх.",
        "Ереван հայերեն նախադասություն է, որը պետք է անտեսվի մոդելի կողմից։",
    ],
    ids=["another language", "gibberish", "another alphabet"],
)
def test_statement_that_is_not_understood_is_uncertain(reader: Reader, foreign: str) -> None:
    """It stands in a Russian article and is judged, but never alerts; its neighbours may."""
    reading = reader.read(Document(RUSSIAN * 3 + foreign, lang="ru"))
    by_text = {a.statement.text: a.judgement.uncertain for a in reading.assessments if a.target == "armenia"}
    assert by_text == {RUSSIAN.strip(): False, foreign: True}


def test_short_statement_is_trusted(reader: Reader) -> None:
    """A few words are too few to call them foreign."""
    (assessment,) = reader.read(Document("Ереван, ого!", lang="ru")).assessments
    assert not assessment.judgement.uncertain
