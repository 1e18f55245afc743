"""Catalogues as other tools write them, read as they are (checks C11, D5)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from slideshow.errors import CatalogueError
from slideshow.library.catalogues.finding import Catalogues
from slideshow.library.catalogues.reading import read_catalogue
from tests.support.bounded import run_bounded
from tests.web.conftest import write

pytestmark = pytest.mark.trial

NAME = "es/LC_MESSAGES/keeper.po"
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

    assert read_catalogue(path).find("Summer") == "Estación cálida"


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = catalogue_of(tmp_path, b"\xef\xbb\xbf" + (header("UTF-8") + BODY).encode())

    assert read_catalogue(path).find("Summer") == "Estación cálida"


@pytest.mark.parametrize("mark", ["#~|", "#~ |"])
def test_what_an_obsolete_message_was_before_is_no_mistake(tmp_path: Path, mark: str) -> None:
    obsolete = f'\n#, fuzzy\n{mark} msgid "Automn"\n#~ msgid "Autumn"\n#~ msgstr "Otoño"\n'
    path = catalogue_of(tmp_path, header("UTF-8") + BODY + obsolete)

    assert read_catalogue(path).find("Summer") == "Estación cálida"


@pytest.mark.parametrize("charset", ["ISO-8859-1", "windows-1252"])
def test_the_header_names_the_encoding_of_what_is_not_utf_8(tmp_path: Path, charset: str) -> None:
    path = catalogue_of(tmp_path, (header(charset) + BODY).encode(charset))

    assert read_catalogue(path).find("Summer") == "Estación cálida"


@pytest.mark.parametrize("charset", ["UTF-8", "unicode_escape", "idna", "nonsense"])
def test_bytes_in_no_known_encoding_are_an_error_with_its_line(
    tmp_path: Path, charset: str
) -> None:
    path = catalogue_of(tmp_path, (header(charset) + BODY).encode("latin-1"))

    with pytest.raises(CatalogueError, match="not in UTF-8") as caught:
        read_catalogue(path)

    assert caught.value.line == 9


def test_a_message_of_another_context_is_another_message(tmp_path: Path) -> None:
    plain = '\nmsgid "Open"\nmsgstr "Abierto"\n'
    path = catalogue_of(tmp_path, header("UTF-8") + plain + BODY)

    catalogue = read_catalogue(path)

    assert catalogue.find("Open") == "Abierto"
    assert catalogue.find("Open", "button") == "Abrir"
    assert catalogue.find("Summer", "button") is None


def test_a_tab_may_stand_between_keyword_and_text(tmp_path: Path) -> None:
    path = catalogue_of(tmp_path, 'msgid\t"Summer"\nmsgstr\t"Verano"\n')

    assert read_catalogue(path).find("Summer") == "Verano"


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t"\\'))
MESSAGES = st.dictionaries(TEXT.filter(bool), st.tuples(TEXT, st.booleans(), st.booleans()))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MESSAGES, st.integers(20, 200))
def test_it_reads_what_babel_reads(
    tmp_path: Path, messages: dict[str, tuple[str, bool, bool]], width: int
) -> None:
    """Fuzzy, missing and commented translations, with lines broken anywhere."""
    catalog = Catalog()
    for id, (string, is_fuzzy, is_commented) in messages.items():
        flags = ("fuzzy",) if is_fuzzy else ()
        comments = ("fuzzy, says a comment",) if is_commented else ()
        catalog.add(id, string, flags=flags, auto_comments=comments, locations=[("a.txt", 3)])
    file = BytesIO()
    write_po(file, catalog, width=width)

    catalogue = read_catalogue(catalogue_of(tmp_path, file.getvalue()))

    assert {id: catalogue.find(id) for id in messages} == {
        id: string if string and not is_fuzzy else None
        for id, (string, is_fuzzy, _) in messages.items()
    }


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('msgid "a"\nmsgstr "b\n', 2),
        ('msgid "a"\n', 1),
        ('msgid "a"\nmsgid "b"\nmsgstr "c"\n', 2),
        ('msgstr "c"\n', 1),
        ('"c"\n', 1),
        ('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 3),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\n', 3),
        ("nonsense\n", 1),
    ],
)
def test_a_message_that_is_not_whole_is_an_error_with_its_line(
    tmp_path: Path, body: str, line: int
) -> None:
    path = catalogue_of(tmp_path, "# A comment.\n" + body)

    with pytest.raises(CatalogueError) as caught:
        read_catalogue(path)

    assert (caught.value.path, caught.value.line) == (str(path), line + 1)


@pytest.mark.parametrize("filler", ["\\n", " \\n", "#\\n", "#. x\\n", '\\"x\\"\\n'])
def test_eight_megabytes_of_nothing_take_little_time_and_memory(
    tmp_path: Path, filler: str
) -> None:
    path = catalogue_of(tmp_path, "")
    code = f"""
from pathlib import Path
from slideshow.library.catalogues.reading import read_catalogue
filler = "{filler}"
path = Path({str(path)!r})
path.write_text('msgid "a"\\nmsgstr "b"\\n' + filler * (8_000_000 // len(filler)))
print(read_catalogue(path).find("a")[0])
"""

    assert run_bounded(code, megabytes=1_500).strip() == "b"


def test_a_catalogue_that_memory_cannot_hold_is_its_own_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exhaust(*_: object) -> None:
        raise MemoryError

    path = catalogue_of(tmp_path, header("UTF-8") + BODY)
    monkeypatch.setattr("slideshow.library.catalogues.reading.read_entries", exhaust)
    catalogues = Catalogues((tmp_path,))

    assert catalogues.read("es", "keeper") == ()
    assert [problem.path for problem in catalogues.problems()] == [str(path)]
