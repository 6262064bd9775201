"""What analysts ask of sources and of the service itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from monitor.domain.coverage import HourCoverage
from monitor.domain.service_state import ServiceState, share_of_day
from monitor.domain.source import Source
from monitor.domain.source_views import Sight, SourceView, see_source
from monitor.pipeline.ports import Articles, Notices, Outbox, Watching
from monitor.pipeline.ports.asking import Fates
from monitor.text.language import READABLE

LANGUAGES_FROM = timedelta(days=28)
HOURS_FROM = timedelta(days=4)
SERVICE = "service"
"""The lease of whoever collects."""


@dataclass(frozen=True, slots=True)
class StateDesk:
    """Answers for sources and for the service; reads much, so call it beside the event loop."""

    articles: Articles
    watching: Watching
    notices: Notices
    outbox: Outbox
    fates: Fates
    sources: Sequence[Source]
    model: Callable[[], str]

    def views(self, now: datetime) -> list[SourceView]:
        """Return where every configured source stands, in the order of the configuration."""
        health, alarms = self.articles.health(), self.notices.open()
        languages = self.watching.languages(now - LANGUAGES_FROM)
        return [
            see_source(
                source,
                health.get(source.id),
                alarms,
                now,
                {
                    lang: count
                    for lang, count in languages.get(source.id, {}).items()
                    if lang and lang not in READABLE
                },
            )
            for source in self.sources
        ]

    def state(self, now: datetime, zone: tzinfo) -> ServiceState:
        """Return how the service does; today begins at midnight in the zone."""
        midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        until = self.fates.leader_until(SERVICE)
        hours: dict[str, list[HourCoverage]] = defaultdict(list)
        for hour in self.watching.hours(now - HOURS_FROM, now):
            hours[hour.source_id].append(hour)
        return ServiceState(
            running=until is not None and until > now,
            model=self.model(),
            sources=sum(source.enabled for source in self.sources),
            blind=tuple(view for view in self.views(now) if view.sight is Sight.BLIND),
            coverage=share_of_day(self.sources, hours, now),
            articles=self.articles.counts(),
            outbox=self.outbox.counts(),
            alerts_today=self.fates.alerts_since(midnight),
        )
