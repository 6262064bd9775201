"""Who speaks: whose words or act each statement of a text carries.

The outermost speaker is meant: who reports, not whom he reports. A transcript's label comes
first, then the statement's own reporting clause or act, then the quotation that it continues,
then who signs the source; what is left is the outlet's own voice. Nobody is guessed: a speaker
whom the text does not name stays unknown, with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.domain.actors import Person, Speaker, Target
from monitor.text.speakers.actors import Actor, ActorFinder, People
from monitor.text.speakers.actors_en import EnglishActors
from monitor.text.speakers.actors_ru import RussianActors
from monitor.text.speakers.addresses import attribute_address
from monitor.text.speakers.article import Article
from monitor.text.speakers.context import Context
from monitor.text.speakers.directory import Directory
from monitor.text.speakers.headers import attribute_header
from monitor.text.speakers.headlines import attribute_headline
from monitor.text.speakers.home import infer_home
from monitor.text.speakers.leads import attribute_cut_lead
from monitor.text.speakers.memory import Memory
from monitor.text.speakers.messages import attribute_message
from monitor.text.speakers.quotes import attribute_backward, attribute_pointed_back, continue_quote
from monitor.text.speakers.reading import learn, read_statements
from monitor.text.speakers.resolve import Resolver
from monitor.text.speakers.scripts import read_script
from monitor.text.speakers.standing import Standing
from monitor.text.speakers.turns import find_announced, find_turn, read_turns

__all__ = ["Attributor", "Context"]


class Attributor:
    """Attributes statements by reporting clauses, acts, transcript labels and the source."""

    def __init__(self, persons: Sequence[Person], targets: Sequence[Target]) -> None:
        self._directory = Directory(persons, targets)
        self._finders: dict[str, ActorFinder] = {
            "ru": RussianActors(self._directory),
            "en": EnglishActors(self._directory),
        }

    def attribute(self, context: Context) -> list[Speaker]:
        """Return one Speaker for each statement, in their order; languages but Russian read as English."""
        article = self._read(context)
        turns = read_script(article) if context.scripted else read_turns(article)
        memory = article.resolver.memory
        for i, one in enumerate(article.read):
            if not one.statement.is_headline:
                article.found[i] = (
                    find_turn(one.statement, turns)
                    or find_announced(one.statement, turns)
                    or article.attribute_by_cue(one)
                    or continue_quote(article, i)
                )
            memory.mentioned = one.actors
            memory.note_states(one.actors)
        attribute_backward(article)
        attribute_pointed_back(article)
        attribute_message(article)
        attribute_header(article)
        attribute_address(article)
        memory.forget_mentions()
        for i, one in enumerate(article.read):
            if one.statement.is_headline:
                article.found[i] = attribute_headline(article, one) or article.found[i]
        attribute_cut_lead(article)
        return [speaker or article.own_voice() for speaker in article.found]

    def _read(self, context: Context) -> Article:
        """Read the statements and gather the people and organs that the text names."""
        lang = "ru" if context.lang == "ru" else "en"
        finder, people, memory = self._finders[lang], People(), Memory()
        default = context.default_speaker
        if default is not None and not default.institution:
            learn(people, Actor(0, 2, default.name, 0, person=default))
        home = infer_home(context)
        read = read_statements(context.text, context.statements, lang, finder, people, home)
        for one in read:
            for actor in one.actors:
                memory.learn_organ(actor, self._directory)
        standing = Standing(self._directory, memory, home, narrated=default is None)
        resolver = Resolver(self._directory, people, memory, standing, context.said_on)
        return Article(context, read, resolver, finder, lang, found=[None] * len(read))
