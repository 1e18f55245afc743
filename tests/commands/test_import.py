"""Foreign files become articles: nothing lost, nothing around them, and nothing dangerous."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slideshow.cli import cli
from slideshow.commands.importing import fetching
from slideshow.commands.importing.merging import merge
from slideshow.errors import SlideshowError
from tests.support.http import answering

pytestmark = pytest.mark.trial

DATA = Path(__file__).resolve().parents[1] / "data" / "imported"
WORD = re.compile(r"[^\W_]+")
HEADLINES = ["A wall two metres higher", "What the boats bring", "The voices", "And now?"]
ALTERNATIVE = "The new wall, seen from the lighthouse"
AROUND = ["Home page", "Subscribe", "Share this", "replies", "Recent posts", "rights reserved",
          "Filed under", "Member discussion", "Contents of the page", "Retrieved from",
          "Navigation menu", "Categories", "two-minute read", "Posted on"]  # fmt: skip


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["import", *map(str, arguments)])


def imported(name: str, folder: Path) -> str:
    result = run(DATA / name, "--to", folder, "--lang", "en")
    assert result.exit_code == 0, result.output
    [article] = folder.glob("*.md")
    return article.read_text()


def words(text: str) -> list[str]:
    return WORD.findall(re.sub(r"<[^>]*>|\]\([^)]*\)", " ", text).lower())


@pytest.mark.parametrize("form", ["docx", "odt", "rtf"])
def test_documents_keep_pictures_lists_tables_and_emphasis(form: str, tmp_path: Path) -> None:
    text = imported(f"harbour.{form}", tmp_path)

    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text)
    assert [alternative for alternative, _ in pictures] == [
        ALTERNATIVE,
        "Four boats in a row at the quay",
    ]
    assert all((tmp_path / name).stat().st_size for _, name in pictures)
    assert "| Herring | 3 a kilo" in text
    assert "- mackerel, when it blows" in text
    assert "**It will hold**" in text
    assert "[open to everybody](https://harbour.example/plans)" in text
    assert "### Prices at the quay" in text


@pytest.mark.parametrize("name", ["wordpress.html", "ghost.html", "mediawiki.html"])
def test_pages_come_without_what_is_around_the_article(name: str, tmp_path: Path) -> None:
    text = imported(name, tmp_path)

    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == HEADLINES
    assert f"![{ALTERNATIVE}](" in text
    assert "The wall on Thursday, at low tide." in text
    assert "so that no one has to guess." in text
    assert [each for each in AROUND if each in text] == []
    assert "source: https://" in text


@pytest.mark.parametrize("name", ["google-docs.html", "word.html"])
def test_saved_documents_keep_footnotes_and_leave_comments(name: str, tmp_path: Path) -> None:
    text = imported(name, tmp_path)

    assert text.startswith("# The harbour reopens\n")
    assert "quay.[^1]" in text
    assert "[^1]: By the harbour clock." in text
    assert "**It will hold**, says the mayor" in text
    assert "Are we sure" not in text


def test_wordpress_export_makes_an_article_per_post(tmp_path: Path) -> None:
    result = run(DATA / "posts.xml", "--to", tmp_path, "--lang", "en")

    assert result.exit_code == 0
    assert sorted(path.name for path in tmp_path.glob("*.md")) == ["harbour.en.md", "not-yet.en.md"]
    assert "The wall on Thursday" in (tmp_path / "harbour.en.md").read_text()
    assert "draft: true" in (tmp_path / "not-yet.en.md").read_text()
    assert "left out: shortcode [gallery]" in result.output


@pytest.mark.parametrize("name", ["gallery.rss", "slides.csv", "marp.md", "slidev.md", "remark.md"])
def test_each_entry_row_or_slide_becomes_a_slide(name: str, tmp_path: Path) -> None:
    text = imported(name, tmp_path)

    assert "# Seven boats\n" in text
    headlines = [line[3:] for line in text.splitlines() if line.startswith("## ")]
    assert headlines == ["The first boat", "The second boat"]
    assert "Red, with a white rail." in text
    assert not re.search(r"v-click|transition|class:|two-cols|_class|bg left", text)


def test_speaker_notes_become_comments(tmp_path: Path) -> None:
    text = imported("remark.md", tmp_path)

    assert "<!-- Say it slowly. -->" in text
    assert "<!-- and slower. -->" in text


def test_importing_again_brings_changes_and_keeps_the_authors(tmp_path: Path) -> None:
    source = tmp_path / "deck.md"
    source.write_text("# Boats\n\n## One\n\nRed.\n\n## Two\n\nOld.\n")
    folder = tmp_path / "stories"
    run(source, "--to", folder, "--lang", "en")
    article = folder / "deck.en.md"
    article.write_text(
        article.read_text().replace("Red.", "Red, and fast.").replace("One", "One {#one}")
    )
    source.write_text("# Boats\n\n## One and only\n\nRed.\n\n## Two\n\nOlder.\n")

    result = run(source, "--to", folder, "--lang", "en")

    assert result.exit_code == 0
    assert article.read_text() == (
        "# Boats\n\n## One and only {#one}\n\nRed, and fast.\n\n## Two\n\nOlder.\n"
    )


def test_conflict_keeps_the_authors_words_and_names_the_line(tmp_path: Path) -> None:
    source = tmp_path / "deck.md"
    source.write_text("# Boats\n\n## One\n\nRed.\n")
    folder = tmp_path / "stories"
    run(source, "--to", folder, "--lang", "en")
    article = folder / "deck.en.md"
    article.write_text(article.read_text().replace("Red.", "Red, and fast."))
    source.write_text("# Boats\n\n## One\n\nBlue.\n")

    result = run(source, "--to", folder, "--lang", "en")

    assert "Red, and fast." in article.read_text()
    assert f"{article}:5: the source changed this too; your words are kept" in result.output


def test_article_of_ones_own_is_never_overwritten(tmp_path: Path) -> None:
    own = tmp_path / "marp.en.md"
    own.write_text("# Mine\n")

    result = run(DATA / "marp.md", "--to", tmp_path, "--lang", "en")
    forced = run(DATA / "marp.md", "--to", tmp_path, "--lang", "en", "--force")

    assert (result.exit_code, forced.exit_code) == (1, 0)
    assert "there already, and not imported by Slideshow" in result.output
    assert own.read_text().startswith("# Seven boats")


def test_many_sources_are_imported_and_failures_counted(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("marp.md", "slides.csv"):
        (tmp_path / "in" / name).write_bytes((DATA / name).read_bytes())
    (tmp_path / "in" / "broken.docx").write_bytes(b"PK\x03\x04 no more")

    result = run("--from-folder", tmp_path / "in", "--to", tmp_path / "out", "--lang", "en")

    assert result.exit_code == 1
    assert "2 of 3 sources imported" in result.output
    assert "broken.docx: not a whole document" in result.output


def zipped(**files: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


HOSTILE = {
    "bomb.docx": zipped(**{"word/document.xml": bytes(400_000_000)}),
    "random.odt": b"\x00\x01" * 500,
    "entities.rss": b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss version="2.0">&b;</rss>',
    "empty.html": b"",
    "not-a-feed.xml": b"<note>hello</note>",
    "empty.csv": b"",
    "unknown.key": b"x",
    "binary.md": b"\xff\xfe\x00\x80",
    "cut.rtf": b"{\\rtf1",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_file_ends_with_one_clear_line(name: str, tmp_path: Path) -> None:
    source = tmp_path / name
    source.write_bytes(HOSTILE[name])

    result = run(source, "--to", tmp_path / "out", "--lang", "en")

    assert result.exit_code == 1
    assert not isinstance(result.exception, Exception) or isinstance(result.exception, SystemExit)
    [line] = result.output.strip().splitlines()
    assert line.startswith(str(source))
    assert not [*(tmp_path / "out").glob("*.md")]


def test_files_outside_the_sources_folder_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes((DATA / "wall.png").read_bytes())
    (tmp_path / "in").mkdir()
    deck = tmp_path / "in" / "deck.md"
    deck.write_text("# A\n\n## B\n\nText.\n\n![x](../secret.png) ![y](/etc/passwd)\n")

    result = run(deck, "--to", tmp_path / "out", "--lang", "en")

    assert result.exit_code == 0
    assert [*(tmp_path / "out").rglob("*.png")] == []
    assert result.output.count("its file is missing") == 2


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
            return
        self.send_response(200 if self.path != "/gone" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.path == "/endless":
            while True:
                try:
                    self.wfile.write(b"x" * 1_000_000)
                except OSError:
                    return
        name = "wall.png" if self.path.endswith("wall.png") else "wordpress.html"
        self.wfile.write((DATA / name).read_bytes())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def pages() -> Iterator[str]:
    with answering(_Pages) as address:
        yield address


def test_page_is_fetched_with_its_pictures(pages: str, tmp_path: Path) -> None:
    result = run(f"{pages}/harbour/", "--to", tmp_path, "--lang", "en", "--allow-private")

    assert result.exit_code == 0, result.output
    text = (tmp_path / "harbour.en.md").read_text()
    assert f"source: {pages}/harbour/" in text
    assert (tmp_path / "harbour" / "wall.png").read_bytes() == (DATA / "wall.png").read_bytes()


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("/loop", "more than 5 redirects"),
        ("/gone", "its server answers 404"),
        ("/endless", "more than 50 MB"),
    ],
)
def test_bad_answers_end_with_the_reason(pages: str, address: str, reason: str) -> None:
    with pytest.raises(SlideshowError, match=reason):
        fetching.fetch(pages + address, allows_private=True)


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/", "http://localhost:9/", "http://[::1]:9/", "http://0.0.0.0:9/",
     "http://10.0.0.1/", "http://169.254.169.254/latest/", "http://2130706433/"],
)  # fmt: skip
def test_private_addresses_are_not_asked(address: str) -> None:
    with pytest.raises(SlideshowError, match="private network"):
        fetching.fetch(address)


@pytest.mark.parametrize("address", ["http://user@host/", "http://host:99999/", "http:///x"])
def test_odd_addresses_are_refused(address: str) -> None:
    with pytest.raises(SlideshowError, match="address"):
        fetching.fetch(address)


def test_missing_packages_are_named_with_the_way_to_install_them() -> None:
    code = (
        "import sys; sys.modules['merge3'] = None; sys.argv = ['slideshow', 'import', 'x.docx'];"
        "from slideshow.cli import main; main()"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr.startswith("importing needs the package merge3 (pip install")


def test_merge_without_own_changes_is_the_source() -> None:
    assert merge("a\n\nb\n", "a\n\nb\n", "a\n\nc\n").text == "a\n\nc\n"
