"""When two spellings name the same speaker, so that the measure counts judgement and not style."""

from __future__ import annotations

import pytest

from training.understanding import same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Supreme Court of Kyrgyzstan", "Kyrgyzstan Supreme Court"),
        ("Investigative Committee of Belarus", "Belarusian Investigative Committee"),
        ("Kazakh government", "Kazakhstan government"),
        ("Yevgeny Petrov", "Evgeni Petrov"),
        ("Petrov", "Ivan Petrov"),
    ],
)
def test_same(one: str, other: str) -> None:
    """Order, "of", demonyms and romanisation do not matter."""
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Supreme Court of Kyrgyzstan", "Supreme Court of Belarus"),
        ("Ivan Petrov", "Pavel Petrov"),
        ("-", "Petrov"),
        ("Belarusian government", "Belarusian parliament"),
    ],
)
def test_different(one: str, other: str) -> None:
    """Another state, first name or body is another speaker."""
    assert not same_name(one, other)
