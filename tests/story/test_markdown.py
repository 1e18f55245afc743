"""Markdown articles and their rendering (checks D4, D5)."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slideshow.errors import ArticleError
from slideshow.story.details import Details
from slideshow.story.figures import Picture
from slideshow.story.formats.markdown import parse_markdown
from slideshow.story.frontmatter import language_of
from slideshow.story.limits import Limits
from slideshow.story.markdown.blocks import Markdown
from slideshow.story.model import Slide, Story, Text
from slideshow.story.showing import Showing

MARKDOWN = Markdown()
ARTICLE = "# Title\n\n## One\n\nFirst.\n\n## Two\n\nSecond.\n\n- a\n- b\n"
MATTER = "---\ntitle: Above\nlang: en\ndate: 2026-11-24\nauthor: [Ada, Grace]\n---\n"
MARKS = st.text(st.sampled_from("#*_[]()<>!`~-+=|&;:\\/\"' \t\nab1.\u00a0\u202f"), max_size=80)


def parse(source: str) -> Story:
    return parse_markdown(source, "story", "en")


def texts(story: Story) -> list[tuple[str, ...]]:
    return [
        tuple(text.value for text in slide.texts() if text not in pictured(slide))
        for slide in story.slides
    ]


def pictured(slide: Slide) -> list[Text]:
    return [text for block in slide.blocks if block.figures for text in block.texts()]


def render(value: str) -> str:
    """Return a paragraph as HTML, without the element around it."""
    html = MARKDOWN.html(value, "", Showing("en"))
    return html.removeprefix('<div class="paragraph">').removesuffix("</div>\n")


def below(source: str) -> Story:
    return parse(f"# Title\n\n## One\n\n{source}")


class Elements(HTMLParser):
    """Collects the elements of some HTML with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    "source",
    [
        ARTICLE,
        ARTICLE.replace("\n", "\r\n"),
        ARTICLE.replace("\n", "\r"),
        f"\ufeff{ARTICLE}",
        ARTICLE.replace("## Two", "Two\n---"),
        ARTICLE.replace("## Two", "---\n\n## Two ##"),
    ],
    ids=["plain", "windows", "old mac", "bom", "underlined", "rule"],
)
def test_headlines_and_blocks_become_slides(source: str) -> None:
    story = parse(source)

    assert story.title.value == "Title"
    assert texts(story) == [("One", "First."), ("Two", "Second.", "a", "b")]
    assert {text.markup.name for text in story.texts()} == {"Markdown"}
    assert story.problems == ()


def test_every_text_knows_its_line_below_front_matter() -> None:
    story = parse(MATTER + ARTICLE)

    assert [text.line for text in story.texts()] == [2, 7, 9, 11, 13, 15, 17, 18]


def test_blocks_are_messages_without_their_marks() -> None:
    blocks = ["A *b*\nc", "> quoted\n> twice", "```\n# code\n\n```", "    indented", "### Deep"]

    assert texts(below("\n\n".join(blocks))) == [
        ("One", "A *b* c", "quoted twice", "# code", "indented", "Deep")
    ]


def test_no_break_spaces_are_kept() -> None:
    story = parse("# A\u202f!\n\n## \u00a0One\u00a0\n\n\u00a0First\u202f;\u00a0\n")

    assert [text.value for text in story.texts()] == [
        "A\u202f!",
        "\u00a0One\u00a0",
        "\u00a0First\u202f;\u00a0",
    ]
    assert render("\u00a0First\u202f") == "<p>\u00a0First\u202f</p>\n"


def test_front_matter_tells_about_the_story() -> None:
    story = parse(f"{MATTER}## One\n\nFirst.\n")

    assert story.title == Text("Above", "en", 2)
    assert story.details == Details(author="Ada, Grace", date="2026-11-24")
    assert story.problems == ()


def test_front_matter_may_name_things_with_capitals() -> None:
    story = parse("---\nTitle: Above\nDATE: 2026-11-24\n---\n## One\n\nFirst.\n")

    assert story.title.value == "Above"
    assert story.details == Details(date="2026-11-24")


@pytest.mark.parametrize(
    ("source", "language"),
    [
        (MATTER, "en"),
        ("---\nLang: fr\n---\n", "fr"),
        ("---\nlang: PT_br\n---\n", "pt-BR"),
        ("---\nlang: no\n---\n", "no"),
        ("---\nlang: nonsense\n---\n", None),
        ("---\n---\n", None),
        ("# Title\n", None),
    ],
)
def test_front_matter_may_name_the_language(source: str, language: str | None) -> None:
    assert language_of(source) == language


def test_a_picture_alone_in_its_paragraph_is_the_slides() -> None:
    story = below('![A *cat*](my%20cat.png "Me")\n\nText.')

    assert story.slides[0].picture == Picture(
        "my cat.png", Text("A cat", "en", 5), Text("Me", "en", 5)
    )
    assert texts(story) == [("One", "Text.")]


def test_a_picture_may_stand_without_paragraph() -> None:
    assert below("![A cat](cat.png)").slides[0].paragraphs == ()


def test_reference_links_carry_their_definitions() -> None:
    story = below("See [there].\n\nNot here.\n\n[there]: https://example.org\n")

    assert texts(story) == [("One", "See [there].\n\n[there]: https://example.org", "Not here.")]
    assert 'href="https://example.org"' in story.slides[0].paragraphs[0].html(Showing("en"))


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("Text.\n\n![](a.png)", 7, "no alternative text"),
        ("Press ![](a.png) now.", 5, "picture 'a.png' has no alternative text"),
        ("Text.\n\n![A.png](a.png)", 7, "picture 'a.png' has the name of its file as"),
        ("Text.\n\n![](a.mp3)", 7, "sound 'a.mp3' has no name"),
        ("Text.\n\n- One\n- ![](a.png)", 8, "picture 'a.png' has no alternative text"),
        ("Text.\n\n![A](https://example.org/a.png)", 7, "not a file beside"),
        ("Text.\n\n![A](//example.org/a.png)", 7, "not a file beside"),
        ("Press ![A](https://example.org/a.png) now.", 5, "not a file beside"),
        ("Press ![](data:image/png;base64,iVBORw0KGgo=) now.", 5, "not a file beside"),
        ("Text.\n\n![][1]\n\n[1]: <data:image/png;base64,iVBORw0KGgo=>", 7, "not a file beside"),
        ("Text.\n\n![A](/a.png)", 7, "not a file beside"),
        ("Text.\n\n![A](b/../../a.png)", 7, "not a file beside"),
        ("Text.\n\n![A](b/%2e%2e/a.png)", 7, "not a file beside"),
        ("Text.\n\n## See [this](x)\n\nText.", 7, "link in a headline"),
        ("Text with {% include a %}.", 5, "template tag"),
    ],
)
def test_what_is_left_out_or_read_otherwise_is_reported(
    source: str, line: int, reason: str
) -> None:
    (problem,) = below(source).problems

    assert reason in problem.message
    assert problem.line == line
    assert problem.fix


@pytest.mark.parametrize(
    ("lines", "line", "reason"),
    [
        ("lang: fr", 2, "the file name says en"),
        ("date: yesterday", 2, "is not a date"),
        ("image: ../a.png", 2, "not a file beside"),
    ],
)
def test_odd_front_matter_is_reported(lines: str, line: int, reason: str) -> None:
    (problem,) = parse(f"---\n{lines}\n---\n{ARTICLE}").problems

    assert (reason in problem.message, problem.line) == (True, line)


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("", 1, "no text"),
        ("\n# Title\n", 2, "no text"),
        ("# Title\n\n## O\x00ne\n\nText.", 3, r"control character U\+0000"),
        ("# Title\n\n## One\n\n" + "> " * 25 + "deep", 5, "nested"),
        ("---\ntitle: A\n", 1, "no end"),
        (f"---\n{'[' * 5_000}\n---\n", 2, "nested too deeply"),
        (f"---\ntitle: {'a' * 20_000}\n---\n", 1, "too long"),
        ('---\ntitle: A\nauthor: "\\uD800"\n---\n', 3, r"control character U\+D800"),
        ('---\ntitle: A\nauthor: [A, "\\0"]\n---\n', 3, r"control character U\+0000"),
        ('---\ntitle: "\\UFFFFFFFF"\n---\n', 2, "an invalid character code"),
        ('---\ntitle: "\\U00110000"\n---\n', 2, "an invalid character code"),
    ],
)
def test_what_cannot_be_a_story_is_refused_with_line_and_reason(
    source: str, line: int, reason: str
) -> None:
    with pytest.raises(ArticleError, match=reason) as caught:
        parse(source)

    assert caught.value.line == line
    assert caught.value.fix


@pytest.mark.parametrize("text", ["Second, but long.", "[" * 20])
def test_a_limit_names_the_line_beyond_it(text: str) -> None:
    source = f"# Title\n\n## One\n\nFirst.\n\n{text}"

    with pytest.raises(ArticleError, match="allowed") as caught:
        parse_markdown(source, "story", "en", Limits(characters=10))

    assert caught.value.line == 7


@pytest.mark.parametrize(
    ("value", "html"),
    [
        ("A *b* **c** `d`", "<p>A <em>b</em> <strong>c</strong> <code>d</code></p>\n"),
        ("- a\n- b\n\nc", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>c</p>\n"),
        ("[a](../b/)", '<p><a href="../b/">a</a></p>\n'),
        ("[a](mailto:a@b.example)", '<p><a href="mailto:a@b.example">a</a></p>\n'),
        (
            "[a](https://b.example)",
            '<p><a href="https://b.example" rel="noopener noreferrer">a</a></p>\n',
        ),
        ("[a](//b.example)", '<p><a href="//b.example" rel="noopener noreferrer">a</a></p>\n'),
        ("<b onclick=x>a", "<p><b>a</b></p>\n"),
        ('A ![*"cat"*](a.png) B', '<p>A "cat" B</p>\n'),
        ("***", "<p>***</p>\n"),
        ("[a]: b", "<p>[a]: b</p>\n"),
    ],
)
def test_paragraphs_are_rendered(value: str, html: str) -> None:
    assert render(value) == html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "data:text/html,a",
        "vbscript:a",
        "file:///a",
        "geo:1,2",
    ],
)
def test_other_addresses_are_never_links(address: str) -> None:
    html = render(f"[a]({address}) <{address}> [b]\n\n[b]: {address}")

    assert "<a" not in html


def test_a_headline_keeps_the_text_of_its_links_and_its_number() -> None:
    headline = "2. See *[this](https://example.org)* & that"

    assert MARKDOWN.inline(headline) == "2. See <em>this</em> &amp; that"
    assert MARKDOWN.plain(headline) == "2. See this & that"


def test_plain_text_is_one_line_without_marks() -> None:
    assert MARKDOWN.plain("A *b*\n[c](d)\n\n- e\n- `f` ![g](h)") == "A b c e f g"


@settings(deadline=None)
@given(st.text() | MARKS)
def test_whatever_a_text_holds_its_html_is_harmless(value: str) -> None:
    for html in (render(value), MARKDOWN.inline(value)):
        elements = Elements(html).found

        assert not {tag for tag, _ in elements} & {"script", "style", "img", "h1", "iframe"}
        for _, attributes in elements:
            assert attributes.keys() <= {"href", "title", "rel", "class", "start", "target"}
            scheme = re.match(r"([a-z][a-z0-9+.-]*):", attributes.get("href") or "", re.IGNORECASE)
            assert scheme is None or scheme[1].lower() in ("http", "https", "mailto")


@settings(deadline=None)
@given(st.text() | MARKS | MARKS.map(lambda text: MATTER[:-4] + text + "\n---\n" + ARTICLE))
def test_any_text_is_a_story_or_an_article_error(source: str) -> None:
    try:
        total = parse(source).total
    except ArticleError as error:
        total = error.line

    assert total


@settings(deadline=None)
@given(st.integers(0, len(MATTER + ARTICLE)), st.text(max_size=3) | MARKS)
def test_a_mutated_article_is_a_story_or_an_article_error(place: int, text: str) -> None:
    source = MATTER + ARTICLE

    try:
        total = parse(source[:place] + text + source[place + 1 :]).total
    except ArticleError as error:
        total = error.line

    assert total


@settings(deadline=None)
@given(st.lists(st.text("abc é\u00a0\u202f!«»", min_size=1), min_size=1, max_size=6))
def test_what_is_written_is_what_is_read(paragraphs: list[str]) -> None:
    written = [f"x{paragraph}x" for paragraph in paragraphs]

    story = below("\n\n".join(written))

    assert texts(story) == [("One", *written)]
    assert [render(value) for value in written] == [f"<p>{value}</p>\n" for value in written]
