"""Which settings are refused before anything starts."""

from __future__ import annotations

from typing import Any

import pytest

from slideshow.errors import SettingError
from slideshow.settings import Origin, Settings, Source, unknown_variables


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "ftp://example.org",
        "https://",
        "https:///path",
        "https://[bad",
        "https://example.org:99999",
        "https://ex ample.org",
        "https://example.org/\nx",
        "https://example.org/?q",
        "https://example.org/#x",
    ],
)
def test_what_no_address_can_start_with_is_no_base_url(url: str) -> None:
    with pytest.raises(SettingError, match="is not an address"):
        Settings(base_url=url)


@pytest.mark.parametrize(
    "url", ["http://localhost:8000", "https://example.org/a/b/", "http://[::1]:80"]
)
def test_a_site_may_stand_anywhere(url: str) -> None:
    assert Settings(base_url=url).base_url == url


def test_a_value_out_of_range_is_named_as_it_was_set() -> None:
    with pytest.raises(SettingError, match=r"^proxies is -1"):
        Settings(proxies=-1)
    with pytest.raises(SettingError, match=r"^SLIDESHOW_PROXIES is -1"):
        Settings.from_environment({"SLIDESHOW_PROXIES": "-1"})


@pytest.mark.parametrize(
    "given",
    [
        {"refresh": -1.0},
        {"refresh": float("nan")},
        {"refresh": float("inf")},
        {"bucket_refresh": 0.0},
        {"bucket_refresh": float("nan")},
        {"bucket_refresh": 1e300},
    ],
)
def test_a_time_that_no_clock_can_wait_for_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(SettingError, match=r"^(bucket_)?refresh is "):
        Settings(**given)


@pytest.mark.parametrize(
    ("value", "is_on"),
    [("on", True), ("ON", True), ("1", True), ("off", False), ("false", False)],
)
def test_a_switch_is_on_or_off(value: str, is_on: bool) -> None:
    assert Settings.from_environment({"SLIDESHOW_OFFLINE": value}).offline is is_on


def test_what_is_neither_on_nor_off_is_refused() -> None:
    with pytest.raises(SettingError, match="SLIDESHOW_RELOAD='perhaps' is neither on nor off"):
        Settings.from_environment({"SLIDESHOW_RELOAD": "perhaps"})


def test_what_the_environment_says_is_what_workers_are_told() -> None:
    settings = Settings(stories="a b", trusted_hosts=("a.example", "b.example"), offline=False)

    assert Settings.from_environment(settings.to_environment()) == settings


@pytest.mark.parametrize("name", ["OFFLINE", "RELOAD", "PAGECACHE_BYTES", "REFRESH"])
def test_an_empty_variable_is_none(name: str) -> None:
    assert Settings.from_environment({f"SLIDESHOW_{name}": ""}) == Settings()


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("PAGECACHE_BYTES", "1e6", "not a whole number"),
        ("REFRESH", "soon", "not a number"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(name: str, value: str, kind: str) -> None:
    with pytest.raises(SettingError, match=f"SLIDESHOW_{name}='{value}' is {kind}"):
        Settings.from_environment({f"SLIDESHOW_{name}": value})


def test_a_file_yields_to_the_environment_and_that_to_the_command_line() -> None:
    environment = {"SLIDESHOW_OFFLINE": "on", "SLIDESHOW_LANG": "fr"}
    given = Settings.from_environment(environment, lang="de")
    values = {"offline": False, "lang": "es", "site_name": "The Night Post"}

    settings = given.with_file(values, origin_of(values))

    assert (settings.offline, settings.lang, settings.site_name) == (True, "de", "The Night Post")
    assert {name: str(origin) for name, origin in settings.origins.items()} == {
        "offline": "SLIDESHOW_OFFLINE",
        "lang": "the command line",
        "site_name": "slideshow.toml",
    }


def test_a_file_yields_to_what_a_program_chose() -> None:
    settings = Settings(site_name="Ours").with_file({"site_name": "Theirs"}, {})

    assert settings.site_name == "Ours"


def test_a_new_version_of_a_file_replaces_all_of_the_former_one() -> None:
    first = {"site_name": "One", "proxies": 2}
    second = {"proxies": 3}
    settings = Settings(lang="fr").with_file(first, origin_of(first))

    settings = settings.with_file(second, origin_of(second))

    assert settings == Settings(lang="fr", proxies=3)
    assert list(settings.origins) == ["proxies"]


def test_workers_are_not_told_what_they_read_in_the_file() -> None:
    values = {"site_name": "The Night Post"}
    given = Settings.from_environment({"SLIDESHOW_OFFLINE": "on"}, lang="de")

    settings = given.with_file(values, origin_of(values))

    assert settings.to_environment() == {"SLIDESHOW_OFFLINE": "true", "SLIDESHOW_LANG": "de"}


def origin_of(values: dict[str, Any]) -> dict[str, Origin]:
    return dict.fromkeys(values, Origin(Source.FILE))


def test_a_misspelt_variable_is_named_with_the_one_that_was_meant() -> None:
    variables = {
        "SLIDESHOW_SITENAME": "x",
        "SLIDESHOW_BASE_URL": "https://example.org",
        "SLIDESHOW_SERVICE_HOST": "10.0.0.1",
        "SLIDESHOW_PORT_8000_TCP": "tcp://10.0.0.1:8000",
        "PATH": "/bin",
    }

    (problem,) = unknown_variables(variables)

    assert str(problem) == "SLIDESHOW_SITENAME is no setting (write SLIDESHOW_SITE_NAME)"
