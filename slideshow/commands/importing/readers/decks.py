"""Decks in Markdown: Marp, reveal-md, Slidev and remark. Speaker notes become comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slideshow.commands.importing.article import Imported, name_for_file
from slideshow.commands.importing.pictures import Find, Pictures
from slideshow.errors import SlideshowError
from slideshow.story.frontmatter import details_of, language_of, read_front_matter
from slideshow.story.limits import Limits

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
FENCED = re.compile(r"(^ {0,3}(?:```|~~~).*?^ {0,3}(?:```|~~~)[ \t]*$)", re.S | re.M)
CUT = re.compile(r"^(-{3,4}|\*\*\*|___)[ \t]*$")
VERTICAL = re.compile(r"^--[ \t]*$")
PROPERTY = re.compile(r"^[A-Za-z][\w-]*:(\s|$)")
REMARK = re.compile(r"^(class|name|layout|template|background-image|count|exclude|background-\w+):")
DIRECTIVE = re.compile(
    r"<!--\s*(\.(slide|element)\b.*?|_?(class|paginate|header|footer|theme|size|style|math|"
    r"headingDivider|color|background\w*|backgroundColor)\s*:.*?|fit)\s*-->",
    re.S,
)
NOTE = re.compile(r"^(Notes?:|\?\?\?)[ \t]*(.*)\Z", re.S | re.M)
COMPONENT = re.compile(r"</?(v-[\w-]+|div|section|span|center|style|script|[A-Z]\w*)\b[^>]*>")
BLOCK = re.compile(r"<(style|script)\b.*?</\1>", re.S)
BOXED = re.compile(r"\.[\w.-]+\[((?:[^\[\]]|\[[^\[\]]*\])*)\]")
HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
PICTURE = re.compile(r"!\[([^\]]*)\]\(\s*<?([^\s)>]+)>?((?:\s+\"[^\"]*\")?)\s*\)")
MARP_WORDS = re.compile(
    r"^(bg|left|right|fit|cover|contain|auto|vertical|(left|right|w|h|width|height|blur|brightness|"
    r"contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia)(:\S*)?|\d+%)$"
)


def read_deck(data: bytes, name: str, path: str, find: Find) -> Iterator[Imported]:
    """Yield the article in a Markdown deck: a headline per slide that has one.

    Raises SlideshowError for a file without text.
    """
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise SlideshowError("not UTF-8 text", "save it in UTF-8", path=path) from error
    tag = language_of(text)
    matter = read_front_matter(text, Limits())
    details = details_of(matter, "", [])
    text = matter.body
    slides = [_cleaned(slide) for slide in _cut(text)]
    given = matter.values.get("title", ("", 0))[0]
    title, slides = _titled([slide for slide in slides if slide.strip()], given)
    slug = name_for_file(name)
    pictures = Pictures(slug, find)
    body = "\n\n".join(_with_pictures(each, pictures) for each in slides).strip()
    if not body:
        raise SlideshowError("no text in it", "check that it is the right file", path=path)
    kept: dict[str, object] = {
        "author": details.author,
        "date": details.date,
        "description": details.description,
        "tags": list(details.tags),
        "draft": details.is_draft,
        "lang": tag or "",
    }
    problems = tuple(pictures.problems)
    yield Imported(slug, title or name, body, kept, tuple(pictures.files), problems)


def _cut(text: str) -> Iterator[str]:
    """Yield the slides of a deck, without the properties that Slidev writes above one."""
    lines: list[str] = []
    parts: list[str] = []
    for line, is_code in _lines(text):
        if not is_code and (CUT.match(line) or VERTICAL.match(line)):
            parts.append("\n".join(lines))
            lines = []
        else:
            lines.append(line)
    for part in [*parts, "\n".join(lines)]:
        if not _is_properties(part):
            yield part


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each line, and whether it is code between fences."""
    fence = ""
    for line in text.split("\n"):
        mark = FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        yield line, bool(fence)


def _is_properties(part: str) -> bool:
    lines = [line for line in part.split("\n") if line.strip()]
    return bool(lines) and all(PROPERTY.match(line) or line[0] in " \t" for line in lines)


def _cleaned(slide: str) -> str:
    """Strip the layout from a slide's Markdown, and move speaker notes to a final comment."""
    lines = slide.strip().split("\n")
    while lines and REMARK.match(lines[0]):
        lines = lines[1:]
    pieces = FENCED.split("\n".join(lines))
    text = "".join(piece if number % 2 else _plain(piece) for number, piece in enumerate(pieces))
    notes = ""
    if found := NOTE.search(text):
        notes = found[2].strip().replace("--", "—")
        text = text[: found.start()]
    return f"{text.strip()}\n\n<!-- {notes} -->" if notes else text.strip()


def _plain(text: str) -> str:
    text = COMPONENT.sub("", BLOCK.sub("", DIRECTIVE.sub("", text)))
    return BOXED.sub(r"\1", text)


def _titled(slides: list[str], title: str) -> tuple[str, list[str]]:
    """Find a deck's title, and its slides with their headlines at level 2.

    ``title`` is that of the front matter, or empty.
    """
    levels = [len(match[1]) for slide in slides if (match := HEADING.match(slide.split("\n")[0]))]
    first = HEADING.match(slides[0].split("\n")[0]) if slides else None
    if first and (not title or first[2] == title):
        title = first[2]
        slides = [slides[0].partition("\n")[2], *slides[1:]]
        levels = levels[1:]
    top = min(levels, default=2)
    is_deck = len([slide for slide in slides if slide.strip()]) > 1
    return title, [_levelled(slide, top, is_deck) for slide in slides]


def _levelled(slide: str, top: int, is_deck: bool) -> str:
    """Make a slide's first heading its headline, and put the others below it.

    Articles other than decks keep the hierarchy of their headings, with the highest at level 2.
    """
    lines, seen = [], False
    for line, is_code in _lines(slide):
        if not is_code and (heading := HEADING.match(line)):
            shifted = min(6, len(heading[1]) + 2 - top)
            level = (max(3, shifted) if seen else 2) if is_deck else shifted
            line, seen = f"{'#' * level} {heading[2]}", True
        lines.append(line)
    return "\n".join(lines)


def _with_pictures(slide: str, pictures: Pictures) -> str:
    def placed(match: re.Match[str]) -> str:
        words = [word for word in match[1].split() if not MARP_WORDS.match(word)]
        name = pictures.name_of(match[2])
        return f"![{' '.join(words)}]({name}{match[3]})" if name else " ".join(words)

    return PICTURE.sub(placed, slide)
