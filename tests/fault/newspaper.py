"""A newspaper on loopback, a configuration that reads it, and services in processes over one store."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.changes.site import AROUND, page
from tests.collect.loopback import Reply, Request, Server, entry, feed

ROOT = Path(__file__).parents[2]
TARGET = '[[target]]\nid = "{}"\nkind = "state"\ntitle = {{en = "{}", ru = "{}"}}\nru.names = ["{}"]\n'
SPEAKER = '[[speaker]]\nname = "A B"\ntier = "government"\nbloc = "russia"\nen = ["Abel Beck"]\n'
THINGS = ("овощи", "фрукты", "зерно", "рыбу", "молоко", "сыр", "вино", "коньяк", "цветы", "орехи")
PROCESSES_WAIT = 60


@dataclass
class Newspaper:
    """Publishes statements about Armenia; `folder` holds the configurations and the store."""

    folder: Path
    server: Server
    count: int = 0
    asked_by: list[tuple[str, str]] = field(default_factory=list)
    """Who asked (by user agent), and for what."""

    @property
    def store(self) -> Path:
        """The store's file."""
        return self.folder / "monitor.db"

    def publish(self) -> int:
        """Put one more article on the site and return its number."""
        self.count += 1
        number = self.count
        thing = THINGS[number % len(THINGS)]
        said = f"Минсельхоз России обвинил Армению в подмене документов на {thing} в партии {number * 37}."
        self.server.routes[f"/news/{number}"] = self._note(page(f"Новость {number}", (said, *AROUND)))
        moment = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
        entries = [
            entry(n, link=self.server.url(f"/news/{n}"), guid=f"id-{n}", title="Лента", pubDate=moment)
            for n in range(1, number + 1)
        ]
        self.server.routes["/rss"] = self._note(Reply(feed(*entries)))
        return number

    def _note(self, reply: Reply) -> Callable[[Request], Reply]:
        def answer(request: Request) -> Reply:
            self.asked_by.append((request.headers["user-agent"], request.path))
            return reply

        return answer

    def configure(self, name: str) -> Path:
        """Write a configuration whose reader goes by this name; all share one store."""
        directory = self.folder / name
        (directory / "sources").mkdir(parents=True)
        monitor = (
            f'[store]\nurl = "sqlite:///{self.store}"\n[digest]\nenabled = false\n'
            f'[collect]\nuser_agent = "{name}/1"\nparse_workers = 0\n[revisit]\nenabled = false\n'
        )
        source = (
            f'[[source]]\nid = "paper"\noutlet = "Paper"\nkind = "rss"\nurl = "{self.server.url("/rss")}"\n'
            'bloc = "russia"\ntier = "outlet"\nlanguages = ["ru"]\nevidence = "documented"\n'
            "allow_private = true\nadaptive = false\nspacing_seconds = 0\ninterval_minutes = 0.01\n"
        )
        files = {
            "monitor.toml": monitor,
            "targets.toml": "".join(
                TARGET.format(i, i.title(), ru, ru)
                for i, ru in (("armenia", "Армения"), ("russia", "Россия"))
            ),
            "speakers.toml": SPEAKER,
            "rules.toml": '[[rule]]\nid = "harsh"\nstances = ["hostile"]\n',
            "sources/all.toml": source,
        }
        for file, text in files.items():
            (directory / file).write_text(text, encoding="utf-8")
        return directory

    async def start(self, directory: Path) -> asyncio.subprocess.Process:
        """Start a service; what it logs goes to a file beside its configuration."""
        with directory.with_suffix(".log").open("ab") as log:
            arguments = ("-m", "tests.fault.running_service", str(directory))
            return await asyncio.create_subprocess_exec(
                sys.executable, *arguments, cwd=ROOT, stdout=log, stderr=log
            )

    def log(self, directory: Path) -> str:
        """Return what a service logged."""
        return directory.with_suffix(".log").read_text()

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """Ask the store behind the service's back; nothing where there is no such table yet."""
        connection = sqlite3.connect(self.store)
        try:
            return connection.execute(query).fetchall()
        except sqlite3.OperationalError:
            return []
        finally:
            connection.close()

    def number(self, query: str) -> int:
        """Return the one number that a query gives."""
        return int(str(rows[0][0])) if (rows := self.ask(query)) else 0


async def until(holds: Callable[[], object], seconds: float = PROCESSES_WAIT) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - other processes set no event here
            await asyncio.sleep(0.02)
