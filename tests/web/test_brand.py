"""The look of a site's owner, on pages, frames, cards, icons and in the export."""

from __future__ import annotations

import json
import time
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from flask.testing import FlaskClient
from PIL import Image

from slideshow.brand import Brand
from slideshow.commands.export import Site, export
from slideshow.errors import SettingError
from slideshow.library.palette import contrast, palettes
from slideshow.library.palette import problems as palette_problems
from slideshow.settings import Settings
from slideshow.web.app import create_app
from tests.support.brands import brands, toml_of
from tests.web.conftest import ClientOf, page, write

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 30"><path d="M0 0h120v30H0z"/></svg>'
)
FONT = (Path(__file__).parent.parent / "data" / "brand" / "serif.woff2").read_bytes()
TOML = """\
site_name = "The Night Post"
[brand]
logo = "look/logo.svg"
logo_dark = "look/dark.svg"
icon = "look/icon.png"
accent = "#0055aa"
ground_dark = "#102030"
headline_font = "look/serif.woff2"
text_font = "look/serif.woff2"
corners = "square"
rule = "none"
stylesheet = "look/own.css"
"""
PATHS = ["/fr/", "/fr/essai/", "/fr/essai/1/", "/embed/fr/essai/1/", "/fr+en/essai/1/", "/fr/x/"]


def png(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 64), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def branded(stories: Path) -> Path:
    files: dict[str, str | bytes] = {
        "logo.svg": SVG,
        "dark.svg": SVG.replace("M0", "M1"),
        "icon.png": png("#0055aa"),
    }
    files |= {"serif.woff2": FONT, "own.css": ".own{color:red}"}
    return write(
        stories, {"slideshow.toml": TOML, **{f"look/{name}": each for name, each in files.items()}}
    )


@pytest.fixture
def client(branded: Path, client_of: ClientOf) -> FlaskClient:
    return client_of(branded)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_and_frame_has_the_look_and_its_policy_allows_it(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path)
    found = answer.text

    assert "--accent:#0055aa" in found
    assert "border-radius:0" in found
    own, faces = (found.index(f"/static/{name}.") for name in ("brand-stylesheet", "brand-fonts"))
    assert found.index("--accent:#0055aa") < own < found.index("<body") < faces
    assert 'rel="stylesheet"' not in found[own : found.index("<body")]
    for style in found.split("<style>")[1:]:
        assert style_source(style.split("</style>")[0]) in answer.headers["Content-Security-Policy"]


def style_source(style: str) -> str:
    from base64 import b64encode
    from hashlib import sha256

    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


def test_the_logo_is_called_by_the_name_of_the_site(client: FlaskClient) -> None:
    found = page(client, "/fr/")

    (logo,) = found.xpath("//a[@class='site']//img")
    assert (logo.get("alt"), logo.get("width"), logo.get("height")) == (
        "The Night Post",
        "112",
        "28",
    )
    assert found.xpath("//a[@class='site']//source/@media") == ["(prefers-color-scheme: dark)"]
    answer = client.get(logo.get("src"))
    assert (answer.mimetype, answer.text) == ("image/svg+xml", SVG)


def test_the_icon_is_the_owners_wherever_programs_look_for_it(client: FlaskClient) -> None:
    manifest = client.get("/fr/manifest.webmanifest").get_json()
    found = page(client, "/fr/").xpath("//link[@rel='icon' or @rel='apple-touch-icon']/@href")
    icons = [*(each["src"] for each in manifest["icons"]), *found, "/favicon.ico"]

    for address in icons:
        with Image.open(BytesIO(client.get(address).data)) as image:
            assert image.convert("RGB").getpixel((10, 10)) == (0, 0x55, 0xAA)
    assert manifest["theme_color"] != "#fdfbf8"


def test_feeds_and_search_engines_learn_the_logo_and_the_icon(client: FlaskClient) -> None:
    feed = feedparser.parse(client.get("/fr/feed.xml").data)
    (described,) = page(client, "/fr/essai/").xpath("//script[@type='application/ld+json']/text()")

    logo = json.loads(described)["publisher"]["logo"]
    assert client.get(urlsplit(logo).path).text == SVG
    assert (feed.feed.logo, urlsplit(feed.feed.icon).netloc) == (logo, "localhost")
    with Image.open(BytesIO(client.get(urlsplit(feed.feed.icon).path).data)) as image:
        assert (image.size, image.convert("RGB").getpixel((10, 10))) == (
            (512, 512),
            (0, 0x55, 0xAA),
        )


def test_a_drawn_icon_is_that_of_feeds_too(branded: Path, client_of: ClientOf) -> None:
    write(branded, {"slideshow.toml": TOML.replace("icon.png", "logo.svg")})
    client = client_of(branded)

    icon = feedparser.parse(client.get("/fr/feed.xml").data).feed.icon

    assert client.get(urlsplit(icon).path).text == SVG


def test_the_cards_have_the_colour_the_rule_and_the_face(
    client: FlaskClient, client_of: ClientOf
) -> None:
    path = "/fr/essai/2/card.png"
    own, ours = client.get(path).data, client_of().get("/fr/pyongyang-moscou/2/card.png").data

    corners, rules = [], []
    for data in (own, ours):
        with Image.open(BytesIO(data)) as image:
            shown = image.convert("RGB")
        corners.append(tuple(shown.crop((5, 5, 6, 6)).tobytes()))
        rules.append(tuple(shown.crop((90, 77, 91, 78)).tobytes()))
    red, green, blue = corners[0]
    assert blue > green > red
    assert corners[1] != corners[0]
    assert (rules[0] == corners[0], rules[1] == corners[1]) == (True, False)


def test_a_page_grows_by_less_than_1_kb(client: FlaskClient, stories: Path) -> None:
    import brotli

    plain = write(
        stories.with_name("plain"), {"essai.fr.txt": (stories / "essai.fr.txt").read_bytes()}
    )
    without = create_app(Settings(stories=str(plain))).test_client()

    sizes = [len(brotli.compress(each.get("/fr/essai/1-un/").data)) for each in (client, without)]

    assert sizes[0] - sizes[1] < 1024


def test_the_export_has_the_files_of_the_look(branded: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    export(Site(Settings(stories=str(branded))), out, lambda done: None)

    names = {path.name.split(".")[0] for path in (out / "static").glob("brand-*")}
    assert names >= {"brand-logo", "brand-logo-dark", "brand-icon-180", "brand-fonts"}
    assert names >= {"brand-text-font", "brand-stylesheet"}


def test_a_changed_file_of_the_look_shows(
    branded: Path, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(branded)
    client.get("/fr/")

    write(branded, {"look/own.css": ".other{}"})
    later = time.time() + 60
    monkeypatch.setattr(time, "time", lambda: later)

    (address,) = page(client, "/fr/").xpath("//link[contains(@href, 'brand-stylesheet')]/@href")
    assert client.get(address).text == ".other{}"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            'accent = "blue"',
            r"slideshow.toml:2: accent='blue' is no colour \(write it as #0055aa\)",
        ),
        ('logo = "a.gif"', "slideshow.toml:2: logo='a.gif' is not of a kind"),
        ('logo = "a.svg"', "slideshow.toml:2: no file 'a.svg'"),
        ('hue = "page"', "slideshow.toml:2: hue='page' is not known .choose from slide, story"),
        ('icon = "own.png"', "not a PNG file"),
        ('text_font = "own.woff2"', "own.woff2: not a WOFF2 file"),
        ('logo = "own.svg"', "own.svg: an SVG without a viewBox"),
    ],
)
def test_a_mistake_in_the_look_is_named(stories: Path, line: str, problem: str) -> None:
    own = {f"own.{suffix}": "x" for suffix in ("png", "svg", "woff2")}
    write(stories, {"slideshow.toml": f"[brand]\n{line}\n", **own})

    with pytest.raises(SettingError, match=problem):
        create_app(Settings(stories=str(stories)))


def test_the_hue_may_be_the_storys_or_the_sites(stories: Path, client_of: ClientOf) -> None:
    def classes(hue: str) -> list[str]:
        write(stories, {"slideshow.toml": f'[brand]\nhue = "{hue}"\n'})
        client = client_of(stories)
        return [page(client, f"/fr/essai/{n}/").find(".//main").get("class") for n in (1, 2)]

    slide, story, none = map(classes, ("slide", "story", "none"))

    assert slide == ["slide accent-1", "slide accent-2"]
    assert story[0] == story[1] != "slide"
    assert none == ["slide", "slide"]


@pytest.mark.parametrize("number", range(20))
def test_whatever_the_brand_its_colours_can_be_read(number: int) -> None:
    brand = brands()[number]

    for palette in palettes(brand).values():
        assert contrast(palette.ink, palette.paper) >= 7
        assert contrast(palette.quiet, palette.paper) >= 4.5
        assert contrast(palette.accent, palette.paper) >= 4.5
        assert contrast(palette.on_accent, palette.accent) >= 4.5


def test_a_colour_without_contrast_is_named_with_the_one_that_is_shown(tmp_path: Path) -> None:
    (problem,) = palette_problems(Brand(accent="#ffcc00"))

    assert problem.message.startswith("accent #ffcc00 on the ground #")
    assert "has a contrast of 1.4:1, less than 4.5:1: pages show #" in problem.message
    assert not list(palette_problems(Brand(accent="#0055aa", ground="#ffffff")))
    assert "accent" in toml_of(Brand(accent="#ffcc00"))
