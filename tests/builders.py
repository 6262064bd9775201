"""Small builders of domain objects for tests: name what matters, take the rest as given."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.domain.actors import MentionRole, Speaker
from monitor.domain.stance import (
    Act,
    Judgement,
    Probabilities,
    Stance,
    Tier,
    Topic,
    Weights,
    intensity,
    severity,
)
from monitor.domain.statement import Assessment, Finding, Mention, Statement

NOON = datetime(2024, 3, 13, 12, tzinfo=UTC)
WEIGHTS = Weights()
SHARES = {
    Stance.HOSTILE: (0.9, 0.07, 0.03),
    Stance.NEUTRAL: (0.05, 0.9, 0.05),
    Stance.CONCILIATORY: (0.03, 0.07, 0.9),
}


def make_judgement(
    stance: Stance = Stance.HOSTILE, act: Act | None = None, *, uncertain: bool = False
) -> Judgement:
    """Return a judgement of 0.9 for the stance."""
    default = {Stance.HOSTILE: Act.ACCUSE, Stance.CONCILIATORY: Act.PRAISE}.get(stance)
    act = act or default
    return Judgement(
        probabilities=Probabilities(*SHARES[stance]),
        acts=(act,) if act else (),
        act_probabilities=dict.fromkeys(Act, 0.0) | ({act: 1.0} if act else {}),
        uncertain=uncertain,
        model="test-1",
    )


def make_speaker(
    name: str | None = "Ivan Petrov", tier: Tier = Tier.GOVERNMENT, bloc: str = "russia"
) -> Speaker:
    """Return a speaker known by report."""
    return Speaker(name, tier, bloc, "reported:test")


def make_assessment(
    target: str = "armenia",
    stance: Stance = Stance.HOSTILE,
    speaker: Speaker | None = None,
    text: str = "Минсельхоз обвинил Армению в обмане.",
    act: Act | None = None,
    *,
    uncertain: bool = False,
    headline: bool = False,
    topics: tuple[Topic, ...] = (Topic.SANCTIONS_TRADE,),
) -> Assessment:
    """Return an assessment whose mention is the first capitalised word after the first."""
    speaker = speaker or make_speaker()
    judgement = make_judgement(stance, act, uncertain=uncertain)
    strength = intensity(judgement, WEIGHTS)
    start = text.find("Армени") if "Армени" in text else 0
    end = start + 7 if "Армени" in text else min(5, len(text))
    return Assessment(
        statement=Statement(0, -1 if headline else 0, -1 if headline else len(text), text, "ru"),
        mention=Mention(target, start, end, text[start:end], MentionRole.NAME),
        speaker=speaker,
        judgement=judgement,
        topics=topics,
        intensity=strength,
        severity=severity(strength, speaker.tier, WEIGHTS),
    )


def make_finding(
    number: int = 1,
    assessment: Assessment | None = None,
    *,
    story_id: int | None = None,
    said_at: datetime = NOON,
    outlets: tuple[str, ...] = ("Agency",),
    source_id: str = "agency",
) -> Finding:
    """Return a saved finding, each of its own story unless one is named."""
    return Finding(
        id=number,
        article_id=number,
        story_id=number if story_id is None else story_id,
        assessment=assessment or make_assessment(),
        source_id=source_id,
        outlet=outlets[0],
        url=f"https://example.org/{number}",
        title="Title",
        published_at=said_at,
        first_seen_at=said_at,
        outlets=outlets,
    )
