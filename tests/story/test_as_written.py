"""Signs that another tool would read are shown as written where an article does not mean them."""

from __future__ import annotations

import re

import pytest
from lxml import html

from slideshow.story.formats.markdown import parse_markdown
from slideshow.story.markdown.formulas import formula
from slideshow.story.showing import Showing

SHOWING = Showing("en")


def page_of(source: str) -> str:
    story = parse_markdown(f"# A\n\n## B\n\n{source}", "a", "en")
    assert not story.problems
    (slide,) = story.slides
    return "".join(block.html(SHOWING) for block in slide.blocks)


def words_of(page: str) -> str:
    text = str(html.fragment_fromstring(page, create_parent="div").text_content())
    return re.sub(r"[ \t\n]+", " ", text).strip(" ")


@pytest.mark.parametrize(
    "source",
    [
        "Include <stdio.h> and see <www.example.org> or Map<java.util.List>.",
        "Call <Bird.Drop> or List<Bird.Loud> or <Bird.Loud or Bird.Soft>.",
        "Take input[name=email], [name=Ann], [time=12] and [color=red].",
        "See [gallery size=3] and x[video src=\"a\"] now.",
        "Use %%time or %%timeit in Jupyter.",
        "for %%i in (*.txt) do echo %%i ends.",
        'print("%%d and %%s")',
        "Write %%NAME%% or %%PATH%%.",
        "Of %%a and 5%% more.",
        "Of 5 %% and 6 %% more.",
        "Close it with [/caption] or [/embed].",
        "▪\ufe0f▪\ufe0f easy",
        "http://x.org/%%20a%%20b",
        "Match the start with ^gull",
        "Call f(x){y} or {z}.",
        "??? here",
        "Wait\n!!! Attention please",
        "Match the start with ^gull-1",
        "Set\n{name=value}\nend",
        "We write\n{name=value}",
        "They type {-}",
        "Ann Quay tweeted, and\n(@annquay) said so twice.",
        "They sail\n(@) twice.",
        "-\u00a015\u00a0% de ventes",
        "une hausse de\n+\u00a015\u00a0%",
        "Am\n1.\u00a0Mai 1886 und\n2.\u00a0Mai",
        "1.\u00a0Mai 1886",
        "●○○○○ Easy to climb",
        "●●○○○ Hard to climb",
        "●easy",
        "◦easy",
        "A. Smith, B. Jones and\nC. Brown met.\nD. Green came.",
        "##42 is open",
        "Use {''} or {\"\"}.",
        "Set \\(x_{{i}}\\) so",
    ],
)  # fmt: skip
def test_an_ordinary_text_is_shown_as_written(source: str) -> None:
    page = page_of(source)

    if "\\(" not in source:
        assert words_of(page) == re.sub(r"[ \t\n]+", " ", source)
    assert not re.search(r"<(?:br|li|table|h\d)\b", page)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("[video at t=30](https://example.org/v)", "video at t=30"),
        ('[caption id="a"](https://example.org/v)', 'caption id="a"'),
        ("* [x] {-}", "☑ {-}"),
        ("- ??? here", "??? here"),
        ("See **{name}** and (*{a=b}*).", "See {name} and ({a=b})."),
        ("See `a` %%b `%%` c%%", "See a %%b %% c%%"),
        ("▪\ufe0f Gulls\n▪\ufe0f Terns", "Gulls Terns"),
        ("| Name\n| ---\n| Ann\n| Bob", "Name Ann Bob"),
        ("If a\n<b then\n- one\n- two > three", "If a <b then one two > three"),
    ],
)
def test_only_the_syntax_of_markdown_is_left_out(source: str, words: str) -> None:
    assert words_of(page_of(source)) == words


SIGNS = [
    "• x",
    "●\u00a0x",
    "+---+---+\n| a | b |\n+---+---+",
    "%%\nrule\n%%",
    "%%a b%%",
    "{a=b}",
    "{.a}",
    "x {.a}",
    "x {-}",
    "x{: .a}",
    "x ^gull-1",
    "\\newpage",
    "{' '}",
    '{" "}',
    "{''}",
    "[name=x]",
    "[color=red]",
    '[caption id="a"]',
    "[gallery size=3]",
    "[/embed]",
    "(@) x",
    "(@x) y",
    "#. x",
    "| x\n| y",
    "|---|\n| a |",
    "a) x\nb) y",
    "#\u00a0x",
    "-\u00a0x",
    "##x",
    "*[A]: b",
    "{{ x }}",
    "{{< x\ny >}}",
    "{% comment %}\nx\n{% endcomment %}",
    "{/* x */}",
    "::: tip",
    "::x\ny\n::",
    ":x[y]{.a}",
    "[TOC]",
    "(x)=",
    '--8<-- "x"',
    "???",
    "import a from 'b'",
    "---\na: b\n---",
    "[a]: {{ b }}",
]
# Signs that are HTML, which is no text between the tags of other HTML.
TAGS = [
    '<a\n  href="/x">\nGulls</a>',
    "<!--\nx\n-->",
    "<Bird.Drop />",
    "<Bird.Loud kind={x}>y</Bird.Loud>",
    "<div style={{a: b}}>",
    "<h2>\nx\n</h2>",
    "<pre>",
    "<Tabs>",
]


@pytest.mark.parametrize("sign", [*SIGNS, *TAGS])
def test_a_program_is_shown_as_written(sign: str) -> None:
    indented = sign.replace("\n", "\n    ")
    for source in (
        f"So:\n\n    {indented}",
        f"    {indented}\n",
        f"### C\n    {indented}",
        f"```\n{sign}\n```",
        f"- a\n\nSo:\n\n    {indented}",
        "- a\n\n      " + indented.replace("\n", "\n  "),
        "1. a\n\n   ```\n   " + sign.replace("\n", "\n   ") + "\n   ```",
        "> ```\n> " + sign.replace("\n", "\n> ") + "\n> ```",
        "> So:\n>\n>     " + sign.replace("\n", "\n>     "),
        "!!! note\n\n    a\n\n        " + sign.replace("\n", "\n        "),
    ):
        (program,) = html.fragment_fromstring(page_of(source), create_parent="div").iter("pre")
        assert str(program.text_content()).rstrip("\n") == sign


@pytest.mark.parametrize("sign", SIGNS)
def test_preformatted_text_is_shown_as_written(sign: str) -> None:
    listed, quoted = sign.replace("\n", "\n  "), sign.replace("\n", "\n> ")
    for source in (
        f"<pre>{sign}</pre>",
        f"<pre>\n{sign}\n</pre>",
        f"- <pre>\n  {listed}\n  </pre>",
        f"> <pre>\n> {quoted}\n> </pre>",
        f"<div><pre>\n{sign}\n</pre></div>",
    ):
        (program,) = html.fragment_fromstring(page_of(source), create_parent="div").iter("pre")
        assert str(program.text_content()).strip("\n") == sign


@pytest.mark.parametrize("sign", [*SIGNS, *TAGS])
def test_code_in_a_line_is_shown_as_written(sign: str) -> None:
    for line in sign.split("\n"):
        page = page_of(f"Write `{line}` or ``{line}`` here.")
        codes = html.fragment_fromstring(page, create_parent="div").iter("code")
        assert [str(code.text_content()) for code in codes] == [line, line]


def test_code_in_two_lines_is_shown_as_written() -> None:
    assert (
        words_of(page_of("Write `a\n{' '} {.b} %%c d%%` here."))
        == "Write a {' '} {.b} %%c d%% here."
    )


@pytest.mark.parametrize("sign", [*SIGNS, "\\sum_\n{i=1}\n^n x", "f^{''}(x)", "x_{{i}}"])
def test_a_formula_is_shown_as_written(sign: str) -> None:
    expected = words_of(formula(f"\n{sign}\n", is_block=True))
    assert expected in words_of(page_of(f"$$\n{sign}\n$$"))


@pytest.mark.parametrize("latex", ["f^{''}(x)", "x_{' '}", "x_{{i}}", "x^{\\text{[name=a]}}"])
def test_a_formula_in_a_line_is_shown_as_written(latex: str) -> None:
    for source in (f"So ${latex}$ is", f"So \\({latex}\\) is"):
        page = page_of(source)
        assert words_of(page) == f"So {words_of(formula(latex, is_block=False))} is"
        assert "<math" in page
    assert "<math" in page_of(f"So $${latex}$$ is")


@pytest.mark.parametrize(
    "latex", ["\\iint f\\,dx dy", "P(A and B) = 1", "a_{min max}", "\\int_0^1 f(x,y) dx dy"]
)
def test_words_in_a_row_may_be_a_formula(latex: str) -> None:
    assert "<math" in page_of(f"So \\({latex}\\) is")
    assert "<math" in page_of(f"\\[ {latex} \\]")
