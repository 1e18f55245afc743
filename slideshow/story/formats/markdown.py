"""Markdown articles: CommonMark and GFM with front matter and site generators' extensions.

The title is that of the front matter, else the first heading; the headings of the highest rank
below it are headlines. Text above the first headline is the lead. Without headings, rules or
paragraphs divide the article into slides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from slideshow.errors import ArticleError, Problem
from slideshow.story.dividing import MAX_LEAD_LETTERS, grouped, parted
from slideshow.story.figures import Picture, Recording, Row
from slideshow.story.formats.format import Format
from slideshow.story.frontmatter import FrontMatter, details_of, language_of, read_front_matter
from slideshow.story.limits import Limits
from slideshow.story.markdown.anchors import anchors_of
from slideshow.story.markdown.articles import Article
from slideshow.story.markdown.losses import problems_of
from slideshow.story.markdown.nodes import Node
from slideshow.story.markdown.outline import divided, length_of, outline_of
from slideshow.story.markdown.references import unresolved
from slideshow.story.markdown.reshaping import MAX_HEADING_CHARACTERS
from slideshow.story.markdown.tags import without_tags
from slideshow.story.model import Block, Slide, Story, Text
from slideshow.story.titles import title_of_slug


def parse_markdown(source: str, slug: str, language: str, limits: Limits | None = None) -> Story:
    """Parse a Markdown article into a story.

    ``language`` is the tag of the article's language. Raises ArticleError, with the line, for
    broken front matter, an article without text, or one that exceeds ``limits``.
    """
    limits = limits or Limits()
    matter = read_front_matter(source, limits)
    problems: list[Problem] = []
    details = details_of(matter, language, problems)
    article = Article(matter, language, limits, problems)
    is_cut = limits.is_comfortable if details.is_cut is None else details.is_cut
    title, lead, slides = _parts(article, matter, slug, language, is_cut)
    anchors = anchors_of(article, slides)
    problems.extend(problems_of(article.source))
    problems.extend(unresolved(slides, anchors, article.markup.notes))
    story = Story(
        slug=slug,
        title=title,
        lead=lead,
        slides=slides,
        language=language,
        source_language=language,
        anchors=anchors,
        details=details,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
    )
    if not story.slides:
        raise ArticleError(
            "no text below the title", "write the article's text there", line=max(1, title.line)
        )
    limits.apply_to(story)
    return story


def _parts(
    article: Article, matter: FrontMatter, slug: str, language: str, is_cut: bool
) -> tuple[Text, tuple[Block, ...], tuple[Slide, ...]]:
    """Divide an article into title, lead and slides."""
    given, line = matter.values.get("title", ("", 0))
    given = without_tags(" ".join(given.split())).strip()
    outline = outline_of(article, given)
    if given:
        title = Text(given, language, line, article.markup)
    elif outline.title:
        title = article.heading(outline.title).text
    else:
        title = Text(title_of_slug(slug), language, 1)
    nodes = [node for node in article.nodes if node is not outline.title]
    if not outline.headlines:
        slides = [Slide(None, blocks) for part in divided(nodes) if (blocks := _all(article, part))]
        return title, (), _with_notes(article, slides)
    headlines = set(map(id, outline.headlines))
    starts = [place for place, node in enumerate(nodes) if id(node) in headlines]
    lead = _all(article, nodes[: starts[0]])
    slides = []
    for start, end in zip(starts, [*starts[1:], len(nodes)], strict=True):
        headline = article.heading(nodes[start])
        section, rank = nodes[start + 1 : end], nodes[start].rank
        groups = [
            blocks
            for part in (_comfortable(section) if is_cut else [section])
            if (blocks := tuple(article.blocks(part, rank)))
        ]
        if headline.place and groups:
            groups[0] = _placed(groups[0], headline.place)
        if headline.text.value or groups:
            text = headline.text if headline.text.value else None
            is_paragraph = text and len(text.plain()) > MAX_HEADING_CHARACTERS
            if text and is_paragraph:  # set in large type
                groups = [(text, *blocks) for blocks in groups[:1] or [()]] + groups[1:]
                text = None
            slides += parted(text, groups, headline.identifier)
    if lead and not (slides and fits_a_cover(lead)):
        slides.insert(0, Slide(title, lead))
        lead = ()
    return title, lead, _with_notes(article, slides)


def _placed(blocks: tuple[Block, ...], place: str) -> tuple[Block, ...]:
    """Put the first figure of a slide where its headline says."""
    first = next((block for block in blocks if isinstance(block, Picture | Recording | Row)), None)
    return tuple(
        replace(first, place=place) if first and each is first else each for each in blocks
    )


def _comfortable(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Yield the nodes of a section in parts that are comfortable to read."""
    yield from grouped(nodes, [*map(length_of, nodes)], [bool(node.rank) for node in nodes])


def _all(article: Article, nodes: Sequence[Node]) -> tuple[Block, ...]:
    return tuple(article.blocks(nodes, 1))


def _with_notes(article: Article, slides: list[Slide]) -> tuple[Slide, ...]:
    """Append the unreferenced footnotes to the last slide."""
    if slides and (notes := tuple(article.left_notes())):
        slides[-1] = replace(slides[-1], blocks=(*slides[-1].blocks, *notes))
    return tuple(slides)


def fits_a_cover(lead: Sequence[Block]) -> bool:
    """Check whether a lead is a few paragraphs, short enough for the cover."""
    if not all(isinstance(block, Text) for block in lead):
        return False
    return sum(len(block.plain()) for block in lead) <= MAX_LEAD_LETTERS


FORMAT = Format((".md", ".markdown", ".mdown", ".mkd"), parse_markdown, language_of)
