"""The record of the addresses that slides had, so that a former one leads to the slide.

Of each story a file has a line of JSON for each change: the new places in URLs by language, each
with the fingerprint of its slide's text. A headline that was reworded is found by the text below
it, a text that was rewritten by the headline above it. Lines are only ever appended: processes need
no lock, and copies of a file can be merged.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any
from weakref import ref

from slideshow.library.freshness.dependencies import apart
from slideshow.library.freshness.watched import Unparsed
from slideshow.library.names import Names
from slideshow.library.publishing.publication import PREVIEWED
from slideshow.library.stories import Library
from slideshow.story.keys import Place, key_of, nearest, normalised, parse_place
from slideshow.story.model import Slide, Story

SUFFIX = ".jsonl"
MAX_RECORD_BYTES = 4_000_000  # of a story; a longer record is not added to

logger = logging.getLogger(__name__)

Places = dict[Place, str]  # the fingerprint of each place's slide, empty without text


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place in URLs with the fingerprint of its slide, and the line that first had it."""

    place: Place
    fingerprint: str
    line: int


class Addresses:
    """The addresses of the stories of a library, recorded in ``folder``."""

    def __init__(self, library: Library, folder: Path, names: Names) -> None:
        self._library = library
        self._names = names
        self._folder = folder
        self._files = Unparsed()
        self._noted: dict[tuple[str, str], int] = {}
        # The stories last asked for: to compare the texts of a long one would take long.
        self._seen: dict[tuple[str, str], tuple[ref[Story], ref[Story]]] = {}

    def note(self, story: Story) -> None:
        """Record the addresses of a story in its language, unless they are recorded."""
        if PREVIEWED.get():
            return
        source = self._library.story(story.slug) or story
        named = story.slug, story.language
        seen = self._seen.get(named)
        if seen and seen[0]() is source and seen[1]() is story:
            return
        state = hash((story.keys, *(text.value for text in source.texts())))
        if self._noted.get(named) != state:
            self._note(story)
            self._noted[named] = state
        self._seen[named] = ref(source), ref(story)

    def _note(self, story: Story) -> None:
        places = self._places(story)
        with apart():  # no page is made from the record
            for each in self._sightings(story):  # one by one: a record may have thousands
                if places.get(each.place) == each.fingerprint:
                    del places[each.place]
        fresh = {str(place): mark for place, mark in places.items()}
        try:
            if fresh:
                self._append(story, {"lang": story.language, "slides": fresh})
        except OSError as error:
            logger.warning("%s: addresses are not recorded: %s", self._folder, error.strerror)

    def former(self, story: Story) -> list[Place]:
        """List the places that slides of a story had in its language, and have no longer."""
        current = set(self._places(story))
        found = dict.fromkeys(each.place for each in self._sightings(story))
        return [place for place in found if place not in current]

    def lasting(self, story: Story) -> list[str]:
        """List the first key of each slide, which stays when its headline is reworded.

        A slide without a headline has an empty one. No two slides have the same: that with the key
        itself comes before one that had it formerly.
        """
        first: dict[str, str] = {}  # key, by each key that the slide had since
        seen: dict[str, Sighting] = {}  # by fingerprint
        with apart():  # later lines are of later versions of the story
            for each in self._sightings(story):
                key, mark = each.place.key, each.fingerprint
                if not key:
                    continue
                before = seen.setdefault(mark, each) if mark else each
                is_reworded = before.line < each.line  # others of one line may have one text
                first.setdefault(key, first[before.place.key] if is_reworded else key)
        taken = {key for key in story.keys if first.get(key, key) == key}
        names = []
        for key in story.keys:
            name = first.get(key, key)
            names.append(key if name in taken else name)
            taken.add(name)
        return names

    def find(self, story: Story, asked: Place) -> int | None:
        """Find the position of the slide at a place, which may be a former one.

        The key decides; 0 is a slide that was removed, None one that never was.
        """
        position = asked.position if asked.position <= story.total else None
        if not asked.key:
            return position
        # Slides with the same headline have a number after the key, which makes it longer.
        for key in dict.fromkeys((normalised(asked.key), key_of(asked.key))):
            for language in (story.language, *self._library.languages_of(story)):
                keys = self._library.keys_in(story, language)
                if key in keys:
                    return keys.index(key) + 1
        found = self._remembered(story, asked)
        return position if found is None else found

    def _remembered(self, story: Story, asked: Place) -> int | None:
        sightings = list(self._sightings(story))
        same = [each for each in sightings if each.place.key == asked.key]
        current = {mark: place.position for place, mark in self._places(story).items() if mark}
        keys, marks = {asked.key}, {each.fingerprint for each in same if each.fingerprint}
        while True:
            if position := next((current[mark] for mark in marks if mark in current), None):
                return position
            if key := next((key for key in keys if key and key in story.keys), None):
                return story.keys.index(key) + 1
            size = len(keys) + len(marks)
            keys |= {each.place.key for each in sightings if each.fingerprint in marks}
            marks |= {each.fingerprint for each in sightings if each.place.key in keys} - {""}
            if len(keys) + len(marks) == size:
                break
        first = min((each.line for each in same), default=-1)
        others = {each.place.key for each in sightings if each.line <= first}  # slides beside it
        alike = nearest(asked.key, [key for key in story.keys if key not in others])
        if alike:
            return story.keys.index(alike) + 1
        is_another = asked.position > story.total or story.keys[asked.position - 1] in others
        return 0 if same and is_another else None

    def _places(self, story: Story) -> Places:
        source = self._library.story(story.slug) or story
        return {
            story.place(position): fingerprint_of(slide)
            for position, slide in enumerate(source.slides[: story.total], 1)
        }

    def _sightings(self, story: Story) -> Iterator[Sighting]:
        former = chain.from_iterable(map(self._lines, self._names.former(story.slug)))
        for number, line in enumerate(chain(former, self._lines(story.slug))):
            if line.get("lang") == story.language:
                for place, mark in line.get("slides", {}).items():
                    yield Sighting(parse_place(place), mark, number)

    def _lines(self, slug: str) -> Iterator[Mapping[str, Any]]:
        path = self._path(slug)
        self._files.note(path)
        with suppress(OSError), path.open("rb") as file:
            for text in file:
                with suppress(ValueError):  # cut off by a full disk, or marked by a merge
                    line = json.loads(text)
                    if isinstance(line, dict):
                        yield line

    def _append(self, story: Story, line: Mapping[str, object]) -> None:
        path = self._path(story.slug)
        path.parent.mkdir(parents=True, exist_ok=True)
        data = json.dumps(line, ensure_ascii=False).encode() + b"\n"
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        try:
            if os.fstat(descriptor).st_size + len(data) <= MAX_RECORD_BYTES:
                os.write(descriptor, data)
        finally:
            os.close(descriptor)

    def _path(self, slug: str) -> Path:
        return self._folder / (slug + SUFFIX)


def fingerprint_of(slide: Slide) -> str:
    """Compute the fingerprint of the text below a headline; empty if there is none."""
    texts = [text.value for block in slide.blocks for text in block.texts() if text.value]
    if not texts:
        return ""
    return hashlib.blake2b("\0".join(texts).encode(), digest_size=6).hexdigest()
