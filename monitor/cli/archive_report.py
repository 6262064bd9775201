"""A statement's proof as an operator reads it in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.domain.article import Capture
from monitor.messages.inert import make_inert
from monitor.messages.reader import Reader
from monitor.pipeline.proof import Proof, Verdict

STYLES = {Verdict.CONFIRMED: "bold green", Verdict.MOVED: "bold yellow"}
MEANINGS = {
    Verdict.CONFIRMED: "it stands where it stood when it was judged",
    Verdict.MOVED: "it is there; today's configuration reads it at another place of the text",
    Verdict.NOT_FOUND: "today's configuration reads the page without it; the text that was judged is kept",
    Verdict.UNREADABLE: "today's configuration makes no article of the page",
    Verdict.ALTERED: "the archived bytes are not those that were read",
    Verdict.PRUNED: "the bytes are gone by a rule of retention; hash and headers are kept",
}


def print_proof(console: Console, proof: Proof, reader: Reader) -> None:
    """Print what a finding rests on and whether it was found there again."""
    evidence = proof.evidence
    finding, page = evidence.finding, evidence.capture.page
    statement = finding.assessment.statement
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("finding", f"{finding.id}, of revision {evidence.revision} ({evidence.extractor})")
    table.add_row("statement", make_inert(statement.text))
    table.add_row("source", make_inert(f"{finding.outlet} ({evidence.capture.source_id})"))
    for label, value in _capture_rows(evidence.capture, reader):
        table.add_row(label, value)
    table.add_row("", _size(evidence.capture))
    if page.request:
        table.add_row("request", _lines({n: v for n, v in page.request.items() if not n.startswith(":")}))
    table.add_row("answer", _lines(page.headers))
    if evidence.front is not None:
        table.add_row("carried by", "the front that showed the item with its text:")
        for label, value in _capture_rows(evidence.front, reader):
            table.add_row(label, value)
    elif page.front:
        table.add_row("carried by", f"a front that is no longer kept, sha256:{page.front}")
    table.add_row("verdict", Text(proof.verdict.value, STYLES.get(proof.verdict, "bold red")))
    table.add_row("", make_inert(f"{MEANINGS[proof.verdict]}{f': {proof.reason}' if proof.reason else ''}"))
    table.add_row("stands", _place(proof))
    console.print(table)


def _capture_rows(capture: Capture, reader: Reader) -> Iterator[tuple[str, str]]:
    page = capture.page
    yield "address", make_inert(page.url)
    if page.final_url != page.url:
        yield "led to", make_inert(page.final_url)
    local = page.fetched_at.astimezone(reader.zone)
    method = make_inert(page.request.get(":method", ""))
    asked = f"{method} answered {page.status}" if method else f"status {page.status}"
    yield "time", f"{page.fetched_at:%Y-%m-%d %H:%M:%S} UTC ({local:%H:%M %Z}), {asked}, {capture.role.value}"
    yield "hash", f"sha256:{page.sha256}"


def _size(capture: Capture) -> str:
    if capture.pruned_at is not None:
        return f"bytes pruned {capture.pruned_at:%Y-%m-%d}"
    return f"{len(capture.page.body)} bytes, capture {capture.id}"


def _lines(headers: Mapping[str, str]) -> str:
    return "\n".join(make_inert(f"{name}: {value}") for name, value in headers.items())


def _place(proof: Proof) -> str:
    """Tell where the statement stands in the text and in the bytes."""
    parts = []
    if proof.evidence.finding.assessment.statement.is_headline and proof.start is not None:
        parts.append("the headline")
    elif proof.start is not None:
        parts.append(f"characters {proof.start} to {proof.end} of the text")
    if proof.byte is not None:
        parts.append(f"from byte {proof.byte} of the page on")
    elif proof.verdict is not Verdict.PRUNED:
        parts.append("in the page parted by markup")
    return ", ".join(parts)
