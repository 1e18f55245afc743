"""The pages of the shelf and of its tags and series, and the stories to go on with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from slideshow.story.model import Story
from slideshow.web.lists import ALL
from slideshow.web.lookup import readable_stories
from slideshow.web.paging import Part, shelf_part
from slideshow.web.services import services

SEARCH_ABOVE = 12  # stories; a shorter shelf has no search


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of the shelf, or of a part of it; a short one is not searchable."""

    stories: Sequence[Story]
    part: Part
    is_searchable: bool = False


def is_searchable() -> bool:
    """Check whether the shelf is long enough for a search."""
    return services().lists.total > SEARCH_ABOVE


def shelf_page(language: str, number: int) -> Shelf:
    """Read one page of the shelf, and only the stories on it."""
    return replace(page_of(ALL, "", language, number), is_searchable=is_searchable())


def page_of(kind: str, name: str, language: str, number: int) -> Shelf:
    """Read one page of a group of stories, and only the stories on it."""
    lists = services().lists
    part = shelf_part(number, lists.group.get((kind, name)).total)
    return Shelf([*readable_stories(lists.page.get((kind, name, number)), language)], part)


def others(story: Story) -> list[Story]:
    """List the stories to go on with."""
    return [*readable_stories(services().lists.following.get(story.slug), story.language)]
