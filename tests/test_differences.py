"""What changed between two configurations, in the words of the files."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from monitor.differences import find_differences, hold_back
from monitor.domain.alerts import Rule
from monitor.domain.stance import Act
from monitor.settings import Settings


def test_equal_configurations_differ_in_nothing(settings: Settings) -> None:
    """Nothing is said where nothing changed."""
    found = find_differences(settings, settings)
    assert ("nothing", ()) == (str(found), found.restart)


def test_changes_are_named_by_id_and_key_with_both_values(settings: Settings) -> None:
    """As an operator would tell a colleague."""
    first, *rest = settings.sources
    paced = replace(first, interval=first.interval + timedelta(minutes=5), enabled=not first.enabled)
    harsh, *others = settings.rules
    strict = replace(harsh, min_severity=harsh.min_severity + 5, targets=frozenset({"armenia"}))
    new = replace(
        settings,
        sources=(paced, *rest),
        rules=(strict, *others[:-1], Rule("csto-threats", acts=frozenset({Act.THREATEN}))),
    )
    minutes = first.interval.total_seconds() / 60
    assert (
        f"rules: + csto-threats, − {others[-1].id}, {harsh.id} targets + armenia, "
        f"{harsh.id} min_severity {harsh.min_severity} → {strict.min_severity}; "
        f"sources: {first.id} {'on' if paced.enabled else 'off'}, "
        f"{first.id} interval {minutes:g} → {minutes + 5:g} min"
    ) == str(find_differences(settings, new))


def test_many_changes_are_counted_instead_of_listed(settings: Settings) -> None:
    """A hundred new speakers are one readable line."""
    found = find_differences(replace(settings, speakers=settings.speakers[100:]), settings)
    assert str(found).endswith("and 92 more")


def test_order_of_rules_counts_for_the_first_that_asks_is_named(settings: Settings) -> None:
    """The same rules in another order are a change."""
    turned = replace(settings, rules=settings.rules[::-1])
    assert "rules: in another order" == str(find_differences(settings, turned))


def test_headers_and_proxies_are_never_shown(settings: Settings) -> None:
    """They may hold secrets."""
    first, *rest = settings.sources
    secret = replace(first, headers={"Cookie": "SECRET"}, proxy="http://user:SECRET@proxy")
    found = find_differences(settings, replace(settings, sources=(secret, *rest)))
    assert "SECRET" not in str(found)
    assert f"sources: {first.id} headers changed, {first.id} proxy changed" == str(found)


def test_what_needs_a_restart_is_named_without_its_value_and_held_back(settings: Settings) -> None:
    """The rest of the same file is taken over."""
    monitor = settings.monitor
    store = monitor.store.model_copy(update={"url": "postgresql://u:SECRET@db/m"})
    telegram = monitor.telegram.model_copy(update={"token_file": "t", "reviewers": (1,)})
    new = replace(settings, monitor=monitor.model_copy(update={"store": store, "telegram": telegram}))
    found = find_differences(settings, new)
    assert ("store.url", "telegram.token_file") == found.restart
    assert "monitor.toml: telegram.reviewers + 1" == str(found)
    held = hold_back(settings, new).monitor
    assert (monitor.store, "", (1,)) == (held.store, held.telegram.token_file, held.telegram.reviewers)
