"""The protocol of LibreTranslate, which several services and proxies speak."""

from __future__ import annotations

from collections import OrderedDict

import httpx
import structlog

log = structlog.get_logger(__name__)
TIMEOUT = 8.0
KEPT = 500
LONGEST = 5_000


class LibreTranslate:
    """Asks a LibreTranslate server, and remembers its last answers.

    One alert goes to hundreds of chats: a text is asked for once a language. A server that fails is not
    asked again for that text until it is forgotten, and the alert goes out without a translation.
    """

    def __init__(self, url: str, key: str = "", client: httpx.AsyncClient | None = None) -> None:
        self._url = f"{url.rstrip('/')}/translate"
        self._key = key
        self._client = client or httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=False, trust_env=False)
        self._known: OrderedDict[tuple[str, str, str], str | None] = OrderedDict()

    async def translate(self, text: str, source: str, target: str) -> str | None:
        """Return the text in the target language; None where it is in it already or nothing came back."""
        if source == target or not text.strip() or len(text) > LONGEST:
            return None
        asked = (text, source, target)
        if asked in self._known:
            self._known.move_to_end(asked)
            return self._known[asked]
        answer = self._known[asked] = await self._ask(text, source, target)
        if len(self._known) > KEPT:
            self._known.popitem(last=False)
        return answer

    async def _ask(self, text: str, source: str, target: str) -> str | None:
        body = {"q": text, "source": source, "target": target, "format": "text"}
        if self._key:
            body["api_key"] = self._key
        try:
            answer = await self._client.post(self._url, json=body)
            answer.raise_for_status()
            translated = answer.json()["translatedText"]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            # Only the kind: an error's text may hold the address, and that a key.
            log.warning("no translation", reason=type(error).__name__)
            return None
        return translated if isinstance(translated, str) and translated.strip() else None
