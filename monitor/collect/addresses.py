"""Which addresses may be connected to, decided on what a name resolves to."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Sequence

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Gives the addresses of a host name, as text, for a port."""

_NUMERIC_HOST = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\.?", re.IGNORECASE)
_LOCAL_NAME = re.compile(r"(?:.*\.)?localhost\.?", re.IGNORECASE)
_V4_RELAY = ipaddress.IPv4Network("192.88.99.0/24")
_V6_GLOBAL = ipaddress.IPv6Network("2000::/3")
_V6_SPECIAL = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
)
_V4_PRIVATE = tuple(
    ipaddress.IPv4Network(network)
    for network in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
)
_V6_PRIVATE = (ipaddress.IPv6Network("::1/128"), ipaddress.IPv6Network("fc00::/7"))


class AddressRefusedError(Exception):
    """A host leads to where we must not connect."""


async def resolve_host(host: str, port: int) -> Sequence[str]:
    """Ask the system's resolver for a host's addresses."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def permitted_addresses(host: str, port: int, resolve: Resolver, *, allow_private: bool) -> list[str]:
    """Return the host's addresses that may be connected to; raises AddressRefusedError where none may.

    Public addresses are permitted; loopback and private ones only with `allow_private`. Forms that
    carry one address inside another (IPv4-mapped, NAT64, 6to4, Teredo) and hosts written as one
    number or in hexadecimal are never needed honestly and are refused whatever they lead to.
    """
    literal = _read_literal(host)
    candidates = await resolve(host, port) if literal is None else [literal]
    return _choose(host, candidates, allow_private=allow_private)


def check_written_host(host: str, *, allow_private: bool) -> None:
    """Raise AddressRefusedError where a host, as it is written, is no place to go.

    All that can be told of a host whose name a proxy resolves.
    """
    literal = _read_literal(host)
    if literal is not None:
        _choose(host, [literal], allow_private=allow_private)
    elif _LOCAL_NAME.fullmatch(host):
        _choose(host, ["127.0.0.1"], allow_private=allow_private)


def _read_literal(host: str) -> str | None:
    """Return the address that a host is, None for a name; raises AddressRefusedError at a disguise."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        if _NUMERIC_HOST.fullmatch(host):
            raise AddressRefusedError(f"the host {host} is an address in disguise") from None
        return None


def _choose(host: str, candidates: Sequence[str], *, allow_private: bool) -> list[str]:
    permitted = [address for address in candidates if is_permitted(address, allow_private=allow_private)]
    if not permitted:
        shown = ", ".join(candidates) or "no address"
        hint = "" if allow_private else "; a network of one's own is read only with allow_private = true"
        raise AddressRefusedError(f"the host {host} leads to {shown}, where we do not connect{hint}")
    return permitted


def is_permitted(address: str, *, allow_private: bool) -> bool:
    """Say whether an address, written in the usual form, may be connected to."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        private = any(parsed in network for network in _V4_PRIVATE)
        special = parsed.is_multicast or parsed.is_reserved or parsed in _V4_RELAY
        public = parsed.is_global and not special
    else:
        private = parsed.scope_id is None and any(parsed in network for network in _V6_PRIVATE)
        public = (
            parsed.scope_id is None
            and parsed in _V6_GLOBAL
            and not any(parsed in network for network in _V6_SPECIAL)
        )
    return public or (allow_private and private)
