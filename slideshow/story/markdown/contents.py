"""The contents that other tools insert where a mark is, and their heading, which goes with them."""

from __future__ import annotations

import re

from slideshow.story.markdown.spans import RULE
from slideshow.story.markdown.tags import without_syntax

_TOC_LIST = re.compile(r"[ \t]*(?:[-*+]|\d+\.)[ \t]+\S.*")
_TOC_MARK = re.compile(r"\s*\{:?\s*(?:toc|:toc)\b.*\}\s*")
_TOC = re.compile(
    r"\s*(?:\[TOC\]|\[\[_?TOC_?\]\]|\$\{toc\}|\{\{\s*toc\s*\}\}|@\[toc\](?:\(.*\))?)\s*", re.I
)
_CONTENTS = (
    *("contents", "content", "table of contents", "on this page", "toc", "sommaire", "contenu"),
    *("table des matières", "inhalt", "inhaltsverzeichnis", "índice", "contenido", "contenidos"),
    *("tabla de contenido", "tabla de contenidos", "indice", "sommario", "sumário", "conteúdo"),
    *("inhoud", "inhoudsopgave", "spis treści", "содержание", "оглавление", "зміст", "obsah"),
    *("innehåll", "innehållsförteckning", "indhold", "innhold", "sisällys", "içindekiler"),
    *("目次", "目录", "目錄", "목차", "차례", "المحتويات", "תוכן עניינים"),
)
HEADING = re.compile(r"(#{1,6})[ \t]+\S")
_WORD = re.compile(r"\w+")


def mark_lines(line: str, below: str) -> int:
    """Count the lines of a mark of contents that starts here, with the item of a list above it."""
    if _TOC.fullmatch(line):
        return 1
    return 2 if _TOC_LIST.fullmatch(line) and _TOC_MARK.fullmatch(below) else 0


def leave_out_heading(above: list[str], below: list[str]) -> None:
    """Leave out the heading of the contents, which the cover has, if no other text is there."""
    texts = (line for line in below if line.strip() and not RULE.fullmatch(line))
    last = next((at for at in reversed(range(len(above))) if above[at].strip()), 0)
    heading = HEADING.match(above[last]) if above else None
    following = HEADING.match(next(texts, "# x"))
    if not heading or not following or not 2 <= len(heading[1]) >= len(following[1]):
        return
    words = " ".join(_WORD.findall(without_syntax(above[last]).casefold()))
    if words in _CONTENTS and any(line.strip() for line in above[:last]):
        above[last] = ""
