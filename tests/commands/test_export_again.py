"""An export into a folder with an earlier one: what has not changed is not rendered."""

import math
import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from slideshow.commands import export as exporting
from slideshow.commands.export import RECORDS, Summary, export
from slideshow.commands.export_basis import basis_of
from slideshow.commands.export_record import Record, Row
from slideshow.library.opening import open_library
from slideshow.library.records import named_after
from slideshow.settings import Settings
from slideshow.web import lists, paging, shelf
from slideshow.web.crawl import Site
from tests.pictures import photograph
from tests.web.conftest import write

pytestmark = [pytest.mark.costly, pytest.mark.trial]

LAMP = (
    "---\ntitle: Lamps\ntags: [light]\n---\n\n# One\n\nFirst, [see](moon.en.md).\n\n"
    "![A lamp](lamp.png)\n\n# Two\n\nLast.\n"
)
MOON = "---\ntitle: Moons\npublished: 2026-01-02\n---\n\n# Full\n\n![All of it](moon.png)\n"
LATER = "---\ntitle: Later\npublish: 2026-06-01\nexpires: 2026-07-01\n---\n\n# Then\n\nNot now.\n"
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
FILES: Mapping[str, str | bytes] = {
    "lamp.en.md": LAMP,
    "lamp.png": photograph(64, 64),
    "moon.en.md": MOON,
    "moon.png": photograph(64, 64),
    "star.en.md": "# Far\n\nAway.\n",
    "tide.en.md": "---\ntitle: Tides\n---\n\n# High\n\nLow.\n",
    "dune.en.md": "# Sand\n\n![Dry](dune.png)\n",
    "dune.png": photograph(64, 64),
    "translations/fr/LC_MESSAGES/dune.po": HEAD + '\nmsgid "Sand"\nmsgstr "Sable"\n',
    "later.en.md": LATER,
    "translations/fr/LC_MESSAGES/lamp.po": HEAD + '\nmsgid "One"\nmsgstr "Un"\n',
    "translations/fr/LC_MESSAGES/messages.po": HEAD + '\nmsgid "Contents"\nmsgstr "Sommaire"\n',
    "pages/legal.en.md": "# Legal\n\nNobody.\n",
    "brand.css": "h1 { color: red }",
    "slideshow.toml": 'site_name = "Lights"\n[brand]\nstylesheet = "brand.css"\n',
}
SPANISH = HEAD + '\nmsgid "Full"\nmsgstr "Llena"\n'
FRENCH = "translations/fr/LC_MESSAGES"
LONG_AGO = 1_700_000_000.0


@dataclass
class Place:
    """A site that was exported once; ``now`` is what its clock says."""

    folder: Path
    now: datetime = datetime(2026, 5, 15, tzinfo=UTC)

    @property
    def stories(self) -> Path:
        return self.folder / "stories"

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def record(self) -> Path:
        return self.folder / "cache" / RECORDS / f"{named_after(self.out)}.sqlite3"

    @property
    def site(self) -> Site:
        settings = Settings(
            stories=str(self.stories),
            base_url="https://lights.example",
            filecache_folder=str(self.folder / "cache"),
        )
        opened = open_library(settings)
        opened.library.publication.clock.now = lambda: self.now
        return Site(opened.settings, opened.library)

    def export(self, out: Path | None = None) -> Summary:
        return export(self.site, out or self.out, lambda done: None)

    def write(self, name: str, content: str | bytes) -> None:
        """Write a file as it lies there long after: a young one may still be changing."""
        write(self.stories, {name: content})
        self.settle(name)

    def settle(self, name: str) -> None:
        """Let a file, or one that is gone, and the folders around it be as old as the others."""
        path = self.stories / name
        for each in (path, *path.parents):
            if each.exists() and each.is_relative_to(self.stories):
                os.utime(each, (LONG_AGO, LONG_AGO))

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text in a file."""
        text = (self.stories / name).read_text()
        assert old in text
        self.write(name, text.replace(old, new))

    def remove(self, name: str) -> None:
        (self.stories / name).unlink()
        self.settle(name)


def exported(out: Path) -> dict[str, bytes]:
    paths = (path for path in out.rglob("*") if path.is_file())
    return {str(path.relative_to(out)): path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Share a site among the tests, in any order: each of them ends with an export."""
    place = Place(tmp_path_factory.mktemp("again"))
    for name, content in FILES.items():
        place.write(name, content)
    place.export()
    return place


def stories(place: Place) -> None:
    """Change each story in another way, so that none hides what was missed of the others."""
    place.edit("lamp.en.md", "First, ", "First – ")
    place.write("moon.png", photograph(80, 60))
    place.write(f"{FRENCH}/tide.po", HEAD + '\nmsgid "Tides"\nmsgstr "Les marées"\n')
    os.utime(place.stories / "star.en.md", (LONG_AGO, LONG_AGO + 86_400))
    place.write("dune.fr.png", photograph(90, 60))


def titles(place: Place) -> None:
    """Change what other stories show: a title, the stories there are."""
    place.edit("moon.en.md", "title: Moons", "title: The moon")
    place.remove("tide.en.md")
    place.write("sun.en.md", "# Day\n\nWarm.\n\n# Night\n\nCold.\n")


CHANGES: Mapping[str, Callable[[Place], None]] = {
    "stories": stories,
    "titles": titles,
    "interface": lambda place: place.edit(f"{FRENCH}/messages.po", "Sommaire", "Table"),
    "language": lambda place: place.write("translations/es/LC_MESSAGES/moon.po", SPANISH),
    "page": lambda place: place.edit("pages/legal.en.md", "# Legal", "# Imprint"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_after_a_change_it_equals_a_full_export(
    place: Place, change: Callable[[Place], None], tmp_path: Path
) -> None:
    before = exported(place.out)
    change(place)

    place.export()

    place.export(tmp_path)
    assert exported(place.out) == exported(tmp_path) != before


def test_stories_come_and_go_by_their_dates(place: Place, tmp_path: Path) -> None:
    for days in (30, 30):
        before = exported(place.out)
        place.now += timedelta(days)

        place.export()

        assert exported(place.out) != before
    place.export(tmp_path)
    assert exported(place.out) == exported(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        lambda place: place.edit("slideshow.toml", "Lights", "Lamps"),
        lambda place: place.edit("slideshow.toml", "[brand]", '[redirects]\nx = "moon"\n[brand]'),
        lambda place: place.edit("brand.css", "red", "blue"),
        lambda place: place.write("templates/_name.html", "ours"),
        lambda place: shutil.rmtree(place.stories / "pages"),
    ],
    ids=["setting", "redirect", "stylesheet", "template", "pages"],
)
def test_a_change_of_the_whole_site_renders_all_of_it(
    tmp_path: Path, change: Callable[[Place], None]
) -> None:
    place = Place(tmp_path)
    for name, content in FILES.items():
        place.write(name, content)
    before = basis_of(place.site)

    change(place)

    assert basis_of(place.site) != before


def rendering(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list to which the path of each rendered page will be added."""
    rendered: list[str] = []
    body = Site.body

    def noted(site: Site, path: str) -> bytes:
        rendered.append(path)
        return body(site, path)

    monkeypatch.setattr(Site, "body", noted)
    return rendered


def test_of_one_change_only_that_story_and_those_that_show_it_are_rendered(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered = rendering(monkeypatch)

    summary = place.export()

    assert (rendered, summary.written) == ([], 0)
    place.edit("star.en.md", "Away", "Further away")
    place.export()
    assert {path for path in place.site.addresses if "/star/" in path} <= {*rendered}
    assert not [path for path in rendered if path.startswith("/en/legal")]


def rows(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as opened, opened:
        opened.execute(statement)


def content(path: Path) -> tuple[Mapping[str, Row], Mapping[str, str], str]:
    record = Record(path)
    return record.rows(["story"]), record.files(["story"]), record.state()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"no database"),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.unlink(),
        lambda path: rows(path, "update units set reads = '['"),
        lambda path: rows(path, "update files set names = '5'"),
        lambda path: rows(path, "update units set places = '5'"),
        lambda path: rows(path, "drop table units"),
        lambda path: rows(path, "pragma user_version = 99"),
    ],
)
def test_an_unusable_record_is_an_empty_one_and_is_replaced(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    path = tmp_path / "record.sqlite3"
    known = "basis", {"a": "b"}, 0, math.inf, 1, "digest"
    row = Row("story", *known, ("page",), "stamps", "moves", ("problem",))
    files = {"page": "00" * 16}
    Record(path).update([(row, files)], [], {}, "state")
    assert content(path) == ({"story": row}, files, "state")

    spoil(path)

    assert content(path) != ({"story": row}, files, "state")
    Record(path).update([(row, files)], [], {}, "state")
    assert content(path) == ({"story": row}, files, "state")


def test_a_wrong_record_means_rendering(place: Place) -> None:
    before = exported(place.out)
    rows(place.record, "update files set digests = zeroblob(length(digests)), names = '5'")
    rows(place.record, "update units set stamps = '' where name < 'e'")
    rows(place.record, "update units set basis = 'of another version' where name > 'm'")
    (place.out / "en" / "index.html").write_text("by hand")

    place.export()

    assert exported(place.out) == before
    export(place.site, place.out, lambda done: None, is_full=True)  # for the other tests


def by_hand(path: Path) -> None:
    """Change a file in its place, and leave its date as it was."""
    stamp = path.stat().st_mtime_ns
    path.write_bytes(path.read_bytes() + b"by hand")
    os.utime(path, ns=(stamp, stamp))


def test_pages_changed_and_stories_removed_by_hand_are_made_again(place: Place) -> None:
    before = exported(place.out)
    by_hand(place.out / "en" / "index.html")
    shutil.rmtree(place.out / "en" / "star")
    (place.out / "en" / "moon" / "card.png").unlink()

    place.export()

    assert exported(place.out) == before


def test_a_full_export_makes_every_file_again(place: Place) -> None:
    before = exported(place.out)
    by_hand(place.out / "en" / "moon" / "1-full" / "index.html")

    export(place.site, place.out, lambda done: None, is_full=True)

    assert exported(place.out) == before


def test_an_earlier_version_of_the_folder_is_not_taken_for_the_last(place: Place) -> None:
    earlier = exported(place.out)
    place.edit("star.en.md", "way.", "way, away.")
    place.export()
    last = exported(place.out)

    for name, data in earlier.items():  # as a version control brings it back
        if last[name] != data:
            (place.out / name).write_bytes(data)
    place.export()

    assert exported(place.out) == last


def test_lists_that_do_not_show_a_change_are_not_rendered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "BATCH_WEIGHT", 10_000)  # in this process
    monkeypatch.setattr(paging, "STORIES_PER_PAGE", 2)
    monkeypatch.setattr(paging, "STORIES_PER_FEED", 2)
    monkeypatch.setattr(paging, "ADDRESSES_PER_SITEMAP", 10)
    monkeypatch.setattr(lists, "STORIES_PER_FEED", 2)
    monkeypatch.setattr(shelf, "SEARCH_ABOVE", 1)
    place = Place(tmp_path)
    for number in range(6):
        text = f"---\ndate: 2026-01-0{9 - number}\ntags: [t{number}]\n---\n\n# One\n\nA story.\n"
        place.write(f"story-{number}.en.md", text)
    place.export()
    rendered = rendering(monkeypatch)

    place.edit("story-5.en.md", "A story.", "A, story!")
    os.utime(place.stories / "story-5.en.md", (LONG_AGO, LONG_AGO - 86_400))
    place.export()

    assert {"/en/story-5/", "/en/page-3.html", "/en/tags/t5.html", "/sitemap-3.xml"} <= {*rendered}
    others = ("/en/", "/en/page-2.html", "/en/tags/t4.html", "/en/feed.xml", "/sitemap-1.xml")
    assert not [path for path in rendered if path in others or "/search/" in path]
    place.export(tmp_path / "full")
    assert exported(place.out) == exported(tmp_path / "full")


def test_problems_are_named_again_while_their_stories_stay_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "BATCH_WEIGHT", 10_000)  # in this process
    place = Place(tmp_path)
    place.write("whole.en.txt", "Whole\n\nOne\n\nText.\n")
    place.write("lost.en.md", "# Lost\n\n## One\n\n![Boat](boat.jpg)\n")
    place.write("empty.en.txt", "Empty\n")
    place.write("translations/fr/LC_MESSAGES/whole.po", "msgid\n")
    problems = place.export().problems
    rendered = rendering(monkeypatch)

    summary = place.export()

    assert rendered == []
    assert summary.problems == problems
    assert [problem.removeprefix(f"{place.stories}/").split(":")[0] for problem in problems] == [
        "empty.en.txt",
        "lost.en.md",
        "translations/fr/LC_MESSAGES/whole.po",
    ]


def test_problems_are_named_in_the_order_of_the_stories_whichever_is_rendered_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "BATCH_WEIGHT", 10_000)  # in this process
    place = Place(tmp_path)
    for name in "abcdef":
        place.write(f"{name}.en.md", "# Lost\n\n## Here\n\nAll.\n\n![Boat](boat.jpg)\n")
    problems = place.export().problems
    rendered = rendering(monkeypatch)
    place.edit("a.en.md", "All.", "All of it.")

    assert place.export().problems == problems
    assert "/en/a/1-here/" in rendered
    assert "/en/b/1-here/" not in rendered
    assert [problem.split(":")[0] for problem in problems] == [
        f"{place.stories}/{name}.en.md" for name in "abcdef"
    ]


def test_files_copied_elsewhere_and_back_are_not_rendered(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(place.out, place.folder / "copy")
    shutil.rmtree(place.out)
    shutil.copytree(place.folder / "copy", place.out)
    rendered = rendering(monkeypatch)

    summary = place.export()

    assert (rendered, summary.written) == ([], 0)


def test_the_record_is_not_among_the_files_of_the_site(place: Place) -> None:
    assert place.record.exists()
    assert not place.record.is_relative_to(place.out)
