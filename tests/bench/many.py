"""Folders of as many stories and slides as a figure wants."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

SENTENCE = "Le train de nuit part à neuf heures, et personne ne sait s’il arrivera un jour"
TRANSLATED = "The night train leaves at nine, and nobody knows whether it will ever arrive"
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'


def write_stories(folder: Path, stories: int, slides: int, is_translated: bool = False) -> Path:
    """Write stories named ``story-0`` and on, no two slides of which are the same.

    With ``is_translated``, all of them are in English too.
    """
    catalogues = folder / "translations/en/LC_MESSAGES"
    catalogues.mkdir(parents=True) if is_translated else folder.mkdir(parents=True)
    for number in range(stories):
        messages = [*_messages(number, slides)]
        text = "\n\n".join(french for french, _ in messages)
        (folder / f"story-{number}.fr.txt").write_text(text + "\n")
        if is_translated:
            entries = (f'msgid "{french}"\nmsgstr "{english}"\n' for french, english in messages)
            (catalogues / f"story-{number}.po").write_text("\n".join([HEAD, *entries]))
    return folder


def slides_of(stories: int, slides: int) -> Iterator[dict[str, str | int]]:
    """Yield the slides of the same stories, in French."""
    for number in range(stories):
        (title, _), *texts = _messages(number, slides)
        pairs = zip(texts[::2], texts[1::2], strict=True)
        for position, ((headline, _), (text, _)) in enumerate(pairs, 1):
            yield {
                "story": f"story-{number}",
                "title": title,
                "total": slides,
                "position": position,
                "headline": headline,
                "text": text,
            }


def _messages(number: int, slides: int) -> Iterator[tuple[str, str]]:
    """Yield the texts of a story, each with its translation."""
    yield f"Histoire {number}", f"Story {number}"
    for place in range(1, slides + 1):
        yield f"Vue {place} de {number}", f"View {place} of {number}"
        french, english = (f"{each}, {place}. {each}, {number}." for each in (SENTENCE, TRANSLATED))
        yield french, english
