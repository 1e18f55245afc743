"""Films, charts and maps of other sites, recognised by their addresses."""

from __future__ import annotations

import pytest

from slideshow.story.elsewhere import Elsewhere, service_of
from slideshow.story.formats.markdown import parse_markdown
from slideshow.story.formats.plaintext import parse_plaintext
from slideshow.story.model import Text
from slideshow.story.translation import translate

FILM = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"


@pytest.mark.parametrize(
    ("address", "name", "frame"),
    [
        (FILM, "YouTube", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"),
        (
            "https://youtu.be/aqz-KE-bpKQ?t=3",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ",
        ),
        (
            "https://m.youtube.com/shorts/aqz-KE-bpKQ",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ",
        ),
        ("https://vimeo.com/76979871", "Vimeo", "https://player.vimeo.com/video/76979871?dnt=1"),
        (
            "https://peertube.example.org/w/kkGMgK9ZtnKfYAgnEtQxbv",
            "PeerTube (peertube.example.org)",
            "https://peertube.example.org/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv",
        ),
        (
            "https://datawrapper.dwcdn.net/aB3dE/1/",
            "Datawrapper",
            "https://datawrapper.dwcdn.net/aB3dE/",
        ),
        (
            "https://public.flourish.studio/visualisation/123456/",
            "Flourish",
            "https://flo.uri.sh/visualisation/123456/embed",
        ),
        (
            "https://www.openstreetmap.org/#map=10/48.8500/2.3500",
            "OpenStreetMap",
            "https://www.openstreetmap.org/export/embed.html"
            "?bbox=1.99844%2C48.67422%2C2.70156%2C49.02578&layer=mapnik",
        ),
    ],
)
def test_an_address_is_recognised(address: str, name: str, frame: str) -> None:
    service = service_of(address)

    assert service
    assert (service.name, service.frame) == (name, frame)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/",
        "https://www.youtube.com/watch?v=x",
        "https://notyoutube.com/watch?v=aqz-KE-bpKQ",
        "https://vimeo.com/about",
        "https://[broken/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://a;script-src *.example/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://www.openstreetmap.org/",
        "https://example.org/film.mp4",
    ],
)
def test_any_other_address_is_a_link(address: str) -> None:
    assert service_of(address) is None


@pytest.mark.parametrize("written", [FILM, f"<{FILM}>", f"[The lamp]({FILM})"])
def test_a_link_alone_in_its_paragraph_is_a_card(written: str) -> None:
    (slide,) = parse_markdown(f"# A\n\n## One\n\n{written}\n", "a", "en").slides

    (block,) = slide.blocks
    assert isinstance(block, Elsewhere)
    assert (block.address, block.words) == (FILM, "The lamp" if "lamp" in written else "")


@pytest.mark.parametrize("written", [f"See {FILM}.", f"{FILM} {FILM}", "https://example.org/"])
def test_a_link_in_a_sentence_is_text(written: str) -> None:
    (slide,) = parse_markdown(f"# A\n\n## One\n\n{written}\n", "a", "en").slides

    assert [type(block) for block in slide.blocks] == [Text]


def test_in_plain_text_too() -> None:
    story = parse_plaintext(f"A\n\nOne\n\nText of it.\n\n{FILM}\n", "a", "en")

    assert isinstance(story.slides[0].blocks[-1], Elsewhere)


def test_a_translation_may_link_to_another_film() -> None:
    story = parse_markdown(f"# A\n\n## One\n\n{FILM}\n", "a", "en")
    other = "[La lampe](https://vimeo.com/76979871)"

    (block,) = translate(story, {FILM: other}.get, "fr").slides[0].blocks

    assert isinstance(block, Elsewhere)
    assert block.service
    assert (block.service.name, block.words) == ("Vimeo", "La lampe")
