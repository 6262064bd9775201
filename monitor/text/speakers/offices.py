"""Organs of a state and the offices that people hold, as the lexicons of both languages name them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from monitor.domain.stance import Tier


@dataclass(frozen=True, slots=True)
class Organ:
    """A ministry, parliament, agency; `label` follows the state's adjective in its English name."""

    label: str
    tier: Tier
    state: str | None = None
    """The state that it can only belong to."""
    name: str | None = None
    """Its whole canonical name, where it is not made of adjective and label."""
    transparent: bool = False
    """Speaks for whatever it is part of: a press service, a leadership, a department."""
    local: bool = False
    """Named without a state it is that of the place spoken of, not the outlet's own."""
    of_state: bool = False
    """Means anything only with a state before it: "the Russian side"."""


@dataclass(frozen=True, slots=True)
class Role:
    """An office or trade of a person; `office` names one that a single person holds at a time."""

    label: str
    tier: Tier
    office: str | None = None
    generic: bool = False
    """Its tier is that of the organ it stands in: head, spokesman, adviser."""
    crowd: bool = False
    """People in general who are no speaker by name: experts, sources, the media."""
    opposition: bool = False
    joint: bool = False
    """Several who act together, so that none is the one speaker."""
    posts: tuple[str, ...] = ()
    """The whole canonical names of the one office that it can only be."""
    organ: str = ""
    """The key of the organ for which people of a known state act: its border guards, its diplomats."""


@dataclass(frozen=True, slots=True)
class StateWord:
    """A state's name, capital or adjective."""

    state_id: str
    kind: str
    """name, capital, adjective or city."""


@dataclass(frozen=True, slots=True)
class Relay:
    """A wire agency or outlet that passes on what others say."""

    name: str = ""
    """Its canonical name, where it may be the speaker itself."""
    bloc: str = ""
    cited: bool = False
    """Not a wire that passes on what others say: cited, it tells what it has found out itself."""
    tier: Tier = Tier.OUTLET


ORGANS = {
    "foreign_ministry": Organ("Foreign Ministry", Tier.FOREIGN_MINISTRY),
    "defence_ministry": Organ("Defence Ministry", Tier.SECURITY),
    "interior_ministry": Organ("Interior Ministry", Tier.SECURITY, local=True),
    "ministry": Organ("government", Tier.GOVERNMENT, transparent=True),
    "finance_ministry": Organ("Finance Ministry", Tier.GOVERNMENT),
    "energy_ministry": Organ("Energy Ministry", Tier.GOVERNMENT),
    "economy_ministry": Organ("Economy Ministry", Tier.GOVERNMENT),
    "agriculture_ministry": Organ("Agriculture Ministry", Tier.GOVERNMENT),
    "transport_ministry": Organ("Transport Ministry", Tier.GOVERNMENT),
    "health_ministry": Organ("Health Ministry", Tier.GOVERNMENT, local=True),
    "justice_ministry": Organ("Justice Ministry", Tier.GOVERNMENT),
    "culture_ministry": Organ("Culture Ministry", Tier.GOVERNMENT),
    "education_ministry": Organ("Education Ministry", Tier.GOVERNMENT),
    "trade_ministry": Organ("Trade Ministry", Tier.GOVERNMENT),
    "labour_ministry": Organ("Labour Ministry", Tier.GOVERNMENT),
    "emergencies_ministry": Organ("Emergencies Ministry", Tier.SECURITY, local=True),
    "government": Organ("government", Tier.GOVERNMENT),
    "authorities": Organ("government", Tier.GOVERNMENT, local=True),
    "side": Organ("government", Tier.GOVERNMENT, of_state=True),
    "parliament": Organ("parliament", Tier.PARLIAMENT),
    "state_duma": Organ("State Duma", Tier.PARLIAMENT, "russia", "State Duma"),
    "federation_council": Organ("Federation Council", Tier.PARLIAMENT, "russia", "Federation Council"),
    "rada": Organ("parliament", Tier.PARLIAMENT, "ukraine", "Verkhovna Rada"),
    "congress": Organ("Congress", Tier.PARLIAMENT, "usa", "US Congress"),
    "kremlin": Organ("Kremlin", Tier.GOVERNMENT, "russia", "Kremlin"),
    "presidency": Organ("presidential office", Tier.GOVERNMENT),
    "security_council": Organ("Security Council", Tier.SECURITY),
    "general_staff": Organ("General Staff", Tier.SECURITY),
    "armed_forces": Organ("armed forces", Tier.SECURITY),
    "ato": Organ("armed forces", Tier.SECURITY, "ukraine"),
    "border_service": Organ("border service", Tier.SECURITY, local=True),
    "security_service": Organ("security service", Tier.SECURITY, local=True),
    "sbu": Organ("security service", Tier.SECURITY, "ukraine"),
    "investigators": Organ("Investigative Committee", Tier.SECURITY, local=True),
    "prosecutors": Organ("Prosecutor General's Office", Tier.GOVERNMENT, local=True),
    "traffic_police": Organ("Traffic Police", Tier.SECURITY, local=True),
    "law_enforcement": Organ("law enforcement agencies", Tier.SECURITY, local=True),
    "internal_security": Organ("Internal Security Agency", Tier.SECURITY, local=True),
    "intelligence": Organ("Foreign Intelligence Service", Tier.SECURITY),
    "court": Organ("court", Tier.GOVERNMENT, local=True),
    "supreme_court": Organ("Supreme Court", Tier.GOVERNMENT, local=True),
    "sports_ministry": Organ("Sports Ministry", Tier.GOVERNMENT),
    "information_ministry": Organ("Information Ministry", Tier.GOVERNMENT),
    "digital_ministry": Organ("Digital Development Ministry", Tier.GOVERNMENT),
    "police": Organ("police", Tier.SECURITY, local=True),
    "customs": Organ("customs service", Tier.GOVERNMENT, local=True),
    "central_bank": Organ("Central Bank", Tier.GOVERNMENT),
    "election_commission": Organ("Central Election Commission", Tier.GOVERNMENT, local=True),
    "embassy": Organ("Embassy", Tier.FOREIGN_MINISTRY),
    "state_department": Organ("State Department", Tier.FOREIGN_MINISTRY, "usa", "US State Department"),
    "white_house": Organ("White House", Tier.GOVERNMENT, "usa", "White House"),
    "pentagon": Organ("Pentagon", Tier.SECURITY, "usa", "Pentagon"),
    "european_commission": Organ("European Commission", Tier.INSTITUTION, "eu", "European Commission"),
    "european_parliament": Organ("European Parliament", Tier.PARLIAMENT, "eu", "European Parliament"),
    "part": Organ("", Tier.OTHER, transparent=True),
}

_G, _S, _C, _P, _F = Tier.GOVERNMENT, Tier.SECURITY, Tier.COMMENTATOR, Tier.PARLIAMENT, Tier.FOREIGN_MINISTRY

ROLES = {
    "president": Role("president", Tier.HEAD_OF_STATE, "President"),
    "leader": Role("leader", Tier.HEAD_OF_STATE, "President"),
    "king": Role("monarch", Tier.HEAD_OF_STATE),
    "prime_minister": Role("prime minister", _G, "Prime Minister"),
    "chancellor": Role("chancellor", _G, "Chancellor"),
    "vice_president": Role("vice president", _G),
    "deputy_prime_minister": Role("deputy prime minister", _G),
    "foreign_minister": Role("foreign minister", _F, "Foreign Minister"),
    "deputy_foreign_minister": Role("deputy foreign minister", _F),
    "defence_minister": Role("defence minister", _S, "Defence Minister"),
    "deputy_defence_minister": Role("deputy defence minister", _S),
    "deputy_interior_minister": Role("deputy interior minister", _S),
    "interior_minister": Role("interior minister", _S, "Interior Minister"),
    "minister": Role("minister", _G),
    "governor": Role("governor", _G),
    "mayor": Role("mayor", _G),
    "official": Role("official", _G, generic=True),
    "spokesman": Role("spokesman", _G, generic=True),
    "press_secretary": Role("press secretary", _G, generic=True),
    "aide": Role("aide", _G),
    "adviser": Role("adviser", _G, generic=True),
    "envoy": Role("envoy", _F),
    "ambassador": Role("ambassador", _F),
    "diplomat": Role("diplomat", _F),
    "deputy": Role("member of parliament", _P),
    "senator": Role("senator", _P),
    "speaker": Role("speaker of parliament", _P),
    "duma_chairman": Role("speaker of parliament", _P, posts=("Chairman of the State Duma",)),
    "council_chairman": Role(
        "speaker of parliament",
        _P,
        posts=("Chairwoman of the Federation Council", "Chairman of the Federation Council"),
    ),
    "kremlin_spokesman": Role("press secretary", _G, posts=("Press Secretary of the President of Russia",)),
    "secretary_general": Role("secretary general", Tier.INSTITUTION, generic=True),
    "secretary": Role("secretary", _G, generic=True),
    "general": Role("general", _S),
    "commander": Role("commander", _S),
    "prosecutor": Role("prosecutor", _G),
    "head": Role("head", Tier.OTHER, generic=True),
    "representative": Role("representative", Tier.OTHER, generic=True),
    "official_representative": Role("official representative", _G, generic=True),
    "member": Role("member", Tier.OTHER, generic=True),
    "political_analyst": Role("political analyst", _C),
    "expert": Role("expert", _C),
    "military_expert": Role("military expert", _C),
    "host": Role("television host", _C),
    "journalist": Role("journalist", _C),
    "blogger": Role("blogger", _C),
    "war_correspondent": Role("war correspondent", _C),
    "editor": Role("editor-in-chief", _C),
    "writer": Role("writer", _C),
    "artist": Role("artist", Tier.OTHER),
    "athlete": Role("athlete", Tier.OTHER),
    "movement_head": Role("head of a movement", Tier.OTHER),
    "historian": Role("historian", _C),
    "economist": Role("economist", _C),
    "politician": Role("politician", Tier.OTHER),
    "lawyer": Role("lawyer", Tier.OTHER),
    "activist": Role("activist", Tier.OTHER),
    "businessman": Role("businessman", Tier.OTHER),
    "cleric": Role("cleric", Tier.OTHER),
    "oppositionist": Role("opposition politician", Tier.OTHER, opposition=True),
    "opposition": Role("opposition", Tier.OTHER, crowd=True, opposition=True),
    "leaders": Role("leaders", Tier.OTHER, crowd=True, joint=True),
    "crowd": Role("unnamed people", Tier.OTHER, crowd=True),
    "media": Role("media", _C, crowd=True),
    "locals": Role("local people", Tier.OTHER, crowd=True),
    "observers": Role("observers", Tier.INSTITUTION, crowd=True),
    "experts": Role("experts", _C, crowd=True),
    "lawmakers": Role("lawmakers", _P, crowd=True, organ="parliament"),
    "officers": Role("officers", _S, crowd=True),
    "border_guards": Role("border guards", _S, crowd=True, organ="border_service"),
    "policemen": Role("police officers", _S, crowd=True, organ="police"),
    "detectives": Role("investigators", _S, crowd=True, organ="investigators"),
    "soldiers": Role("soldiers", _S, crowd=True, organ="defence_ministry"),
    "customs_men": Role("customs officers", _G, crowd=True, organ="customs"),
    "officials": Role("officials", _G, crowd=True),
    "diplomats": Role("diplomats", _F, crowd=True, organ="foreign_ministry"),
    "source": Role("unnamed source", Tier.OTHER, crowd=True),
}


SERVING = frozenset({"press secretary", "spokesman", "official representative", "aide", "adviser"})
"""Offices that are held beside somebody, who may be named after them."""


_OF_BODIES = re.compile(
    r"(?<!Российской )(?<!российской )Федераци|ассоциаци|\bсоюза\b|академи|компани|корпораци"
    r"|\bфонда\b|\bклуба\b|\bбанка\b|палаты|общества|\bлиги\b|университет|олимпийск|концерна|холдинга"
    r"|(?<!Russian )\bfederation\b|association|academy|company|corporation|\bfund\b|foundation"
    r"|\bclub\b|\bbank\b|chamber|university|olympic|league",
    re.IGNORECASE,
)


_OF_MOVEMENTS = re.compile(
    r"\bпарти[июя]\b|движени|объединени|\bоппозици|коалици|общин|диаспор|землячеств|профсоюз|организаци"
    r"|инициатив|группировк|молодежн"
    r"|\b(?:party|movement|opposition|coalition|diaspora|union of|trade union)\b",
    re.IGNORECASE,
)
_LEADING = frozenset({"leader", "head"})


def narrow_office(role: Role, words: list[str]) -> Role:
    """Return the head of a body where the title is one of a company or a movement, not of a state."""
    if role.label in _LEADING and _OF_MOVEMENTS.search(" ".join(words)):
        return ROLES["movement_head"]
    of_state = role.office in ("President", "Chancellor")
    return ROLES["head"] if of_state and _OF_BODIES.search(" ".join(words)) else role


def make_crowd(role: Role) -> Role:
    """Return several holders of an office, none of whom is named: "заместители министра"."""
    return replace(role, office=None, crowd=True, posts=())
