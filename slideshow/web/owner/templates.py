"""Templates of a site's owner, each in place of ours of the same name: the last resort.

A template that cannot be compiled or rendered is named once, with its line, and ours is used in its
place. A change makes the app anew, like a change of the settings.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, MutableMapping
from difflib import get_close_matches
from pathlib import Path
from types import TracebackType
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.meta import find_referenced_templates
from jinja2.sandbox import SandboxedEnvironment

from slideshow.errors import Problem, SlideshowError
from slideshow.library.folder import TEMPLATES, Folder

OURS = "slideshow"  # the folder of our templates in names, for those that build on them
# Mistakes of a template; errors of the disk and of stories have nothing to do with it.
MISTAKES = (
    TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError,
    AssertionError, RecursionError,
)  # fmt: skip

logger = logging.getLogger(__name__)


class OwnTemplates(FileSystemLoader):
    """Loads the templates in a folder of the library, but those that are ``broken``."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.path = folder.path / TEMPLATES
        self.broken: dict[Path, Problem] = {}
        super().__init__(self.path)

    def load(
        self,
        environment: Any,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """Load a template; raise TemplateNotFound if there is none, or none that can be used."""
        path = self.path / name
        if path in self.broken:
            raise TemplateNotFound(name)
        try:
            self._folder.refuse_outside(path)
            return super().load(environment, name, globals)
        except TemplateNotFound:
            raise
        except TemplateSyntaxError as error:
            self.leave_out(path, str(error.message), error.lineno)
        except SlideshowError as error:
            self.leave_out(path, error.reason)
        except UnicodeDecodeError:
            self.leave_out(path, "not in UTF-8")
        except OSError as error:
            self.leave_out(path, f"cannot be read: {error.strerror}")
        raise TemplateNotFound(name)

    def leave_out(self, path: Path, reason: str, line: int = 0) -> None:
        """Use ours in place of the template at ``path``, and say why."""
        fix = "correct it; the template of Slideshow is used meanwhile"
        self.broken[path] = Problem(reason, fix, line, str(path), is_error=True)
        logger.error("%s", self.broken[path])

    def blames(self, error: Exception) -> bool:
        """Leave out the template in which an error was raised, if it is one of these."""
        if not isinstance(error, MISTAKES):
            return False
        steps = _steps(error.__traceback__)
        places = [(path, line) for path, line in steps if path.is_relative_to(self.path)]
        if not places:
            return False
        path, line = places[-1]
        self.leave_out(path, f"{type(error).__name__}: {error}", line)
        return True

    def files(self) -> list[Path]:
        """List the folder and all in it: when they change, the app is made anew."""
        found = [self.path]
        for folder, folders, names in os.walk(self.path):
            found += [Path(folder, name) for name in (*folders, *names) if name[0] != "."]
        return sorted(found)

    def names(self) -> list[str]:
        """List the names of the templates."""
        return [name for name in self.list_templates() if "/." not in f"/{name}"]


class _Template(Template):
    """A template that is rendered again without the owner's part in which it fails."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Render the template with its context."""
        environment = self.environment
        assert isinstance(environment, _Environment)
        try:
            return super().render(*args, **kwargs)
        except Exception as error:
            if self.name is None or not environment.own.blames(error):
                raise
        if environment.cache is not None:
            environment.cache.clear()
        return environment.get_template(self.name).render(*args, **kwargs)


class _Environment(SandboxedEnvironment, Environment):
    """Templates of whoever may write into the folder of the stories: they run no programs."""

    template_class = _Template
    own: OwnTemplates


def _steps(traceback: TracebackType | None) -> Iterator[tuple[Path, int]]:
    """Yield the file and the line of each step that led to an error."""
    while traceback:
        yield Path(traceback.tb_frame.f_code.co_filename), traceback.tb_lineno
        traceback = traceback.tb_next


def install(app: Flask, own: OwnTemplates) -> None:
    """Load the owner's templates first, if there are any; theirs find ours below ``OURS``.

    The app must not have used its templates before.
    """
    ours = app.jinja_loader
    if ours is None or not own.names():
        return
    app.jinja_environment = _Environment
    environment = app.jinja_env
    environment.bytecode_cache = None  # for the sandbox the same templates are other code
    assert isinstance(environment, _Environment)
    environment.own = own
    environment.loader = ChoiceLoader([own, ours, PrefixLoader({OURS: ours})])


def problems(app: Flask, own: OwnTemplates) -> Iterator[Problem]:
    """Yield the problems of the templates: of rendering so far, of compiling, of their names."""
    known = set(app.jinja_loader.list_templates()) if app.jinja_loader else set()
    used: set[str | None] = set()
    for name in own.names():
        try:
            app.jinja_env.get_template(name)
            source, _, _ = own.get_source(app.jinja_env, name)
            used |= {*find_referenced_templates(app.jinja_env.parse(source))}
        except (TemplateNotFound, TemplateSyntaxError, UnicodeDecodeError):
            continue  # among those that are broken
    yield from own.broken.values()
    for name in sorted({*own.names()} - known - used):
        close = get_close_matches(name, sorted(known), 1)
        yield Problem(
            "Slideshow has no template of this name",
            f"name it {close[0]}" if close else "remove it",
            path=str(own.path / name),
        )
