"""Judgements that people settled, as labels to train on and to measure models by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.domain.stance import Stance
from monitor.domain.statement import Finding


class LabelOrigin(StrEnum):
    """Who settled it: a reviewer of doubtful judgements, one of the digest, or users without either."""

    RULED = "ruled"
    DIGEST = "digest"
    USERS = "users"


@dataclass(frozen=True, slots=True)
class Label:
    """What a finding's stance is by people; `who` is empty for users, `weight` is how sure it is, 0 to 1."""

    finding: Finding
    stance: Stance
    origin: LabelOrigin
    who: str
    at: datetime
    weight: float = 1.0


def number_people(labels: Iterable[Label]) -> dict[str, int]:
    """Return a number for each reviewer, in the order of their first label: no name leaves the store."""
    numbers: dict[str, int] = {}
    for label in sorted(labels, key=lambda label: (label.at, label.finding.id)):
        if label.who:
            numbers.setdefault(label.who, len(numbers) + 1)
    return numbers


def text_key(text: str) -> str:
    """Return the SHA-1 of a text with its white space folded: what the tables of labels are keyed by."""
    return hashlib.sha1(" ".join(text.split()).encode(), usedforsecurity=False).hexdigest()


def label_to_json(label: Label, numbers: Mapping[str, int]) -> dict[str, object]:
    """Return a label as a line of JSON in the form of the written examples, with where it comes from.

    The acts are the model's where people agree with its stance; else nobody named any.
    """
    finding = label.finding
    a = finding.assessment
    acts: Sequence[str] = a.judgement.acts if label.stance is a.stance else ()
    return {
        "id": finding.id,
        "key": text_key(a.statement.text),
        "text": a.statement.text,
        "start": a.mention.start,
        "end": a.mention.end,
        "target": a.target,
        "stance": label.stance.value,
        "acts": list(acts),
        "topics": list(a.topics),
        "lang": a.statement.lang,
        "speaker": a.speaker.name,
        "tier": a.speaker.tier.value,
        "bloc": a.speaker.bloc,
        "source": finding.source_id,
        "url": finding.url,
        "date": f"{finding.said_at:%Y-%m-%d}",
        "story": finding.story_id,
        "sample": label.origin.value,
        "model": a.judgement.model,
        "model_stance": a.stance.value,
        "reviewer": numbers.get(label.who),
        "at": label.at.isoformat(),
        "weight": round(label.weight, 3),
    }
