"""The problems of constructs that other tools know, and that readers do not see."""

from __future__ import annotations

from collections.abc import Iterator

from slideshow.errors import Problem, shortened
from slideshow.story.markdown.source import Source
from slideshow.story.markdown.tags import components_of, tags_of

_LOST = {
    "tag": (
        "a template tag is left out",
        "write the words or the picture that it stands for",
    ),
    "include": ("a file is not included", "paste its text here"),
    "import": ("a line of a program is left out", "remove it"),
    "element": (
        "an element that articles may not have is left out",
        "write the address of the film, chart or map alone in a paragraph",
    ),
    "component": ("the tag of a component is left out, its content kept", "remove it"),
}


def problems_of(source: Source) -> Iterator[Problem]:
    """Yield each kind of construct that is left out, once, with a count."""
    for line, number in zip(source.lines, source.numbers, strict=True):
        for tag in tags_of(line) if number not in source.code else ():
            source.lose("tag", tag, number)
        for component in components_of(line) if number not in source.code else ():
            source.lose("component", component, number)
    for kind, count in source.lost.items():
        example, number = source.first[kind]
        times = f", {count} times" if count > 1 else ""
        message, fix = _LOST[kind]
        yield Problem(f"{message}: {shortened(example)}{times}", fix, number)
