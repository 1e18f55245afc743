"""The entries of a PO file, line by line, so that what is not changed is written as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.pofile import normalize

from slideshow.errors import CatalogueError

WIDTH = 80  # of the lines that are written anew
TEXT = re.compile(
    r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)[ \t]*)?"([^"\\]*+(?:\\.[^"\\]*+)*+)"'
)
STARTS = ("msgctxt", "msgid")  # keywords that begin a message
ESCAPE = re.compile(r"\\(.)")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
KINDS = {".": "hints", ":": "places", ",": "flags", "|": "previous"}  # by what follows #


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a catalogue with its translations.

    ``strings`` has one item, or one for each plural form. ``hints`` and ``places`` come from
    the article or template, ``comments`` are the translator's; ``previous``, ``source`` and
    ``target`` are lines as they stand in the file. ``line`` is that of the translation.
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
        """Give what makes the message one of its own."""
        return self.context, self.id

    @property
    def is_header(self) -> bool:
        """Tell whether this is the entry that describes the catalogue."""
        return self.key == ("", "") and not self.is_obsolete

    @property
    def is_fuzzy(self) -> bool:
        """Tell whether the translation waits for a review."""
        return "fuzzy" in self.flags

    @property
    def is_translated(self) -> bool:
        """Tell whether there is a translation, reviewed or not."""
        return bool(self.strings) and all(self.strings)

    def lines(self) -> Iterator[str]:
        """Give the lines that the entry is written as."""
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
    """An entry in the making."""

    path: str
    lists: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    keyword: str = ""
    is_obsolete: bool = False
    line: int = 0

    @property
    def has_target(self) -> bool:
        return self.keyword.startswith("msgstr")

    def add(self, kind: str, line: str) -> None:
        self.lists.setdefault(kind, []).append(line)

    def add_text(self, keyword: str | None, text: str, line: str, number: int) -> None:
        if keyword:
            is_early = keyword.startswith("msgstr") and "msgid" not in self.texts
            if is_early or keyword in self.texts:
                raise _error(self.path, number, f"{keyword} where a new message must start")
            if not self.has_target:
                self.line = number
            self.keyword = keyword
        elif not self.keyword:
            raise _error(self.path, number, "a text without a keyword")
        self.texts.setdefault(self.keyword, []).append(_unescaped(text))
        self.add("target" if self.has_target else "source", line)

    def entry(self) -> Entry:
        if self.texts and not self.has_target:
            raise _error(self.path, self.line, "a msgid without its msgstr")
        texts = {key: "".join(parts) for key, parts in self.texts.items()}
        strings = {key: text for key, text in texts.items() if key.startswith("msgstr")}
        numbered = [f"msgstr[{number}]" for number in range(len(strings))]
        if list(strings) not in (["msgstr"], numbered):
            raise _error(self.path, self.line, "plural forms that are not 0, 1, 2 and so on")
        flags = ",".join(self.lists.get("flags", ()))
        lists = {kind: tuple(lines) for kind, lines in self.lists.items() if kind != "flags"}
        return Entry(
            id=texts.get("msgid", ""),
            plural=texts.get("msgid_plural", ""),
            context=texts.get("msgctxt", ""),
            strings=tuple(strings.values()),
            flags=tuple(flag for part in flags.split(",") if (flag := part.strip(" \t"))),
            is_obsolete=self.is_obsolete or not self.texts,
            line=self.line,
            **lists,
        )


def read_entries(text: str, path: str = "") -> list[Entry]:
    """Return the entries of a PO file, obsolete ones included.

    Comments below the last one are an obsolete entry without a text. Raises CatalogueError,
    with the line, for a line that no PO file has and for a message that is not whole.
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
    """Give the text of a PO file, which ``read_entries`` reads back."""
    return "\n\n".join("\n".join(entry.lines()) for entry in entries) + "\n"


def source_lines(context: str, id: str, plural: str) -> tuple[str, ...]:
    """Give the lines that say what is to be translated."""
    pairs = {"msgctxt": context, "msgid": id, "msgid_plural": plural}
    return tuple(
        line
        for keyword, text in pairs.items()
        if text or keyword == "msgid"
        for line in f"{keyword} {normalize(text, width=WIDTH)}".split("\n")
    )


def target_lines(strings: Sequence[str], is_plural: bool) -> tuple[str, ...]:
    """Give the lines of a translation."""
    keywords = [f"msgstr[{place}]" for place in range(len(strings))] if is_plural else ["msgstr"]
    return tuple(
        line
        for keyword, text in zip(keywords, strings, strict=True)
        for line in f"{keyword} {normalize(text, width=WIDTH)}".split("\n")
    )


def refuse_twice(entries: Sequence[Entry], path: Path) -> None:
    """Raise CatalogueError if a message stands in the catalogue at ``path`` twice."""
    seen: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if entry.is_obsolete:
            continue
        if entry.key in seen:
            raise CatalogueError(
                f"the message of line {seen[entry.key].line} stands there twice",
                "keep one of the two",
                path=str(path),
                line=entry.line,
            )
        seen[entry.key] = entry
