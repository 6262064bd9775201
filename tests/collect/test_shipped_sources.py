"""The shipped sources are whole: kinds are known, selectors are CSS, guesses are off."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import soupsieve

from monitor.collect.kinds import KINDS
from monitor.domain.source import Source
from monitor.schema import SOURCE_KINDS
from monitor.settings import load_settings

SETTINGS = load_settings(Path(__file__).parents[2] / "config")


def selectors_of(source: Source) -> list[str]:
    """Return every selector of a source."""
    listing = source.listing
    found = [listing.item, listing.link, listing.title, listing.date] if listing else []
    article = source.article
    return [*found, article.title, article.date, article.lead, article.body, *article.drop]


def test_every_configured_kind_can_be_read() -> None:
    """The schema and the registry name the same kinds; a folder is read by taking its files in."""
    assert set(SOURCE_KINDS) == set(KINDS) | {"folder"}


def test_enough_sources_are_read_from_every_side() -> None:
    """At least 60 documented ones, four or more of Moscow and of each partner, official voices among them."""
    enabled = [source for source in SETTINGS.enabled_sources if source.evidence == "documented"]
    assert len(enabled) >= 60
    partners = ("armenia", "azerbaijan", "belarus", "kazakhstan", "kyrgyzstan", "tajikistan", "uzbekistan")
    counts = Counter(source.bloc for source in enabled)
    assert {} == {bloc: counts[bloc] for bloc in ("russia", *partners) if counts[bloc] < 4}
    assert {"government", "foreign_ministry", "parliament", "commentator", "institution", "outlet"} <= {
        source.tier.value for source in enabled
    }


def test_languages_that_are_not_read_are_collected_too() -> None:
    """They are counted and shown as unread: silence there would look like calm."""
    spoken = {language for source in SETTINGS.enabled_sources for language in source.languages}
    assert {"hy", "az", "kk", "uz"} <= spoken


def test_guesses_are_off_and_nothing_shipped_reads_private_networks() -> None:
    """Whoever has looked at a guess turns it on."""
    assert [] == [s.id for s in SETTINGS.sources if s.evidence == "guessed" and s.enabled]
    assert [] == [s.id for s in SETTINGS.sources if s.allow_private]


@pytest.mark.parametrize("source", SETTINGS.sources, ids=lambda source: source.id)
def test_selectors_are_css(source: Source) -> None:
    """A slip in a selector is found before the site is."""
    for selector in filter(None, selectors_of(source)):
        soupsieve.compile(selector)


def test_urls_are_read_once() -> None:
    """Two blocks for one address would count everything twice."""
    urls = [source.url for source in SETTINGS.sources]
    assert len(urls) == len(set(urls))
