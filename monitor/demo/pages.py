"""Drawing fronts and pages from templates; everything that comes from items is escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from html import escape

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from monitor.demo.content import Outlet, Version
from monitor.demo.sites import HTML, MOSCOW, Site, post_number
from monitor.demo.words import FURNITURE, MONTHS

LABEL = re.compile(r"((?:[^\W\d_a-zа-яё][\w.\-’']*)(?: [^\W\d_a-zа-яё][\w.\-’']*){0,3}): ")
EMOJI = re.compile(r"[\u2600-\u27bf\U0001f000-\U0001faff][\ufe0f\u200d\u2640\u2642]*")
PICTURE = r'<i class="emoji" style="background-image:url()"><b>\g<0></b></i>'
ENTITY = "xmlcharrefreplace"
HEADLINE_LENGTH = 70
TEASER_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Place:
    """An outlet at its address in the newsroom."""

    outlet: Outlet
    site: Site
    base: str

    @property
    def front(self) -> str:
        """The address of its feed, listing or channel."""
        return self.base + self.site.front

    @property
    def channel(self) -> str:
        """The channel's name; its hyphen is one that no real channel's name can have."""
        return self.outlet.id

    def path(self, version: Version) -> str:
        """Return an item's path on the server."""
        return f"/{self.outlet.id}{self.site.item_path(version)}"

    def url(self, version: Version) -> str:
        """Return an item's address."""
        return self.base + self.site.item_path(version)

    def post(self, version: Version) -> int:
        """Return the number of a channel's post."""
        return post_number(version)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the label of its speaker, if it has one; `first` the first time it speaks."""

    text: str
    label: str = ""
    first: bool = False


def draw_front(place: Place, versions: Sequence[Version], updated: datetime) -> bytes:
    """Return the front with the newest versions, given the oldest first."""
    shown = list(reversed(versions))[: place.site.newest]
    text = (
        _environment()
        .get_template(place.site.front_template)
        .render(
            place=place,
            versions=shown,
            hidden=len(versions) - len(shown),
            updated=updated,
            charset=place.outlet.encoding,
            w=FURNITURE[place.outlet.language],
        )
    )
    return text.encode(place.outlet.encoding, ENTITY)


def draw_page(place: Place, version: Version, earlier: Sequence[Version]) -> bytes:
    """Return an item's page, broken where the item says so; `earlier` are those to read also."""
    item = version.item
    text = (
        _environment()
        .get_template(place.site.page_template)
        .render(
            place=place,
            v=version,
            versions=[version],
            hidden=1,
            paragraphs=[] if item.broken else split_paragraphs(version),
            earlier=earlier,
            structured=_structured_data(place, version),
            charset=place.outlet.encoding,
            w=FURNITURE[item.language],
        )
    )
    if item.broken == "truncated_html":
        text = text[: text.find("</h1>")]
    return text.encode(place.outlet.encoding, ENTITY)


def draw_index(places: Sequence[tuple[Place, int]], now: datetime) -> bytes:
    """Return the list of all outlets with how many items each has published."""
    return _environment().get_template("index.html.j2").render(places=places, now=now).encode()


def content_type(place: Place, media_type: str) -> str:
    """Return the header for an outlet's front or page.

    Pages of an outlet in another encoding are mislabelled, as happens where a proxy adds its
    default: only the markup itself says what they are in.
    """
    charset = "utf-8" if media_type == HTML else place.outlet.encoding
    return f"{media_type}; charset={charset}"


def split_paragraphs(version: Version) -> list[Paragraph]:
    """Return the body's paragraphs, each with its speaker's label apart."""
    known: set[str] = set()
    result = []
    for text in version.paragraphs:
        line = " ".join(text.split())
        found = LABEL.match(line)
        label = found[1] if found else ""
        result.append(Paragraph(line[found.end() :] if found else line, label, label not in known))
        known.add(label)
    return result


def _structured_data(place: Place, version: Version) -> Markup:
    """Return the page's JSON-LD, which names its title and date but not its text."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": version.title,
        "datePublished": _iso(version.item.published),
        "dateModified": _iso(version.updated_at),
        "publisher": {"@type": "Organization", "name": place.outlet.name},
    }
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return Markup('<script type="application/ld+json">') + Markup(text) + Markup("</script>")  # noqa: S704


def _draw_post(version: Version) -> Markup:
    """Return a channel post's markup: breaks for lines and paragraphs, pictures for emoji."""
    lines = "\n\n".join(version.paragraphs).split("\n")
    drawn = (EMOJI.sub(PICTURE, escape(line)) for line in lines)
    return Markup("<br/>".join(drawn))  # noqa: S704 - each line was escaped


def _headline(version: Version) -> str:
    return _shorten(version.title or next(iter(version.paragraphs), version.item.slug), HEADLINE_LENGTH)


def _teaser(version: Version) -> str:
    """Return the lead, or the text's beginning where there is none."""
    return version.item.lead or _shorten(" ".join(version.body.split()), TEASER_LENGTH)


def _shorten(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + "…"


def _iso(moment: datetime) -> str:
    return moment.astimezone(MOSCOW).isoformat(timespec="seconds")


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment.astimezone(MOSCOW))


def _moscow(moment: datetime, pattern: str) -> str:
    return moment.astimezone(MOSCOW).strftime(pattern)


def _long_date(moment: datetime, language: str) -> str:
    local = moment.astimezone(MOSCOW)
    return f"{local.day} {MONTHS[language][local.month - 1]} {local.year}"


def _cdata(text: str) -> Markup:
    """Return text for a CDATA section, inside of which a reader of feeds expects HTML."""
    return Markup(escape(text).replace("]]>", "]]&gt;"))  # noqa: S704 - escaped


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("monitor.demo", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "iso": _iso,
        "rfc822": _rfc822,
        "moscow": _moscow,
        "long_date": _long_date,
        "post_html": _draw_post,
        "headline": _headline,
        "teaser": _teaser,
        "cdata": _cdata,
    }
    return environment


NEVER = datetime(2000, 1, 1, tzinfo=UTC)
