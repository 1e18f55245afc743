"""The limits of the files of a story, so that none can exhaust the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from slideshow.errors import ArticleError

if TYPE_CHECKING:
    from slideshow.story.model import Story


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of an article and its catalogues, so that no file can exhaust the server.

    ``is_comfortable`` limits slides to a comfortable length, where an article does not say so.
    """

    bytes: int = 10_000_000
    slides: int = 20_000
    characters: int = 20_000
    catalogue_bytes: int = 10_000_000
    is_comfortable: bool = False

    def apply_to(self, story: Story) -> None:
        """Raise ArticleError for a story of too many slides or with too long a text."""
        if story.total > self.slides:
            raise ArticleError(
                f"{story.total} slides are more than the {self.slides} allowed",
                "split the article",
                limit="article_slides",
                line=story.slides[self.slides].line,
            )
        for text in story.texts():
            # Code is shown as it is, whatever its length.
            if text.markup.is_prose and len(text.value) > self.characters:
                raise ArticleError(
                    f"a text of {len(text.value)} characters; {self.characters} are allowed",
                    "split it into paragraphs",
                    limit="article_characters",
                    line=text.line,
                )


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """The limits of a picture, a film or a sound, so that no file can exhaust the server."""

    bytes: int = 20_000_000
    pixels: int = 50_000_000
    recording_bytes: int = 300_000_000
