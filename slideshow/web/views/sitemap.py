"""The files for crawlers: robots.txt, and a sitemap of every page in every language."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, islice
from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for

from slideshow.library.index.outline import Outline
from slideshow.story.keys import Place
from slideshow.story.languages import SOURCE_LANGUAGE
from slideshow.web import paging, shelf
from slideshow.web.head import absolute
from slideshow.web.lookup import library
from slideshow.web.paging import PageCounts
from slideshow.web.routing import pages_of
from slideshow.web.services import services

PLACE_BYTES = 100  # of a language and a slide in an address, most often
LINE_BYTES = 80  # around an address, at most

blueprint = Blueprint("sitemap", __name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the sitemap, with its absolute address in each language.

    ``default`` is the language for readers of any other, ``changed`` a date in ISO 8601 or None.
    """

    language: str
    addresses: dict[str, str]
    default: str
    changed: str | None = None


class Sitemap:
    """Every page of the site, in parts that are built on request."""

    def __init__(self) -> None:
        self._tags = library().languages()
        self._further = shelf.part_of(1).further
        self._index = services().index
        self._counts = services().page_counts.get(None, self._counted)

    @cached_property
    def most(self) -> int:
        """The number of addresses in one file, limited by their number and size."""
        address = len(absolute(url_for("slides.start"))) + self._counts.longest + PLACE_BYTES
        most = paging.BYTES_PER_SITEMAP // (len(self._tags) + 2) // (address + LINE_BYTES)
        return max(1, min(paging.ADDRESSES_PER_SITEMAP, most))

    @property
    def parts(self) -> int:
        """The number of files needed."""
        return -(-self._counts.total // self.most)

    def part(self, number: int) -> Iterator[Entry]:
        """Yield the pages of one file, counted from 1, the shelves first."""
        start = (number - 1) * self.most
        ends = self._counts.ends
        first = bisect_right(ends, start)
        before = ends[first - 1] if first else 0
        stories = self._index.all()[max(first - 1, 0) :]
        shelves = self._shelves() if first == 0 else iter(())
        pages = chain(shelves, chain.from_iterable(map(_pages, stories)))
        yield from islice(pages, start - before, start - before + self.most)

    def _counted(self) -> PageCounts:
        outlines = self._index.all()
        pages = {
            total: sum(1 for _ in pages_of(total)) for total in {each.total for each in outlines}
        }
        sizes = (pages[each.total] * len(each.languages) for each in outlines)
        shelves = (1 + len(self._further)) * len(self._tags)
        longest = max(map(len, library().slugs()), default=0)
        return PageCounts(array("q", accumulate(sizes, initial=shelves)), longest)

    def _shelves(self) -> Iterator[Entry]:
        pages: list[tuple[str, dict[str, int]]] = [("slides.shelf", {})]
        pages += [("slides.further", {"number": number}) for number in self._further]
        for endpoint, values in pages:
            shelves = {tag: _path(endpoint, language=tag, **values) for tag in self._tags}
            for tag in self._tags:
                yield Entry(tag, shelves, SOURCE_LANGUAGE)


def _pages(outline: Outline) -> Iterator[Entry]:
    changed = dict(zip(outline.languages, outline.changed, strict=True))
    keys = services().index.keys(outline.slug)
    for endpoint, values in pages_of(outline.total):
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


@blueprint.get("/sitemap.xml")
def whole() -> Response:
    """Serve every page, or an index of several files if there are too many for one."""
    sitemap = Sitemap()
    if sitemap.parts > 1:
        parts = range(1, sitemap.parts + 1)
        addresses = [absolute(url_for("sitemap.part", number=number)) for number in parts]
        return _xml("sitemap_index.xml", addresses=addresses)
    return _xml("sitemap.xml", entries=sitemap.part(1))


@blueprint.get("/sitemap-<position:number>.xml")
def part(number: int) -> Response:
    """Serve one of the files in the index."""
    sitemap = Sitemap()
    if not 1 < sitemap.parts >= number:
        abort(404)
    return _xml("sitemap.xml", entries=sitemap.part(number))


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Allow every robot, and point it to the sitemap."""
    text = render_template("robots.txt", sitemap=absolute(url_for("sitemap.whole")))
    return Response(text, mimetype="text/plain")


def _xml(template: str, **context: Any) -> Response:
    return Response(render_template(template, **context), mimetype="application/xml")
