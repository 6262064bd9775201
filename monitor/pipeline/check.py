"""Judging what an analyst pastes, with the real reader, and saying who would be told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.domain.alerts import Rule, is_self_talk, why_not
from monitor.domain.article import Article
from monitor.domain.checks import LONGEST, Checked, CheckResult, CheckTrouble
from monitor.domain.fates import Cause, nearest_rule
from monitor.domain.routing import Audience
from monitor.domain.source import Source
from monitor.domain.stance import Stance
from monitor.domain.statement import Assessment, Finding
from monitor.pipeline.assess import make_document
from monitor.pipeline.audience import Audiences
from monitor.pipeline.reading import Document, Reader
from monitor.pipeline.whynot import decide_for_chat, imagine_alert


@dataclass(frozen=True, slots=True)
class Checker:
    """Judges texts without saving them; takes the model's time, so call it beside the event loop."""

    reader: Callable[[], Reader]
    audiences: Audiences
    rules: Sequence[Rule]

    def check_text(self, text: str, chat_id: int, now: datetime) -> CheckResult:
        """Judge a pasted text as the words of an unknown source."""
        if len(text) > LONGEST:
            return CheckResult(None, trouble=CheckTrouble.TOO_LONG)
        return self._check(Document(text=text), None, "", now, chat_id)

    def check_article(self, article: Article, source: Source, chat_id: int, now: datetime) -> CheckResult:
        """Judge a fetched article as its source's."""
        return self._check(make_document(article, source), source, article.url, now, chat_id)

    def _check(
        self, document: Document, source: Source | None, url: str, now: datetime, chat_id: int
    ) -> CheckResult:
        reader = self.reader()
        reading = reader.read(document)
        model = reader.classifier.version
        if not reading.assessments:
            trouble = CheckTrouble.NO_TARGET if reading.readable else CheckTrouble.UNREAD
            return CheckResult(reading.lang, trouble=trouble, model=model)
        audience = self.audiences.read(now)
        checked = tuple(
            self._judge(_imagine(number, one, document, source, url, now), audience, chat_id, now)
            for number, one in enumerate(reading.assessments, start=1)
        )
        return CheckResult(reading.lang, checked, model=model)

    def _judge(self, finding: Finding, audience: Audience, chat_id: int, now: datetime) -> Checked:
        a = finding.assessment
        outcomes = tuple(decide_for_chat(imagine_alert(finding, now), audience, chat_id, now))
        if a.stance is Stance.NEUTRAL:
            return Checked(finding, Cause.NEUTRAL)
        if a.judgement.uncertain:
            return Checked(finding, Cause.UNCERTAIN, outcomes=outcomes)
        if is_self_talk(finding):
            return Checked(finding, Cause.SELF_TALK, outcomes=outcomes)
        rule = next((rule for rule in self.rules if why_not(rule, finding) is None), None)
        if rule is None:
            return Checked(finding, Cause.BELOW, nearest=nearest_rule(self.rules, finding), outcomes=outcomes)
        return Checked(finding, Cause.ALERTED, rule.id, outcomes=outcomes)


def _imagine(
    number: int, assessment: Assessment, document: Document, source: Source | None, url: str, now: datetime
) -> Finding:
    """Return a judged pair as a finding of an article that was just published."""
    outlet = source.outlet if source else ""
    return Finding(
        id=number,
        article_id=0,
        story_id=0,
        assessment=assessment,
        source_id=source.id if source else "",
        outlet=outlet,
        url=url,
        title=document.title,
        published_at=now,
        first_seen_at=now,
        outlets=(outlet,),
    )
