"""A process that is killed anywhere between an edit and its alert: nothing is lost or told twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.domain.alerts import AlertKind
from monitor.domain.changes import ChangeKind
from monitor.pipeline.revisit import record_changes
from storage import open_store
from tests.changes.site import HARSH, MILD, PLAN, Watch, kinds
from tests.collect.loopback import Reply


def reopen(watch: Watch, file: Path) -> None:
    """Let the process end and another one begin: only what was saved is left."""
    watch.store.close()
    watch.store = open_store(f"sqlite:///{file}", watch.time.now())


@pytest.fixture
async def kept(watch: Watch, tmp_path: Path) -> Watch:
    """Collect an article into a store in a file."""
    reopen(watch, tmp_path / "store.db")
    watch.site.publish(1, HARSH)
    await watch.collect()
    return watch


async def test_edit_is_told_once_though_the_process_dies_after_each_step(kept: Watch, tmp_path: Path) -> None:
    """Saved, assessed, compared, decided: each step begins where the one before it ended."""
    file = tmp_path / "store.db"
    kept.site.publish(1, MILD)
    await kept.look_again(hours=1.3)
    reopen(kept, file)
    kept.assess()
    reopen(kept, file)
    assert 1 == record_changes(kept.store.changes)
    reopen(kept, file)
    assert [AlertKind.SOFTENED] == kinds(kept.decide())
    reopen(kept, file)
    assert [] == kept.understand()
    assert [ChangeKind.SOFTENED] == kept.happened()
    subjects = [d.subject for d in kept.store.outbox.claim("console", kept.time.now(), 10)]
    assert 1 == len(subjects)  # at most one message is on its way to a recipient at a time
    kept.store.close()


async def test_deletion_is_told_once_though_the_process_dies_between_two_looks(
    kept: Watch, tmp_path: Path
) -> None:
    """The first look is remembered, and so is what was taken down."""
    file = tmp_path / "store.db"
    kept.site.instead[1] = Reply(status=404)
    await kept.look_again(hours=1.3)
    reopen(kept, file)
    assert 1 == (await kept.look_again(minutes=31)).removed
    reopen(kept, file)
    assert [AlertKind.REMOVED] == kinds(kept.understand())
    reopen(kept, file)
    assert [] == kept.understand()
    kept.store.close()


async def test_edit_saved_but_not_settled_is_looked_at_again_without_harm(
    kept: Watch, tmp_path: Path
) -> None:
    """A kill right after the revision was saved repeats the visit, which finds nothing new."""

    class Killed(BaseException):
        """Stands for a kill: no handler of ours sees it."""

    class Dying:
        """A schedule that the process does not live to write."""

        def __getattr__(self, name: str) -> object:
            if name == "save":
                raise Killed
            return getattr(kept.store.revisits, name)

    kept.site.publish(1, MILD)
    revisitor = kept.revisitor()
    kept.time.moment += 1.3 * 3600
    dying = type(revisitor)(
        revisitor.collector,
        revisitor.extract,
        kept.store.articles,
        Dying(),  # type: ignore[arg-type]
        kept.time.now,
    )
    with pytest.raises(Killed):
        await dying.revisit_due([kept.source], PLAN)
    reopen(kept, tmp_path / "store.db")
    report = await kept.look_again()
    assert (1, 0) == (report.visited, report.edited)
    assert [AlertKind.SOFTENED] == kinds(kept.understand())
    kept.store.close()
