"""Links among the files of a library: out of its folder they are followed only if asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from slideshow.cli import cli
from slideshow.library.index.index import Index
from slideshow.library.stories import Library
from slideshow.settings import Settings
from slideshow.web.app import create_app
from tests.pictures import photograph
from tests.web.conftest import ARTICLE, CATALOGUE, age, write

OUTWARD = "a link that leads out of the folder of the stories"
PICTURE = "# Vu\n\n## Lampe\n\n![Une lampe](lamp.jpg)\n"
PO = "translations/en/LC_MESSAGES/essai.po"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return write(tmp_path / "stories", {"essai.fr.txt": ARTICLE})


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    place = write(tmp_path / "outside", {"secret.fr.txt": ARTICLE, "essai.po": CATALOGUE})
    (place / "lamp.jpg").write_bytes(photograph())
    return place


def messages(library: Library) -> list[str]:
    return [problem.message for problem in library.problems()]


@pytest.mark.parametrize("follow_links", [False, True])
def test_an_article_outside(place: Path, outside: Path, follow_links: bool) -> None:
    (place / "linked.fr.txt").symlink_to(outside / "secret.fr.txt")
    library = Library(place, refresh=0, follow_links=follow_links)

    found = messages(library)

    assert found == ([] if follow_links else [OUTWARD])
    assert ("linked" in Index(library, patience=60).find("titre", "fr")) is follow_links


@pytest.mark.parametrize("follow_links", [False, True])
def test_a_picture_outside(place: Path, outside: Path, follow_links: bool) -> None:
    write(place, {"vu.fr.md": PICTURE})
    (place / "lamp.jpg").symlink_to(outside / "lamp.jpg")
    library = Library(place, refresh=0, follow_links=follow_links)

    found = messages(library)
    app = create_app(Settings(stories=str(place), follow_links=follow_links))
    page = app.test_client().get("/fr/vu/1-lampe/").text

    assert found == ([] if follow_links else [f"picture 'lamp.jpg': {OUTWARD}"])
    assert ("<img" in page) is follow_links


@pytest.mark.parametrize("follow_links", [False, True])
@pytest.mark.parametrize("linked", ["translations", "translations/en/LC_MESSAGES", PO])
def test_a_catalogue_outside(place: Path, outside: Path, linked: str, follow_links: bool) -> None:
    target = write(outside / "words", {PO: CATALOGUE}) / linked
    (place / linked).parent.mkdir(parents=True, exist_ok=True)
    (place / linked).symlink_to(target)
    library = Library(place, refresh=0, follow_links=follow_links)

    found = messages(library)

    assert found == ([] if follow_links else [OUTWARD])
    assert (library.story("essai", "en") is not None) is follow_links


@pytest.mark.parametrize("follow_links", ["on", "off"])
@pytest.mark.parametrize("linked", ["translations", "translations/en", PO])
def test_translate_writes_outside_only_if_asked(
    place: Path, outside: Path, linked: str, follow_links: str
) -> None:
    words = write(outside / "words", {PO: CATALOGUE})
    (place / linked).parent.mkdir(parents=True, exist_ok=True)
    (place / linked).symlink_to(words / linked)

    result = CliRunner().invoke(
        cli, ["translate", str(place)], env={"SLIDESHOW_FOLLOW_LINKS": follow_links}
    )

    is_written = (words / PO).read_text() != CATALOGUE
    assert is_written == (follow_links == "on")
    assert (OUTWARD in result.output) == (follow_links == "off")
    assert (place / linked).is_symlink()


def test_links_within_the_folder_are_followed(place: Path) -> None:
    """As Kubernetes mounts files: each is a link to a version, beside it."""
    versions = write(place / "..2026", {"a.fr.txt": ARTICLE, "b.fr.txt": ARTICLE})
    (place / "..data").symlink_to(versions.name)
    (place / "a.fr.txt").symlink_to("..data/a.fr.txt")
    (place / "b.fr.txt").symlink_to(place / "..data" / "b.fr.txt")
    library = Library(place, refresh=0)

    assert messages(library) == []
    assert library.slugs() == ("a", "b", "essai")


def test_the_place_itself_may_be_a_link(place: Path, tmp_path: Path, outside: Path) -> None:
    folder = tmp_path / "current"
    folder.symlink_to(place)
    article = tmp_path / "alone.fr.txt"
    article.symlink_to(outside / "secret.fr.txt")

    assert Library(folder).story("essai")
    assert Library(article).story("alone")


def test_a_link_that_is_turned_outward_leaves_the_last_good_version(
    place: Path, outside: Path
) -> None:
    library = Library(place, refresh=0)
    assert library.story("essai")

    (place / "essai.fr.txt").unlink()
    (place / "essai.fr.txt").symlink_to(outside / "secret.fr.txt")
    age(outside / "secret.fr.txt", 60)  # else somebody may still be writing it

    assert library.story("essai")
    assert [problem.message for problem in library.problems_of("essai")] == [OUTWARD]


@pytest.mark.parametrize("is_first", ["the article", "the catalogue"])
def test_a_folder_that_is_swapped_by_its_link_is_translated_at_once(
    tmp_path: Path, is_first: str
) -> None:
    """Whichever of the two files is looked at first, readers of the translation find it."""
    for name in ("old", "new"):
        catalogue = CATALOGUE.replace("Premier", f"{name} premier")
        article = ARTICLE.replace("Premier", f"{name} premier")
        write(tmp_path / name, {"essai.fr.txt": article, PO: catalogue})
    current = tmp_path / "current"
    current.symlink_to("old")
    library = Library(current, refresh=1_000)
    assert library.story("essai", "en")

    current.unlink()
    current.symlink_to("new")
    if is_first == "the article":
        assert library._stories.look_again(current / "essai.fr.txt")
    else:
        assert library._catalogues.look_again("en", "essai")
    library._translations._values.clear()

    assert library.story("essai", "en")


def test_the_setting_is_off_by_default() -> None:
    assert not Settings().follow_links
