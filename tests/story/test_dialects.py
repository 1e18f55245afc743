"""Articles as other tools have them: every word is shown, in order, once, and no syntax (E1)."""

import re
import sys
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from slideshow.errors import ArticleError
from slideshow.story.formats.markdown import parse_markdown
from slideshow.story.markdown.sanitising import _BLOCK, _INLINE, _MATH
from slideshow.story.model import Slide, Story
from slideshow.story.showing import Showing
from tests.support.bounded import run_bounded

SHOWING = Showing("en")
TOP = "# Harbour\n\n## Morning\n\n"


def parse(source: str) -> Story:
    return parse_markdown(source, "old-harbour", "en")


def html_of(slide: Slide) -> str:
    return "".join(block.html(SHOWING) for block in slide.blocks)


def shown(source: str) -> str:
    """Return the words of an article below TOP, as a reader of its slides has them."""
    (slide, *_) = parse(TOP + source).slides
    return " ".join(
        str(html.fragment_fromstring(html_of(slide), create_parent="div").text_content()).split()
    )


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<https://quay.example/boats?lat=4&lon=2>", "https://quay.example/boats?lat=4&lon=2"),
        ("Call [the *quay*](tel:819-994).", "Call the quay."),
        ("Read [this](javascript:alert%281%29).", "Read this."),
        ("[[The log]](/log/) says so.", "[The log] says so."),
        ("<pre>\n<b>cc</b> tool\n\nfor `boats` &amp; nets\n</pre>", "cc tool for `boats` & nets"),
        ("```css\na { width: 80ch }\n```", "a { width: 80ch }"),
    ],
)
def test_words_of_links_and_programs_are_shown_whole(source: str, words: str) -> None:
    assert shown(source) == words


def test_colours_of_a_program_never_part_a_word() -> None:
    (slide,) = parse(TOP + '```python\nwidth = f"{a}px\\nend" + 0x1Fu\n```').slides

    spans = html.fragment_fromstring(html_of(slide), create_parent="div").itertext()

    pieces = [piece for piece in spans if piece]
    assert not [
        (before, after)
        for before, after in pairwise(pieces)
        if re.match(r"\w", before[-1]) and re.match(r"\w", after[0])
    ]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Gulls <!-- count them -->cry.", "Gulls cry."),
        ("<!-- later\n\nperhaps -->\n\nGulls cry.", "Gulls cry."),
        ('Gulls {% include "gull.html" %}cry {{ page.sound }}.', "Gulls cry ."),
        ("{% comment %}\nNo.\n{% endcomment %}\nGulls cry.", "Gulls cry."),
        ("{{< figure\n  src=gull.png\n>}}\n\nGulls cry.", "Gulls cry."),
        ("Version **{{ site.version }}** or later", "Version or later"),
        ("{% highlight sh %}\nls *.txt\n{% endhighlight %}", "ls *.txt"),
        ("{/* a remark */}\n\nGulls cry.", "Gulls cry."),
        ("import Gull from './gull';\n\nGulls cry.", "Gulls cry."),
        ("import {\n  Gull,\n} from './gull'\n\nGulls cry.", "Gulls cry."),
        ('<Tabs>\n  <TabItem label="East">\n    Gulls **cry**.\n  </TabItem>\n</Tabs>', "East Gulls cry."),  # noqa: E501
        ("Gulls cry.\n{: .note }", "Gulls cry."),
        ('{:gull, "> 0.1", loud: true}', '{:gull, "> 0.1", loud: true}'),
        ("{::options toc_levels=\"2\" /}\n\nGulls cry.", "Gulls cry."),
        ("### Gulls {#140-gulls}\n\nThey cry.", "Gulls They cry."),
        ('[Gulls]({{< ref "gull.md" >}} "Birds") cry', "Gulls cry"),
        ("[Gulls][g] cry\n\n[g]: {{ site.url }}", "Gulls cry"),
        ("It is $x_{{i}}$ of {{ n }}.", "It is xi of ."),
        ("{{ table({\n  caption: \"Gulls\",\n  rows: []\n}) }}\n\nGulls cry.", "Gulls cry."),
        ("{% call box(\n  a\n) %}\n\nGulls cry.", "Gulls cry."),
        ("<p>Gulls <svg><title>flying</title></svg></p>", "Gulls flying"),
        ("<style>\np { color: red }\n</style>\n<p>Gulls cry.</p>", "Gulls cry."),
        ("<Steps>\n1. Gulls\n\n    cry\n</Steps>", "Gulls cry"),
        ("[Gulls](/gulls){:target=\"_blank\"} cry{: .loud}.", "Gulls cry."),
        ("![Gull](gull%20of%20prey.svg){width=50%} cries `{.so}`", "Gull cries {.so}"),
        ("* TOC\n{:toc}\n\nGulls cry.", "Gulls cry."),
        ("[TOC]\n\nGulls cry.", "Gulls cry."),
        ("::: tip Look up\nGulls cry.\n:::", "Look up Gulls cry."),
        (":::note[Look up]\nGulls cry.\n:::", "Look up Gulls cry."),
        (":::: outer\n\n::: warning\nGulls cry.\n:::\n\n::::", "Warning Gulls cry."),
        ("::::::::: challenge\n\n### Task\n\nCount.\n\n::: solution\nFour.\n:::::\n\n:::", "Task Count. Details Four."),  # noqa: E501
        ("::: details\nGulls cry.\n:::", "Details Gulls cry."),
        ("/// note | Look up\nGulls cry.\n///", "Look up Gulls cry."),
        ('!!! danger "Look up"\n    Gulls cry.\n\n    Twice.\n\nThen rain.', "Look up Gulls cry. Twice. Then rain."),  # noqa: E501
        ("??? note\n    Gulls cry.", "Note Gulls cry."),
        ('=== "East"\n\n    Gulls cry.', "East Gulls cry."),
        ("> [!WARNING]\n> Gulls cry.", "Warning Gulls cry."),
        ("> [!tip]- Look up\n> Gulls cry.", "Look up Gulls cry."),
        ("--8<-- \"gulls.md\"\n\nGulls cry.", "Gulls cry."),
        ("[[Gulls]] and [[terns|small gulls]]", "Gulls and small gulls"),
        ("[[#Gulls]] cry", "Gulls cry"),
        ("Gulls :material-feather: cry", "Gulls cry"),
        (":label:`gulls` cry", ":label:gulls cry"),
        ("<template #east>\nGulls\n</template>\n\ncry", "Gulls cry"),
        ("==Gulls== ++cry++ H~2~O x^2^ ~~not~~", "Gulls cry H2O x2 not"),
        ("Gulls^[of *two* kinds] cry.", "Gulls (of two kinds) cry."),
        ("Gulls[^nobody] cry.", "Gullsnobody cry."),
        ("- [x] gulls\n- [ ] terns", "☑ gulls ☐ terns"),
        ("Gull\n: a bird\n: a fool", "Gull a bird a fool"),
        ("| who | what |\n|---|--:|\n| gull | *cries* |", "who what gull cries"),
        ("<details><summary>More</summary>\n\nGulls **cry**.\n\n</details>", "MoreGulls cry."),
        ('<div class="x" markdown="1">\nGulls **cry**.\n</div>', "Gulls cry."),
        ('<p align="center">Gulls **cry**.</p>', "Gulls cry."),
        ("<center>Gulls<br>cry</center>", "Gullscry"),
        ("<script>alert(1)</script>\n\nGulls cry.", "Gulls cry."),
        ("A Vec<T> of gulls", "A Vec<T> of gulls"),
        ("**Gulls ** cry", "Gulls cry"),
        ("[Gulls](/the gulls/list.html)", "Gulls"),
        ("![Gull](https://example.org/gull.png)", "Gull"),
        ("[![Gull](https://example.org/gull.svg)](https://example.org)", "Gull"),
        ("Gulls cry at\nthe pier.", "Gulls cry at the pier."),
        ("Gulls cry.\r\n\r\n\tIn tabs.", "Gulls cry. In tabs."),
        ("&copy; gulls &amp; terns", "© gulls & terns"),
        ("Quay\n----\n", ""),
        ("Gulls cry at the end of this long line.\n---", "Gulls cry at the end of this long line."),
        ("???\n\nGulls cry.", "Gulls cry."),
        ('<Card\n  title="East"\n  href="/x"\n>\n  Gulls cry.\n</Card>', "East Gulls cry."),
        ("It costs $200 and `$x`.", "It costs $200 and $x."),
        ("*[HTML]: hyper text", "HTML: hyper text"),
        ("[//]: # (a remark)\n\nGulls cry.", "Gulls cry."),
        ("**C++**: gulls in C++", "C++: gulls in C++"),
        ("gulls==2 or terns==3, but ==gulls== 鴎==鳴く==", "gulls==2 or terns==3, but gulls 鴎鳴く"),  # noqa: E501
        ("::: {.lemma #two-gulls}\nGulls cry.\n:::", "Gulls cry."),
        ('::: {.exercise name="Look up"}\nGulls cry.\n:::', "Look up Gulls cry."),
        ('::: {.callout-tip collapse="true"}\nGulls cry.\n:::', "Tip Gulls cry."),
        (":::{tab-item} East\n<div>Gulls cry.</div>\n:::", "East Gulls cry."),
        (":::{grid} 1 1 2 2\nGulls cry.\n:::", "Gulls cry."),
        ('<code-block title="sh">\n```sh\nls gulls\n```\n</code-block>', "ls gulls"),
        ("{% set code %}\nexport default function gulls() {\n{% endset %}", "export default function gulls() {"),  # noqa: E501
        ("Gulls cry. **** Twice. `****`", "Gulls cry. Twice. ****"),
        ("![](gull.svg){.wide alt='A gull'} cries", "A gull cries"),
        ('<noscript>Gulls <a href="x.html">cry</a>.</noscript>', "Gulls cry."),
        ("|---|---|\n| a | b |\n|---|---|\n| c | d |\n|---|---|\n| e | f |", "a b c d e f"),
        ("|:--|--:|\n| a | b |", "a b"),
        ("```{note}\n:class: wide\nGulls **cry**.\n```", "Note Gulls cry."),
        ("````{admonition} Look up\n```\n*\n```\n````\n\nGulls *cry*.", "Look up * Gulls cry."),
        ("```{figure} gull.svg\n:alt: A gull\n\nGulls cry.\n```\n\nTwice.", "A gull Gulls cry. Twice."),  # noqa: E501
        ("```{code-block} python\n:linenos:\ncry()\n```", "cry()"),
        ("```{toctree}\n:maxdepth: 2\ngulls\n```\n\nGulls cry.", "Gulls cry."),
        ("```{=html}\n<p>Gulls <b>cry</b>.</p>\n```", "Gulls cry."),
        ('```warn header="No `*` here"\nGulls **cry**.\n```', "No * here Gulls cry."),
        ("```{r}\ncry(2)\n```", "cry(2)"),
        ("<section>\n<p>Gulls</p>\n</section>\n<!-- <section>\n<h2>No</h2>\n</section> -->\n\ncry", "Gulls cry"),  # noqa: E501
        ("Gulls\n<!-- no\nnever -->\ncry", "Gulls cry"),
        ("<div>\n  <div>\n\n      <p>Gulls</p>\n\n    </div>\n</div>\n\ncry", "Gulls cry"),
        ("So:\n\n    <b>Gulls</b>", "So: <b>Gulls</b>"),
        ('{{< quote text="' + "no " * 200 + '" >}}\n\nGulls cry.', "Gulls cry."),
        ("It is $$\\sigma(W_{3})$$ high.", "It is σ(W3) high."),
        ("{ref}`Gulls <gulls>` cry {math}`a^2` in {py:func}`quay`", "Gulls cry a2 in quay"),
        ("(two-gulls)=\n### Gulls\n\nThey cry.", "Gulls They cry."),
        ("::note\nGulls cry.\n::", "Note Gulls cry."),
        ("::card{icon=\"x\" title=\"East\"}\nGulls :badge[often]{color=red} cry.\n::", "East Gulls often cry."),  # noqa: E501
        ("::card\n---\ntitle: East\nto: /x\n---\n#default\nGulls cry.\n::", "East Gulls cry."),
        (':more{title="Gulls" to="/x"} cry :icon{name-of="x"} std::cry', "Gulls cry std::cry"),
        ("Gulls :warning: cry :tada: at 12:30:45 :nobody: `:tada:`", "Gulls ⚠️ cry 🎉 at 12:30:45 :nobody: :tada:"),  # noqa: E501
        ("[*Gulls*][gulls] [cry][] in a[i][j] ![loudly][] [x][0]", "Gulls cry in a[i][j] loudly [x][0]"),  # noqa: E501
        ("[Gulls]{.loud} cry, [x]{} not", "Gulls cry, [x] not"),
        ("<section>\n### Gulls\n<p>They cry.</p>\n</section>", "Gulls They cry."),
        ("<div>\n\n    {% for a in b %}\n      <p>Gulls</p>\n    {% endfor %}\n</div>\n\ncry", "Gulls cry"),  # noqa: E501
        ("```{math}\n:label: tide\na^2\n```", "a2"),
        ("[Draft][Harbour] Gulls cry in [1][2]", "[Draft][Harbour] Gulls cry in [1][2]"),
        ("Gulls at <{{ page.url }}> cry.", "Gulls at cry."),
        ("### Gulls – terns {#gulls-–-terns}\n\nThey cry.", "Gulls – terns They cry."),
        ("### Gulls (and terns) {#gulls-(and-terns)}\n\nThey cry.", "Gulls (and terns) They cry."),
        ("The element\n::before\nis first.", "The element ::before is first."),
        ("::: tip Look up\nGulls cry.", "Look up Gulls cry."),
        (":date: 2027\n:page: 12\n:key: C", ":date: 2027 :page: 12 :key: C"),
        (":sun: :note: :degree: :cat:\nGulls\n:key: cry", ":sun: :note: :degree: 🐱 Gulls 🔑 cry"),
        ("Format {name}`s` ![A quay][pic]", "Format {name}s A quay"),
        ("::film[Gulls cry]{#01ab}\n\n#news", "Gulls cry #news"),
        ('::card\n---\ntitle: Say "hi" now\n---\nGulls cry.\n::', 'Say "hi" now Gulls cry.'),
        ("From $$ to $$, $$–$$$, ($$) or ($$)", "From $$ to $$, $$–$$$, ($$) or ($$)"),
        ("In :root{--gap: 1rem} :x[0] :y{color: #fff}", "In :root{--gap: 1rem} :x[0] :y{color: #fff}"),  # noqa: E501
        ("Gulls :cry[^1].\n\n[^1]: Loud.", "Gulls :cry1. Loud."),
        ("**\\[TODO: count the gulls / the terns\\]**", "[TODO: count the gulls / the terns]"),
        ("![[Gulls#cries]] ![[gull.svg|200x100]]", "Gulls#cries"),
        ("```{figure} gull.svg\n---\nname: gull\nalt: A gull\n---\nGulls cry.\n```", "A gull Gulls cry."),  # noqa: E501
        ("```{note}\n---\nclass: wide\n---\nGulls cry.\n```", "Note Gulls cry."),
        ("```{note}\n---\nGulls cry.\n```", "Note Gulls cry."),
        ("> [!field-guide]\n> Gulls cry.", "Field guide Gulls cry."),
        ('<div style={{margin: "0 auto"}}>\n\nGulls cry.\n\n</div>', "Gulls cry."),
        ('<a\n  href="/gulls"\n  style={{ display: "flex" }}\n>\n  Gulls\n</a>', "Gulls"),
        ('Gulls <Bird.Loud kind="x">cry</Bird.Loud> <Bird.Drop />at{\' \'}\nnoon.', "Gulls cry at noon."),  # noqa: E501
        ("<Math><MathI>x</MathI> = 2</Math> `<Bird.Drop />`", "x = 2 <Bird.Drop />"),
        ("If a <b and {c} > d", "If a <b and {c} > d"),
        (":material-feather:{ .red } Gulls {width=x}", "Gulls {width=x}"),
        ("{style=lower-alpha width=50%}\nGulls cry.", "Gulls cry."),
        ("\\[Gulls\\](/of the quay)", "[Gulls](/of the quay)"),
        ("### Gulls {-}\n\nThey {-} cry.", "Gulls They {-} cry."),
        ("So:\n• Gulls\n  ◦\u00a0cry\n•\tTerns\n\n• • •\n\n1.\u00a0Auks\n\n2.\u00a0Rooks\n\n3.\u00a0Owls", "So: Gulls cry Terns • • • Auks Rooks Owls"),  # noqa: E501
        ("###\u00a0Gulls\n\n####\u3000鴎\n\nThey cry.", "Gulls 鴎 They cry."),
        ("::: note &nbsp;\nGulls cry.\n:::", "Note Gulls cry."),
        ("[]{#_Toc1 .anchor}Gulls [[cry](/x)]{.underline} x[i]", "Gulls cry x[i]"),
        ("| a |\n|---|\n| b |\n\n: Gulls {#t}\n\nThey cry.", "a b Gulls They cry."),
        ("| Gulls\n|\n| cry\n\n| once", "Gulls cry | once"),
        ("<preview>\n\n• cry", "cry"),
        ("Gulls\n\n\\newpage\n\ncry", "Gulls cry"),
        ("#. Gulls\n#. cry\n\n(@) Terns\n(@) too\n\n#.5", "Gulls cry Terns too #.5"),
        ("Gulls %%are loud%% cry.\n\n%% so far %%\n\n%%\nno\n%%\n\n5%% of `%%x y%%` 2 ^10", "Gulls cry. 5%% of %%x y%% 2 ^10"),  # noqa: E501
        ('[caption id="a"]Gulls[/caption] [video] [gallery ids="1,2"] [embed]tel:[/embed]', "Gulls [video] tel:"),  # noqa: E501
        ("![Gull](data:image/png;base64," + "aB1/" * 9_000 + ") cries", "Gull cries"),
        ("Gulls ![][a]\n\n[a]: <data:image/png;base64," + "aB1/" * 9_000 + ">", "Gulls"),
        ("+---+----+\n| a | b  |\n|   | b2 |\n+===+====+\n| c | d  |\n+---+----+\n\ne", "a b b2 c d e"),  # noqa: E501
        ("+---+----+\n| a | b  |\n+---+----+\n| c      |\n+---+----+", "+---+----+ | a | b | +---+----+ | c | +---+----+"),  # noqa: E501
        ("Gulls \ufeffcry.\n\n\ufeff### Twice", "Gulls cry. Twice"),
        (":sweat\\_smile: :no_such_gull: \\_", "😅 :no_such_gull: _"),
    ],
)  # fmt: skip
def test_words_are_shown_without_the_syntax_of_any_generator(source: str, words: str) -> None:
    assert shown(source) == words


@pytest.mark.parametrize(
    ("source", "title", "lead", "slides"),
    [
        ("# A\n\nSoon.\n\n## B\n\nText.", "A", "Soon.", ["B"]),
        ("## A\n\n### B\n\nText.", "A", "", ["B"]),
        ("---\ntitle: A\n---\n### B\n\nText.\n\n### C\n\nText.", "A", "", ["B", "C"]),
        ("---\ntitle: A\n---\n# B\n\nText.\n\n# C\n\nText.", "A", "", ["B", "C"]),
        ("---\ntitle: A\n---\n# A\n\n## B\n\nText.", "A", "", ["B"]),
        ("---\ntitle: A\n---\n# B\n\n## C\n\nText.", "A", "", ["B", "C"]),
        ("# A\n\n## B\n\n## C\n\nText.", "A", "", ["B", "C"]),
        ("# A\n\n## B\n\nText.\n\n# C\n\n## D\n\nText.", "A", "", ["B", "C", "D"]),
        ("# A\n\n# B\n\nText.\n\n## C\n\nText.", "A", "", ["B"]),
        ("# A\n\nText.\n\n<h2 id='b'></h2>", "A", "", ["A"]),
        (
            '# A\n\n##<a name="b"></a>B\n\nText.\n\n##1. C\n\nText.',
            "A",
            "",
            ['<a name="b"></a>B', "1. C"],
        ),
        ("Text.\n\n# A\n\n## B\n\nText.", "A", "Text.", ["B"]),
        ("# A {#a}\n\n## B { #b .c } ##\n\nText.", "A", "", ["B"]),
        ('<h1 align="center">A</h1>\n\n##B\n\nText.', "A", "", ["B"]),
        (
            "# A\n\n## Contents\n{: .no_toc }\n\n* TOC\n{:toc}\n\n---\n\n## B\n\nText.",
            "A",
            "",
            ["B"],
        ),
        ("# A\n\n## Contents\n\n[TOC]\n\nText.\n\n## B\n\nText.", "A", "", ["Contents", "B"]),
        ("Text.\n\n# Contents\n\n[TOC]\n\n## B\n\nText.", "Contents", "Text.", ["B"]),
        ("# A\n\n## Contents\n\n[TOC]\n\n### B\n\nText.", "A", "", ["Contents"]),
        ("# A\n\n## Results\n\n[TOC]\n\n## B\n\nText.", "A", "", ["Results", "B"]),
        ("---\ntitle: A\n---\nOne.\n\n---\n\nTwo.", "A", "", [None, None]),
        ("---\ntitle: A\n---\nOne.\n\nTwo.", "A", "", [None]),
        ("One.", "Old harbour", "", [None]),
        ('<h1 align="center">\n  A<br>\n</h1>\n\n## B\n\nText.', "A", "", ["B"]),
        ("# A\n\n---\nlayout: two\n---\n\n# B\n\nText.", "A", "", ["B"]),
        ("# A\n\n:::tip\nSoon.\n:::\n---\nlayout: two\n---\n\nText.", "A", "", [None, None]),
        ("---\ntitle: The :b{c=d} rule\n---\n## B\n\nText.", "The :b{c=d} rule", "", ["B"]),
        ("\n\n---\ntitle: A\n---\nSoon.\n\n## B\n\nText.", "A", "Soon.", ["B"]),
        ("---\n# SPDX-License-Identifier: X\n---\n# A\n\n## B\n\nText.", "A", "", ["B"]),
        ("---\ntitle: '{{ .Name }}'\n---\n# A\n\n## B\n\nText.", "A", "", ["B"]),
    ],
)
def test_headings_make_title_lead_and_slides(
    source: str, title: str, lead: str, slides: list[str | None]
) -> None:
    story = parse(source)

    assert story.title.value == title
    assert " ".join(block.plain() for block in story.lead) == lead
    assert [slide.headline and slide.headline.value for slide in story.slides] == slides


def test_a_block_of_lines_keeps_its_lines_and_its_gaps() -> None:
    lines = html_of(parse("# A\n\n## B\n\n| Gulls\n| cry\n|\n| twice").slides[0])

    assert "<p>Gulls<br />\ncry</p>" in lines
    assert "<p>twice</p>" in lines


def test_a_paragraph_written_as_a_headline_is_the_first_of_its_slide() -> None:
    long = "Gulls **cry** " * 20 + "at noon."
    story = parse(f"# A\n\n## {long}\n\n## {long}\n\nText.\n\n## B\n\nText.")

    assert [slide.headline and slide.headline.value for slide in story.slides] == [None, None, "B"]
    assert html_of(story.slides[1]).count("<p>") == 2
    assert "<strong>cry</strong>" in html_of(story.slides[0])


def test_long_lead_is_the_first_slide_under_the_title() -> None:
    story = parse("# A\n\n- one\n- two\n\n## B\n\nText.")

    assert story.lead == ()
    assert [slide.name.value for slide in story.slides] == ["A", "B"]


def test_a_note_stands_on_the_slide_that_refers_to_it_first() -> None:
    story = parse("# A\n\n## B\n\nWet.[^r]\n\n## C\n\nDry.[^r]\n\n[^r]: It had rained.\n")

    first, second = map(html_of, story.slides)
    assert '<ol class="notes">\n<li value="1" id="note-1">' in first
    assert "rained" not in second


def test_headings_inside_a_slide_skip_no_rank() -> None:
    (slide,) = parse("# A\n\n## B\n\n#### C\n\nText.\n\n##### D\n\n### E").slides

    assert re.findall(r"<h\d>\w", html_of(slide)) == ["<h2>C", "<h3>D", "<h2>E"]


def test_formulas_become_mathml_and_bad_ones_stay_code() -> None:
    text = html_of(
        parse(TOP + "It is $a_1*b$ and costs $5 to $6.\n\n$$\n\\frac{1}{2}\n$$").slides[0]
    )

    assert text.count("<math") == 2
    assert "costs $5 to $6" in text


@pytest.mark.parametrize(
    "source",
    [
        "\\begin{aligned} a &= b \\\\ &= c \\end{aligned}",
        "a &= b \\\\ &= c",
        "\\begin{gather*} a \\\\ b \\end{gather*}",
    ],
)
def test_lines_of_a_formula_are_rows_of_a_table(source: str) -> None:
    text = html_of(parse(TOP + f"$$\n{source}\n$$").slides[0])

    assert text.count("<mtr") == 2
    assert "<mi>&" not in text


@pytest.mark.parametrize("language", ["vue-html", "Svelte", "astro title='x'", "njk"])
def test_programs_in_similar_languages_are_coloured(language: str) -> None:
    text = html_of(parse(TOP + f"```{language}\n<p class='x'>Gulls</p>\n```").slides[0])

    assert '<span class="k">' in text


def test_bullets_of_word_processors_make_lists() -> None:
    text = html_of(parse(TOP + "So:\n• Gulls\n  ◦\u00a0cry\n•\tTerns\n\n```\n• x\n```").slides[0])

    assert (text.count("<ul>"), text.count("<li>")) == (2, 3)
    assert "• x" in text


@pytest.mark.parametrize("mark", ["a)", "(iv)", "(2)"])
def test_items_that_markdown_does_not_know_keep_their_lines(mark: str) -> None:
    text = html_of(parse(TOP + f"So:\n\n{mark} gulls\n{mark} terns\n\n{mark} auks").slides[0])

    assert text.count("<br") == 1
    assert text.count("<p>") == 3


def test_blocks_of_lines_keep_their_lines() -> None:
    text = html_of(parse(TOP + "| Gulls\n| cry\n|\n| twice").slides[0])

    assert (text.count("<br"), text.count("<p>")) == (1, 2)


def test_a_table_of_a_database_has_a_row_for_each_line() -> None:
    line = "+----+------+\n"
    text = html_of(
        parse(TOP + f"{line}| id | name |\n{line}|  1 | Ann  |\n|  2 | Bob  |\n{line}").slides[0]
    )

    assert re.findall(r"<t[hd][^<>]*>(\w+)", text) == ["id", "name", "1", "Ann", "2", "Bob"]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("- one\n\n  %%\n  x\n  %%\n\n- ![](z.png)", 11),
        (
            "+-----------+---+\n| a         | b |\n| c         |   |\n+-----------+---+\n"
            "| ![](z.png)| e |\n+-----------+---+",
            9,
        ),
        ("It.[^a]\n\n[^a]: One.\n\n    %%\n    x\n    %%\n\n    ![](z.png)", 13),
    ],
)
def test_pictures_in_blocks_have_their_own_lines(source: str, line: int) -> None:
    (slide,) = parse(TOP + source).slides

    files = [file for block in slide.blocks for file in block.files()]

    assert files == [("z.png", line)]


@pytest.mark.parametrize(
    "box",
    [
        "::: note\nThe lamp.[^1]\n\n[^1]: Lit at four.\n\nThe sea.\n:::",
        "!!! note\n    The lamp.[^1]\n\n    [^1]: Lit at four.\n\n    The sea.",
        "<details><summary>More</summary>\n\nThe lamp.[^1]\n\n[^1]: Lit at four.\n\nThe sea.\n</details>",  # noqa: E501
        "> [!NOTE]\n> The lamp.[^1]\n\nThe sea.\n\n[^1]: Lit at four.\n\n:::\n",
    ],
)
def test_a_footnote_in_a_box_is_below_the_slide_alone(box: str) -> None:
    (slide,) = parse(TOP + box).slides
    text = html_of(slide)

    assert text.count("Lit at four.") == 1
    assert text.index("The sea.") < text.index('<ol class="notes">') < text.index("Lit at four.")
    assert '<li value="1" id="note-1">' in text


def test_a_table_that_is_drawn_with_lines_is_a_table() -> None:
    grid = "+---+---+\n| a | b |\n+===+===+\n| c | d |\n+---+---+\n"
    text = html_of(parse(TOP + grid).slides[0])

    assert (text.count("<th "), text.count("<td>")) == (2, 2)


def test_a_program_may_be_as_long_as_its_article() -> None:
    (slide,) = parse(TOP + "```py\n" + "print(1)\n\n" * 3_000 + "```").slides

    assert html_of(slide).count("print(1)") == 3_000


def test_programs_are_coloured_by_classes() -> None:
    text = html_of(parse(TOP + "```py\nif x: pass  # so\n```").slides[0])

    assert '<span class="k">if</span>' in text
    assert '<span class="c"># so</span>' in text


@pytest.mark.parametrize(
    ("wrapped", "joined"),
    [
        ("One two\nthree  \nfour", "One two three  \nfour"),
        ("- One\n  two", "One two"),
        ("> One\n> two", "One two"),
        ("船は朝の\n六時に", "船は朝の六時に"),
        ("船は朝の\n**「六時」**に\n出**た**\n。", "船は朝の**「六時」**に出**た**。"),
        ("배가 여섯\n시에", "배가 여섯 시에"),
    ],
)
def test_lines_are_no_part_of_a_message(wrapped: str, joined: str) -> None:
    *_, text = parse(TOP + wrapped).texts()

    assert text.value == joined


@pytest.mark.parametrize(
    ("source", "strong"),
    [
        ("これは**「渡し船」**です。", "「渡し船」"),
        ("船は**早い。**そして", "早い。"),
        ('배는 **"빠르다."**고 한다', '"빠르다."'),
    ],
)
def test_emphasis_works_beside_east_asian_letters(source: str, strong: str) -> None:
    assert f"<strong>{strong}</strong>" in html_of(parse(TOP + source).slides[0]).replace(
        "&quot;", '"'
    )


WORD = st.from_regex(r"[a-z]{3,8}", fullmatch=True)
BLOCKS = st.sampled_from(
    ["{}", "- {}", "> {}", "1. {}\n   - {}", "### {}", "| {} | {} |\n|---|---|\n| {} | {} |",
     "::: tip\n{}\n:::", "!!! note\n    {}", "> [!NOTE]\n> {}", "```\n{}\n```", "    {}", "**{}** `{}`",  # noqa: E501
     "<div>\n\n{}\n\n</div>", "<details><summary>{}</summary>\n\n{}\n\n</details>", "{}\n: {}",
     "{}[^1]\n\n[^1]: {}", "[{}](x)", "<b>{}</b> <x-y>{}</x-y>", "{} <!-- -->", "# {}", "## {}",
     "{}\n---", "---", "* * *\n{}", "~~{}~~ =={}==", ":::\n{}", "</div>{}", "<table><tr><td>{}</td></tr></table>",  # noqa: E501
     "![{}](https://e.org/a.png)", "{{< a >}}{}", "{}\n{}", "{}<br>{}", "<p>{}",
     "```{note}\n{}\n```", ":::{figure} a.png\n{}\n:::", "|---|\n| {} |\n|---|\n| {} |\n|---|\n| {} |", "<div>\n```\n{}\n```\n</div>",  # noqa: E501
     "::: note\n{}[^2]\n\n[^2]: {}\n\n{}\n:::", "!!! note\n    {}[^3]\n\n    [^3]: {}\n\n    {}", "<div>\n\n{}[^4]\n\n[^4]: {}\n</div>"]  # noqa: E501
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=8), st.data())
def test_no_word_is_lost_or_doubled(blocks: list[str], data: st.DataObject) -> None:
    count = 0

    def filled(block: str) -> str:
        nonlocal count
        names = []
        for _ in range(block.count("{}")):
            count += 1
            names.append(f"word{count}x")
        for name in names:
            block = block.replace("{}", name, 1)
        return block

    source = "# Title\n\nStart.\n\n" + "\n\n".join(map(filled, blocks))

    story = parse(source)

    page = "".join(block.html(SHOWING) for block in story.lead)
    for slide in story.slides:
        page += f"<h1>{slide.headline.inline() if slide.headline else ''}</h1>" + html_of(slide)
    found = re.findall(
        r"word\d+x", str(html.fragment_fromstring(page, create_parent="div").text_content())
    )
    assert sorted(found) == sorted(re.findall(r"word\d+x", source))


HOSTILE = st.text(st.sampled_from("<>/=\"'&;:!-[](){}$`*_#|\\\n abijmoprstuvx"), max_size=60)
TAGS = st.sampled_from(
    ["<script>", "</script>", "<style>", "<iframe src=x>", "<img src=x onerror=a()>",
     "<svg onload=a()>", "<a href=javascript:a()>", "<a href='java\nscript:a()'>", "<textarea>",
     "<math><mi xlink:href=javascript:a>", "<form action=x><button>", "<base href=//e>",
     "<p style='position:fixed' class=steps id=slide onclick=a()>", "<object data=x>",
     "<meta http-equiv=refresh>", "<template>", "<!--", "-->", "<![CDATA[", "</div></main>",
     "[a](javascript:a())", "![a](x){onclick=a()}", "<https://e.org/><script>", "\n\n", "    "]
)  # fmt: skip
SAFE = _INLINE | _BLOCK | _MATH


@settings(deadline=None, max_examples=150)
@given(st.lists(st.one_of(TAGS, HOSTILE), min_size=1, max_size=8))
def test_no_element_escapes_the_safe_set(pieces: list[str]) -> None:
    with suppress(ArticleError):
        for slide in parse(TOP + "".join(pieces)).slides:
            page = f"{slide.headline.inline() if slide.headline else ''}{html_of(slide)}"
            for element in html.fragment_fromstring(page, create_parent="div").iter():
                assert element.tag in SAFE
                names = {str(name) for name in element.attrib}
                assert not [name for name in names if name.startswith("on") or name == "style"]
                assert not str(element.get("href", "")).strip().lower().startswith("javascript")
                assert element.get("id", "note-1").startswith("note-")


@pytest.mark.parametrize("line", ["- a", "a\n---", "> a", "[a]: b", "{{ a", "<!-- a", "::: tip"])
def test_a_block_of_countless_lines_is_refused_before_it_is_parsed(line: str) -> None:
    with pytest.raises(ArticleError, match="a block of more than 10000 lines") as caught:
        parse(TOP + f"{line}\n" * 20_000)

    assert caught.value.line == 5


@pytest.mark.parametrize(
    "piece",
    ["{{ a ", "{{< a\n", "import {\n", "---\na: b\n", "[[a|", "==a ", "{% comment %}\n", "$a "],
)
def test_reading_takes_time_in_proportion_to_the_length(piece: str) -> None:
    def steps(source: str) -> int:
        count = 0

        def step(*_: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(step)
        try:
            with suppress(ArticleError):
                parse(source)
        finally:
            sys.setprofile(None)
        return count

    short, long = (steps(TOP + piece * (size // len(piece))) for size in (4_000, 16_000))

    assert long < 6 * short


@pytest.mark.parametrize(
    "source",
    [
        "[![](https://example.org/a.svg)](https://example.org)",
        '<a href="https://example.org"><img src="https://example.org/a.svg" alt="Gull"></a>',
        '<p align="center"><a href="https://example.org"><img src="a.svg"></a> Gull</p>',
    ],
)
def test_no_link_is_empty_or_in_another(source: str) -> None:
    text = html_of(parse(TOP + "Text.\n\n" + source).slides[0])

    assert not re.search(r"<a[^<>]*>\s*(?:</a>|<a)", text)


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("부두(https://quay.example/a)를 보세요", "https://quay.example/a"),
        ("详见https://quay.example/a，然后", "https://quay.example/a"),
        ("（www.quay.example/a）を", "http://www.quay.example/a"),
        ("Voir https://quay.example/a\u00a0: la suite", "https://quay.example/a"),
        ("See https://quay.example/a_(b).", "https://quay.example/a_(b)"),
    ],
)
def test_an_address_ends_where_its_sentence_goes_on(source: str, address: str) -> None:
    tree = html.fragment_fromstring(html_of(parse(TOP + source).slides[0]), create_parent="div")

    assert tree.xpath("//a/@href") == [address]


def test_a_program_is_no_prose() -> None:
    *_, text = parse(TOP + "```\nif l'a ?\n```").texts()

    assert not text.markup.is_prose


@pytest.mark.parametrize(
    ("source", "address", "words"),
    [
        ('<iframe src="https://e.example/a"></iframe>', "https://e.example/a", "https://e.example/a"),
        ('<div><iframe title="Tides" src="//e.example/a1B2c/1/"></iframe></div>',
         "https://e.example/a1B2c/1/", "Tides"),
        ('Or <video src="https://a.example/a.mp4"></video>', "https://a.example/a.mp4",
         "a.example"),
    ],
)  # fmt: skip
def test_the_frame_of_another_site_is_a_link_to_it(source: str, address: str, words: str) -> None:
    (slide,) = parse(TOP + source).slides

    (link,) = html.fragment_fromstring(html_of(slide), create_parent="div").cssselect("a")
    assert (link.get("href"), link.text) == (address, words)


def test_lost_elements_and_notes_without_a_text_are_named() -> None:
    story = parse(
        TOP
        + "<script>\na()\n</script>\n\n<form><input></form>\n\nWet.[^r] `[^x]` ``[^y] ` [^z]``\n\n"
        "[Quay][q] :tide{x=1}\n"
    )

    assert [(problem.line, problem.message) for problem in story.problems] == [
        (5, "an element that articles may not have is left out: <script>, 3 times"),
        (11, "the footnote [^r] has no text"),
        (13, "the tag of a component is left out, its content kept: :tide{x=1}"),
        (13, "the link to [q] has no address"),
    ]


HTML_ARTICLE = """---
title: A
---
<p>It rained for three <em>days</em>.</p>
<h2 id="mud">The mud <a class="anchor" href="#mud"><svg viewBox="0 0 1 1"><path d="M0 0"/></svg></a></h2>
<p>Boots sank, <a href="#sun">until noon</a>.</p>
<pre><code class="language-py">if wet:

    wait *here* &lt;
</code></pre>
<p>Then</p><p>it cleared.</p>
<div class="c"><pre>a  b
  c</pre></div>
<p>Last drops.</p><h2 id="sun">The sun</h2><p>It shone.</p>
<ol>
    <li>
        <h3>Noon</h3>
        <p class="s">Warm</p>
    </li>
</ol>
"""  # noqa: E501


def test_an_article_in_html_is_read_as_one_in_markdown() -> None:
    story = parse(HTML_ARTICLE)

    assert [block.plain() for block in story.lead] == ["It rained for three days."]
    assert [slide.headline.value for slide in story.slides if slide.headline] == [
        "The mud",
        "The sun",
    ]
    first, second = map(html_of, story.slides)
    assert "<p>Then</p>" in first
    assert "wait *here* &lt;\n</code></pre>" in first
    assert "a  b\n  c" in first
    assert "<p>Last drops.</p>" in first
    assert "<p>Warm</p>" in second
    assert "<code>" not in second
    assert {"mud", "sun"} <= {*story.anchors}
    assert not story.problems


def test_remarks_behind_headings_are_their_anchors() -> None:
    story = parse(
        "# A\n\n## Étale {/*slack*/}\n\n[It](#slack) and [that](#flow).\n\n### Flot {/* #flow */}\n"
    )

    assert {"slack", "flow"} <= set(story.anchors)
    assert not story.problems


def test_a_paragraph_without_words_is_not_shown() -> None:
    (slide,) = parse(TOP + "&nbsp;\n\n\u00a0\n\n<br>&nbsp;\n\n&nbsp;Gulls").slides

    assert len(slide.blocks) == 1
    assert "<p></p>" not in html_of(
        parse(TOP + "> [!NOTE] Gulls\n> ![](far.invalid/x.png)").slides[0]
    )


def test_links_lead_to_headings_by_the_names_that_generators_give_them() -> None:
    story = parse("# A\n\n## Étale – à flot\n\nText.\n\n## Tide\n\nText.\n\n## Tide\n\nText.")

    names = ("étale--à-flot", "etale-a-flot", "tide", "tide-1")
    assert [story.anchors[name] for name in names] == [1, 1, 2, 3]


def test_links_lead_to_anchors_in_html() -> None:
    story = parse(
        '# A\n\n## B\n\n[On](#quay), [below](#pier).\n\n<a name="Quay"></a>\n\n## C\n\nText.\n\n'
        '<span id="pier">Here</span> it ends.'
    )

    assert (story.anchors["quay"], story.anchors["pier"]) == (2, 2)
    assert not story.problems


@pytest.mark.parametrize(
    "piece",
    ["x]{aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! ", "]{a b c d e f g h i j k l m n o p q r s t ",
     "*[", "<!-- ", "{/* ", "<h2>", "<pre>", "<svg ", "<p>a ", "{{ a(", "{: a ", "[x]: {{ ",
     "<a b={", "<a b={c} ", "<a\n", "![[a. ", "\\[ a ", ":a_", "{a=b ",
     "<code>", "<A.B>", "[caption a=\"b\"]", "` a\\n", "`` b ` a\\n", "\\( a ", "%%a b ", "$$\n",
     "$$ a\n\n", "\\begin{align}\n"],
)  # fmt: skip
def test_no_text_keeps_the_parser_for_long(piece: str) -> None:
    code = (
        "from contextlib import suppress\n"
        "from slideshow.errors import ArticleError\n"
        "from slideshow.story.formats.markdown import parse_markdown\n"
        f"with suppress(ArticleError): parse_markdown('# A\\n\\n## B\\n\\n' + {piece!r} * 12_000,"
        " 'a', 'en')"
    )

    run_bounded(code, seconds=10)


@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [("| a", " ", "|"), ("a", " ", "b\nc"), ("### B {#", "a", ""), ("[a](", " a", "")],
)
def test_no_line_keeps_the_parser_for_long(before: str, piece: str, after: str) -> None:
    code = (
        "from contextlib import suppress\n"
        "from slideshow.errors import ArticleError\n"
        "from slideshow.story.formats.markdown import parse_markdown\n"
        f"source = {before!r} + {piece!r} * 100_000 + {after!r}\n"
        "with suppress(ArticleError): parse_markdown('# A\\n\\n## B\\n\\n' + source, 'a', 'en')"
    )

    run_bounded(code, seconds=10)
