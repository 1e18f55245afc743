"""Names the pages of the project in a release; their address is up to whoever releases it."""

from __future__ import annotations

import os
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

PAGES = {
    "Homepage": "",
    "Documentation": "/tree/main/slideshow/bundled",
    "Changelog": "/blob/main/CHANGELOG.md",
    "Issues": "/issues",
    "Source": "",
}


class ProjectPages(MetadataHookInterface):
    """Adds the URLs below ``PROJECT_URL``, an environment variable; none without it."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the field ``urls``."""
        home = os.environ.get("PROJECT_URL", "").rstrip("/")
        metadata["urls"] = {name: home + page for name, page in PAGES.items()} if home else {}
