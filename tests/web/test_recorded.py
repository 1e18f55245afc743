"""Every address that a site ever gave leads to the same slide in the same language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import feedparser
import pytest
from flask.testing import FlaskClient
from lxml import html

from slideshow.commands.export import Site, export, file_of
from slideshow.settings import Settings
from slideshow.web.app import create_app
from tests.web.conftest import settle, write

BASE = "https://news.example"
SLIDES = [
    ("The quay", "Rope and salt."),
    ("A ticket for one", "The counter closed at six."),
    ("Platform nine", "The train stood there already."),
    ("Lamps", "They were lit."),
    ("A whistle", "Nobody turned round."),
    ("The border", "Papers, please."),
    ("Morning", "Fields, and fields."),
]
FRENCH = {
    "The ferry": "Le bac",
    "The quay": "Le quai",
    "Platform nine": "Voie neuf",
    "The border": "La frontière",
    "They were lit.": "Elles étaient allumées.",
}


def article(slides: list[tuple[str, str]], matter: str = "") -> str:
    sections = "".join(f"## {headline}\n\n{text}\n\n" for headline, text in slides)
    return f"{matter}# The ferry\n\n{sections}"


def catalogue(messages: dict[str, str]) -> str:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    entries = [f'msgid "{id}"\nmsgstr "{text}"\n' for id, text in messages.items()]
    return "\n".join([head, *entries])


def edit(place: Path) -> None:
    """Insert three slides, move two, reword four headlines, edit the translation, rename all."""
    (place / "ferry.en.md").unlink()
    (place / "translations/fr/LC_MESSAGES/ferry.po").unlink()
    slides = [("A map", "North is up."), *SLIDES]
    slides.insert(3, ("A bench", "Green once."))
    slides.append(("The end of the line", "Everybody out."))
    slides[1], slides[7] = slides[7], slides[1]
    reworded = {
        "A ticket for one": "One seat",
        "Lamps": "Light at last",
        "The border": "Passports",
        "Morning": "The day after",
    }
    slides = [(reworded.get(headline, headline), text) for headline, text in slides]
    messages = {**FRENCH, "The quay": "Au port", "Passports": "Les papiers", "Lamps": "x"}
    write(
        place,
        {
            "Crossing by night.en.md": article(slides, "---\naliases: [ferry]\n---\n"),
            "translations/fr/LC_MESSAGES/crossing-by-night.po": catalogue(messages),
        },
    )
    for name in (
        "Crossing by night.en.md",
        "translations/fr/LC_MESSAGES/crossing-by-night.po",
    ):
        settle(place / name)


Answer = Callable[[str], tuple[int, str]]  # status, and location or text, of a path


def served(client: FlaskClient) -> Answer:
    def answer(path: str) -> tuple[int, str]:
        response = client.get(path)
        return response.status_code, response.location or response.get_data().decode("latin-1")

    return answer


def exported(out: Path) -> Answer:
    """Answer as a static host that reads ``_redirects``."""
    rows = [row.split() for row in (out / "_redirects").read_text().splitlines()]
    moves = {unquote(old): new for old, new, status in rows if status == "308"}
    assert len(moves) == len(rows)

    def answer(path: str) -> tuple[int, str]:
        file = out / file_of(path)
        if file.is_file():
            return 200, file.read_bytes().decode("latin-1")
        return (308, moves[path]) if path in moves else (404, "")

    return answer


def recorded(answer: Answer) -> set[str]:
    """Collect every address of slides in sitemap, feeds, pages and frames."""
    found: set[str] = set()
    asked = ["/sitemap.xml"]
    asked += [
        f"/{tag}/ferry/{end}" for tag in ("en", "fr") for end in ("", "all/", "embed/", "feed.xml")
    ]
    while asked:
        path = asked.pop()
        status, text = answer(path)
        assert status == 200, path
        new = set(addresses_in(text.encode("latin-1").decode())) - found
        found |= new
        asked += [each for each in new if each.endswith("/")]
    return found


def addresses_in(text: str) -> Iterator[str]:
    for address in re.findall(r"(?:https://[\w.]+)?/[^\s\"'<>&;]*/ferry/\d[^\s\"'<>&;?]*", text):
        if not urlsplit(address).path.startswith("/oembed"):
            yield unquote(urlsplit(address).path)


def followed(answer: Answer, path: str) -> str:
    """Follow at most one redirect, and return the address that answers."""
    status, found = answer(path)
    if status == 308:
        path = unquote(found)
        status, found = answer(path)
    assert status == 200, path
    return path


def identity(answer: Answer, path: str) -> tuple[str, str, str]:
    """Return the kind of an address, its language, and the paragraph of its slide."""
    match = re.fullmatch(r"(/embed)?/([\w+]+)/([\w-]+)/([^/]+)/(.*)", path)
    assert match, path
    frame, languages, slug, place, kind = match.groups("")
    _, text = answer(f"/{languages}/{slug}/{place}/")
    tree = html.document_fromstring(text.encode("latin-1").decode())
    paragraph = str(tree.xpath("string(//article//p[not(@class)])"))
    source = {french: english for english, french in FRENCH.items()}
    return f"{frame} {kind}", languages, source.get(paragraph, paragraph)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return write(
        tmp_path / "stories",
        {
            "ferry.en.md": article(SLIDES),
            "translations/fr/LC_MESSAGES/ferry.po": catalogue(FRENCH),
        },
    )


def answers(place: Path, out: Path | None = None) -> Answer:
    """Serve the stories as they are now, or export them into ``out``."""
    settings = Settings(stories=str(place), base_url=BASE, refresh=0)
    if out is None:
        return served(create_app(settings).test_client())
    export(Site(settings), out, lambda done: None)
    return exported(out)


@pytest.mark.parametrize("is_exported", [False, True])
def test_each_address_once_given_leads_to_its_slide(
    place: Path, tmp_path: Path, is_exported: bool
) -> None:
    answer = answers(place, tmp_path / "out" if is_exported else None)
    before = {path: identity(answer, path) for path in recorded(answer)}
    assert len(before) == len(SLIDES) * 8

    edit(place)
    answer = answers(place, tmp_path / "out" if is_exported else None)

    after = {path: identity(answer, followed(answer, path)) for path in before}
    assert {path: after[path] for path in before if after[path] != before[path]} == {}


def test_each_address_once_embedded_by_oembed_shows_its_slide(place: Path) -> None:
    answer = answers(place)
    pages = [path for path in recorded(answer) if re.fullmatch(r"/(en|fr)/ferry/\d[^/]*/", path)]
    before = {path: identity(answer, framed(answer, path)) for path in pages}
    assert len(before) == len(SLIDES) * 2

    edit(place)
    answer = answers(place)

    after = {path: identity(answer, framed(answer, path)) for path in pages}
    assert after == before


def framed(answer: Answer, path: str) -> str:
    """Return the path of the frame that oEmbed offers for an address."""
    status, text = answer(f"/oembed?url={quote(BASE + path)}")
    assert status == 200, path
    frames = re.findall(r'<iframe[^>]* src="([^"?#]+)', json.loads(text)["html"])
    return unquote(urlsplit(frames[0]).path)


@pytest.mark.parametrize("is_exported", [False, True])
def test_feeds_keep_the_identities_of_stories_and_slides(
    place: Path, tmp_path: Path, is_exported: bool
) -> None:
    """Whatever becomes of their places, their headlines and the name of their story."""
    answer = answers(place, tmp_path / "out" if is_exported else None)
    feeds = [f"/{tag}{story}/feed.xml" for tag in ("en", "fr") for story in ("", "/ferry")]
    before = {feed: entries(answer, feed) for feed in feeds}

    edit(place)
    answer = answers(place, tmp_path / "out" if is_exported else None)

    for feed, old in before.items():
        is_gallery = "/ferry/" in feed
        new = entries(answer, feed.replace("/ferry/", "/crossing-by-night/"))
        assert len(old) == (len(SLIDES) if is_gallery else 1), feed
        assert len(new) == len(old) + (3 if is_gallery else 0), feed
        assert {id: followed(answer, path) for id, path in old}.items() <= dict(new).items(), feed


def entries(answer: Answer, feed: str) -> list[tuple[str, str]]:
    """Return the id and the path of each entry."""
    _, text = answer(feed)
    found = feedparser.parse(text.encode("latin-1")).entries
    return [(each.id, unquote(urlsplit(each.link).path)) for each in found]


Slides = list[tuple[str, str]]


@pytest.mark.parametrize(
    ("then", "now", "ids"),
    [
        ([("One", "First."), ("Two", "Second.")], [("Once", "First.")], ["one"]),
        ([("Once", "First.")], [("Once", "First."), ("One", "New.")], ["once", "one"]),
        ([("One", "Same."), ("Two", "Same.")], [("Two", "Same.")], ["two"]),
    ],
)
def test_no_slide_has_the_identity_of_another(
    tmp_path: Path, then: Slides, now: Slides, ids: list[str]
) -> None:
    found: list[str] = []
    for slides in ([("One", "First.")], then, now):
        write(tmp_path, {"a.en.md": article(slides)})
        settle(tmp_path / "a.en.md")
        feed = entries(answers(tmp_path), "/en/a/feed.xml")
        found = [id.partition("#")[2] for id, _ in feed]

    assert found == ids


def test_a_story_that_was_renamed_twice_keeps_its_first_name(tmp_path: Path) -> None:
    place = write(
        tmp_path / "stories",
        {
            "third.en.md": article(SLIDES, "---\naliases: [second]\n---\n"),
            "slideshow.toml": '[redirects]\nfirst = "second"\n',
        },
    )
    answer = served(create_app(Settings(stories=str(place), base_url=BASE)).test_client())

    assert [id for id, _ in entries(answer, "/en/feed.xml")] == [f"{BASE}/en/first/"]
