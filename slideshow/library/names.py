"""The former names of stories, which lead on to the current ones."""

from __future__ import annotations

from slideshow.library.filecache import BusyError
from slideshow.library.index.index import Index
from slideshow.library.stories import Library
from slideshow.story.filenames import slug_of

MAX_STEPS = 10  # from a former name to the name before, and so on


class Names:
    """The names of a library's stories: of articles, of ``aliases`` and of redirects."""

    def __init__(self, library: Library, index: Index) -> None:
        self._library = library
        self._index = index

    def current(self, slug: str) -> str | None:
        """Find the story that had a slug formerly; None if none had, or if one has it now."""
        for _ in range(MAX_STEPS):
            if self._library.file(slug):
                return slug
            following = self._library.policy.redirects.get(slug) or self._alias(slug)
            if following is None:
                return None
            slug = following
        return None

    def at(self, path: str) -> str | None:
        """Find the story with an alias that is the whole of a path; None if there is none.

        Raises BusyError while all stories are first read.
        """
        wanted = _plain(path)
        outlines = self._index.known() if "/" in wanted else ()
        if outlines is None:
            raise BusyError(path)
        return next((each.slug for each in outlines if wanted in map(_plain, each.aliases)), None)

    def former(self, slug: str) -> list[str]:
        """List the names under which a story was known."""
        names = [old for old in self._library.policy.redirects if self.current(old) == slug]
        story = self._library.story(slug)
        names += map(name_in, story.details.further_names if story else ())
        return [each for each in dict.fromkeys(names) if not self._library.file(each)]

    def first(self, slug: str) -> str:
        """Find the first name of a story, which identifies it for good, as in feeds.

        That is the first of its ``aliases``, then the first name that leads there.
        """
        story = self._library.story(slug)
        aliases = map(name_in, story.details.aliases[:1] if story else ())
        before = {new: old for old, new in reversed([*self._library.policy.redirects.items()])}
        for name in (*aliases, slug):
            if name == slug or name not in self._library.files():
                break
        for _ in range(MAX_STEPS):
            former = before.get(name)
            if former is None or former in self._library.files():
                break
            name = former
        return name

    def _alias(self, slug: str) -> str | None:
        for outline in self._index:
            if slug in map(name_in, outline.aliases):
                return outline.slug
        return None


def name_in(alias: str) -> str:
    """Return the name of a story in an alias, which may be the path of an address."""
    return slug_of(alias.strip("/").rpartition("/")[2].removesuffix(".html"))


def _plain(path: str) -> str:
    return path.strip("/").removesuffix(".html")
