"""Guessing selectors for a site's articles: the node that holds the text, its title and its date."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from bs4 import Tag
from soupsieve import SelectorSyntaxError

from monitor.domain.article import FeedItem, Page
from monitor.domain.source import ArticleSelectors, Source
from monitor.errors import ExtractionError
from monitor.extract.article import extract_article
from monitor.extract.samples import SHORTEST_LINE, Sample, bare, read_samples
from monitor.extract.suggest_fields import propose_date, propose_title
from monitor.pipeline.ports import ArticleProposal
from monitor.text.charset import decode_bytes
from monitor.text.markup import outermost, paragraphs, parse_html
from monitor.text.selectors import cost_of, is_telling, name_node, text_of, write_selectors

_COVERED = 0.8
_AGREES = 0.75
_MOST_LOOKED_AT = 24
_MOST_TRIED = 3
_MOST_PROPOSED = 3
_CLIMB = 3
_MOST_DROPS = 6
_GROUP = 3


def propose_articles(
    source: Source, pages: Sequence[tuple[FeedItem, Page]], now: datetime
) -> tuple[ArticleProposal, ...]:
    """Return selectors for text, title and date that hold on all the pages, the best first.

    What the generic extractor reads is the measure: a proposal was tried on every page and agrees
    with it in most words. Text that stands on several pages is furniture and counts against.
    """
    plain = replace(source, article=ArticleSelectors())
    samples, repeated = read_samples(plain, pages, now)
    if not samples:
        return ()
    ranked: list[tuple[float, ArticleSelectors, list[str]]] = []
    for body in _likeliest(_bodies(samples)[:_MOST_LOOKED_AT], samples):
        selectors = ArticleSelectors(body=body)
        if drops := _drops(samples, body, repeated):
            selectors = replace(selectors, drop=drops)
        texts = _try(plain, samples, selectors, now)
        agreement = _agreement(texts, samples, repeated) if texts else 0.0
        if texts and agreement >= _AGREES:
            ranked.append((agreement - 0.01 * _complexity(body) - 0.01 * len(drops), selectors, texts))
    ranked.sort(key=lambda entry: -entry[0])
    title = propose_title([(s.item, s.soup) for s in samples])
    date = propose_date([(s.item, s.soup) for s in samples], source, now)
    return tuple(
        ArticleProposal(
            replace(selectors, title=title, date=date),
            len(samples),
            round(statistics.median(map(len, texts))),
            round(_agreement(texts, samples, frozenset()), 3),
        )
        for _, selectors, texts in _distinct(ranked)[:_MOST_PROPOSED]
    )


def count_matches(page: Page, selectors: Mapping[str, str], encoding: str | None = None) -> dict[str, int]:
    """Return for each name how many nodes of the page its selector finds; -1 where it is no CSS."""
    soup = parse_html(decode_bytes(page.body, page.headers.get("content-type", ""), encoding))
    counts: dict[str, int] = {}
    for name, selector in selectors.items():
        try:
            counts[name] = len(soup.select(selector))
        except SelectorSyntaxError:
            counts[name] = -1
    return counts


def _bodies(samples: Sequence[Sample]) -> list[str]:
    """Return candidates for the text's node: those that hold most of it, and groups of its paragraphs."""
    counts: Counter[str] = Counter()
    for sample in samples:
        found: list[str] = []
        nodes = _nodes_of_lines(sample)
        holder = _common_holder(nodes)
        if holder is not None:
            around = [holder, *islice((n for n in holder.parents if n.name not in _TOP), _CLIMB)]
            for node in around:
                found += [
                    s for s in islice(write_selectors(node), 6) if len(sample.soup.select(s, limit=2)) == 1
                ]
                # Texts often stand in several blocks of one kind, with other matter between.
                for inner in _kinds_inside(node, nodes):
                    found += [f"{name} {inner}" for name in name_node(node)[:2] if is_telling(name)]
        for node in nodes:
            chain = [node, *islice((n for n in node.parents if n.name not in _TOP), 2)]
            found += [name for part in chain for name in name_node(part)[:2] if is_telling(name)]
        counts.update(list(dict.fromkeys(found)))
    return [body for body, _ in sorted(counts.items(), key=lambda e: (-e[1], cost_of(e[0])))]


_TOP = frozenset({"body", "html", "[document]", "head", "title"})
_UNSEEN = frozenset({"script", "style", "noscript", "template"})


def _likeliest(bodies: Sequence[str], samples: Sequence[Sample]) -> list[str]:
    """Return the candidates whose text comes nearest as it stands on the pages, each text once."""
    worth: dict[str, float] = {}
    seen: set[tuple[str, ...]] = set()
    for body in bodies:
        texts = tuple("\n\n".join(paragraphs(outermost(s.soup.select(body)))) for s in samples)
        if all(texts) and texts not in seen:
            worth[body] = round(_agreement(texts, samples, frozenset()), 2)
            seen.add(texts)
    return sorted(worth, key=lambda body: -worth[body])[:_MOST_TRIED]


def _nodes_of_lines(sample: Sample) -> list[Tag]:
    """Return the smallest nodes that hold the text's lines, one for each line that is found."""
    wanted = set(sample.lines)
    nodes = [n for n in sample.soup.find_all(True) if n.name not in _TOP and n.name not in _UNSEEN]
    shown = {id(node): bare(text_of(node)) for node in nodes}
    found: list[Tag] = []
    for node in nodes:
        if not wanted:
            break
        own = shown[id(node)]
        inside = {line for line in wanted if line in own} if len(own) >= SHORTEST_LINE else set()
        children = [shown.get(id(child), "") for child in node.find_all(True, recursive=False)]
        if inside and not any(line in child for child in children for line in inside):
            found.append(node)
            wanted -= inside
    return found


def _common_holder(nodes: Sequence[Tag]) -> Tag | None:
    """Return the smallest node that holds at least most of the text."""
    total = sum(len(bare(text_of(node))) for node in nodes)
    if not nodes or not total:
        return None
    held: Counter[int] = Counter()
    known: dict[int, Tag] = {}
    for node in nodes:
        size = len(bare(text_of(node)))
        for above in [node, *node.parents]:
            held[id(above)] += size
            known[id(above)] = above
    full = [
        known[key] for key, size in held.items() if size >= _COVERED * total and known[key].name not in _TOP
    ]
    return max(full, key=lambda node: len(list(node.parents)), default=None)


def _kinds_inside(holder: Tag, nodes: Sequence[Tag]) -> list[str]:
    """Return names that the nodes of lines inside a holder, or their own parents, have in common."""
    counts: Counter[str] = Counter()
    inside = [node for node in nodes if any(above is holder for above in node.parents)]
    for node in inside:
        names = set(name_node(node))
        if node.parent is not None and node.parent is not holder:
            names |= {name for name in name_node(node.parent) if is_telling(name)}
        counts.update(names)
    return [name for name, count in counts.most_common(6) if count >= _COVERED * len(inside)]


def _drops(samples: Sequence[Sample], body: str, repeated: frozenset[str]) -> tuple[str, ...]:
    """Return names of blocks inside the text that are none of it: lists of links, what pages repeat."""
    good: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    for sample in samples:
        text = bare(sample.text)
        for holder in outermost(sample.soup.select(body)):
            for node in holder.find_all(True):
                if node.name in ("a", "b", "i", "em", "strong", "br", "img", "span", "p") and not node.get(
                    "class"
                ):
                    continue
                words = bare(text_of(node))
                if not words:
                    continue
                names = [name for name in name_node(node) if is_telling(name)][:1]
                foreign = words not in text and (_is_link_list(node) or words in repeated)
                (bad if foreign else good).update(names)
    names = [name for name, _ in bad.most_common() if not good[name]]
    return tuple(sorted(names[:_MOST_DROPS]))


def _is_link_list(node: Tag) -> bool:
    whole = len(bare(text_of(node)))
    linked = sum(len(bare(text_of(anchor))) for anchor in node.find_all("a"))
    return linked > 0.5 * whole


def _try(
    source: Source, samples: Sequence[Sample], selectors: ArticleSelectors, now: datetime
) -> list[str] | None:
    """Extract every page with the selectors; None where one of them gives no text by them."""
    texts: list[str] = []
    for sample in samples:
        try:
            article = extract_article(replace(source, article=selectors), sample.item, sample.page, now)
        except ExtractionError:
            return None
        if article.extractor != "selectors":
            return None
        texts.append(article.text)
    return texts


def _agreement(texts: Sequence[str], samples: Sequence[Sample], repeated: frozenset[str]) -> float:
    """Return the mean share of words that texts and samples have in common, less for repeated lines."""
    scores = []
    for text, sample in zip(texts, samples, strict=True):
        mine, theirs = _groups(text), _groups(sample.text)
        common = (mine & theirs).total()
        score = 2 * common / max(mine.total() + theirs.total(), 1)
        lines = [bare(line) for line in text.split("\n")]
        score -= 0.02 * sum(line in repeated for line in lines)
        scores.append(score)
    return statistics.fmean(scores)


def _groups(text: str) -> Counter[tuple[str, ...]]:
    words = text.casefold().split()
    return Counter(tuple(words[i : i + _GROUP]) for i in range(max(len(words) - _GROUP + 1, 1)))


def _distinct(
    ranked: Sequence[tuple[float, ArticleSelectors, list[str]]],
) -> list[tuple[float, ArticleSelectors, list[str]]]:
    """Keep the best of those that read the same."""
    kept: dict[tuple[str, ...], tuple[float, ArticleSelectors, list[str]]] = {}
    for entry in ranked:
        kept.setdefault(tuple(entry[2]), entry)
    return list(kept.values())


def _complexity(selector: str) -> int:
    kind, steps, _, _ = cost_of(selector)
    return kind + steps
