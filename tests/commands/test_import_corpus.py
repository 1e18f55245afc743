"""Every kind of source: all headlines, words and pictures, and nothing from around the article."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from openpyxl import Workbook

from slideshow.library.stories import Library
from slideshow.story.figures import Figure
from slideshow.story.model import Slide, Story
from slideshow.story.showing import Showing
from tests.commands.test_import import ALTERNATIVE, AROUND, DATA, HEADLINES, run, words

pytestmark = pytest.mark.trial

BOATS = ["The first boat", "The second boat"]
WHOLE = ("docx", "odt", "rtf", "html", "epub", "pptx", "libreoffice.html", "wordpress.html",
         "ghost.html", "mediawiki.html", "google-docs.html", "word.html")  # fmt: skip
SLIDES = ("marp.md", "slidev.md", "remark.md", "reveal.md", "gallery.rss", "gallery.atom",
          "gallery.html", "slides.csv", "slides.xlsx")  # fmt: skip


def source(name: str, folder: Path) -> Path:
    """Return the path of a source, which Excel's format has to be written first."""
    if name == "slides.xlsx":
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["Headline", "Text", "Media", "Media Caption", "Type"])
        sheet.append(["Seven boats", "All that came back.", None, None, "title"])
        sheet.append([BOATS[0], "Red, with a white rail.", str(DATA / "wall.png"), "A wall", None])
        sheet.append([BOATS[1], "Older than all others.", None, None, None])
        book.save(folder / name)
        return folder / name
    return DATA / (name if "." in name else f"harbour.{name}")


def story_of(name: str, folder: Path) -> Story:
    """Import a source, and read the article as the server does."""
    result = run(source(name, folder), "--to", folder / "stories", "--lang", "en")
    assert result.exit_code == 0, result.output
    library = Library(folder / "stories", refresh=0)
    (slug,) = library.slugs()
    found = library.story(slug)
    assert found is not None
    return found


def shown(story: Story) -> str:
    blocks = [*story.lead, *(block for slide in story.slides for block in slide.blocks)]
    headlines = " ".join(slide.headline.plain() for slide in story.slides if slide.headline)
    return headlines + " " + " ".join(block.html(Showing("en")) for block in blocks)


def body_of(name: str) -> str:
    """Return the words of a saved page's article, without the comments on it."""
    text = (DATA / name).read_text().partition('<div class="c10">')[0].replace("[a]", "")
    page: Any = lxml.html.fromstring(text)
    articles = page.cssselect(".entry-content, .gh-content, .mw-parser-output") or [page]
    for around in page.cssselect("script, style, .sharedaddy, .navbox, .toc, .mw-editsection"):
        around.drop_tree()
    return " ".join(str(piece) for piece in articles[0].itertext())


def figures_of(slide: Slide) -> list[Figure]:
    return [picture for block in slide.blocks for picture in block.figures]


def headlines_of(story: Story) -> list[str]:
    return [slide.headline.plain() for slide in story.slides if slide.headline]


@pytest.mark.parametrize("name", WHOLE)
def test_every_word_of_a_source_is_shown(name: str, tmp_path: Path) -> None:
    text = (DATA / "harbour.html").read_text().partition("<body>")[2]
    if name == "epub":  # LibreOffice itself leaves a table's first row out of an e-book
        text = re.sub(r"<thead>.*?</thead>", "", text)
    whole = body_of(name) if name.endswith(".html") else text  # some pages have only parts
    expected = Counter(words(text)) & Counter(words(whole))

    story = story_of(name, tmp_path)

    kept = Counter(words(shown(story))) & expected
    assert kept.total() / expected.total() >= 0.99
    assert expected.total() > 30
    titles = [each for each in HEADLINES if each in whole]
    assert [each for each in headlines_of(story) if each in HEADLINES] == titles
    assert [each for each in AROUND if each in shown(story)] == []
    assert not [problem for problem in story.problems if problem.is_error]


@pytest.mark.parametrize("name", ["docx", "odt", "rtf", "wordpress.html", "ghost.html"])
def test_every_picture_comes_with_its_text(name: str, tmp_path: Path) -> None:
    story = story_of(name, tmp_path)

    pictures = [each for slide in story.slides for each in figures_of(slide)]
    assert [each.alt.value for each in pictures][:1] == [ALTERNATIVE]
    assert all(each.alt.value for each in pictures)
    assert all((tmp_path / "stories" / each.file).stat().st_size for each in pictures)


@pytest.mark.parametrize("name", SLIDES)
def test_each_item_row_or_slide_is_a_slide(name: str, tmp_path: Path) -> None:
    story = story_of(name, tmp_path)

    assert story.title.plain() == "Seven boats"
    assert headlines_of(story)[-2:] == BOATS
    assert "Red, with a white rail." in shown(story)
    assert not re.search(r"1 of 2|v-click|\.element|data-background|Say it", shown(story))


def test_an_item_of_a_gallery_keeps_its_picture_and_caption(tmp_path: Path) -> None:
    first, second = story_of("gallery.html", tmp_path).slides

    (wall,), (boats,) = figures_of(first), figures_of(second)
    assert (wall.alt.value, boats.alt.value) == (ALTERNATIVE, "Four boats in a row at the quay")
    assert wall.caption is not None
    assert wall.caption.value == "The wall on Thursday, at low tide."


def test_a_list_that_a_word_processor_divided_is_one(tmp_path: Path) -> None:
    story_of("libreoffice.html", tmp_path)

    text = (tmp_path / "stories" / "libreoffice.en.md").read_text()
    assert "1.  whoever comes first unloads first;\n\n2.  whoever comes last" in text


TABLE = [["Fish", "Stall", "Price"], ["Herring", "North", "3"], ["", "South", "4"],
         ["A basket of both", "", "6"]]  # fmt: skip


@pytest.mark.parametrize("form", ["html", "rtf", "epub"])
def test_headlines_and_text_of_word_processors_are_told_apart(form: str, tmp_path: Path) -> None:
    story = story_of(f"quay.{form}", tmp_path)

    assert story.title.plain() == "Fish at the quay"
    assert headlines_of(story) == ["The prices", "The bell"]
    assert re.search("<strong>seven</strong>", shown(story))
    assert shown(story).count("<code>") == (1 if form == "html" else 0)


@pytest.mark.parametrize("form", ["html", "epub"])
def test_cells_stay_in_their_columns_below_larger_ones(form: str, tmp_path: Path) -> None:
    story_of(f"quay.{form}", tmp_path)

    text = (tmp_path / "stories" / "quay.en.md").read_text().replace("*", "")
    rows = re.findall(r"^\|(.*)\|$", text, re.M)
    table = [[cell.strip() for cell in row.split("|")] for row in rows if "--" not in row]
    assert table == TABLE


def article(body: str) -> str:
    return f"# Boats\n\n## One\n\n{body}\n\n## Two\n\nOld, and slow.\n\n## Three\n\nLost at sea.\n"


def imported(source: Path, folder: Path) -> str:
    result = run(source, "--to", folder, "--lang", "en")
    assert result.exit_code == 0, result.output
    return result.output


def test_a_renamed_article_is_updated_under_its_new_name(tmp_path: Path) -> None:
    deck, folder = tmp_path / "deck.md", tmp_path / "stories"
    deck.write_text(article("Red."))
    imported(deck, folder)
    mine = (folder / "deck.en.md").rename(folder / "fleet.en.md")
    mine.write_text(mine.read_text().replace("## Two", "## Two {#second}"))
    deck.write_text(article("Blue."))

    imported(deck, folder)

    assert [path.name for path in folder.glob("*.md")] == ["fleet.en.md"]
    assert "Blue." in mine.read_text()
    assert "## Two {#second}" in mine.read_text()


def test_a_renamed_source_updates_its_article_keys_and_translations(tmp_path: Path) -> None:
    deck, folder = tmp_path / "deck.md", tmp_path / "stories"
    deck.write_text(article("Red."))
    imported(deck, folder)
    mine = folder / "deck.en.md"
    mine.write_text(mine.read_text().replace("## Two", "## Two {#second}"))
    translated = [sys.executable, "-m", "slideshow", "translate", str(folder), "--to", "fr"]
    subprocess.run(translated, check=True, capture_output=True)
    catalogue = folder / "translations" / "fr" / "LC_MESSAGES" / "deck.po"
    catalogue.write_text(
        catalogue.read_text().replace(
            '"Lost at sea."\nmsgstr ""', '"Lost at sea."\nmsgstr "Perdu."'
        )
    )
    deck.unlink()
    final = tmp_path / "deck-final.md"
    final.write_text(article("Blue.").replace("## Two", "## The second"))

    imported(final, folder)

    assert [path.name for path in folder.glob("*.md")] == ["deck.en.md"]
    assert "## The second {#second}" in mine.read_text()
    story = Library(folder, refresh=0).story("deck", "fr")
    assert story is not None
    assert [str(text) for text in story.slides[2].texts()] == ["Three", "Perdu."]


def test_a_source_like_another_is_an_article_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    for name in ("monday.md", "tuesday.md"):
        (tmp_path / name).write_text(article(name))
        imported(tmp_path / name, folder)

    assert sorted(path.name for path in folder.glob("*.md")) == ["monday.en.md", "tuesday.en.md"]


def test_article_of_another_source_is_not_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    for place in ("monday", "tuesday", "moved"):
        (tmp_path / place).mkdir()
    (tmp_path / "monday" / "boats.md").write_text(article("Red, and fast."))
    (tmp_path / "tuesday" / "boats.md").write_text("# Bells\n\n## Big\n\nOf bronze.\n")
    (tmp_path / "moved" / "boats.md").write_text(article("Blue."))
    imported(tmp_path / "monday" / "boats.md", folder)

    refused = run(tmp_path / "tuesday" / "boats.md", "--to", folder, "--lang", "en")
    imported(tmp_path / "moved" / "boats.md", folder)

    assert refused.exit_code == 1
    assert f"imported from {tmp_path / 'monday' / 'boats.md'}" in refused.output
    assert "Blue." in (folder / "boats.en.md").read_text()


def test_posts_of_one_name_are_articles_of_their_own_with_their_tags(tmp_path: Path) -> None:
    posts = (DATA / "posts.xml").read_text().replace(">not-yet<", ">harbour<")
    tag = '<category domain="post_tag" nicename="fish"><![CDATA[Fish]]></category>'
    (tmp_path / "posts.xml").write_text(posts.replace("</item>", f"{tag}</item>"))

    imported(tmp_path / "posts.xml", tmp_path / "out")

    names = sorted(path.name for path in (tmp_path / "out").glob("*.md"))
    assert names == ["harbour-2.en.md", "harbour.en.md"]
    assert "tags:\n- Fish\n" in (tmp_path / "out" / "harbour.en.md").read_text()


def test_names_in_any_script_are_kept(tmp_path: Path) -> None:
    for name in ("会議.csv", "Été au Port.csv"):
        shutil.copy(DATA / "slides.csv", tmp_path / name)
        imported(tmp_path / name, tmp_path / "out")

    names = sorted(path.name for path in (tmp_path / "out").glob("*.md"))
    assert names == ["été-au-port.en.md", "会議.en.md"]
