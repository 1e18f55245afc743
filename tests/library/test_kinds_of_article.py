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
    "a byte order mark": (
        "a.md",
        f"\ufeff---\ntitle: The mill\nlang: en\n---\n{BODY}",
        "The mill",
        ["At the mill"],
        "The wheel turns.",
    ),
    "a colon in the title": (
        "a.en.md",
        f"---\ntitle: The mill: a story\n---\n{BODY}",
        "The mill: a story",
        ["At the mill"],
        "The wheel turns.",
    ),
    "a name as a browser copies it": (
        "The mill (1).en.md",
        f"# The mill\n{BODY}",
        "The mill",
        ["At the mill"],
        "The wheel turns.",
    ),
    "a lead": (
        "a.en.md",
        f"# The mill\n\nIt stood still.\n{BODY}",
        "The mill",
        ["At the mill"],
        "It stood still. | The wheel turns.",
    ),
    "headings inside a slide": (
        "a.en.md",
        "# Manual\n\nHello.\n\n## Grinding\n\n### Wheat\n\nSlowly.\n\n### Rye\n\nFast.\n\n"
        "#### Old rye\n\nFaster.\n\nBelow\n-----\n\nSweep.\n",
        "Manual",
        ["Grinding", "Below"],
        "Hello. | Wheat | Slowly. | Rye | Fast. | Old rye | Faster. | Sweep.",
    ),
    "a part of the first rank": (
        "a.en.md",
        "# The mill\n\n## Day\n\nIt turns.\n\n# Part two\n\n## Night\n\nIt rests.\n",
        "The mill",
        ["Day", "Part two", "Night"],
        "It turns. | It rests.",
    ),
    "a title in the front matter and headings of the first rank": (
        "a.en.md",
        "---\ntitle: The mill\n---\n\n# Wheel\n\nIt turns.\n\n# Stone\n\nIt grinds.\n",
        "The mill",
        ["Wheel", "Stone"],
        "It turns. | It grinds.",
    ),
    "slides cut by rules": (
        "a.en.md",
        "---\ntitle: The mill\n---\n\nIt turns.\n\n---\n\nIt grinds.\n",
        "The mill",
        ["None", "None"],
        "It turns. | It grinds.",
    ),
    "keys and attributes": (
        "a.en.md",
        "# The mill {#mill}\n\n## The wheel { #wheel .wide }\n\nIt turns.\n{: .note }\n",
        "The mill",
        ["The wheel"],
        "It turns.",
    ),
    "entities": (
        "a.en.md",
        '# Bob & Eve\'s "mill" &amp; <b>B&E</b>\n\n## Rye &amp; wheat &copy;\n\n'
        "It's *so* & thus &mdash; &lt;old&gt;.\n",
        'Bob & Eve\'s "mill" & B&E',
        ["Rye & wheat ©"],
        "It's so & thus — <old>.",
    ),
    "lines broken on purpose": (
        "a.en.md",
        "# The mill\n\n## Hours\n\nFrom six  \nto nine\\\nand no longer\n",
        "The mill",
        ["Hours"],
        "From six to nine and no longer",
    ),
    "a table": (
        "a.en.md",
        "# The mill\n\n## Prices\n\n| what | price |\n|---|--:|\n| rye | 2 € |\n| oats | 3 € |\n",
        "The mill",
        ["Prices"],
        "what price rye 2 € oats 3 €",
    ),
    "tasks, strikes and bare addresses": (
        "a.en.md",
        "# The mill\n\n## To do\n\n- [x] wheel\n- [ ] ~~stone~~\n\n"
        "See https://mill.example/wheel and :cat:\n",
        "The mill",
        ["To do"],
        "☑ wheel ☐ stone | See https://mill.example/wheel and 🐱",
    ),
    "a footnote": (
        "a.en.md",
        "# The mill\n\n## Wheel\n\nIt turns.[^w]\n\n## Stone\n\nIt grinds.\n\n[^w]: Since 1712.\n",
        "The mill",
        ["Wheel", "Stone"],
        "It turns.1 | Since 1712. | It grinds.",
    ),
    "formulas": (
        "a.en.md",
        "# The mill\n\n## Its speed\n\nThe norm $\\|w\\|_2$ of $a_1*b_1$:\n\n$$\n\\{x_i\\}\n$$\n",
        "The mill",
        ["Its speed"],
        "The norm ‖w‖2 of a1*b1: | {xi}",
    ),
    "HTML in a text": (
        "a.en.md",
        "# The mill\n\n## Wheel\n\nPress <kbd>Go</kbd>, H<sub>2</sub>O,<br>wait.\n\n"
        "<details><summary>Why</summary>\n\nFor the rye.\n\n</details>\n",
        "The mill",
        ["Wheel"],
        "Press Go, H2O,wait. | WhyFor the rye.",
    ),
    "speaker notes and hidden remarks": (
        "a.en.md",
        f"# The mill\n{BODY}\n???\n\n[//]: # (Say it loud)\n",
        "The mill",
        ["At the mill"],
        "The wheel turns.",
    ),
    "a picture in HTML": (
        "a.en.md",
        '# The mill\n\n## Wheel\n\n<img src="https://b.example/w" alt="A wheel">\n\nIt turns.\n',
        "The mill",
        ["Wheel"],
        "A wheel | It turns.",
    ),
    "pictures by Jekyll's addresses": (
        "a.en.md",
        "---\ntitle: The mill\nimage: /img/w.png\n---\n\n## Wheel\n\n![A wheel](/img/w.png)\n",
        "The mill",
        ["Wheel"],
        "A wheel",
    ),
    "pictures with a size": (
        "a.en.md",
        "# The mill\n\n## Wheel\n\n![A wheel](w.png){width=50%}\n\n![Corn](c.png =300x200)\n",
        "The mill",
        ["Wheel"],
        "A wheel | Corn",
    ),
    "two pictures": (
        "a.en.md",
        "# The mill\n\n## Wheel\n\n![A wheel](w.png)\n\nIt turns.\n\n![Corn](c.png)\n",
        "The mill",
        ["Wheel"],
        "A wheel | It turns. | Corn",
    ),
    "links between articles": (
        "a.en.md",
        "# The mill\n\n## Wheel\n\nSee [stones](#stone), [a map](map.md), [home](/about).\n\n"
        "## Stone\n\nIt grinds.\n",
        "The mill",
        ["Wheel", "Stone"],
        "See stones, a map, home. | It grinds.",
    ),
    "Japanese emphasis": (
        "a.ja.md",
        "# 水車\n\n## 朝\n\nこれは**「水車」**です。水は**速い。**そして静か。\n",
        "水車",
        ["朝"],
        "これは「水車」です。水は速い。そして静か。",
    ),
    "a text with a lead": (
        "a.en.txt",
        "The mill is back\n\nAfter the flood the town has its mill again.\n\nWeeks of work\n\n"
        "The wheel had to be changed.\n\nBread\n\nIt costs three euros.\n",
        "The mill is back",
        ["Weeks of work", "Bread"],
        "After the flood the town has its mill again. | The wheel had to be changed. | "
        "It costs three euros.",
    ),
    "a text of several paragraphs": (
        "a.en.txt",
        "The mill is back\n\nWeeks of work\n\nThe mill turned on Monday.\n\n"
        "Its wheel had to be changed.\n\nBread\n\nIt costs three euros.\n",
        "The mill is back",
        ["Weeks of work", "Bread"],
        "The mill turned on Monday. | Its wheel had to be changed. | It costs three euros.",
    ),
    "a text of paragraphs alone": (
        "a.en.txt",
        "Mill turns again\n\nThe mill turned on Monday.\n\nIt had been flooded.\n\n"
        "The town is glad.\n",
        "Mill turns again",
        ["None"],
        "The mill turned on Monday. | It had been flooded. | The town is glad.",
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


HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset={}\\n"\n\n'
ENTRY = HEADER.format("UTF-8") + 'msgid "The mill"\nmsgstr "Le moulin"\n\n'
MILL = f"# The mill\n{BODY}"
# By name: the article, its French catalogue, and the words that it shows in French.
CATALOGUES: dict[str, tuple[str, str | bytes, str]] = {
    "Latin 1": (
        MILL,
        f'{HEADER.format("ISO-8859-1")}msgid "The mill"\nmsgstr "L\u2019été"\n'.replace(
            "\u2019", "'"
        ).encode("latin-1"),
        "L'été | At the mill | The wheel turns.",
    ),
    "a byte order mark and Windows' line ends": (
        MILL,
        b"\xef\xbb\xbf" + ENTRY.replace("\n", "\r\n").encode(),
        "Le moulin | At the mill | The wheel turns.",
    ),
    "another context": (
        MILL,
        ENTRY + 'msgctxt "button"\nmsgid "At the mill"\nmsgstr "Bouton"\n',
        "Le moulin | At the mill | The wheel turns.",
    ),
    "a tab after the keyword": (
        MILL,
        ENTRY.replace("msgid ", "msgid\t").replace("msgstr ", "msgstr\t"),
        "Le moulin | At the mill | The wheel turns.",
    ),
    "a per cent sign": (
        "# The mill\n\n## Rye\n\nOnly 20% of it.\n",
        ENTRY + 'msgid "Only 20% of it."\nmsgstr "20 % seulement."\n',
        "Le moulin | Rye | 20 % seulement.",
    ),
    "a paragraph wrapped anew": (
        "# The mill\n\n## Rye\n\nIt is\nground\nslowly.\n",
        ENTRY + 'msgid "It is ground slowly."\nmsgstr "Moulu lentement."\n',
        "Le moulin | Rye | Moulu lentement.",
    ),
    "a line broken on purpose": (
        "# The mill\n\n## Rye\n\nFrom six  \nto nine\n",
        ENTRY + 'msgid "From six  \\nto nine"\nmsgstr "De six  \\nà neuf"\n',
        "Le moulin | Rye | De six à neuf",
    ),
    "line ends of other systems within a text": (
        "# The mill\n\n## Rye\n\nFrom\u2028six\x85to nine.\n",
        ENTRY + 'msgid "From\u2028six\x85to nine."\nmsgstr "De six à neuf."\n',
        "Le moulin | Rye | De six à neuf.",
    ),
    "a broken catalogue": (MILL, ENTRY + 'msgid "At the mill"\nmsgstr "Au', ""),
}


@pytest.mark.parametrize("kind", CATALOGUES)
def test_every_kind_of_catalogue_is_read(tmp_path: Path, kind: str) -> None:
    article, catalogue, words = CATALOGUES[kind]
    write(tmp_path, {"a.en.md": article, "translations/fr/LC_MESSAGES/a.po": catalogue})
    library = Library(tmp_path, refresh=0)

    story = library.story("a", "fr")

    shown_words = (
        [story.title.plain(), *(str(slide.name) for slide in story.slides)] if story else []
    )
    assert " | ".join([*shown_words, words_of(story)] if story else []) == words
    assert library.story("a") is not None


@pytest.mark.parametrize(
    ("folder", "tag"),
    [("pt_BR", "pt-BR"), ("es_419", "es-419"), ("zh_Hant", "zh-Hant"), ("sr_Latn", "sr-Latn")],
)
def test_folders_of_catalogues_name_regions_and_scripts(
    tmp_path: Path, folder: str, tag: str
) -> None:
    write(tmp_path, {"a.en.md": MILL, f"translations/{folder}/LC_MESSAGES/a.po": ENTRY})
    library = Library(tmp_path, refresh=0)

    story = library.story("a")

    assert story is not None
    assert library.languages_of(story) == ("en", tag)


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2026-11-01 11:10:38 -0700", "2026-11-01T11:10:38-07:00"),
        ("2026-1-5", "2026-01-05"),
        ("2026/11/01", "2026-11-01"),
        ("January 5, 2026", "2026-01-05"),
    ],
)
def test_dates_in_any_form_are_read(tmp_path: Path, written: str, date: str) -> None:
    write(tmp_path, {"a.en.md": f"---\ntitle: The mill\ndate: {written}\n---\n{BODY}"})

    story = Library(tmp_path, refresh=0).story("a")

    assert story is not None
    assert story.details.date == date


# By name: the files, the slugs served, and a part of the problem named.
FOLDERS: dict[str, tuple[list[str], list[str], str]] = {
    "odd names": (["Draft (copy).en.md", "a.en.md"], ["a", "draft-copy"], ""),
    "a pair of languages": (["a.en.md", "a.fr.md"], ["a"], "a.fr.md"),
    "a subfolder": (["a.en.md", "posts/b.en.md"], ["a"], "posts"),
    "a document": (["a.en.md", "b.docx"], ["a"], "import"),
}


@pytest.mark.parametrize("kind", FOLDERS)
def test_every_kind_of_folder_is_served(tmp_path: Path, kind: str) -> None:
    names, slugs, named = FOLDERS[kind]
    library = Library(write(tmp_path, dict.fromkeys(names, MILL)), refresh=0)

    problems = " ".join(map(str, library.problems()))

    assert list(library.slugs()) == slugs
    assert named in problems
