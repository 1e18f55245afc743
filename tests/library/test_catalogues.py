"""The folders that catalogues are found in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

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
