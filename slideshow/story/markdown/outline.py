"""The outline of a Markdown article: the title's heading, and those that start slides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slideshow.story.dividing import grouped
from slideshow.story.markdown.articles import Article
from slideshow.story.markdown.nodes import Node
from slideshow.story.markdown.scripts import is_east_asian


@dataclass(frozen=True, slots=True)
class Outline:
    """The title's node, if a heading is the title, and the nodes that start slides."""

    title: Node | None
    headlines: tuple[Node, ...]


def outline_of(article: Article, title: str) -> Outline:
    """Find the outline of an article; ``title`` is that of the front matter, or empty."""
    headings = article.headings()
    first = _title(article, headings, title)
    rest = [node for node in headings if node is not first]
    if not rest:
        return Outline(first, ())
    top = min(node.rank for node in rest)
    ranks = {top}
    deeper = [node.rank for node in rest if node.rank > top]
    is_alone = sum(node.rank == top for node in rest) == 1 and rest[0].rank == top
    is_chapter = first is not None and first.rank == top and rest[0].rank > top
    if deeper and ((is_alone and title) or is_chapter):
        ranks.add(min(deeper))
    return Outline(first, tuple(node for node in rest if node.rank in ranks))


def _title(article: Article, headings: Sequence[Node], title: str) -> Node | None:
    """Find the title's heading; if the front matter has a title, only one that repeats it."""
    if not headings:
        return None
    first = headings[0]
    comes_first = article.nodes[0] is first
    if title:
        return first if comes_first and _folded(first.content) == _folded(title) else None
    is_only = sum(node.rank == first.rank for node in headings) == 1
    is_highest = first.rank == min(node.rank for node in headings)
    return first if comes_first or (is_only and is_highest) else None


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def divided(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Yield the nodes of each slide of an article without headings.

    Slides are divided by rules, or else after as many paragraphs as are comfortable to read.
    """
    if any(node.kind == "hr" for node in nodes):
        yield from _by_rules(nodes)
        return
    yield from grouped(nodes, [*map(length_of, nodes)])


def _by_rules(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    part: list[Node] = []
    for node in nodes:
        if node.kind != "hr":
            part.append(node)
        elif part:
            yield part
            part = []
    if part:
        yield part


def length_of(node: Node) -> int:
    """Count the letters of a node; Chinese, Japanese and Korean ones count twice."""
    texts = [token.content for token in node.tokens if token.content]
    return sum(len(text) + sum(map(is_east_asian, text)) for text in texts)
