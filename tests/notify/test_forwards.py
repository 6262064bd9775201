"""Alerts to other services, over HTTP on loopback."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from pytest_httpserver import HTTPServer

from monitor.domain.delivery import DeliveryKind
from monitor.domain.forwards import Forward, ForwardKind
from monitor.domain.subscriptions import Filter
from monitor.errors import DeliveryError, UndeliverableError
from monitor.notify.apprise_sink import AppriseSink
from monitor.notify.content import AlertContent, NoticeContent
from monitor.notify.webhook import NUMBER, SIGNATURE, STAMP, WebhookSink, sign
from monitor.pipeline.alert import address
from storage import Store
from tests.audience import read_audience
from tests.builders import NOON, make_assessment
from tests.notify.builders import READERS, make_alert, make_delivery
from tests.storage.builders import find_one
from tests.storage.builders import make_alert as alert_of

SECRET = "shared-secret-of-the-test"


def webhook(server: HTTPServer, secret: str = SECRET) -> WebhookSink:
    """Return a sink with one forward to the server."""
    forward = Forward("desk", ForwardKind.WEBHOOK, server.url_for("/hook?token=hidden"), secret)
    return WebhookSink({"desk": forward}, lambda: NOON)


async def test_webhook_carries_the_alert_and_a_signature_that_only_the_secret_makes(
    httpserver: HTTPServer,
) -> None:
    """The receiver checks time and body together."""
    httpserver.expect_request("/hook", method="POST").respond_with_data("", 204)
    await webhook(httpserver).send(make_delivery(7, recipient="desk"), AlertContent(12, make_alert()))
    ((request, _),) = httpserver.log
    body = request.get_data()
    assert f"sha256={sign(SECRET, request.headers[STAMP], body)}" == request.headers[SIGNATURE]
    assert sign("another", request.headers[STAMP], body) not in request.headers[SIGNATURE]
    later = str(int((NOON + timedelta(seconds=1)).timestamp()))
    assert sign(SECRET, later, body) not in request.headers[SIGNATURE]
    assert "7" == request.headers[NUMBER]
    told = json.loads(body)
    assert (12, "armenia", "hostile", 49) == (
        told["number"],
        told["target"],
        told["stance"],
        told["severity"],
    )
    span = told["mention"]
    assert told["statement"][span["start"] : span["end"]] == "Yerevan" == span["text"]
    assert ["Agency", "Daily", "Herald"] == told["outlets"]


@pytest.mark.parametrize(
    ("status", "headers", "final", "wait"),
    [
        (500, {}, False, None),
        (429, {"Retry-After": "35"}, False, 35.0),
        (503, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, False, None),
        (302, {"Location": "http://127.0.0.1:1/elsewhere"}, False, None),
        (410, {}, True, None),
        (422, {}, True, None),
    ],
)
async def test_answer_of_the_receiver_decides(
    httpserver: HTTPServer, status: int, headers: dict[str, str], final: bool, wait: float | None
) -> None:
    """What may work later is tried again as asked; redirects are not followed; the address is not told."""
    httpserver.expect_request("/hook").respond_with_data("", status, headers)
    with pytest.raises(DeliveryError) as caught:
        await webhook(httpserver).send(make_delivery(recipient="desk"), AlertContent(1, make_alert()))
    assert final == isinstance(caught.value, UndeliverableError)
    assert wait == caught.value.retry_after
    assert "hidden" not in str(caught.value)
    assert 1 == len(httpserver.log)


async def test_receiver_that_is_away_is_tried_again_and_its_address_stays_hidden() -> None:
    """Nobody listens there."""
    forward = Forward("desk", ForwardKind.WEBHOOK, "http://127.0.0.1:9/hook?token=hidden", SECRET)
    sink = WebhookSink({"desk": forward}, lambda: NOON, httpx.AsyncClient(trust_env=False))
    with pytest.raises(DeliveryError) as caught:
        await sink.send(make_delivery(recipient="desk"), AlertContent(1, make_alert()))
    assert "hidden" not in str(caught.value)
    assert "hidden" not in repr(forward)
    assert SECRET not in repr(forward)


async def test_forward_that_is_gone_or_gets_something_else_is_given_up(httpserver: HTTPServer) -> None:
    """And nothing is posted."""
    with pytest.raises(UndeliverableError, match="no longer configured"):
        await webhook(httpserver).send(make_delivery(recipient="gone"), AlertContent(1, make_alert()))
    with pytest.raises(UndeliverableError, match="alerts only"):
        await webhook(httpserver).send(
            make_delivery(recipient="desk", kind=DeliveryKind.NOTICE), NoticeContent("hello")
        )
    assert [] == httpserver.log


async def test_apprise_hands_the_text_to_a_service(
    httpserver: HTTPServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Through its own JSON service, in the forward's language; the password shows in no log."""
    httpserver.expect_request("/chat", method="POST").respond_with_data("", 200)
    url = f"json://user:hidden@127.0.0.1:{httpserver.port}/chat"
    sink = AppriseSink(
        {"mail": Forward("mail", ForwardKind.APPRISE, url, language="ru")}, READERS.__getitem__
    )
    with caplog.at_level(logging.DEBUG):
        await sink.send(make_delivery(recipient="mail"), AlertContent(12, make_alert()))
    ((request, _),) = httpserver.log
    told = request.get_json()
    assert "Враждебно → Армения" in told["title"]
    assert "Ivanov said that Yerevan had broken its word." in told["message"]
    assert "<b>" not in told["message"]
    assert "hidden" not in caplog.text


async def test_service_that_refuses_is_tried_again(httpserver: HTTPServer) -> None:
    """And an address that apprise does not know is given up."""
    httpserver.expect_request("/chat").respond_with_data("", 500)
    url = f"json://127.0.0.1:{httpserver.port}/chat"
    sink = AppriseSink({"mail": Forward("mail", ForwardKind.APPRISE, url)}, READERS.__getitem__)
    with pytest.raises(DeliveryError) as caught:
        await sink.send(make_delivery(recipient="mail"), AlertContent(12, make_alert()))
    assert not isinstance(caught.value, UndeliverableError)
    strange = AppriseSink(
        {"mail": Forward("mail", ForwardKind.APPRISE, "nothing-at-all")}, READERS.__getitem__
    )
    with pytest.raises(UndeliverableError, match="does not know the address"):
        await strange.send(make_delivery(recipient="mail"), AlertContent(12, make_alert()))


def test_forward_gets_what_its_filter_wants(store: Store) -> None:
    """At once, whatever chats want."""
    finding = find_one(store, "1", make_assessment("armenia"))
    audience = read_audience(store, NOON)()
    forwards = [
        Forward("all", ForwardKind.WEBHOOK, "http://127.0.0.1/"),
        Forward("minsk", ForwardKind.APPRISE, "json://", filter=Filter(frozenset({"belarus"}))),
    ]
    deliveries, held = address([alert_of(finding)], replace(audience, forwards=forwards), NOON)
    assert {("console", "-"), ("webhook", "all")} == {(d.sink, d.recipient) for d in deliveries}
    assert [] == held
