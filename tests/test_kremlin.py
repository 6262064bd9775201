"""Transcripts of kremlin.ru, from their markup to who said what, by the shipped configuration.

The page and the feed are built after the structure that is documented of the site; the words are
ours. That they are read shows that our code is right, not that the site is still so.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from monitor.collect.rss import read_feed
from monitor.domain.article import FeedItem, Page
from monitor.domain.source import Source
from monitor.extract import extract_article
from monitor.pipeline.reading import Document, Reader
from monitor.settings import Settings

NOW = datetime(2023, 3, 14, 9, 30, tzinfo=UTC)
URL = "http://kremlin.ru/events/president/news/70999"
TOOLTIP = """<span class="read__tooltip js-tooltip">Пашинян Никол Воваевич Премьер-министр
  Республики Армения: избран в 2018 году</span>"""
BODY = f"""
<p>Владимир Путин встретился с Премьер-министром Армении Николом Пашиняном.</p>
<p><b>В.Путин:</b> Уважаемый Никол Воваевич! Мы рады видеть Армению среди участников ярмарки.</p>
<p>Наши садоводы благодарны Армении за саженцы абрикоса.</p>
<p><b>Н.Пашинян{TOOLTIP}:</b> Спасибо! Для нас Россия остаётся надёжным соседом.</p>
<p>Мы ждём от России, что дорогу к питомнику откроют к осени.</p>
<p><b>Вопрос:</b> Увеличит ли Россия закупки в Армении?</p>
<p><b>В.Путин:</b> Поговорим. С Арменией у нас есть об этом отдельный план.</p>
<p>&lt;…&gt;</p>"""
ENGLISH = """
<p><b>President of Russia Vladimir Putin:</b> Mr Prime Minister, we are glad to see Armenia at the fair.</p>
<p>Our gardeners are grateful to Armenia for the apricot trees.</p>
<p><b>Prime Minister of the Republic of Armenia Nikol Pashinyan</b> (<i>retranslated</i>)<b>:</b>
 Thank you. To us Russia is
 a reliable neighbour.</p>
<p><b>Vladimir Putin:</b> We have a plan with Armenia for that.</p>"""
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title} •
 Президент России</title></head><body>
<header><nav><a href="/">Президент России</a><a href="/events">События</a></nav></header>
<div class="hentry h-entry"><div class="read__top"><h1 class="entry-title p-name">{title}</h1>
<div class="read__meta"><time class="read__published" datetime="2023-03-13">13 марта 2023 года</time>
<time class="read__time">14:10</time><div class="read__place p-location">Сочи</div></div>
<div class="read__lead entry-summary p-summary">{lead}</div></div>
<div class="entry-content e-content read__internal_content" itemprop="articleBody">{body}
<div class="read__bottom"><p>Географические темы:
 <a href="/catalog/countries/AM/events">Армения</a>. Россия рада.</p>
<p>Дата публикации: 13 марта 2023 года, 14:10</p></div></div></div></body></html>"""
FEED = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru">
<title>События</title><link rel="self" href="http://kremlin.ru/events/all/feed"/>
<link rel="first" href="http://kremlin.ru/events/all/feed"/>
<link rel="next" href="http://kremlin.ru/events/all/feed/page/2"/>
<link rel="last" href="http://kremlin.ru/events/all/feed/page/900"/>
<entry><title>{title}</title><id>{url}</id><link rel="alternate" href="{url}"/>
<published>2023-03-13T14:10:00+03:00</published><updated>2023-03-13T15:00:00+03:00</updated>
<summary type="html"><![CDATA[{lead}]]></summary>
<content type="html"><![CDATA[{body}]]></content></entry></feed>"""
TITLE, LEAD = "Встреча с Премьер-министром Армении Николом Пашиняном", "Обсуждались вопросы садоводства."
PUTIN, PASHINYAN = "Vladimir Putin", "Nikol Pashinyan"
SAID = {
    "Мы рады видеть Армению среди участников ярмарки.": PUTIN,
    "Наши садоводы благодарны Армении за саженцы абрикоса.": PUTIN,
    "Для нас Россия остаётся надёжным соседом.": PASHINYAN,
    "Мы ждём от России, что дорогу к питомнику откроют к осени.": PASHINYAN,
    "Увеличит ли Россия закупки в Армении?": None,
    "С Арменией у нас есть об этом отдельный план.": PUTIN,
}


@pytest.fixture
def kremlin(settings: Settings) -> Source:
    """The source as it ships."""
    return next(source for source in settings.sources if source.id == "kremlin-ru")


def page_of(text: str, url: str = URL) -> Page:
    """Return what a server answers."""
    body = text.encode()
    return Page(url, url, 200, {}, body, NOW, hashlib.sha256(body).hexdigest())


def speakers(reader: Reader, source: Source, item: FeedItem, page: Page) -> dict[str, str | None]:
    """Return who said what, as the whole way from markup to judgement has it."""
    article = extract_article(source, item, page, NOW)
    document = Document(
        text=article.text, title=article.title, source=source, published_at=article.published_at
    )
    reading = reader.read(document)
    return {
        each.statement.text.split(": ", 1)[-1]: each.speaker.name
        for each in reading.assessments
        if not each.statement.is_headline
    }


def read_page(reader: Reader, source: Source, title: str, lead: str, body: str) -> dict[str, str | None]:
    """Return who said what on a page."""
    item = FeedItem(source.id, URL, URL, title, None)
    return speakers(reader, source, item, page_of(PAGE.format(title=title, lead=lead, body=body)))


def test_turns_of_a_page_go_to_those_who_spoke(reader: Reader, kremlin: Source) -> None:
    """Each turn holds until the next label; a person's card beside the name is no words of anybody's."""
    said = read_page(reader, kremlin, TITLE, LEAD, BODY)
    assert SAID == {text: who for text, who in said.items() if text in SAID}
    assert not [text for text in said if "2018" in text or "Россия рада" in text]


def test_turns_of_a_feed_that_holds_the_whole_text_go_to_those_who_spoke(
    reader: Reader, kremlin: Source
) -> None:
    """No page is fetched, and nothing is lost by it."""
    feed = FEED.format(title=TITLE, lead=LEAD, url=URL, body=BODY)
    front = read_feed(kremlin, page_of(feed, kremlin.url), NOW)
    (item,) = front.items.values()
    assert item.html is not None
    assert "http://kremlin.ru/events/all/feed/page/2" == front.older
    said = speakers(reader, kremlin, item, page_of(item.html))
    assert SAID == {text: who for text, who in said.items() if text in SAID}
    assert not [text for text in said if "2018" in text]


def test_english_turns_go_to_those_who_spoke(reader: Reader, settings: Settings) -> None:
    """There a label gives the office and the whole name, and a note may stand before the colon."""
    source = next(source for source in settings.sources if source.id == "kremlin-en")
    said = read_page(reader, source, "Meeting with Armenia's Prime Minister", "They met.", ENGLISH)
    wanted = {
        "Our gardeners are grateful to Armenia for the apricot trees.": PUTIN,
        "To us Russia is a reliable neighbour.": PASHINYAN,
        "We have a plan with Armenia for that.": PUTIN,
    }
    assert wanted == {text: who for text, who in said.items() if text in wanted}
