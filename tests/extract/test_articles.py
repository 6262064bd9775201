"""Pages of every known structure become clean articles, and what is no article becomes an error."""

from __future__ import annotations

import contextlib
import time
from datetime import UTC, datetime

import pytest

from monitor.domain.source import ArticleSelectors
from monitor.errors import ExtractionError
from tests.budget import allow_seconds
from tests.extract.pages import (
    KOMMERSANT,
    KOMMERSANT_SELECTORS,
    KREMLIN,
    KREMLIN_SELECTORS,
    MINISTRY,
    MINISTRY_SELECTORS,
    NOW,
    PLAIN,
    RIA,
    RIA_SELECTORS,
    TASS,
    TASS_SELECTORS,
    URL,
    extract,
    make_item,
    make_source,
)

SENTENCE = "Достаточно длинное предложение, чтобы страница сошла за статью. "


def test_transcript_keeps_speaker_labels_at_paragraph_starts() -> None:
    """Labels are parted from the words, tooltips and the page's bottom are gone, the lead comes first."""
    article = extract(KREMLIN, selectors=KREMLIN_SELECTORS)
    assert article.title == "Совещание о лесном хозяйстве"
    assert article.text.split("\n\n") == [
        "Состоялось совещание о развитии лесного хозяйства.",
        "Стенографический отчёт",
        "И.Соснин: Добрый день, коллеги!",
        "Начнём с отчёта за зиму.",
        "А.Берёзкин: Спасибо. Посадки идут по плану.",
        "Второй абзац того же выступающего.",
    ]
    assert article.extractor == "selectors"
    assert (article.key, article.url, article.page_sha256, article.first_seen_at) == ("k1", URL, "f00d", NOW)


def test_briefing_loses_its_table_of_contents() -> None:
    """What links only to the page itself, scripts, menus and asides are not text."""
    article = extract(MINISTRY, selectors=MINISTRY_SELECTORS)
    assert article.title == "Брифинг о рыболовстве"
    assert article.text.split("\n\n") == [
        "О лососе",
        "Представитель ведомства рассказал, как идёт подготовка к сезону на севере.",
        "Из ответов на вопросы:",
        "Вопрос: Будут ли квоты?",
        "Ответ: Будут.",
    ]
    assert datetime(2023, 3, 13, 15, 5, tzinfo=UTC) == article.published_at


def test_agency_page_gives_blocks_of_text_and_quotations_in_order() -> None:
    """Captions, related news and the machine's summary stay out."""
    article = extract(RIA, selectors=RIA_SELECTORS)
    assert article.text.split("\n\n") == [
        "Гидрологи рассказали о ледоходе на северных реках",
        "ЗАРЕЧЬЕ, 13 мар — Агентство. Ледоход на северных реках начался на неделю раньше, сказали гидрологи.",
        "«Лёд тонкий», — сказал он.",
        "Вода поднимется к концу месяца.",
    ]
    assert datetime(2023, 3, 13, 15, 20, tzinfo=UTC) == article.published_at


def test_lead_that_the_body_repeats_behind_a_dateline_is_not_doubled() -> None:
    """The dateline is no difference; the title comes from the feed where no selector names it."""
    article = extract(TASS, selectors=TASS_SELECTORS, item=make_item(title="Harvest begins"))
    assert article.title == "Harvest begins"
    assert article.text.split("\n\n") == [
        "ZARECHYE, March 13. /AGENCY/. The harvest has begun in the south, officials said.",
        "Fields are dry this year.",
        "Yields are expected to grow.",
    ]
    assert datetime(2023, 3, 13, 12, 4, 5, tzinfo=UTC) == article.published_at


def test_paragraphs_selected_one_by_one_are_joined() -> None:
    """No-break spaces become spaces, soft hyphens go."""
    article = extract(KOMMERSANT, selectors=KOMMERSANT_SELECTORS)
    assert article.title == "Мост откроют в июне"
    assert article.text.startswith("Мост через реку откроют в июне.\n\nРаботы идут с опережением, рассказал")
    assert datetime(2023, 3, 13, 18, 15, tzinfo=UTC) == article.published_at


def test_page_without_selectors_is_read_generically() -> None:
    """Menus and footers stay out; the title is the feed's, or else the page's own."""
    article = extract(PLAIN)
    assert article.extractor == "generic"
    assert article.title == "Заголовок ленты"
    assert "праздник урожая, в котором участвовали" in article.text
    assert len(article.text.split("\n\n")) == 3
    assert "Спорт" not in article.text
    assert "права" not in article.text
    assert datetime(2023, 3, 13, 4, 0, tzinfo=UTC) == article.published_at
    assert extract(PLAIN, item=make_item(title="")).title == "Праздник урожая прошёл в городе"


def test_redesigned_page_is_read_generically_and_says_so() -> None:
    """A body selector that finds nothing shows in the extractor's name."""
    article = extract(PLAIN, selectors=ArticleSelectors(body="div.gone"))
    assert article.extractor == "generic, selectors found nothing"
    assert "праздник урожая" in article.text


def test_text_that_only_linked_data_has_is_found() -> None:
    """Pages built by scripts carry their text in JSON-LD alone."""
    body = SENTENCE * 10
    html = f"""<html><head><script type="application/ld+json">{{"@graph":[{{"@type":["Article"],
    "headline":"H","articleBody":"{body}"}}]}}</script></head><body><div id="root"></div></body></html>"""
    article = extract(html)
    assert (article.extractor, article.text) == ("json-ld", body.strip())


def test_feed_entry_with_full_text_is_read_without_a_page() -> None:
    """Title, lead and body all come from the entry, and configured nodes are dropped in it too."""
    html = "<p>Введение.</p><p><b>И.Соснин:</b> Добрый<span class='read__tooltip'>x</span> день!</p>"
    item = make_item(html=html, summary="Лид заметки.")
    article = extract(html, item=item, source=make_source(article=KREMLIN_SELECTORS, full_text_in_feed=True))
    assert article.text == "Лид заметки.\n\nВведение.\n\nИ.Соснин: Добрый день!"
    assert article.extractor == "entry"
    assert item.published_at == article.published_at


def test_text_is_clean() -> None:
    """Invisible characters go, letters are composed, tags inside text stay harmless words."""
    html = (
        "<div class=b><p>Со\u200bвсем\u202e обыч\u00adный й текст\x07, \ufeffдлинный и чистый</p>"
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p></div>"
    )
    article = extract(html.encode("utf-8", "ignore"), selectors=ArticleSelectors(body=".b"))
    assert article.text.split("\n\n")[0].startswith("Совсем обычный й текст, длинный и чистый")
    assert article.text.endswith("<script>alert(1)</script>")


@pytest.mark.parametrize("code", ["utf-8", "windows-1251", "koi8-r", "utf-16"])
@pytest.mark.parametrize("label", ["utf-8", "windows-1251", "koi8-r"])
def test_article_is_the_same_in_every_code_under_every_label(code: str, label: str) -> None:
    """Neither meta tag nor header need be true."""
    page = MINISTRY.replace('charset="utf-8"', f'charset="{label}"')
    article = extract(
        page.encode(code), selectors=MINISTRY_SELECTORS, content_type=f"text/html; charset={label}"
    )
    assert extract(MINISTRY, selectors=MINISTRY_SELECTORS).text == article.text


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (
            "<html><head><title>404 Not Found</title></head><body><p>Sorry.</p></body></html>",
            "not found|no text",
        ),
        ("<html><body><h1>Страница не найдена</h1><p>" + SENTENCE + "</p></body></html>", "was not found"),
        (
            "<html><head><title>Материал удалён</title></head><body><p>"
            + SENTENCE * 2
            + "</p></body></html>",
            "found",
        ),
        ("<html><body></body></html>", "no text"),
        ("", "no text"),
        ("<html><body><p>.</p></body></html>", "no text"),
    ],
)
def test_page_that_is_no_article_is_refused(html: str, reason: str) -> None:
    """Soft 404 and empty pages are not stored."""
    with pytest.raises(ExtractionError, match=reason):
        extract(html)


def test_too_short_text_is_refused_with_a_hint() -> None:
    """A selector that catches a crumb of the page is to be mended."""
    with pytest.raises(
        ExtractionError, match=r"only 8 characters of text were found; check \[source\.article\]"
    ):
        extract("<div class=b>Подробно</div>", selectors=ArticleSelectors(body=".b"))


def test_article_about_a_search_is_no_soft_404() -> None:
    """Somebody who was not found is news."""
    html = f"<h1>Пропавший турист не найден</h1><div class=b>{SENTENCE}</div>"
    assert extract(html, selectors=ArticleSelectors(body=".b")).text == SENTENCE.strip()


def test_page_that_leads_to_the_front_page_is_refused() -> None:
    """A removed article often redirects home."""
    with pytest.raises(ExtractionError, match="front page"):
        extract(PLAIN, final_url="https://site.example/")


def test_invalid_selector_names_the_source() -> None:
    """The operator learns which source to mend."""
    with pytest.raises(ExtractionError, match="source site: a selector is not valid CSS"):
        extract(PLAIN, selectors=ArticleSelectors(body="div[["))


@pytest.mark.parametrize(
    "flood",
    ["<div>" * 200_000, "<div><b>" * 100_000, "<p>x" * 200_000, "<" * 1_000_000, "<table><tr><td>" * 30_000,
     "<script type='application/ld+json'>" + "[" * 200_000 + "</script>"],
)  # fmt: skip
def test_hostile_page_is_read_in_time(flood: str) -> None:
    """What stands before the flood is read by selectors; generic reading ends in time too."""
    started = time.process_time()
    html = f"<html><body><div class=b><p>{SENTENCE}</p></div>{flood}"
    assert extract(html, selectors=ArticleSelectors(body=".b")).text == SENTENCE.strip()
    assert time.process_time() - started < allow_seconds(5)
    with contextlib.suppress(ExtractionError):
        extract(html)
    assert time.process_time() - started < allow_seconds(10)
