"""Tracked changes and comments, which stay out of the article and are counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from slideshow.commands.importing.pandoc.passes import COMMENT, DELETION, INSERTION
from slideshow.commands.importing.readers.archives import Archive
from slideshow.commands.importing.readers.xml import part_of

ODT = {"annotation": COMMENT, "deletion": DELETION, "insertion": INSERTION}
RTF_DELETED = re.compile(rb"\{(?:\\[a-z]+-?\d* ?)*\\deleted\b(?!0)")
RTF_INSERTED = re.compile(rb"\{(?:\\[a-z]+-?\d* ?)*\\revised\b(?!0)")
RTF_BRACE = re.compile(rb"\\.|[{}]", re.DOTALL)


def in_odt(archive: Archive) -> Counter[str]:
    """Count the revisions in an ODT document, which Pandoc leaves out in silence."""
    root = part_of(archive, "content.xml")
    names = root.iter(*(f"{{*}}{name}" for name in ODT)) if root is not None else ()
    return Counter(ODT[each.tag.rpartition("}")[2]] for each in names)


def accepted_in_rtf(data: bytes) -> tuple[bytes, Counter[str]]:
    """Remove the deletions, which Pandoc strikes through, and count the revisions."""
    counts = Counter({
        INSERTION: len(RTF_INSERTED.findall(data)),
        COMMENT: data.count(rb"{\*\annotation"),
    })  # fmt: skip
    kept, end = [], 0
    for start, stop in _deleted(data):
        counts[DELETION] += 1
        kept.append(data[end:start])
        end = stop
    return b"".join([*kept, data[end:]]), counts


def _deleted(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each deleted group."""
    end = 0
    while found := RTF_DELETED.search(data, end):
        depth, end = 0, len(data)
        for brace in RTF_BRACE.finditer(data, found.start()):
            depth += {b"{": 1, b"}": -1}.get(brace[0], 0)
            if depth == 0:
                end = brace.end()
                break
        yield found.start(), end
