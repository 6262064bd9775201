"""Compares feed parsing with bare feedparser, in one run, on a matrix of malformed feeds.

`python -m benchmarks.feeds [--items N]`. Every kind of feed times every kind of damage; where bare feedparser
finds entries, ours must find as many with equal titles and texts. Prints what differs, and feeds a second.
"""

import argparse
import io
import time
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape

import feedparser

from monitor.collect.rss import read_feed
from monitor.domain.article import Page
from monitor.domain.source import Source
from monitor.domain.stance import Tier
from monitor.errors import FetchError
from monitor.text.markup import markup_text, one_line

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SOURCE = Source(
    "feed", "Feed", "rss", "http://feed.example/rss", "russia", Tier.OUTLET, ("ru",), max_items=1000
)
TITLES = (
    "Переговоры в Ереване — «новый» этап",
    "Цены & тарифы: 5 < 7",
    "Ёлки, №5 и 20 °C",
    "Talks in Astana",
)


def rss(items: int) -> str:
    """Return an RSS 2.0 feed."""
    body = "".join(
        f"<item><title>{escape(_title(n))}</title><link>http://feed.example/{n}</link><guid>{n}</guid>"
        f"<pubDate>Tue, 14 Mar 2023 09:{n % 60:02}:00 +0300</pubDate>"
        f"<description><![CDATA[<p>Текст {n} о {_title(n)}</p>]]></description></item>"
        for n in range(items)
    )
    head = "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>т</title>"
    return f"{head}{body}</channel></rss>"


def atom(items: int) -> str:
    """Return an Atom feed with content as HTML."""
    body = "".join(
        f"<entry><title>{escape(_title(n))}</title><link rel='alternate' href='http://feed.example/{n}'/>"
        f"<id>tag:{n}</id><updated>2023-03-14T09:{n % 60:02}:00Z</updated>"
        f"<summary type='html'>{escape(f'<p>Текст {n}</p>')}</summary></entry>"
        for n in range(items)
    )
    space = "http://www.w3.org/2005/Atom"
    return f"<?xml version='1.0' encoding='utf-8'?><feed xmlns='{space}'><title>т</title>{body}</feed>"


def rdf(items: int) -> str:
    """Return an RSS 1.0 feed."""
    body = "".join(
        f"<item rdf:about='http://feed.example/{n}'><title>{escape(_title(n))}</title>"
        f"<link>http://feed.example/{n}</link><description>Текст {n}</description></item>"
        for n in range(items)
    )
    spaces = "xmlns='http://purl.org/rss/1.0/' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
    head = "<?xml version='1.0' encoding='utf-8'?>"
    return f"{head}<rdf:RDF {spaces}><channel><title>т</title></channel>{body}</rdf:RDF>"


def _title(number: int) -> str:
    return f"{TITLES[number % len(TITLES)]} {number}"


DAMAGES: dict[str, Callable[[str], bytes]] = {
    "sound": str.encode,
    "cp1251, said so": lambda t: t.replace("utf-8", "windows-1251").encode("cp1251", "xmlcharrefreplace"),
    "utf-8 with a BOM": lambda t: b"\xef\xbb\xbf" + t.encode(),
    "blank lines before the head": lambda t: b"\n\n  " + t.encode(),
    "bare ampersands": lambda t: t.replace("&amp;", "&").encode(),
    "HTML entities": lambda t: (
        t.replace("—", "&mdash;").replace("«", "&laquo;").replace("»", "&raquo;").encode()
    ),
    "truncated": lambda t: t[: len(t) * 4 // 5].encode(),
    "unclosed root": lambda t: t[: t.rindex("</")].encode(),
    "control characters": lambda t: t.replace("Текст", "Текст\x0b\x1f").encode(),
    "upper-case tags": lambda t: t.replace("<item>", "<ITEM>").replace("</item>", "</ITEM>").encode(),
    "comments between": lambda t: (
        t.replace("<item", "<!-- x --><item").replace("<entry", "<!-- x --><entry").encode()
    ),
    "rubbish after the end": lambda t: (t + "<script>track()</script>\n0\n").encode(),
}


def read_ours(raw: bytes) -> list[tuple[str, str]]:
    """Return (title, text) of every entry as the product reads them."""
    page = Page(SOURCE.url, SOURCE.url, 200, {"content-type": "application/xml"}, raw, NOW, "")
    try:
        front = read_feed(SOURCE, page, NOW)
    except FetchError:
        return []
    return [(item.title, item.summary) for item in front.items.values()]


def read_bare(raw: bytes) -> list[tuple[str, str]]:
    """Return the same of bare feedparser, its texts made plain in the same way."""
    # A stream: handed bytes it would take short ones for a file's name.
    parsed = feedparser.parse(io.BytesIO(raw), response_headers={"content-type": "application/xml"})
    return [
        (one_line(markup_text(entry.get("title", ""))), markup_text(entry.get("summary", "")))
        for entry in parsed.entries
        if entry.get("link")
    ]


def main() -> None:
    """Read the matrix with both, and print what differs and how fast each was."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=100, help="entries of each feed")
    options = parser.parse_args()
    seconds = {"ours": 0.0, "bare": 0.0}
    equal = fuller = poorer = cases = 0
    for kind in (rss, atom, rdf):
        for damage, harm in DAMAGES.items():
            raw = harm(kind(options.items))
            found = {}
            for name, read in (("ours", read_ours), ("bare", read_bare)):
                started = time.perf_counter()
                found[name] = read(raw)
                seconds[name] += time.perf_counter() - started
            cases += 1
            same = found["ours"] == found["bare"]
            more = len(found["ours"]) > len(found["bare"])
            equal, fuller, poorer = equal + same, fuller + more, poorer + (not same and not more)
            if not same:
                first = next((p for p in zip(found["ours"], found["bare"], strict=False) if p[0] != p[1]), "")
                counts = f"ours {len(found['ours'])}, bare {len(found['bare'])} entries"
                print(f"{kind.__name__:5} {damage:28} {counts}  {first}")
    print(
        f"{cases} feeds of {options.items} entries: {equal} equal, {fuller} with more entries, {poorer} other"
    )
    print(
        f"ours {cases / seconds['ours']:.1f} feeds/s, bare {cases / seconds['bare']:.1f}: "
        f"{seconds['bare'] / seconds['ours']:.2f} times"
    )


if __name__ == "__main__":
    main()
