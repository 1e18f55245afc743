"""French as French printers set it, in what we ship (check B11)."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from slideshow.library.stories import Library
from slideshow.paths import BUNDLED, shipped

NARROW, WIDE = "\u202f", "\u00a0"
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
ADDRESS = re.compile(r"https?://\S+|\b\d[\d,]*:\d+\b|%\(\w+\)s")
WRONG = {
    "U+202F before ; ! ?": re.compile(rf"(?<![{NARROW}!?])[;!?]"),
    "U+00A0 before :": re.compile(rf"(?<!{WIDE}):"),
    "U+00A0 inside « »": re.compile(rf"«(?!{WIDE})|(?<!{WIDE})»"),
    "U+2019 between letters": re.compile(r"(?<=\w)'(?=\w)"),
}


def interface() -> list[str]:
    path = shipped("translations") / "fr" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale="fr")
    texts: list[str] = []
    for message in catalogue:
        if message.id:
            strings = message.string or ()
            texts += [strings] if isinstance(strings, str) else strings
    return texts


def stories() -> list[str]:
    """Return the French of the bundled stories, without Markdown and programs."""
    library = Library(Path(BUNDLED))
    found = [story for slug in library.slugs() if (story := library.story(slug, "fr"))]
    assert {text.markup.name for story in found for text in story.texts()} == {
        "",
        "Markdown",
        "code",
    }
    return [
        text.markup.plain(CODE.sub("", text.value) if text.markup.name else text.value)
        for story in found
        for text in story.texts()
        if text.language == "fr" and text.markup.name != "code"
    ]


@pytest.mark.parametrize("rule", WRONG)
def test_french_texts_keep_the_rule(rule: str) -> None:
    texts = [*interface(), *stories()]

    wrong = [text for text in texts if WRONG[rule].search(ADDRESS.sub("", text))]

    assert texts
    assert wrong == []
