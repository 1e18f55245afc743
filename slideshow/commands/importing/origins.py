"""Remembers the source of each imported article, and its last imported version.

Beside the articles, a hidden folder has the last imported version of each, under the article's
name, and an index of their sources. Thus a source is found again after its file, or the article's,
was renamed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

FOLDER = ".slideshow-import"
INDEX = "sources.json"
MIN_LIKENESS = 0.5  # share of lines that a renamed article or source has in common with its base


class Origins:
    """The origins of the articles in a folder."""

    def __init__(self, articles: Path) -> None:
        self._articles = articles
        self._folder = articles / FOLDER

    def base(self, name: str) -> Path:
        """Return the path of an article's last imported version."""
        return self._folder / name

    def keep(self, name: str, text: str, source: str) -> None:
        """Save the imported version of an article, and its source."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self.base(name).write_text(text, encoding="utf-8")
        # In ASCII: the path of a source need not be a text in UTF-8.
        index = json.dumps({**self._sources(), name: source}, indent=1)
        (self._folder / INDEX).write_text(index + "\n", encoding="utf-8")

    def name_of(self, name: str, text: str, source: str) -> str:
        """Find the name of a source's article, which is ``name`` unless something was renamed."""
        base = self.base(name)
        if (self._articles / name).exists():
            return name
        if base.exists():
            return self._renamed_article(name) or name
        return self._article_of_renamed(text, source) or name

    def other_source(self, name: str, text: str, source: str) -> str:
        """Find the source of an article's imported version if another one; empty if the same.

        A source that was moved, or copied, has most of its text in common with that version.
        """
        former, base = self._sources().get(name, source), self.base(name)
        is_same = former == source or not base.exists() or _likest(text, [base]) is not None
        return "" if is_same else former

    def _renamed_article(self, name: str) -> str | None:
        """Find the article that an author renamed, and move its imported version along."""
        known = self._names()
        others = (path for path in self._articles.glob("*.md") if path.name not in known)
        base = self.base(name)
        found = _likest(base.read_text(encoding="utf-8"), others)
        if found is None:
            return None
        base.rename(self.base(found.name))
        return found.name

    def _article_of_renamed(self, text: str, source: str) -> str | None:
        """Find the article of a source that had another name, and is no longer there."""
        sources = self._sources()
        gone = (
            self.base(name)
            for name in self._names()
            if (former := sources.get(name, "")) != source
            and former
            and "://" not in former
            and not Path(former).exists()
            and (self._articles / name).exists()
        )
        found = _likest(text, gone)
        return found.name if found else None

    def _names(self) -> set[str]:
        return {path.name for path in self._folder.glob("*.md")}

    def _sources(self) -> dict[str, str]:
        try:
            found = json.loads((self._folder / INDEX).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def _likest(text: str, paths: Iterable[Path]) -> Path | None:
    """Find the file that is most like a text; None if none of them is like it."""
    lines = [line for line in text.splitlines() if line.strip()]
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(lines)
    ratios: list[tuple[float, Path]] = []
    for path in sorted(paths):
        try:
            others = path.read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            continue
        matcher.set_seq1([line for line in others if line.strip()])
        if matcher.quick_ratio() >= MIN_LIKENESS:
            ratios.append((matcher.ratio(), path))
    ratio, found = max(ratios, default=(0.0, None))
    return found if ratio >= MIN_LIKENESS else None
