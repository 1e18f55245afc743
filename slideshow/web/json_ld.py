"""Structured data for search engines: JSON-LD in the vocabulary of schema.org."""

from __future__ import annotations

from typing import Any

from flask import url_for

from slideshow.story.model import Slide, Story
from slideshow.web.head import Page, logo
from slideshow.web.lookup import library
from slideshow.web.paging import SLIDES_PER_DESCRIPTION
from slideshow.web.routing import absolute
from slideshow.web.services import services
from slideshow.web.texts import entitled

Data = dict[str, Any]

CONTEXT = {"@context": "https://schema.org"}


def describe_site(page: Page) -> Data:
    """Describe the shelf: the site in one language."""
    settings = services().settings
    return {
        **CONTEXT,
        "@type": "WebSite",
        "name": settings.site_name,
        "description": page.description,
        "inLanguage": page.language,
        "url": page.canonical,
    }


def describe_story(story: Story, page: Page) -> Data:
    """Describe a story: its author, its dates, its source, and its translations."""
    settings = services().settings
    details = story.details
    data = {
        **CONTEXT,
        **_reference(story, story.language),
        "headline": story.title.plain(),
        "description": page.description,
        **_credits(page),
        "publisher": {"@type": "Organization", "name": settings.site_name, **_logo()},
        **_source(details.source),
        **_translations(story),
    }
    return {name: value for name, value in data.items() if value}


def describe_story_and_slides(story: Story, page: Page) -> Data:
    """Describe a story with its slides as its parts."""
    parts = [
        {
            "@type": "Article",
            "@id": _address(story, story.language, position),
            "headline": entitled(part).value,
            "position": position,
        }
        for position, part in enumerate(story.slides[:SLIDES_PER_DESCRIPTION], 1)
    ]
    return {**describe_story(story, page), "hasPart": parts}


def describe_slide(story: Story, slide: Slide, position: int, page: Page) -> Data:
    """Describe a slide: briefly, for there are many, and the story has the rest."""
    return {
        **CONTEXT,
        "@type": "Article",
        "@id": page.canonical,
        "headline": entitled(slide).value,
        **_credits(page),
        "inLanguage": slide.name.language,
        "position": position,
        "isPartOf": {"@type": "NewsArticle", "@id": _address(story, story.language)},
    }


def _credits(page: Page) -> Data:
    """Collect the picture of a page, its author and its dates, as far as they are known."""
    credits = {
        "image": page.image.address,
        "author": page.author and {"@type": "Person", "name": page.author},
        "datePublished": page.published,
        "dateModified": page.modified,
    }
    return {name: value for name, value in credits.items() if value}


def _logo() -> Data:
    address = logo()
    return {"logo": address} if address else {}


def _reference(story: Story, language: str) -> Data:
    return {"@type": "NewsArticle", "@id": _address(story, language), "inLanguage": language}


def _address(story: Story, language: str, position: int | None = None) -> str:
    where: Data = {"language": language, "slug": story.slug}
    if position is None:
        return absolute(url_for("slides.cover", **where))
    place = library().place_in(story, language, position)
    return absolute(url_for("slides.slide", **where, slide=place))


def _source(source: str | None) -> Data:
    is_address = source is not None and source.startswith(("https://", "http://"))
    return {"isBasedOn" if is_address else "citation": source}


def _translations(story: Story) -> Data:
    if story.language != story.source_language:
        return {"translationOfWork": _reference(story, story.source_language)}
    others = library().languages_of(story)[1:]
    return {"workTranslation": [_reference(story, language) for language in others]}
