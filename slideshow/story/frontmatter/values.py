"""A value of front matter, in any format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Value:
    """A value exactly as written, and its line.

    ``items`` are the values of a list; ``fields`` are those of a mapping, by name.
    """

    text: str = ""
    line: int = 0
    items: tuple[Value, ...] = ()
    fields: Mapping[str, Value] = field(default_factory=dict)

    def texts(self, *names: str) -> Iterator[str]:
        """Yield the texts of the value, or of the first of ``names`` in each mapping."""
        if self.text:
            yield self.text
        for item in self.items:
            yield from item.texts(*names)
        found = (self.fields[name] for name in names if name in self.fields)
        if (named := next(found, None)) is not None:
            yield from named.texts(*names)

    def parts(self) -> Iterator[Value]:
        """Yield the value and every value within it."""
        yield self
        for value in (*self.items, *self.fields.values()):
            yield from value.parts()


def plain_name(name: str) -> str:
    """Normalise a name: Last_Modified-at becomes lastmodifiedat."""
    return name.strip().lower().replace("_", "").replace("-", "")
