"""Feeds and exports: RSS, Atom and Media RSS, one slide per entry; WXR, one article per post."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import unquote

from slideshow.commands.importing.article import Imported, left_out
from slideshow.commands.importing.pandoc import program
from slideshow.commands.importing.pictures import Find
from slideshow.commands.importing.readers.webpages import fragment
from slideshow.commands.importing.readers.xml import parsed
from slideshow.errors import SlideshowError

WXR = "http://wordpress.org/export/"  # the start of its namespaces, before a version
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
SHORTCODE = re.compile(r"\[(/?)([a-z][\w-]*)((?:\s[^\]\n]{0,500})?)\]")
# Block elements in WordPress' text, where a blank line starts a paragraph.
BLOCK = re.compile(r"<(p|div|h\d|ul|ol|table|figure|blockquote|pre|hr|section)\b", re.I)


def read_feed(data: bytes, name: str, path: str, find: Find) -> Iterator[Imported]:
    """Yield the article of a feed, with a slide per entry; of WXR, an article per post.

    Raises SlideshowError for XML of any other kind.
    """
    root = parsed(data)
    if root is None:
        raise SlideshowError("not well-formed XML", "save the feed again", path=path)
    if wordpress := next((each for each in root.nsmap.values() if each.startswith(WXR)), None):
        yield from _posts(root, wordpress, path, find)
    else:
        yield _slides(data, name, path, find)


def _slides(data: bytes, name: str, path: str, find: Find) -> Imported:
    try:
        import feedparser
    except ImportError as error:
        raise program.missing("feedparser") from error
    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise SlideshowError("no entry in it", "check that it is a feed", path=path)
    html = "".join(f"<h2>{escape(_headline(each))}</h2>{_content(each)}" for each in feed.entries)
    details: dict[str, object] = {
        "author": feed.feed.get("author", ""),
        "source": feed.feed.get("link", ""),
        "lang": feed.feed.get("language", ""),
    }
    return fragment(html, name, path, find, title=feed.feed.get("title", ""), details=details)


def _headline(entry: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", entry.get("title", "")).split()) or "…"


def _content(entry: Any) -> str:
    """Render an entry's text as HTML, with the pictures that only its metadata names."""
    bodies = [each.value for each in entry.get("content", ()) if "html" in each.get("type", "html")]
    text = max([entry.get("summary", ""), *bodies], key=len)
    body = text if "<" in text else f"<p>{escape(text)}</p>"
    media = [*entry.get("media_content", ()), *entry.get("enclosures", ())]
    for each in media:
        address = each.get("url") or each.get("href") or ""
        is_picture = "image" in (each.get("medium"), str(each.get("type")).partition("/")[0])
        if is_picture and address not in body:
            described = entry.get("media_description") or entry.get("title", "")
            body += f'<p><img src="{escape(address)}" alt="{escape(described)}"></p>'
    return body


def _posts(root: Any, wordpress: str, path: str, find: Find) -> Iterator[Imported]:
    site = root.find("channel")
    language = site.findtext("language", "") if site is not None else ""
    posts = [
        each for each in root.iter("item")
        if each.findtext(f"{{{wordpress}}}post_type") in ("post", "page")
    ]  # fmt: skip
    if not posts:
        raise SlideshowError("no post in it", "export posts from WordPress", path=path)
    names: Counter[str] = Counter()
    for post in posts:
        title = post.findtext("title") or "Untitled"
        html, shortcodes = _without_shortcodes(post.findtext(CONTENT) or "")
        status = post.findtext(f"{{{wordpress}}}status")
        details: dict[str, object] = {
            "author": post.findtext(CREATOR, ""),
            "date": (post.findtext(f"{{{wordpress}}}post_date") or "")[:10],
            "source": post.findtext("link") or "",
            "lang": language,
            "tags": [each.text for each in post.findall("category[@domain='post_tag']")],
            "draft": status not in ("publish", None),
        }
        name = unquote(post.findtext(f"{{{wordpress}}}post_name") or title)
        names[name] += 1  # a post and a page may share one
        name = name if names[name] == 1 else f"{name}-{names[name]}"
        html = _paragraphs(html) or "<p>…</p>"
        made = fragment(html, name, path, find, title=title, details=details)
        lost = [left_out(f"shortcode [{each}]") for each in sorted(shortcodes)]
        yield Imported(
            made.name, title, made.body, made.details, made.pictures, (*lost, *made.left_out)
        )


def _without_shortcodes(html: str) -> tuple[str, set[str]]:
    """Strip WordPress' shortcodes, except a caption's words; return the text and their names."""
    names = {match[2] for match in SHORTCODE.finditer(html)} - {"caption"}
    known = {name for name in names if f"[/{name}]" in html or name in ("gallery", "embed")}
    known |= {"caption"}
    return SHORTCODE.sub(lambda match: "" if match[2] in known else match[0], html), known & names


def _paragraphs(html: str) -> str:
    """Turn the blank lines of WordPress' text into paragraphs."""
    if "<!-- wp:" in html or "<p>" in html:
        return html
    parts = (part.strip() for part in re.split(r"\n\s*\n", html.replace("\r\n", "\n")))
    return "".join(
        part if BLOCK.match(part) else f"<p>{part.replace(chr(10), '<br>')}</p>"
        for part in parts
        if part
    )
