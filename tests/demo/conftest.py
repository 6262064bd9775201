"""A small newsroom of every kind of outlet, written to a folder, and a clock that stands where it is put."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from monitor.demo.server import Newsroom, serve

START = datetime(2023, 3, 6, 9, 0, tzinfo=UTC)

OUTLETS = """
[[outlet]]
id = "palace"
name = "Дворец"
kind = "atom_transcripts"
language = "ru"
bloc = "russia"
tier = "government"

[[outlet]]
id = "wire-a"
name = "Первое агентство"
kind = "rss"
encoding = "windows-1251"
language = "ru"
bloc = "russia"
tier = "outlet"

[[outlet]]
id = "wire-b"
name = "Second & Agency"
kind = "rss"
language = "en"
bloc = "russia"
tier = "outlet"
silent_after = 2023-03-07T00:00:00Z

[[outlet]]
id = "wire-c"
name = "Третье агентство"
kind = "rss"
language = "ru"
bloc = "russia"
tier = "outlet"

[[outlet]]
id = "ministry"
name = "Министерство"
kind = "listing"
markup = "announce"
language = "ru"
languages = ["ru", "en"]
bloc = "russia"
tier = "foreign_ministry"

[[outlet]]
id = "premier"
name = "Премьер"
kind = "listing"
markup = "search_list"
language = "ru"
bloc = "armenia"
tier = "government"

[[outlet]]
id = "secretariat"
name = "Секретариат"
kind = "listing"
markup = "plain"
language = "ru"
bloc = "csto"
tier = "institution"

[[outlet]]
id = "channel"
name = "Канал <о погоде>"
kind = "telegram"
language = "ru"
bloc = "russia"
tier = "commentator"
"""

BODY = """
Первый абзац рассказывает о том, как в посёлке открыли новую библиотеку & читальный зал. Гостей было много.

Второй абзац сообщает, что <b>часы работы</b> не изменятся до конца года, как обещала заведующая.
"""


@dataclass
class StandingClock:
    """Tells the moment that it was set to."""

    moment: datetime
    speed: float = 1.0

    def now(self) -> datetime:
        """Return the moment."""
        return self.moment


def write_item(folder: Path, item_id: str, hours: float, body: str = BODY, **more: object) -> None:
    """Write one item, published so many hours after START; further keys as they stand in TOML."""
    outlet, _, slug = item_id.partition("/")
    path = folder / "items" / outlet / f"{slug}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    extra = "\n".join(f"{key} = {value}" for key, value in more.items() if key != "tail")
    published = (START + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
    language = "" if "language" in more else 'language = "ru"\n'
    path.write_text(
        f'id = "{item_id}"\npublished = {published}\n{language}{extra}\n'
        f"body = '''\n{body.strip()}\n'''\n{more.get('tail', '')}\n",
        encoding="utf-8",
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A newsroom's folder with one item in each outlet, an hour apart."""
    (tmp_path / "outlets.toml").write_text(OUTLETS, encoding="utf-8")
    said = (
        "Встреча прошла в зале.",
        "А.Иванов: Добрый день! Начнём.",
        "Вопрос: Когда откроют?",
        "А.Иванов: Завтра.",
    )
    transcript = "\n\n".join(said)
    write_item(tmp_path, "palace/001-meeting", 1, transcript, title='"Встреча в зале"', lead='"Лид встречи."')
    for number, outlet in enumerate(("wire-a", "wire-b", "wire-c", "ministry", "premier", "secretariat")):
        write_item(tmp_path, f"{outlet}/001-library", 2 + number, title='"Открыта библиотека <новая> & зал"')
    write_item(tmp_path, "channel/001-rain", 8, "Дождь & снег 🌧\nВторая строка\n\nНовый <абзац>")
    return tmp_path


@pytest.fixture
def clock() -> StandingClock:
    """A clock that stands a day after START."""
    return StandingClock(START + timedelta(days=1))


@pytest.fixture
async def newsroom(folder: Path, clock: StandingClock) -> AsyncIterator[Newsroom]:
    """The folder's newsroom, running."""
    async with serve(folder, clock) as running:
        yield running


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client that reads no proxy from the environment."""
    async with httpx.AsyncClient(trust_env=False) as opened:
        yield opened
