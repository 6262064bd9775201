"""Finding out how a site can be read, and writing that down as a source to be reviewed."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit

from monitor.domain.article import Article
from monitor.domain.source import ArticleSelectors, Source
from monitor.domain.stance import Tier
from monitor.errors import FetchError, MonitorError, Trouble
from monitor.pipeline.block import write_block, write_comments
from monitor.pipeline.guess import complete_address, guess_country, guess_id, guess_tier
from monitor.pipeline.looking import ArticlesRead, Looking
from monitor.pipeline.ports import FrontSurvey, Validators
from monitor.pipeline.ways_in import WayIn, find_ways
from monitor.text.language import detect_language

_ARTICLES = 3
_AS_GOOD = 0.8
_WHOLE_TEXT = 400
_MOST_LANGUAGES = 3
_FULL_TEXT_MARKS = (b"content:encoded", b"<content", b"yandex:full-text")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the operator says of the source; what is None is found out or guessed."""

    id: str | None = None
    outlet: str | None = None
    bloc: str | None = None
    tier: Tier | None = None
    kind: str | None = None
    languages: tuple[str, ...] | None = None
    timezone: str | None = None
    default_speaker: str | None = None
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A source as it was found, what it showed, and the other ways in."""

    source: Source
    way: WayIn
    articles: tuple[Article, ...]
    others: tuple[WayIn, ...]
    remarks: tuple[str, ...] = ()
    comments: dict[str, str] = field(default_factory=dict, hash=False)

    def block(self, given: str, now: datetime) -> str:
        """Return the block for a configuration file, under comments that say what it rests on."""
        lengths = [len(article.text) for article in self.articles]
        head = [
            f"Found by `sources add {given}` on {now:%Y-%m-%d}; a guess: review it, then enable it.",
            f"It showed {self.way.describe().partition(': ')[2]}",
            *(f"- {item.title}" for item in self.way.items[:2] if item.title),
        ]
        if lengths:
            extractors = ", ".join(dict.fromkeys(article.extractor for article in self.articles))
            head.append(
                f"{len(lengths)} articles: {round(statistics.median(lengths))} characters ({extractors})"
            )
        head += self.remarks
        if self.others:
            head += ["Other ways in:", *(f"- {way.describe()}" for way in self.others)]
        return write_comments(head) + write_block(self.source, self.comments)


async def scout_source(
    looking: Looking, given: str, wishes: Wishes, known_ids: Collection[str] = ()
) -> Found:
    """Return how the site at an address is best read; raises FetchError where it is not to be read at all."""
    url = complete_address(given)
    plain = Source(
        id=wishes.id or guess_id(url, known_ids),
        outlet=wishes.outlet or "",
        kind="rss",
        url=url,
        bloc=wishes.bloc or "other",
        tier=wishes.tier or guess_tier(url),
        languages=wishes.languages or ("ru", "en"),
        timezone=wishes.timezone or (guess_country(url, ()) or ("", "Europe/Moscow"))[1],
        default_speaker=wishes.default_speaker,
        evidence="guessed",
        enabled=False,
        allow_private=wishes.allow_private,
    )
    page = await looking.page(plain, url)
    survey = await looking.run(looking.survey, page)
    ways = await find_ways(looking, plain, page, survey, wishes.kind)
    best = next((way for way in ways if not way.failure), None)
    if best is None:
        tried = "; ".join(way.describe() for way in ways) or "no feed, list or sitemap was found on the page"
        raise FetchError(url, f"no way to read articles there: {tried}", trouble=Trouble.LAYOUT)
    return await _complete(looking, best, tuple(way for way in ways if way is not best), survey, wishes)


async def _complete(
    looking: Looking, way: WayIn, others: tuple[WayIn, ...], survey: FrontSurvey, wishes: Wishes
) -> Found:
    """Look at articles, and settle what they tell: selectors, language, encoding, full texts in a feed."""
    source, remarks = way.source, list[str]()
    read = await looking.articles(source, way.items[:_ARTICLES])
    articles = read.articles
    whole = await _whole_texts(looking, way, read)
    if whole:
        source, articles = replace(source, full_text_in_feed=True), whole
        remarks.append("The feed's entries hold the whole text.")
    elif read.pages:
        source, articles = await _with_selectors(looking, source, read, remarks)
    if len(articles) < len(way.items[:_ARTICLES]):
        remarks += [f"Could not be read: {text}" for _, text in read.problems]
    own_pages = [way.page] if way.page else []
    surveys = [await looking.run(looking.survey, page) for page in own_pages + [p for _, p in read.pages]]
    codes = {one.encoding for one in surveys}
    encoding = codes.pop() if len(codes) == 1 else ""
    languages = wishes.languages or _languages(articles, way)
    comments: dict[str, str] = {}
    if not languages:
        languages = ("ru",)
        comments["languages"] = "no text told: check"
    country = guess_country(source.url, languages)
    if wishes.bloc is None:
        comments["bloc"] = (
            "a guess by address or language: check" if country else "not known: say whose voice it is"
        )
    if wishes.tier is None:
        comments["tier"] = "a guess by the address: check"
    if wishes.timezone is None:
        comments["timezone"] = "of dates without a zone; a guess: check"
    name = survey.name or next((one.name for one in surveys if one.name), "")
    return Found(
        replace(
            source,
            outlet=wishes.outlet or name or urlsplit(source.url).hostname or source.id,
            bloc=wishes.bloc or (country[0] if country else "other"),
            timezone=wishes.timezone or (country[1] if country else source.timezone),
            languages=languages,
            encoding=encoding if encoding not in ("", "utf-8") else None,
        ),
        way,
        tuple(articles),
        others,
        tuple(remarks),
        comments,
    )


async def _whole_texts(looking: Looking, way: WayIn, read: ArticlesRead) -> list[Article]:
    """Return the texts that a feed's own entries give, if they are as whole as those of the pages."""
    body = way.page.body if way.page else b""
    if way.source.kind != "rss" or not any(mark in body for mark in _FULL_TEXT_MARKS):
        return []
    full = replace(way.source, full_text_in_feed=True)
    discovery = await looking.collector.discover(full, Validators())
    entries = [item for item in discovery.items[:_ARTICLES] if item.html]
    texts = (await looking.articles(full, entries)).articles
    if not texts:
        return []
    mine = statistics.median(len(article.text) for article in texts)
    theirs = statistics.median([len(article.text) for article in read.articles] or [0])
    return texts if mine >= max(_AS_GOOD * theirs, _WHOLE_TEXT) else []


async def _with_selectors(
    looking: Looking, source: Source, read: ArticlesRead, remarks: list[str]
) -> tuple[Source, list[Article]]:
    """Return the source with selectors for its articles, where some work, and the texts read with them."""
    try:
        proposals = await looking.run(looking.propose_articles, source, read.pages, looking.now())
    except MonitorError:
        proposals = ()
    if not proposals:
        remarks.append("No selector was found for the text: the generic extractor reads it.")
        return source, read.articles
    best = proposals[0]
    remarks += [
        f"Another selector for the text: {other.selectors.body}"
        for other in proposals[1:]
        if other.selectors.body != best.selectors.body
    ]
    chosen = replace(source, article=best.selectors)
    articles = await looking.again(chosen, read.pages)
    return (chosen, articles) if articles else (replace(source, article=ArticleSelectors()), read.articles)


def _languages(articles: Sequence[Article], way: WayIn) -> tuple[str, ...]:
    """Return the languages of the texts, the commonest first; of the titles where there is no text."""
    texts = [f"{article.title}\n{article.text}" for article in articles]
    texts = texts or [" ".join(item.title for item in way.items[:10])]
    counts = Counter(language for text in texts if (language := detect_language(text)))
    return tuple(language for language, _ in counts.most_common(_MOST_LANGUAGES))
