"""The house: its rooms, and what its templates and files may not hold (checks D2, D11)."""

import ast
import re
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
PACKAGE = TOP / "slideshow"
ROOMS = ["story", "library", "web", "commands"]  # each imports only from those before it
TEMPLATES = sorted((PACKAGE / "web" / "templates").rglob("*.html"))
SERVED = [
    path
    for path in [*TEMPLATES, *sorted((TOP / "static").rglob("*"))]
    if path.suffix in (".html", ".css", ".js", ".svg") and path.parent.name != "vendor"
]


def imports(path: Path) -> set[str]:
    """Give the modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_those_below(room: str) -> None:
    above = [*ROOMS[ROOMS.index(room) + 1 :], "cli"]
    forbidden = tuple(f"slideshow.{name}" for name in above)

    for path in sorted((PACKAGE / room).rglob("*.py")):
        wrong = [name for name in imports(path) if name.startswith(forbidden)]
        assert not wrong, path


def test_the_core_knows_neither_flask_nor_the_disk() -> None:
    forbidden = {"flask", "werkzeug", "os", "pathlib", "shutil", "upath", "fsspec"}

    for path in sorted((PACKAGE / "story").rglob("*.py")):
        assert not {name.split(".")[0] for name in imports(path)} & forbidden, path


@pytest.mark.parametrize("room", ["story", "library", "commands"])
def test_only_the_web_knows_flask(room: str) -> None:
    for path in sorted((PACKAGE / room).rglob("*.py")):
        assert not {name.split(".")[0] for name in imports(path)} & {"flask", "werkzeug"}, path


def test_no_view_imports_another() -> None:
    for path in sorted((PACKAGE / "web" / "views").glob("*.py")):
        assert not [each for each in imports(path) if each.startswith("slideshow.web.views")], path


@pytest.mark.parametrize("name", ["check", "translate", "preflight"])
def test_commands_for_authors_do_without_the_web(name: str) -> None:
    found = imports(PACKAGE / "commands" / f"{name}.py")

    assert not [each for each in found if each.startswith(("slideshow.web", "granian"))]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_nothing_inline(path: Path) -> None:
    text = path.read_text()

    found = re.findall(
        r"\sstyle=|hx-on|\bjs:|\|\s*safe\b|javascript:|\son[a-z]+=|<script(?![^>]*(?:src=|ld\+json))",
        text,
    )

    assert not found


@pytest.mark.parametrize("path", SERVED, ids=lambda path: path.name)
def test_nothing_served_names_another_origin(path: Path) -> None:
    addresses = re.findall(r"https?://[^\s\"'<>)]+", path.read_text())

    # Names of vocabularies, which nobody fetches.
    names = ("http://www.w3.org/", "https://schema.org", "http://search.yahoo.com/mrss/")
    assert [address for address in addresses if not address.startswith(names)] == []
