"""Spreadsheets with a row per slide, in TimelineJS's layout: CSV and XLSX."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from html import escape
from io import BytesIO, StringIO

from slideshow.commands.importing.article import Imported
from slideshow.commands.importing.pandoc import program
from slideshow.commands.importing.pictures import Find
from slideshow.commands.importing.readers.archives import Archive
from slideshow.commands.importing.readers.webpages import fragment
from slideshow.errors import SlideshowError

MAX_ROWS = 20_000
HEADLINE = ("headline", "title", "titre", "heading", "name")
TEXT = ("text", "texte", "body", "description", "content")
MEDIA = ("media", "image", "picture")
CREDIT = ("media credit", "credit")
CAPTION = ("media caption", "caption", "alt")
PICTURE = re.compile(r"\.(png|jpe?g|gif|webp|avif|svg)$", re.I)


def read_csv(data: bytes, name: str, path: str, find: Find) -> Iterator[Imported]:
    """Yield the article in a CSV or TSV file."""
    text = _decoded(data, path)
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:4096], ",;\t")
    except csv.Error:
        dialect = csv.excel
    try:
        rows = [*csv.reader(StringIO(text), dialect)]
    except csv.Error as error:
        raise SlideshowError(f"not a table: {error}", "save it as CSV again", path=path) from error
    yield _article(rows, name, path, find)


def read_xlsx(data: bytes, name: str, path: str, find: Find) -> Iterator[Imported]:
    """Yield the article in the first sheet of an Excel workbook."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise program.missing("openpyxl") from error
    Archive(data, path)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = [
            ["" if cell is None else str(cell) for cell in row]
            for row in sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=100, values_only=True)
        ]
    except (ValueError, KeyError, IndexError, TypeError, OSError) as error:
        raise SlideshowError(f"not a workbook: {error}", "save it again", path=path) from error
    yield _article(rows, name, path, find)


def _decoded(data: bytes, path: str) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        fix = "save it as CSV in UTF-8"
        raise SlideshowError(f"not {encoding} text", fix, path=path) from error


def _article(rows: Sequence[Sequence[str]], name: str, path: str, find: Find) -> Imported:
    if len(rows) > MAX_ROWS:
        raise SlideshowError(f"more than {MAX_ROWS:,} rows", "split the sheet", path=path)
    columns = [each.strip().lower() for each in rows[0]] if rows else []
    places = [_place(columns, names) for names in (HEADLINE, TEXT, MEDIA, CREDIT, CAPTION)]
    if places[0] is None:
        raise SlideshowError(
            "no column called Headline or Title in its first row",
            "name the columns: Headline, Text, Media, Media Credit, Media Caption",
            path=path,
            line=1,
        )
    kind = _place(columns, ("type",))
    slides: list[str] = []
    title = ""
    for row in rows[1:]:
        headline, text, media, credit, caption = (_cell(row, place) for place in places)
        if not title and _cell(row, kind).lower() == "title":
            title = headline
            slides.insert(0, _html("", text, media, credit, caption))
        elif headline or text:
            slides.append(_html(headline, text, media, credit, caption))
    return fragment("".join(slides), name, path, find, title=title or name, details={})


def _place(columns: Sequence[str], names: Sequence[str]) -> int | None:
    return next((columns.index(name) for name in names if name in columns), None)


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _html(headline: str, text: str, media: str, credit: str, caption: str) -> str:
    head = f"<h2>{escape(headline)}</h2>" if headline else ""
    body = text if "<" in text else "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))
    if not media:
        return head + body
    if PICTURE.search(media.partition("?")[0]):
        words = f'alt="{escape(caption or headline)}" title="{escape(credit)}"'
        return f'{head}<p><img src="{escape(media)}" {words}></p>{body}'
    return f'{head}{body}<p><a href="{escape(media)}">{escape(caption or media)}</a></p>'
