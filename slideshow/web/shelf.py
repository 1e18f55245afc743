"""The stories on one page of the shelf: a part of the list, or the results of a search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slideshow.story.model import Story
from slideshow.web.lookup import library, readable_stories
from slideshow.web.paging import Part, shelf_part
from slideshow.web.services import services

SEARCH_ABOVE = 12  # stories; a shorter shelf has no search
MAX_SEARCH_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of the shelf; ``found`` is the number of search results for ``words``."""

    stories: Sequence[Story]
    part: Part
    words: str = ""
    found: int = 0
    is_searchable: bool = False
    max_characters: int = MAX_SEARCH_CHARACTERS  # of the words


def part_of(number: int) -> Part:
    """Compute page ``number`` of the shelf, counted from 1."""
    return shelf_part(number, len(library().slugs()))


def shelf_page(language: str, number: int) -> Shelf:
    """Read one page of the shelf, and only the stories on it."""
    slugs = library().slugs()
    part = part_of(number)
    return Shelf(
        [*readable_stories(part.of(slugs), language)], part, is_searchable=len(slugs) > SEARCH_ABOVE
    )


def found(language: str, words: str) -> Shelf:
    """Find the first stories whose titles have all the words.

    Titles are read from the heads of files; unreadable stories among the results are left out.
    """
    titles = services().titles
    slugs = titles.find(words, language)
    first = shelf_part(1, len(slugs)).of(slugs)
    stories = [*readable_stories(first, language)]
    count = len(stories) + len(slugs) - len(first)
    return Shelf(stories, shelf_part(1, len(stories)), words, count, is_searchable=True)
