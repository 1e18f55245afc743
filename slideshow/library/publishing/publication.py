"""Decides which stories are public now, and in which state: drafts, dates, languages."""

from __future__ import annotations

from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING

from slideshow.errors import Problem
from slideshow.library.catalogues.finding import Catalogues
from slideshow.library.catalogues.reading import find
from slideshow.library.freshness.clock import Clock
from slideshow.library.freshness.dependencies import Remembered
from slideshow.library.publishing.editions import Edition, Editions, Find, Gap, edition, gaps
from slideshow.library.publishing.withholding import withheld
from slideshow.story.model import Story
from slideshow.story.publishing import Phase, Policy

if TYPE_CHECKING:
    from slideshow.library.stories import Library

KEPT_EDITIONS = 4096

# The slug of the story that the current request may see as it is written.
PREVIEWED: ContextVar[str] = ContextVar("previewed", default="")


class Publication:
    """The public states of articles, by a policy, a clock, and the catalogues beside them.

    Whatever reads an article raises SlideshowError if no good version of it was ever read.
    """

    def __init__(
        self,
        library: Library,
        catalogues: Catalogues,
        editions: Editions,
        policy: Policy,
        clock: Clock,
    ) -> None:
        self.policy = policy
        self.clock = clock
        self._library = library
        self._catalogues = catalogues
        self._editions = editions
        self._current = Remembered[str, Edition | None](KEPT_EDITIONS)

    def source(self, slug: str) -> Story | None:
        """Return a story as it is public now, in its own language."""
        article = self._library.article(slug)
        if article is None or PREVIEWED.get() == slug:
            return article
        story = self._released(article)
        is_now = story and self.clock.phase(self.policy.span(article.details)) is Phase.PUBLIC
        return story if is_now else None

    def twin(self, source: Story, language: str) -> Story | None:
        """Return a story's translation in its complete edition; None if it needs none."""
        if PREVIEWED.get() == source.slug or not self.policy.languages_for(source):
            return None
        found = self._edition(source.slug)
        return found.translations.get(language) if found else None

    def upcoming(self, slug: str) -> Story | None:
        """Return a story that is public now, or was, or will be when its time comes."""
        article = self._library.article(slug)
        return self._released(article) if article else None

    def is_as_written(self, slug: str) -> bool:
        """Check whether a story is public in the state of its article and its catalogues."""
        article = self._library.article(slug)
        story = self.source(slug)
        return story is not None and article == story and not (article and self._gaps(article))

    def withheld(self, slug: str) -> Problem | None:
        """Build the warning that a story, or an edit of it, is not public; None if it is."""
        article, file = self._library.article(slug), self._library.file(slug)
        if article is None or file is None:
            return None
        found, is_released = self._gaps(article), self._released(article) is not None
        return withheld(article, file, self.policy, self.clock.now(), found, is_released)

    def _released(self, article: Story) -> Story | None:
        """Return the edition of an article that may be public at its time; None if none may."""
        if article.details.is_draft or self.policy.is_removed(article):
            return None
        if not self.policy.languages_for(article):
            return article
        found = self._edition(article.slug)
        return found.source if found else None

    def _gaps(self, article: Story) -> list[Gap]:
        """List the required languages in which an article is not complete."""
        return gaps(article, self._exact(article))

    def _exact(self, article: Story) -> dict[str, Find]:
        return {
            tag: partial(find, self._catalogues.read(tag, article.slug))
            for tag in self.policy.languages_for(article)
            if tag != article.source_language
        }

    def _edition(self, slug: str) -> Edition | None:
        """Return the edition of a story that is complete in every required language.

        Of an incomplete one, the last complete one, or the current one if the site shows such.
        """
        return self._current.get(slug, lambda: self._made_edition(slug))

    def _made_edition(self, slug: str) -> Edition | None:
        article, file = self._library.article(slug), self._library.file(slug)
        if article is None or file is None:
            return None
        finders = self._exact(article)
        current = edition(article, finders)
        if not gaps(article, finders):
            self._editions.note(current, file)
            return current
        last = self._editions.last(file)
        return last if last is None or self.policy.holds else current
