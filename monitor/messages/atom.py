"""A subscription's alerts as an Atom feed (RFC 4287)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from xml.etree import ElementTree as ET

from monitor.domain.alerts import Alert
from monitor.messages.alert import render_alert
from monitor.messages.html import to_plain
from monitor.messages.inert import safe_link
from monitor.messages.reader import Reader

ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ET.register_namespace("", ATOM)


def render_feed(
    title: str, address: str, alerts: Sequence[tuple[int, Alert]], reader: Reader, now: datetime
) -> bytes:
    """Return the feed as UTF-8 XML, the newest entry first; `address` is where the feed itself stands.

    Entries' ids are made of alerts' keys, so that they stay when the program moves.
    """
    feed = ET.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", _urn(address))
    _add(feed, "title", title)
    _add(feed, "updated", (alerts[0][1].created_at if alerts else now).isoformat())
    _add(feed, "generator", "rhetoric-monitor")
    ET.SubElement(_add(feed, "author", ""), f"{{{ATOM}}}name").text = "rhetoric-monitor"
    ET.SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": address})
    for number, alert in alerts:
        feed.append(_entry(number, alert, reader))
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(number: int, alert: Alert, reader: Reader) -> ET.Element:
    finding = alert.finding
    text = render_alert(number, alert, reader)
    heading = to_plain(text.splitlines()[0])
    entry = ET.Element(f"{{{ATOM}}}entry")
    _add(entry, "id", _urn(alert.key))
    _add(entry, "title", heading)
    _add(entry, "updated", alert.created_at.isoformat())
    _add(entry, "published", finding.said_at.isoformat())
    author = _add(entry, "author", "")
    _add(author, "name", reader.speaker(finding.assessment.speaker))
    if link := safe_link(finding.url):
        ET.SubElement(entry, f"{{{ATOM}}}link", {"href": link})
    ET.SubElement(entry, f"{{{ATOM}}}category", {"term": finding.assessment.target})
    ET.SubElement(entry, f"{{{ATOM}}}category", {"term": finding.assessment.stance.value})
    body = "<br/>".join(text.splitlines()[1:-1])
    content = _add(entry, "content", body)
    content.set("type", "html")
    return entry


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{ATOM}}}{name}")
    if text:
        child.text = _NOT_XML.sub("\ufffd", text)
    return child


def _urn(text: str) -> str:
    return f"urn:sha256:{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}"
