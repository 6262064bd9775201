"""For whom a message is written: language, clock and names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Self

from monitor.domain.actors import Person, Speaker, Target
from monitor.domain.stance import Tier
from monitor.domain.statement import Finding
from monitor.messages.inert import make_inert
from monitor.messages.words import BLOCS, LABELS, LANGUAGES, TIERS, count_others

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader's language and zone, with the names of targets and speakers in that language."""

    language: str
    zone: tzinfo
    targets: Mapping[str, str] = field(hash=False)
    people: Mapping[str, str] = field(hash=False)
    """Canonical English name → the name in the reader's language; those left out stay as they are."""

    @classmethod
    def of(cls, language: str, zone: tzinfo, targets: Sequence[Target], people: Sequence[Person]) -> Self:
        """Return a reader with the names that the configuration gives; unknown languages read English."""
        known = choose_language(language)
        return cls(
            language=known,
            zone=zone,
            targets={target.id: target.title.get(known) or target.title["en"] for target in targets},
            people={}
            if known == "en"
            else {person.name: names[0] for person in people if (names := person.names.get(known))},
        )

    def label(self, key: str) -> str:
        """Return one of the interface's words."""
        return LABELS[self.language][key]

    def target(self, target_id: str) -> str:
        """Return a target's name."""
        return self.targets.get(target_id, target_id)

    def bloc(self, bloc: str) -> str:
        """Return a side's name: a target's, or a word for the others."""
        return self.targets.get(bloc) or BLOCS[self.language].get(bloc, bloc)

    def speaker(self, speaker: Speaker) -> str:
        """Return who speaks: a name, the outlet, or that nobody knows."""
        if speaker.name is not None:
            return make_inert(self.people.get(speaker.name, speaker.name))
        return self.label("outlet_voice" if speaker.tier is Tier.OUTLET else "unknown_speaker")

    def office(self, speaker: Speaker) -> str:
        """Return the speaker's tier and side, empty where they only repeat that it is the outlet."""
        if speaker.name is None and speaker.tier is Tier.OUTLET:
            return ""
        return f"{TIERS[self.language][speaker.tier]}, {self.bloc(speaker.bloc)}"

    def moment(self, moment: datetime) -> str:
        """Return a moment on the reader's clock with the zone's short name."""
        local = moment.astimezone(self.zone)
        zone = local.strftime("%Z")
        if self.language == "ru":
            return f"{local:%d.%m.%Y %H:%M} {zone}"
        return f"{local.day} {_MONTHS[local.month - 1]} {local:%Y %H:%M} {zone}"

    def day(self, moment: datetime) -> str:
        """Return a date on the reader's clock."""
        local = moment.astimezone(self.zone)
        if self.language == "ru":
            return f"{local:%d.%m.%Y}"
        return f"{local.day} {_MONTHS[local.month - 1]} {local:%Y}"

    def said(self, finding: Finding) -> str:
        """Return when it was said, or that we only know when we saw it."""
        prefix = "" if finding.published_at else f"{self.label('seen')} "
        return prefix + self.moment(finding.said_at)

    def outlets(self, finding: Finding) -> str:
        """Return the outlet and how many others carried the story."""
        others = count_others(len(set(finding.outlets) - {finding.outlet}), self.language)
        return f"{make_inert(finding.outlet)} {others}".rstrip()


def choose_language(code: str | None) -> str:
    """Return the interface language for a user's language code: ru, else en."""
    main = (code or "").lower().replace("_", "-").split("-")[0]
    return main if main in LANGUAGES else "en"
