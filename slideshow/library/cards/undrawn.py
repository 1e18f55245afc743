"""Finds the titles that no font of the cards draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from slideshow.errors import Problem, SlideshowError
from slideshow.library.cards.fonts import Face
from slideshow.library.stories import Library
from slideshow.story.languages import name_of

STORIES_EXAMINED = 200


def undrawn(library: Library, faces: Sequence[Face]) -> Iterator[Problem]:
    """Yield a problem for each language with a title that no font draws, in the first stories."""
    missing: dict[str, str] = {}
    for slug in library.slugs()[:STORIES_EXAMINED]:
        with suppress(SlideshowError):  # a problem of another kind
            for language, title in _titles(library, slug):
                if not any(face.can_draw(title) for face in faces):
                    missing.setdefault(language, title)
    for language, title in missing.items():
        yield Problem(
            f"no font draws {title!r} ({name_of(language, 'en')}) on cards",
            "add a font file with these letters to SLIDESHOW_CARD_FONT",
        )


def _titles(library: Library, slug: str) -> Iterator[tuple[str, str]]:
    """Yield the languages of a story, each with its title there."""
    story = library.story(slug)
    for language in library.languages_of(story) if story else ():
        shown = library.story(slug, language)
        yield language, shown.title.plain() if shown else ""
