"""PowerPoint's decks keep their order, lists, notes and pictures, and say what is left out."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypandoc
import pytest

from tests.commands.test_import import ALTERNATIVE, DATA, run
from tests.support.documents import changed

pytestmark = pytest.mark.trial

ARTICLE = """\
---
author: Ada
---

# Seven boats

Ada

## The first boat

- Red
  - with a white rail
    - and a bell
- Fast

1.  Built in March
2.  Sunk in **May**

<!-- Say it slowly.
And slower. -->

## The second boat

![](fleet/image1.png)

<!-- Point at the wall. -->

## Prices

| Fish    | Price |
|---------|-------|
| Herring | 3     |

Cheaper than [elsewhere](https://harbour.example/).

## The last boat

Lost at sea.
"""
FIRST, LAST = "ppt/slides/slide2.xml", "ppt/slides/slide6.xml"


def deck_of(program: str, folder: Path) -> Path:
    """Return a deck from fleet.md: LibreOffice's is in the corpus, Pandoc's is made here."""
    if program == "LibreOffice":
        return DATA / "fleet.pptx"
    arguments = [f"--resource-path={DATA}"]
    deck = folder / "fleet.pptx"
    pypandoc.convert_file(DATA / "fleet.md", "pptx", outputfile=deck, extra_args=arguments)
    return deck


def imported(deck: Path, folder: Path) -> tuple[str, str]:
    """Return the article of a deck, and what the command says about it."""
    result = run(deck, "--to", folder, "--lang", "en")
    assert result.exit_code == 0, result.output
    return (folder / f"{deck.stem}.en.md").read_text(), result.output


@pytest.mark.parametrize("program", ["LibreOffice", "Pandoc"])
def test_lists_tables_notes_and_pictures_are_kept(program: str, tmp_path: Path) -> None:
    text, said = imported(deck_of(program, tmp_path), tmp_path / "out")

    assert text == ARTICLE
    picture = (tmp_path / "out" / "fleet" / "image1.png").read_bytes()
    assert picture == (DATA / "wall.png").read_bytes()
    assert "slide 5 has no title: its content follows the slide before" in said
    assert "left out: 2 speaker notes, kept as hidden text" in said


@pytest.mark.parametrize("program", ["LibreOffice", "Pandoc"])
def test_alternative_texts_are_kept(program: str, tmp_path: Path) -> None:
    deck = deck_of(program, tmp_path)
    described = {'descr="wall.png"': f'descr="{ALTERNATIVE}"'}
    (tmp_path / "told.pptx").write_bytes(changed(deck, {"ppt/slides/slide3.xml": described}))

    text, _ = imported(tmp_path / "told.pptx", tmp_path / "out")

    assert f"![{ALTERNATIVE}](told/image1.png)" in text


def test_hidden_slides_stay_out_and_are_named(tmp_path: Path) -> None:
    hidden = {"<p:sld ": '<p:sld show="0" '}
    deck = changed(DATA / "fleet.pptx", {FIRST: hidden})
    (tmp_path / "deck.pptx").write_bytes(deck)

    text, said = imported(tmp_path / "deck.pptx", tmp_path / "out")

    assert "The first boat" not in text
    assert "Say it slowly." not in text
    assert "The second boat" in text
    assert "left out: slide 2, which is hidden" in said


def test_slides_come_in_the_order_of_the_deck(tmp_path: Path) -> None:
    main = "ppt/presentation.xml"
    with zipfile.ZipFile(DATA / "fleet.pptx") as archive:
        slides = re.findall("<p:sldId .*?/>", archive.read(main).decode())
    moved = [slides[0], *slides[:0:-1]]
    order = {"".join(slides): "".join(moved)}
    (tmp_path / "deck.pptx").write_bytes(changed(DATA / "fleet.pptx", {main: order}))

    text, _ = imported(tmp_path / "deck.pptx", tmp_path / "out")

    headlines = re.findall("^## (.*)", text, re.M)
    assert headlines == ["The last boat", "Prices", "The second boat", "The first boat"]


def test_deck_without_titles_is_cut_by_rules(tmp_path: Path) -> None:
    untitled = {'<p:ph type="title"/>': '<p:ph type="dt"/>'}
    slides = {f"ppt/slides/slide{number}.xml": untitled for number in (2, 3, 4, 6)}
    (tmp_path / "deck.pptx").write_bytes(changed(DATA / "fleet.pptx", slides))

    text, said = imported(tmp_path / "deck.pptx", tmp_path / "out")

    assert len(re.findall("^---+$", text.partition("# Seven boats")[2], re.M)) == 5
    assert "has no title" not in said


def test_charts_films_and_comments_are_counted(tmp_path: Path) -> None:
    chart = (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="90" name="Chart"/><p:cNvGraphicFramePr/>'
        '<p:nvPr/></p:nvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.'
        'org/drawingml/2006/chart"/></a:graphic></p:graphicFrame></p:spTree>'
    )
    film = {"<p:nvPr/></p:nvPicPr>": '<p:nvPr><a:videoFile r:link="rId9"/></p:nvPr></p:nvPicPr>'}
    changes = {LAST: {"</p:spTree>": chart}, "ppt/slides/slide3.xml": film}
    (tmp_path / "deck.pptx").write_bytes(changed(DATA / "fleet.pptx", changes))

    text, said = imported(tmp_path / "deck.pptx", tmp_path / "out")

    assert "![](deck/image1.png)" in text
    assert "left out: 1 chart or other object" in said
    assert "left out: 1 film or sound" in said
