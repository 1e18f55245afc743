"""Catalogues that version 0.1 wrote: every translation goes on to be shown, and is carried over."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from slideshow.commands.translate import Translation
from slideshow.library.catalogues.entries import read_entries
from slideshow.library.stories import Library
from tests.web.conftest import write

ARTICLE = """# The *night* ferry

## On the quay

It leaves at six,
and nobody waits
for it.

- ropes
- lamps,
  all lit

| high | low |
|------|-----|
| six  | noon |

> The sea
> is calm.

See [the map][m].

[m]: https://maps.example/quay
"""
# As 0.1 wrote it: paragraphs with their wraps, lists, tables and quotations whole.
FORMER = r"""
msgid ""
msgstr ""
"Language: fr\n"
"Content-Type: text/plain; charset=UTF-8\n"

#. Title of the story (17 characters, Markdown)
#: ferry.en.md:1
msgid "The *night* ferry"
msgstr "Le bac de *nuit*"

#: ferry.en.md:3
msgid "On the quay"
msgstr "Sur le quai"

#: ferry.en.md:5
msgid ""
"It leaves at six,\n"
"and nobody waits\n"
"for it."
msgstr ""
"Il part à six heures,\n"
"et personne ne l’attend."

#: ferry.en.md:9
msgid ""
"- ropes\n"
"- lamps,\n"
"  all lit"
msgstr ""
"- cordages\n"
"- lampes,\n"
"  toutes allumées"

#: ferry.en.md:13
msgid ""
"| high | low |\n"
"|------|-----|\n"
"| six  | noon |"
msgstr ""
"| haute | basse |\n"
"|-------|-------|\n"
"| six heures | midi |"

#: ferry.en.md:17
msgid ""
"> The sea\n"
"> is calm."
msgstr ""
"> La mer\n"
"> est calme."

#: ferry.en.md:20
msgid ""
"See [the map][m].\n"
"\n"
"[m]: https://maps.example/quay"
msgstr ""
"Voir [le plan][m].\n"
"\n"
"[m]: https://maps.example/quay"
"""
PO = "translations/fr/LC_MESSAGES/ferry.po"
SHOWN = (
    *("Le bac de nuit", "Sur le quai", "Il part à six heures, et personne ne l’attend."),
    *("cordages", "lampes, toutes allumées", "haute", "basse", "six heures", "midi"),
    *("La mer est calme.", "Voir le plan."),
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return write(tmp_path, {"ferry.en.md": ARTICLE, PO: FORMER})


def shown(place: Path) -> list[tuple[str, str]]:
    story = Library(place, refresh=0).story("ferry", "fr")
    assert story is not None
    return [(text.language, " ".join(text.plain().split())) for text in story.texts()]


def update(place: Path) -> None:
    translation = Translation(Library(place), (), datetime(2026, 11, 26, tzinfo=UTC))
    assert [row.progress.missing for row in translation.rows(lambda done: None)] == [0]


def test_every_translation_is_shown(place: Path) -> None:
    assert shown(place) == [("fr", words) for words in SHOWN]


def test_every_translation_is_carried_over(place: Path) -> None:
    update(place)

    assert shown(place) == [("fr", words) for words in SHOWN]
    live = [each for each in read_entries((place / PO).read_text()) if not each.is_obsolete]
    assert len([each for each in live if not each.is_header and not each.is_fuzzy]) == len(SHOWN)


def test_wraps_may_change(place: Path) -> None:
    write(place, {"ferry.en.md": ARTICLE.replace("six,\nand", "six, and")})
    before = shown(place)

    update(place)

    assert before == shown(place) == [("fr", words) for words in SHOWN]
    assert "fuzzy" not in (place / PO).read_text()


def test_new_punctuation_keeps_the_translation_online_and_asks_for_a_review(place: Path) -> None:
    write(place, {"ferry.en.md": ARTICLE.replace("six,\nand", "six – and")})
    before = shown(place)

    update(place)

    assert before == shown(place) == [("fr", words) for words in SHOWN]
    (entry,) = (
        each for each in read_entries((place / PO).read_text()) if each.id.startswith("It leaves")
    )
    assert entry.id == "It leaves at six – and nobody waits for it."
    assert entry.comments == (
        "# Review: the punctuation or the emphasis of the source has changed.",
    )
