"""Footnotes and comments in HTML, which are pairs of links to each other."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml.html import HtmlElement

COMMENT = re.compile(r"^#(cmnt|_msocom|_cmnt|comment)", re.I)
MAX_MARK_CHARACTERS = 8


def without_comments(element: HtmlElement) -> int:
    """Remove a document's comments and their reference marks; return their number."""
    targets = set()
    for link in [*element.xpath(".//a[@href]")]:
        if COMMENT.match(link.get("href")) and "ref" not in link.get("href"):
            targets.add(link.get("href")[1:])
            holder = link.getparent() if link.getparent().tag == "sup" else link
            holder.drop_tree()
    for each in [*element.iter()]:
        if (each.get("id") or each.get("name")) in targets:
            _block_of(each).drop_tree()
    return len(targets)


def marked(element: HtmlElement) -> Mapping[str, str]:
    """Replace footnotes by marks; map each mark to its text.

    A footnote is a short link to a place with a link back.
    """
    places = {
        name: each
        for each in element.iter()
        if isinstance(each.tag, str)
        for name in {each.get("id"), each.get("name")}
        if name
    }
    found: dict[str, str] = {}
    for link in [*element.xpath(".//a[starts-with(@href,'#')]")]:
        target = places.get(link.get("href")[1:])
        if target is None or len(link.text_content().strip()) > MAX_MARK_CHARACTERS:
            continue
        note = _block_of(target)
        back = _back(note, link)
        if back is None or note.getparent() is None or note in link.iterancestors():
            continue
        back.drop_tree()
        mark = f"FOOTNOTEMARK{len(found) + 1}X"
        found[mark] = re.sub(r"^[\s\[\].\d↑^]*", "", " ".join(note.text_content().split()))
        note.drop_tree()
        _replaced(link, mark)
    return found


def placed(markdown: str, texts: Mapping[str, str]) -> str:
    """Replace the marks in Markdown by their footnotes."""
    for number, mark in enumerate(texts, 1):
        markdown = re.sub(rf"\^?\(?{mark}\)?\^?", f"[^{number}]", markdown)
    listed = [f"[^{number}]: {text}" for number, text in enumerate(texts.values(), 1)]
    return "\n\n".join([markdown, *listed])


def _block_of(element: HtmlElement) -> HtmlElement:
    """Find the paragraph, item or division that an anchor starts."""
    block = element
    while block.tag not in ("p", "li", "div", "aside", "dd", "section"):
        if block.getparent() is None or block.getparent().tag == "body":
            break
        block = block.getparent()
    return block


def _back(note: HtmlElement, link: HtmlElement) -> HtmlElement | None:
    names = {link.get("id"), link.get("name")}
    parent = link.getparent()
    names |= {parent.get("id"), parent.get("name")} if parent is not None else set()
    names |= {each.get("id") for each in link.iter()}
    for each in note.xpath(".//a[starts-with(@href,'#')]"):
        if each.get("href")[1:] in names - {None}:
            found: HtmlElement = each
            return found
    return None


def _replaced(link: HtmlElement, mark: str) -> None:
    for child in [*link]:
        link.remove(child)
    link.text = mark
    link.drop_tag()
