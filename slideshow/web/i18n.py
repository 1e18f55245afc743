"""The interface in the reader's language: the meaning of ``_()`` in a template."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from flask import Flask, g
from markupsafe import Markup, escape

from slideshow.library.catalogues.placeholders import fill
from slideshow.library.catalogues.reading import Catalogue, find
from slideshow.library.stories import Library
from slideshow.story.languages import SOURCE_LANGUAGE, direction_of, name_of, number_in, read_as


class Message(str):
    """A message of the interface, which marks itself if it is not in the page's language.

    In HTML text it escapes itself and, if untranslated, adds an element with its ``lang`` (WCAG
    3.1.2). Attributes cannot contain an element: there, write ``{{ _("…")|plain }}``.
    """

    is_translated: bool = True

    @cached_property
    def _markup(self) -> Markup:
        text = escape(str(self))
        if self.is_translated:
            return text
        return Markup('<span lang="{}" dir="{}">{}</span>').format(
            SOURCE_LANGUAGE, direction_of(SOURCE_LANGUAGE), text
        )

    def __html__(self) -> Markup:
        return self._markup


@dataclass(frozen=True, slots=True)
class LanguageName:
    """The language ``tag`` as a value of a message, shown by its name in itself."""

    tag: str


class Interface:
    """The messages of the interface in one language, from the most specific catalogue."""

    def __init__(self, language: str, catalogues: Sequence[Catalogue]) -> None:
        self.language = language
        self.catalogues = catalogues
        self._is_source = SOURCE_LANGUAGE in read_as(language)
        self._plain: dict[str, Message] = {}  # without placeholders: as many as in the templates

    def gettext(self, message: str, /, **values: object) -> Message:
        """Translate a message, and fill its ``%(name)s`` placeholders."""
        if values:
            return self._found(message, values)
        known = self._plain.get(message)
        if known is None:
            known = self._plain[message] = self._found(message, values)
        return known

    def _found(self, message: str, values: dict[str, object]) -> Message:
        return self._filled(message, find(self.catalogues, message), values)

    def ngettext(self, one: str, many: str, num: int, /, **values: object) -> Message:
        """Translate a message into the plural form for ``num``, which fills ``%(num)s`` too."""
        values = {"num": num, **values}
        source = one if num == 1 else many
        found = (catalogue.find_plural(one, num) for catalogue in self.catalogues)
        return self._filled(source, next(filter(None, found), None), values)

    def _filled(self, source: str, translation: str | None, values: dict[str, object]) -> Message:
        if translation is not None:
            with suppress(KeyError, ValueError):  # placeholders, as `check` reports
                return _fill(translation, values, self.language)
        message = _fill(source, values, self.language if self._is_source else SOURCE_LANGUAGE)
        message.is_translated = self._is_source
        return message


def _fill(text: str, values: dict[str, object], language: str) -> Message:
    """Fill a message's placeholders, with numbers and languages formatted in its language."""
    if not values:
        return Message(text)
    written = {name: _written(value, language) for name, value in values.items()}
    return Message(fill(text, written))


def _written(value: object, language: str) -> object:
    if isinstance(value, LanguageName):
        return name_of(value.tag, language)
    return number_in(value, language) if isinstance(value, int) else value


class Interfaces:
    """The interface in every language, each the same object until its catalogues change."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[str, Interface] = {}

    def of(self, language: str) -> Interface:
        """Return the interface in a language."""
        catalogues = self._library.interface(language)
        interface = self._known.get(language)
        if interface is None or interface.catalogues != catalogues:
            interface = self._known[language] = Interface(language, catalogues)
        return interface


def install(app: Flask) -> None:
    """Add ``_``, ``gettext``, ``ngettext``, ``plain`` and ``named`` to the templates."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.globals.update(_=_gettext, gettext=_gettext, ngettext=_ngettext)
    app.jinja_env.filters.update(plain=str, named=LanguageName)


def _gettext(message: str, /, **values: object) -> Message:
    interface: Interface = g.interface
    return interface.gettext(message, **values)


def _ngettext(one: str, many: str, num: int, /, **values: object) -> Message:
    interface: Interface = g.interface
    return interface.ngettext(one, many, num, **values)
