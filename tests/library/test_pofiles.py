"""Catalogues as other tools write them, read as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from slideshow.library.catalogues.reading import read_catalogue
from tests.web.conftest import write

NAME = "es/LC_MESSAGES/keeper.po"
# A context, which is read by Babel.
BODY = """
msgctxt "button"
msgid "Open"
msgstr "Abrir"

msgid "Summer"
msgstr "Estación cálida"
"""


def catalogue_of(folder: Path, content: str | bytes) -> Path:
    data = content.encode() if isinstance(content, str) else content
    path = write(folder, {NAME: ""}) / NAME
    path.write_bytes(data)
    return path


def header(charset: str) -> str:
    return f'msgid ""\nmsgstr "Content-Type: text/plain; charset={charset}\\n"\n'


@pytest.mark.parametrize("charset", ["UTF-8", "ISO-8859-1", "CHARSET"])
def test_the_text_is_utf_8_whatever_the_header_says(tmp_path: Path, charset: str) -> None:
    path = catalogue_of(tmp_path, header(charset) + BODY)

    assert read_catalogue(path).messages["Summer"] == "Estación cálida"


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = catalogue_of(tmp_path, b"\xef\xbb\xbf" + (header("UTF-8") + BODY).encode())

    assert read_catalogue(path).messages["Summer"] == "Estación cálida"


@pytest.mark.parametrize("mark", ["#~|", "#~ |"])
def test_what_an_obsolete_message_was_before_is_no_mistake(tmp_path: Path, mark: str) -> None:
    obsolete = f'\n#, fuzzy\n{mark} msgid "Automn"\n#~ msgid "Autumn"\n#~ msgstr "Otoño"\n'
    path = catalogue_of(tmp_path, header("UTF-8") + BODY + obsolete)

    assert read_catalogue(path).messages["Summer"] == "Estación cálida"
