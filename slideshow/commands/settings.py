"""Prints the settings of a site as a file of settings, with the origin of each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any

from slideshow.library.sitefile import PLACE
from slideshow.settings import Origin, Settings, default_of, is_table, settings_of

DEFAULT = "default"


def lines(settings: Settings) -> Iterator[str]:
    """Format each setting as a line of TOML, with its origin as a comment; tables come last."""
    tables = [each for each in settings_of(Settings) if is_table(default_of(each))]
    for setting in settings_of(Settings):
        if setting not in tables:
            line = _line(setting.name, getattr(settings, setting.name), settings.origins)
            yield f"# {line}" if setting.name == PLACE else line
    for setting in tables:
        yield from _table(setting.name, getattr(settings, setting.name), settings.origins)


def _table(name: str, table: Any, origins: Mapping[str, Origin]) -> Iterator[str]:
    pairs = (
        {each.name: getattr(table, each.name) for each in settings_of(type(table))}
        if is_dataclass(table)
        else table
    )
    whole = DEFAULT if is_dataclass(table) else origins.get(name, DEFAULT)
    nested = {key: value for key, value in pairs.items() if is_table(value)}
    yield ""
    yield f"[{name}]"
    for key, value in pairs.items():
        if key not in nested:
            yield _line(key, value, origins, name, whole)
    for key, value in nested.items():
        yield from _table(f"{name}.{key}", value, origins)


def _line(
    name: str,
    value: Any,
    origins: Mapping[str, Origin],
    table: str = "",
    whole: Origin | str = DEFAULT,
) -> str:
    """Format one setting; ``whole`` is the origin of a table whose names have none of their own."""
    path = f"{table}.{name}" if table else name
    key = name if name.isidentifier() else _quoted(name)
    origin = origins.get(path) or whole
    return f"{key} = {_quoted(value)}  # {origin}"


def _quoted(value: Any) -> str:
    # TOML's texts, numbers, booleans and lists are written as in JSON.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
