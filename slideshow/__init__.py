"""Slideshow turns an article into slides: one URL for each headline, in every language.

``create_app`` and ``Settings`` are the public API for embedding Slideshow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from slideshow.settings import Settings
    from slideshow.web.app import create_app

__all__ = ["DISTRIBUTION", "Settings", "__version__", "create_app"]

__version__ = "1.0.0"
DISTRIBUTION = "article-slideshow"  # the name to install, as pyproject.toml has it


def __getattr__(name: str) -> Any:
    """Import the app and its settings on first use: commands start without Flask."""
    if name == "create_app":
        from slideshow.web.app import create_app

        return create_app
    if name == "Settings":
        from slideshow.settings import Settings

        return Settings
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
