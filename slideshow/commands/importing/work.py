"""The work of ``slideshow import``: read sources, write articles, merge with earlier ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from slideshow.commands.importing import fetching
from slideshow.commands.importing.article import Imported
from slideshow.commands.importing.merging import merge
from slideshow.commands.importing.origins import Origins
from slideshow.commands.importing.pictures import Find
from slideshow.commands.importing.readers import (
    decks,
    documents,
    feeds,
    powerpoint,
    sheets,
    webpages,
)
from slideshow.errors import Problem, SlideshowError
from slideshow.library.files import read_file
from slideshow.story.languages import tag_of

MAX_PICTURES = 200  # fetched for one page

Reader = Callable[[bytes, str, str, Find], Iterator[Imported]]


def _archive(form: str) -> Reader:
    return lambda data, name, path, _: documents.read_archive(data, name, path, form)


# To add a kind of source, add a reader and a line here.
READERS: dict[str, Reader] = {
    ".docx": _archive("docx"),
    ".odt": _archive("odt"),
    ".epub": _archive("epub"),
    ".pptx": lambda data, name, path, _: powerpoint.read_pptx(data, name, path),
    ".rtf": lambda data, name, path, _: documents.read_rtf(data, name, path),
    ".md": decks.read_deck,
    ".markdown": decks.read_deck,
    ".csv": sheets.read_csv,
    ".tsv": sheets.read_csv,
    ".xlsx": sheets.read_xlsx,
    ".xml": feeds.read_feed,
    ".rss": feeds.read_feed,
    ".atom": feeds.read_feed,
}
PAGES = (".html", ".htm", ".xhtml")
FEEDS = ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml")


@dataclass(frozen=True, slots=True)
class Result:
    """One written article: its file, whether it is new, and the findings about it."""

    path: Path
    is_new: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Importing:
    """An import into ``folder``. ``lang`` is the language of sources that don't state theirs."""

    folder: Path
    lang: str = ""
    is_forced: bool = False
    allows_private: bool = False

    def results(self, source: str) -> Iterator[Result]:
        """Import a file or an address; yield each article written.

        Raises SlideshowError if the source cannot be read or an article must not be replaced.
        """
        read = self._fetched if fetching.is_address(source) else self._opened
        for article in read(source):
            yield self._written(article, source)

    def _opened(self, source: str) -> Iterator[Imported]:
        path = Path(source)
        suffix = path.suffix.lower()
        if suffix not in {*READERS, *PAGES}:
            known = " ".join(sorted([*READERS, *PAGES]))
            raise SlideshowError("not a kind of file that can be imported", known, path=source)
        if path.stat().st_size > documents.MAX_BYTES:
            raise documents.too_large(path.stat().st_size, source)
        data, name = read_file(path), path.name[: -len(suffix)]
        if suffix in PAGES:
            return webpages.read_html(data, name, source, path.parent)
        return READERS[suffix](data, name, source, webpages.local_pictures(path.parent))

    def _fetched(self, source: str) -> Iterator[Imported]:
        fetch = partial(fetching.fetch, allows_private=self.allows_private)
        answer = fetch(source)
        place = PurePosixPath(unquote(urlsplit(answer.address).path))
        suffix = place.suffix.lower()
        name = place.stem or str(urlsplit(answer.address).hostname)
        find = _remote(answer.address, fetch)
        if answer.media_type in FEEDS:
            return feeds.read_feed(answer.data, name, source, find)
        if suffix in READERS and answer.media_type != "text/html":
            return READERS[suffix](answer.data, name, source, find)
        return webpages.read_html(answer.data, name, source, address=answer.address, find=find)

    def _written(self, article: Imported, source: str) -> Result:
        article = replace(article, details=dict(article.details))
        tag = tag_of(self.lang or str(article.details.get("lang") or "")) or ""
        details = {name: each for name, each in article.details.items() if name != "lang"}
        article = replace(article, details=details)
        origins = Origins(self.folder)
        name = f"{article.name}.{tag}.md" if tag else f"{article.name}.md"
        place = source if fetching.is_address(source) else str(Path(source).resolve())
        name = origins.name_of(name, article.text, place)
        path = self.folder / name
        problems = [problem.at(problem.path or source) for problem in article.left_out]
        if not tag:
            fix = f"give --lang, or rename it to {article.name}.en.md"
            problems.append(Problem("its language is not known", fix, path=str(path)))
        is_new = not path.exists()
        text = article.text
        if not is_new and not self.is_forced:
            if other := origins.other_source(name, article.text, place):
                raise SlideshowError(
                    f"there already, and imported from {other}",
                    "rename the source, choose another --to, or give --force to replace it",
                    path=str(path),
                )
            text, found = _merged(path, origins.base(name), text)
            problems += found
        self.folder.mkdir(parents=True, exist_ok=True)
        for picture in article.pictures:
            self._keep(picture.name, picture.data)
        path.write_text(text, encoding="utf-8")
        origins.keep(name, article.text, place)
        return Result(path, is_new, tuple(problems))

    def _keep(self, name: str, data: bytes) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _merged(path: Path, base: Path, theirs: str) -> tuple[str, list[Problem]]:
    if not base.exists():
        raise SlideshowError(
            "there already, and not imported by Slideshow",
            "rename it, choose another --to, or give --force to replace it",
            path=str(path),
        )
    mine = path.read_text(encoding="utf-8")
    merged = merge(base.read_text(encoding="utf-8"), mine, theirs)
    fix = f"compare with {base}"
    return merged.text, [
        Problem("the source changed this too; your words are kept", fix, line, str(path))
        for line in merged.conflicts
    ]


def _remote(address: str, fetch: Callable[[str], fetching.Answer]) -> Find:
    """Build a function that fetches the pictures of a page, up to a limit."""
    asked: set[str] = set()

    def find(source: str) -> bytes | None:
        if source.startswith("data:"):
            return webpages.local_pictures(None)(source)
        whole = urljoin(address, source)
        if not fetching.is_address(whole) or len(asked) >= MAX_PICTURES:
            return None
        asked.add(whole)
        try:
            return fetch(whole).data
        except SlideshowError:
            return None

    return find


def sources_in(folder: Path) -> list[str]:
    """List the importable files in a folder, by name."""
    kinds = {*READERS, *PAGES}
    return sorted(str(path) for path in folder.iterdir() if path.suffix.lower() in kinds)


def expanded(sources: Iterable[str]) -> Iterator[str]:
    """Yield sources, with patterns such as ``*.docx`` expanded to the matching files."""
    for source in sources:
        is_pattern = any(mark in source for mark in "*?[") and not fetching.is_address(source)
        if is_pattern and not Path(source).exists():
            yield from sorted(str(path) for path in Path().glob(source))
        else:
            yield source
