"""Links that invite: signed, so that nobody makes one, and short enough for Telegram."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from monitor.bot.signing import ForgedDataError, Signer, minutes_of, moment_of
from monitor.domain.access import Role

CONTEXT = "rhetoric-monitor invitation 1"
NONCE_BYTES, EXPIRY_BYTES, MAC_BYTES = 9, 4, 16
_BODY = NONCE_BYTES + 1 + EXPIRY_BYTES
_SHAPE = re.compile(r"[A-Za-z0-9_-]{40}")
"""30 bytes: each text of this shape is exactly one row of bytes, so a link has one spelling."""


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """What a link that is ours says; its nonce is the invitation's."""

    nonce: str
    role: Role
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class InvitationLinks:
    """Makes and reads what stands after `?start=` in a link: at most 64 of A–Z, a–z, 0–9, _ and -."""

    key: bytes = field(repr=False)

    @classmethod
    def of(cls, signer: Signer) -> InvitationLinks:
        """Return links with a key of their own: a button's data is never a link."""
        return cls(signer.derive(CONTEXT))

    @staticmethod
    def make_nonce() -> str:
        """Return what tells invitations apart; nobody can guess it."""
        return base64.urlsafe_b64encode(secrets.token_bytes(NONCE_BYTES)).decode()

    def pack(self, nonce: str, role: Role, expires_at: datetime) -> str:
        """Return a link's payload; its end is kept in whole minutes."""
        end = minutes_of(expires_at).to_bytes(EXPIRY_BYTES)
        body = base64.urlsafe_b64decode(nonce) + bytes([role]) + end
        return base64.urlsafe_b64encode(body + self._mac(body)).decode()

    def open(self, payload: str) -> OpenedLink:
        """Read a payload; raises ForgedDataError for what was not made here."""
        if not looks_like_link(payload):
            raise ForgedDataError
        try:
            packed = base64.urlsafe_b64decode(payload)
        except binascii.Error as error:
            raise ForgedDataError from error
        body, mac = packed[:_BODY], packed[_BODY:]
        if not hmac.compare_digest(mac, self._mac(body)):
            raise ForgedDataError
        nonce = base64.urlsafe_b64encode(body[:NONCE_BYTES]).decode()
        end = int.from_bytes(body[NONCE_BYTES + 1 :])
        return OpenedLink(nonce, Role(body[NONCE_BYTES]), moment_of(end))

    def _mac(self, body: bytes) -> bytes:
        return hmac.new(self.key, body, hashlib.sha256).digest()[:MAC_BYTES]


def looks_like_link(payload: str) -> bool:
    """Whether a word has the form of a link's payload; a code hardly ever has it."""
    return _SHAPE.fullmatch(payload) is not None
