"""Colons, dashes and prepositions of a Russian sentence that name its speaker without a verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.domain.stance import Tier
from monitor.text.speakers import lexicon_ru as lexicon
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.cues import Cue, CueKind
from monitor.text.speakers.offices import Organ
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence, has_title_before_colon
from monitor.text.speakers.surnames_ru import read_owner_of_words
from monitor.text.speakers.words import ANY_GEN, ANY_NOM, DAT, GEN, PLURAL

_BLACK = frozenset({"черный", "санкционный", "запретный"})
_ENTER = frozenset({"попасть", "внести", "включить", "оказаться", "пополнить"})
_ABOUT = frozenset({"о", "об"})
_FAR_PAGE = 5
_FAR_COLON = 14
_LONGEST_TITLE = 12
_OF_PERSONS = word_set("слово мнение утверждение убеждение признание заверение выражение")
_SHORTEST_NAME = 4
_PUBLISHED = ("опубликован", "размещен", "распространен", "поступивш")
_DECREES = frozenset({"указ", "распоряжение", "постановление"})
_PAGES = frozenset({"сайт", "страница", "аккаунт", "страничка", "канал", "telegram-канал", "телеграм-канал"})
_POSSESSIVES = {"его": "he", "ее": "she", "их": "they"}


def find_marks(s: Sentence, actors: Sequence[Actor], *, headline: bool) -> Iterator[Cue]:
    """Read "Песков: …", "Песков — о …" and, in a headline, "Песков о …" and "… — Песков"."""
    for actor in actors:
        if s.quoted[actor.start] or not actor.mask & ANY_NOM or actor.relay:
            continue
        kind = _read_mark(s, actors, actor, headline=headline)
        if kind is not None:
            yield Cue(kind, actor.text, actor.start, actor)


def _is_route(actors: Sequence[Actor], actor: Actor) -> bool:
    """Whether a dash joins two places: "авиарейс Бишкек — Тегеран"."""
    return actor.is_state and any(
        one.is_state and one.mask & ANY_NOM and one.end == actor.start - 1 for one in actors
    )


def _read_mark(s: Sentence, actors: Sequence[Actor], actor: Actor, *, headline: bool) -> CueKind | None:
    follows = s.lows[actor.end : actor.end + 2]
    opens = not any(text[0].isalnum() for text in s.texts[: actor.start])
    if opens and _labels(s, actor):
        return CueKind.COLON
    if opens and len(follows) == 2 and follows[0] in "—–-" and follows[1] in _ABOUT:
        return CueKind.ABOUT
    if opens and actor.is_human and follows[:1] and follows[0] in _ABOUT and not headline:
        return CueKind.ABOUT if ":" in s.texts[actor.end : actor.end + _FAR_COLON] else None
    if not headline:
        return CueKind.SOURCE if _closes_post(s, actor) else None
    before = s.texts[actor.start - 1] if actor.start else ""
    if follows and follows[0] in _ABOUT and not actor.is_state and (opens or before in ":.!?"):
        return CueKind.ABOUT
    source = not follows and actor.start > 2 and before in "—–:"
    private = actor.organ is not None and actor.organ.name is not None and actor.organ.tier is Tier.OTHER
    return CueKind.SOURCE if source and not (private or _is_route(actors, actor)) else None


def _labels(s: Sentence, actor: Actor) -> bool:
    """Whether a colon follows the actor, or the title beside the name."""
    if s.texts[actor.end : actor.end + 1] == [":"]:
        return not (actor.is_state and _is_passive(s, actor.end + 1))
    return actor.is_named and actor.is_human and _ends_at_colon(s, actor.end)


def _ends_at_colon(s: Sentence, k: int) -> bool:
    """Whether "X, the president of Y:" stands there: a title between the name and the colon."""
    return has_title_before_colon(
        s, k, _LONGEST_TITLE, lambda i: _is_finite(s, i) or s.lows[i] in lexicon.STOPS
    )


def _is_finite(s: Sentence, i: int) -> bool:
    """Whether a token can be nothing but a finite verb."""
    word = s.words[i]
    return word is not None and word.verb is not None and word.verb.kind == "finite" and not word.nouns


def _is_passive(s: Sentence, i: int) -> bool:
    """Whether something was done there: "Белоруссия: подведены итоги" names the place."""
    word = s.words[i] if i < len(s) else None
    return word is not None and word.verb is not None and word.verb.kind == "passive"


def _closes_post(s: Sentence, actor: Actor) -> bool:
    """Whether "…, — X." ends a statement, as channels write."""
    rest = s.texts[actor.end :]
    dashed = actor.start > 2 and s.texts[actor.start - 1] in "—–"
    bare = not rest and actor.is_named and actor.start > _LONGEST_TITLE
    dashed = dashed and (s.texts[actor.start - 2] in ",»”" or bare)
    return dashed and not any(text[0].isalnum() for text in rest) and not actor.is_crowd


def find_prepositional(s: Sentence, at: Sequence[Actor | None]) -> Iterator[Cue]:
    """Read "по словам X", "согласно X", "со ссылкой на X"."""
    for i, low in enumerate(s.lows):
        if s.quoted[i]:
            continue
        if low == "по" and i + 2 < len(s):
            yield from _read_according(s, at, i)
        elif low == "на" and i + 2 < len(s):
            yield from _read_view(s, at, i, i + 1, "взгляд")
        elif low == "с" and s.lows[i + 1 : i + 2] == ["точки"]:
            yield from _read_view(s, at, i, i + 2, "зрения")
        elif low == "согласно":
            actor = next_actor(s, at, i + 1, 3) or _read_latin(s, at, i + 1, 3)
            if actor is not None:
                yield Cue(CueKind.ACCORDING, f"согласно {actor.text}", i, actor)
        elif low == "ссылкой" and (actor := next_actor(s, at, i + 2, 3)) is not None:
            yield Cue(CueKind.ACCORDING, f"со ссылкой на {actor.text}", i, actor, parenthetic=i > 4)


def _read_according(s: Sentence, at: Sequence[Actor | None], i: int) -> Iterator[Cue]:
    j = i + 1
    if s.lows[j] in _POSSESSIVES and _is_according(s, j + 1):
        yield Cue(CueKind.ACCORDING, s.lows[j], i, pronoun=_POSSESSIVES[s.lows[j]])
        return
    if not _is_according(s, j):
        j += 1
    actor = next_actor(s, at, j + 1, 2) if _is_according(s, j) else None
    if actor is None and _is_according(s, j):
        word = s.words[j]
        personal = word is not None and not _OF_PERSONS.isdisjoint(word.cases)
        actor = read_owner_of_words(s, at, j + 1, sure=personal) or _read_latin(s, at, j + 1, 2)
    if actor is not None and actor.mask & ANY_GEN:
        evidence, within = f"по {s.lows[j]} {actor.text}", _is_within_relative(s, i)
        yield Cue(CueKind.ACCORDING, evidence, i, actor, parenthetic=i > 0, introduced=within)


def _is_within_relative(s: Sentence, i: int) -> bool:
    """Whether it is told of a clause with "which" only: "выборы, на которых, по данным ЦИК, победил X"."""
    for k in range(i - 1, -1, -1):
        if s.texts[k] in ".;:!?—–":
            return False
        if s.lows[k].startswith(lexicon.WHICH):
            return True
    return False


def _read_latin(s: Sentence, at: Sequence[Actor | None], start: int, reach: int) -> Actor | None:
    """Read "по данным NetBlocks", "согласно ответу техподдержки Docker": a service by its Latin name."""
    for k in range(start, min(start + reach, len(s))):
        relay = at[k]
        if relay is not None and relay.relay and relay.outlet is None:
            continue
        if relay is not None or s.quoted[k] or not s.texts[k][0].isalnum():
            return None
        if s.texts[k].isascii() and s.capital[k] and len(s.texts[k]) >= _SHORTEST_NAME:
            name = s.texts[k]
            cited = at[k - 1]
            tier = Tier.OUTLET if cited is not None and cited.relay else Tier.OTHER
            return Actor(k, k + 1, name, GEN, organ=Organ(name, tier, None, name))
    return None


def _read_view(s: Sentence, at: Sequence[Actor | None], i: int, j: int, noun: str) -> Iterator[Cue]:
    """Read "на взгляд X", "на его взгляд", "с точки зрения X"."""
    beside, following = i > 0, s.lows[j + 1 : j + 2]
    owner = s.lows[j] if following == [noun] else following[0] if s.lows[j] == noun and following else ""
    pronoun = _POSSESSIVES.get(owner, "")
    if pronoun:
        yield Cue(CueKind.ACCORDING, owner, i, pronoun=pronoun, parenthetic=beside, introduced=beside)
        return
    actor = next_actor(s, at, j + 1, 2) if s.lows[j] == noun else None
    if actor is not None and actor.mask & ANY_GEN:
        evidence = f"{noun} {actor.text}"
        yield Cue(CueKind.ACCORDING, evidence, i, actor, parenthetic=beside, introduced=beside)


def _is_according(s: Sentence, i: int) -> bool:
    word = s.words[i] if i < len(s) else None
    if word is None or lexicon.ACCORDING.isdisjoint(word.cases):
        return False
    return bool((word.mask | word.mask >> PLURAL) & DAT)


def find_blacklist(s: Sentence, at: Sequence[Actor | None]) -> Iterator[Cue]:
    """Read "в чёрный список Роспотребнадзора попали": who keeps the list takes the measure."""
    for i, word in enumerate(s.words):
        if word is None or "список" not in word.cases or not i:
            continue
        before = s.words[i - 1] or (s.words[i - 2] if i > 1 else None)
        black = before is not None and not _BLACK.isdisjoint(before.cases)
        k = i + 1 + (i + 1 < len(s) and s.texts[i + 1] in '»"”')
        actor = at[k] if k < len(s) else None
        enters = any(w is not None and w.verb is not None and w.verb.lemma in _ENTER for w in s.words)
        listed = enters and (black or s.lows[i - 1].startswith("стоп"))
        if listed and actor and actor.mask & ANY_GEN and (actor.is_institution or actor.is_state):
            yield Cue(CueKind.AGENT, f"список {actor.text}", i, actor)


def find_document(s: Sentence, at: Sequence[Actor | None], v: int) -> Cue | None:
    """Read "говорится в заявлении МИД" around the verb at a token."""
    for j in [*range(v + 1, min(v + 7, len(s))), *range(v - 1, max(v - 12, -1), -1)]:
        word = s.words[j]
        if word is None or s.quoted[j] or lexicon.STATEMENTS.isdisjoint(word.cases):
            continue
        actor = (
            next_actor(s, at, j + 1, 3) or _find_publisher(s, at, j + 1) or _find_owner_of_page(s, at, j + 1)
        )
        evidence = f"{s.lows[v]} {s.lows[j]}"
        if actor is not None and actor.mask & ANY_GEN:
            evidence = f"{evidence} {actor.text}"
            return Cue(CueKind.STATEMENT, evidence, min(v, j), actor, parenthetic=j > v > 0)
        if actor is None and s.lows[j - 1 : j] in (["в"], ["во"]):
            decreed = not _DECREES.isdisjoint(word.cases)
            author = "decree" if decreed else "author"
            return Cue(CueKind.STATEMENT, evidence, min(v, j), pronoun=author, parenthetic=j > v > 0)
    return _find_page(s, at, v)


def _find_page(s: Sentence, at: Sequence[Actor | None], v: int) -> Cue | None:
    """Read "сообщается на сайте МИД" and "говорится в X", where X is a channel."""
    for j in [*range(v + 1, min(v + 5, len(s))), *range(v - 1, max(v - 8, -1), -1)]:
        word, actor = s.words[j], at[j]
        paged = s.lows[j].endswith(("-канале", "-канала"))
        paged = paged or (word is not None and not _PAGES.isdisjoint(word.cases))
        if actor is None and paged:
            actor = next_actor(s, at, j + 1, 3)
        elif (
            actor is None
            or s.lows[j - 1 : j] not in (["в"], ["на"])
            or not actor.is_institution
            or actor.organ
        ):
            continue
        if actor is not None and not s.quoted[j] and (actor.is_institution or actor.is_human):
            return Cue(
                CueKind.STATEMENT, f"{s.lows[v]} {actor.text}", min(v, j), actor, parenthetic=j > v > 0
            )
    return None


def _find_owner_of_page(s: Sentence, at: Sequence[Actor | None], k: int) -> Actor | None:
    """Read "в сообщении в телеграм-канале X", "в описании ролика на странице X"."""
    for i in range(k, min(k + _FAR_PAGE, len(s))):
        word = s.words[i]
        if word is None or s.texts[i] in ",.;:":
            return None
        paged = not _PAGES.isdisjoint(word.cases) or s.lows[i].endswith(("канале", "канала"))
        if paged and s.lows[i - 1] in ("в", "на"):
            actor = next_actor(s, at, i + 1, 3)
            return actor if actor is not None and actor.mask & ANY_GEN else None
    return None


def _find_publisher(s: Sentence, at: Sequence[Actor | None], k: int) -> Actor | None:
    """Read "в сообщении, опубликованном на сайте X"."""
    if s.texts[k : k + 1] == [","]:
        k += 1
    published = k < len(s) and s.lows[k].startswith(_PUBLISHED)
    return (
        next((next_actor(s, at, i, 3) for i in range(k, k + 4) if next_actor(s, at, i, 3)), None)
        if published
        else None
    )


def next_actor(s: Sentence, at: Sequence[Actor | None], start: int, reach: int) -> Actor | None:
    """Return the actor that begins within a few words."""
    for i in range(start, min(start + reach, len(s))):
        actor = at[i]
        if actor is not None:
            return None if s.quoted[i] or actor.relay else actor
        if not s.texts[i][0].isalnum():
            return None
    return None
