"""Compiled templates: what one process has compiled, the next one need not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from slideshow.web import compiled
from slideshow.web.compiled import Compiled


def environment(templates: Path) -> Environment:
    """Make the environment of a process."""
    return Environment(
        autoescape=True, loader=FileSystemLoader(templates), bytecode_cache=Compiled(templates)
    )


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a template, in a process that keeps what it compiles."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "a.html").write_text("{{ 1 + 1 }}")
    return tmp_path


def rendered_without_compiling(templates: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Render the template in a new process; raise AssertionError if it has to compile it."""

    def compile(*_: object, **__: object) -> None:
        raise AssertionError

    with monkeypatch.context() as patch:
        patch.setattr(Environment, "_generate", compile)
        return environment(templates).get_template("a.html").render()


def test_the_next_process_compiles_no_template_again(
    templates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment(templates).get_template("a.html")

    assert rendered_without_compiling(templates, monkeypatch) == "2"


def test_a_changed_template_or_a_broken_file_is_compiled_again(templates: Path) -> None:
    environment(templates).get_template("a.html")
    (templates / "a.html").write_text("{{ 2 + 2 }}")
    assert environment(templates).get_template("a.html").render() == "4"

    (kept,) = (templates / "__pycache__").iterdir()
    kept.write_bytes(kept.read_bytes()[:-20])
    assert environment(templates).get_template("a.html").render() == "4"


def test_another_compiler_compiles_again(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment(templates).get_template("a.html")
    monkeypatch.setattr(compiled, "_MAKERS", (templates / "a.html",))

    with pytest.raises(AssertionError):
        rendered_without_compiling(templates, monkeypatch)


def test_nothing_is_written_where_python_writes_nothing(
    templates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    environment(templates).get_template("a.html")
    (templates / "__pycache__").write_text("a file, so that there can be no folder")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)

    assert environment(templates).get_template("a.html").render() == "2"
