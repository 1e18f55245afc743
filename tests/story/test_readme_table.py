"""The table of what Markdown articles may hold, in the manual, row by row."""

import re

import pytest
from lxml import html

from slideshow.story.formats.markdown import parse_markdown
from slideshow.story.showing import Showing
from tests.readme import section

TABLE = section("What Markdown may hold", "write")
ROWS = re.findall(r"^\| (`.+) \| (.+) \|$", TABLE, re.MULTILINE)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_readers_see_what_the_table_says(row: tuple[str, str]) -> None:
    written, seen = row
    (example,) = re.findall(r"^`(.+?)`(?:, |$)", written)
    source = example.replace("\\|", "|").replace(" ⏎ ⏎ ", "\n\n").replace(" ⏎ ", "\n")

    story = parse_markdown(f"# Title\n\n## Headline\n\n{source}\n", "a", "en")

    page = "".join(block.html(Showing("en")) for block in story.slides[0].blocks)
    if seen == "formulas, as MathML":
        assert page.count("<math") == 1
        return
    tree = html.fragment_fromstring(page, create_parent="div")
    words = " ".join(html.tostring(tree, method="text", encoding="unicode").split())
    assert seen.startswith(words)


def test_the_table_is_found() -> None:
    assert len(ROWS) == 12
