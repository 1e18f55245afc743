"""Parses the values of settings, by the type of their defaults."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from typing import Any, cast

from slideshow.errors import SettingError

SWITCH = {"on": True, "true": True, "1": True, "off": False, "false": False, "0": False}
KINDS: dict[type, str] = {
    bool: "on or off",
    int: "a whole number",
    float: "a number",
    str: "text",
    tuple: "a list of texts",
}
EXAMPLES: dict[type, str] = {str: '"text"', tuple: '["one", "two"]'}


def parsed(name: str, value: object, default: object) -> Any:
    """Parse the value of the setting ``name``, which has the type of ``default``.

    Raises SettingError for a value of another type.
    """
    if isinstance(value, str):
        return _from_text(name, value, default)
    if isinstance(value, list) and isinstance(default, tuple):
        if all(isinstance(each, str) for each in value):
            return tuple(value)
    elif isinstance(value, bool) == isinstance(default, bool):
        if isinstance(value, type(default)):
            return value
        if isinstance(value, int) and isinstance(default, float):
            return float(value)
    raise _wrong_kind(name, value, default)


def _from_text(name: str, value: str, default: object) -> Any:
    if not value and isinstance(default, int | float):  # so are on and off
        return default  # such as a variable passed on unset
    if isinstance(default, bool):
        if value.lower() not in SWITCH:
            raise SettingError(f"{name}={value!r} is neither on nor off", "set it to on or off")
        return SWITCH[value.lower()]
    try:
        if isinstance(default, int | float):
            return type(default)(value)
    except ValueError as error:
        raise _wrong_kind(name, value, default) from error
    if isinstance(default, tuple):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _wrong_kind(name: str, value: object, default: object) -> SettingError:
    kind = type(default)
    example = EXAMPLES.get(kind) or written(default)
    return SettingError(
        f"{name}={value!r} is not {KINDS[kind]}",
        f"set it to something like {example}, or leave it out",
    )


def written(value: object) -> str:
    """Format a value as environment variables have it."""
    if isinstance(value, tuple):
        return ",".join(cast("tuple[str, ...]", value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def suggestion(name: str, known: Collection[str]) -> str:
    """Format advice for an unknown name: the known one that is most like it."""
    close = get_close_matches(name, known, 1)
    return f"write {close[0]}" if close else "remove it"
