"""Stories in a bucket: the copy that readers are served from."""

from __future__ import annotations

import errno
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import fsspec
import pytest

from slideshow.errors import LibraryError
from slideshow.library.bucket import Bucket, copy_of
from slideshow.library.stories import Library
from tests.buckets import Storage, storage
from tests.web.conftest import ARTICLE, CATALOGUE

URL = "s3://bucket/stories"
FILES = {"essai.fr.txt": ARTICLE, "translations/en/LC_MESSAGES/essai.po": CATALOGUE}


@pytest.fixture(scope="module")
def server() -> Iterator[Storage]:
    with storage() as server, pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        yield server
        fsspec.get_filesystem_class("s3").clear_instance_cache()


@pytest.fixture
def bucket(server: Storage) -> Iterator[Bucket]:
    """A bucket with one story, and its copy."""
    server.put(FILES)
    bucket = copy_of(URL)
    assert bucket
    yield bucket
    for name in FILES:
        server.delete(name)


def files_of(folder: Path) -> set[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in files}


def test_the_stories_of_a_bucket_are_read_as_those_of_a_folder(bucket: Bucket) -> None:
    library = Library(bucket.place)

    assert library.slugs() == ("essai",)
    story = library.story("essai", "en")
    assert story is not None
    assert story.title.value == "A title"


def test_an_article_of_a_bucket_can_be_named_alone(server: Storage, bucket: Bucket) -> None:
    server.put({"other.fr.txt": ARTICLE})

    alone = copy_of(f"{URL}/essai.fr.txt")

    assert alone
    assert Library(alone.place).slugs() == ("essai",)
    server.delete("other.fr.txt")


def test_what_changes_is_brought_and_what_goes_is_removed(server: Storage, bucket: Bucket) -> None:
    server.put({"essai.fr.txt": ARTICLE.replace("Premier", "Nouveau"), "neuf.fr.txt": ARTICLE})
    server.delete("translations/en/LC_MESSAGES/essai.po")

    bucket.fetch()

    assert files_of(bucket.folder) == {"essai.fr.txt", "neuf.fr.txt"}
    assert "Nouveau" in (bucket.folder / "essai.fr.txt").read_text()
    assert not (bucket.folder / "translations").exists()
    server.delete("neuf.fr.txt")


def test_what_did_not_change_is_not_brought_again(bucket: Bucket) -> None:
    before = (bucket.folder / "essai.fr.txt").stat()

    bucket.fetch()

    assert (bucket.folder / "essai.fr.txt").stat() == before


@pytest.mark.parametrize("cleared", ["translations/en/LC_MESSAGES/essai.po", "."])
def test_what_a_machine_clears_away_is_brought_again(bucket: Bucket, cleared: str) -> None:
    path = bucket.folder / cleared
    shutil.rmtree(path) if path.is_dir() else path.unlink()

    bucket.fetch()

    assert files_of(bucket.folder) == set(FILES)


def test_a_copy_goes_on_to_be_renewed_when_not_even_that_can_be_noted(
    server: Storage, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "touch", Mock(side_effect=OSError(errno.ENOSPC, "full")))
    for name in FILES:
        server.delete(name)

    bucket.renew()
    server.put({"neuf.fr.txt": ARTICLE})
    bucket.renew()

    assert files_of(bucket.folder) == {"neuf.fr.txt"}
    server.delete("neuf.fr.txt")


def test_a_mark_that_cannot_be_taken_away_does_not_end_the_renewing(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "unlink", Mock(side_effect=OSError(errno.EROFS, "read-only")))

    bucket.renew()

    assert files_of(bucket.folder) == set(FILES)


def test_what_the_disk_refuses_is_an_error_of_the_library(
    server: Storage, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.delete("translations/en/LC_MESSAGES/essai.po")
    monkeypatch.setattr("slideshow.library.bucket.remove", Mock(side_effect=PermissionError(13)))

    with pytest.raises(LibraryError, match="cannot be read"):
        bucket.fetch()


def test_copies_tell_the_same_date(bucket: Bucket) -> None:
    other = copy_of(URL)

    assert other
    assert other.folder != bucket.folder
    dates = {(each.folder / "essai.fr.txt").stat().st_mtime for each in (bucket, other)}
    assert len(dates) == 1


@pytest.mark.parametrize(
    "name",
    ["../out.txt", ".hidden.txt", "a/../../out.fr.txt", "film.avi", "a\\b.txt", "a/.b/c.txt"],
)
def test_what_is_no_part_of_a_story_stays_in_the_bucket(
    server: Storage, bucket: Bucket, name: str
) -> None:
    server.put({name: "x"})

    bucket.fetch()

    assert files_of(bucket.folder) == set(FILES)
    assert not (bucket.folder.parent / "out.txt").exists()
    server.delete(name)


@pytest.mark.parametrize("url", ["s3://bucket/nothing", "s3://nobody/stories"])
def test_an_address_with_nothing_there_is_an_error_that_names_it(server: Storage, url: str) -> None:
    with pytest.raises(LibraryError, match=url):
        copy_of(url)


def test_an_emptied_bucket_leaves_what_is_known(server: Storage, bucket: Bucket) -> None:
    for name in FILES:
        server.delete(name)

    with pytest.raises(LibraryError, match="nothing found at this address"):
        bucket.fetch()

    assert files_of(bucket.folder) == set(FILES)


def test_a_missing_package_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    registry = sys.modules["fsspec.registry"]
    monkeypatch.delitem(registry._registry, "s3", raising=False)
    monkeypatch.setitem(sys.modules, "s3fs", None)

    with pytest.raises(LibraryError, match=r"pip install .article-slideshow\[s3\]"):
        copy_of(URL)


def test_an_unknown_kind_of_address_is_an_error() -> None:
    with pytest.raises(LibraryError, match="nonsense://x"):
        copy_of("nonsense://x")


def test_what_is_no_url_is_no_bucket() -> None:
    assert copy_of("stories") is None


ODD = {
    "x" * 300 + ".fr.txt": ARTICLE,
    "a.fr.md": "# T\n\n## H\n\nText.\n",
    "a.fr.md/b.fr.txt": ARTICLE,
    "c/" + "y" * 260 + "/d.png": "",
}


def test_an_odd_key_stops_no_renewal(
    server: Storage, bucket: Bucket, caplog: pytest.LogCaptureFixture
) -> None:
    server.put({**ODD, "new.fr.txt": ARTICLE})

    bucket.fetch()
    bucket.fetch()

    assert files_of(bucket.folder) == {*FILES, "new.fr.txt", "a.fr.md"}
    assert sum("is left out" in record.message for record in caplog.records) == 3
    for name in (*ODD, "new.fr.txt"):
        server.delete(name)


def test_a_file_may_become_a_folder_and_a_folder_a_file(server: Storage, bucket: Bucket) -> None:
    for old, new in (("a.md", "a.md/b.txt"), ("a.md/b.txt", "a.md")):
        server.put({old: ARTICLE})
        bucket.fetch()
        server.delete(old)
        server.put({new: ARTICLE})

        bucket.fetch()

        assert files_of(bucket.folder) == {*FILES, new}
    server.delete("a.md")


def test_what_is_too_large_is_not_fetched(server: Storage, bucket: Bucket) -> None:
    server.put({"big.jpg": "x" * 5_000, "small.jpg": "x" * 500})
    small = copy_of(URL, lambda place: 1_000)

    assert small is not None
    assert files_of(small.folder) == {*FILES, "small.jpg"}
    for name in ("big.jpg", "small.jpg"):
        server.delete(name)
