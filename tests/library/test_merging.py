"""A translator's work outlives every change of the article (check C6)."""

import random

import pytest

from slideshow.library.catalogues.entries import Entry, read_entries
from slideshow.library.catalogues.extraction import Message
from slideshow.library.catalogues.merging import merge
from tests.support.bounded import run_bounded

CATALOGUE = """
msgid ""
msgstr "Language: es\\n"

# Ada: a pun
msgid "The night train leaves at nine."
msgstr "El tren de noche sale a las nueve."

#, max-length:30
msgid "Platform"
msgstr "Andén"

msgid "Nobody came."
msgstr ""

msgid "The lamps were lit along the whole platform."
msgstr "Las lámparas estaban encendidas en todo el andén."
"""
IDS = [entry.id for entry in read_entries(CATALOGUE)[1:]]


def merged(*ids: str, catalogue: str = CATALOGUE) -> list[Entry]:
    return merge(read_entries(catalogue), [Message(id) for id in ids], 2)[1:]


def test_what_did_not_change_is_not_touched() -> None:
    assert merge(read_entries(CATALOGUE), [Message(id) for id in IDS], 2) == [
        *read_entries(CATALOGUE)
    ]


def test_a_changed_text_keeps_its_translation_to_review_with_the_text_it_was_made_for() -> None:
    entry, *_ = merged("The night train leaves at ten.", *IDS[1:])

    assert entry.is_fuzzy
    assert entry.strings == ("El tren de noche sale a las nueve.",)
    assert entry.previous == ('msgid "The night train leaves at nine."',)
    assert entry.comments == ("# Ada: a pun",)
    assert [entry.id for entry in merged("The night train leaves at ten.", *IDS[1:])] == [
        "The night train leaves at ten.",
        *IDS[1:],
    ]


def test_an_untranslated_message_gets_the_translation_it_had_once() -> None:
    """Two branches that are merged, one without the text, leave both."""
    obsolete = '#~ msgid "Nobody came."\n#~ msgstr "No vino nadie."\n'

    entries = merged(*IDS, catalogue=f"{CATALOGUE}\n{obsolete}")

    assert [entry.id for entry in entries] == IDS
    assert entries[2].strings == ("No vino nadie.",)
    assert not entries[2].is_obsolete


def test_flags_of_the_translator_stay() -> None:
    _, entry, *_ = merged(IDS[0], "Platforms", *IDS[2:])

    assert entry.flags == ("fuzzy", "max-length:30")


def test_changed_again_it_keeps_the_text_that_was_translated() -> None:
    first = merge(read_entries(CATALOGUE), [Message("The night train leaves at ten.")], 2)

    again = merge(first, [Message("The night train leaves at eleven.")], 2)[1]

    assert again.previous == ('msgid "The night train leaves at nine."',)


def written(entries: list[Entry]) -> str:
    return "\n\n".join("\n".join(entry.lines()) for entry in entries)


def test_a_text_that_was_changed_back_has_its_translation_again() -> None:
    changed = merge(
        read_entries(CATALOGUE), [Message(f"{IDS[0]} Or at ten."), *map(Message, IDS[1:])], 2
    )
    wrapped = written(changed).replace('| msgid "The night', '| msgid ""\n#| "The night')

    assert written(merged(*IDS, catalogue=wrapped)) == written(read_entries(CATALOGUE)[1:])
    assert merged(f"{IDS[0]} Or at six.", *IDS[1:], catalogue=wrapped)[0].is_fuzzy


def test_what_moved_and_changed_is_found() -> None:
    *_, entry = merged(*IDS[1:], "The night train leaves Vienna at nine.")[:4]

    assert entry.strings == ("El tren de noche sale a las nueve.",)


def test_what_vanished_becomes_obsolete_and_comes_back_as_it_was() -> None:
    without = merge(read_entries(CATALOGUE), [Message(IDS[0])], 2)
    obsolete = [entry.id for entry in without if entry.is_obsolete]

    back = merge(without, [Message(id) for id in IDS], 2)

    assert obsolete == ["Platform", IDS[3]]  # nothing is lost with an empty translation
    assert [(entry.id, entry.strings, entry.is_fuzzy) for entry in back[1:]] == [
        (entry.id, entry.strings, False) for entry in read_entries(CATALOGUE)[1:]
    ]


def test_what_is_new_has_no_translation() -> None:
    *_, entry = merged(*IDS, "Something else entirely, which nobody wrote before.")

    assert entry.strings == ("",)
    assert entry.flags == ()


def test_a_message_that_becomes_plural_is_to_review() -> None:
    message = Message("Platform", "Platforms", flags=("python-format",))

    entry = merge(read_entries(CATALOGUE), [message], 3)[1]

    assert entry.strings == ("Andén",) * 3
    assert entry.flags == ("fuzzy", "max-length:30", "python-format")


def test_texts_of_the_same_words_again_and_again_are_compared_at_once() -> None:
    code = """
from slideshow.library.catalogues.entries import read_entries
from slideshow.library.catalogues.extraction import Message
from slideshow.library.catalogues.merging import merge
from tests.support.bounded import run_bounded
ids = [("ab " * 330) + str(number) for number in range(40)]
entries = read_entries("\\n\\n".join(f'msgid "{id}"\\nmsgstr "T"' for id in ids))
merged = merge(entries, [Message("ba " * 330 + str(number)) for number in range(40)], 2)
print(len(merged))
"""

    assert run_bounded(code, seconds=5) == "80\n"


@pytest.mark.parametrize("seed", range(5))
def test_however_an_article_changes_no_translation_is_lost(seed: int) -> None:
    chance = random.Random(seed)
    words = [f"word{number}" for number in range(40)]
    ids = [" ".join(chance.sample(words, 8)) for _ in range(60)]
    text = "\n\n".join(f'msgid "{id}"\nmsgstr "T {id}"' for id in ids)
    changed = [
        id if chance.random() < 0.6 else id.replace("word1", "werd1")
        for id in chance.sample(ids, 50)
    ]

    entries = merge(read_entries(text), [Message(id) for id in dict.fromkeys(changed)], 2)

    kept = {string for entry in entries for string in entry.strings}
    assert kept >= {f"T {id}" for id in ids}


def test_the_work_grows_with_the_number_of_texts_not_with_its_square(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[str] = []

    def count(one: str, other: str) -> float:
        compared.append(one)
        return 0.0

    monkeypatch.setattr("slideshow.library.catalogues.merging._likeness", count)
    text = "\n\n".join(f'msgid "the old text {n}"\nmsgstr "T"' for n in range(1000))

    merge(read_entries(text), [Message(f"the new text {n}") for n in range(1000)], 2)

    assert 1000 <= len(compared) < 20_000
