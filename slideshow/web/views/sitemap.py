"""What search engines crawl by: robots.txt, and every page in every language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, url_for

from slideshow.library.outlines import Outlines
from slideshow.story.languages import SOURCE_LANGUAGE
from slideshow.web.head import absolute
from slideshow.web.lookup import library
from slideshow.web.paging import Part
from slideshow.web.streaming import streamed
from slideshow.web.views import shelf
from slideshow.web.views.slides import LONGEST_CONTENTS

# What sitemaps.org allows one file.
MOST_ADDRESSES = 50_000
MOST_BYTES = 50_000_000
LINE = 80  # bytes around an address, at most

blueprint = Blueprint("sitemap", __name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the sitemap: the end of its address, after what its twins start with.

    ``roots`` are those starts, absolute, by language; ``default`` is the language for readers
    of no other, ``changed`` a date in ISO 8601 or None.
    """

    language: str
    roots: dict[str, str]
    default: str
    end: str = ""
    changed: str | None = None


class Sitemap:
    """Every page of the site, as they are asked for: nothing but counts is held."""

    @cached_property
    def most(self) -> int:
        """Give the number of addresses that one file may hold, by their number and size."""
        longest = max(map(len, library().slugs()), default=0)
        address = len(absolute(url_for("slides.start"))) + longest + 60
        return min(
            MOST_ADDRESSES, MOST_BYTES // (len(library().languages()) + 2) // (address + LINE)
        )

    @cached_property
    def parts(self) -> int:
        """Give the number of files that it takes."""
        return -(-sum(1 for _ in self.entries()) // self.most)

    def part(self, number: int) -> Iterator[Entry]:
        """Give the pages of one file, counted from 1; none if one file holds the whole site."""
        if number == 1 and next(self.part(2), None) is None:
            return iter(())
        return islice(self.entries(), (number - 1) * self.most, number * self.most)

    def entries(self) -> Iterator[Entry]:
        """Give every page, the shelves first."""
        tags = library().languages()
        shelves = {tag: absolute(url_for("slides.shelf", language=tag)) for tag in tags}
        further = (f"page-{number}.html" for number in shelf.part_of(1).further)
        for end in ("", *further):
            for tag in tags:
                yield Entry(tag, shelves, SOURCE_LANGUAGE, end)
        outlines: Outlines = current_app.extensions["outlines"]
        for story in outlines:
            roots = {tag: _cover(story.slug, tag) for tag in story.languages}
            changed = story.updated.isoformat()
            contents = Part(1, story.total, LONGEST_CONTENTS).further
            ends = ("", "all/", *(f"contents-{number}.html" for number in contents))
            for end in (*ends, *(f"{position}/" for position in range(1, story.total + 1))):
                for tag in roots:
                    yield Entry(tag, roots, story.languages[0], end, changed)


@blueprint.get("/sitemap.xml")
def whole() -> Response:
    """Give every page, or where one file cannot hold them an index of the files that do."""
    sitemap = Sitemap()
    if sitemap.parts > 1:
        parts = range(1, sitemap.parts + 1)
        addresses = [absolute(url_for("sitemap.part", number=number)) for number in parts]
        return _xml("sitemap_index.xml", addresses=addresses)
    return _xml("sitemap.xml", entries=sitemap.entries())


@blueprint.get("/sitemap-<position:number>.xml")
def part(number: int) -> Response:
    """Give one of the files in the index."""
    sitemap = Sitemap()
    if next(sitemap.part(number), None) is None:
        abort(404)
    return _xml("sitemap.xml", entries=sitemap.part(number))


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Let every robot in, and tell it where the sitemap is."""
    text = render_template("robots.txt", sitemap=absolute(url_for("sitemap.whole")))
    return Response(text, mimetype="text/plain")


def _cover(slug: str, language: str) -> str:
    return absolute(url_for("slides.cover", language=language, slug=slug))


def _xml(template: str, **context: Any) -> Response:
    response = streamed(template, "application/xml", **context)
    response.cache_control.no_store = True  # it may be large
    return response
