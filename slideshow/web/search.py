"""The results of a search: stories, and the slides in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for

from slideshow.story.excerpts import Excerpt, Find, finds_in, marked
from slideshow.story.model import Story
from slideshow.story.words import Phrase, phrases_of
from slideshow.web.lookup import readable_stories
from slideshow.web.services import services
from slideshow.web.texts import entitled

MAX_CHARACTERS = 100  # of the words
MAX_STORIES = 20
SLIDES_PER_STORY = 3
MAX_DIRECTIVES = 5  # of a link: words that it marks


@dataclass(frozen=True, slots=True)
class FoundSlide:
    """A found slide: its headline, an excerpt of its text, and a link that marks the words."""

    headline: Excerpt
    text: Excerpt | None
    link: str


@dataclass(frozen=True, slots=True)
class FoundStory:
    """A found story: its title, an excerpt of its lead, and the first of its found slides.

    ``total`` is the number of its found slides.
    """

    story: Story
    title: Excerpt
    link: str
    lead: Excerpt | None
    slides: Sequence[FoundSlide]
    total: int


@dataclass(frozen=True, slots=True)
class Results:
    """The first stories with some words, and the number of all of them.

    More may be found later unless it ``is_complete``.
    """

    words: str
    stories: Sequence[FoundStory]
    found: int
    is_complete: bool


def search(language: str, words: str) -> Results:
    """Find the stories and slides with all the words, as they are shown in a language."""
    index, phrases = services().index, phrases_of(words)
    slugs = index.find(words, language)
    first = slugs[:MAX_STORIES]
    stories = [_found(story, phrases) for story in readable_stories(first, language)]
    return Results(words, stories, len(stories) + len(slugs) - len(first), index.is_read)


def _found(story: Story, phrases: Sequence[Phrase]) -> FoundStory:
    finds = finds_in(story, phrases)
    slides = [find for find in finds if find.position]
    lead = next((find for find in finds if not find.position), None)
    cover = url_for("slides.cover", language=story.language, slug=story.slug)
    return FoundStory(
        story,
        marked(story.title, phrases),
        cover + _fragment(lead) if lead else cover,
        lead.text if lead else None,
        [*_slides(story, phrases, slides[:SLIDES_PER_STORY])],
        len(slides),
    )


def _slides(story: Story, phrases: Sequence[Phrase], finds: Sequence[Find]) -> Iterator[FoundSlide]:
    for find in finds:
        where = {"language": story.language, "slug": story.slug}
        link = url_for("slides.slide", **where, slide=story.place(find.position))  # type: ignore[arg-type]
        headline = marked(entitled(story.slides[find.position - 1]), phrases)
        yield FoundSlide(headline, find.text, link + _fragment(find))


def _fragment(find: Find) -> str:
    """Write the fragment of an address by which browsers mark the words on its page."""
    return "#:~:" + "&".join(f"text={each}" for each in find.directives[:MAX_DIRECTIVES])
