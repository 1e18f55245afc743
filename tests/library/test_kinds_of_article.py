"""The kinds of article that people have already: title, headlines and words of each."""

from pathlib import Path

import pytest
from lxml import html

from slideshow.library.stories import Library
from slideshow.story.model import Story
from slideshow.story.showing import Showing
from tests.web.conftest import write

BODY = "\n## At the mill\n\nThe wheel turns.\n"
# By name: the file, its text, its title, its headlines, and its words, with | between blocks.
KINDS: dict[str, tuple[str, str, str, list[str], str]] = {
    "TOML": (
        "a.en.md",
        f'+++\ntitle = "The mill"\ndate = 2026-11-01\ndraft = false\n+++\n{BODY}',
        "The mill",
        ["At the mill"],
        "The wheel turns.",
    ),
    "JSON": (
        "a.en.md",
        f'{{"title": "The mill", "tags": ["a"]}}\n{BODY}',
        "The mill",
        ["At the mill"],
        "The wheel turns.",
    ),
    "the title block of pandoc": (
        "a.en.md",
        f"% The mill\n% A. Writer\n% 2026-11-01\n{BODY}",
        "The mill",
        ["At the mill"],
        "The wheel turns.",
    ),
    "front matter that ends in dots": (
        "a.en.md",
        f"---\ntitle: The mill\n...\n{BODY}",
        "The mill",
        ["At the mill"],
        "The wheel turns.",
    ),
    "front matter of objects": (
        "a.en.md",
        f"---\ntitle: The mill\nauthor:\n  - name: Ada\ncover:\n  alt: x\n---\n{BODY}",
        "The mill",
        ["At the mill"],
        "The wheel turns.",
    ),
    "front matter above plain text": (
        "a.en.txt",
        "---\ntitle: The mill\nlang: en\n---\nAt the mill\n\nThe wheel turns.\n",
        "The mill",
        ["At the mill"],
        "The wheel turns.",
    ),
    "front matter inside a deck of Slidev": (
        "a.en.md",
        "---\ntheme: x\n---\n\n# The mill\n\nA talk.\n\n---\nlayout: two\n---\n\n"
        "# At the mill\n\nThe wheel turns.\n",
        "The mill",
        ["At the mill"],
        "A talk. | The wheel turns.",
    ),
    "a deck of Marp": (
        "a.en.md",
        "---\nmarp: true\n---\n\n# The mill\n\n---\n\n# At the mill\n\n- wheel\n- corn\n\n"
        "---\n\n# Questions?\n",
        "The mill",
        ["At the mill", "Questions?"],
        "wheel corn",
    ),
    "a rule right below a text": (
        "a.en.md",
        f"# The mill\n{BODY.rstrip()}\n---\n\n## Upstairs\n\nThe corn falls.\n",
        "The mill",
        ["At the mill", "Upstairs"],
        "The wheel turns. | The corn falls.",
    ),
    "hidden comments": (
        "a.en.md",
        f"# The mill\n{BODY}\n[//]: # (ask Bob)\n\n[comment]: <> (or Ann)\n\n<!-- or me -->\n",
        "The mill",
        ["At the mill"],
        "The wheel turns.",
    ),
    "a headline without a text": (
        "a.en.md",
        f"# The mill\n{BODY}\n## The end\n",
        "The mill",
        ["At the mill", "The end"],
        "The wheel turns.",
    ),
    "the second rank as the title": (
        "a.en.md",
        "## The mill\n\nOnce.\n\n### At the mill\n\nThe wheel turns.\n",
        "The mill",
        ["At the mill"],
        "Once. | The wheel turns.",
    ),
    "the third rank alone": (
        "a.en.md",
        "---\ntitle: The mill\n---\n\n### At the mill\n\nThe wheel turns.\n",
        "The mill",
        ["At the mill"],
        "The wheel turns.",
    ),
    "a text without headlines": (
        "a.en.md",
        "# The mill\n\nThe wheel turns.\n\nThe corn falls.\n",
        "The mill",
        ["None"],
        "The wheel turns. | The corn falls.",
    ),
    "attributes of pictures and a picture with a link": (
        "a.en.md",
        f"# The mill\n{BODY}\n![A wheel](w.png){{width=50%}}\n\n[![Corn](c.png)](https://b.example)\n",
        "The mill",
        ["At the mill"],
        "The wheel turns. | A wheel | Corn",
    ),
    "a picture elsewhere": (
        "a.en.md",
        f"# The mill\n{BODY}\n![Corn](https://b.example/c.jpg)\n",
        "The mill",
        ["At the mill"],
        "The wheel turns. | Corn",
    ),
    "boxes": (
        "a.en.md",
        f"# The mill\n{BODY}\n:::note\nMind the cat.\n:::\n\n!!! warning\n    Mind the gap.\n",
        "The mill",
        ["At the mill"],
        "The wheel turns. | Note Mind the cat. | Warning Mind the gap.",
    ),
    "tags of templates": (
        "a.en.md",
        f'# The mill\n{BODY}\n{{{{< figure src="q.jpg" >}}}}\n\n{{% include n.html %}}\n',
        "The mill",
        ["At the mill"],
        "The wheel turns.",
    ),
    "Japanese wrapped": (
        "a.ja.md",
        "# 水車\n\n## 朝\n\n水車は朝の六時に\n**「回り」**ます。\n",
        "水車",
        ["朝"],
        "水車は朝の六時に「回り」ます。",
    ),
    "Japanese text wrapped": (
        "a.ja.txt",
        "水車\n\n朝\n\n水車は朝の六時に\n回ります。\n",
        "水車",
        ["朝"],
        "水車は朝の六時に回ります。",
    ),
    "a text with the name of its writer": (
        "a.en.txt",
        "The mill is back\nBy Our Correspondent\n\nTOWN, Monday - The mill turned again, weeks "
        "after the flood.\n\nIts wheel had to be changed.\n",
        "The mill is back",
        ["None"],
        "By Our Correspondent | TOWN, Monday - The mill turned again, weeks after the flood. | "
        "Its wheel had to be changed.",
    ),
    "a name with a version": (
        "notes.v2.md",
        f"# The mill\n{BODY}",
        "The mill",
        ["At the mill"],
        "The wheel turns.",
    ),
    "the long suffix": (
        "a.en.markdown",
        f"# The mill\n{BODY}",
        "The mill",
        ["At the mill"],
        "The wheel turns.",
    ),
}


def words_of(story: Story) -> str:
    blocks = [*story.lead, *(block for slide in story.slides for block in slide.blocks)]
    return " | ".join(words for block in blocks if (words := shown(block.html(Showing("en")))))


def shown(markup: str) -> str:
    page = html.fromstring(f"<main>{markup}</main>")
    return " ".join(str(page.xpath("string()")).split())


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_read_whole(tmp_path: Path, kind: str) -> None:
    name, source, title, headlines, words = KINDS[kind]
    library = Library(write(tmp_path, {name: source}), refresh=0)

    (slug,) = library.slugs()
    story = library.story(slug)

    assert story is not None
    assert story.title.plain() == title
    assert [slide.headline.plain() if slide.headline else "None" for slide in story.slides] == (
        headlines
    )
    assert words_of(story) == words
