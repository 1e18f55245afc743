"""A brand's fonts come in parts, one for each script, each cut when it is first asked for."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

from slideshow.commands.export import Site, export
from slideshow.paths import PACKAGE
from slideshow.settings import Settings
from slideshow.web.owner.fonts import parts_of
from tests.web.conftest import ClientOf, page, write

LETTERS = "abcéœ–’ ŁłΩαЯбё\u0301☐"
TOML = '[brand]\ntext_font = "own.woff2"\n'


def woff2(letters: str) -> bytes:
    """Return a font with these letters alone."""
    font = TTFont(PACKAGE / "fonts" / "source-serif.ttf")
    subsetter = Subsetter()
    subsetter.populate(text=letters)
    subsetter.subset(font)
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out)
    return out.getvalue()


@pytest.fixture(scope="session")
def font() -> bytes:
    return woff2(LETTERS)


def letters_of(data: bytes) -> str:
    return "".join(map(chr, sorted(TTFont(BytesIO(data)).getBestCmap())))


def faces(css: str) -> dict[str, str]:
    """Map each address in a stylesheet to its characters."""
    return dict(re.findall(r"url\((.*?)\).*?unicode-range:(.*?)\}", css))


def test_each_letter_is_in_the_part_of_its_script(font: bytes) -> None:
    parts = {part.script: part for part in parts_of(font)}

    assert {script: "".join(map(chr, part.characters)) for script, part in parts.items()} == {
        "western": " abcéœ\u0301–’",
        "latn": "Łł",
        "grek": "Ωα",
        "cyrl": "Ябё",
        "signs": "☐",
    }
    assert parts["western"].ranges == "U+20,U+61-63,U+E9,U+153,U+301,U+2013-2019"


def test_a_page_names_the_parts_and_each_file_has_its_letters(
    stories: Path, client_of: ClientOf, font: bytes
) -> None:
    client = client_of(write(stories, {"slideshow.toml": TOML, "own.woff2": font}))
    (css,) = page(client, "/fr/essai/1/").xpath("//link[contains(@href, 'brand-fonts')]/@href")

    found = faces(client.get(css).text)

    assert len(found) == 5
    for address, ranges in found.items():
        answer = client.get(f"/static/{address}")
        assert answer.mimetype == "font/woff2"
        assert "immutable" in answer.headers["Cache-Control"]
        first, last = letters_of(answer.data)[0], letters_of(answer.data)[-1]
        assert ranges.startswith(f"U+{ord(first):X}")
        assert ranges.endswith(f"{ord(last):X}")
    parts = [client.get(f"/static/{address}").data for address in found]
    assert sorted("".join(map(letters_of, parts))) == sorted(LETTERS)
    assert max(map(len, parts)) < len(font)


def test_a_font_of_one_script_is_served_as_it_is(stories: Path, client_of: ClientOf) -> None:
    own = woff2("abcé")
    client = client_of(write(stories, {"slideshow.toml": TOML, "own.woff2": own}))
    (css,) = page(client, "/fr/essai/1/").xpath("//link[contains(@href, 'brand-fonts')]/@href")

    (address,) = re.findall(r"url\((.*?)\)", client.get(css).text)

    assert client.get(f"/static/{address}").data == own


def test_a_font_that_cannot_be_read_is_left_to_browsers(
    stories: Path, client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(write(stories, {"slideshow.toml": TOML, "own.woff2": b"wOF2 and more"}))

    assert "brand-fonts" in client.get("/fr/essai/1/").text
    assert "A font is served whole" in caplog.text


def test_the_export_has_the_parts_and_no_whole_font(
    stories: Path, tmp_path: Path, font: bytes
) -> None:
    write(stories, {"slideshow.toml": TOML, "own.woff2": font})

    export(Site(Settings(stories=str(stories))), tmp_path / "out", lambda done: None)

    (css,) = (tmp_path / "out" / "static").glob("brand-fonts.*")
    names = {path.name for path in css.parent.glob("*.woff2")}
    assert names == {*faces(css.read_text())}
    assert all(name.startswith("brand-font-") for name in names)
