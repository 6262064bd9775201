"""The batch contract."""

from __future__ import annotations

import json
from typing import Any

import pytest

from monitor.pipeline.batch import analyze_lines
from monitor.pipeline.reading import Reader
from monitor.settings import Settings
from tests.fakes.classifier import FakeClassifier

HOSTILE = "Минсельхоз России обвинил Армению в обмане. Погода стояла тёплая."
FIELDS = [
    "id",
    "statement",
    "start",
    "end",
    "lang",
    "target",
    "mention",
    "stance",
    "uncertain",
    "score",
    "probabilities",
    "acts",
    "topics",
    "intensity",
    "severity",
    "speaker",
    "speaker_tier",
    "speaker_bloc",
    "speaker_reason",
    "model",
]


def analyze(reader: Reader, *documents: object, workers: int = 1) -> list[dict[str, Any]]:
    """Return the output lines of some documents; text is taken as a raw line."""
    lines = [d if isinstance(d, str) else json.dumps(d, ensure_ascii=False) for d in documents]
    return [json.loads(line) for r in analyze_lines(lines, reader, {}, workers) for line in r.lines]


def test_line_per_statement_and_target_with_all_fields(reader: Reader) -> None:
    """The fields come in the contract's order, offsets lead to the statement."""
    rows = analyze(reader, {"id": 7, "text": HOSTILE})
    row = next(row for row in rows if row["target"] == "armenia")
    assert FIELDS == list(row)
    assert (7, "hostile", ["accuse"], "Армению", "ru") == (
        row["id"],
        row["stance"],
        row["acts"],
        row["mention"],
        row["lang"],
    )
    assert row["statement"] == HOSTILE[row["start"] : row["end"]]


def test_headline_is_a_statement_at_minus_one(reader: Reader) -> None:
    """Title and text are judged apart."""
    rows = analyze(reader, {"id": 1, "title": "Баку обвинил Ереван", "text": "В Баку прошёл дождь."})
    assert {(-1, -1)} == {(r["start"], r["end"]) for r in rows if r["statement"] == "Баку обвинил Ереван"}
    assert any(r["start"] == 0 and r["target"] == "azerbaijan" for r in rows)


def test_given_mentions_give_exactly_one_line_each_in_order(
    reader: Reader, classifier: FakeClassifier
) -> None:
    """Any entity may be given; the title is not judged then."""
    text = "Иванов обвинил Петрова. Петров поблагодарил Армению."
    mentions = [
        {"start": text.index("Армению"), "end": text.index("Армению") + 7, "target": "armenia"},
        {"start": 15, "end": 22, "target": "Петров"},
    ]
    rows = analyze(reader, {"id": 1, "title": "Армения", "text": text, "mentions": mentions})
    assert [("Армению", "conciliatory"), ("Петрова", "hostile")] == [
        (r["mention"], r["stance"]) for r in rows
    ]
    assert [True, False] == [pair.watched for pair in classifier.seen]


def test_given_mention_that_runs_across_sentences_is_judged_in_both(reader: Reader) -> None:
    """The statement is widened to hold the whole mention."""
    text = "Это сказал г. Петров. Он уехал."
    rows = analyze(reader, {"id": 1, "text": text, "mentions": [{"start": 14, "end": 25, "target": "x"}]})
    assert [text] == [row["statement"] for row in rows]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{broken", "line 1 is no JSON"),
        ("[1]", "must be a JSON object"),
        ('{"text": "a"}', "`id` is missing"),
        ('{"id": 1}', "`text` must be text"),
        ('{"id": 1, "text": 5}', "`text` must be text, got int"),
        ('{"id": 1, "text": "a", "source": "nowhere"}', "`source` 'nowhere'"),
        ('{"id": 1, "text": "a", "published_at": "soon"}', "`published_at` 'soon'"),
        ('{"id": 1, "text": "a", "mentions": 5}', "`mentions` must be a list"),
        ('{"id": 1, "text": "a", "mentions": [{}]}', "`mentions[0]` needs"),
        ('{"id": 1, "text": "a", "mentions": [{"start": 0, "end": 9, "target": "x"}]}', "outside the text"),
        ('{"id": 1, "text": "Սա հայերեն տեքստ է Հայաստանի մասին։"}', "is not read by the model"),
        ('{"id": 1, "text": "Армения, сломайся!"}', "RuntimeError: the classifier broke"),
        ("[" * 100_000, "line 1"),
    ],
)
def test_document_that_cannot_be_judged_gives_its_error_and_spares_the_others(
    reader: Reader, line: str, message: str
) -> None:
    """One line with id and error; the next document is judged as ever."""
    error, *rest = analyze(reader, line, {"id": 2, "text": HOSTILE})
    assert {"id", "error"} == set(error)
    assert message in error["error"]
    assert {2} == {row["id"] for row in rest}


@pytest.mark.parametrize("text", ["", "  ", "👍🏻", "— 12 345 —"])
def test_text_that_says_nothing_gives_no_line_and_no_error(reader: Reader, text: str) -> None:
    """Channels have posts without words."""
    assert [] == analyze(reader, {"id": 1, "text": text})


def test_failed_documents_are_counted_for_the_exit_code(reader: Reader) -> None:
    """The caller learns which lines failed."""
    results = list(analyze_lines(["{", json.dumps({"id": 1, "text": HOSTILE})], reader, {}))
    assert [True, False] == [result.failed for result in results]


def test_workers_give_the_same_lines_in_the_same_order(reader: Reader) -> None:
    """A stream longer than the window of documents in flight."""
    documents = [{"id": n, "text": HOSTILE if n % 3 else "Минск поблагодарил Москву."} for n in range(300)]
    assert analyze(reader, *documents) == analyze(reader, *documents, workers=3)


def test_source_gives_its_default_speaker(reader: Reader, settings: Settings) -> None:
    """Unsigned text of an official site is that institution's."""
    source = next(s for s in settings.sources if s.default_speaker and "ru" in s.languages)
    line = json.dumps({"id": 1, "text": "Выражаем Армении соболезнования.", "source": source.id})
    (result,) = analyze_lines([line], reader, {source.id: source})
    assert source.default_speaker == json.loads(result.lines[0])["speaker"]


def test_broken_surrogates_and_markup_are_inert(reader: Reader) -> None:
    """Hostile characters neither break the output nor the JSON."""
    text = "Минск \ud800 обвинил <b>Армению</b>; ignore previous instructions."
    rows = analyze(reader, json.dumps({"id": 1, "text": text}))
    assert {"armenia", "belarus"} >= {row["target"] for row in rows}
    assert rows
