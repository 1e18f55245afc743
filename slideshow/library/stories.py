"""Finds the stories of a place, reads them in a language, notices changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slideshow.errors import ArticleError, Problem, SlideshowError
from slideshow.library.articles import (
    ArticleFile,
    Listing,
    article_file,
    check_place,
    link_problems,
    list_articles,
    read_article,
)
from slideshow.library.bucket import UNREACHABLE
from slideshow.library.catalogues.finding import Catalogues
from slideshow.library.catalogues.reading import Catalogue, find
from slideshow.library.folder import TRANSLATIONS, Folder
from slideshow.library.freshness.clock import Clock
from slideshow.library.freshness.dependencies import Parts, Remembered
from slideshow.library.freshness.watched import Watched
from slideshow.library.pictures.files import Pictures
from slideshow.library.publishing.editions import Editions, Find
from slideshow.library.publishing.publication import PREVIEWED, Publication
from slideshow.library.recordings.files import Recordings
from slideshow.library.sitefile import NAME as SITE_FILE
from slideshow.library.sitefile import read_site_file
from slideshow.paths import BUNDLED, shipped
from slideshow.story.frontmatter.beside import detailed
from slideshow.story.keys import Place
from slideshow.story.languages import INTERFACE, SOURCE_LANGUAGE, read_as, tag_of
from slideshow.story.limits import Limits, PictureLimits
from slideshow.story.model import Story
from slideshow.story.publishing import Policy
from slideshow.story.translation import Lookup, translate, translated_keys

# Parsed stories kept in memory, and the bytes of their files beside a largest one, which take
# almost five times as much in memory.
KEPT_STORIES = 20_000
KEPT_BYTES = 4_000_000
KEPT_TRANSLATIONS = 4096
KEPT_NAMES = 20_000  # stories whose languages, and the keys of their slides, are kept
KEPT_CAPTIONED = 512  # stories with films or sounds

if TYPE_CHECKING:
    from slideshow.library.pages import Pages


class Library:
    """The stories of one file or folder, with the catalogues that translate them.

    ``place`` None means the bundled stories. ``language`` is that of articles that do not name
    theirs. Files may change at any time: a change is seen after ``refresh`` seconds, and a file
    that breaks keeps its last good version. ``place`` and ``translations`` are the paths of the
    articles and their catalogues, ``folder`` is the one that all of them are in; ``pages`` has the
    other pages of the site, ``publication`` tells which stories are public.
    """

    def __init__(
        self,
        place: Path | None = None,
        language: str = "",
        refresh: float = 1.0,
        limits: Limits | None = None,
        pictures: PictureLimits | None = None,
        follow_links: bool = False,
        folder: Folder | None = None,
        translations: Path | None = None,
        policy: Policy | None = None,
        editions: Path | None = None,
    ) -> None:
        self.place = place or BUNDLED
        self.policy = policy or Policy()
        self._language = language
        self.refresh = refresh
        self.limits = limits or Limits()
        check_place(self.place)
        # Installers may link the bundled stories to another folder.
        folder = folder or Folder(self.place, follow_links or self.place == BUNDLED)
        self.folder = folder
        self.pages: Pages | None = None
        self.pictures = Pictures(refresh, pictures, folder)
        most_bytes = (pictures or PictureLimits()).recording_bytes
        self.recordings = Recordings(refresh, most_bytes, folder)
        self._mark = folder.path / UNREACHABLE
        bundled = shipped(TRANSLATIONS)
        own = bundled if self.place == BUNDLED else folder.path / TRANSLATIONS
        self.translations = translations or own
        folders = tuple(dict.fromkeys((self.translations, bundled)))
        most = self.limits.catalogue_bytes
        self._interface = Catalogues(folders, refresh, most, folder)
        self._catalogues = Catalogues(folders[:1], refresh, most, folder)
        kept = Editions(editions, self.limits)
        self.publication = Publication(self, self._catalogues, kept, self.policy, Clock())
        self._site = Watched(partial(read_site_file, folder=folder), refresh, folder=folder)
        self._listings = Watched(self._list, refresh, folder=folder)
        most = KEPT_BYTES + self.limits.bytes
        self._stories = Watched(self._read, refresh, KEPT_STORIES, most, folder)
        self._file = Parts(f"article in {self.place}", self._listed)
        self._languages = Parts(f"languages of {self.place}", self._offered)
        self._captioned = Remembered[str, Story](KEPT_CAPTIONED)
        self._translations = Remembered[tuple[str, str], Story | None](KEPT_TRANSLATIONS)
        self._keys = Remembered[tuple[str, str], tuple[str, ...]](KEPT_NAMES)
        self._offers_of = Remembered[tuple[str, str], tuple[str, ...]](KEPT_NAMES)

    @property
    def is_readable(self) -> bool:
        """Whether there are stories and, if they are in a bucket, it is reachable now."""
        is_there = bool(self.slugs()) and self._listings.problem(self.place) is None
        return is_there and not self._mark.exists()

    def files(self) -> Mapping[str, ArticleFile]:
        """Map slugs to article files, in order of slug."""
        return self._listing().files

    def file(self, slug: str) -> ArticleFile | None:
        """Find the file of a story, or the first file of a page of the site."""
        found = self._file.get(slug)
        return found if found or self.pages is None else self.pages.file(slug)

    def slugs(self) -> tuple[str, ...]:
        """List the slugs of the stories, sorted."""
        return self._listing().slugs

    def slugs_after(self, slug: str) -> Iterator[str]:
        """Yield the slugs of the other stories, starting after ``slug`` and wrapping round."""
        listing = self._listing()
        place = listing.places.get(slug, -1)
        yield from islice(listing.slugs, place + 1, None)
        yield from islice(listing.slugs, max(place, 0))

    def story(self, slug: str, language: str | None = None) -> Story | None:
        """Read a story in ``language``, or in its source language.

        None if there is no such story or it is not offered in that language. Raises SlideshowError
        if no good version of the article was ever read.
        """
        story = self.publication.source(slug)
        if story is None or language in (None, story.language):
            return story
        tag = str(language)
        if PREVIEWED.get() == slug:
            return self._translated(story, tag)
        found = self._translations.get((slug, tag), lambda: self._translated(story, tag))
        if found is None and self._looks_again(slug, tag):
            return self._translated(story, tag)
        return found

    def _looks_again(self, slug: str, language: str) -> bool:
        """Check whether an article or its catalogues have changed since the last check.

        Both may be replaced at once, such as by a link to another folder, but are noticed one by
        one.
        """
        file = self._file.get(slug)
        is_new = file is not None and self._stories.look_again(file.path)
        return self._catalogues.look_again(language, slug) or is_new

    def _translated(self, story: Story, language: str) -> Story | None:
        source = self.publication.source(story.slug)
        if source is None:
            return None
        return self._upcoming_in(source, language)

    def place_in(self, story: Story, language: str, position: int) -> Place:
        """Return the name in URLs of a slide of a story, in any of the story's languages."""
        if language == story.language:
            return story.place(position)
        keys = self.keys_in(story, language)
        return Place(position, keys[position - 1] if position <= len(keys) else "")

    def keys_in(self, story: Story, language: str) -> tuple[str, ...]:
        """List the keys of a story's slides in one of its languages."""

        def made() -> tuple[str, ...]:
            source = self.publication.source(story.slug) or story
            if language == source.language:
                return source.keys
            if twin := self.publication.twin(source, language):
                return twin.keys
            return translated_keys(source, self._finder(source, language), language)

        if PREVIEWED.get() == story.slug:
            return made()
        return self._keys.get((story.slug, language), made)

    def languages_of(self, story: Story) -> tuple[str, ...]:
        """List the tags a story is offered in, its source language first.

        These are the languages with at least one translated text: an empty catalogue does not
        count.
        """

        def made() -> tuple[str, ...]:
            source = story.source_language
            tags = self._catalogues.languages_of(story.slug)
            return (source, *(tag for tag in tags if tag != source and self._offers(story, tag)))

        if PREVIEWED.get() == story.slug:
            return made()
        return self._offers_of.get((story.slug, story.source_language), made)

    def upcoming(self, slug: str) -> tuple[Story, ...]:
        """List a story in each of its languages, its own first, as it is, was or will be public.

        Empty if it never is.
        """
        source = self.publication.upcoming(slug)
        if source is None:
            return ()
        tags = self._catalogues.languages_of(slug)
        found = (self._upcoming_in(source, tag) for tag in tags if tag != source.language)
        return (source, *filter(None, found))

    def _upcoming_in(self, source: Story, language: str) -> Story | None:
        if twin := self.publication.twin(source, language):
            return twin
        find = self._finder(source, language)
        return translate(source, find, language) if _says_something(source, find) else None

    def is_held(self, slug: str) -> bool:
        """Check whether the last good version of a broken article or catalogue is shown."""
        file = self.files().get(slug)
        is_broken = file is not None and self._stories.problem(file.path) is not None
        return is_broken or any(self._catalogues.problems_of(slug))

    @property
    def reading_settings(self) -> str:
        """The settings with which the same files would make other stories, as a text."""
        policy = self.policy
        rules = (policy.zone, policy.languages, policy.holds, sorted(policy.removed))
        details = sorted(policy.details.items())
        return repr((self._language, self.limits, self.folder.follows_links, *rules, details))

    def changed_in(self, story: Story, language: str) -> datetime:
        """Return when a story last changed in a language: its article, or its translation."""
        catalogues = self._catalogues.read(language, story.slug)
        return max((story.changed, *(each.changed for each in catalogues)))

    def _offers(self, story: Story, language: str) -> bool:
        try:
            previewed = PREVIEWED.get() == story.slug
            source = (
                self.article(story.slug) if previewed else self.publication.upcoming(story.slug)
            )
        except SlideshowError:
            return False  # broken since, and dropped from memory
        if source and self.publication.twin(source, language):
            return True
        return _says_something(source, self._finder(source or story, language))

    def article(self, slug: str) -> Story | None:
        """Return a story as it is written, whether or not it is public.

        Raises SlideshowError if no good version of it was ever read.
        """
        file = self._file.get(slug)
        story = self._stories.get(file.path) if file else None
        if file is None or story is None or not story.has_recordings:
            return story
        return self._captioned.get(slug, lambda: self._with_captions(file.path) or story)

    def _with_captions(self, path: Path) -> Story | None:
        story = self._stories.get(path)
        return self.recordings.captioned(story, path) if story else None

    def _finder(self, story: Story, language: str) -> Find:
        """Return the function that looks up the translations of a story."""
        catalogues = self._catalogues.read(language, story.slug)
        return Lookup(partial(find, catalogues), partial(_by_id, catalogues), story).find

    def languages(self) -> tuple[str, ...]:
        """List the tags that the site is offered in, sorted."""
        return self._languages.get("")

    @property
    def parts(self) -> Iterator[Parts[Any, Any]]:
        """The parts of the lists of files that stories are read from."""
        yield from (self._file, self._languages, self._catalogues.has, self.pictures.versions)
        if self.pages:
            yield from self.pages.parts

    def _offered(self, _: str) -> tuple[str, ...]:
        default = {self._language} if self._language else set()
        named = self._listing().languages
        return tuple(sorted({SOURCE_LANGUAGE, *self._interface.languages(), *named, *default}))

    def interface(self, language: str) -> tuple[Catalogue, ...]:
        """Read the catalogues of the interface in a language, the most specific first.

        Those of ``fr-CA`` are followed by those of ``fr``.
        """
        found = (self._interface.read(tag, INTERFACE) for tag in read_as(language))
        return tuple(chain.from_iterable(found))

    def listing_problems(self) -> Iterator[Problem]:
        """Yield the problems of the settings, and one for each file with an unservable name."""
        yield from self.site_problems()
        yield from (error.problem for error in self._listing().errors)

    def site_problems(self) -> Iterator[Problem]:
        """Yield the problems of ``slideshow.toml``, even if the settings of before are used."""
        file = self._site.get(self.folder.path / SITE_FILE)
        yield from file.problems if file else ()

    def unread(self) -> Iterator[Problem]:
        """Yield a warning for each file of the place that may be meant as an article."""
        yield from self._listing().unread

    def problems(self, start: int = 0, stop: int | None = None) -> Iterator[Problem]:
        """Yield the problems of the articles and catalogues, reading each of them once.

        ``start`` and ``stop`` select a slice of them, in the order of their names.
        """
        listing = self._listing()
        if start == 0:
            yield from self.listing_problems()
            yield from self.unread()
            yield from self.pages.problems() if self.pages else ()
        for slug in listing.slugs[start:stop]:
            yield from self._article_problems(listing.files[slug])
        yield from self._catalogues.problems(start, stop)

    def _article_problems(self, file: ArticleFile) -> Iterator[Problem]:
        try:
            story = self._stories.get(file.path)
        except SlideshowError as error:
            yield error.problem
            return
        if story is None:
            yield from link_problems(file)
        else:
            yield from story.problems
            if problem := self.publication.withheld(file.slug):
                yield problem
            story = self.recordings.captioned(story, file.path)
            for problem in (
                *self.pictures.problems(file.path, story),
                *self.recordings.problems(file.path, story),
            ):
                yield replace(problem, is_error=False)  # the story is served without it

    def paths(self) -> Iterator[Path]:
        """Yield the path of every article and of every catalogue beside them."""
        yield from (file.path for file in self.files().values())
        yield from (file.path for file in self.pages.files().values()) if self.pages else ()
        yield from self._catalogues.paths()

    def problems_in(self, path: Path) -> Iterator[Problem]:
        """Yield the problems of one of ``paths``; those of a last good version are only logged."""
        file = article_file(path)
        yield from self._article_problems(file) if file else self._catalogues.problems_in(path)

    def problems_of(self, slug: str) -> Iterator[Problem]:
        """Yield the current problems of a story and its catalogues, even if old ones are used."""
        file = self._file.get(slug)
        if file is None:
            return
        problem = self._stories.problem(file.path)
        yield from (problem,) if problem else self._article_problems(file)
        yield from self._catalogues.problems_of(slug)
        yield from self._interface.problems_of(INTERFACE)

    def _listed(self, slug: str) -> ArticleFile | None:
        return self._listing().files.get(slug)

    def _listing(self) -> Listing:
        return self._listings.get(self.place) or Listing()

    def _list(self, place: Path) -> Listing:
        listing = list_articles(place)
        self._stories.keep_only({file.path.name for file in listing.files.values()}, place)
        return listing

    def _read(self, path: Path) -> Story:
        file = article_file(path)
        assert file is not None, path
        language = tag_of(self._language) or SOURCE_LANGUAGE
        try:
            story = read_article(file, language, bool(self._language), self.limits)
            return detailed(story, self.policy.details.get(file.slug, {}))
        except (SlideshowError, OSError):
            raise
        except Exception as error:  # even if the fault is ours, the other stories stay online
            raise ArticleError(
                f"cannot be read, by a fault of Slideshow: {type(error).__name__}",
                "report it with the article",
                path=str(path),
            ) from error


def _says_something(story: Story | None, find: Find) -> bool:
    if story is None:
        return False
    if any(find(text.value) for text in story.texts() if text.value):
        return True
    # An older catalogue has a list as one message.
    return any(text.language == "" for text in translate(story, find, "").texts())


def _by_id(catalogues: Sequence[Catalogue]) -> dict[str, str]:
    """Map the messages without a context to translations; earlier catalogues take precedence."""
    return {
        id: text
        for catalogue in reversed(catalogues)
        for (context, id), text in catalogue.messages.items()
        if not context
    }
