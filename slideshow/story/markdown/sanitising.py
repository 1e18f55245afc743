"""The safe set: the elements, attributes and classes allowed in the HTML of articles."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3

from slideshow.story.links import SCHEMES
from slideshow.story.markdown.highlighting import CLASSES


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_INLINE = _names(
    "a abbr b bdi bdo br cite code data del dfn em i ins kbd mark q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr"
)
_BLOCK = _names(
    "address article aside blockquote caption center col colgroup dd details div dl dt "
    "figcaption figure footer h2 h3 h4 h5 h6 header hgroup hr li ol p pre section summary "
    "table tbody td tfoot th thead tr ul"
)
_MATH = _names(
    "math maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom "
    "mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr "
    "munder munderover none semantics"
)
_MATH_ATTRIBUTES = _names(
    "accent accentunder columnalign columnlines columnspacing columnspan depth display "
    "displaystyle fence form height largeop linethickness lspace mathsize mathvariant maxsize "
    "minsize movablelimits notation rowalign rowlines rowspacing rowspan rspace scriptlevel "
    "separator stretchy symmetric voffset width xmlns"
)
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title", "target"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "bdo": {"dir"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"datetime"},
    "details": {"open"},
    "ins": {"datetime"},
    "li": {"value", "id"},
    "ol": {"start", "reversed", "type"},
    "div": {"role", "tabindex"},
    "pre": {"tabindex"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "time": {"datetime"},
    **{tag: set(_MATH_ATTRIBUTES) for tag in _MATH},
    "math": {*_MATH_ATTRIBUTES, "tabindex"},
}
_OWN_CLASSES = {
    "span": set(CLASSES) | {"task", "missing"},
    "aside": {"box", "note", "tip", "important", "warning", "caution"},
    "section": {"notes", "tab"},
    "details": {"box"},
    "p": {"label"},
    "div": {"scroll", "paragraph"},
    "sup": {"reference"},
    "td": {"to-end", "centred"},
    "th": {"to-end", "centred"},
    "small": {"note"},
}
_OTHERS = _names(
    "h1 img script style iframe video audio source track picture object embed param svg form "
    "input button label select option textarea font big nobr main nav noscript canvas map "
    "area base link meta title html head body template slot dialog fieldset legend frame "
    "frameset progress meter output search menu path g circle rect line polygon polyline text "
    "use defs symbol acronym dir marquee"
)
KNOWN = _INLINE | _BLOCK | _MATH | _OTHERS

_NOTE = re.compile(r"note-\d{1,5}")


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """Filter an attribute: identifiers may only be ours, so that each is unique."""
    return value if attribute != "id" or _NOTE.fullmatch(value) else None


_CLEANER = nh3.Cleaner(
    tags=set(_INLINE | _BLOCK | _MATH),
    clean_content_tags={"script", "style"},
    attributes=_ATTRIBUTES,
    allowed_classes=_OWN_CLASSES,
    url_schemes=set(SCHEMES),
    attribute_filter=_kept,
    link_rel="noopener noreferrer",
)
_INLINE_CLEANER = nh3.Cleaner(
    tags=set(_INLINE | _MATH) - {"a", "br"},
    clean_content_tags={"script", "style"},
    attributes=_ATTRIBUTES,
    allowed_classes=_OWN_CLASSES,
)
_HEADING = re.compile(r"<(/?)h1\b")
# Inside these elements the cleaner would drop the words, or show the tags.
_DRAWING = re.compile(r"</?(?:svg|title|desc|text|tspan|noscript)\b[^<>]*>", re.IGNORECASE)


def sanitised(html: str) -> str:
    """Strip all elements except the safe set from HTML; keep the words in them."""
    html = _HEADING.sub(r"<\1h2", _DRAWING.sub(" ", html))
    return _CLEANER.clean(html).replace("&nbsp;", "\u00a0")


def sanitised_inline(html: str) -> str:
    """Strip links and blocks from the HTML of a headline."""
    return _INLINE_CLEANER.clean(_DRAWING.sub(" ", html)).replace("&nbsp;", "\u00a0")


class _Attributes(HTMLParser):
    """Parses the attributes of one tag."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = {name: value or "" for name, value in attrs}


def attributes_of(tag: str) -> dict[str, str]:
    """Parse the attributes of a tag, by name."""
    reader = _Attributes()
    reader.feed(tag)
    return reader.found
