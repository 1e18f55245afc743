"""Plain text, as newsrooms paste it, parsed into a story.

The first line is the title; a text that starts with a paragraph is named after its file. The
contents may follow: a block whose lines are all repeated below; the first headline may follow it
without a blank line. Without contents, the headlines are the short lines between blank ones, and
the text above the first is the lead. Without headlines, each slide gets as many paragraphs as are
comfortable to read. Paragraphs may be wrapped, or on one line each. No-break spaces belong to the
text and are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile, pairwise

from slideshow.errors import ArticleError, Problem
from slideshow.story.dividing import MAX_LEAD_LETTERS, grouped, parted
from slideshow.story.elsewhere import elsewhere
from slideshow.story.formats.format import Format
from slideshow.story.frontmatter import FrontMatter, details_of, language_of, read_front_matter
from slideshow.story.limits import Limits
from slideshow.story.model import Block as StoryBlock
from slideshow.story.model import Slide, Story, Text
from slideshow.story.plaintext.contents import Parts, by_contents
from slideshow.story.plaintext.headlines import BYLINE, by_headlines
from slideshow.story.plaintext.lines import (
    EAST_ASIAN,
    Block,
    Line,
    blocks_of,
    is_full,
    joined,
    lines_of,
    paragraphs_of,
    wrap_width,
)
from slideshow.story.plaintext.pictures import figure_of
from slideshow.story.titles import title_of_slug

MAX_LINES_BESIDE_TITLE = 3  # right below the title that belong to it, such as the author's name
# The line above the title of a press release.
KICKER = re.compile(
    r"(?:for )?immediate release|(?:press|news|media) release|communiqué(?: de presse)?"
    r"|pressemitteilung|comunicado(?: de prensa)?|nota de prensa|comunicato stampa|persbericht",
    re.IGNORECASE,
)
FENCES = ("---", "+++")  # the start of front matter
MAX_TITLE_CHARACTERS = 160  # a longer title is a paragraph
# The line above a speech or a letter.
SALUTATION = re.compile(
    r"(?:(?:my |your |right )*(?:dear|members|mr|mrs|ms|madam|sir|ladies|gentlemen|friends|fellow"
    r"|colleagues|honou?rable|excellency|excellencies|majesty|majesties)"
    r"|monsieur|madame|mesdames|messieurs|(?:mes )?ch(?:er|ère)s?|(?:sehr )?geehrte[rns]?"
    r"|meine damen|liebe[rs]?|estimad[oa]s?|querid[oa]s?|señor(?:as?|es)?|senhor(?:as?|es)?"
    r"|car[oaie]|prezad[oa]s?|signor[aei]?|gentil[ei]|egregi[oa]?|geachte|beste|dames"
    r"|szanown[iaey]|уважаемые|дорогие|шановні)\b.*[,:]"
    r"|(?:各位|尊敬|亲爱|親愛|女士|敬爱|拝啓|أيها|السيد|سيداتي).*[,:，：،]",
    re.IGNORECASE,
)


def parse_plaintext(source: str, slug: str, language: str, limits: Limits | None = None) -> Story:
    """Parse a plain-text article into a story.

    ``language`` is the tag of the article's language. Raises ArticleError, with the line, for a
    text without words or with nothing but a title, or one that exceeds ``limits``.
    """
    limits = limits or Limits()
    matter = read_front_matter(source, limits) if _is_fenced(source) else FrontMatter({}, source, 0)
    problems: list[Problem] = []
    details = details_of(matter, language, problems)
    is_cut = limits.is_comfortable if details.is_cut is None else details.is_cut
    lines = list(dropwhile(lambda line: line.is_blank, lines_of(matter.body, matter.lines + 1)))
    if not lines:
        raise ArticleError("the article is empty", "write a title in its first line", line=1)
    title, parts = _divided(lines, _given_title(matter, lines), slug, problems)
    named = Text(title.value, language, title.number)
    lead = tuple(_blocks(parts.lead, language, problems))
    slides: list[Slide] = []
    for line, below in parts.slides:
        section = [*_blocks(below, language, problems)]
        groups = [*_comfortable(section)] if is_cut else [section]
        slides += parted(Text(line.value, language, line.number), groups)
    if not slides:
        slides = [Slide(None, tuple(group)) for group in _comfortable(lead)]
        lead = ()
    elif any(block.figures for block in lead) or sum(map(_length, lead)) > MAX_LEAD_LETTERS:
        slides.insert(0, Slide(named, lead))
        lead = ()
    if not slides:
        raise ArticleError("no slides found", "write the text below the title", line=title.number)
    story = Story(
        slug=slug,
        title=named,
        slides=tuple(slides),
        lead=lead,
        language=language,
        source_language=language,
        details=details,
        problems=tuple(problems),
    )
    limits.apply_to(story)
    return story


def _divided(
    lines: Sequence[Line], given: Line | None, slug: str, problems: list[Problem]
) -> tuple[Line, Parts]:
    """Divide a text into its title, unless that is given, and its parts."""
    if parts := by_contents(blocks_of(lines[not given :]), problems):
        return given or lines[0], parts
    if given:
        return given, by_headlines(paragraphs_of(blocks_of(lines)))
    title, above, below = _titled(lines, slug)
    return title, by_headlines([*above, *below], len(above))


def _blocks(
    blocks: Sequence[Block], language: str, problems: list[Problem]
) -> Iterator[StoryBlock]:
    """Yield the paragraphs of a section, and the figures and films that they name."""
    for block in paragraphs_of(blocks):
        if block[0].is_picture:
            yield from figure_of(block, language, problems)
        else:
            text = Text(joined(block), language, block[0].number)
            yield elsewhere(text) or text


def _is_fenced(source: str) -> bool:
    """Check whether a text starts with front matter, between lines of signs."""
    return source.removeprefix("\ufeff").startswith(FENCES)


def _given_title(matter: FrontMatter, lines: Sequence[Line]) -> Line | None:
    """Return the title in the front matter, unless it is the first line of the text too."""
    value, number = matter.values.get("title", ("", 0))
    title = " ".join(value.split())
    return Line(title, number) if title and title != lines[0].value else None


def _comfortable(blocks: Sequence[StoryBlock]) -> Iterator[list[StoryBlock]]:
    """Yield the paragraphs of a section in parts that are comfortable to read."""
    yield from grouped(blocks, [*map(_length, blocks)])


def _language_of(source: str, limits: Limits) -> str | None:
    """Return the tag of the language that the front matter of a text names."""
    return language_of(source, limits) if _is_fenced(source) else None


def _titled(lines: Sequence[Line], slug: str) -> tuple[Line, list[Block], list[Block]]:
    """Divide a text into its title, the lines that belong to it, and the paragraphs below."""
    blocks = blocks_of(lines)
    beside: list[Block] = []
    if len(blocks) > 1 and len(blocks[0]) == 1 and KICKER.fullmatch(blocks[0][0].value):
        beside, blocks = blocks[:1], blocks[1:]
    first = paragraphs_of(blocks)[0]
    is_wrapped = any(line.value[0].islower() for line in first[1:])
    line = joined(first if is_wrapped else first[:1])
    is_salutation = len(blocks) > 1 and SALUTATION.fullmatch(joined(blocks[0]))
    if len(line) > MAX_TITLE_CHARACTERS or is_salutation:
        return Line(title_of_slug(slug), first[0].number), beside, paragraphs_of(blocks)
    width = wrap_width(blocks[1:])  # a title has a width of its own
    titles = [first[0]]
    for above, below_it in pairwise(first):
        is_filled = width > 0 and is_full(above, below_it, width)
        is_forced = below_it.value[0].islower() or is_filled
        if not is_forced or BYLINE.match(below_it.value):
            break
        titles.append(below_it)
    title = Line(joined(titles), first[0].number)
    rest, below = blocks[0][len(titles) :], blocks[1:]
    if below and len(rest) <= MAX_LINES_BESIDE_TITLE:
        return title, [*beside, *([line] for line in rest)], paragraphs_of(below)
    return title, beside, paragraphs_of([rest, *below] if rest else below)


def _length(block: StoryBlock) -> int:
    """Count the letters of a block; Chinese and Japanese ones count twice."""
    value = block.plain()
    return len(value) + len(EAST_ASIAN.findall(value))


FORMAT = Format((".txt", ".text"), parse_plaintext, _language_of)
