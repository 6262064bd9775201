"""Where an actor stands: of which state, on which side, in what kind of office."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.domain.actors import UNKNOWN_BLOC
from monitor.domain.stance import Tier
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.directory import OPPOSITION_BLOC, Directory
from monitor.text.speakers.memory import Memory
from monitor.text.speakers.offices import SERVING, Organ, Role
from monitor.text.speakers.states import State

HEADED_BY_PRIME_MINISTER = frozenset({"armenia"})
"""States for which the prime minister speaks."""
_DOMESTIC = frozenset({"governor", "mayor", "member of parliament", "senator"})
"""Offices that even an official channel names without the state only where it is its own."""


_OF_THE_STORY = frozenset({"athlete", "activist", "head of a movement", "lawyer"})
"""Those whose country is the one that their words are about, where nothing else tells it."""
_OF_RUSSIAN_REGION = re.compile(r"губернатор\w*(?=.*\b(?:области|края|округа)\b)", re.IGNORECASE)
"""A governor of a region that is of no state we know by name."""
_OF_ELECTIONS = frozenset({"Central Election Commission", "Supreme Court"})
"""Organs of the state that a statement tells of, wherever it is told."""
_OF_SCHOLARS = frozenset({"head", "representative", "member", "official"})
_SCHOLARLY = re.compile(
    r"(?:институт|университет|кафедр|академи|лаборатор)\w*|\bцентр(?:а|е|ом|у)?\b|\b(?:мгу|мгимо|вшэ|ран|рсмд|ранхигс|нииу?)\b"
    r"|\b(?:institute|university|academy|think tank|research|studies|mgimo)\b",
    re.IGNORECASE,
)
"""Where those work who explain politics rather than make it."""
_RANKED = re.compile(r"\b(?:генерал|адмирал|полковник|майор|general|admiral|colonel|major)", re.IGNORECASE)
"""Military ranks beside an office."""
_COMMERCIAL = re.compile(r"акционерн|экспортн|делов|торгов|выставочн|медицинск|пресс-центр", re.IGNORECASE)


_COMPANIES = {
    "belarus": re.compile(
        r"\b(?:Бел(?!ы|ая|ое|ого|ой|град|гор|оус)[а-я]{4,}|Беларус\w+|Bel(?:arus|avia|neft)\w+)"
    ),
    "kazakhstan": re.compile(
        r"\b(?:Каз(?:ах|мунай|атом|транс|хром|цинк|энерг|почт|агро)\w*|Kaz[A-Z]\w+|Kazakh\w+)"
    ),
    "kyrgyzstan": re.compile(r"\b(?:Кыргыз\w+|Киргиз\w+|Kyrgyz\w+)"),
    "uzbekistan": re.compile(r"\b(?:Узбек\w+|Узавто\w*|Uzbek\w+)"),
    "tajikistan": re.compile(r"\b(?:Таджик\w+|Tajik\w+)"),
    "azerbaijan": re.compile(r"\b(?:Азер[а-я]+|Azer\w+)"),
    "armenia": re.compile(r"\b(?:Армян\w+|Армрос\w+)"),
    "ukraine": re.compile(r"\b(?:Укр[а-я]{3,}|Ukr\w{3,})"),
    "russia": re.compile(
        r"\b(?:Рос(?:сий|нефт|атом|тех|косм|сети|тел|банк|энерг)\w*|МГИМО|МГУ|ВШЭ|РАНХиГС|РАН|РСМД|РЖД|РСПП"
        r"|Газпром\w*|Сбер(?:банк)?\w*|ВТБ|Единой России|КПРФ|ЛДПР|MGIMO|Gazprom)\b"
    ),
}
"""How the names of companies and unions of a side begin."""
_CERTAIN = frozenset(
    {
        "president",
        "prime minister",
        "foreign minister",
        "deputy foreign minister",
        "deputy prime minister",
        "interior minister",
        "vice president",
        "defence minister",
        "deputy defence minister",
        "deputy interior minister",
        "commander",
        "governor",
        "mayor",
        "speaker of parliament",
        "ambassador",
        "member of parliament",
        "senator",
    }
)
_OFFICIAL = frozenset(
    {Tier.HEAD_OF_STATE, Tier.GOVERNMENT, Tier.FOREIGN_MINISTRY, Tier.PARLIAMENT, Tier.SECURITY}
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Tells states, blocs and tiers of the actors of one text."""

    directory: Directory
    memory: Memory
    source_bloc: str | None
    narrated: bool
    """An outlet tells the story, so that an office without a state is one of its own country."""

    def home(self) -> State | None:
        """The state of the outlet, whose own organs it names without the state."""
        return self.directory.states.get(self.source_bloc or "")

    def state_of(self, actor: Actor) -> State | None:
        """The state that an actor belongs to, as far as its own words and "of the republic" tell."""
        if actor.state is not None:
            return actor.state
        if actor.organ is not None and actor.organ.state:
            return self.directory.states.get(actor.organ.state)
        if actor.local and (place := self._local_state(actor)) is not None:
            return place
        role = actor.role
        if role is None or role.tier is Tier.FOREIGN_MINISTRY or (role.generic and role.label != "official"):
            return None
        return actor.place

    def _local_state(self, actor: Actor) -> State | None:
        """The state meant by "of the country" or "of the republic"."""
        republic = self.memory.republic if "республик" in actor.text.lower() else None
        return republic or self.memory.place

    def owner_of(self, organ: Organ, state: State | None, here: State | None) -> State | None:
        """The state of an organ: named with it, before it, of its speaker, or the outlet's."""
        named = state or self.directory.states.get(organ.state or "") or self.memory.organs.get(organ.label)
        told = named or self.memory.state_of_last(organ, self.directory) or here
        if told is None and organ.label in _OF_ELECTIONS and self.memory.scene is not None:
            return self.memory.scene
        of_place = (self.memory.place or self.memory.scene_of_act) if organ.local else None
        return told or of_place or (None if organ.label == "government" and organ.local else self.home())

    def bloc_of(self, actor: Actor) -> str:
        """The side that an actor belongs to."""
        role, organ, state = actor.role, actor.organ, self.state_of(actor)
        if actor.exiled or (role is not None and role.opposition):
            return OPPOSITION_BLOC
        if state is not None:
            return state.bloc
        if organ is not None and organ.state and not (organ.tier is Tier.INSTITUTION and _is_learned(actor)):
            return organ.state
        if role is not None and (side := _side_of_company(actor)):
            return side
        owner = self.memory.organs.get(organ.label) if organ is not None else None
        owner = owner or self._infer_owner(actor)
        return owner.bloc if owner is not None else UNKNOWN_BLOC

    def _infer_owner(self, actor: Actor) -> State | None:
        """The state of an office without one: that which the statement tells of, or the outlet's own."""
        role, memory = actor.role, self.memory
        if role is None:
            return None
        if role.label in _OF_THE_STORY and memory.first_state is not None:
            return memory.first_state
        if actor.organ is not None and role.generic and actor.organ.tier in _OFFICIAL:
            return None if actor.organ.transparent else self.owner_of(actor.organ, None, None) or memory.scene
        if actor.described or role.generic:
            return None
        if role.tier in _OFFICIAL and actor.organ is None and self.home() is None:
            return memory.scene
        told = self.narrated or actor.named is not None or role.label in _DOMESTIC
        return self.home() if told else None

    def tier_of(self, actor: Actor) -> Tier:
        """The kind of office, from the role, the organ it stands in and the office that it serves."""
        organ = actor.organ if actor.organ and not actor.organ.transparent else None
        if actor.role is None or actor.former:
            return organ.tier if organ and not actor.former else Tier.OTHER
        state = self.state_of(actor)
        if actor.role.generic:
            return _generic_tier(actor, actor.role, organ, state)
        if organ is not None and organ.tier is Tier.INSTITUTION:
            return Tier.INSTITUTION
        if actor.role.tier is Tier.HEAD_OF_STATE:
            return organ.tier if organ else Tier.HEAD_OF_STATE if state else Tier.OTHER
        if actor.role.office == "Prime Minister" and state and state.id in HEADED_BY_PRIME_MINISTER:
            return Tier.HEAD_OF_STATE
        return actor.role.tier

    def trade_of(self, actor: Actor, role: Role) -> Tier:
        """The kind of office of somebody unnamed of whom only a trade is told: "the diplomat"."""
        return Tier.OTHER if role.generic and role.label != "official" else self.tier_of(actor)

    def told_bloc(self, actor: Actor, listed: str) -> str:
        """The side of the state whose office the text itself gives a listed person; else that of the list."""
        plain = actor.organ is None and actor.of_role is None and not actor.former
        plain = plain and not (
            listed == OPPOSITION_BLOC and actor.role is not None and actor.role.tier is Tier.OTHER
        )
        plain = plain and not (actor.role is not None and actor.role.opposition)
        state = (
            actor.state
            if actor.role is not None and plain and actor.role.tier in _OFFICIAL | {Tier.OTHER}
            else None
        )
        return state.bloc if state is not None else listed

    def told_tier(self, actor: Actor) -> Tier | None:
        """The tier of an office that the text itself gives a listed person, where it says which."""
        role, organ = actor.role, actor.organ
        if role is None or actor.former:
            return None
        if actor.of_role is not None:
            serves = role.label in SERVING and actor.of_role.tier is Tier.HEAD_OF_STATE
            return Tier.GOVERNMENT if serves else None
        in_organ = role.generic and organ is not None and not organ.transparent
        if not (in_organ or role.label in _CERTAIN):
            return None
        told = self.tier_of(actor)
        return told if told in _OFFICIAL else None


def _generic_tier(actor: Actor, role: Role, organ: Organ | None, state: State | None) -> Tier:
    """The tier of a head, a spokesman, an adviser: that of whom they serve."""
    if role.label == "secretary general":
        return role.tier
    of_state = role.label == "representative" and state is not None and organ is None
    learned = role.label in _OF_SCHOLARS and not of_state and _is_learned(actor)
    if organ is not None and not (learned and organ.tier is Tier.INSTITUTION):
        return organ.tier
    if learned:
        return Tier.COMMENTATOR
    if actor.of_role is not None:
        served = actor.of_role.tier
        leads = served is Tier.HEAD_OF_STATE or (actor.of_role.label == "head" and state is not None)
        return Tier.GOVERNMENT if leads else served
    if of_state:
        return Tier.SECURITY if _RANKED.search(actor.text) else Tier.GOVERNMENT
    return _tier_of_head(actor, role, state)


def _tier_of_head(actor: Actor, role: Role, state: State | None) -> Tier:
    """The tier of whoever is at the head of something: of a region, of a state, or of neither."""
    if role.label == "head" and actor.heads_region:
        return Tier.GOVERNMENT
    heads_state = role.label == "head" and state is not None and actor.heads_state
    return Tier.HEAD_OF_STATE if heads_state else role.tier


def _side_of_company(actor: Actor) -> str:
    """The side whose name a company or a union bears: "Белхимпрофсоюз"; empty for none."""
    words = actor.text.split()
    name = len(actor.named.words) if actor.named is not None else 0
    told = " ".join(words[: len(words) - name])
    if actor.role is not None and actor.role.label == "governor" and _OF_RUSSIAN_REGION.search(told):
        return "russia"
    return next((side for side, pattern in _COMPANIES.items() if pattern.search(told)), "")


def _is_learned(actor: Actor) -> bool:
    """Whether somebody works where politics is explained: an institute, a university."""
    told = f"{actor.text} {actor.title}"
    return _SCHOLARLY.search(told) is not None and _COMMERCIAL.search(told) is None
