"""Canonical English names of the organs of states."""

from __future__ import annotations

from monitor.text.speakers.offices import Organ
from monitor.text.speakers.states import State

OFFICES_OF_PRESIDENT = {"russia": "Kremlin", "kazakhstan": "Akorda"}
_SERVICES = {
    "belarus": "KGB",
    "kazakhstan": "National Security Committee",
    "kyrgyzstan": "State Committee for National Security",
    "tajikistan": "State Committee for National Security",
    "armenia": "National Security Service",
    "azerbaijan": "State Security Service",
    "uzbekistan": "State Security Service",
    "ukraine": "Security Service",
}
"""How the security services of some states call themselves."""
_NATIONAL_BANKS = frozenset({"belarus", "kazakhstan", "kyrgyzstan", "tajikistan", "ukraine"})
"""States whose central bank is called the national one."""


_AMERICAN = {
    "Foreign Ministry": "US State Department",
    "Defence Ministry": "Pentagon",
    "presidential office": "White House",
}


def name_organ(organ: Organ, owner: State, place: State | None = None) -> str:
    """Return the canonical name of a state's organ; an embassy's tells where it is."""
    if organ.transparent or organ.label == "government":
        return owner.government_name
    if owner.id == "usa" and organ.label in _AMERICAN:
        return _AMERICAN[organ.label]
    label = organ.label
    if label == "security service":
        label = _SERVICES.get(owner.id, label)
    elif label == "Central Bank" and owner.id in _NATIONAL_BANKS:
        label = "National Bank"
    elif label == "presidential office" and owner.id in OFFICES_OF_PRESIDENT:
        return OFFICES_OF_PRESIDENT[owner.id]
    elif label == "Embassy" and place is not None and place is not owner:
        label = f"Embassy in {place.place}"
    return f"{owner.adjective} {label}"


def name_shared_office(text: str) -> str:
    """Return the office that several leaders or ministers hold, each in his own state."""
    low = text.lower()
    if any(word in low for word in ("мид", "иностранных дел", "foreign minister")):
        return "Foreign Minister"
    if any(word in low for word in ("премьер", "prime minister")):
        return "Prime Minister"
    leads = ("президент", "лидер", "главы государств", "president", "leader", "heads of state")
    return "President" if any(word in low for word in leads) else ""
