"""`collect --since` as a person uses it, in a process of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.collect.loopback import entry, feed
from tests.test_cli import call

SOURCE = """[[source]]
id = "paper"
outlet = "The Paper"
kind = "rss"
url = "{url}"
bloc = "russia"
tier = "outlet"
languages = ["ru"]
evidence = "guessed"
full_text_in_feed = true
allow_private = true
spacing_seconds = 0
{paging}
"""


class Feed(BaseHTTPRequestHandler):
    """Two pages of a feed."""

    def do_GET(self) -> None:
        """Answer with an item a day or a week old, and with nothing behind."""
        ages = {"/rss": 1, "/rss?page=2": 7}
        self.send_response(200 if self.path in ages else 404)
        self.end_headers()
        if age := ages.get(self.path):
            date = f"{datetime.now(UTC) - timedelta(days=age):%a, %d %b %Y %H:%M:%S +0000}"
            text = f"Собрание садоводов перенесено на день позже из-за дождя, случай {age}."
            item = entry(age, link=f"http://{self.headers['host']}/{age}", description=text, pubDate=date)
            self.wfile.write(feed(item))

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def url() -> Iterator[str]:
    """Serve the feed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/rss"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("paging", "code", "words"),
    [
        ('[source.paging]\nurl = "?page={page}"', 0, ("paper 2 0 2", "end: no page stands behind")),
        ("", 1, ("paper 1 0 1", "no_way: the first page leads to no older one")),
    ],
)
def test_history_is_read_and_its_end_told(
    tmp_path: Path, url: str, paging: str, code: int, words: tuple[str, ...]
) -> None:
    """A table says what was found and why it ended; the exit code, whether that is all there is."""
    assert 0 == call("init", "mine", cwd=tmp_path).returncode
    for file in (tmp_path / "mine" / "sources").iterdir():
        file.unlink()
    (tmp_path / "mine" / "sources" / "own.toml").write_text(SOURCE.format(url=url, paging=paging))
    since = f"{datetime.now(UTC) - timedelta(days=30):%Y-%m-%d}"
    result = call("--config", "mine", "collect", "--since", since, "paper", cwd=tmp_path)
    assert (code, "") == (result.returncode, result.stdout)
    shown = " ".join(result.stderr.split())
    for word in words:
        assert word in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--since", "2024-01-01"), "name the sources whose history is to be read"),
        (("--alerts", "ria-ru"), "give --since, too"),
        (("--since", "2999-01-01", "ria-ru"), "2999-01-01 is not in the past"),
        (("--since", "2024-01-01", "no-such-source"), "no source has this id"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    """Before anything is asked of anybody."""
    result = call("collect", *arguments, cwd=tmp_path)
    assert 2 == result.returncode
    assert message in " ".join(result.stderr.replace("│", " ").split())
