"""A source's block is checked as a whole, and every key of it is documented."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from monitor.schema import SOURCE_KINDS
from monitor.schema.sources import ArticleTable, JsonTable, ListingTable, PagingTable, SourceTable
from tests.test_settings import GOOD, problems_of, write

ROOT = Path(__file__).parents[1]
PLAIN = {
    "id": "paper",
    "outlet": "The Paper",
    "kind": "rss",
    "url": "https://paper.example/{year}.xml",
    "bloc": "russia",
    "tier": "outlet",
    "languages": ["ru"],
    "evidence": "guessed",
}
TABLES: dict[str, type[BaseModel]] = {
    "": SourceTable,
    "listing.": ListingTable,
    "json.": JsonTable,
    "paging.": PagingTable,
    "article.": ArticleTable,
}


def test_paging_without_a_place_for_the_number_is_an_error(tmp_path: Path) -> None:
    """It would ask for the same page for ever."""
    block = GOOD["sources/a.toml"] + '[source.paging]\nurl = "?page=2"\n'
    assert "source[a].paging.url: write {page} where" in problems_of(write(tmp_path, sources__a=block))


def test_whole_blocks_are_taken() -> None:
    """With all tables, whatever the kind."""
    source = SourceTable.model_validate(
        {
            **PLAIN,
            "kind": "json",
            "json": {"items": "*", "link": "/{id}", "body": "{}"},
            "paging": {"url": "?page={page}", "first": 1},
            "include": ["/news/"],
        }
    ).build()
    assert source.json is not None
    assert source.paging is not None
    assert ("/{id}", 1, ("/news/",)) == (source.json.link, source.paging.first, source.include)


def test_every_key_and_kind_is_documented() -> None:
    """Operators read docs/sources.md, not the schema."""
    text = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    keys = [
        f"`{prefix}{field.alias or name}`"
        for prefix, table in TABLES.items()
        for name, field in table.model_fields.items()
        if not (isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel))
        and f"{field.alias or name}." not in TABLES
    ]
    assert [] == [key for key in (*keys, *(f"`{kind}`" for kind in SOURCE_KINDS)) if key not in text]
