"""What the newsroom publishes, and when."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import feedparser
import httpx
import pytest
from bs4 import BeautifulSoup

from monitor.demo.content import load_content
from monitor.demo.server import Newsroom, packaged_newsroom, serve
from monitor.errors import ConfigurationError
from tests.demo.conftest import START, StandingClock, write_item


async def read_feed(client: httpx.AsyncClient, newsroom: Newsroom, outlet: str) -> feedparser.FeedParserDict:
    """Return an outlet's feed, parsed."""
    response = await client.get(newsroom.places[outlet].front)
    assert response.status_code == 200
    return feedparser.parse(response.content, response_headers=dict(response.headers))


def url_of(newsroom: Newsroom, item_id: str) -> str:
    """Return an item's address in the newsroom."""
    return next(url for url, item in newsroom.item_urls.items() if item == item_id and "127.0.0.1" in url)


async def test_items_appear_when_the_clock_passes_their_time(
    newsroom: Newsroom, clock: StandingClock, client: httpx.AsyncClient
) -> None:
    """Before its time an item is neither in the feed nor at its address."""
    url = url_of(newsroom, "wire-c/001-library")
    clock.moment = START + timedelta(hours=3, minutes=59)
    before = len((await read_feed(client, newsroom, "wire-c")).entries), (await client.get(url)).status_code
    clock.moment = START + timedelta(hours=4)
    after = len((await read_feed(client, newsroom, "wire-c")).entries), (await client.get(url)).status_code
    assert (before, after) == ((0, 404), (1, 200))


async def test_edit_changes_feed_page_and_validators(
    folder: Path, clock: StandingClock, client: httpx.AsyncClient
) -> None:
    """After its time the item's title and text are the revision's, and the old ETag is stale."""
    write_item(
        folder,
        "wire-c/002-edited",
        5,
        title='"Старый заголовок"',
        tail="[revision]\nafter_minutes = 60\ntitle = 'Новый заголовок'\nbody = 'Исправленный текст.'",
    )
    async with serve(folder, clock) as newsroom:
        url = url_of(newsroom, "wire-c/002-edited")
        clock.moment = START + timedelta(hours=5, minutes=59)
        first = await client.get(url)
        old_titles = [e.title for e in (await read_feed(client, newsroom, "wire-c")).entries]
        clock.moment = START + timedelta(hours=6)
        second = await client.get(url, headers={"If-None-Match": first.headers["etag"]})
        new_titles = [e.title for e in (await read_feed(client, newsroom, "wire-c")).entries]
    assert old_titles[0] == "Старый заголовок"
    assert new_titles[0] == "Новый заголовок"
    assert "Первый абзац" in first.text
    assert (second.status_code, "Исправленный текст." in second.text) == (200, True)


async def test_first_version_stays_for_its_least_life(folder: Path, clock: StandingClock) -> None:
    """A hurried visitor still gets to see the text before it is edited."""
    write_item(folder, "wire-c/002-edited", 5, title='"А"', tail="[revision]\nafter_minutes = 1\nbody = 'Б'")
    content = load_content(folder)
    outlet = next(outlet for outlet in content.outlets if outlet.id == "wire-c")
    now = START + timedelta(hours=6)
    hurried = content.show(outlet, now, timedelta(hours=2))[-1].body
    patient = content.show(outlet, now, timedelta(0))[-1].body
    assert (hurried.startswith("Первый абзац"), patient) == (True, "Б")


async def test_silent_outlet_shows_nothing_new(
    folder: Path, clock: StandingClock, client: httpx.AsyncClient
) -> None:
    """After its last day an outlet still answers, with what it had."""
    write_item(folder, "wire-b/002-late", 30, title='"Late"')
    clock.moment = START + timedelta(days=3)
    async with serve(folder, clock) as newsroom:
        titles = [entry.title for entry in (await read_feed(client, newsroom, "wire-b")).entries]
        late = await client.get(url_of(newsroom, "wire-b/002-late"))
    assert titles == ["Открыта библиотека <новая> & зал"]
    assert late.status_code == 404


async def test_feed_holds_the_newest_twenty(
    folder: Path, clock: StandingClock, client: httpx.AsyncClient
) -> None:
    """A feed is a window; older pages stay where they are."""
    for number in range(2, 27):
        write_item(folder, f"wire-c/{number:03}-more", 5 + number / 10, title=f'"Новость {number}"')
    async with serve(folder, clock) as newsroom:
        entries = (await read_feed(client, newsroom, "wire-c")).entries
        oldest = await client.get(url_of(newsroom, "wire-c/001-library"))
    assert (len(entries), entries[0].title, oldest.status_code) == (20, "Новость 26", 200)


async def test_mislabelled_page_is_cp1251_whatever_its_header_says(
    newsroom: Newsroom, client: httpx.AsyncClient
) -> None:
    """The header says UTF-8, the markup windows-1251, and the markup is right."""
    page = await client.get(url_of(newsroom, "wire-a/001-library"))
    feed = await client.get(newsroom.places["wire-a"].front)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<meta charset="windows-1251">' in page.content.decode("cp1251")
    assert "Первый абзац" in page.content.decode("cp1251")
    assert feed.headers["content-type"].endswith("charset=windows-1251")
    assert "библиотека" in feed.content.decode("cp1251")


@pytest.mark.parametrize("outlet", ["wire-a", "wire-b", "wire-c", "ministry", "premier", "secretariat"])
async def test_markup_in_items_is_escaped(newsroom: Newsroom, client: httpx.AsyncClient, outlet: str) -> None:
    """What looks like markup in a text is shown, not interpreted."""
    response = await client.get(url_of(newsroom, f"{outlet}/001-library"))
    soup = BeautifulSoup(response.content, "lxml", from_encoding=newsroom.places[outlet].outlet.encoding)
    title = soup.select_one("h1")
    assert title is not None
    assert title.get_text() == "Открыта библиотека <новая> & зал"
    assert "<b>часы работы</b>" in soup.get_text()


async def test_transcript_labels_stand_in_bold_with_tooltips_once(
    newsroom: Newsroom, client: httpx.AsyncClient
) -> None:
    """Each speaker's label opens its paragraph; the first of each carries a tooltip."""
    soup = BeautifulSoup((await client.get(url_of(newsroom, "palace/001-meeting"))).text, "lxml")
    body = soup.select_one(".entry-content.e-content.read__internal_content")
    assert body is not None
    tooltips = [tip.extract() for tip in body.select(".read__tooltip")]
    assert [b.get_text() for b in body.select("p > b")] == ["А.Иванов:", "Вопрос:", "А.Иванов:"]
    assert len(tooltips) == 2


async def test_channel_shows_posts_as_a_preview_does(newsroom: Newsroom, client: httpx.AsyncClient) -> None:
    """Lines are breaks, emoji are pictures, and a service message stands among the posts."""
    soup = BeautifulSoup((await client.get(newsroom.places["channel"].front)).text, "lxml")
    post = soup.select_one('[data-post="channel/103"] .js-message_text')
    assert post is not None
    assert [line.strip() for line in post.get_text("\n").split("\n") if line.strip()] == [
        "Дождь & снег",
        "🌧",
        "Вторая строка",
        "Новый <абзац>",
    ]
    assert post.select_one("i.emoji b") is not None
    assert len(soup.select(".service_message")) == 1
    assert len(soup.select(".tgme_widget_message_forwarded_from")) == 1


async def test_broken_pages_have_no_text(
    folder: Path, clock: StandingClock, client: httpx.AsyncClient
) -> None:
    """One page ends in the midst of its markup, another has an empty body."""
    write_item(folder, "wire-c/002-cut", 5, title='"Обрыв"', broken='"truncated_html"')
    write_item(folder, "wire-c/003-empty", 6, title='"Пусто"', broken='"no_body"')
    async with serve(folder, clock) as newsroom:
        cut = (await client.get(url_of(newsroom, "wire-c/002-cut"))).text
        empty = (await client.get(url_of(newsroom, "wire-c/003-empty"))).text
    assert "Первый абзац" not in cut + empty
    assert ("</html>" in cut, "</html>" in empty) == (False, True)


async def test_bad_entries_stand_among_good_ones(
    folder: Path, clock: StandingClock, client: httpx.AsyncClient
) -> None:
    """An entry without a link and one with a garbled date do not spoil the feed."""
    write_item(folder, "wire-c/002-a", 5, title='"Без ссылки"', bad_entry="true", bad_entry_how='"no_link"')
    write_item(
        folder, "wire-c/003-b", 6, title='"Без даты"', bad_entry="true", bad_entry_how='"garbled_date"'
    )
    async with serve(folder, clock) as newsroom:
        entries = {e.title: e for e in (await read_feed(client, newsroom, "wire-c")).entries}
    assert len(entries) == 3
    assert not entries["Без ссылки"].get("link")
    assert entries["Без даты"].get("published_parsed") is None
    assert entries["Открыта библиотека <новая> & зал"].published == "Mon, 06 Mar 2023 16:00:00 +0300"


async def test_robots_and_index_are_served(newsroom: Newsroom, client: httpx.AsyncClient) -> None:
    """The rules allow reading but for printing; the index names every outlet."""
    robots = (await client.get(f"{newsroom.base_url}/robots.txt")).text
    index = (await client.get(f"{newsroom.base_url}/")).text
    assert "Disallow: /*/print/" in robots
    assert "Crawl-delay" in robots
    assert all(place.front in index for place in newsroom.places.values())
    assert "Канал &lt;о погоде&gt;" in index


@pytest.mark.parametrize("path", ["/nobody/rss.xml", "/wire-c/doc/999", "/wire-c/../palace", "//", "/wire-c"])
async def test_unknown_addresses_are_not_found(
    newsroom: Newsroom, client: httpx.AsyncClient, path: str
) -> None:
    """Nothing but the newsroom's own pages is served."""
    assert (await client.get(newsroom.base_url + path)).status_code == 404


def test_every_problem_of_a_folder_is_told_at_once(folder: Path) -> None:
    """A wrong folder is refused with each file and key that is wrong."""
    write_item(folder, "nowhere/001-lost", 1)
    write_item(folder, "wire-c/002-odd", 1, colour='"red"')
    (folder / "items" / "wire-c" / "003-broken.toml").write_text("id = ", encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_content(folder)
    told = str(caught.value)
    assert len(caught.value.problems) == 3
    assert all(word in told for word in ("no outlet", "colour", "003-broken.toml: cannot be read"))


def test_the_shipped_newsroom_is_whole() -> None:
    """The shipped folder loads, and spans the weeks that its trends need."""
    content = load_content(packaged_newsroom())
    assert len(content.outlets) >= 9
    assert len(content.items) >= 120
    assert content.last - content.first > timedelta(weeks=7)
    assert {"ru", "en"} == {item.language for item in content.items}
