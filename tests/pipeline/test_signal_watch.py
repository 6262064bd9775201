"""Looking for signals over a real store, from visits and findings to deliveries and messages."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from monitor.domain.coverage import RunOutcome, SourceRun
from monitor.domain.delivery import DeliveryKind
from monitor.domain.notices import Alarm, AlarmKind
from monitor.domain.preferences import Preferences, QuietHours
from monitor.domain.signal_routing import Recipient
from monitor.domain.signals import Divergence, Shift, Signal, SourceSilence, SpeakerSilence
from monitor.domain.source import Source
from monitor.domain.stance import Stance, Tier
from monitor.domain.subscriptions import Filter, Kind, Subscription
from monitor.errors import UndeliverableError
from monitor.messages.signal import draw_line, render_signal
from monitor.notify.console import ConsoleSink
from monitor.notify.content import ContentLoader, SignalContent
from monitor.pipeline.signals import SignalWatch
from storage import Store
from tests.audience import read_audience
from tests.builders import make_assessment, make_speaker
from tests.fakes.telegram_rules import check_text
from tests.notify.builders import READERS, make_delivery
from tests.storage.builders import assess, collect

FIRST = datetime(2024, 1, 1, tzinfo=UTC)  # a Monday
WEEK, DAY, HOUR = timedelta(days=7), timedelta(days=1), timedelta(hours=1)
END = FIRST + 13 * WEEK
AGENCY = Source(
    "agency", "Agency", "rss", "https://example.org/a", "russia", Tier.OUTLET, ("ru",), interval=6 * HOUR
)
EVERYTHING = Filter(kinds=frozenset(Kind))


def visit(
    store: Store,
    until: datetime = END + 5 * WEEK,
    blind: range = range(0),
    source_id: str = "agency",
    since: datetime = FIRST,
) -> None:
    """Let a source be read four times a day, but not in some weeks."""
    at = since
    while at < until:
        outcome = RunOutcome.FAILED if (at - FIRST) // WEEK in blind else RunOutcome.OK
        store.articles.record_run(SourceRun(source_id, at, at + timedelta(minutes=1), outcome))
        at += 6 * HOUR


def say(
    store: Store,
    at: datetime,
    stance: Stance,
    name: str = "Ivan Petrov",
    tier: Tier = Tier.GOVERNMENT,
    source_id: str = "agency",
) -> None:
    """Save what somebody of Moscow's side says of Armenia at a time."""
    key = f"{at:%Y%m%d%H%M%S}{name}{tier}{source_id}"
    assessment = make_assessment(stance=stance, speaker=make_speaker(name, tier))
    assess(
        store,
        collect(store, key, f"Text {key}.", seen=at, published_at=at, source_id=source_id),
        assessment,
        now=at,
    )


def say_for_weeks(store: Store, *, hostile_last: bool, upto: int = 13) -> None:
    """Let Moscow say twelve things a week, two of them hostile; in the last week all, where asked to."""
    chance = random.Random(4)
    for week in range(upto):
        for n in range(12):
            hostile = n < 2 or (week == 12 and hostile_last)
            at = FIRST + week * WEEK + timedelta(hours=chance.uniform(0, 168))
            say(store, at, Stance.HOSTILE if hostile else Stance.NEUTRAL)


def make_watch(store: Store) -> SignalWatch:
    """Return the watch, its weeks in UTC."""
    return SignalWatch(store.signals, store.notices, store.watching, store.articles, ZoneInfo("UTC"))


def look(store: Store, now: datetime, watch: SignalWatch | None = None) -> list[Signal]:
    """Look once, by a watch that was just started unless one is given."""
    found = (watch or make_watch(store)).look([AGENCY], read_audience(store, now), now)
    return [signal for _, signal in found]


def test_shift_goes_once_to_those_who_want_it(store: Store) -> None:
    """The console, and the chat that asked; a restart finds it told."""
    visit(store)
    say_for_weeks(store, hostile_last=True)
    for chat, wish in ((1, Filter()), (2, Filter(targets=frozenset({"kazakhstan"})))):
        store.chats.serve(chat, "", "en", FIRST)
        store.chats.subscribe(Subscription(0, chat, wish), FIRST)
    (signal,) = look(store, END + HOUR)
    assert isinstance(signal.facts, Shift)
    assert signal.key == "shift|russia|armenia|2024-03-25"
    (to_console,) = store.outbox.claim("console", END + HOUR, 9)
    (to_chat,) = store.outbox.claim("telegram", END + HOUR, 9)
    assert (to_console.kind, to_chat.kind, to_chat.recipient) == (
        DeliveryKind.SIGNAL,
        DeliveryKind.SIGNAL,
        "1",
    )
    assert store.signals.get(int(to_chat.subject)) == signal
    assert [] == look(store, END + 30 * HOUR)
    assert [signal] == store.signals.since(END)


def test_constant_weeks_and_blind_weeks_raise_nothing(store: Store) -> None:
    """Nothing happened, or nothing can be known."""
    visit(store)
    say_for_weeks(store, hostile_last=False)
    assert [] == look(store, END + HOUR)


@pytest.mark.parametrize("blind", [range(12, 13), range(2, 10)])
def test_shift_against_or_in_blind_weeks_is_none(store: Store, blind: range) -> None:
    """The same statements; without the blind weeks they are a shift."""
    visit(store, blind=blind)
    say_for_weeks(store, hostile_last=True)
    assert [] == look(store, END + HOUR)


def test_new_source_is_no_shift(store: Store) -> None:
    """A channel that was added two weeks ago says sharp things; what was read all along says the usual."""
    channel = replace(AGENCY, id="channel", outlet="Channel", url="https://example.org/c")
    visit(store)
    visit(store, source_id="channel", since=END - 2 * WEEK)
    say_for_weeks(store, hostile_last=False)
    for n in range(14):
        at = END - WEEK + timedelta(hours=12 * n)
        say(store, at, Stance.HOSTILE, source_id="channel")
    found = make_watch(store).look([AGENCY, channel], read_audience(store, END + HOUR), END + HOUR)
    assert [] == found


def test_signal_is_kept_and_sent_once(store: Store) -> None:
    """Also where two processes found it at the same moment."""
    to = {SIGNALS[0].key: [Recipient("telegram", "1", END)]}
    assert [1] == [number for number, _ in store.signals.save([SIGNALS[0]], to, END)]
    assert [] == store.signals.save([SIGNALS[0]], to, END)
    assert ["1"] == [d.subject for d in store.outbox.claim("telegram", END, 9)]
    assert {SIGNALS[0].key} == store.signals.known_keys([SIGNALS[0].key, "other"])


def test_divergence_of_officials_and_commentators(store: Store) -> None:
    """Two weeks in which commentators turn hostile."""
    visit(store)
    say_for_weeks(store, hostile_last=False)
    for n in range(40):
        say(store, END - 2 * WEEK + timedelta(hours=8 * n), Stance.HOSTILE, "Pundit", Tier.COMMENTATOR)
    found = look(store, END + HOUR)
    assert [Kind.DIVERGENCE] == [s.kind for s in found if isinstance(s.facts, Divergence)]


def test_weeks_are_looked_through_once_a_day_and_sources_each_time(store: Store) -> None:
    """What comes late is found the next day."""
    visit(store)
    say_for_weeks(store, hostile_last=True, upto=12)
    watch = make_watch(store)
    assert all(isinstance(s.facts, SpeakerSilence) for s in look(store, END + HOUR, watch))
    for n in range(12):
        say(store, END - WEEK + timedelta(hours=14 * n), Stance.HOSTILE)
    alarm = Alarm(AlarmKind.SILENT, "agency", "nothing for long", END)
    store.notices.save([alarm], {}, [], END + HOUR)
    (silence,) = look(store, END + 2 * HOUR, watch)
    assert isinstance(silence.facts, SourceSilence)
    (shift,) = look(store, END + DAY + HOUR, watch)
    assert isinstance(shift.facts, Shift)


def test_customary_speaker_falls_silent(store: Store) -> None:
    """Heard each workday for twelve weeks, while others go on; where nothing is read nobody is silent."""
    for week in range(16):
        for day in range(5):
            at = FIRST + week * WEEK + day * DAY + 9 * HOUR
            say(store, at, Stance.NEUTRAL, f"Other {day}")
            if week < 13:
                say(store, at + HOUR, Stance.NEUTRAL, "Dmitry Peskov", Tier.HEAD_OF_STATE)
    visit(store)
    found = look(store, END + 3 * WEEK - 2 * DAY)
    assert ["Dmitry Peskov"] == [s.facts.speaker for s in found if isinstance(s.facts, SpeakerSilence)]


def test_silence_is_none_where_nothing_was_read(store: Store) -> None:
    """The same, but with the weeks of silence blind."""
    for week in range(16):
        for day in range(5):
            at = FIRST + week * WEEK + day * DAY + 9 * HOUR
            say(store, at, Stance.NEUTRAL, f"Other {day}")
            if week < 13:
                say(store, at + HOUR, Stance.NEUTRAL, "Dmitry Peskov", Tier.HEAD_OF_STATE)
    visit(store, blind=range(13, 16))
    assert [] == look(store, END + 3 * WEEK - 2 * DAY)


def test_signal_in_quiet_hours_is_due_when_they_end(store: Store) -> None:
    """It lies in the outbox until then; the console has it at once."""
    alarm = Alarm(AlarmKind.SILENT, "agency", "nothing for long", END)
    store.notices.save([alarm], {}, [], END)
    store.chats.serve(1, "", "en", FIRST)
    store.chats.subscribe(Subscription(0, 1, EVERYTHING), FIRST)
    store.preferences.save(1, Preferences(zone="UTC", quiet=QuietHours(time(0), time(7))))
    assert look(store, END + HOUR)
    assert store.outbox.claim("console", END + HOUR, 9)
    assert [] == store.outbox.claim("telegram", END + HOUR, 9)
    assert store.outbox.claim("telegram", END + 7 * HOUR, 9)


SIGNALS = (
    Signal("a", "armenia", "russia", 70, Shift(FIRST, -0.45, -0.1, -6.2, 31, (-0.1, None, -0.45)), END),
    Signal("b", "armenia", "russia", 40, Divergence(FIRST, FIRST + 2 * WEEK, 0.05, -0.4, 15, 22, 0.3), END),
    Signal(
        "c",
        "armenia",
        "russia",
        45,
        SpeakerSilence("Sergei Ivanov", Tier.GOVERNMENT, FIRST, 21, 2.5, 11),
        END,
    ),
    Signal("d", "", "", 30, SourceSilence("agency", "Agency <b>", FIRST), END),
)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_signals_are_told_in_both_languages(language: str) -> None:
    """With their figures, and hostile names escaped."""
    seen = [check_text(render_signal(signal, READERS[language]), "HTML")[0] for signal in SIGNALS]
    expected = {
        "en": ("Shift: Russia → Armenia, more hostile", "part ways", "Silence: Sergei Ivanov", "Agency <b>"),
        "ru": ("Сдвиг: Россия → Армения, враждебнее", "расходятся", "Молчание: Сергей Иванов", "Agency <b>"),
    }[language]
    assert all(words in text for words, text in zip(expected, seen, strict=True))
    assert "█·▁" in seen[0]
    figures = {"en": "−0.45, usually −0.10", "ru": "−0.45, обычно −0.10"}
    assert figures[language] in seen[0]
    assert {"en": "21 days", "ru": "21 день"}[language] in seen[2]


def test_line_of_a_series_shows_gaps() -> None:
    """A week that was not read is no calm one."""
    assert draw_line((-0.1, None, -0.45, 0.25)) == "▅·▁█"
    assert draw_line((0.2, 0.2)) == "▄▄"
    assert draw_line((None,)) == ""


async def test_signals_are_loaded_and_printed(store: Store) -> None:
    """By number; one that is gone is undeliverable."""
    ((number, _),) = store.signals.save([SIGNALS[0]], {}, END)
    loader = ContentLoader(store.alerts, store.digests, store.held, store.messages, signals=store.signals)
    delivery = make_delivery(subject=str(number), kind=DeliveryKind.SIGNAL)
    content = loader(delivery)
    assert content == SignalContent(SIGNALS[0])
    out = io.StringIO()
    console = Console(file=out, width=110, highlight=False, markup=False, emoji=False)
    await ConsoleSink(console, lambda _: READERS["en"]).send(replace(delivery, sink="console"), content)
    assert "Shift: Russia → Armenia, more hostile · severity 70" in out.getvalue()
    with pytest.raises(UndeliverableError):
        loader(make_delivery(subject="99", kind=DeliveryKind.SIGNAL))
