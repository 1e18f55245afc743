"""Articles and catalogues that are damaged in every way (check D5)."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from slideshow.errors import SlideshowError
from slideshow.library.stories import Library
from tests.web.conftest import ARTICLE, CATALOGUE, write

pytestmark = pytest.mark.trial

SHARED = [HealthCheck.function_scoped_fixture]  # each example overwrites what the last one left


def mutations(data: bytes) -> st.SearchStrategy[bytes]:
    """Return ``data`` with flipped bits, cut, with bytes put in, in another encoding, nested."""
    place = st.integers(0, len(data) - 1)
    return st.one_of(
        st.tuples(place, st.integers(1, 255)).map(
            lambda flip: data[: flip[0]] + bytes([data[flip[0]] ^ flip[1]]) + data[flip[0] + 1 :]
        ),
        place.map(lambda end: data[:end]),
        place.map(lambda start: data[start:]),
        st.tuples(place, st.binary(max_size=20)).map(
            lambda put: data[: put[0]] + put[1] + data[put[0] :]
        ),
        st.sampled_from(
            [
                b"",
                b"\x00" * 100,
                b"\xef\xbb\xbf" + data,
                data.decode().encode("utf-16"),
                data.decode().encode("latin-1", "replace"),
                b"> " * 5_000 + data,
                b"[" * 5_000 + data,
                b'msgid "' * 2_000,
                data * 50,
            ]
        ),
        st.binary(max_size=300),
    )


@pytest.fixture
def place(tmp_path: Path) -> Path:
    files = {
        "essai.fr.txt": ARTICLE,
        "mark.fr.md": "# Titre\n\n## Un\n\nPremier *mot*.\n",
        "translations/en/LC_MESSAGES/essai.po": CATALOGUE,
    }
    return write(tmp_path, files)


def damage(path: Path, data: bytes) -> None:
    path.write_bytes(data)  # by somebody who is done with it
    then = time.time() - 5
    os.utime(path, (then, then))


@pytest.mark.parametrize("name", ["essai.fr.txt", "mark.fr.md"])
@settings(max_examples=150, deadline=None, suppress_health_check=SHARED)
@given(st.data())
def test_a_damaged_article_is_a_story_or_an_error_with_its_path(
    place: Path, name: str, data: st.DataObject
) -> None:
    article = ARTICLE if name.endswith("txt") else "# Titre\n\n## Un\n\nPremier *mot*.\n"
    damage(place / name, data.draw(mutations(article.encode())))

    try:
        story = Library(place / name).story(name.split(".")[0])
        found = bool(story and story.total)
    except SlideshowError as error:
        found = error.path == str(place / name)

    assert found


@settings(max_examples=150, deadline=None, suppress_health_check=SHARED)
@given(mutated=mutations(CATALOGUE.encode()))
def test_a_damaged_catalogue_is_read_or_is_an_error_with_its_path(
    place: Path, mutated: bytes
) -> None:
    path = place / "translations/en/LC_MESSAGES/essai.po"
    damage(path, mutated)

    try:
        found = Library(place).story("essai", "en")
        shown = found.language if found else None
    except SlideshowError as error:
        shown = error.path

    assert shown in ("en", None, str(path))  # None: what is left of it translates nothing


@settings(max_examples=40, deadline=None, suppress_health_check=SHARED)
@given(mutated=mutations(ARTICLE.encode()))
def test_the_last_good_version_outlives_any_damage(place: Path, mutated: bytes) -> None:
    (place / "essai.fr.txt").write_bytes(ARTICLE.encode())
    library = Library(place, refresh=0)
    before = library.story("essai")

    damage(place / "essai.fr.txt", mutated)
    after = library.story("essai")

    assert before is not None
    assert after is not None
    assert after.total
