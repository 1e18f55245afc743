"""Our catalogues in the tools of translators: polib reads as most of them do, gettext checks.

Where gettext's msgfmt is not installed, polib and Babel still hold the same rules.
"""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import polib
import pytest
from babel.messages.pofile import read_po

from slideshow.library.catalogues.extraction import Message, interface_messages, messages_of
from slideshow.library.catalogues.updating import update
from slideshow.library.stories import Library
from slideshow.paths import PACKAGE, shipped
from tests.translating import fill

pytestmark = pytest.mark.trial

KEEPER = Path(__file__).resolve().parents[1] / "data" / "keeper.en.md"
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HARD = 'A "quote", a \\ stroke, 50 % off, %s and {0}, « oui\u202f! »,\ttab\nand a line \u200f'
LOCALES = ["es", "ar", "ja", "pl", "pt_BR"]


def read(path: Path) -> polib.POFile:
    """Return a catalogue as other tools read it, after every check that they make."""
    for message in (catalogue := read_po(BytesIO(path.read_bytes()), abort_invalid=True)):
        assert [str(error) for error in message.check(catalogue)] == []
    if msgfmt := shutil.which("msgfmt"):
        command = [msgfmt, "--check", "-o", "/dev/null", str(path)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (result.returncode, result.stderr) == (0, "")
    return polib.pofile(str(path), check_for_duplicates=True)


def path_in(folder: Path, locale: str, domain: str = "keeper") -> Path:
    return folder / locale / "LC_MESSAGES" / f"{domain}.po"


@pytest.fixture
def messages() -> list[Message]:
    story = Library(KEEPER).story("keeper")
    assert story
    return messages_of(story, KEEPER.name)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_new_catalogue_opens_with_all_that_a_translator_needs(
    tmp_path: Path, messages: list[Message], locale: str
) -> None:
    path = path_in(tmp_path, locale)

    update(path, messages, "the story keeper", "en", NOW)

    catalogue = read(path)
    assert [entry.msgid for entry in catalogue] == [message.id for message in messages]
    assert catalogue.metadata["Language"] == locale
    assert catalogue.metadata["Content-Type"] == "text/plain; charset=UTF-8"
    paragraph = next(entry for entry in catalogue if entry.msgid.startswith("The keeper"))
    assert paragraph.comment == "Slide 1 of 2: paragraph 1 of 4 (89 characters, Markdown)"
    assert paragraph.occurrences == [("keeper.en.md", "10")]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_interface_opens_with_its_plurals_and_placeholders(tmp_path: Path, locale: str) -> None:
    path = path_in(tmp_path, locale, "messages")

    update(path, interface_messages(PACKAGE), "the interface", "en", NOW)

    slides = next(entry for entry in read(path) if entry.msgid == "%(num)s slide")
    assert slides.msgid_plural == "%(num)s slides"
    assert len(slides.msgstr_plural) == {"ar": 6, "ja": 1, "pl": 3}.get(locale, 2)
    assert slides.flags == ["python-format"]


def test_what_changed_and_what_vanished_is_there_to_review(tmp_path: Path) -> None:
    path = path_in(tmp_path, "es")
    before = [Message("The train leaves at nine."), Message("Gone.")]
    update(path, before, "the story", "en", NOW)
    fill(path, {"The train leaves at nine.": "El tren sale a las nueve.", "Gone.": "Nada."})

    update(path, [Message("The train leaves at ten.")], "the story", "en", NOW)

    changed, gone = read(path)
    assert (changed.fuzzy, changed.msgstr) == (True, "El tren sale a las nueve.")
    assert changed.previous_msgid == "The train leaves at nine."
    assert (gone.obsolete, gone.msgid, gone.msgstr) == (True, "Gone.", "Nada.")


def test_hard_texts_come_through(tmp_path: Path) -> None:
    path = path_in(tmp_path, "ar")
    update(path, [Message(HARD), Message("x" * 5_000)], "the story", "en", NOW)
    fill(path, {HARD: f"{HARD} twice", "x" * 5_000: "y " * 2_500})

    found = {entry.msgid: entry.msgstr for entry in read(path)}

    assert found == {HARD: f"{HARD} twice", "x" * 5_000: "y " * 2_500}


@pytest.mark.parametrize("path", sorted(shipped("translations").rglob("*.po")), ids=str)
def test_the_catalogues_we_ship_are_whole(path: Path) -> None:
    """Released catalogues are complete, without fuzzy entries, placeholders equal (C7)."""
    catalogue = read(path)

    assert catalogue.percent_translated() == 100
    assert catalogue.obsolete_entries() == []


def test_what_another_tool_saved_is_not_touched_again(
    tmp_path: Path, messages: list[Message]
) -> None:
    path = path_in(tmp_path, "es")
    update(path, messages, "the story keeper", "en", NOW)
    catalogue = polib.pofile(str(path), wrapwidth=60)
    catalogue[0].msgstr = "El faro"
    catalogue[0].tcomment = "Ada: as in the novel"
    catalogue.save()
    saved = path.read_bytes()

    progress = update(path, messages, "the story keeper", "en", NOW)

    assert (progress.translated, progress.is_written) == (1, False)
    assert path.read_bytes() == saved
