"""HTML: documents saved by word processors, and web pages with an article in them."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterator
from os.path import realpath
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

import lxml.html
from lxml.html import HtmlElement

from slideshow.commands.importing.article import Imported, left_out
from slideshow.commands.importing.pandoc import program
from slideshow.commands.importing.pictures import Find
from slideshow.commands.importing.readers import notes
from slideshow.commands.importing.readers.documents import article
from slideshow.errors import Problem, SlideshowError, counted

# Word processors, whose HTML contains nothing but the document.
EDITORS = re.compile(r"LibreOffice|OpenOffice|Microsoft Word|Word\.Document|Google Docs", re.I)
NEVER_TEXT = (
    "script,style,noscript,template,iframe,object,embed,svg,canvas,form,button,input,select"
)
AROUND = (
    "nav,aside,footer,dialog,[role=navigation],[role=complementary],[aria-hidden=true],[hidden]"
)
BOILERPLATE = re.compile(
    r"(^|[\s_-])(share|sharing|sharedaddy|social|related|comments?|respond|sidebar|breadcrumbs?|"
    r"newsletter|subscribe|cookie|advert(isement)?|promo|entry-meta|post-meta|byline|author-box|"
    r"jp-relatedposts|toc|navbox|editsection|catlinks|printfooter|skip-link|pagination|"
    r"gh-article-meta|metadata|noprint|mw-jump-link|controls|pager|indicators|counter)($|[\s_-])",
    re.I,
)
LAZY = ("data-src", "data-lazy-src", "data-original", "data-full-url")
MIN_SHARE = 0.9  # share of the article's blocks that its element must hold


def read_html(
    data: bytes,
    name: str,
    path: str,
    folder: Path | None = None,
    *,
    address: str = "",
    find: Find | None = None,
) -> Iterator[Imported]:
    """Yield the article in an HTML file or page.

    ``folder`` is the folder of a saved page; ``address`` is that of a fetched page, and ``find``
    returns its pictures. Raises SlideshowError for a page without text.
    """
    root = _parsed(data, path)
    generator = " ".join(root.xpath("//meta[translate(@name,'G','g')='generator']/@content"))
    is_document = EDITORS.search(generator) or _is_google_document(root)
    pictures = find or local_pictures(folder)
    if is_document:
        yield _document(root, name, path, pictures)
    else:
        yield _page(root, data, name, path, pictures, address)


def fragment(html: str, name: str, path: str, find: Find, **known: Any) -> Imported:
    """Convert a piece of HTML with known metadata, such as a feed's entry, to an article.

    ``known`` holds ``title`` and ``details``.
    """
    root = lxml.html.fromstring(f"<div>{html}</div>")
    return _converted(root, name, path, find, [], **known)


def _parsed(data: bytes, path: str) -> HtmlElement:
    parser = lxml.html.HTMLParser(encoding=_encoding(data), huge_tree=False)
    try:
        root = lxml.html.document_fromstring(data, parser=parser)
    except (ValueError, lxml.etree.LxmlError) as error:
        raise SlideshowError(
            "no HTML in it", "check that it is the right file", path=path
        ) from error
    return root


def _encoding(data: bytes) -> str | None:
    """Detect UTF-8, so that a missing declaration does no harm."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _is_google_document(root: HtmlElement) -> bool:
    return bool(root.xpath("//body[contains(@class,'doc-content')]"))


def _document(root: HtmlElement, name: str, path: str, find: Find) -> Imported:
    properties = " ".join(root.xpath("string(//title)").split())
    title = ""
    for each in root.cssselect("p.title, p.MsoTitle"):
        title = " ".join(each.text_content().split())
        break
    body = root.find("body")
    element = root if body is None else body
    _stress(root)
    number = notes.without_comments(element)
    problems = [left_out(counted(number, "comment"))] if number else []
    author = " ".join(root.xpath("//meta[translate(@name,'A','a')='author']/@content"))
    details: dict[str, object] = {"author": author.strip(" ;"), "lang": root.get("lang") or ""}
    return _converted(
        element, name, path, find, problems, title=title, properties=properties, details=details
    )


def _stress(root: HtmlElement) -> None:
    """Turn the classes for bold and italic type in Google's documents into elements."""
    sheet = " ".join(root.xpath("//style/text()"))
    for tag, style in (("strong", "font-weight:700"), ("em", "font-style:italic")):
        for name in re.findall(rf"\.(c\d+)\{{[^{{}}]*{style}", sheet):
            for each in root.cssselect(f"span.{name}"):
                each.tag = tag


def _page(
    root: HtmlElement, data: bytes, name: str, path: str, find: Find, address: str
) -> Imported:
    try:
        import trafilatura
    except ImportError as error:
        raise program.missing("trafilatura") from error
    found: Any = trafilatura.bare_extraction(
        data, url=address or None, include_comments=False, include_tables=True,
        include_images=True, favor_recall=True, with_metadata=True,
    )  # fmt: skip
    if found is None or found.body is None:
        raise SlideshowError("no article found on the page", "save the article alone", path=path)
    blocks = [" ".join("".join(each.itertext()).split()) for each in found.body]
    element = _holder(root, [block for block in blocks if block])
    _prune(element)
    _head_items(element)
    details: dict[str, object] = {
        "author": (found.author or "").replace(";", ","),
        "date": found.date or "",
        "source": address or found.url or "",
        "description": found.description or "",
        "lang": root.get("lang") or "",
    }
    title = found.title or " ".join(root.xpath("string(//title)").split())
    return _converted(element, name, path, find, [], title=title, details=details)


def _holder(root: HtmlElement, blocks: list[str]) -> HtmlElement:
    """Find the smallest element that holds nearly all of an article's blocks."""
    starts = {block[:40] for block in blocks}
    places = [
        each for each in root.iter("p", "h1", "h2", "h3", "h4", "li", "blockquote", "td", "div")
        if (text := " ".join(each.text_content().split())[:40]) and text in starts
    ]  # fmt: skip
    holders: dict[HtmlElement, int] = {}
    for place in places:
        for each in place.iterancestors():
            holders[each] = holders.get(each, 0) + 1
    enough = [each for each, number in holders.items() if number >= MIN_SHARE * len(places)]
    deepest = max(enough, key=lambda each: len([*each.iterancestors()]), default=None)
    body = root.find("body")
    return deepest if deepest is not None else (root if body is None else body)


def _prune(element: HtmlElement) -> None:
    """Remove everything but the article from inside the article's element."""
    for each in [*element.cssselect(AROUND)]:
        if each is not element:
            each.drop_tree()
    for each in [*element.iter()]:
        named = f"{each.get('class') or ''} {each.get('id') or ''}" if each.tag else ""
        is_inside = each is not element and each.getparent() is not None
        if isinstance(each.tag, str) and is_inside and BOILERPLATE.search(named):
            each.drop_tree()


def _head_items(element: HtmlElement) -> None:
    """Move the headline of each item of a gallery above the item's picture."""
    for parent in [element, *element.iterdescendants("div", "ul", "ol", "section")]:
        kinds = Counter((each.tag, each.get("class")) for each in parent if each.get("class"))
        for item in [*parent] if kinds else ():
            headings = [*item.iterdescendants("h1", "h2", "h3", "h4", "h5", "h6")]
            if kinds[item.tag, item.get("class")] > 1 and len(headings) == 1:
                headings[0].drop_tree()
                headings[0].tail = None
                item.insert(0, headings[0])


def _converted(
    element: HtmlElement,
    name: str,
    path: str,
    find: Find,
    problems: list[Problem],
    *,
    title: object = "",
    properties: str = "",
    details: object = None,
) -> Imported:
    for each in element.cssselect(NEVER_TEXT):
        each.drop_tree()
    for image in element.iter("img"):
        for attribute in LAZY:
            if image.get(attribute):
                image.set("src", image.get(attribute))
    numbered = notes.marked(element)
    html = lxml.html.tostring(element, encoding="unicode")
    read = program.tree_of(html.encode(), "html-native_divs+native_spans", path)
    made = article(
        read, name, path, find, title=str(title or ""), properties=properties,
        details=details if isinstance(details, dict) else {},
    )  # fmt: skip
    body = notes.placed(made.body, numbered)
    return Imported(
        made.name, made.title, body, made.details, made.pictures, (*problems, *made.left_out)
    )


def local_pictures(folder: Path | None) -> Find:
    """Build a function that reads pictures from a source's own folder and its ``data:`` URLs."""

    def find(source: str) -> bytes | None:
        if source.startswith("data:"):
            head, _, content = source[5:].partition(",")
            try:
                is_coded = head.endswith(";base64")
                return base64.b64decode(content) if is_coded else unquote_to_bytes(content)
            except ValueError:
                return None
        if folder is None or "://" in source or source.startswith("//"):
            return None
        try:
            file = realpath(folder / unquote(source.partition("?")[0]))
            is_inside = Path(file).is_relative_to(realpath(folder)) and Path(file).is_file()
            return Path(file).read_bytes() if is_inside else None
        except (OSError, ValueError):  # a name too long, or with a NUL: that of no file
            return None

    return find
