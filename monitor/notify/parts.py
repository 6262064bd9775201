"""What a message to a chat is made of: photos, then text, then documents."""

from __future__ import annotations

from monitor.messages.alert import render_alert
from monitor.messages.digest import render_digest
from monitor.messages.html import escape, split_html
from monitor.messages.reader import Reader
from monitor.messages.signal import render_signal
from monitor.messages.summary import render_summary
from monitor.notify.content import (
    AlertContent,
    Attachment,
    AttachmentKind,
    Content,
    DigestContent,
    SignalContent,
    SummaryContent,
    UpdateContent,
)

Part = str | Attachment


def render_parts(content: Content, reader: Reader) -> list[Part]:
    """Return the parts of a message in their order; texts are Telegram HTML within its limit."""
    if isinstance(content, UpdateContent):
        return render_parts(content.shown, reader)
    if isinstance(content, AlertContent):
        return [*split_html(render_alert(content.number, content.alert, reader, content.translation))]
    if isinstance(content, SummaryContent):
        alerts = [(one.number, one.alert) for one in content.alerts]
        return [*split_html(render_summary(alerts, reader))]
    if isinstance(content, SignalContent):
        return [*split_html(render_signal(content.signal, reader))]
    if isinstance(content, DigestContent):
        photos = [a for a in content.attachments if a.kind is AttachmentKind.PHOTO]
        documents = [a for a in content.attachments if a.kind is AttachmentKind.DOCUMENT]
        return [*photos, *split_html(render_digest(content.digest, reader)), *documents]
    return [*split_html("\n".join(escape(line) for line in content.text.splitlines()))]
