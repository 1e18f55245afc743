"""Files that change while they are served."""

from pathlib import Path

import pytest

from slideshow.errors import ArticleError, LibraryError
from slideshow.library.freshness.watched import Watched
from tests.web.conftest import age


def parse(path: Path) -> str:
    text = path.read_text()
    if text == "bad":
        raise ArticleError("bad", path=str(path))
    return text


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_text("old")
    age(path, 60)
    return path


def test_a_changed_file_is_read_again(file: Path) -> None:
    watched = Watched(parse, refresh=0)
    watched.get(file)

    file.write_text("newer")
    age(file, 1)

    assert watched.get(file) == "newer"


def test_an_unchanged_file_is_read_once(file: Path) -> None:
    reads: list[Path] = []
    watched = Watched(reads.append, refresh=0)

    for _ in range(3):
        watched.get(file)

    assert reads == [file]


@pytest.mark.usefixtures("unsettled")
def test_a_file_being_written_keeps_its_old_value(file: Path) -> None:
    watched = Watched(parse, refresh=0)
    watched.get(file)

    file.write_text("hal")

    assert watched.get(file) == "old"


@pytest.mark.usefixtures("unsettled")
@pytest.mark.parametrize("half", ["", "bad", "changed meanwhile"])
def test_a_file_first_read_while_it_is_written_is_read_whole(tmp_path: Path, half: str) -> None:
    file = tmp_path / "file"
    file.write_text(half)
    reads = 0

    def parse_and_go_on_writing(path: Path) -> str:
        nonlocal reads
        text = path.read_text()
        reads += 1
        if reads == 3:
            file.write_text("whole")
        elif half == "changed meanwhile" and reads < 3:
            file.write_text(half + "." * reads)
        if text == "bad":
            raise ArticleError("bad")
        return text

    assert Watched(parse_and_go_on_writing).get(file) == "whole"


def test_a_file_written_while_it_is_read_is_read_again(file: Path) -> None:
    def parse_while_it_is_written(path: Path) -> str:
        text = path.read_text()
        file.write_text("new")
        return text

    assert Watched(parse_while_it_is_written).get(file) == "new"


def test_a_broken_file_keeps_its_last_good_value_and_is_reported(file: Path) -> None:
    watched = Watched(parse, refresh=0)
    watched.get(file)

    file.write_text("bad")
    age(file, 1)

    assert watched.get(file) == "old"
    problem = watched.problem(file)
    assert problem
    assert problem.path == str(file)


def test_a_mended_file_is_no_problem_any_more(file: Path) -> None:
    watched = Watched(parse, refresh=0)
    file.write_text("bad")
    age(file, 2)
    with pytest.raises(ArticleError):
        watched.get(file)

    file.write_text("good")
    age(file, 1)

    assert watched.get(file) == "good"
    assert watched.problem(file) is None


def test_a_removed_file_is_gone(file: Path) -> None:
    watched = Watched(parse, refresh=0)
    watched.get(file)

    file.unlink()
    age(file.parent, 1)

    assert watched.get(file) is None


@pytest.mark.usefixtures("unsettled")
def test_a_file_that_is_moved_aside_to_be_written_anew_keeps_its_value(file: Path) -> None:
    """As some editors do, and version control: for a moment there is no such file."""
    watched = Watched(parse, refresh=0)
    watched.get(file)

    file.rename(file.with_suffix(".bak"))

    assert watched.get(file) == "old"


@pytest.mark.usefixtures("unsettled")
def test_the_folder_may_be_moved_aside_too(tmp_path: Path) -> None:
    file = tmp_path / "en/LC_MESSAGES/file"
    file.parent.mkdir(parents=True)
    file.write_text("old")
    age(file, 60)
    watched = Watched(parse, refresh=0)
    watched.get(file)

    (tmp_path / "en").rename(tmp_path / "aside")

    assert watched.get(file) == "old"


@pytest.mark.usefixtures("unsettled")
def test_a_file_that_never_was_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as the other language of a picture, in a folder that files are copied into."""
    waited: list[float] = []
    monkeypatch.setattr("slideshow.library.freshness.watched.time.sleep", waited.append)
    watched = Watched(parse, refresh=0)

    found = [watched.get(tmp_path / "missing") for _ in range(2)]

    assert (found, waited) == ([None, None], [])


def test_what_cannot_be_looked_at_is_not_taken_for_removed(file: Path) -> None:
    """As on a mount that is lost for a while: a link to itself gives such an error."""
    watched = Watched(parse, refresh=0)
    watched.get(file)

    file.unlink()
    file.symlink_to(file)

    assert watched.get(file) == "old"
    problem = watched.problem(file)
    assert problem
    assert "cannot be read: Too many levels of symbolic links" in str(problem)


def test_the_least_used_file_is_forgotten(tmp_path: Path) -> None:
    reads: list[Path] = []

    def read(path: Path) -> str:
        reads.append(path)
        return path.name

    watched = Watched(read, refresh=60, capacity=2)
    paths = [tmp_path / name for name in "abc"]
    for path in paths:
        path.touch()
        age(path, 60)

    for path in (*paths, paths[1], paths[0]):
        watched.get(path)

    assert reads == [*paths, paths[0]]


def test_files_of_more_bytes_than_are_kept_are_forgotten(tmp_path: Path) -> None:
    reads: list[str] = []

    def read(path: Path) -> str:
        reads.append(path.name)
        return path.read_text()

    watched = Watched(read, refresh=60, most_bytes=100)
    paths = [tmp_path / name for name in "abc"]
    for path in paths:
        path.write_text("x" * 40)
        age(path, 60)

    for path in (*paths, paths[1], paths[0]):
        watched.get(path)

    assert reads == ["a", "b", "c", "a"]


def test_a_file_larger_than_all_that_is_kept_is_given(file: Path) -> None:
    assert Watched(parse, most_bytes=1).get(file) == "old"


def test_a_file_that_may_be_read_again_is_read(file: Path) -> None:
    """As after chmod, which changes nothing that the file itself tells."""
    is_refused = True

    def parse_if_allowed(path: Path) -> str:
        if is_refused:
            raise PermissionError(13, "Permission denied")
        return path.read_text()

    watched = Watched(parse_if_allowed, refresh=0)
    with pytest.raises(LibraryError, match="Permission denied"):
        watched.get(file)
    before = watched.version(file)[0]
    is_refused = False

    assert watched.get(file) == "old"
    assert watched.version(file)[0] != before
    assert watched.problem(file) is None


def test_a_file_that_cannot_be_read_for_long_is_logged_once(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watched = Watched(Path.read_text, refresh=0)
    watched.get(file)
    file.unlink()
    file.mkdir()
    age(file, 1)

    for _ in range(3):
        assert watched.get(file) == "old"

    assert caplog.text.count("stays online") == 1


def test_an_unreadable_file_is_an_error_with_its_path(file: Path) -> None:
    def refuse(path: Path) -> str:
        raise PermissionError(13, "Permission denied")

    with pytest.raises(Exception, match=f"{file}: cannot be read: Permission denied"):
        Watched(refuse).get(file)
