"""``slideshow.toml``: which values are read, and how mistakes are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from slideshow.errors import Problem, SettingError
from slideshow.library.folder import Folder
from slideshow.library.opening import open_library
from slideshow.library.sitefile import SiteFile, configured, read_site_file
from slideshow.settings import Settings, variables
from tests.web.conftest import ARTICLE, write

WHOLE = """\
# The night desk
lang = "fr"
base_url = "https://news.example/slides"
site_name = "The Night Post"
refresh = 2
bucket_refresh = 5.5
pagecache_bytes = 0
reload = "on"
offline = false
frame_ancestors = "'self'"
filecache_folder = "cache"
filecache_bytes = 1_000_000
follow_links = true
article_bytes = 1000
article_slides = 100
article_characters = 50
catalogue_bytes = 1001
picture_bytes = 1002
picture_pixels = 1003
card_font = ["/fonts/a.ttf", "b.ttf"]
proxies = 1
trusted_hosts = ["news.example", "localhost"]
host = "0.0.0.0"
port = 8080
uds = "s.sock"
workers = 2
max_age = 60
hsts = 0
log_level = "warning"
log_format = "json"
access_log = "combined"
metrics = "127.0.0.1:9090"
counts = "counts.db"
cut = true
timezone = "Europe/Paris"
languages = ["en", "fr"]
incomplete = "show"
pairs = "all"
preview_secret = "s"
preview_hours = 1
removed = ["gone"]
recording_bytes = 1004
embedded_hosts = ["video.example"]
"""


def read(folder: Path, text: str | bytes) -> SiteFile:
    path = write(folder, {"slideshow.toml": text}) / "slideshow.toml"
    return read_site_file(path, Folder(folder))


def said(folder: Path, text: str | bytes) -> list[str]:
    return [str(each).removeprefix(f"{folder}/") for each in read(folder, text).problems]


def test_the_file_can_hold_every_setting_but_the_place_of_the_stories(tmp_path: Path) -> None:
    file = read(tmp_path, WHOLE)

    assert file.problems == ()
    assert file.values.keys() == {each.name for each in variables()} - {"stories"}
    settings = Settings().with_file(file.values, file.origins)
    assert settings.trusted_hosts == ("news.example", "localhost")
    assert (settings.refresh, settings.reload, settings.offline) == (2.0, True, False)


def test_paths_start_at_the_folder_of_the_file(tmp_path: Path) -> None:
    file = read(tmp_path, WHOLE)

    assert file.values["filecache_folder"] == str(tmp_path / "cache")
    assert file.values["card_font"] == ("/fonts/a.ttf", str(tmp_path / "b.ttf"))


def test_the_origin_of_a_value_is_its_line(tmp_path: Path) -> None:
    file = read(tmp_path, WHOLE)

    assert str(file.origins["site_name"]) == f"{tmp_path}/slideshow.toml:4"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('\nsitename = "x"', "slideshow.toml:2: 'sitename' is no setting (write site_name)"),
        ("[xyzzy]\nx = 1", "slideshow.toml:1: 'xyzzy' is no setting (remove it)"),
        (
            'stories = "."',
            "slideshow.toml:1: 'stories' cannot be set here: this file lies beside the stories "
            "(name their place on the command line or in SLIDESHOW_STORIES)",
        ),
        (
            "proxies = true",
            "slideshow.toml:1: proxies=True is not a whole number "
            "(set it to something like 0, or leave it out)",
        ),
        (
            "site_name = 3",
            "slideshow.toml:1: site_name=3 is not text "
            '(set it to something like "text", or leave it out)',
        ),
        (
            "trusted_hosts = [1]",
            "slideshow.toml:1: trusted_hosts=[1] is not a list of texts "
            '(set it to something like ["one", "two"], or leave it out)',
        ),
        ("proxies = -1", "slideshow.toml:1: proxies is -1 (set it to 0 or more)"),
        ('reload = "perhaps"', "slideshow.toml:1: reload='perhaps' is neither on nor off"),
        ("lang = 'fr'\nx\n", "slideshow.toml:2: not TOML: "),
        (b"lang = 'fr'\n# \xe9", "slideshow.toml:2: not in UTF-8 (save the file in UTF-8)"),
        ("a = " + "[" * 100_000, "slideshow.toml: not TOML: "),
        (b"#" * 1_000_001, "slideshow.toml: more than 1000000 bytes"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_its_fix(
    tmp_path: Path, text: str | bytes, problem: str
) -> None:
    (found,) = said(tmp_path, text)

    assert found.startswith(problem)


def test_a_mistake_leaves_the_other_values_as_they_are(tmp_path: Path) -> None:
    file = read(tmp_path, 'proxies = "many"\nsite_name = "Post"\nlang = "no tag"\n')

    assert file.values == {"site_name": "Post"}
    assert [problem.line for problem in file.problems] == [1, 3]


def test_a_wrong_value_is_refused_before_anything_starts(tmp_path: Path) -> None:
    write(tmp_path, {"a.fr.txt": ARTICLE, "slideshow.toml": "proxies = -1"})

    with pytest.raises(SettingError, match=r"slideshow\.toml:1: proxies is -1"):
        open_library(Settings(stories=str(tmp_path)))


def test_a_misspelt_name_is_a_problem_that_stops_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"a.fr.txt": ARTICLE, "slideshow.toml": "proxis = 1"})

    opened = open_library(Settings(stories=str(tmp_path)))

    assert [_short(each) for each in opened.library.problems()] == [("slideshow.toml", 1, False)]
    assert opened.settings.proxies == 0


def test_an_empty_file_is_pointed_out(tmp_path: Path) -> None:
    write(tmp_path, {"a.fr.txt": ARTICLE, "slideshow.toml": ""})

    opened = open_library(Settings(stories=str(tmp_path)))

    assert [_short(each) for each in opened.library.problems()] == [("slideshow.toml", 0, False)]


def _short(problem: Problem) -> tuple[str, int, bool]:
    return Path(problem.path).name, problem.line, problem.is_error


def test_the_file_beside_a_single_article_counts(tmp_path: Path) -> None:
    write(tmp_path, {"a.fr.txt": ARTICLE, "slideshow.toml": 'site_name = "Post"'})

    assert configured(Settings(stories=str(tmp_path / "a.fr.txt"))).site_name == "Post"


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"other.toml": 'site_name = "Post"', "stories/a.fr.txt": ARTICLE})
    (tmp_path / "stories" / "slideshow.toml").symlink_to(tmp_path / "other.toml")

    with pytest.raises(SettingError, match="a link that leads out of the folder"):
        configured(Settings(stories=str(tmp_path / "stories")))
    followed = configured(Settings(stories=str(tmp_path / "stories"), follow_links=True))
    assert followed.site_name == "Post"
