"""Lists that are asked for by POST, such as those that sites fill by script."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from monitor.collect.fetcher import Fetcher
from monitor.schema import CollectTable
from tests.collect.loopback import FakeTime, Reply, Request, Server, make_source

LIST = b'{"newsList": []}'


@pytest.fixture
async def fetcher(fake_time: FakeTime) -> AsyncIterator[Fetcher]:
    """A fetcher whose waits are instant."""
    made = Fetcher(CollectTable(), fake_time.now, clock=fake_time.clock, sleep=fake_time.sleep)
    yield made
    await made.aclose()


def asked(server: Server) -> list[Request]:
    """Return the requests, robots.txt apart."""
    return [request for request in server.requests if request.path != "/robots.txt"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [('{"sectionId": 25}', "application/json"), ("section=25", "application/x-www-form-urlencoded")],
)
async def test_body_is_posted_as_what_it_is(server: Server, fetcher: Fetcher, body: str, kind: str) -> None:
    """JSON and a form's fields are told apart; the request that was sent stands in the answer."""
    server.routes["/list"] = Reply(LIST)
    answer = await fetcher.get(server.url("/list"), make_source(server.url("/list")), body=body)
    (request,) = asked(server)
    assert ("POST", body, kind) == (request.method, request.body, request.headers["content-type"])
    assert (LIST, "POST") == (answer.body, answer.request[":method"])


async def test_content_type_of_the_configuration_holds(server: Server, fetcher: Fetcher) -> None:
    """A server that wants another name for its JSON gets that, once."""
    server.routes["/list"] = Reply(LIST)
    source = make_source(server.url("/list"), headers={"content-type": "text/plain"})
    await fetcher.get(server.url("/list"), source, body="{}")
    assert "text/plain" == asked(server)[0].headers["content-type"]


@pytest.mark.parametrize(("status", "methods"), [(303, ["POST", "GET"]), (308, ["POST", "POST"])])
async def test_redirect_keeps_the_method_only_where_it_says_so(
    server: Server, fetcher: Fetcher, status: int, methods: list[str]
) -> None:
    """As browsers do: "see other" is read with GET, "moved for good" is posted again."""
    server.routes["/list"] = Reply(status=status, headers={"Location": "/moved"})
    server.routes["/moved"] = Reply(LIST)
    await fetcher.get(server.url("/list"), make_source(server.url("/list")), body="{}")
    assert methods == [request.method for request in asked(server)]
