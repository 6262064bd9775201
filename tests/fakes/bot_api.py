"""A fake of Telegram's Bot API over HTTP on loopback, with its limits and its failures.

`python -m tests.fakes.bot_api` plays a private chat by hand: type what a user would type.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from tests.fakes.http_server import DropConnectionError, HttpServer, Request, Response
from tests.fakes.telegram_groups import GroupsAndFiles, in_topic
from tests.fakes.telegram_rules import CAPTION_LIMIT, RefusedError, Traffic, check_keyboard, check_text
from tests.fakes.telegram_shapes import ME, Fault, Sent, make_chat, make_error, make_user

TOKEN = "123456789:AAfakeTokenForTestsOnly_0123456789abcd"
COUNTED = ("sendMessage", "sendPhoto", "sendDocument")


@dataclass
class FakeBotApi(GroupsAndFiles):
    """Telegram, as far as a bot can tell; `limits` says whether too many messages are refused."""

    token: str = TOKEN
    limits: bool = False
    clock: Callable[[], float] = time.monotonic
    latency: float = 0.0
    base: str = ""
    sent: list[Sent] = field(default_factory=list)
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    answers: list[dict[str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    moved: dict[int, int] = field(default_factory=dict)
    processing: int = 0
    webhook: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._server = HttpServer(self._handle)
        self._updates: deque[dict[str, Any]] = deque()
        self._numbers = iter(range(1, 10**9))
        self._changed = asyncio.Event()
        self._arrived = asyncio.Event()
        self._poll: asyncio.Event | None = None
        self.traffic = Traffic(self.clock)

    @classmethod
    @asynccontextmanager
    async def running(cls, **options: Any) -> AsyncIterator[FakeBotApi]:
        """Give a fake that listens."""
        fake = cls(**options)
        fake.base = f"http://127.0.0.1:{await fake._server.start()}"
        try:
            yield fake
        finally:
            await fake._server.close()

    def fail(self, method: str, status: int = 0, description: str = "fault", **options: Any) -> None:
        """Let the next calls of a method fail."""
        self.faults.append(Fault(method, status, description, **options))

    def say(self, chat_id: int, text: str, *, user_id: int = 0, language: str = "en", **more: Any) -> None:
        """Let a user write; without a user id in a private chat, the chat's own.

        `more` are further fields of the message, such as those of `in_topic`."""
        message: dict[str, Any] = {
            **self._stub(chat_id),
            "from": make_user(user_id or abs(chat_id), language),
            "text": text,
            **more,
        }
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        self.push({"message": message})

    def press(self, message: Sent, data: str, *, user_id: int = 0, language: str = "en") -> None:
        """Let a user press a button, or send data that no button carries."""
        query = {
            "id": str(next(self._numbers)),
            "from": make_user(user_id or abs(message.chat_id), language),
            "chat_instance": "1",
            "message": {
                **self._stub(message.chat_id),
                "message_id": message.id,
                "text": message.text,
                **in_topic(message.thread_id),
            },
            "data": data,
        }
        self.push({"callback_query": query})

    def push(self, update: dict[str, Any]) -> None:
        """Put an update where the bot polls it."""
        self._updates.append({"update_id": next(self._numbers), **update})
        self._arrived.set()

    def _stub(self, chat_id: int) -> dict[str, Any]:
        return {"message_id": next(self._numbers), "date": int(time.time()), "chat": make_chat(chat_id)}

    async def until(self, holds: Callable[[], bool], seconds: float = 10) -> None:
        """Wait until something has happened here."""
        async with asyncio.timeout(seconds):
            while not holds():
                self._changed.clear()
                await self._changed.wait()

    async def reply_to(self, chat_id: int, text: str, **who: Any) -> Sent:
        """Let a user write and return the bot's next message in that chat."""
        before = len(self.sent)
        self.say(chat_id, text, **who)
        await self.until(lambda: any(m.chat_id == chat_id for m in self.sent[before:]))
        return next(m for m in self.sent[before:] if m.chat_id == chat_id)

    def _notify(self) -> None:
        self._changed.set()

    async def _handle(self, request: Request) -> Response:
        kept = self.uploads.get(unquote(request.path).removeprefix(f"/file/bot{self.token}/"))
        if kept is not None:
            return Response(200, kept)
        prefix, _, method = request.path.strip("/").rpartition("/")
        if prefix != f"bot{self.token}":
            self.calls.append(("refused", {}))
            self._notify()
            return make_error(401, "Unauthorized")
        fields = request.fields
        self.calls.append((method, fields))
        self._notify()
        fault = self._take_fault(method, fields)
        if fault and fault.drop != "after":
            if fault.drop:
                raise DropConnectionError
            return make_error(fault.status, fault.description, fault.parameters)
        self.processing += 1
        try:
            response = await self._answer(method, request)
        finally:
            self.processing -= 1
        if fault:
            raise DropConnectionError
        if self.latency and method != "getUpdates":
            await asyncio.sleep(self.latency)
        return response

    def _take_fault(self, method: str, fields: dict[str, str]) -> Fault | None:
        for fault in self.faults:
            here = fault.chat_id is None or str(fault.chat_id) == fields.get("chat_id")
            if fault.method == method and here and fault.times > 0:
                fault.times -= 1
                return fault
        return None

    async def _answer(self, method: str, request: Request) -> Response:
        fields = request.fields
        chat_id = int(fields.get("chat_id", "0"))
        if chat_id in self.moved:
            parameters = {"migrate_to_chat_id": self.moved[chat_id]}
            return make_error(400, "Bad Request: group chat was upgraded to a supergroup chat", parameters)
        if method in COUNTED and self.limits and (wait := self.traffic.too_many(chat_id)):
            return make_error(429, f"Too Many Requests: retry after {wait}", {"retry_after": wait})
        try:
            handle: Callable[[Request], Awaitable[Any]] = getattr(
                self, "_on_" + re.sub("(?=[A-Z])", "_", method).lower()
            )
        except AttributeError:
            return make_error(404, "Not Found: method not found")
        try:
            result = await handle(request)
        except RefusedError as error:
            return make_error(400, f"Bad Request: {error}")
        self._notify()
        return result if isinstance(result, Response) else Response(200, {"ok": True, "result": result})

    async def _on_get_me(self, _request: Request) -> dict[str, Any]:
        return ME

    async def _on_set_my_commands(self, _request: Request) -> bool:
        return True

    async def _on_set_webhook(self, request: Request) -> bool:
        self.webhook = request.fields
        return True

    async def _on_delete_webhook(self, _request: Request) -> bool:
        return True

    async def _on_get_updates(self, request: Request) -> list[dict[str, Any]] | Response:
        """Wait for updates; a second poller ends the first one's waiting."""
        if self._poll is not None:
            self._poll.set()
        ended = self._poll = asyncio.Event()
        offset = int(request.fields.get("offset", "0"))
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        deadline = time.monotonic() + float(request.fields.get("timeout", "0"))
        while not self._updates and not ended.is_set() and time.monotonic() < deadline:
            self._arrived.clear()
            waiting = [asyncio.create_task(event.wait()) for event in (self._arrived, ended)]
            await asyncio.wait(waiting, timeout=1, return_when=asyncio.FIRST_COMPLETED)
            for task in waiting:
                task.cancel()
        if ended.is_set():
            return make_error(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot "
                "instance is running",
            )
        self._poll = None
        return list(self._updates)

    async def _on_send_message(self, request: Request) -> dict[str, Any]:
        return self._accept(request, request.fields.get("text", ""), "sendMessage")

    async def _on_send_photo(self, request: Request) -> dict[str, Any]:
        return self._accept(request, request.fields.get("caption", ""), "sendPhoto")

    async def _on_send_document(self, request: Request) -> dict[str, Any]:
        return self._accept(request, request.fields.get("caption", ""), "sendDocument")

    def _accept(self, request: Request, text: str, method: str) -> dict[str, Any]:
        fields = request.fields
        mode = fields.get("parse_mode")
        limit = {} if method == "sendMessage" else {"limit": CAPTION_LIMIT}
        seen, entities = check_text(text, mode, **limit)
        message = Sent(
            id=next(self._numbers),
            chat_id=int(fields["chat_id"]),
            text=seen,
            entities=entities,
            keyboard=check_keyboard(fields.get("reply_markup")),
            method=method,
            mode=mode,
            thread_id=int(fields.get("message_thread_id", "0")),
            file=next(iter(request.files.values()), b""),
            at=self.clock(),
        )
        self.sent.append(message)
        return self._show(message)

    async def _on_edit_message_text(self, request: Request) -> dict[str, Any]:
        message = self._find(request)
        seen, entities = check_text(request.fields["text"], request.fields.get("parse_mode"))
        keyboard = check_keyboard(request.fields.get("reply_markup"))
        if (seen, keyboard) == (message.text, message.keyboard):
            raise RefusedError("message is not modified")
        message.text, message.entities, message.keyboard = seen, entities, keyboard
        return self._show(message)

    async def _on_edit_message_reply_markup(self, request: Request) -> dict[str, Any]:
        message = self._find(request)
        keyboard = check_keyboard(request.fields.get("reply_markup"))
        if keyboard == message.keyboard:
            raise RefusedError("message is not modified")
        message.keyboard = keyboard
        return self._show(message)

    async def _on_answer_callback_query(self, request: Request) -> bool:
        if len(request.fields.get("text", "")) > 200:
            raise RefusedError("MESSAGE_TOO_LONG")
        self.answers.append(request.fields)
        return True

    def _find(self, request: Request) -> Sent:
        for message in self.sent:
            if message.id == int(request.fields["message_id"]):
                return message
        raise RefusedError("message to edit not found")

    def _show(self, message: Sent) -> dict[str, Any]:
        stub = {"message_id": message.id, "date": int(time.time()), "chat": make_chat(message.chat_id)}
        return {**stub, "from": ME, "text": message.text}


async def _play() -> None:
    """Show what the bot says in private chat 1, and let standard input speak for its user."""
    async with FakeBotApi.running() as fake:
        print(f'[telegram]\napi_base = "{fake.base}"\n# token file: {fake.token}', flush=True)  # noqa: T201
        seen = 0
        reading: asyncio.Future[str] | None = None
        while True:
            for message in fake.sent[seen:]:
                print(f"\n[{message.chat_id}] {message.text}\n{json.dumps(message.labels)}", flush=True)  # noqa: T201
            seen = len(fake.sent)
            reading = reading or asyncio.ensure_future(asyncio.to_thread(input))
            await asyncio.wait([reading], timeout=0.2)
            if reading.done():
                text, reading = reading.result(), None
                pressed = [m for m in fake.sent if text in m.labels]
                if pressed:
                    fake.press(pressed[-1], pressed[-1].button(text), user_id=1)
                else:
                    fake.say(1, text)


if __name__ == "__main__":
    asyncio.run(_play())
