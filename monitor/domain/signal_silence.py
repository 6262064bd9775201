"""Silences: customary speakers who say nothing, and sources that fell silent."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean, pvariance

from monitor.domain.coverage import hours_between
from monitor.domain.notices import AlarmKind, Notice
from monitor.domain.signal_finding import SignalThresholds
from monitor.domain.signals import Signal, SourceSilence, SpeakerDay, SpeakerSilence
from monitor.domain.stance import DEFAULT_TIER_WEIGHTS
from monitor.domain.trends import SourceCoverage

DAY = timedelta(days=1)
CUSTOM = timedelta(days=84)
"""The twelve weeks before somebody's last word: what is customary for them."""
LEAST_SILENCE_DAYS = 7
MOST_REGULAR = 6
_USUAL_IRREGULARITY = 0.15
LONGER_THAN_EVER = 1.5
LEAST_OTHERS_A_DAY = 0.5
SPEAKER_SEVERITY = 50
SOURCE_SEVERITY = 30
TOLD_WITHIN = timedelta(days=2)
"""A source that has been silent for longer when it is first looked at is no news."""


@dataclass(frozen=True, slots=True)
class _Custom:
    """How somebody usually speaks."""

    days: Sequence[datetime]
    weeks: int
    gaps: Sequence[float]
    """Days between days on which they spoke."""

    @property
    def usual(self) -> float:
        """The mean gap in days."""
        return fmean(self.gaps)

    def chance(self, days: float) -> float:
        """Return the chance of a pause so long, by an Erlang distribution with their regularity."""
        irregularity = pvariance(self.gaps) / self.usual**2
        shape = max(1, min(MOST_REGULAR, int(1 / (irregularity + _USUAL_IRREGULARITY))))
        x = shape * days / self.usual
        return math.exp(-x) * sum(x**i / math.factorial(i) for i in range(shape))


def find_speaker_silences(
    spoken: Iterable[SpeakerDay],
    sources: Mapping[str, SourceCoverage],
    thresholds: SignalThresholds,
    now: datetime,
) -> list[Signal]:
    """Return the customary speakers who have been silent for longer than their rhythm explains.

    A day counts as far as the sources that carry the speaker were read, and as far as others of
    their side spoke: holidays silence everybody. `spoken` reaches back for more than twelve weeks.
    """
    by_speaker: dict[str, list[SpeakerDay]] = defaultdict(list)
    by_bloc: dict[str, Counter[datetime]] = defaultdict(Counter)
    for one in spoken:
        by_speaker[one.speaker].append(one)
        by_bloc[one.bloc][one.day] += 1
    found = []
    for speaker, days in sorted(by_speaker.items()):
        last = max(days, key=lambda one: one.day)
        custom = _learn_custom(days, last.day)
        silent_since = last.day + DAY
        silent = (now - silent_since) / DAY
        if custom is None or custom.weeks < thresholds.silence_weeks or silent < LEAST_SILENCE_DAYS:
            continue
        read = _share_read(days, sources, silent_since, now)
        if read < thresholds.least_coverage:
            continue
        others = by_bloc[last.bloc] - Counter(one.day for one in days)
        counted = silent * read * _share_active(others, last.day, now)
        longest = max(custom.gaps)
        looks = len(custom.gaps)
        if (
            counted >= max(LEAST_SILENCE_DAYS, LONGER_THAN_EVER * longest)
            and custom.chance(counted) * looks < thresholds.silence_chance
        ):
            target = Counter(one.target for one in days).most_common(1)[0][0]
            facts = SpeakerSilence(speaker, last.tier, last.day, int(silent), custom.usual, custom.weeks)
            key = f"silence|speaker|{speaker}|{last.day:%Y-%m-%d}"
            severity = round(SPEAKER_SEVERITY * DEFAULT_TIER_WEIGHTS[last.tier])
            found.append(Signal(key, target, last.bloc, severity, facts, now))
    return found


def _learn_custom(days: Sequence[SpeakerDay], last: datetime) -> _Custom | None:
    """Return how somebody spoke in the twelve weeks up to their last word; None where that was once."""
    spoke = sorted({one.day for one in days if one.day > last - CUSTOM})
    if len(spoke) < 3:
        return None
    gaps = [(later - earlier) / DAY for earlier, later in itertools.pairwise(spoke)]
    weeks = {(last - day) // (7 * DAY) for day in spoke}
    return _Custom(spoke, len(weeks), gaps)


def _share_read(
    days: Iterable[SpeakerDay], sources: Mapping[str, SourceCoverage], since: datetime, until: datetime
) -> float:
    """Return the share of [since, until) in which the sources that carry a speaker were read.

    Each source weighs by how often it carried them; one that is not watched was not read.
    """
    carried = Counter(one.source_id for one in days)
    hours = hours_between(since, until)
    if not hours:
        return 0.0
    read = 0.0
    for source_id, count in carried.items():
        source = sources.get(source_id)
        if source is not None and source.watched_since <= since:
            read += count * sum(hour not in source.blind for hour in hours) / len(hours)
    return read / carried.total()


def _share_active(spoke: Mapping[datetime, int], last: datetime, now: datetime) -> float:
    """Return how much others of a side spoke since somebody's last word against the twelve weeks before.

    1 at most, and 1 where too few others speak at all to tell a holiday by them.
    """
    before = sum(count for day, count in spoke.items() if last - CUSTOM < day <= last) / (CUSTOM / DAY)
    since = sum(count for day, count in spoke.items() if last < day < now) / max(1.0, (now - last) / DAY - 1)
    return min(1.0, since / before) if before >= LEAST_OTHERS_A_DAY else 1.0


def find_source_silences(
    notices: Iterable[Notice], outlets: Mapping[str, str], now: datetime
) -> list[Signal]:
    """Return the sources that fell silent lately, by the watch's own notices; once for each silence.

    `outlets` names the outlet of each source.
    """
    found = []
    for notice in notices:
        alarm = notice.alarm
        lately = notice.ended_at is None and notice.began_at > now - TOLD_WITHIN
        if alarm.kind is AlarmKind.SILENT and alarm.source_id in outlets and lately:
            facts = SourceSilence(alarm.source_id, outlets[alarm.source_id], notice.since)
            key = f"silence|source|{alarm.source_id}|{notice.id}"
            found.append(Signal(key, "", "", SOURCE_SEVERITY, facts, now))
    return found
