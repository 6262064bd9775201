"""Posts of a channel that are edited, deleted and put back, seen in its preview."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from monitor.domain.alerts import AlertKind
from monitor.domain.changes import ChangeKind
from tests.changes.site import AROUND, HARSH, MILD, PLAN, Watch, kinds
from tests.collect.loopback import Reply, make_source
from tests.collect.test_telegram_preview import channel, post, text


@pytest.fixture
def preview(watch: Watch) -> Watch:
    """Turn the watch to a channel's preview."""
    url = watch.site.server.url("/s/gardener")
    watch.source = make_source(url, id="channel", outlet="Channel", kind="telegram_channel")
    return watch


def show(watch: Watch, numbers: Iterable[int], **said: str) -> None:
    """Let the preview show these posts; `p7` is what post 7 says."""
    posts = [
        post(n, text(said.get(f"p{n}", f"{HARSH} Запись {n}, дополнение {n * 7}. {AROUND[1]}")))
        for n in numbers
    ]
    watch.site.server.routes["/s/gardener"] = Reply(channel(*posts).encode())


async def visit(watch: Watch) -> list[AlertKind]:
    """Visit the channel a minute later and return the kinds of alerts."""
    watch.time.moment += 60
    return kinds(await watch.collect())


def happened(watch: Watch, number: int) -> list[ChangeKind]:
    """Return what happened to a post."""
    (versions,) = watch.store.changes.versions(f"https://t.me/Gardener/{number}")
    return [changed.change.kind for changed in versions.changes]


async def test_post_that_is_shown_no_more_between_others_is_told_at_the_second_visit(preview: Watch) -> None:
    """Once; and what is older than the preview's first post is no deletion."""
    show(preview, range(1, 9))
    await visit(preview)
    show(preview, [3, 4, 6, 7, 8])
    assert [] == await visit(preview)
    assert [AlertKind.REMOVED] == await visit(preview)
    assert [] == await visit(preview)
    assert [ChangeKind.REMOVED] == happened(preview, 5)
    assert [] == happened(preview, 1)


async def test_post_that_was_missing_for_one_visit_was_never_gone(preview: Watch) -> None:
    """A preview that is rebuilt shows gaps."""
    show(preview, range(1, 9))
    await visit(preview)
    for shown in ([1, 2, 3, 4, 6, 7, 8], range(1, 9), [1, 2, 3, 4, 6, 7, 8]):
        show(preview, shown)
        assert [] == await visit(preview)
    assert [] == happened(preview, 5)


async def test_post_that_comes_back_is_restored(preview: Watch) -> None:
    """It is recorded and raises no alert."""
    show(preview, range(1, 9))
    await visit(preview)
    show(preview, [1, 2, 3, 4, 6, 7, 8])
    await visit(preview)
    await visit(preview)
    show(preview, range(1, 9))
    assert [] == await visit(preview)
    assert [ChangeKind.REMOVED, ChangeKind.RESTORED] == happened(preview, 5)


async def test_preview_with_most_posts_missing_takes_nothing_down(preview: Watch) -> None:
    """However often it is seen."""
    show(preview, range(1, 9))
    await visit(preview)
    show(preview, [1, 8])
    for _ in range(3):
        assert [] == await visit(preview)
    assert [] == [change for number in range(1, 9) for change in happened(preview, number)]


async def test_edited_post_is_told_as_softened(preview: Watch) -> None:
    """The preview itself shows the other text."""
    show(preview, range(1, 4))
    await visit(preview)
    show(preview, range(1, 4), p2=f"{MILD} Запись 2, дополнение 14. {AROUND[1]}")
    assert [AlertKind.SOFTENED] == await visit(preview)
    assert [ChangeKind.SOFTENED] == happened(preview, 2)


@pytest.mark.parametrize("gap", ["unreadable", "unwanted"])
async def test_post_that_the_visit_tells_nothing_of_is_not_missing(preview: Watch, gap: str) -> None:
    """One that only the app shows, or that the configuration does not want any more."""
    show(preview, range(1, 9))
    await visit(preview)
    if gap == "unwanted":
        preview.source = replace(preview.source, exclude=("/5$",))
    else:
        unsupported = '<div class="message_media_not_supported">Please open Telegram</div>'
        posts = [post(n, unsupported if n == 5 else text(f"{HARSH} Запись {n}.")) for n in range(1, 9)]
        preview.site.server.routes["/s/gardener"] = Reply(channel(*posts).encode())
    for _ in range(3):
        await visit(preview)
    assert [] == [change for change in happened(preview, 5) if change is ChangeKind.REMOVED]


async def test_posts_are_never_asked_for_one_by_one(preview: Watch) -> None:
    """The preview tells of all of them."""
    show(preview, range(1, 4))
    await visit(preview)
    asked = len(preview.site.server.paths())
    report = await preview.look_again(hours=30)
    assert (0, asked) == (report.visited, len(preview.site.server.paths()))
    assert 0 == preview.store.revisits.plan(PLAN, preview.time.now())
