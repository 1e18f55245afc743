"""The former addresses of an exported site, in the formats of static hosts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import unquote

MAX_POSITIONS_ALONE = 100_000  # addresses; beyond, the page for missing ones leads on

Moves = Iterable[tuple[str, str]]


def as_redirects(moves: Moves) -> str:
    """Format moves as the ``_redirects`` file of Netlify, Cloudflare Pages and others."""
    return "".join(f"{old} {new} 308\n" for old, new in moves)


def as_nginx(moves: Moves) -> str:
    """Format moves as lines of an nginx ``map``, whose keys are decoded paths.

    nginx ignores their case, and does not start if one is there twice.
    """
    found: dict[str, tuple[str, str]] = {}
    for old, new in moves:
        key = unquote(old)
        found.setdefault(key.lower(), (key, new))
    return "".join(f"{_quoted(key)} {_quoted(new)};\n" for key, new in found.values())


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


FILES: dict[str, Callable[[Moves], str]] = {
    "/_redirects": as_redirects,
    "/redirects.nginx": as_nginx,
}
