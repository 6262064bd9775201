"""Persistence: one file per aggregate over one database, opened here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage import telling_tables as _telling_tables  # noqa: F401 - its tables belong to the same metadata
from storage import watch_tables as _watch_tables  # noqa: F401 - likewise
from storage.alerts import Alerts
from storage.archive import Archive
from storage.articles import Articles
from storage.audit import Audit
from storage.backfills import Backfills
from storage.broadcasts import Broadcasts
from storage.changes import Changes
from storage.chats import Chats
from storage.digests import Digests
from storage.drafts import Drafts
from storage.engine import Database, open_database
from storage.fates import Fates
from storage.feeds import Feeds
from storage.findings import Findings
from storage.firsts import Firsts
from storage.held import HeldAlerts
from storage.history import History
from storage.leases import Leases
from storage.messages import Messages
from storage.migrate import bring_up_to_date
from storage.notices import Notices
from storage.outbox import Outbox
from storage.personal import PersonalData
from storage.polling import Polls
from storage.preferences import PreferencesStore
from storage.revisits import Revisits
from storage.signals import Signals
from storage.statements import Statements
from storage.switches import Switches
from storage.users import People
from storage.verdicts import Verdicts
from storage.watch import Watching


@dataclass(frozen=True, slots=True)
class Store:
    """Everything that the program remembers; usable from several threads and processes."""

    articles: Articles
    archive: Archive
    findings: Findings
    fates: Fates
    statements: Statements
    alerts: Alerts
    outbox: Outbox
    chats: Chats
    preferences: PreferencesStore
    drafts: Drafts
    held: HeldAlerts
    messages: Messages
    feeds: Feeds
    people: People
    audit: Audit
    personal: PersonalData
    switches: Switches
    broadcasts: Broadcasts
    digests: Digests
    backfills: Backfills
    changes: Changes
    revisits: Revisits
    history: History
    watching: Watching
    notices: Notices
    polls: Polls
    leases: Leases
    verdicts: Verdicts
    firsts: Firsts
    signals: Signals
    database: Database

    def check(self) -> None:
        """Raise StorageError where the store is damaged; reads the whole of it once."""
        self.database.check()

    def close(self) -> None:
        """Let go of the database; the store may not be used afterwards."""
        self.database.engine.dispose()


def open_store(url: str, now: datetime) -> Store:
    """Open the store at a database URL, make or upgrade its tables, and return it.

    `sqlite:///path/to/file.db` is a file, whose directory is made; `sqlite://` is a store in
    memory that ends with the program. Raises StorageError, which names the file and what to do:
    a damaged file, another program's and one of a newer version are refused and left untouched.
    """
    database = open_database(url)
    try:
        bring_up_to_date(database, now)
    except BaseException:
        database.engine.dispose()
        raise
    return Store(
        articles=Articles(database),
        archive=Archive(database),
        findings=Findings(database),
        fates=Fates(database),
        statements=Statements(database),
        alerts=Alerts(database),
        outbox=Outbox(database),
        chats=Chats(database),
        preferences=PreferencesStore(database),
        drafts=Drafts(database),
        held=HeldAlerts(database),
        messages=Messages(database),
        feeds=Feeds(database),
        people=People(database),
        audit=Audit(database),
        personal=PersonalData(database),
        switches=Switches(database),
        broadcasts=Broadcasts(database),
        digests=Digests(database),
        backfills=Backfills(database),
        changes=Changes(database),
        revisits=Revisits(database),
        history=History(database),
        watching=Watching(database),
        notices=Notices(database),
        polls=Polls(database),
        leases=Leases(database),
        verdicts=Verdicts(database),
        firsts=Firsts(database),
        signals=Signals(database),
        database=database,
    )
