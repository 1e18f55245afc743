"""PO files keep every byte of what is not changed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slideshow.library.catalogues.entries import (
    Entry,
    read_entries,
    source_lines,
    target_lines,
    write_entries,
)
from slideshow.paths import shipped

EDITED = r"""# Spanish, by Ada.
#
msgid ""
msgstr ""
"Language: es\n"
"X-Generator: Poedit 3.5\n"
"X-Poedit-Bookmarks: 1,2,3,-1\n"

# A comment of the translator that is far too long for one line of eighty characters, yet hers.
#. Slide 1 of 2: headline
#: a.en.md:3 a.en.md:9
#, fuzzy, max-length:20
#| msgid "On"
msgid "One"
msgstr "Uno \"\\\t"

msgctxt "menu"
msgid "%d word"
msgid_plural "%d words"
msgstr[0] "%d palabra"
msgstr[1] ""
"%d "
"palabras"

# Left over.
#, fuzzy
#~| msgid "Tow"
#~ msgid "Two"
#~ msgstr "Dos"
"""


def test_reading_and_writing_changes_no_byte() -> None:
    assert write_entries(read_entries(EDITED)) == EDITED


@pytest.mark.parametrize("path", sorted(shipped("translations").rglob("*.po")), ids=str)
def test_our_catalogues_are_written_as_they_are_read(path: Path) -> None:
    text = path.read_bytes().decode()

    assert write_entries(read_entries(text)) == text


def test_entries_know_their_texts() -> None:
    header, one, many, obsolete = read_entries(EDITED)

    assert header.is_header
    assert (one.id, one.strings, one.flags, one.line) == (
        "One",
        ('Uno "\\\t',),
        ("fuzzy", "max-length:20"),
        15,
    )
    assert one.previous == ('msgid "On"',)
    assert (many.key, many.plural) == (("menu", "%d word"), "%d words")
    assert many.strings == ("%d palabra", "%d palabras")
    assert obsolete.is_obsolete
    assert (obsolete.id, obsolete.strings, obsolete.comments) == (
        "Two",
        ("Dos",),
        ("# Left over.",),
    )


def test_a_text_in_several_lines_is_one() -> None:
    assert read_entries('msgid ""\n"a "\n"b"\nmsgstr "c"\n')[0].id == "a b"


@given(st.text(min_size=1), st.text())
def test_any_text_is_read_as_it_was_written(source: str, target: str) -> None:
    entry = Entry(source=source_lines("", source, ""), target=target_lines([target], False))

    (read,) = read_entries(write_entries([entry]))

    assert (read.id, read.strings) == (source, (target,))
