"""Values that are kept while nothing of what they were made from changes."""

import math
from collections.abc import Hashable
from functools import partial

from slideshow.library.freshness.dependencies import Remembered, record, recording


class Shelf:
    """A source whose books change when a test says so."""

    def __init__(self) -> None:
        self.versions: dict[Hashable, int] = {"a": 1, "b": 1}
        self.asked = 0
        self.until = 0.0

    def read(self, name: str) -> str:
        record(self, name, self.versions[name], self.until)
        return f"{name}{self.versions[name]}"

    def version(self, name: Hashable) -> tuple[object, float]:
        self.asked += 1
        return self.versions[name], self.until


def test_a_value_is_kept_while_its_sources_stay_the_same() -> None:
    shelf, remembered = Shelf(), Remembered[str, list[str]]()

    first = remembered.get("key", lambda: [shelf.read("a")])
    shelf.versions["b"] = 2
    second = remembered.get("key", lambda: [shelf.read("a")])

    assert first is second


def test_a_value_is_made_anew_when_a_source_changed() -> None:
    shelf, remembered = Shelf(), Remembered[str, str]()
    remembered.get("key", lambda: shelf.read("a"))

    shelf.versions["a"] = 2

    assert remembered.get("key", lambda: shelf.read("a")) == "a2"


def test_a_source_is_not_asked_while_it_vouches() -> None:
    shelf, remembered = Shelf(), Remembered[str, str]()
    shelf.until = math.inf

    for _ in range(3):
        remembered.get("key", lambda: shelf.read("a"))

    assert shelf.asked == 0


def test_what_a_kept_value_was_made_from_counts_for_values_made_from_it() -> None:
    shelf, inner, outer = Shelf(), Remembered[str, str](), Remembered[str, str]()

    def of_inner() -> str:
        return inner.get("inner", lambda: shelf.read("a"))

    inner.get("inner", lambda: shelf.read("a"))
    outer.get("outer", of_inner)
    shelf.versions["a"] = 2

    assert outer.get("outer", of_inner) == "a2"


def test_a_value_made_while_a_source_changed_is_never_current() -> None:
    shelf = Shelf()
    shelf.until = math.inf

    with recording() as reads:
        shelf.read("a")
        shelf.versions["a"] = 2
        shelf.read("a")

    assert not reads.are_current(0)


def test_what_is_read_outside_a_recording_is_no_part_of_it() -> None:
    shelf = Shelf()
    shelf.read("a")

    with recording() as reads:
        shelf.read("b")
    shelf.versions["a"] = 2

    assert reads.are_current(0)


def test_the_value_used_longest_ago_is_forgotten() -> None:
    remembered, made = Remembered[str, str](capacity=2), list[str]()

    def make(key: str) -> str:
        made.append(key)
        return key

    for key in ("a", "b", "a", "c", "a", "b"):
        remembered.get(key, partial(make, key))

    assert made == ["a", "b", "c", "b"]
