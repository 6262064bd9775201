"""Links brought to one form, so that the same page is known by one key."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|yclid|ysclid|ymclid|_openstat|_ga|_gl|mc_[ce]id|igshid|msclkid|wbraid|gbraid|rss",
    re.IGNORECASE,
)
_LONGEST = 2_000


def resolve_link(base: str, href: str) -> str | None:
    """Return the absolute http(s) link without fragment and tracking parameters, or None."""
    try:
        parts = urlsplit(urljoin(base, "".join(href.split())))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not host or parts.username is not None:
        return None
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != {"http": 80, "https": 443}[scheme]:
        netloc += f":{port}"
    link = urlunsplit((scheme, netloc, parts.path or "/", _without_tracking(parts.query), ""))
    return link if len(link) <= _LONGEST else None


def _without_tracking(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=None)
    kept = [pair for pair in pairs if not _TRACKING.fullmatch(pair[0])]
    # An untouched query keeps its spelling: some servers know only their own.
    return query if len(kept) == len(pairs) else urlencode(kept)
