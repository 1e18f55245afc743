"""Which settings are refused before anything starts."""

from __future__ import annotations

from typing import Any

import pytest

from slideshow.errors import SettingError
from slideshow.settings import Settings


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
    with pytest.raises(SettingError, match=r"refresh of .* s"):
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
