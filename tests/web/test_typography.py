"""French as French printers set it, in what we ship (check B11)."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from slideshow.library.stories import BUNDLED, Library, shipped
from slideshow.story.model import Text

NARROW, WIDE = "\u202f", "\u00a0"
ADDRESS = re.compile(r"https?://\S+|\b\d{1,2}:\d{2}\b|%\(\w+\)s")
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


def stories() -> list[Text]:
    library = Library(Path(BUNDLED))
    found = (library.story(slug, "fr") for slug in library.slugs())
    return [text for story in found if story and not story.is_markdown for text in story.texts()]


@pytest.mark.parametrize("rule", WRONG)
def test_french_texts_keep_the_rule(rule: str) -> None:
    texts = [*interface(), *(text.value for text in stories() if text.language == "fr")]

    wrong = [text for text in texts if WRONG[rule].search(ADDRESS.sub("", text))]

    assert texts
    assert wrong == []
