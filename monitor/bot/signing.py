"""Buttons that cannot be forged: their data is signed, bound to one user, and expires."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

MAC_BYTES = 12
LONGEST = 64
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class ForgedDataError(Exception):
    """The data was not signed by us for this user."""


class ExpiredDataError(Exception):
    """The data was ours, but its time is over."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs the data of buttons."""

    key: bytes = field(repr=False)

    @classmethod
    def from_token(cls, token: str) -> Signer:
        """Derive the key from the bot's token, so that there is no second secret to keep."""
        return cls(hmac.new(token.encode(), b"rhetoric-monitor callback data 1", hashlib.sha256).digest())

    def sign(self, payload: str, user_id: int, expires: datetime) -> str:
        """Return a button's data: the payload, its end in minutes and the signature; 64 bytes at most."""
        body = f"{payload}.{to_base36(minutes_of(expires))}"
        data = f"{body}.{self._mac(body, user_id)}"
        if len(data.encode()) > LONGEST:
            raise ValueError(f"button data is longer than {LONGEST} bytes: {payload!r}")
        return data

    def open(self, data: str, user_id: int, now: datetime) -> str:
        """Return the payload; raises ForgedDataError, or ExpiredDataError for what was once ours."""
        body, _, mac = data.rpartition(".")
        if not hmac.compare_digest(mac.encode(), self._mac(body, user_id).encode()):
            raise ForgedDataError
        payload, _, end = body.rpartition(".")
        if now > moment_of(int(end, 36)):
            raise ExpiredDataError
        return payload

    def derive(self, context: str) -> bytes:
        """Return a key for another use than buttons."""
        return hmac.new(self.key, context.encode(), hashlib.sha256).digest()

    def _mac(self, body: str, user_id: int) -> str:
        digest = hmac.new(self.key, f"{user_id}\n{body}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:MAC_BYTES]).decode()


def same_secret(given: str, expected: str) -> bool:
    """Compare without telling by time how much of the secret was right; an empty one never fits."""
    given_hash = hashlib.sha256(given.encode("utf-8", "surrogatepass")).digest()
    expected_hash = hashlib.sha256(expected.encode("utf-8", "surrogatepass")).digest()
    return hmac.compare_digest(given_hash, expected_hash) and bool(expected)


def pack_moment(moment: datetime) -> str:
    """Return a moment of whole minutes as a few characters."""
    return to_base36(minutes_of(moment))


def unpack_moment(text: str) -> datetime:
    """Return the moment that `pack_moment` packed."""
    return moment_of(int(text, 36))


def short_id(text: str) -> str:
    """Return eight characters that stand for a longer id."""
    return binascii.hexlify(hashlib.blake2s(text.encode(), digest_size=4).digest()).decode()


def to_base36(number: int) -> str:
    """Write a number that is not negative in base 36."""
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if number == 0:
            return digits


def moment_of(minutes: int) -> datetime:
    """Return the moment so many minutes after the beginning of 1970."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)


def minutes_of(moment: datetime) -> int:
    """Return how many whole minutes have passed since the beginning of 1970."""
    return int(moment.timestamp() // 60)
