"""A judged statement is found again in the archived bytes, or it is said why not."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from monitor.domain.archive import Retention
from monitor.domain.article import CaptureRole, FeedItem, Page
from monitor.domain.source import ArticleSelectors, Source
from monitor.domain.stance import Tier
from monitor.domain.statement import HEADLINE, Statement
from monitor.extract import extract_article
from monitor.pipeline.archive import prune_archive
from monitor.pipeline.proof import Proof, Verdict, prove_statement
from storage import Store
from storage.captures import pack
from tests.builders import NOON, make_assessment

URL = "https://example.org/1"
SAID = "Министр пригрозил Армении пошлинами на рыбу."
MARKUP = f"""<html><head><title>Рыба</title></head><body><div class="menu">Меню</div><h1>Рыба подорожает</h1>
<div class="text"><p>Утром прошло совещание о рыбе и тарифах.</p><p>{SAID}</p></div></body></html>"""
SOURCE = Source(
    "agency",
    "Agency",
    "rss",
    "https://example.org/rss",
    "russia",
    Tier.OUTLET,
    ("ru",),
    article=ArticleSelectors(title="h1", body=".text"),
)
ITEM = FeedItem("agency", "1", URL, "Рыба подорожает", NOON)


def make_page(body: bytes, **changes: object) -> Page:
    """Return the page of the article."""
    headers = {"content-type": "text/html; charset=utf-8"}
    values: dict[str, object] = {
        "url": URL,
        "final_url": URL,
        "status": 200,
        "headers": headers,
        "body": body,
        "fetched_at": NOON,
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    return Page(**{**values, **changes})


def judge(
    store: Store, page: Page, said: str = SAID, *, item: FeedItem = ITEM, source: Source = SOURCE
) -> int:
    """Save the page's article and a judgement of one of its statements; return the finding's number."""
    article = extract_article(source, item, page, NOON)
    store.articles.save(item, article, page, source.outlet)
    start = HEADLINE if said == article.title else article.text.index(said)
    end = HEADLINE if said == article.title else start + len(said)
    assessment = make_assessment(text=said)
    statement = Statement(0, start, end, said, "ru")
    (saved,) = store.findings.unassessed(1)
    store.findings.save(saved, "ru", None, (), [replace(assessment, statement=statement)], NOON)
    return store.findings.undecided(10)[-1].id


def prove(store: Store, number: int, source: Source = SOURCE) -> Proof:
    """Return what the archive says of a finding under a source's configuration."""
    proof = prove_statement(store.archive, {source.id: source}, extract_article, number, NOON)
    assert proof is not None
    return proof


def test_statement_stands_where_it_stood(store: Store) -> None:
    """The same bytes under the same configuration; its place in the bytes is told too."""
    proof = prove(store, judge(store, make_page(MARKUP.encode())))
    assert Verdict.CONFIRMED is proof.verdict
    assert (proof.start, proof.byte) == (
        proof.evidence.text.index(SAID),
        MARKUP.encode().index(SAID.encode()),
    )


def test_bytes_in_an_old_charset_are_searched_too(store: Store) -> None:
    """Old sites write windows-1251."""
    page = make_page(MARKUP.encode("cp1251"), headers={"content-type": "text/html; charset=windows-1251"})
    proof = prove(store, judge(store, page))
    assert (Verdict.CONFIRMED, MARKUP.index(SAID)) == (proof.verdict, proof.byte)


def test_statement_that_markup_parts_is_found_by_its_first_words(store: Store) -> None:
    """A link in the middle of a sentence is no doubt about it."""
    parted = MARKUP.replace("пошлинами на рыбу", '<a href="/tag">пошлинами</a> на рыбу')
    proof = prove(store, judge(store, make_page(parted.encode())))
    assert (Verdict.CONFIRMED, parted.encode().index(b"\xd0\x9c\xd0\xb8\xd0\xbd\xd0\xb8")) == (
        proof.verdict,
        proof.byte,
    )


def test_headline_is_compared_with_the_title(store: Store) -> None:
    """Headlines are statements as well."""
    proof = prove(store, judge(store, make_page(MARKUP.encode()), "Рыба подорожает"))
    assert (Verdict.CONFIRMED, HEADLINE) == (proof.verdict, proof.start)


def test_other_configuration_may_move_a_statement_or_lose_it(store: Store) -> None:
    """Selectors change; what was judged stays provable by its stored text and bytes."""
    number = judge(store, make_page(MARKUP.encode()))
    wider = replace(SOURCE, article=ArticleSelectors(body=".menu, .text"))
    assert Verdict.MOVED is prove(store, number, wider).verdict
    narrower = replace(SOURCE, article=ArticleSelectors(body=".text", drop=("p:last-child",), title="h1"))
    proof = prove(store, number, narrower)
    assert (Verdict.NOT_FOUND, None, SAID) == (
        proof.verdict,
        proof.start,
        proof.evidence.finding.assessment.statement.text,
    )


def test_page_of_which_no_article_can_be_made_any_more_says_why(store: Store) -> None:
    """Also where the source was taken out of the configuration."""
    number = judge(store, make_page(MARKUP.encode()))
    broken = replace(SOURCE, article=ArticleSelectors(body=".text", drop=("body > *",)))
    proof = prove(store, number, broken)
    assert Verdict.UNREADABLE is proof.verdict
    assert "no text" in proof.reason or "characters" in proof.reason
    gone = prove_statement(store.archive, {}, extract_article, number, NOON)
    assert gone is not None
    assert (Verdict.UNREADABLE, True) == (gone.verdict, "no longer in the configuration" in gone.reason)


def test_post_is_proven_by_its_text_and_leads_to_its_front(store: Store) -> None:
    """A channel's post was never a page; the preview that showed it was."""
    source = replace(SOURCE, kind="telegram_channel", article=ArticleSelectors())
    front = make_page(f"<html><i>{SAID}</i></html>".encode(), url=SOURCE.url)
    store.articles.archive("agency", front, CaptureRole.FRONT)
    html = f"<div><p>Утром прошло совещание.</p><p>{SAID}</p></div>"
    page = make_page(html.encode(), front=front.sha256)
    proof = prove(store, judge(store, page, item=replace(ITEM, html=html), source=source), source)
    assert Verdict.CONFIRMED is proof.verdict
    assert proof.evidence.front is not None
    assert front == proof.evidence.front.page


def test_altered_and_pruned_bytes_prove_nothing(store: Store) -> None:
    """The one is damage, the other a rule's doing."""
    number = judge(store, make_page(MARKUP.encode()))
    with store.database.write() as connection:
        connection.execute(text("UPDATE pages SET body = :body"), {"body": pack(b"other")})
    assert Verdict.ALTERED is prove(store, number).verdict
    prune_archive(store.archive, NOON + timedelta(days=9), Retention(articles=timedelta(days=1)))
    assert Verdict.PRUNED is prove(store, number).verdict


def test_finding_that_is_not_there_has_no_proof(store: Store) -> None:
    """A number that nothing bears."""
    assert prove_statement(store.archive, {}, extract_article, 9, NOON) is None
