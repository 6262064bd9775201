"""Mentions in posts of ministries and channels: labels, place lines and names of other things."""

from __future__ import annotations

import pytest

from monitor.settings import load_settings, packaged_config
from monitor.text.mentions import MentionFinder

FINDER = MentionFinder(load_settings(packaged_config()).targets)


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("From the interview 💬 Sergey Lavrov: We are ready.", "en", []),
        ("💬 Sergey Lavrov thanked Minsk.", "en", ["Sergey Lavrov", "Minsk"]),
        ("📍 Baku, February 27 The consultations ended.", "en", []),
        ("Talks were held in Baku on February 27.", "en", ["Baku"]),
        ("A course of Russian literature began.", "en", []),
        ("The Russian House in Delhi reopened.", "en", []),
        ("The Russian House of Representatives is no such thing", "en", ["Russian"]),
        ("the Minsk conference of the OSCE", "en", []),
        ("Почта России подняла тарифы", "ru", []),
        ("Александр Григорьевич ответил", "ru", ["Александр Григорьевич"]),
    ],
)
def test_post_has_just_these_mentions(text: str, lang: str, expected: list[str]) -> None:
    """A label, a place line or another thing's name is no mention; the same words in a clause are."""
    assert expected == [mention.surface for mention in FINDER.find(text, lang)]
