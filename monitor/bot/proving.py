"""The archived copy of what an alert rests on, as a file that opens nothing by itself."""

from __future__ import annotations

import io
import zipfile

from monitor.domain.archive import Evidence

LARGEST = 45_000_000
"""Bots may send 50 MB."""


def pack_copy(evidence: Evidence) -> bytes | None:
    """Return a ZIP file with the exact bytes that the server answered and what is known of them.

    None where a rule of retention took the bytes, or a bot cannot send so many. A page is hostile
    until proved otherwise: inside an archive no viewer opens it unasked.
    """
    page = evidence.capture.page
    if not page.body or len(page.body) > LARGEST:
        return None
    kind = page.headers.get("content-type", "").lower()
    name = "page.html" if "html" in kind else "page.xml" if "xml" in kind else "page.bin"
    facts = [
        f"address: {page.url}",
        f"answered from: {page.final_url}",
        f"status: {page.status}",
        f"archived at: {page.fetched_at.isoformat()}",
        f"sha256: {page.sha256}",
        "",
        "request:",
        *(f"  {key}: {value}" for key, value in sorted(page.request.items())),
        "",
        "response:",
        *(f"  {key}: {value}" for key, value in sorted(page.headers.items())),
        "",
        f"title: {evidence.title}",
        f"text as extracted ({evidence.extractor}, revision {evidence.revision}):",
        "",
        evidence.text,
        "",
    ]
    packed = io.BytesIO()
    at = page.fetched_at.timetuple()[:6]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, at), page.body, zipfile.ZIP_DEFLATED)
        text = "\n".join(facts).encode("utf-8", "replace")
        archive.writestr(zipfile.ZipInfo("capture.txt", at), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
