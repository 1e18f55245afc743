"""Entries written by an older version, under the current ids of their texts.

Version 0.1 kept the line breaks of a wrapped paragraph, and a list or a table was one message. Its
translations are kept under today's ids: re-wrapped, or split where source and translation have
equally many pieces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from slideshow.library.catalogues.entries import Entry, source_lines, target_lines
from slideshow.library.catalogues.extraction import Message
from slideshow.story.markdown.blocks import pieces_of
from slideshow.story.translation import outline


def renamed(entries: Sequence[Entry], messages: Sequence[Message]) -> list[Entry]:
    """Return the entries, with former ids replaced by those of ``messages``."""
    known = {entry.id for entry in entries if any(entry.strings) and not entry.is_obsolete}
    missing = {message.id: message for message in messages if message.id not in known}
    if not missing or not known:
        return list(entries)
    wanted = {message.id for message in messages}
    by_lines = {_joined(id): id for id in missing}
    by_words = {key: id for id in missing if (key := outline(id))}
    made: list[Entry] = []
    for entry in entries:
        is_former = not entry.is_header and entry.id not in wanted and any(entry.strings)
        made += _successors(entry, missing, by_lines, by_words) if is_former else [entry]
    return made


def _successors(
    entry: Entry,
    missing: Mapping[str, Message],
    by_lines: Mapping[str, str],
    by_words: Mapping[str, str],
) -> Iterator[Entry]:
    if entry.plural or entry.is_obsolete:
        yield entry
        return
    joined = _joined(entry.id)
    if joined in by_lines:
        yield _entry(entry, by_lines[joined], entry.strings[0])
        return
    sources, translations = pieces_of(entry.id), pieces_of(entry.strings[0])
    is_whole = len(sources) > 1 or (len(sources) == 1 and _joined(sources[0]) != joined)
    if is_whole and len(sources) == len(translations) and set(sources) & set(missing):
        for source, translation in zip(sources, translations, strict=True):
            yield _entry(entry, source, translation)
        return
    same = by_words.get(outline(entry.id))
    # The words are the same, so it stays online; the remark asks for a check of the markup.
    if same:
        yield replace(_entry(entry, same, entry.strings[0]), comments=(*entry.comments, REVIEW))
    else:
        yield entry


REVIEW = "# Review: the punctuation or the emphasis of the source has changed."


def _joined(value: str) -> str:
    return " ".join(value.split())


def _entry(entry: Entry, id: str, translation: str) -> Entry:
    return replace(
        entry,
        id=id,
        strings=(translation,),
        source=source_lines("", id, ""),
        target=target_lines((translation,), is_plural=False),
    )
