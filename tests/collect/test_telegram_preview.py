"""A channel's public preview, in its real structure, with all its quirks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from monitor.collect import HttpCollector
from monitor.collect.front import Front
from monitor.collect.telegram_channel import read_channel
from monitor.domain.article import FeedItem, Page
from monitor.errors import BlockedError
from monitor.extract import extract_article
from monitor.pipeline.ports import Validators
from tests.collect.loopback import NOW, Reply, Server, make_source

URL = "https://t.me/s/gardener"
FOOTER = """<div class="tgme_widget_message_footer compact js-message_footer">
  <div class="tgme_widget_message_info short js-message_info">
  <span class="tgme_widget_message_views">5.37K</span><span class="copyonly"> views</span>
  <span class="tgme_widget_message_meta"><a class="tgme_widget_message_date" href="https://t.me/gardener/{id}">
  <time datetime="2023-03-14T06:{minute}:00+00:00" class="time">09:00</time></a></span></div></div>"""
OWNER = """<div class="tgme_widget_message_author accent_color">
  <a class="tgme_widget_message_owner_name" href="https://t.me/gardener"><span>Gardener</span></a></div>"""


def post(number: int, inside: str, service: str = "") -> str:
    """Return one post of the page."""
    return f"""<div class="tgme_widget_message_wrap js-widget_message_wrap"><div
      class="tgme_widget_message text_not_supported_wrap js-widget_message {service}"
      data-post="Gardener/{number}" data-view="x">
      <div class="tgme_widget_message_user"><a href="https://t.me/gardener"></a></div>
      <div class="tgme_widget_message_bubble">{OWNER}{inside}
      {FOOTER.format(id=number, minute=f"{number:02}")}</div></div></div>"""


def text(inside: str) -> str:
    """Return a post's text node."""
    return f'<div class="tgme_widget_message_text js-message_text" dir="auto">{inside}</div>'


def channel(*posts: str) -> str:
    """Return the preview page."""
    return f"""<!DOCTYPE html><html><head><title>Gardener – Telegram</title></head><body>
    <header class="tgme_header"><div class="tgme_channel_info_header_title"><span>Gardener</span></div>
    <div class="tgme_channel_info_counter"><span class="counter_value">60K</span>
    <span class="counter_type">subscribers</span></div></header>
    <main><section class="tgme_channel_history js-message_history">
    <a class="tme_messages_more js-messages_more" data-before="100" href="/s/gardener?before=100"></a>
    {"".join(posts)}</section></main></body></html>"""


def read(html: str, **changes: object) -> Front:
    """Read a preview page."""
    source = make_source(URL, kind="telegram_channel", **changes)
    return read_channel(source, Page(URL, URL, 200, {}, html.encode(), NOW, ""), NOW)


def article_text(item: FeedItem) -> str:
    """Return what the extractor makes of a post."""
    source = make_source(URL, kind="telegram_channel")
    page = Page(item.url, item.url, 200, {}, (item.html or "").encode(), NOW, "")
    return extract_article(source, item, page, NOW).text


def test_post_becomes_an_item_with_its_own_text() -> None:
    """Key, address, date and title come from the post; links give their text, <br> a new line."""
    inside = text(
        'Весна пришла <i class="emoji" style="background-image:url(x)"><b>🌱</b></i><br/>'
        'Читайте <a href="https://paper.example/?a=1&amp;amp;b=2" onclick="return confirm()">здесь</a>.'
        "<br/><br/>Второй абзац с <b>жирным</b> словом"
    )
    (item,) = read(channel(post(12, inside))).items.values()
    assert (item.key, item.url) == ("Gardener/12", "https://t.me/Gardener/12")
    assert item.title == "Весна пришла 🌱"
    assert datetime(2023, 3, 14, 6, 12, tzinfo=UTC) == item.published_at
    assert article_text(item) == "Весна пришла 🌱\nЧитайте здесь.\n\nВторой абзац с жирным словом"


def test_album_caption_with_two_nested_texts_is_read_once_and_whole() -> None:
    """The first </div> is not the end of the caption."""
    (item,) = read(channel(post(3, text(text("Подпись к альбому") + "и её конец")))).items.values()
    assert article_text(item) == "Подпись к альбому\n\nи её конец"


def test_service_messages_and_pictures_without_words_are_skipped() -> None:
    """A new photo of the channel is nobody's statement."""
    front = read(
        channel(
            post(1, text("Channel created"), service="service_message"),
            post(2, '<a class="tgme_widget_message_photo_wrap" href="#"></a>'),
            post(3, text("Слова")),
            post(4, '<div class="message_media_not_supported_wrap"><div class="message_media_not_supported">'
                    '<div class="message_media_not_supported_label">Please open Telegram</div></div></div>'),
        )
    )  # fmt: skip
    assert ["Gardener/3"] == list(front.items)
    assert front.bad == ["post Gardener/4: the preview does not show it"]


def test_reply_and_link_preview_are_not_the_authors_words() -> None:
    """What is quoted above the post, and the card below it, belong to others."""
    reply = (
        '<a class="tgme_widget_message_reply" href="https://t.me/gardener/1">'
        '<div class="tgme_widget_message_author"><span>Somebody</span></div>'
        '<div class="tgme_widget_message_text js-message_reply_text">Чужие слова</div>'
        f"{text('Старая разметка чужих слов')}</a>"
    )
    card = (
        '<a class="tgme_widget_message_link_preview"><div class="link_preview_title">Заголовок</div>'
        '<div class="link_preview_description">Описание</div></a>'
    )
    (item,) = read(channel(post(5, reply + text("Мои слова") + card))).items.values()
    assert article_text(item) == "Мои слова"


def test_forwarded_post_says_whose_it_is() -> None:
    """The origin is kept beside the text, not in it, and the extractor's name tells it apart."""
    forwarded = (
        '<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from '
        '<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/other/1">'
        "<span>Other &amp; Co</span></a></div>"
    )
    (item,) = read(channel(post(6, forwarded + text("Пересланные слова")))).items.values()
    assert item.summary == "Forwarded from Other & Co"
    assert article_text(item) == "Пересланные слова"
    source = make_source(URL, kind="telegram_channel")
    page = Page(item.url, item.url, 200, {}, (item.html or "").encode(), NOW, "")
    assert extract_article(source, item, page, NOW).extractor == "telegram forward"


def test_growing_views_are_no_edit() -> None:
    """Only the words make the fingerprint."""
    page = channel(post(7, text("Слова")))
    (before,), (after,) = read(page).items.values(), read(page.replace("5.37K", "9.99K")).items.values()
    assert before.fingerprint == after.fingerprint


def test_long_first_line_is_cut_at_a_word() -> None:
    """A title has at most 80 characters and an ellipsis."""
    line = "Очень длинная первая строка, в которой автор рассказывает о грядках и поливе до самого конца года"
    (item,) = read(channel(post(8, text(f"{line}<br/>Дальше")))).items.values()
    assert item.title == "Очень длинная первая строка, в которой автор рассказывает о грядках и поливе до…"
    assert len(item.title) <= 81


def test_newest_posts_come_first_and_are_the_ones_kept() -> None:
    """The page is oldest first; a cap cuts the old."""
    front = read(channel(*(post(n, text(f"Запись {n}")) for n in range(1, 21))), max_items=5)
    assert [f"Gardener/{n}" for n in (20, 19, 18, 17, 16)] == list(front.items)


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><div class='tgme_page'><a class='tgme_action_button_new'>View</a></div></body></html>",
        "<html></html>",
    ],
)
def test_disabled_preview_is_a_block(html: str) -> None:
    """A page without a history is a private, missing or closed channel, and never "no news"."""
    with pytest.raises(BlockedError, match="preview disabled"):
        read(html)


def test_channel_without_posts_is_empty() -> None:
    """A new channel, or a search that found nothing, is allowed."""
    assert read(channel('<div class="tme_no_messages_found">No posts found</div>')).items == {}


async def test_posts_need_no_second_request(
    server: Server, make_collector: Callable[..., HttpCollector]
) -> None:
    """The page of a post is made of its own markup, with its own hash."""
    server.routes["/s/gardener"] = Reply(channel(post(9, text("Слова &amp; дела"))).encode())
    collector, source = make_collector(), make_source(server.url("/s/gardener"), kind="telegram_channel")
    (item,) = (await collector.discover(source, Validators())).items
    page = await collector.fetch(source, item)
    assert server.paths() == ["/s/gardener"]
    assert extract_article(source, item, page, NOW).text == "Слова & дела"
