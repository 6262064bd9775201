"""A site that edits, deletes, restores and goes down, read again over HTTP."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.domain.alerts import AlertKind
from monitor.domain.article import CaptureRole
from monitor.domain.changes import ChangeKind
from monitor.domain.source import ArticleSelectors
from monitor.pipeline.revisit import PER_SOURCE, RevisitReport
from tests.changes.site import (
    AROUND_EN,
    HARSH,
    HARSH_EN,
    MILD,
    MILD_EN,
    NOT_FOUND,
    NewsSite,
    Watch,
    kinds,
    page,
)
from tests.collect.loopback import Reply

GONE = [Reply(status=404), Reply(status=410), NOT_FOUND, Reply(status=302, headers={"Location": "/"})]


@pytest.fixture(autouse=True)
def front_page(site: NewsSite) -> None:
    """Give the site a front page, to which it may lead what it took down."""
    site.server.routes["/"] = page(
        "Главная", ["Все новости нашего города и всей страны за сегодня, подробно."]
    )


async def test_unchanged_article_is_read_again_at_its_times_and_stays_as_it_is(watch: Watch) -> None:
    """Three visits, no revision, no change, no alert; and then it is left alone."""
    watch.site.publish(1, HARSH)
    await watch.collect()
    reports = [await watch.look_again(hours=hours) for hours in (1.3, 6, 24, 100)]
    assert [1, 1, 1, 0] == [report.visited for report in reports]
    assert [] == watch.understand()
    assert ([], 1) == (watch.happened(), len(watch.versions().revisions))


async def test_article_is_not_read_again_before_its_time(watch: Watch) -> None:
    """Nor by every round after it."""
    watch.site.publish(1, HARSH)
    await watch.collect()
    assert 0 == (await watch.look_again(minutes=59)).visited
    assert 1 == (await watch.look_again(minutes=14)).visited
    assert 0 == (await watch.look_again(minutes=5)).visited


async def test_edit_that_the_feed_does_not_show_is_found_and_told_as_softened(watch: Watch) -> None:
    """The statement before and after, with the hashes of both archived pages."""
    watch.site.publish(1, HARSH)
    assert [AlertKind.STATEMENT] == kinds(await watch.collect())
    watch.site.publish(1, MILD)
    assert RevisitReport(visited=1, edited=1) == await watch.look_again(hours=1.3)
    (alert,) = watch.understand()
    assert alert.former is not None
    assert (AlertKind.SOFTENED, HARSH, MILD) == (
        alert.kind,
        alert.former.assessment.statement.text,
        alert.finding.assessment.statement.text,
    )
    assert alert.evidence is not None
    assert alert.evidence.new is not None
    for copy in (alert.evidence.old, alert.evidence.new):
        assert watch.store.articles.page(copy.page_sha256) is not None
    assert alert.evidence.new.seen_at == watch.time.now() == alert.evidence.seen_at
    assert [ChangeKind.SOFTENED] == watch.happened()


async def test_english_edit_is_told_as_sharpened_and_not_a_second_time_as_said(watch: Watch) -> None:
    """A neutral sentence turned hostile is one piece of news, in this revision and in the next."""
    watch.site.publish(1, MILD_EN, "Statement of the ministry", AROUND_EN)
    assert [] == await watch.collect()
    watch.site.publish(1, HARSH_EN, "Statement of the ministry", AROUND_EN)
    await watch.look_again(hours=1.3)
    assert [AlertKind.SHARPENED] == kinds(watch.understand())
    watch.site.publish(1, HARSH_EN, "Statement of the ministry, updated", AROUND_EN)
    await watch.look_again(hours=6)
    assert [] == watch.understand()
    assert 3 == len(watch.versions().revisions)


async def test_statement_that_stays_is_not_told_again_with_the_next_revision(watch: Watch) -> None:
    """The alert of the first text stands for it."""
    watch.site.publish(1, HARSH)
    await watch.collect()
    watch.site.publish(1, HARSH, "Новости дня")
    await watch.look_again(hours=1.3)
    assert [] == watch.understand()
    assert [ChangeKind.EDITED] == watch.happened()


@pytest.mark.parametrize("gone", GONE, ids=["404", "410", "soft 404", "leads home"])
async def test_deleted_article_is_told_once_after_a_second_look(watch: Watch, gone: Reply) -> None:
    """However the site says that it is gone."""
    watch.site.publish(1, HARSH)
    await watch.collect()
    watch.site.instead[1] = gone
    assert RevisitReport(visited=1) == await watch.look_again(hours=1.3)
    assert [] == watch.understand()
    assert RevisitReport(visited=1, removed=1) == await watch.look_again(minutes=31)
    (alert,) = watch.understand()
    assert alert.evidence is not None
    assert (AlertKind.REMOVED, None) == (alert.kind, alert.evidence.new)
    await watch.look_again(hours=6)
    assert [] == watch.understand()
    assert watch.versions().is_gone


async def test_article_that_comes_back_is_restored(watch: Watch) -> None:
    """It is recorded; taken down again it raises no second alert."""
    watch.site.publish(1, HARSH)
    await watch.collect()
    watch.site.instead[1] = Reply(status=404)
    await watch.look_again(hours=1.3)
    await watch.look_again(minutes=31)
    assert [AlertKind.REMOVED] == kinds(watch.understand())
    del watch.site.instead[1]
    assert RevisitReport(visited=1, restored=1) == await watch.look_again(hours=6)
    watch.site.instead[1] = Reply(status=404)
    await watch.look_again(hours=24)
    await watch.look_again(minutes=31)
    assert [] == watch.understand()
    assert [ChangeKind.REMOVED, ChangeKind.RESTORED, ChangeKind.REMOVED] == watch.happened()


async def test_article_that_was_away_for_a_moment_was_never_gone(watch: Watch) -> None:
    """The second look finds it."""
    watch.site.publish(1, HARSH)
    await watch.collect()
    watch.site.instead[1] = Reply(status=404)
    await watch.look_again(hours=1.3)
    del watch.site.instead[1]
    assert RevisitReport(visited=1) == await watch.look_again(minutes=31)
    assert ([], []) == (watch.understand(), watch.happened())


TROUBLES = [
    Reply(status=500),
    Reply(status=403),
    Reply(b"<html><head><title>Just a moment</title></head><body></body></html>"),
    Reply(b"<html><body><div class='new-layout'></div></body></html>"),
    Reply(b"\x1f\x8b broken", headers={"Content-Encoding": "gzip"}),
]


@pytest.mark.parametrize("trouble", TROUBLES, ids=["5xx", "403", "anti-bot", "no text", "broken body"])
async def test_trouble_is_never_taken_for_a_deletion(watch: Watch, trouble: Reply) -> None:
    """Of a page that cannot be read nothing is known."""
    watch.site.publish(1, HARSH)
    await watch.collect()
    watch.site.instead[1] = trouble
    for hours in (1.3, 6, 24):
        report = await watch.look_again(hours=hours)
        assert (1, 0) == (report.unclear, report.removed)
    assert ([], []) == (watch.understand(), watch.happened())


async def test_server_that_does_not_answer_is_never_taken_for_a_deletion(watch: Watch) -> None:
    """Nobody listens at the port any more."""
    watch.site.publish(1, HARSH)
    await watch.collect()
    await watch.site.server.stop()
    assert RevisitReport(visited=1, unclear=1) == await watch.look_again(hours=1.3)
    assert [] == watch.happened()


async def test_site_that_answers_404_for_everything_takes_nothing_down(watch: Watch) -> None:
    """Held back while it lasts, and forgotten when the pages are there again."""
    for number in range(1, 9):
        watch.site.publish(number, HARSH.replace("овощи", f"товары {number} группы"))
    await watch.collect()
    watch.site.everywhere = Reply(status=404)
    for hours in (1.3, 0.6, 0.6):
        assert 0 == (await watch.look_again(hours=hours)).removed
    watch.site.everywhere = None
    await watch.look_again(hours=0.6)
    assert [] == watch.understand()
    assert [] == [change for number in range(1, 9) for change in watch.happened(number)]


async def test_first_absence_of_a_site_that_is_down_is_not_confirmed(watch: Watch) -> None:
    """Before enough articles were looked at to tell an outage by their number, another one tells it."""
    watch.site.publish(1, HARSH)
    await watch.collect()
    await watch.look_again(hours=1.3)
    watch.site.publish(2, HARSH.replace("овощи", "фрукты"))
    await watch.collect()
    watch.site.everywhere = NOT_FOUND
    for hours in (4.0, 0.6, 0.6):
        assert 0 == (await watch.look_again(hours=hours)).removed
    watch.site.everywhere = None
    watch.site.instead[1] = NOT_FOUND
    await watch.look_again(hours=24)
    assert 1 == (await watch.look_again(minutes=31)).removed
    assert ([ChangeKind.REMOVED], []) == (watch.happened(1), watch.happened(2))


async def test_few_deletions_among_articles_that_stay_are_deletions(watch: Watch) -> None:
    """Each of them is told."""
    for number in range(1, 9):
        watch.site.publish(number, HARSH.replace("овощи", f"товары {number} группы"))
    await watch.collect()
    watch.site.instead |= {number: Reply(status=404) for number in (2, 5, 7)}
    await watch.look_again(hours=1.3)
    assert 3 == (await watch.look_again(minutes=31)).removed
    assert [AlertKind.REMOVED] * 3 == kinds(watch.understand())


async def test_layout_that_changed_is_no_edit(watch: Watch) -> None:
    """Where selectors find nothing any more the generic extractor's text is not compared."""
    watch.site.publish(1, HARSH)
    await watch.collect()
    watch.site.body_class = "text-2024"
    assert RevisitReport(visited=1, unclear=1) == await watch.look_again(hours=1.3)
    assert 1 == len(watch.versions().revisions)


async def test_other_selectors_are_no_edit(watch: Watch) -> None:
    """The old page read with them says the same as today's; an edit is still found."""
    watch.site.publish(1, HARSH)
    await watch.collect()
    watch.source = replace(watch.source, article=ArticleSelectors(title="h1", body="div.body p:first-child"))
    assert RevisitReport(visited=1) == await watch.look_again(hours=1.3)
    assert 1 == len(watch.versions().revisions)
    watch.site.publish(1, MILD)
    assert 1 == (await watch.look_again(hours=6)).edited


async def test_edits_all_over_a_site_are_recorded_and_not_told(watch: Watch) -> None:
    """A new template that drops a line from every page is no newsroom that takes back its words."""
    for number in range(1, 5):
        watch.site.publish(number, HARSH.replace("овощи", f"товары {number} группы"))
    await watch.collect()
    for number in range(1, 5):
        watch.site.publish(number, "В среду в городе было солнечно, осадков не ожидается до выходных.")
    assert 4 == (await watch.look_again(hours=1.3)).edited
    assert [] == watch.understand()
    assert [ChangeKind.REMOVED] == watch.happened(1)


async def test_source_may_keep_its_articles_from_being_read_again(watch: Watch) -> None:
    """By its configuration; and a source that is switched off is left alone."""
    watch.site.publish(1, HARSH)
    await watch.collect()
    for changed in (replace(watch.source, revisit=False), replace(watch.source, enabled=False)):
        watch.source = changed
        assert RevisitReport() == await watch.look_again(hours=1.3)


async def test_one_round_reads_a_few_articles_of_a_source_and_the_next_goes_on(watch: Watch) -> None:
    """The host has its rest and other sources their turn."""
    for number in range(1, PER_SOURCE + 4):
        watch.site.publish(number, HARSH.replace("овощи", f"товары {number} группы"))
    await watch.collect()
    assert [PER_SOURCE, 3] == [(await watch.look_again(hours=hours)).visited for hours in (1.3, 0)]


async def test_host_that_asks_to_be_left_alone_is(watch: Watch) -> None:
    """The round ends for it, and its articles wait as long as it asked."""
    for number in (1, 2):
        watch.site.publish(number, HARSH.replace("овощи", f"товары {number} группы"))
    await watch.collect()
    watch.site.everywhere = Reply(status=429, headers={"Retry-After": "7200"})
    assert RevisitReport() == await watch.look_again(hours=1.3)
    asked = len(watch.site.server.paths())
    assert RevisitReport() == await watch.look_again(hours=1.5)
    assert asked == len(watch.site.server.paths())
    watch.site.everywhere = None
    assert 2 == (await watch.look_again(hours=0.6)).visited


async def test_later_look_is_archived_as_one(watch: Watch) -> None:
    """The capture says in which part the answer was seen."""
    watch.site.publish(1, HARSH)
    await watch.collect()
    watch.site.publish(1, MILD)
    await watch.look_again(hours=1.3)
    sha = watch.versions().revisions[1].copy.page_sha256
    captures = [c for c in watch.store.archive.captures(None, None) if c.page.sha256 == sha]
    assert [CaptureRole.REVISIT] == [capture.role for capture in captures]
