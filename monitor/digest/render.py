"""The digest as Markdown and as one self-contained HTML page; scraped text is inert in both."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from monitor.digest.chart import draw_weeks
from monitor.digest.words import day, words
from monitor.domain.actors import Target
from monitor.domain.digest import Digest, DigestEntry, DigestState, ReviewStep, TargetSection
from monitor.domain.stance import Stance, Tier
from monitor.messages.inert import safe_link
from monitor.messages.numbers import signed

MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~&-])")


@dataclass(frozen=True, slots=True)
class DigestFiles:
    """Where a published digest's files are."""

    markdown: Path
    html: Path
    chart: Path


def escape_markdown(text: str) -> str:
    """Make text inert in Markdown and in the HTML that it may carry, on one line."""
    return MARKDOWN_SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("monitor.digest", "templates"),
        autoescape=select_autoescape(enabled_extensions=("html.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(md=escape_markdown, signed=signed, day=day, safe_url=safe_link)
    return environment


def render_markdown(
    digest: Digest, targets: Mapping[str, Target], steps: Sequence[ReviewStep], chart: str, language: str
) -> str:
    """Return the digest as Markdown; `chart` is the image's relative name."""
    template = _environment().get_template("digest.md.j2")
    return template.render(_view(digest, targets, steps, language), chart=chart, bold=_bold_markdown)


def render_html(
    digest: Digest,
    targets: Mapping[str, Target],
    steps: Sequence[ReviewStep],
    chart_png: bytes,
    language: str,
) -> str:
    """Return the digest as one HTML page with its chart inside; no script, no outside resource."""
    template = _environment().get_template("digest.html.j2")
    chart = "data:image/png;base64," + base64.b64encode(chart_png).decode("ascii")
    return template.render(_view(digest, targets, steps, language), chart=chart, bold=_bold_html)


def published_files(digest: Digest, directory: Path) -> DigestFiles:
    """Return where the files of a digest are once they are written: named by the week."""
    stem = f"digest-{day(digest.week.astimezone(_zone(digest)))}"
    return DigestFiles(*(directory / f"{stem}.{ending}" for ending in ("md", "html", "png")))


def write_digest(
    digest: Digest, targets: Mapping[str, Target], steps: Sequence[ReviewStep], directory: Path, language: str
) -> DigestFiles:
    """Write chart, Markdown and HTML into the directory, named by the week; returns their paths."""
    files = published_files(digest, directory)
    directory.mkdir(parents=True, exist_ok=True)
    w = words(language)
    chart = draw_weeks(
        {_title(targets, s.target, language): s.series for s in digest.sections},
        files.chart,
        title=f"{w['title']}: {w['week']} {day(digest.week.astimezone(_zone(digest)))}",
        zone=digest.zone,
        language=language,
    )
    files.markdown.write_text(render_markdown(digest, targets, steps, chart.name, language), encoding="utf-8")
    # The page appears last and whole: who finds it there may read all three.
    between = files.html.with_suffix(".new")
    between.write_text(render_html(digest, targets, steps, chart.read_bytes(), language), encoding="utf-8")
    between.replace(files.html)
    return files


def _zone(digest: Digest) -> ZoneInfo:
    return ZoneInfo(digest.zone)


def _title(targets: Mapping[str, Target], target: str, language: str) -> str:
    known = targets.get(target)
    return known.title.get(language, known.id) if known else target


def _view(
    digest: Digest, targets: Mapping[str, Target], steps: Sequence[ReviewStep], language: str
) -> dict[str, object]:
    w = words(language)
    reviewers = list(dict.fromkeys(s.reviewer for s in steps if s.action not in ("draft", "publish")))
    return {
        "digest": digest,
        "w": w,
        "language": language,
        "zone": _zone(digest),
        "state": {
            DigestState.DRAFT: w["draft"],
            DigestState.APPROVED: w["approved"],
            DigestState.PUBLISHED: w["published"],
        }[digest.state],
        "title": lambda target: _title(targets, target, language),
        "who": lambda entry: _who(entry, w),
        "sharpest": lambda section: _side(section, Stance.HOSTILE),
        "warmest": lambda section: _side(section, Stance.CONCILIATORY),
        "reviewers": reviewers,
    }


def _side(section: TargetSection, stance: Stance) -> list[DigestEntry]:
    return [entry for entry in section.entries if not entry.dropped and entry.stance is stance]


def _who(entry: DigestEntry, w: Mapping[str, str]) -> str:
    speaker = entry.finding.assessment.speaker
    if speaker.name:
        return f"{speaker.name} ({speaker.tier.replace('_', ' ')}, {speaker.bloc})"
    voice = w["outlet_voice"] if speaker.tier is Tier.OUTLET else w["unknown_speaker"]
    return f"{entry.finding.outlet}: {voice}" if speaker.tier is Tier.OUTLET else voice


def _parts(entry: DigestEntry) -> tuple[str, str, str]:
    """Split the quotation around its mention."""
    text, mention = entry.finding.assessment.statement.text, entry.finding.assessment.mention
    return text[: mention.start], text[mention.start : mention.end], text[mention.end :]


def _bold_markdown(entry: DigestEntry) -> str:
    before, mention, after = _parts(entry)
    glue = (" " if before[-1:].isspace() else "", " " if after[:1].isspace() else "")
    return (
        f"{escape_markdown(before)}{glue[0]}**{escape_markdown(mention)}**{glue[1]}{escape_markdown(after)}"
    )


def _bold_html(entry: DigestEntry) -> Markup:
    before, mention, after = _parts(entry)
    return Markup("{}<mark>{}</mark>{}").format(escape(before), escape(mention), escape(after))
