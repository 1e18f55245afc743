"""Hostile sources end with one clear line, in bounded time and memory, and reveal nothing."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from pathlib import Path

import pytest

from slideshow.commands.importing import fetching
from slideshow.errors import SlideshowError
from tests.commands.test_import import DATA, run
from tests.support.bounded import run_bounded
from tests.support.http import answering

pytestmark = pytest.mark.trial

SECRET = "the-password-of-the-harbour"


def zipped(**files: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


Pairs = tuple[tuple[bytes, bytes], ...]


def within(name: str, replacements: dict[str, Pairs], **added: bytes) -> bytes:
    """Return a document of the corpus with parts of its files replaced, and with more files."""
    made = BytesIO()
    with zipfile.ZipFile(DATA / name) as old, zipfile.ZipFile(made, "w") as new:
        for file in old.namelist():
            data = old.read(file)
            for before, after in replacements.get(file, ()):
                assert before in data
                data = data.replace(before, after, 1)
            new.writestr(file, data)
        for file, data in added.items():
            new.writestr(file, data)
    return made.getvalue()


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def entities(system: str) -> tuple[bytes, bytes]:
    declared = f'<!DOCTYPE x [<!ENTITY secret SYSTEM "{system}">]>'.encode()
    return b"?>", b"?>" + declared


def used(before: bytes) -> tuple[bytes, bytes]:
    return before, b"&secret;" + before


LAUGHS = "".join(
    f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10)
).replace("&l0;", "ha")
LAUGHING = f"<!DOCTYPE x [{LAUGHS}]>".encode()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text(SECRET)
    return tmp_path / "secret.txt"


def sources(secret: Path) -> dict[str, bytes]:
    """Return documents that ask for a file outside, by their names."""
    system = secret.as_uri()
    declared = entities(system)
    return {
        "xxe.docx": within("harbour.docx", {"word/document.xml": (declared, used(b"</w:t>"))}),
        "xxe.odt": within("harbour.odt", {"content.xml": (declared, used(b"</text:p>"))}),
        "xxe.epub": within("harbour.epub", {"OEBPS/content.opf": (declared, used(b"</dc:title>"))}),
        "xxe.rss": (DATA / "gallery.rss").read_bytes().replace(*declared, 1)
        .replace(b"<description>All of them", b"<description>&secret;"),
        "xxe.xml": (DATA / "posts.xml").read_bytes().replace(*declared, 1)
        .replace(b"<title>", b"<title>&secret;", 1),
        "link.html": f'<html><body class="doc-content"><p>Text</p><p><img src="{system}" alt="x">'
        f'<img src="../secret.txt" alt="y"></p></body></html>'.encode(),
        "link.md": f"# A\n\n## B\n\nText.\n\n![x]({system})\n\n![y](../secret.txt)\n".encode(),
        "include.rtf": b'{\\rtf1 Text {\\field{\\*\\fldinst INCLUDETEXT "%b"}{\\fldrslt x}}}'
        % str(secret).encode(),
    }  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["xxe.docx", "xxe.odt", "xxe.epub", "xxe.rss", "xxe.xml", "link.html", "link.md",
     "include.rtf"],
)  # fmt: skip
def test_no_source_brings_in_another_file(name: str, secret: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / name
    source.write_bytes(sources(secret)[name])

    result = run(source, "--to", tmp_path / "out", "--lang", "en")

    written = b"".join(map(Path.read_bytes, files_in(tmp_path / "out")))
    assert SECRET not in result.output
    assert SECRET.encode() not in written
    assert result.exception is None or isinstance(result.exception, SystemExit)


BOMBS = {
    "laughs.xml": (DATA / "posts.xml")
    .read_bytes()
    .replace(b"?>", b"?>" + LAUGHING, 1)
    .replace(b"<title>", b"<title>&l9;", 1),
    "laughs.rss": b'<?xml version="1.0"?>' + LAUGHING + b"<rss version='2.0'><channel>&l9;",
    "nested.html": b"<div>" * 200_000 + b"Text",
    "nested.rss": b"<rss>" * 200_000,
    "nested.rtf": b"{\\rtf1 " + b"{" * 200_000,
    "wide.csv": b"Headline,Text\n" + b'"' + b"x" * 3_000_000,
    "bomb.xlsx": zipped(**{"xl/worksheets/sheet1.xml": bytes(400_000_000)}),
    "bomb.epub": zipped(**{"OEBPS/content.opf": bytes(400_000_000)}),
    "many.odt": zipped(**{f"f{number}": b"" for number in range(10_001)}),
}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_a_bomb_ends_with_one_line_in_bounded_time_and_memory(name: str, tmp_path: Path) -> None:
    source = tmp_path / name
    source.write_bytes(BOMBS[name])
    code = (
        "from click.testing import CliRunner\n"
        "from slideshow.cli import cli\n"
        f"done = CliRunner().invoke(cli, ['import', {str(source)!r}, '--to', "
        f"{str(tmp_path / 'out')!r}, '--lang', 'en'])\n"
        "assert isinstance(done.exception, SystemExit), repr(done.exception)\n"
        "print(done.exit_code, done.output.strip())"
    )

    said = run_bounded(code, seconds=60, megabytes=2_500)

    assert said.startswith(f"1 {source}: "), said
    assert len(said.strip().splitlines()) == 1


def test_names_in_an_archive_lead_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / "report.docx"
    links = "word/_rels/document.xml.rels"
    with zipfile.ZipFile(DATA / "harbour.docx") as archive:
        (picture,) = (name for name in archive.namelist() if name.endswith(".png"))
        data = archive.read(picture)
    target = picture.removeprefix("word/").encode()
    source.write_bytes(
        within(
            "harbour.docx",
            {links: ((target, b"../../../../escaped.png"),)},
            **{"../../../../escaped.png": data, "word/vbaProject.bin": b"Auto_Open"},
        )
    )

    result = run(source, "--to", tmp_path / "out", "--lang", "en")

    written = files_in(tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert {*files_in(tmp_path)} == {source, *written}
    assert not any(b"Auto_Open" in path.read_bytes() for path in written)


class _Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/inwards":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path == "/file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(_GZIP_BOMB)
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        pass


_GZIP_BOMB = gzip.compress(bytes(100_000_000), 9)


@pytest.fixture
def pages() -> Iterator[str]:
    with answering(_Pages) as address:
        yield address


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("/inwards", "in a private network"),
        ("/file", "not an address of a web page"),
        ("/bomb", "more than 50 MB"),
    ],
)
def test_answers_lead_nowhere_else_and_stay_small(
    pages: str, address: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place_of = fetching._place_of

    def only_ours(current: str, host: str, first: str, allows_private: bool) -> str:
        return place_of(current, host, first, allows_private or host == "127.0.0.1")

    monkeypatch.setattr(fetching, "_place_of", only_ours)

    with pytest.raises(SlideshowError, match=reason):
        fetching.fetch(pages + address)
