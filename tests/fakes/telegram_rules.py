"""The Bot API's documented rules: HTML markup, lengths, buttons, and how many messages may come."""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
BUTTON_DATA_LIMIT = 64
TAGS = frozenset(
    {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote"}
    | {"tg-spoiler", "span"}
)
ENTITIES = frozenset({"lt", "gt", "amp", "quot"})
_PIECE = re.compile(
    r"<(?P<end>/)?(?P<tag>[^<>\s/]*)(?P<rest>[^<>]*)>|&(?P<entity>#?\w+);|(?P<text>.)", re.DOTALL
)


class RefusedError(Exception):
    """What the API answers 400 with."""


def utf16_units(text: str) -> int:
    """Count as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the text that people see and its entities (tag, words); wrong markup is refused."""
    plain: list[str] = []
    open_tags: list[tuple[str, int]] = []
    entities: list[tuple[str, str]] = []
    for match in _PIECE.finditer(text):
        if match["text"] == "<":
            raise RefusedError(f"can't parse entities: unexpected '<' at byte offset {match.start()}")
        if match["text"] is not None:
            plain.append(match["text"])
        elif match["entity"] is not None:
            if match["entity"] not in ENTITIES and not match["entity"].startswith("#"):
                plain.append(match.group())
            else:
                plain.append(html.unescape(match.group()))
        elif match["end"]:
            if not open_tags or open_tags[-1][0] != match["tag"]:
                raise RefusedError(f"can't parse entities: unexpected end tag at byte offset {match.start()}")
            tag, start = open_tags.pop()
            entities.append((tag, "".join(plain[start:])))
        else:
            if match["tag"] not in TAGS:
                raise RefusedError(
                    f"can't parse entities: unsupported start tag {match['tag']} at byte {match.start()}"
                )
            open_tags.append((match["tag"], len(plain)))
    if open_tags:
        raise RefusedError(f"can't parse entities: can't find end tag corresponding to {open_tags[-1][0]}")
    return "".join(plain), entities


def check_text(text: str, mode: str | None, limit: int = TEXT_LIMIT) -> tuple[str, list[tuple[str, str]]]:
    """Return the text as people see it, or refuse it."""
    seen, entities = parse_html(text) if mode == "HTML" else (text, [])
    if limit == TEXT_LIMIT and not seen.strip():
        raise RefusedError("message text is empty")
    if utf16_units(seen) > limit:
        raise RefusedError("message is too long" if limit == TEXT_LIMIT else "message caption is too long")
    return seen, entities


def check_keyboard(markup: str | None) -> list[list[dict[str, str]]]:
    """Return the rows of buttons, or refuse them."""
    rows: list[list[dict[str, str]]] = json.loads(markup).get("inline_keyboard", []) if markup else []
    for button in (button for row in rows for button in row):
        if "url" in button:
            if not re.match(r"https?://[^/\s]+", button["url"]):
                raise RefusedError("BUTTON_URL_INVALID")
        elif not 1 <= len(button.get("callback_data", "").encode()) <= BUTTON_DATA_LIMIT:
            raise RefusedError("BUTTON_DATA_INVALID")
        if not button.get("text"):
            raise RefusedError("Text buttons are not allowed to be empty")
    return rows


@dataclass
class Traffic:
    """How many messages came when; says how long a sender must wait that sends too many."""

    clock: Callable[[], float]
    per_second: int = 30
    per_chat: int = 1
    per_group_minute: int = 20
    overall: deque[float] = field(default_factory=deque)
    chats: dict[int, deque[float]] = field(default_factory=dict)

    def too_many(self, chat_id: int) -> int | None:
        """Count one message, or return the seconds to wait when it is one too many."""
        now = self.clock()
        sent = self.chats.setdefault(chat_id, deque(maxlen=100))
        windows = [(self.overall, self.per_second, 1.0), (sent, self.per_chat, 1.0)]
        if chat_id < 0:
            windows.append((sent, self.per_group_minute, 60.0))
        waits = [w for times, most, span in windows if (w := _wait(times, most, span, now)) > 0]
        if waits:
            return max(1, round(max(waits) + 0.5))
        self.overall.append(now)
        sent.append(now)
        while self.overall and self.overall[0] < now - 60:
            self.overall.popleft()
        return None


def _wait(times: deque[float], most: int, span: float, now: float) -> float:
    recent = [moment for moment in times if moment > now - span]
    return recent[-most] + span - now if len(recent) >= most else 0.0
