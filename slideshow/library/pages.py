"""The pages of a site besides its stories, such as a legal notice: ``pages/legal.en.md``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from slideshow.errors import LibraryError, Problem, SlideshowError
from slideshow.library.articles import ArticleFile, Listing, article_file
from slideshow.library.folder import PAGES
from slideshow.library.links import PAGE_PREFIX
from slideshow.library.stories import Library
from slideshow.story.languages import read_as
from slideshow.story.model import Story, Text

RESERVED = re.compile(r"(?:index|offline|page-\d+|\d+)")  # names of other addresses
BLANK = re.compile(r"⟦.*?⟧")  # in the templates: to be filled in


class Pages(Library):
    """The pages of a site, each read like a story.

    Unlike a story, a page may have several files, one for each language; catalogues translate the
    first of them into all others. ``library`` has the stories of the site.
    """

    @classmethod
    def beside(cls, library: Library, language: str) -> Pages | None:
        """Open the pages beside the stories; None if there is no folder for them."""
        place = library.folder.path / PAGES
        if not place.is_dir():
            return None
        pages = cls(
            place,
            language,
            library.refresh,
            limits=library.limits,
            folder=library.folder,
            translations=library.translations,
        )
        pages.pictures = library.pictures
        return pages

    def story(self, slug: str, language: str | None = None) -> Story | None:
        """Read a page in ``language``, from its own file or translated; or in its first language.

        None if it is not offered in that language.
        """
        file = self._listing().twins.get((slug, language or ""))
        if file is None:
            return super().story(slug, language)
        twin = self._stories.get(file.path)
        return None if twin is None or twin.details.is_draft else twin

    def nearest(self, slug: str, language: str) -> Story | None:
        """Read a page in the language that is most like ``language``, at last in its first."""
        found = (self.story(slug, tag) for tag in read_as(language))
        return next(filter(None, found), None) or self.story(slug)

    def languages_of(self, story: Story) -> tuple[str, ...]:
        """List the tags a page is offered in: its first language, then the others in order."""
        source, *translated = super().languages_of(self.story(story.slug) or story)
        own = {tag for slug, tag in self._listing().twins if slug == story.slug}
        return (source, *sorted({*own, *translated} - {source}))

    def problems(self, start: int = 0, stop: int | None = None) -> Iterator[Problem]:
        """Yield the problems of the pages; those of their catalogues are the library's."""
        if start == 0:
            yield from self.listing_problems()
        listing = self._listing()
        for file in [*listing.files.values(), *listing.twins.values()][start:stop]:
            yield from self._article_problems(file)

    def blanks(self) -> Iterator[Problem]:
        """Yield a warning for each text of a page that a template leaves to be filled in."""
        listing = self._listing()
        for file in [*listing.files.values(), *listing.twins.values()]:
            for text in self._texts(file):
                if blank := BLANK.search(text.value):
                    yield Problem(
                        f"{blank[0]} is still to be filled in",
                        "write what applies to your site in its place",
                        text.line,
                        str(file.path),
                    )

    def _texts(self, file: ArticleFile) -> Iterator[Text]:
        """Yield the texts of a page; none if it is unreadable, which is another problem."""
        with suppress(SlideshowError):
            story = self._stories.get(file.path)
            yield from story.texts() if story else ()

    def listing_problems(self) -> Iterator[Problem]:
        """Yield a problem for each file whose name makes it unservable."""
        yield from (error.problem for error in self._listing().errors)

    def _list(self, place: Path) -> Listing:
        try:
            return list_pages(place)
        except FileNotFoundError:  # gone while it is served
            return Listing()

    def _read(self, path: Path) -> Story:
        story = super()._read(path)
        return replace(story, slug=PAGE_PREFIX + story.slug)


def list_pages(place: Path) -> Listing:
    """List the pages of a folder: the first file of each name, and those in other languages."""
    files: dict[str, ArticleFile] = {}
    twins: dict[tuple[str, str], ArticleFile] = {}
    errors: list[LibraryError] = []
    for path in sorted(place.iterdir()):
        file = article_file(path)
        if file is None:
            continue
        slug = PAGE_PREFIX + file.slug
        first = files.get(slug)
        if RESERVED.fullmatch(file.slug):
            reason, fix = f"{file.slug!r} is the name of another address", "rename the page"
            errors.append(LibraryError(reason, fix, path=str(path)))
        elif first is None:
            files[slug] = file
        elif file.language in (None, first.language) or (slug, str(file.language)) in twins:
            reason, fix = f"{first.path.name} is this page too", "rename one of the two files"
            errors.append(LibraryError(reason, fix, path=str(path)))
        else:
            twins[slug, str(file.language)] = file
    places = {slug: place for place, slug in enumerate(files)}
    return Listing(files, tuple(files), places, errors=tuple(errors), twins=twins)
