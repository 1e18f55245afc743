"""The quick reader of ordinary PO files: what it reads is what Babel reads."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from hypothesis import given, settings
from hypothesis import strategies as st

from slideshow.library.catalogues.quick_reader import plain_messages
from slideshow.library.catalogues.reading import read_catalogue
from slideshow.paths import shipped

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t"\\'))


def by_babel(data: bytes) -> dict[str, str]:
    """Give what Babel reads, by the rules of a catalogue: no fuzzy, no missing translation."""
    catalog = read_po(BytesIO(data), charset="utf-8")
    return {
        str(message.id): str(message.string)
        for message in catalog
        if message.id and message.string and not message.fuzzy and not message.pluralizable
    }


@settings(deadline=None)
@given(
    st.dictionaries(TEXT.filter(bool), st.tuples(TEXT, st.booleans(), st.booleans())),
    st.integers(20, 200),
)
def test_it_reads_what_babel_reads(messages: dict[str, tuple[str, bool, bool]], width: int) -> None:
    catalog = Catalog()
    for id, (string, is_fuzzy, is_commented) in messages.items():
        flags = ("fuzzy",) if is_fuzzy else ()
        comments = ("fuzzy, says a comment",) if is_commented else ()
        catalog.add(id, string, flags=flags, auto_comments=comments, locations=[("a.txt", 3)])
    file = BytesIO()
    write_po(file, catalog, width=width)

    read = plain_messages(file.getvalue().decode())

    assert read is not None
    read.pop("")
    assert read == by_babel(file.getvalue())


@pytest.mark.parametrize(
    "text",
    [
        HEAD + '\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n\n#, fuzzy\n#~ msgid "c"\n#~ msgstr "d"\n',
        HEAD.replace("\n", "\r\n") + '\r\nmsgid "a"\r\nmsgstr ""\r\n"b"\r\n',
        HEAD + 'msgid "a" \n  msgstr "b"',
        HEAD + '\n#, python-format, fuzzy\nmsgid "a"\nmsgstr "b"\n# end',
    ],
)
def test_it_reads_what_editors_write(text: str) -> None:
    read = plain_messages(text)

    assert read is not None
    read.pop("")
    assert read == by_babel(text.encode())


@pytest.mark.parametrize(
    "rest",
    [
        '\nmsgctxt "x"\nmsgid "a"\nmsgstr "b"\n',
        '\nmsgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1] "bs"\n',
        '\nmsgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n',
        '\nmsgid "a"\nmsgstr "b\n',
        '\nmsgid "a"\n',
        '\nmsgid "a"\n# between\nmsgstr "b"\n',
        '\n#, fuzzy\n#~ msgid "c"\n#~ msgstr "d"\n\nmsgid "a"\nmsgstr "b"\n',
        "\nnonsense\n",
    ],
)
def test_what_is_not_ordinary_is_left_to_babel(rest: str) -> None:
    assert plain_messages(HEAD + rest) is None


@pytest.mark.parametrize("text", ["", "# only a comment\n", HEAD.replace("utf-8", "latin-1")])
def test_without_a_header_in_utf_8_it_is_left_to_babel(text: str) -> None:
    assert plain_messages(text) is None


@pytest.mark.parametrize(
    "path", sorted(shipped("translations").rglob("*.po")), ids=lambda path: path.name
)
def test_the_catalogues_we_ship_are_read_alike(path: Path) -> None:
    assert read_catalogue(path).messages == by_babel(path.read_bytes())


@pytest.mark.parametrize("folder", ["pt_BR", "pt-BR", "nonsense"])
def test_the_folder_may_spell_its_language_as_it_likes(tmp_path: Path, folder: str) -> None:
    plurals = 'msgid "%(num)s a"\nmsgid_plural "%(num)s as"\nmsgstr[0] "b"\nmsgstr[1] "bs"\n'
    path = tmp_path / folder / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(f"{HEAD}\n{plurals}")

    assert read_catalogue(path).plurals == {"%(num)s a": ("b", "bs")}
