"""The house: its rooms, and what its templates and files may not hold (checks D2, D11)."""

import ast
import gc
import io
import re
import tokenize
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tests.browser.conftest import MAIN_PATH

TOP = Path(__file__).resolve().parent.parent
PACKAGE = TOP / "slideshow"
ROOMS = ["story", "library", "web", "commands"]  # each imports only from those before it
TEMPLATES = sorted((PACKAGE / "web" / "templates").rglob("*.html"))
SERVED = [
    path
    for path in [*TEMPLATES, *sorted((TOP / "static").rglob("*"))]
    if path.suffix in (".html", ".css", ".js", ".svg") and path.parent.name != "vendor"
]
# A clause with "what" leaves out the noun; the others have plainer words: fix, wrong, is, start.
STILTED = re.compile(
    r"\b(what|told|mend(s|ed|ing)?|amiss|at hand|(?<!each )of which|stands?|begins?|Gives?)\b",
    re.IGNORECASE,
)


def parsed(path: Path) -> ast.Module:
    """Parse a file while nothing is collected: Python 3.11 fails if a finaliser parses meanwhile.

    Such as that of an abandoned task, whose message quotes lines of code.
    """
    gc.disable()
    try:
        return ast.parse(path.read_text())
    finally:
        gc.enable()


def imports(path: Path) -> set[str]:
    """Return the modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(parsed(path)):
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


def docstrings(folder: Path = PACKAGE) -> list[str]:
    """List every docstring in a folder: the package, or the tests."""
    return [
        docstring
        for path in sorted(folder.rglob("*.py"))
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and (docstring := ast.get_docstring(node))
    ]


def comments() -> list[str]:
    """List every comment of the package."""
    return [
        token.string
        for path in sorted(PACKAGE.rglob("*.py"))
        for token in tokenize.generate_tokens(io.StringIO(path.read_text()).readline)
        if token.type == tokenize.COMMENT
    ]


def test_docstrings_start_with_the_verb_for_the_action() -> None:
    starts = Counter(docstring.split()[0] for docstring in docstrings())

    assert "Give" not in starts
    assert not [each for each in docstrings(Path(__file__).parent) if each.startswith("Give ")]
    word, count = starts.most_common(1)[0]
    assert count <= starts.total() / 5, f"{word!r} opens {count} of {starts.total()} docstrings"


def test_prose_in_code_names_its_nouns_in_plain_words() -> None:
    found = [
        f"{match[0]}: {text}"
        for text in [*docstrings(), *comments()]
        for match in STILTED.finditer(text)
    ]

    assert not found


ONE_SYSTEM = {"fcntl", "grp", "pwd", "resource", "termios", "msvcrt", "winreg"}


def test_modules_of_one_system_are_imported_only_where_they_are_used() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in parsed(path).body:
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            assert not {*names} & ONE_SYSTEM, path


def test_text_files_have_an_encoding_that_is_named_or_hold_ascii_alone() -> None:
    """Python on Windows reads and writes the system's own encoding otherwise."""
    for path in sorted(PACKAGE.rglob("*.py")):
        calls = re.findall(r"\.(?:read|write)_text\((.*)\)", path.read_text())
        assert not [call for call in calls if "encoding" not in call], path


def test_waits_for_a_page_are_functions() -> None:
    """An expression is evaluated anew at each look, and the pages' policy forbids the second."""
    for path in sorted((TOP / "tests").rglob("*.py")):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("wait_for_function"):
                waited = node.args[0]
                assert not isinstance(waited, ast.Constant) or re.match(
                    r"(async )?(\w+|\(.*?\)) =>", str(waited.value)
                ), f"{path}:{node.lineno}"


def test_the_changelog_has_a_page_for_each_version_at_most() -> None:
    """Faults that no release had are no news; the history of the code has them."""
    for entry in (TOP / "CHANGELOG.md").read_text().split("\n## ")[1:]:
        assert len(entry.splitlines()) <= 60, entry.splitlines()[0]


def test_changes_start_in_files_that_are_there() -> None:
    table = (TOP / "CONTRIBUTING.md").read_text().split("### Where a change starts")[1]
    rows = [row.split("|") for row in table.split("\n## ")[0].splitlines() if "`" in row]

    assert len(rows) == 13
    for _, change, start, following, _ in rows:
        (first, *_), others = (re.findall(r"`([\w./-]+)`", each) for each in (start, following))
        for path in (first, *(each for each in others if "/" in each)):
            assert (TOP / path).exists() or (PACKAGE / path).exists(), f"{change}: {path}"


def test_each_test_is_run_by_make_test_or_by_make_trials_and_ci_runs_both() -> None:
    chosen = re.findall(r"SELECTION='-m \"?([^'\"]+)\"?'", (TOP / "Makefile").read_text())
    commands = re.findall(r"^make \w+", (TOP / ".ci" / "run").read_text(), re.MULTILINE)
    pytest_settings = tomllib.loads((TOP / "pyproject.toml").read_text())["tool"]["pytest"]

    assert chosen == ["not trial", "trial"]
    assert commands == ["make test", "make trials"]
    assert pytest_settings["addopts"] == ["--strict-markers", "--strict-config", "-ra"]


def test_the_main_path_and_no_test_that_may_be_skipped_is_in_make_test() -> None:
    for name in MAIN_PATH:
        assert (TOP / "tests" / "browser" / f"{name}.py").exists(), name
    for path in sorted((TOP / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if (
            re.search(r"import .*\bwanted\b|debian\.wanted\(", text)
            and path.parent.name != "browser"
        ):
            assert "pytest.mark.trial" in text, path


def test_stylesheets_have_a_line_for_each_declaration_of_a_long_rule() -> None:
    for path in sorted((TOP / "static" / "css").glob("*.css")):
        long = [line for line in path.read_text().splitlines() if len(line) > 100]
        assert not long, path
