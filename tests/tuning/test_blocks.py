"""Sources written as blocks, and lists guessed in JSON."""

from __future__ import annotations

import tomllib

from monitor.collect.json_guess import guess_fields, is_wordpress
from monitor.domain.source import JsonFields
from monitor.pipeline.block import write_block
from monitor.pipeline.guess import channel_of, complete_address, guess_country, guess_id, guess_tier
from monitor.schema import SourcesFile
from monitor.settings import Settings


def test_every_shipped_source_is_written_as_it_was_read(settings: Settings) -> None:
    """Nothing that a block can say is lost: kinds, selectors, paging, headers."""
    text = "\n".join(write_block(source) for source in settings.sources)
    read = SourcesFile.model_validate(tomllib.loads(text)).source
    assert settings.sources == tuple(table.build() for table in read)


def test_addresses_tell_id_country_and_office() -> None:
    """Guesses by the host alone; ids never stand twice."""
    assert "tg-mid-russia" == guess_id("https://t.me/s/MID_Russia", ())
    assert "example-am-2" == guess_id("https://www.example.am/ru/news", {"example-am"})
    assert ("armenia", "Asia/Yerevan") == guess_country("https://www.example.am/", ())
    assert ("kazakhstan", "Asia/Almaty") == guess_country("https://example.com/", ("kk", "ru"))
    assert guess_country("https://example.com/", ("en",)) is None
    tiers = [
        guess_tier(f"https://{host}/") for host in ("mfa.am", "www.president.tj", "example.md", "news.kz")
    ]
    assert ["foreign_ministry", "head_of_state", "outlet", "outlet"] == tiers


def test_channels_are_known_by_any_of_their_addresses() -> None:
    """A name, a link to the channel, a link to its preview; a post's address is none of them."""
    for given in (
        "@rian_ru",
        "t.me/rian_ru",
        "https://t.me/s/rian_ru?before=5",
        "http://telegram.me/rian_ru/",
    ):
        assert "https://t.me/s/rian_ru" == complete_address(given)
    assert channel_of("https://t.me/rian_ru/123") is None
    assert "https://example.am/news" == complete_address("example.am/news")


def test_list_is_found_in_an_answer_among_other_lists() -> None:
    """The list of what has addresses and titles, however deep; rubrics are none."""
    answer = {
        "meta": {"total": 2, "tags": [{"id": 1, "name": "Long enough to be a title"}] * 9},
        "result": {
            "blocks": [
                {
                    "uid": "a",
                    "name": {"ru": "Первая новость дня"},
                    "permalink": "/n/1",
                    "published_at": "2023-03-14",
                },
                {
                    "uid": "b",
                    "name": {"ru": "Вторая новость дня"},
                    "permalink": "/n/2",
                    "published_at": "2023-03-13",
                },
            ]
        },
    }
    (fields,) = guess_fields(answer)
    assert JsonFields("result.blocks", "permalink", "name.ru", "published_at", key="uid") == fields


def test_answers_that_are_no_lists_are_not_taken_for_some() -> None:
    """Figures, one object, deep nesting, a list without addresses."""
    deep: object = []
    for _ in range(5_000):
        deep = {"a": deep}
    for answer in (1, None, {}, [], [1, 2], {"a": [{"x": 1}, {"x": 2}]}, deep):
        assert () == guess_fields(answer)
    assert not is_wordpress([{"title": "plain", "link": "x"}])
    assert is_wordpress([{"title": {"rendered": "x"}, "link": "x"}])
