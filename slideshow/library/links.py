"""Links of articles to other articles: by the names of their files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from slideshow.library.articles import ArticleFile, article_file
from slideshow.story.model import Story
from slideshow.story.showing import Showing


def linked_article(address: str) -> ArticleFile | None:
    """Return the article that a link names by its file, or None for a link to elsewhere."""
    file = address.partition("#")[0]
    if not file or ":" in file or file[0] in "/?":
        return None
    return article_file(Path(unquote(file)))


def links_of(story: Story) -> Iterator[tuple[str, int]]:
    """Yield the address of each link of a story, once, with the line of its text."""
    seen: dict[str, int] = {}
    for text in story.texts():

        def note(address: str, line: int = text.line) -> str:
            seen.setdefault(address, line)
            return address

        text.html(Showing(story.language, address=note))
    yield from seen.items()
