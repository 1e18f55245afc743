"""Catalogues are updated in place, whole or not at all (checks C6, C10)."""

import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from slideshow.errors import CatalogueError, SlideshowError
from slideshow.library.catalogues.extraction import Message
from slideshow.library.catalogues.updating import Progress, update

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MESSAGES = [Message("One", hints=("Slide 1",), places=("a.en.txt:3",)), Message("50 % off")]


def path_in(folder: Path, locale: str = "es") -> Path:
    return folder / locale / "LC_MESSAGES" / "a.po"


def updated(path: Path, messages: list[Message] = MESSAGES) -> Progress:
    return update(path, messages, "the story a", "en", NOW)


@pytest.mark.parametrize(
    ("folder", "locale", "plurals"),
    [
        ("es", "es", 2),
        ("ar", "ar", 6),
        ("ja", "ja", 1),
        ("pt_BR", "pt_BR", 2),
        ("pt-br", "pt_BR", 2),
        ("pl", "pl", 3),
        ("fr", "fr", 2),
        ("es-MX", "es_MX", 2),
    ],
)
def test_a_new_catalogue_has_the_head_of_its_language(
    tmp_path: Path, folder: str, locale: str, plurals: int
) -> None:
    path = path_in(tmp_path, folder)

    progress = updated(path)

    catalogue = read_po(BytesIO(path.read_bytes()))
    assert progress == Progress(0, 0, 2, is_written=True)
    assert str(catalogue.locale) == locale
    assert catalogue.num_plurals == plurals
    assert "X-Source-Language: en" in path.read_text().replace("\\n", "")
    assert [message.id for message in catalogue if message.id] == ["One", "50 % off"]


def test_doing_it_again_changes_no_byte_and_no_date(tmp_path: Path) -> None:
    path = path_in(tmp_path)
    updated(path)
    before = path.read_bytes(), path.stat().st_mtime_ns

    later = datetime(2027, 1, 1, tzinfo=UTC)
    progress = update(path, MESSAGES, "the story a", "en", later)

    assert not progress.is_written
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_line_ends_of_windows_stay(tmp_path: Path) -> None:
    path = path_in(tmp_path)
    updated(path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    progress = updated(path)
    updated(path, [Message("Other")])

    assert not progress.is_written
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


@pytest.mark.parametrize("obsolete", ["", '#~ msgid "Gone"\n#~ msgstr "Ido"\n\n'])
def test_comments_below_the_last_message_stay_there(tmp_path: Path, obsolete: str) -> None:
    path = path_in(tmp_path)
    updated(path)
    note = "# Ask Ada about the tone.\n# Done up to here.\n"
    path.write_text(f"{path.read_text()}\n{obsolete}{note}")

    first = updated(path)
    path.write_text(path.read_text().replace('msgid "One"\nmsgstr ""', 'msgid "One"\nmsgstr "Uno"'))
    updated(path, [Message("Quite other")])

    assert not first.is_written
    assert path.read_text().endswith(f'#~ msgstr "Uno"\n\n{note}')
    assert path.read_text().count(note) == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('msgid "One"\nmsgstr "Uno\n', 2),
        ('<<<<<<< HEAD\nmsgid "One"\nmsgstr "Uno"\n', 1),
        ('msgid "One"\nmsgstr "Uno"\n\nmsgid "One"\nmsgstr "Un"\n', 5),
    ],
)
def test_a_broken_catalogue_is_named_and_left_alone(tmp_path: Path, text: str, line: int) -> None:
    path = path_in(tmp_path)
    path.parent.mkdir(parents=True)
    path.write_text(text)

    with pytest.raises(CatalogueError) as caught:
        updated(path)

    assert (caught.value.path, caught.value.line) == (str(path), line)
    assert path.read_text() == text


def test_interrupted_it_leaves_the_old_catalogue_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = path_in(tmp_path)
    updated(path)
    before = path.read_bytes()

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        updated(path, [Message("Other")])

    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["a.po"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path, shared = path_in(tmp_path), tmp_path / "shared.po"
    updated(path)
    path.rename(shared)
    path.symlink_to(shared)

    updated(path, [Message("Other")])

    assert path.is_symlink()
    assert 'msgid "Other"' in shared.read_text()


def test_nothing_is_written_through_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    path, outside = path_in(tmp_path / "stories"), tmp_path / "outside.po"
    path.parent.mkdir(parents=True)
    path.symlink_to(outside)

    with pytest.raises(SlideshowError, match="broken symbolic link"):
        updated(path)

    assert not outside.exists()


def test_what_a_killed_run_left_goes_with_the_next(tmp_path: Path) -> None:
    path = path_in(tmp_path)
    path.parent.mkdir(parents=True)
    old, new = path.parent / ".abcd.new", path.parent / ".efgh.new"
    for each in (old, new):
        each.touch()
    os.utime(old, (1_000_000_000, 1_000_000_000))

    updated(path)

    assert {each.name for each in path.parent.iterdir()} == {"a.po", new.name}


def test_a_catalogue_without_a_rule_keeps_the_number_of_its_forms(tmp_path: Path) -> None:
    path = path_in(tmp_path, "ar")
    path.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr ""\n"Language: ar\\n"\n\n'
    old = 'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1] "c"\n'
    path.write_text(head + old)

    updated(path, [Message("a", "as"), Message("d", "ds")])

    new = 'msgid "d"\nmsgid_plural "ds"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    assert path.read_text() == f"{head}{old}\n{new}"


@pytest.mark.parametrize(
    ("text", "encoding"), [("Sí", "iso-8859-1"), ("Sí – «ю»", "utf-8")], ids=str
)
def test_the_encoding_stays_while_it_has_every_character(
    tmp_path: Path, text: str, encoding: str
) -> None:
    path = path_in(tmp_path)
    path.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n\n'
    path.write_bytes(f'{head}msgid "One"\nmsgstr "Sí"\n'.encode("latin-1"))

    updated(path, [Message("One"), Message(text)])

    written = path.read_bytes().decode(encoding)
    assert f"charset={encoding.upper()}" in written
    assert f'msgid "One"\nmsgstr "Sí"\n\nmsgid "{text}"' in written


def test_a_catalogue_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "es").write_text("a file in the way")

    with pytest.raises(SlideshowError, match=r"a\.po"):
        updated(path_in(tmp_path))


def test_progress_counts_what_is_translated_fuzzy_and_missing(tmp_path: Path) -> None:
    path = path_in(tmp_path)
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid "One"\nmsgstr "Uno"\n\n#, fuzzy\nmsgid "50 % off"\nmsgstr "?"\n\n'
        '#~ msgid "Old"\n#~ msgstr "Viejo"\n'
    )

    progress = updated(path, [*MESSAGES, Message("New")])

    assert (progress.translated, progress.fuzzy, progress.missing) == (1, 1, 1)


@pytest.mark.parametrize("link", ["file", "folder"])
def test_nothing_is_written_through_a_link_to_nowhere(tmp_path: Path, link: str) -> None:
    outside = tmp_path / "outside"
    path = path_in(tmp_path)
    place = path if link == "file" else path.parent
    place.parent.mkdir(parents=True)
    place.symlink_to(outside / "missing")

    with pytest.raises(SlideshowError, match="broken symbolic link"):
        updated(path)

    assert not outside.exists()
