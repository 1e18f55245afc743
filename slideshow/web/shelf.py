"""What stands on one page of the shelf: so many stories, or those with the words looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask import current_app

from slideshow.library.stories import Library
from slideshow.library.titles import Titles
from slideshow.story.model import Story
from slideshow.web.finding import in_a_language, library

MOST = 50  # stories on a page
FEW = 12  # stories among which nobody needs a search
LONGEST = 100  # characters to look for
NEAR = 2  # pages before and after the one shown that have a link


@dataclass(frozen=True, slots=True)
class Shelf:
    """Page ``number`` of ``pages``, both from 1; ``found`` is how many stories a search found."""

    stories: Sequence[Story]
    number: int = 1
    pages: int = 1
    words: str = ""
    found: int = 0
    is_searchable: bool = False

    @property
    def near(self) -> list[int]:
        """Give the numbers of the pages to link to; a gap between two leaves some out."""
        around = range(self.number - NEAR, self.number + NEAR + 1)
        return sorted({1, *around, self.pages} & {*range(1, self.pages + 1)})


def pages_of(library: Library) -> int:
    """Give the number of pages that the shelf of a library takes, at least 1."""
    return max(1, -(-len(library.slugs()) // MOST))


def shelf_page(language: str, number: int) -> Shelf:
    """Give one page of the shelf; only the stories on it are read."""
    slugs = library().slugs()
    shown = slugs[(number - 1) * MOST : number * MOST]
    stories = [*told(shown, language)]
    return Shelf(stories, number, pages_of(library()), is_searchable=len(slugs) > FEW)


def found(language: str, words: str) -> Shelf:
    """Give the first stories whose titles have all the words."""
    titles: Titles = current_app.extensions["titles"]
    slugs = titles.find(words, language)
    stories = [*told(slugs[:MOST], language)]
    return Shelf(stories, words=words, found=len(slugs), is_searchable=True)


def told(slugs: Iterable[str], language: str) -> Iterator[Story]:
    """Give the stories that can be read, in a language, or in their own where they lack it."""
    yield from filter(None, (in_a_language(slug, language) for slug in slugs))
