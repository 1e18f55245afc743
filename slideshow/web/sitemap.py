"""The sitemap of every shelf, story and slide, in parts."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice
from typing import Any

from flask import Flask, current_app, request, url_for
from werkzeug.routing import Map

from slideshow.library.freshness.dependencies import Parts, apart
from slideshow.library.freshness.identities import digest_of
from slideshow.library.index.outline import Outline
from slideshow.story.keys import Place
from slideshow.story.languages import SOURCE_LANGUAGE
from slideshow.web import paging
from slideshow.web.lookup import library
from slideshow.web.paging import shelf_part
from slideshow.web.routing import absolute, pages_of
from slideshow.web.services import services

PLACE_BYTES = 100  # of a language and a slide in an address, most often
LINE_BYTES = 80  # around an address, at most
NAME = "sitemap"  # in ``app.extensions``


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the sitemap, with its absolute address in each language.

    ``default`` is the language for readers of any other, ``changed`` a date in ISO 8601 or None.
    """

    language: str
    addresses: dict[str, str]
    default: str
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the sitemap: the shelves, if ``number`` is 1, and ``outlines`` of stories.

    Its pages are ``most`` of theirs, after the first ``skipped`` ones. ``keys`` is a digest of the
    keys of their slides.
    """

    number: int
    skipped: int
    most: int
    outlines: tuple[Outline, ...]
    keys: str


class Sitemap:
    """Every shelf, story and slide, in parts that are built on request.

    Each depends on the stories in it alone.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._counted: tuple[tuple[Outline, ...], int, _Counts] | None = None
        self.section = Parts("sitemap", self._section)

    def parts(self, address: int) -> int:
        """Count the files needed, if the address of the site has as many letters."""
        _, counts = self._counts()
        return -(-counts.total // counts.most(address))

    def _section(self, key: tuple[int, int]) -> Section | None:
        """Find a file by the letters of the address of the site and its number, from 1.

        None if there is no such file.
        """
        address, number = key
        outlines, counts = self._counts()
        most = counts.most(address)
        start, end = (number - 1) * most, number * most
        if start >= counts.total:
            return None
        ends = counts.ends
        first, last = bisect_right(ends, start), bisect_left(ends, end)
        before = ends[first - 1] if first else 0
        found = outlines[max(first - 1, 0) : last]
        keys = services(self._app).index.keys
        digest = digest_of(repr([keys(each.slug) for each in found]).encode())
        return Section(number, start - before, most, found, digest)

    def _counts(self) -> tuple[tuple[Outline, ...], _Counts]:
        """Count the pages of all stories, once."""
        found = services(self._app)
        outlines, further = found.index.all(), shelf_part(1, found.lists.total).further
        tags = len(found.library.languages())
        shelves = (1 + len(further)) * tags
        counted = self._counted
        if counted is None or counted[0] is not outlines or counted[1] != shelves:
            counts = _Counts.of(self._app.url_map, outlines, shelves, tags)
            counted = self._counted = outlines, shelves, counts
        return counted[0], counted[2]


@dataclass(frozen=True, slots=True)
class _Counts:
    """The number of pages: ``ends`` has the running total at each story, shelves included.

    ``longest`` is the number of letters of the longest slug, ``tags`` that of languages.
    """

    ends: array[int]
    longest: int
    tags: int

    @classmethod
    def of(cls, url_map: Map, outlines: Sequence[Outline], shelves: int, tags: int) -> _Counts:
        """Count the pages of stories."""
        totals = {each.total for each in outlines}
        pages = {total: sum(1 for _ in pages_of(url_map, total)) for total in totals}
        sizes = (pages[each.total] * len(each.languages) for each in outlines)
        longest = max((len(each.slug) for each in outlines), default=0)
        return cls(array("q", accumulate(sizes, initial=shelves)), longest, tags)

    @property
    def total(self) -> int:
        """The number of all pages."""
        return self.ends[-1]

    def most(self, address: int) -> int:
        """Count the addresses in one file, limited by their number and size."""
        line = address + self.longest + PLACE_BYTES + LINE_BYTES
        most = paging.BYTES_PER_SITEMAP // (self.tags + 2) // line
        return max(1, min(paging.ADDRESSES_PER_SITEMAP, most))


def entries(section: Section) -> Iterator[Entry]:
    """Yield the pages of a file, the shelves first."""
    shelves = _shelves() if section.number == 1 else iter(())
    pages = chain(shelves, chain.from_iterable(map(_pages, section.outlines)))
    yield from islice(pages, section.skipped, section.skipped + section.most)


def _shelves() -> Iterator[Entry]:
    tags = library().languages()
    pages: list[tuple[str, dict[str, int]]] = [("slides.shelf", {})]
    pages += [
        ("slides.further", {"number": number})
        for number in shelf_part(1, services().lists.total).further
    ]
    for endpoint, values in pages:
        shelves = {tag: _path(endpoint, language=tag, **values) for tag in tags}
        for tag in tags:
            yield Entry(tag, shelves, SOURCE_LANGUAGE)


def _pages(outline: Outline) -> Iterator[Entry]:
    changed = dict(zip(outline.languages, outline.changed, strict=True))
    with apart():  # the section has a digest of them
        keys = services().index.keys(outline.slug)
    for endpoint, values in pages_of(current_app.url_map, outline.total):
        addresses = {
            tag: _address(outline.slug, tag, endpoint, values, keys.get(tag, ()))
            for tag in outline.languages
        }
        for tag in addresses:
            yield Entry(tag, addresses, outline.languages[0], changed[tag].isoformat())


def _address(
    slug: str, tag: str, endpoint: str, values: dict[str, int], keys: Sequence[str]
) -> str:
    where: dict[str, Any] = {**values}
    if position := values.get("slide"):
        where["slide"] = Place(position, keys[position - 1] if position <= len(keys) else "")
    return _path(endpoint, language=tag, slug=slug, **where)


def _path(endpoint: str, **values: Any) -> str:
    """Build the absolute address of a page; unlike ``url_for``, don't cache it."""
    return absolute(current_app.url_map.bind("", request.root_path).build(endpoint, values))


def of(app: Flask) -> Sitemap:
    """Return the sitemap of an app."""
    found: Sitemap = app.extensions[NAME]
    return found


def section(number: int) -> Section | None:
    """Find a file of the current app's sitemap by its number, from 1; None if there is none."""
    return of(current_app).section.get((_address_letters(), number))


def parts() -> range:
    """Return the numbers of the files in the index: none if one file is enough for all pages."""
    needed = of(current_app).parts(_address_letters())
    return range(1, needed + 1) if needed > 1 else range(0)


def _address_letters() -> int:
    return len(absolute(url_for("slides.start")))
