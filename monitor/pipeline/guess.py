"""What an address alone lets one guess of a source: its id, whose voice it is, its clock."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from monitor.domain.stance import Tier

_COUNTRIES = {
    "ru": ("russia", "Europe/Moscow"),
    "su": ("russia", "Europe/Moscow"),
    "xn--p1ai": ("russia", "Europe/Moscow"),
    "by": ("belarus", "Europe/Minsk"),
    "am": ("armenia", "Asia/Yerevan"),
    "kz": ("kazakhstan", "Asia/Almaty"),
    "kg": ("kyrgyzstan", "Asia/Bishkek"),
    "tj": ("tajikistan", "Asia/Dushanbe"),
    "az": ("azerbaijan", "Asia/Baku"),
    "uz": ("uzbekistan", "Asia/Tashkent"),
    "ua": ("ukraine", "Europe/Kyiv"),
}
_LANGUAGES = {
    "hy": "am", "kk": "kz", "ky": "kg", "tg": "tj", "az": "az", "uz": "uz", "be": "by", "uk": "ua",
    "ru": "ru",
}  # fmt: skip
_TIERS = (
    (re.compile(r"(?:^|[.-])(?:mfa|mid|diplomacy)(?:[.-]|$)"), Tier.FOREIGN_MINISTRY),
    (re.compile(r"president|kremlin|akorda"), Tier.HEAD_OF_STATE),
    (re.compile(r"primeminister|government|(?:^|\.)gov(?:\.|$)|(?:^|\.)pm\."), Tier.GOVERNMENT),
    (re.compile(r"parliament|duma|council|senate|majilis"), Tier.PARLIAMENT),
    (re.compile(r"(?:^|\.)(?:mil|mod|mchs|mvd|fsb)\."), Tier.SECURITY),
    (re.compile(r"csto|eaeunion|e-cis"), Tier.INSTITUTION),
)
_CHANNEL = re.compile(
    r"(?:https?://)?(?:t|telegram)\.me/(?:s/)?([A-Za-z]\w{3,31})/?(?:\?.*)?$|@([A-Za-z]\w{3,31})$"
)
_NOT_FOR_IDS = re.compile(r"[^a-z0-9_-]+")
_LONGEST_ID = 60


def complete_address(given: str) -> str:
    """Return the address to look at: a channel's name as its preview, a bare host with its scheme."""
    given = given.strip()
    if channel := channel_of(given):
        return f"https://t.me/s/{channel}"
    return given if "://" in given else f"https://{given}"


def channel_of(address: str) -> str | None:
    """Return the Telegram channel that an address means, if it means one."""
    found = _CHANNEL.match(address)
    return (found[1] or found[2]) if found else None


def guess_id(url: str, known: Collection[str]) -> str:
    """Return an id made of the host or channel, one that no source has yet."""
    channel = channel_of(url)
    host = (urlsplit(url).hostname or "source").removeprefix("www.")
    stem = f"tg-{channel.replace('_', '-')}" if channel else host.replace(".", "-")
    stem = _NOT_FOR_IDS.sub("-", stem.lower()).strip("-_")[:_LONGEST_ID] or "source"
    number = 2
    chosen = stem
    while chosen in known:
        chosen, number = f"{stem}-{number}", number + 1
    return chosen


def guess_country(url: str, languages: Collection[str]) -> tuple[str, str] | None:
    """Return bloc and time zone by the host's country, else by the language; None where neither tells."""
    last = (urlsplit(url).hostname or "").rpartition(".")[2]
    if last in _COUNTRIES and not channel_of(url):
        return _COUNTRIES[last]
    codes = [_LANGUAGES[language] for language in languages if language in _LANGUAGES]
    return _COUNTRIES[codes[0]] if codes else None


def guess_tier(url: str) -> Tier:
    """Return what kind of office speaks there, by the host's name."""
    if channel_of(url):
        return Tier.COMMENTATOR
    host = urlsplit(url).hostname or ""
    return next((tier for pattern, tier in _TIERS if pattern.search(host)), Tier.OUTLET)
