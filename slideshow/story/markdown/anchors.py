"""Anchors that an author set in HTML, such as ``<a name="tides"></a>`` above a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from slideshow.story.markdown.source import Source
from slideshow.story.model import Slide

_NAMED = re.compile(r"<[a-z][^<>]*?\s(?:id|name)=[\"']?([\w.:-]+)", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def anchors_in(source: Source, slides: Sequence[Slide]) -> Iterator[tuple[str, int]]:
    """Yield the anchors in the HTML of an article, with the positions of their slides.

    An anchor alone on its line belongs to the text below it.
    """
    starts = [slide.line for slide in slides]
    waiting: list[str] = []
    for line, number in zip(source.lines, source.numbers, strict=True):
        waiting += _NAMED.findall(line) if "<" in line else ()
        if waiting and _TAG.sub("", line).strip():
            position = max(1, bisect_right(starts, number))
            yield from ((name.lower(), position) for name in waiting)
            waiting = []
