"""The metadata of an article, from its front matter or the settings of its site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slideshow.story.model import Text


@dataclass(frozen=True, slots=True)
class Correction:
    """A remark on a mistake that was in a story, with its date in ISO 8601, empty if unknown."""

    date: str
    text: Text


@dataclass(frozen=True, slots=True)
class Details:
    """An article's metadata; ``None`` where it has none.

    ``date`` and ``updated`` are ISO 8601, with or without a time (``2026-11-24``), and so are
    ``publish`` and ``expires``, between which the story is public; ``source`` is an address or a
    name; ``image`` is a path relative to the article, on line ``image_line``; ``aliases`` are
    former addresses; ``languages`` are those in which the story must be complete; stories with a
    lower ``weight`` come first, pinned ones before all others. A draft is not published; ``is_cut``
    says whether long sections are cut.
    """

    author: str | None = None
    date: str | None = None
    source: str | None = None
    image: str | None = None
    image_line: int = 0
    updated: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    slug: str | None = None
    aliases: tuple[str, ...] = ()
    is_draft: bool = False
    publish: str | None = None
    expires: str | None = None
    corrections: tuple[Correction, ...] = ()
    is_removed: bool = False
    languages: tuple[str, ...] = ()
    series: str | None = None
    weight: int | None = None
    is_pinned: bool = False
    is_cut: bool | None = None

    @property
    def further_names(self) -> tuple[str, ...]:
        """The names in other addresses that lead to the story: former ones, then ``slug``.

        Other generators make addresses from ``slug``; ours have the name of the file.
        """
        return (*self.aliases, self.slug) if self.slug else self.aliases

    @property
    def modified(self) -> str | None:
        """The date of the last update or correction."""
        dates = [self.updated, *(each.date for each in self.corrections)]
        return max(filter(None, dates), key=_moment, default=None)

    @property
    def published(self) -> str | None:
        """The date of the publication, as shown to readers."""
        return self.date or self.publish


def _moment(date: str) -> datetime:
    found = datetime.fromisoformat(date)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
