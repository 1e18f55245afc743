"""The folders that catalogues are found in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from slideshow.library.catalogues import finding
from slideshow.library.catalogues.finding import Catalogues
from slideshow.library.catalogues.reading import MAX_BYTES, Catalogue, read_catalogue
from slideshow.library.stories import Library
from tests.web.conftest import ARTICLE, CATALOGUE, write


@pytest.mark.parametrize("locked", ["es", "es/LC_MESSAGES"])
def test_a_folder_that_may_not_be_looked_into_takes_no_story_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locked: str
) -> None:
    po = "translations/{}/LC_MESSAGES/essai.po"
    write(tmp_path, {"essai.fr.txt": ARTICLE, po.format("en"): CATALOGUE, po.format("es"): ""})
    folder = tmp_path / "translations" / locked
    is_dir, iterdir = Path.is_dir, Path.iterdir

    def refuse_below(path: Path) -> None:
        if folder in path.parents:
            raise PermissionError(13, "Permission denied")

    def refused(path: Path) -> bool:
        refuse_below(path)
        return is_dir(path)

    def closed(path: Path) -> Iterator[Path]:
        refuse_below(path / "any")
        return iterdir(path)

    monkeypatch.setattr(Path, "is_dir", refused)
    monkeypatch.setattr(Path, "iterdir", closed)
    library = Library(tmp_path)
    story = library.story("essai")

    assert story
    assert library.languages_of(story) == ("fr", "en")
    (problem,) = library.problems()
    assert problem.is_error
    assert str(problem).startswith(str(folder))


def test_a_catalogue_of_the_largest_size_is_kept_beside_others(tmp_path: Path) -> None:
    """Read anew for each page, one of empty lines alone took a second each time."""
    large = CATALOGUE + "#" * (MAX_BYTES - len(CATALOGUE.encode()) - 1) + "\n"
    write(tmp_path, {"en/LC_MESSAGES/a.po": large, "en/LC_MESSAGES/b.po": CATALOGUE})
    catalogues = Catalogues((tmp_path,), refresh=60)
    asked = ("a", "b")

    first = [catalogues.read("en", each)[0] for each in asked]
    second = [catalogues.read("en", each)[0] for each in asked]

    assert all(one is other for one, other in zip(first, second, strict=True))


def test_the_languages_of_a_story_outlast_its_catalogue_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With ten thousand stories, each slide read a catalogue anew to name its languages."""
    read: list[str] = []

    def counted(path: Path, max_bytes: int) -> Catalogue:
        read.append(path.name)
        return read_catalogue(path, max_bytes)

    monkeypatch.setattr(finding, "KEPT_CATALOGUES", 1)
    monkeypatch.setattr(finding, "read_catalogue", counted)
    folder = "translations/en/LC_MESSAGES"
    catalogues = {f"{folder}/{name}.po": CATALOGUE for name in ("essai", "autre")}
    write(tmp_path, {"essai.fr.txt": ARTICLE, "autre.fr.txt": ARTICLE, **catalogues})
    library = Library(tmp_path, refresh=60)

    for _ in range(2):
        for name in ("essai", "autre"):
            story = library.story(name)
            assert story
            assert library.languages_of(story) == ("fr", "en")

    assert sorted(read) == ["autre.po", "essai.po"]
