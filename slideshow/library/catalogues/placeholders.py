"""The ``%(name)s`` placeholders in the messages of the interface."""

from __future__ import annotations

import re
from collections.abc import Mapping

PLACEHOLDER = re.compile(r"%(?:%|\((\w+)\)s)")


def names_in(text: str) -> set[str]:
    """Find the names of the placeholders in a message."""
    return {name for name in PLACEHOLDER.findall(text) if name}


def fill(text: str, values: Mapping[str, object]) -> str:
    """Put ``values`` into a message.

    Raises ValueError for a message with any other use of ``%`` than ``%(name)s`` and ``%%``: a
    width of ten digits would fill the memory. Raises KeyError for an unknown name.
    """
    if "%" in PLACEHOLDER.sub("", text):
        raise ValueError(text)
    return text % values


def fault_in(translation: str, *sources: str) -> str:
    """Return the reason why a translation cannot be filled, or an empty string."""
    known = set().union(*map(names_in, sources))
    if not known:
        return ""
    if unknown := sorted(names_in(translation) - known):
        return f"%({unknown[0]})s is not in the source"
    rest = PLACEHOLDER.sub("", translation)
    return f"{rest[rest.index('%') :][:20]!r} is none; a percent sign is %%" if "%" in rest else ""
