"""``slideshow serve`` as a real process: what it says and how it ends."""

import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import Serve
from tests.web.conftest import ARTICLE, write

BROKEN = 'msgid "Un"\nmsgstr "One\n'


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "slideshow", "serve", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


BAD = {
    "no such file": ({}, "missing.fr.txt", "missing.fr.txt: no such file or folder"),
    "no article": ({"notes.csv": ""}, ".", "no article in this folder"),
    "empty file": ({"a.fr.txt": ""}, "a.fr.txt", "a.fr.txt:1: "),
    "wrong encoding": ({"a.fr.txt": "T\n\nH\n\né\n"}, "a.fr.txt", "a.fr.txt:5: not in UTF-8"),
    "no slide": ({"a.fr.txt": "Title\n"}, "a.fr.txt", "a.fr.txt:"),
    "one slug twice": (
        {"a.fr.txt": ARTICLE, "a.en.txt": ARTICLE},
        ".",
        "a.fr.txt: a.en.txt has the slug 'a' too",
    ),
    "broken catalogue": (
        {"a.fr.txt": ARTICLE, "translations/en/LC_MESSAGES/a.po": BROKEN},
        ".",
        "a.po:2: not a PO file",
    ),
    "not an article": ({"a.csv": ""}, "a.csv", "neither a .txt nor a .md file"),
    "folder for a file": (
        {"a.fr.txt/b": ""},
        ".",
        "a.fr.txt: cannot be read: Is a directory (rename the folder",
    ),
    "byte order mark alone": (
        {"a.fr.txt": "\ufeff"},
        "a.fr.txt",
        "a.fr.txt:1: the article is empty",
    ),
    "binary": ({"a.fr.txt": "T\n\nH\n\n\0\n"}, "a.fr.txt", "a.fr.txt:5: control character"),
    "no title": ({"a.fr.md": "## H\n\nText.\n"}, "a.fr.md", "a.fr.md:1: no title"),
    "bad slug": ({"a b.fr.txt": ARTICLE}, ".", "rename the file"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_line_that_says_where_and_why(tmp_path: Path, case: str) -> None:
    files, place, message = BAD[case]
    write(tmp_path, files)
    if case == "wrong encoding":
        (tmp_path / "a.fr.txt").write_bytes(files["a.fr.txt"].encode("latin-1"))

    result = run(str(tmp_path / place))

    assert result.returncode == 1
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert str(tmp_path) in result.stderr


def test_a_port_in_use_is_said_in_one_line(tmp_path: Path) -> None:
    write(tmp_path, {"a.fr.txt": ARTICLE})

    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = run(str(tmp_path), "--port", str(port))

    assert result.returncode == 1
    assert f"127.0.0.1:{port}: address already in use" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--lang", "klingonese"], "'klingonese' is not a language (give a tag"),
        (["--base-url", "example.org"], "is not an address (write it with its scheme"),
        (["--host", "999.1.1.1"], "no such address (give an address of this machine to --host)"),
        (["--host", "192.0.2.1"], "cannot assign requested address (give an address of this"),
    ],
)
def test_an_option_that_cannot_work_is_one_line_with_its_mend(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    write(tmp_path, {"a.fr.txt": ARTICLE})

    result = run(str(tmp_path), *arguments)

    assert result.returncode == 1
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_language_of_articles_may_be_spelled_in_any_way(tmp_path: Path, serve: Serve) -> None:
    write(tmp_path, {"a.txt": ARTICLE})

    address = serve(tmp_path, "--lang", "PT_br")

    with urllib.request.urlopen(f"{address}/pt-BR/a/1/") as response:
        assert response.status == 200


@pytest.mark.parametrize("arguments", [["--port", "x"], ["--nonsense"], ["--port", "70000"]])
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    assert run(*arguments).returncode == 2


def test_a_setting_of_the_wrong_kind_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"a.fr.txt": ARTICLE})
    monkeypatch.setenv("SLIDESHOW_REFRESH", "soon")

    result = run(str(tmp_path))

    assert result.returncode == 1
    assert "SLIDESHOW_REFRESH='soon'" in result.stderr
