"""Plain text, as newsrooms paste it, into a story.

The first line is the title. Then may come the contents: a block whose lines all stand again
below, into which the first headline may run without a blank line. Then headline, blank line,
paragraph, and so on. With contents a slide may have several paragraphs; without, headlines
and paragraphs alternate. The lines of a paragraph are joined by a space. No-break spaces are
part of the text and are kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from slideshow.errors import ArticleError, Problem
from slideshow.story.formats.format import Format
from slideshow.story.model import Limits, Slide, Story, Text

# Of the control characters a text holds tabs and line ends only; the rest is binary data. Half a
# surrogate pair is no character, and cannot be sent to anybody.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
LINE_END = re.compile(r"\r\n|\r|\n|\f")
TRIMMED = " \t"


@dataclass(frozen=True, slots=True)
class _Line:
    value: str
    number: int


_Block = list[_Line]


def parse_plaintext(source: str, slug: str, language: str, limits: Limits | None = None) -> Story:
    """Give the story that a plain-text article tells.

    ``language`` is the tag of the language it is written in. Raises ArticleError, with the
    line, for a text without a title or a slide, or one that exceeds ``limits``.
    """
    limits = limits or Limits()
    lines = _lines(source)
    title, rest = lines[0], lines[1:]
    contents, blocks = _split(_blocks(rest))
    problems: list[Problem] = []
    if contents:
        parts = _by_contents(contents, blocks, problems)
    else:
        parts = _alternating(blocks, problems)
    if not parts:
        raise ArticleError(
            "no slide",
            "add a headline, a blank line and its paragraph below the title",
            line=title.number,
        )
    slides = tuple(_slide(headline, paragraphs, language) for headline, paragraphs in parts)
    story = Story(
        slug=slug,
        title=Text(title.value, language, title.number),
        slides=slides,
        language=language,
        source_language=language,
        problems=tuple(problems),
    )
    limits.apply_to(story)
    return story


def title_at_head(head: str) -> str | None:
    """Return the title that a text begins with; ``head`` is its first part, cut anywhere.

    None if only a reading of the whole text tells.
    """
    line = first_line(head)
    return line and line.strip(TRIMMED)


def first_line(head: str) -> str | None:
    """Return the first line that is not blank, if the head of a text holds the whole of it."""
    try:
        lines = readable(head).split("\n")[:-1]  # the last may go on
    except ArticleError:
        return None
    return next((line for line in lines if line and not line.isspace()), None)


def readable(source: str) -> str:
    """Give a source with one kind of line end and no byte order mark.

    Raises ArticleError, with the line, for control characters, which no text holds.
    """
    refuse_controls(source, 1)
    source = source.removeprefix("\ufeff")
    return LINE_END.sub("\n", source) if "\r" in source or "\f" in source else source


def refuse_controls(text: str, line: int) -> None:
    """Raise ArticleError for a text, which starts at ``line``, with a control character."""
    if match := CONTROL.search(text):
        raise ArticleError(
            f"control character U+{ord(match[0]):04X}: not a text",
            "save the article as plain text in UTF-8",
            line=len(LINE_END.findall(text, 0, match.start())) + line,
        )


def _lines(source: str) -> list[_Line]:
    values = readable(source).split("\n")
    lines = [_Line(value.strip(TRIMMED), number) for number, value in enumerate(values, 1)]
    lines = list(dropwhile(_is_blank, lines))
    if not lines:
        raise ArticleError("the article is empty", "write a title in its first line", line=1)
    return lines


def _is_blank(line: _Line) -> bool:
    return not line.value or line.value.isspace()


def _blocks(lines: Sequence[_Line]) -> list[_Block]:
    blocks: list[_Block] = [[]]
    for line in lines:
        if not _is_blank(line):
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return blocks if blocks[-1] else blocks[:-1]


def _split(blocks: list[_Block]) -> tuple[_Block, list[_Block]]:
    """Part the contents, if the first block is one, from the blocks of the story."""
    if not blocks:
        return [], []
    first, rest = blocks[0], blocks[1:]
    entries = first
    if _runs_in(first, rest):
        entries, rest = first[:-1], [first[-1:], *rest]
    alone = {block[0].value for block in rest if len(block) == 1}
    missing = [line for line in entries if line.value not in alone]
    if not missing and (len(first) > 1 or _repeats(first, rest)):
        return entries, rest
    if len(entries) > 2 and len(missing) * 2 < len(entries):
        raise _missing(missing)
    return [], blocks


def _runs_in(first: _Block, rest: list[_Block]) -> bool:
    """Tell whether the first headline stands below the contents with no blank line between."""
    headline = first[0].value
    is_again_below = bool(rest) and _is_line(rest[0], headline)
    return len(first) > 1 and first[-1].value == headline and not is_again_below


def _missing(missing: _Block) -> ArticleError:
    others = ", ".join(str(line.number) for line in missing[1:])
    return ArticleError(
        f"{shortened(missing[0].value)!r} is in the contents but no headline below"
        + (f"; neither is line {others}" if others else ""),
        "write both the same, each in a line of its own",
        line=missing[0].number,
    )


def _repeats(first: _Block, rest: list[_Block]) -> bool:
    """Tell whether a block of one line is the contents of a story of one slide."""
    return bool(rest) and _is_line(rest[0], first[0].value)


def _is_line(block: _Block, value: str) -> bool:
    return len(block) == 1 and block[0].value == value


def _by_contents(
    contents: _Block, blocks: list[_Block], problems: list[Problem]
) -> list[tuple[_Line, list[_Block]]]:
    """Start a slide wherever the next headline of the contents stands alone."""
    spare = Counter(block[0].value for block in blocks if len(block) == 1)
    spare.subtract(entry.value for entry in contents)
    parts: list[tuple[_Line, list[_Block]]] = []
    for block in blocks:
        is_next = len(parts) < len(contents) and _is_line(block, contents[len(parts)].value)
        if is_next and parts and not parts[-1][1] and spare[block[0].value] > 0:
            # The same line stands again below: this one is the paragraph that is still due.
            spare[block[0].value] -= 1
            is_next = False
        if is_next:
            parts.append((block[0], []))
        elif parts:
            parts[-1][1].append(block)
        else:
            raise ArticleError(
                f"{shortened(block[0].value)!r} stands before the first headline",
                "give it a headline, and list that in the contents",
                line=block[0].number,
            )
    _report_missing(contents[len(parts) :])
    last = parts[-1]
    if len(last[1]) > 1 and len(last[1][-1]) == 1 and _looks_dangling(last[1][-1][0].value):
        problems.append(_dangling(last[1].pop()[0]))
    return list(_with_paragraphs(parts, problems))


def _report_missing(missing: _Block) -> None:
    if missing:
        raise ArticleError(
            f"headline {shortened(missing[0].value)!r} of the contents does not follow in order",
            "put the contents and the headlines below into the same order",
            line=missing[0].number,
        )


def _looks_dangling(value: str) -> bool:
    """Tell a last headline from a paragraph: short, and with no end of a sentence."""
    return len(value) <= 60 and value[-1] not in '.!?…»”":;)'


def _alternating(blocks: list[_Block], problems: list[Problem]) -> list[tuple[_Line, list[_Block]]]:
    parts: list[tuple[_Line, list[_Block]]] = []
    for headline, paragraph in zip(blocks[::2], blocks[1::2], strict=False):
        if len(headline) > 1:
            raise ArticleError(
                f"a headline of {len(headline)} lines: {shortened(headline[0].value)!r}",
                "put it in one line, with a blank line below; a paragraph needs a headline above",
                line=headline[0].number,
            )
        parts.append((headline[0], [paragraph]))
    if len(blocks) % 2:
        problems.append(_dangling(blocks[-1][0]))
    return parts


def _with_paragraphs(
    parts: list[tuple[_Line, list[_Block]]], problems: list[Problem]
) -> Iterator[tuple[_Line, list[_Block]]]:
    for place, (headline, paragraphs) in enumerate(parts, 1):
        if paragraphs:
            yield headline, paragraphs
        elif place == len(parts):
            problems.append(_dangling(headline))
        else:
            raise ArticleError(
                f"headline {shortened(headline.value)!r} has no paragraph",
                "write one below it, or take the headline out, of the contents too",
                line=headline.number,
            )


def _dangling(headline: _Line) -> Problem:
    return Problem(
        f"headline {shortened(headline.value)!r} has no paragraph and is left out",
        "write a paragraph below it, or remove it",
        headline.number,
    )


def _slide(headline: _Line, paragraphs: list[_Block], language: str) -> Slide:
    return Slide(
        headline=Text(headline.value, language, headline.number),
        blocks=tuple(
            Text(" ".join(line.value for line in block), language, block[0].number)
            for block in paragraphs
        ),
    )


def shortened(value: str) -> str:
    """Give a text as a message quotes it: 60 characters at most."""
    return value if len(value) <= 60 else value[:59] + "…"


FORMAT = Format((".txt", ".text"), parse_plaintext, title_at_head)
