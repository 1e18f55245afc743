"""The entries of a PO file, line by line, so that unchanged ones are written as they were."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.pofile import normalize

from slideshow.errors import CatalogueError

WIDTH = 80  # of rewritten lines
TEXT = re.compile(
    r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)[ \t]*)?"([^"\\]*+(?:\\.[^"\\]*+)*+)"'
)
SOURCES = ("msgid", "msgid_plural", "msgctxt")
STARTS = ("msgctxt", "msgid")  # keywords that start a message
ESCAPE = re.compile(r"\\(.)")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
KINDS = {".": "hints", ":": "places", ",": "flags", "|": "previous"}  # by the character after #


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a catalogue with its translations.

    ``strings`` has one item, or one for each plural form. ``hints`` and ``places`` come from the
    article or template, ``comments`` are the translator's; ``previous``, ``source`` and ``target``
    are lines exactly as in the file. ``line`` is that of the translation.
    """

    id: str = ""
    plural: str = ""
    context: str = ""
    strings: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    is_obsolete: bool = False
    line: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """The context and text that identify the message."""
        return self.context, self.id

    @property
    def is_header(self) -> bool:
        """Whether this is the entry that describes the catalogue."""
        return self.key == ("", "") and not self.is_obsolete

    @property
    def is_fuzzy(self) -> bool:
        """Whether the translation is waiting for review."""
        return "fuzzy" in self.flags

    @property
    def is_translated(self) -> bool:
        """Whether there is a translation, reviewed or not."""
        return bool(self.strings) and all(self.strings)

    def lines(self) -> Iterator[str]:
        """Yield the lines of the entry as written to the file."""
        yield from self.comments
        if not self.is_obsolete:
            yield from (f"#. {hint}" for hint in self.hints)
            yield from (f"#: {place}" for place in self.places)
        if self.flags:
            yield f"#, {', '.join(self.flags)}"
        mark = "#~" if self.is_obsolete else "#"
        yield from (f"{mark}| {line}" for line in self.previous)
        mark = "#~ " if self.is_obsolete else ""
        yield from (mark + line for line in (*self.source, *self.target))


@dataclass(slots=True)
class _Draft:
    """An entry that is still being read."""

    path: str
    lists: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    keyword: str = ""
    has_target: bool = False
    is_obsolete: bool = False
    line: int = 0

    def add(self, kind: str, line: str) -> None:
        self.lists.setdefault(kind, []).append(line)

    def add_text(self, keyword: str | None, text: str, line: str, number: int) -> None:
        if keyword:
            is_target = keyword.startswith("msgstr")
            if (is_target and "msgid" not in self.texts) or keyword in self.texts:
                raise _error(self.path, number, f"{keyword} where a new message must start")
            if not self.has_target:
                self.line = number
            self.keyword, self.has_target = keyword, is_target
        elif not self.keyword:
            raise _error(self.path, number, "a text without a keyword")
        self.texts.setdefault(self.keyword, []).append(_unescaped(text))
        self.add("target" if self.has_target else "source", line)

    def entry(self) -> Entry:
        if self.texts and not self.has_target:
            raise _error(self.path, self.line, "a msgid without its msgstr")
        texts = {key: "".join(parts) for key, parts in self.texts.items()}
        id, plural, context = (texts.pop(key, "") for key in SOURCES)
        if [*texts] != ["msgstr"] and [*texts] != [f"msgstr[{at}]" for at in range(len(texts))]:
            raise _error(self.path, self.line, "plural forms that are not 0, 1, 2 and so on")
        flags = ",".join(self.lists.pop("flags", ())).split(",")
        lists = {kind: tuple(lines) for kind, lines in self.lists.items()}
        return Entry(
            id,
            plural,
            context,
            tuple(texts.values()),
            flags=tuple(flag for part in flags if (flag := part.strip(" \t"))),
            is_obsolete=self.is_obsolete or not self.texts,
            line=self.line,
            **lists,
        )


def read_entries(text: str, path: str = "") -> list[Entry]:
    """Parse the entries of a PO file, including obsolete ones.

    Comments below the last entry are an obsolete entry without a text. Raises CatalogueError, with
    the line, for an invalid line or an incomplete message.
    """
    entries = []
    draft = _Draft(path)
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip(" \t\r")
        if not line:
            continue
        is_obsolete = line.startswith("#~")
        content = line[2:].lstrip(" \t") if is_obsolete else line
        match = TEXT.fullmatch(content)
        is_comment = match is None and (is_obsolete or content.startswith("#"))
        if draft.has_target and (is_comment or (match and match[1] in STARTS)):
            entries.append(draft.entry())
            draft = _Draft(path)
        if match:
            draft.is_obsolete = is_obsolete
            draft.add_text(match[1], match[2], content, number)
        elif is_comment:
            _add_comment(draft, content if is_obsolete else content[1:], line)
        else:
            raise _error(path, number, f"not a PO file: {line[:60]!r}")
    if draft.texts or "comments" in draft.lists:
        entries.append(draft.entry())
    return entries


def _add_comment(draft: _Draft, content: str, line: str) -> None:
    kind = KINDS.get(content[:1])
    if kind is None:
        draft.add("comments", line)
    elif text := content[1:].strip(" \t"):
        draft.add(kind, text)


def _unescaped(text: str) -> str:
    return ESCAPE.sub(lambda match: ESCAPES.get(match[1], match[0]), text) if "\\" in text else text


def _error(path: str, line: int, reason: str) -> CatalogueError:
    fix = "fix the line, or open the file in a PO editor"
    return CatalogueError(reason, fix, path=path, line=line)


def write_entries(entries: Sequence[Entry]) -> str:
    """Format entries as a PO file, which ``read_entries`` can parse."""
    return "\n\n".join("\n".join(entry.lines()) for entry in entries) + "\n"


def source_lines(context: str, id: str, plural: str) -> tuple[str, ...]:
    """Format the lines of the text to translate."""
    pairs = {"msgctxt": context, "msgid": id, "msgid_plural": plural}
    return tuple(
        line
        for keyword, text in pairs.items()
        if text or keyword == "msgid"
        for line in f"{keyword} {normalize(text, width=WIDTH)}".split("\n")
    )


def target_lines(strings: Sequence[str], is_plural: bool) -> tuple[str, ...]:
    """Format the lines of a translation."""
    keywords = [f"msgstr[{place}]" for place in range(len(strings))] if is_plural else ["msgstr"]
    return tuple(
        line
        for keyword, text in zip(keywords, strings, strict=True)
        for line in f"{keyword} {normalize(text, width=WIDTH)}".split("\n")
    )


def refuse_empty(entries: Sequence[Entry], path: Path) -> None:
    """Raise CatalogueError if no entry of the catalogue at ``path`` is in use.

    Its editor may just be about to write it.
    """
    if all(entry.is_obsolete for entry in entries):
        raise CatalogueError(
            "no message is in use, not even a header",
            "fill it with `slideshow translate`, or remove the file",
            path=str(path),
        )


def refuse_twice(entries: Sequence[Entry], path: Path) -> None:
    """Raise CatalogueError if the catalogue at ``path`` contains a message twice."""
    seen: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if entry.is_obsolete:
            continue
        if entry.key in seen:
            raise CatalogueError(
                f"this text is already translated on line {seen[entry.key].line}",
                "keep one of the two",
                path=str(path),
                line=entry.line,
            )
        seen[entry.key] = entry
