"""Links of articles to other articles: by the names of their files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from slideshow.library.articles import ArticleFile, article_file
from slideshow.library.folder import PAGES
from slideshow.story.model import Story
from slideshow.story.showing import Showing

PAGE_PREFIX = f"{PAGES}."  # of their slugs and catalogues: no story's slug contains a dot


def linked_article(address: str) -> ArticleFile | None:
    """Return the article that a link names by its file, or None for a link to elsewhere."""
    file = address.partition("#")[0]
    if not file or ":" in file or file[0] in "/?":
        return None
    return article_file(Path(unquote(file)))


def linked_slug(address: str, slug: str) -> str | None:
    """Return the slug of the story or page that a link in ``slug`` names by its file, or None."""
    article = linked_article(address)
    if article is None:
        return None
    folder = article.path.parent.name
    is_page = folder == PAGES or (not folder and slug.startswith(PAGE_PREFIX))
    return PAGE_PREFIX + article.slug if is_page else article.slug


def links_of(story: Story) -> Iterator[tuple[str, int]]:
    """Yield the address of each link of a story, once, with the line of its text.

    Bare addresses, which lead to other sites, are left out.
    """
    seen: dict[str, int] = {}
    for text in story.texts():
        if not text.markup.is_prose or not ("[" in text.value or "<" in text.value):
            continue

        def note(address: str, line: int = text.line) -> str:
            seen.setdefault(address, line)
            return address

        text.html(Showing(story.language, address=note))
    yield from seen.items()
