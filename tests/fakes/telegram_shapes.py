"""What goes over the wire, and what the fake of the Bot API keeps of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.fakes.http_server import Response

ME = {"id": 123456789, "is_bot": True, "first_name": "Monitor", "username": "monitor_test_bot"}


@dataclass
class Sent:
    """A message that the API accepted, as people see it now."""

    id: int
    chat_id: int
    text: str
    entities: list[tuple[str, str]]
    keyboard: list[list[dict[str, str]]]
    method: str = "sendMessage"
    mode: str | None = None
    file: bytes = b""
    at: float = 0.0
    thread_id: int = 0

    def button(self, label: str) -> str:
        """Return the data of the first button whose label contains the words."""
        return next(b["callback_data"] for row in self.keyboard for b in row if label in b["text"])

    @property
    def labels(self) -> list[str]:
        """The buttons' labels."""
        return [button["text"] for row in self.keyboard for button in row]


@dataclass
class Fault:
    """What goes wrong with the next calls: an error, or a connection that is cut."""

    method: str
    status: int = 0
    description: str = "fault"
    parameters: dict[str, Any] | None = None
    drop: str = ""
    """"before": the call is never processed; "after": it is, but nobody hears of it."""
    times: int = 1
    chat_id: int | None = None


def make_chat(chat_id: int) -> dict[str, Any]:
    """Return a group for a negative id, else a private chat."""
    if chat_id < 0:
        return {"id": chat_id, "type": "group", "title": "Analysts"}
    return {"id": chat_id, "type": "private", "first_name": "Anna"}


def make_user(user_id: int, language: str) -> dict[str, Any]:
    """Return a user who has that interface language."""
    return {"id": user_id, "is_bot": False, "first_name": "Anna", "language_code": language}


def make_error(status: int, description: str, parameters: dict[str, Any] | None = None) -> Response:
    """Return what the API answers when it refuses."""
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    return Response(status, body | ({"parameters": parameters} if parameters else {}))
