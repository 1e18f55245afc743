"""The README says what the code does, and no more (check D12)."""

import re
from pathlib import Path

import pytest

from slideshow.library.stories import shipped
from tests.readme import blocks, rows, section
from tests.web.conftest import ARTICLE, write

STATIC = shipped("static")
SCRIPT = (STATIC / "embed.js").read_text()
FRAME = (STATIC / "js" / "embed-messages.js").read_text()


def between(text: str, start: str, end: str) -> str:
    """Give the part of a script between two pieces of it, which must be there."""
    return text.split(start, 1)[1].split(end, 1)[0]


def quoted(text: str) -> set[str]:
    return set(re.findall(r'"([\w:]+)"', text))


def test_every_field_of_a_message_is_documented() -> None:
    message = between(FRAME, "parent.postMessage({", "}, ")

    assert set(rows("Events", "field")) == set(re.findall(r"^\s+(\w+)\b", message, re.M))


def test_every_event_is_documented() -> None:
    told = set(re.findall(r'\btell\("(\w+)"\)', FRAME))
    fired = quoted(between(SCRIPT, "EVENTS = [", "]"))
    detail = between(SCRIPT, "const detail = {", "}")

    assert quoted(rows("Events", "field")["event"]) == told
    assert {name.removeprefix("slideshow:") for name in rows("Events", "event")} == fired
    assert told == fired | {"height"}
    before_the_table = section("Events").split("|")[0].replace("`detail`", "")
    named = set(re.findall(r"`(\w+)`", before_the_table))
    assert named == set(re.findall(r"\w+", detail))


def test_every_command_is_documented() -> None:
    known = set(re.findall(r"^    (\w+): \(", between(FRAME, "commands = {", "\n  };"), re.M))
    methods = set(re.findall(r"^    (\w+)\(\w*\) \{ this\.#tell", SCRIPT, re.M))
    sent = between(SCRIPT, "const message = {", "}")

    assert known == methods == {"next", "previous", "go"}
    assert quoted(rows("Commands", "field")["command"]) == known
    assert set(rows("Commands", "field")) == set(re.findall(r"(\w+)(?=[:,]| $)", sent))
    assert set(re.findall(r"`(\w+)\(", section("Commands"))) == methods


def test_every_attribute_is_documented() -> None:
    observed = quoted(between(SCRIPT, "observedAttributes = [", "]"))

    assert set(rows("Embed a slideshow", "attribute")) == observed | {"title"}


def test_the_app_is_mounted_as_the_readme_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"stories/essai.fr.txt": ARTICLE})
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    (example,) = blocks("Below a path, or inside another app", "python")

    exec(example, names | {"__name__": "site"}, names)
    client = names["app"].test_client()  # type: ignore[attr-defined]

    shelf = client.get("/stories/fr/").text
    assert "The Night Post" in shelf
    assert 'href="/stories/fr/essai/"' in shelf
    assert client.get("/fr/").status_code == 404
