"""Configuration: everything wrong is said at once, with file, key and the nearest valid key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from monitor.domain.stance import Act, Tier
from monitor.errors import ConfigurationError
from monitor.settings import find_config, load_settings, packaged_config

GOOD = {
    "monitor.toml": '[store]\nurl = "sqlite:///x.db"\n[weights.acts]\nreject = -0.2\n',
    "targets.toml": '[[target]]\nid = "armenia"\nkind = "state"\ntitle = {en = "Armenia", ru = "Армения"}\n'
    'ru.names = ["Армения"]\n',
    "speakers.toml": '[[speaker]]\nname = "A B"\ntier = "government"\nbloc = "russia"\nen = ["A B"]\n',
    "rules.toml": '[[rule]]\nid = "r"\ntargets = ["armenia"]\n',
    "sources/a.toml": '[[source]]\nid = "a"\noutlet = "A"\nkind = "rss"\nurl = "https://example.org/rss"\n'
    'bloc = "russia"\ntier = "outlet"\nlanguages = ["ru"]\nevidence = "documented"\n',
}


def write(directory: Path, **changes: str) -> Path:
    """Write the good configuration with some files replaced (names with __ for /)."""
    files = GOOD | {name.replace("__", "/") + ".toml": text for name, text in changes.items()}
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return directory


def problems_of(directory: Path) -> str:
    """Return all problems as one text."""
    with pytest.raises(ConfigurationError) as caught:
        load_settings(directory, env={})
    return str(caught.value)


def test_good_configuration_becomes_domain_objects(tmp_path: Path) -> None:
    """Sources, targets, speakers, rules and weights arrive as the domain's types."""
    settings = load_settings(write(tmp_path), env={})
    assert Tier.OUTLET is settings.sources[0].tier
    assert ("Армения",) == settings.targets[0].names["ru"].names
    assert frozenset({"armenia"}) == settings.rules[0].targets
    weights = settings.monitor.weights.build()
    assert (-0.2, -1.0) == (weights.acts[Act.REJECT], weights.acts[Act.THREATEN])


def test_errors_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    """An operator mends everything in one go."""
    text = problems_of(
        write(
            tmp_path,
            monitor='timezone = "Europe/Moskow"\n[colect]\nconcurrency = 3\n[digest]\nweekday = "mondey"\n',
            rules='[[rule]]\nid = "r"\nmin_severity = 200\nstances = ["hostil"]\n',
            targets="[[target]\n",
        )
    )
    assert "monitor.toml: timezone: unknown time zone 'Europe/Moskow'" in text
    assert "monitor.toml: colect: unknown key; did you mean 'collect'?" in text
    assert "digest.weekday: 'mondey' is not valid; did you mean 'monday'?" in text
    assert "rules.toml: rule[r].min_severity" in text
    assert "did you mean 'hostile'?" in text
    assert "targets.toml: cannot be read" in text


def test_misspelt_key_inside_a_block_names_block_and_nearest_key(tmp_path: Path) -> None:
    """The block is named by its id, not by its number."""
    text = problems_of(write(tmp_path, sources__a=GOOD["sources/a.toml"] + 'langauges = ["en"]\n'))
    assert "source[a].langauges: unknown key; did you mean 'languages'?" in text


def test_missing_key_and_missing_file_are_named(tmp_path: Path) -> None:
    """Both say what is needed."""
    directory = write(tmp_path, rules='[[rule]]\ntitle = "no id"\n')
    (directory / "speakers.toml").unlink()
    text = problems_of(directory)
    assert "rule[0].id: this key is required" in text
    assert "speakers.toml: file is missing" in text


def test_references_that_lead_nowhere_are_named_with_the_nearest(tmp_path: Path) -> None:
    """A rule's target, a source's speaker and a speaker's bloc must exist."""
    text = problems_of(
        write(
            tmp_path,
            rules='[[rule]]\nid = "r"\ntargets = ["armenla"]\nsources = ["b"]\n',
            sources__a=GOOD["sources/a.toml"] + 'default_speaker = "A C"\n',
            speakers='[[speaker]]\nname = "A B"\ntier = "government"\nbloc = "rusia"\n',
        )
    )
    assert "rule[r].targets: 'armenla' is not known; did you mean 'armenia'?" in text
    assert "source[a].default_speaker: 'A C' is not known; did you mean 'A B'?" in text
    assert "speaker[A B].bloc: 'rusia' is not known; did you mean 'russia'?" in text
    assert "rule[r].sources" in text


def test_same_id_twice_is_an_error(tmp_path: Path) -> None:
    """Across files too."""
    text = problems_of(write(tmp_path, sources__b=GOOD["sources/a.toml"]))
    assert "source[a]: this id stands twice" in text


def test_listing_without_selectors_is_an_error(tmp_path: Path) -> None:
    """A listing page cannot be read without them."""
    listing = GOOD["sources/a.toml"].replace('"rss"', '"listing"', 1)
    assert "source[a].listing: a listing needs selectors here" in problems_of(
        write(tmp_path, sources__a=listing)
    )


def test_missing_directory_says_how_to_make_one(tmp_path: Path) -> None:
    """The first thing that a newcomer gets wrong."""
    assert "rhetoric-monitor init" in problems_of(tmp_path / "nowhere")


def test_environment_overrides_a_key(tmp_path: Path) -> None:
    """Containers set the store's address without a file."""
    env = {"RHETORIC_MONITOR__STORE__URL": "sqlite:///other.db", "RHETORIC_MONITOR__CLASSIFY__WORKERS": "2"}
    settings = load_settings(write(tmp_path), env=env)
    assert ("sqlite:///other.db", 2) == (settings.monitor.store.url, settings.monitor.classify.workers)


def test_configuration_is_looked_for_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As given, by the environment, ./config, the shipped one."""
    monkeypatch.chdir(tmp_path)
    assert packaged_config() == find_config(None, {})
    shutil.copytree(write(tmp_path / "made"), tmp_path / "config")
    assert Path("config") == find_config(None, {})
    assert Path("/elsewhere") == find_config(None, {"RHETORIC_MONITOR_CONFIG": "/elsewhere"})
    assert Path("/given") == find_config(Path("/given"), {"RHETORIC_MONITOR_CONFIG": "/elsewhere"})


def test_files_are_read_in_the_place_of_those_of_the_same_part(tmp_path: Path) -> None:
    """A proposal is tried beside the configuration in force; what a file is, its blocks tell."""
    directory = write(tmp_path / "now")
    proposals = {
        "stricter.toml": '[[rule]]\nid = "s"\nmin_severity = 50\n',
        "heavier.toml": "[weights.acts]\nreject = -0.9\n",
        "more.toml": GOOD["sources/a.toml"].replace('"A"', '"A anew"')
        + GOOD["sources/a.toml"].replace('id = "a"', 'id = "b"'),
    }
    for name, text in proposals.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    settings = load_settings(directory, env={}, others=[tmp_path / name for name in proposals])
    assert ["s"] == [rule.id for rule in settings.rules]
    assert -0.9 == settings.monitor.weights.build().acts[Act.REJECT]
    assert [("a", "A anew"), ("b", "A")] == [(source.id, source.outlet) for source in settings.sources]


def test_file_of_sources_with_a_known_name_replaces_the_whole_file(tmp_path: Path) -> None:
    """What the file no longer holds is gone, as it would be once it lies in sources/."""
    directory = write(tmp_path / "now")
    proposed = tmp_path / "a.toml"
    proposed.write_text(GOOD["sources/a.toml"].replace('id = "a"', 'id = "b"'), encoding="utf-8")
    assert ["b"] == [s.id for s in load_settings(directory, env={}, others=[proposed]).sources]


def test_directory_replaces_the_whole_configuration(tmp_path: Path) -> None:
    """A copy that was edited at leisure."""
    other = write(tmp_path / "other", rules='[[rule]]\nid = "other"\n')
    settings = load_settings(write(tmp_path / "now"), env={}, others=[other])
    assert ["other"] == [rule.id for rule in settings.rules]


def test_proposed_file_that_is_wrong_is_named_by_its_own_path(tmp_path: Path) -> None:
    """Not by the path of the file that it would replace."""
    directory, proposed = write(tmp_path / "now"), tmp_path / "new-rules.toml"
    proposed.write_text('[[rule]]\nid = "s"\ntargets = ["armania"]\n', encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"new-rules.toml: rule\[s\].targets: 'armania'"):
        load_settings(directory, env={}, others=[proposed])
    proposed.write_text("[[rule]\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"new-rules.toml: cannot be read"):
        load_settings(directory, env={}, others=[proposed])
