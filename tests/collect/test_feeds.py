"""Feeds give items, whatever is wrong with single entries or with the bytes."""

from __future__ import annotations

import codecs
from datetime import UTC, datetime

import pytest

from monitor.collect.front import Front
from monitor.collect.links import resolve_link
from monitor.collect.rss import read_feed
from monitor.domain.article import FeedItem, Page
from monitor.errors import FetchError
from tests.collect.loopback import NOW, entry, feed, make_source

URL = "http://paper.example/rss.xml"


def read(body: bytes, content_type: str = "application/rss+xml", **changes: object) -> Front:
    """Read a feed that was served with this content type."""
    page = Page(URL, URL, 200, {"content-type": content_type}, body, NOW, "")
    return read_feed(make_source(URL, **changes), page, NOW)


def only(body: bytes, **changes: object) -> FeedItem:
    """Return the feed's one item."""
    (item,) = read(body, **changes).items.values()
    return item


def test_entry_becomes_an_item() -> None:
    """Title, guid, link, lead and date are taken over, texts without markup."""
    item = only(
        feed(
            entry(
                7,
                title="Совещание &amp;laquo;о погоде&amp;raquo;",
                link="/news/7.html?utm_source=rss&amp;id=3#top",
                description="&lt;p&gt;Первый &lt;b&gt;абзац&lt;/b&gt;&lt;/p&gt;",
            )
        )
    )
    assert item == FeedItem(
        source_id="paper",
        key="id-7",
        url="http://paper.example/news/7.html?id=3",
        title="Совещание «о погоде»",
        published_at=datetime(2023, 3, 14, 6, 0, tzinfo=UTC),
        summary="Первый абзац",
        html=None,
    )


def test_atom_entry_with_full_text_keeps_its_markup() -> None:
    """Atom's content is the item's own text, its summary the lead."""
    body = """<?xml version="1.0" encoding="utf-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><link rel="self" href="http://paper.example/feed"/>
    <entry><title>Встреча</title><id>http://paper.example/events/1</id>
    <link rel="alternate" href="http://paper.example/events/1"/>
    <published>2023-03-14T11:20:00+03:00</published><updated>2023-03-14T12:00:00+03:00</updated>
    <summary type="html">&lt;p&gt;Состоялась встреча.&lt;/p&gt;</summary>
    <content type="html">&lt;p&gt;&lt;b&gt;А.Иванов:&lt;/b&gt; Добрый день!&lt;/p&gt;</content>
    </entry></feed>""".encode()
    item = only(body, full_text_in_feed=True)
    assert item.html == "<p><b>А.Иванов:</b> Добрый день!</p>"
    assert item.summary == "Состоялась встреча."
    assert datetime(2023, 3, 14, 8, 20, tzinfo=UTC) == item.published_at
    assert only(body).html is None


def test_feed_without_full_text_falls_back_to_the_description() -> None:
    """Where pages are closed to us, title and lead are all there is to read."""
    body = feed(entry(1, description="Короткий лид."), entry(2, **{"content:encoded": "x"}))
    items = list(read(body, full_text_in_feed=True).items.values())
    assert items[0].html == "Короткий лид."


def test_bad_entries_never_stop_the_others() -> None:
    """No link, a link to nowhere, no title and no text: left out, each with its reason."""
    front = read(
        feed(
            entry(1),
            entry(2, link="", guid=""),
            entry(3, link="javascript:alert(1)"),
            entry(4, link="mailto:a@b.example"),
            entry(5, title=""),
            entry(6, link="http://[broken/"),
            entry(7),
        )
    )
    assert ["id-1", "id-7"] == list(front.items)
    assert len(front.bad) == 5
    assert "entry 2 (Headline 2): it has no link" == front.bad[0]
    assert "no web address" in front.bad[1]


@pytest.mark.parametrize(
    "written", ["", "вчера утром или позже", "99.99.9999", "Tue, 45 Foo 2023", "x" * 5_000]
)
def test_garbled_date_leaves_the_item_without_one(written: str) -> None:
    """The item stays, its date is None."""
    front = read(feed(entry(1, pubDate=written), entry(2)))
    assert ["id-1", "id-2"] == list(front.items)
    if "вчера" not in written:
        assert front.items["id-1"].published_at is None


def test_guid_that_is_an_address_serves_as_the_link() -> None:
    """Feeds without <link> often have their address in the guid."""
    item = only(feed(entry(1, link="", guid="http://paper.example/a/1")))
    assert item.url == "http://paper.example/a/1"


def test_item_without_guid_is_known_by_its_canonical_link() -> None:
    """Tracking parameters, host case, default port and fragment make no new item."""
    links = ("http://paper.example/a?id=1", "HTTP://Paper.Example:80/a?id=1&amp;utm_medium=x&amp;yclid=2#c")
    front = read(feed(*(entry(n, guid="", link=link) for n, link in enumerate(links))))
    assert ["http://paper.example/a?id=1"] == list(front.items)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("a/b.html", "http://paper.example/dir/a/b.html"),
        ("//other.example/x?b=2&a=1", "http://other.example/x?b=2&a=1"),
        ("https://paper.example:443", "https://paper.example/"),
        (" /with space\n", "http://paper.example/withspace"),
        ("?utm_campaign=1&q=%D0%B0", "http://paper.example/dir/page?q=%D0%B0"),
        ("data:text/html,x", None),
        ("http://name:word@paper.example/", None),
        ("http://paper.example:port/", None),
        ("/" + "a" * 3_000, None),
    ],
)
def test_links_are_brought_to_one_form(href: str, expected: str | None) -> None:
    """Relative links are resolved; what no reader should follow is None."""
    assert expected == resolve_link("http://paper.example/dir/page", href)


def test_items_are_capped() -> None:
    """The first max_items are kept."""
    front = read(feed(*map(entry, range(300))), max_items=40)
    assert [f"id-{n}" for n in range(40)] == list(front.items)


TITLE = "Министр заявил о сотрудничестве: «Ёлки» подождут — 5 июня"


@pytest.mark.parametrize("label", ["utf-8", "windows-1251", "koi8-r", "iso-8859-1", None])
@pytest.mark.parametrize(
    "code", ["utf-8", "utf-8-sig", "windows-1251", "koi8-r", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_feed_reads_the_same_in_every_code_and_under_every_label(code: str, label: str | None) -> None:
    """Neither the XML declaration nor the header need be true."""
    declared = f"<?xml version='1.0' encoding='{label}'?>" if label else "<?xml version='1.0'?>"
    title = TITLE if code != "koi8-r" else TITLE.translate(str.maketrans("«»—", '""-'))
    text = f"{declared}<rss version='2.0'><channel><title>т</title>{entry(1, title=title)}</channel></rss>"
    header = f"text/xml; charset={label}" if label else "text/xml"
    (item,) = read(text.encode(code), header).items.values()
    assert title == item.title


@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]>',
        '<!DOCTYPE x [<!ENTITY a "' + "a" * 100_000 + '">]>',
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/evil.dtd">',
        '<!-- harmless --><?pi x?>\n<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]>',
        "<!ENTITY lol 'lol'>",
    ],
)
@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_document_types_and_entities_are_refused_unparsed(bomb: str, code: str) -> None:
    """No expansion, no file, no network: the source is marked bad, in any code."""
    item = entry(1, title="&lol2;&f;")
    text = f"<?xml version='1.0'?>{bomb}<rss version='2.0'><channel>{item}</channel></rss>"
    with pytest.raises(FetchError, match="document type or entities"):
        read(text.encode(code))


def test_document_type_inside_an_article_is_only_text() -> None:
    """An article that quotes HTML is no bomb."""
    item = only(feed(entry(1, title="<![CDATA[How to write <!DOCTYPE html> & why]]>")))
    assert "How to write" in item.title


@pytest.mark.parametrize(
    "body",
    [b"<!DOCTYPE html><html><body>Sorry</body></html>", b"<html><p>no</html>", b"{}", b"", b"plain words"],
)
def test_page_served_as_a_feed_is_an_error(body: bytes) -> None:
    """It says what to check, instead of "no items"."""
    with pytest.raises(FetchError, match="no RSS or Atom feed"):
        read(body)


def test_truncated_feed_keeps_its_whole_items() -> None:
    """A feed that breaks off in the middle of an item gives those before it."""
    body = feed(*map(entry, range(5)))
    assert list(read(body[: body.index(b"Headline 4")]).items)[:4] == [f"id-{n}" for n in range(4)]


def test_feed_without_entries_is_empty_and_no_error() -> None:
    """A quiet day is allowed."""
    assert read(feed()).items == {}


def test_junk_before_the_root_is_passed_over() -> None:
    """Blank lines, comments and a mark before the declaration are common."""
    body = codecs.BOM_UTF8 + b"\n\n<!-- made by hand -->" + feed(entry(1))
    assert len(read(body).items) == 1
