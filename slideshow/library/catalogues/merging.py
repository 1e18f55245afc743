"""Brings a catalogue up to date without losing a translator's work.

A changed message keeps its translation, marked fuzzy, together with the previous text; once it has
that text again, the mark is removed. A removed message becomes obsolete. The time is linear in the
number of messages: a changed text is compared with the former texts at its place and with the few
that share its rarest words, never with all.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from slideshow.library.catalogues.entries import Entry, source_lines, target_lines
from slideshow.library.catalogues.extraction import Message

ALIKE = 0.6  # how much two texts must share, of 1, as in gettext's msgmerge
ALIKE_IN_PLACE = 0.4  # lower for texts in the same place
NEIGHBOURS = 4  # neighbouring places compared, before and after
MAX_TEXTS_OF_RARE_WORD = 30
COMPARED_CHARACTERS = 1000  # of each text
WORD = re.compile(r"\w+|\W")
TEMPLATE_FLAGS = ("python-format",)  # flags that come from the template


def merge(entries: Sequence[Entry], messages: Sequence[Message], plurals: int) -> list[Entry]:
    """Merge ``entries`` into ``messages``, in their order, followed by the obsolete ones.

    ``plurals`` is the number of plural forms of the language.
    """
    known = {entry.key: entry for entry in entries if entry.is_obsolete}
    live = [entry for entry in entries if not entry.is_obsolete]
    # An untranslated entry is replaced by its former translation.
    known.update({each.key: each for each in live if any(each.strings) or each.key not in known})
    wanted = {("", message.id) for message in messages}
    vanished = [entry for entry in entries if entry.key not in wanted and _is_kept(entry)]
    changed = _changed(entries, vanished, messages, known)
    merged = []
    for message in messages:
        entry = known.get(("", message.id))
        if entry:
            merged.append(_updated(entry, message, plurals))
        elif message.id in changed:
            merged.append(_reworded(changed[message.id], message))
        else:
            merged.append(_new(message, plurals))
    used = {entry.key for entry in changed.values()}
    rest = [entry for entry in vanished if entry.key not in used]
    # Comments at the end of the file, without a message, stay there.
    obsolete = sorted(rest, key=lambda entry: (not entry.source, not entry.is_obsolete))
    header = [entry for entry in entries if entry.is_header][:1]
    left = (replace(entry, is_obsolete=True) for entry in obsolete)
    return [*header, *map(_settled, merged), *left]


def _is_kept(entry: Entry) -> bool:
    """Check whether a removed entry holds anybody's work."""
    return not entry.is_header and bool(any(entry.strings) or entry.comments)


def _new(message: Message, plurals: int) -> Entry:
    strings = ("",) * plurals if message.plural else ("",)
    return _described(
        Entry(
            strings=strings,
            source=source_lines("", message.id, message.plural),
            target=target_lines(strings, bool(message.plural)),
        ),
        message,
    )


def _updated(entry: Entry, message: Message, plurals: int) -> Entry:
    if entry.plural == message.plural:
        return _described(replace(entry, is_obsolete=False), message)
    strings = tuple(entry.strings[:1]) * (plurals if message.plural else 1)
    target = target_lines(strings, bool(message.plural))
    return _reworded(replace(entry, strings=strings, target=target), message)


def _reworded(entry: Entry, message: Message) -> Entry:
    """Reuse the translation of another text, marked for review."""
    is_marked = entry.is_fuzzy and bool(entry.previous)
    described = _described(entry, message)
    return replace(
        described,
        flags=described.flags if entry.is_fuzzy else ("fuzzy", *described.flags),
        previous=entry.previous if is_marked else entry.source,
        source=source_lines("", message.id, message.plural),
        is_obsolete=False,
    )


def _settled(entry: Entry) -> Entry:
    """Remove the mark for review from the translation of a text that was changed back."""
    if not (entry.is_fuzzy and entry.previous and _quoted(entry.previous) == _quoted(entry.source)):
        return entry
    flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
    return replace(entry, flags=flags, previous=())


def _quoted(lines: Sequence[str]) -> str:
    """Join the texts in quotation marks of lines, which programs wrap in their own ways."""
    return "".join(line.partition('"')[2].removesuffix('"') for line in lines)


def _described(entry: Entry, message: Message) -> Entry:
    kept = tuple(flag for flag in entry.flags if flag not in TEMPLATE_FLAGS)
    return replace(
        entry,
        id=message.id,
        plural=message.plural,
        hints=_as_before(entry.hints, message.hints),
        places=_as_before(entry.places, message.places),
        flags=(*kept, *message.flags),
    )


def _as_before(lines: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Keep the existing line breaks of a text that another tool wrapped differently."""
    return lines if " ".join(lines) == " ".join(wanted) else wanted


def _changed(
    entries: Sequence[Entry],
    vanished: Sequence[Entry],
    messages: Sequence[Message],
    known: dict[tuple[str, str], Entry],
) -> dict[str, Entry]:
    """Map the id of each new message to the removed entry that it most likely replaces."""
    old = [entry for entry in vanished if any(entry.strings) and not entry.is_obsolete]
    new = [message for message in messages if ("", message.id) not in known]
    if not old or not new:
        return {}
    pairs = {
        *_in_place(entries, old, messages, known),
        *((message, entry, ALIKE) for message, entry in _by_words(old, new)),
    }
    scored = sorted(
        (
            (_likeness(message.id, entry.id), message, entry, enough)
            for message, entry, enough in pairs
            if bool(message.plural) == bool(entry.plural)
        ),
        key=lambda pair: (-pair[0], pair[1].id, pair[2].key),
    )
    found: dict[str, Entry] = {}
    used = set()
    for likeness, message, entry, enough in scored:
        if likeness >= enough and message.id not in found and entry.key not in used:
            found[message.id] = entry
            used.add(entry.key)
    return found


def _in_place(
    entries: Sequence[Entry],
    old: Sequence[Entry],
    messages: Sequence[Message],
    known: dict[tuple[str, str], Entry],
) -> Iterator[tuple[Message, Entry, float]]:
    """Pair new messages with former ones that followed the same unchanged text."""
    is_old = {entry.key for entry in old}
    wanted = {message.id for message in messages}
    gaps: dict[str, list[Entry]] = defaultdict(list)
    above = ""
    for entry in entries:
        if entry.key in is_old:
            gaps[above].append(entry)
        elif entry.id in wanted and not entry.is_obsolete:
            above = entry.id
    above, place = "", 0
    for message in messages:
        if ("", message.id) in known:
            above, place = message.id, 0
            continue
        near = slice(max(0, place - NEIGHBOURS), place + NEIGHBOURS + 1)
        for entry in gaps[above][near]:
            yield message, entry, ALIKE_IN_PLACE
        place += 1


def _by_words(old: Sequence[Entry], new: Sequence[Message]) -> Iterator[tuple[Message, Entry]]:
    """Pair new messages with the few former ones that share most of their rare words."""
    owners: dict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(old):
        for word in _words(entry.id):
            owners[word].append(place)
    for message in new:
        shared = Counter(
            place
            for word in _words(message.id)
            if len(owners.get(word, ())) <= MAX_TEXTS_OF_RARE_WORD
            for place in owners.get(word, ())
        )
        for place, _ in shared.most_common(NEIGHBOURS):
            yield message, old[place]


def _words(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(text[:COMPARED_CHARACTERS]) if len(word) > 2}


def _likeness(one: str, other: str) -> float:
    """Compute the share of pieces that two texts have in common, in linear time."""
    one, other = one[:COMPARED_CHARACTERS], other[:COMPARED_CHARACTERS]
    by_words = len(one) + len(other) > 200
    pieces = [_pieces(WORD.findall(text) if by_words else text) for text in (one, other)]
    shared = (pieces[0] & pieces[1]).total()
    return 2 * shared / (pieces[0].total() + pieces[1].total() or 1)


def _pieces(parts: Sequence[str]) -> Counter[tuple[str, ...]]:
    """Count the parts, letters or words, and the pairs of neighbours, which reflect their order."""
    return Counter([*zip(parts, strict=False), *pairwise(parts)])
