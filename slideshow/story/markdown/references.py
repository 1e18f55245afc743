"""The references of an article that lead nowhere: links to anchors, footnotes, link labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from urllib.parse import unquote

from slideshow.errors import Problem, shortened
from slideshow.story.markdown.blocks import loose_links_in
from slideshow.story.markdown.inlines import NOTE
from slideshow.story.markdown.tags import without_code
from slideshow.story.model import Slide, Text
from slideshow.story.showing import Showing

_ANCHOR_LINK = re.compile(r"\]\(#([^)\s]+)\)")


def unresolved(
    slides: Sequence[Slide], anchors: Mapping[str, int], notes: Mapping[str, int]
) -> Iterator[Problem]:
    """Yield a problem for each reference that leads nowhere, each once.

    ``anchors`` and ``notes`` are those of the article, by name.
    """
    yield from _dead_links(slides, anchors)
    yield from _without_note(slides, notes)
    yield from _without_address(slides)


def _dead_links(slides: Sequence[Slide], anchors: Mapping[str, int]) -> Iterator[Problem]:
    """Yield a problem for each link to an anchor that no slide has, each once."""
    seen = set()
    for slide in slides:
        for text in slide.texts():
            for name in _ANCHOR_LINK.findall(text.value):
                is_dead = unquote(name).lower() not in anchors and name not in seen
                if is_dead and f"#{name}" in _addresses(text):
                    seen.add(name)
                    yield Problem(
                        f"the link to #{shortened(name)} leads nowhere",
                        "name a headline of the article",
                        text.line,
                    )


def _addresses(text: Text) -> set[str]:
    """Collect the addresses of the links of a text; code may only look like a link."""
    found: set[str] = set()

    def note(address: str) -> str:
        found.add(address)
        return address

    text.html(Showing(text.language, address=note))
    return found


def _without_note(slides: Sequence[Slide], notes: Mapping[str, int]) -> Iterator[Problem]:
    """Yield a problem for each reference to a footnote that is not there."""

    def references(text: Text) -> Iterable[str]:
        return NOTE.findall(without_code(text.value)) if "[^" in text.value else ()

    for name, line in _named_in_prose(slides, references):
        if name not in notes:
            yield Problem(
                f"the footnote [^{shortened(name)}] has no text",
                f"write a line [^{shortened(name)}]: with the text",
                line,
            )


def _without_address(slides: Sequence[Slide]) -> Iterator[Problem]:
    """Yield a problem for each reference link without an address."""
    for name, line in _named_in_prose(slides, lambda text: loose_links_in(text.value)):
        yield Problem(
            f"the link to [{shortened(name)}] has no address",
            f"write a line [{shortened(name)}]: with the address",
            line,
        )


def _named_in_prose(
    slides: Sequence[Slide], names_in: Callable[[Text], Iterable[str]]
) -> Iterator[tuple[str, int]]:
    """Yield each name that texts other than code have, once, with the line of its first text."""
    found: dict[str, int] = {}
    for slide in slides:
        for text in slide.texts():
            for name in names_in(text) if text.markup.is_prose else ():
                found.setdefault(name, text.line)
    yield from found.items()
