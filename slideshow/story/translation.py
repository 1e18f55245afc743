"""A story in another language, by the messages of its catalogue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from slideshow.story.model import Slide, Story, Text


def translate(story: Story, find: Callable[[str], str | None], language: str) -> Story:
    """Return ``story`` in ``language``; a text that ``find`` lacks stays in the source language.

    A translation equal to its source is a translation. The empty string is never looked up:
    gettext would answer with the header of the catalogue.
    """
    if language == story.source_language:
        return story

    def text(source: Text) -> Text:
        value = find(source.value) if source.value else None
        return replace(source, value=value, language=language) if value else source

    return replace(
        story,
        language=language,
        title=text(story.title),
        lead=tuple(block.translated(text) for block in story.lead),
        slides=tuple(_slide(slide, text) for slide in story.slides),
    )


def _slide(slide: Slide, text: Callable[[Text], Text]) -> Slide:
    headline = text(slide.headline) if slide.headline else None
    return Slide(headline, tuple(block.translated(text) for block in slide.blocks))
