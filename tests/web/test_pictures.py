"""The pictures of the slides, as readers get them."""

from __future__ import annotations

import os
import re
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image

from slideshow.commands.export import Site, export
from slideshow.errors import SettingError
from slideshow.library.pictures import files as library_pictures
from slideshow.library.pictures import renditions
from slideshow.library.stories import Library
from slideshow.settings import Settings
from slideshow.web.app import create_app
from slideshow.web.services import services
from tests.pictures import PLACE, bomb, photograph, saved, two_colours
from tests.web.conftest import ClientOf, page, write

ARTICLE = """---
image: cover.png
---
# Voyage

## Un

![Une "halle" & <une> lampe](photos/Halle de nuit.jpg "Photo : Ada")

Premier.

## Deux

![Une tour](tour.png "Dessin : Bea")

Deuxième.

## Trois

Sans image.
"""
CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Une tour"
msgstr "A tower"

msgid "Dessin : Bea"
msgstr "Drawing: Bea"
"""
HALL = "//article//figure//img"


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    article = ARTICLE.replace("photos/Halle de nuit.jpg", "<photos/Halle de nuit.jpg>")
    return write(
        tmp_path / "stories",
        {
            "voyage.fr.md": article,
            "translations/en/LC_MESSAGES/voyage.po": CATALOGUE,
            "photos/Halle de nuit.jpg": photograph(1200, 900),
            "tour.png": saved(two_colours(300, 400), "PNG"),
            "cover.png": saved(two_colours(640, 480), "PNG"),
        },
    )


def rewrite(path: Path, content: bytes) -> None:
    """Replace a file by one that was not written this very moment."""
    path.write_bytes(content)
    os.utime(path, (1, 1))


def addresses(client: FlaskClient, path: str) -> list[str]:
    """Return the address of every picture file that a page names."""
    found = page(client, path)
    sets = [part for each in found.xpath("//source/@srcset") for part in each.split(", ")]
    return [*(part.split(" ")[0] for part in sets), *found.xpath("//img/@src")]


def test_a_slide_shows_its_picture_with_size_text_and_credit(client: FlaskClient) -> None:
    image = page(client, "/fr/voyage/1/").xpath(HALL)[0]

    assert image.get("alt") == 'Une "halle" & <une> lampe'
    assert (image.get("width"), image.get("height")) == ("1200", "900")
    assert image.get("fetchpriority") == "high"
    assert image.get("loading") is None
    assert image.xpath("ancestor::figure/figcaption")[0].text_content() == "Photo : Ada"
    types = image.xpath("ancestor::figure//source/@type")
    assert types == ["image/avif", "image/webp"]


@pytest.mark.parametrize(
    "path", ["/fr/voyage/", "/fr/voyage/1/", "/fr/voyage/2/", "/fr/voyage/all/"]
)
def test_every_file_that_a_page_names_is_what_it_is_said_to_be(
    client: FlaskClient, path: str
) -> None:
    found = addresses(client, path)

    assert found
    for address in found:
        answer = client.get(address)
        assert answer.status_code == 200, address
        image = Image.open(BytesIO(answer.data))
        image.load()
        stated = re.search(r"-(\d+)\.(\w+)$", address)
        assert stated
        assert image.width == int(stated[1])
        assert answer.mimetype == Image.MIME[image.format or ""]
        assert PLACE not in answer.data


def test_a_picture_is_kept_by_browsers_for_ever_and_shown_in_frames(client: FlaskClient) -> None:
    answer = client.get(addresses(client, "/fr/voyage/1/")[0])

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_alternative_text_and_credit_stand_in_their_own_language(client: FlaskClient) -> None:
    """Untranslated text has its own lang, translated text has none (C5)."""
    hall = page(client, "/en/voyage/1/").xpath(HALL)[0]
    tower = page(client, "/en/voyage/2/").xpath(HALL)[0]

    assert hall.get("lang") == "fr"
    assert hall.xpath("ancestor::figure/figcaption/*/@lang") == ["fr"]
    assert (tower.get("lang"), tower.get("alt")) == (None, "A tower")
    (credit,) = tower.xpath("ancestor::figure/figcaption")
    assert (credit.get("lang"), credit.text_content()) == (None, "Drawing: Bea")


def test_below_the_fold_pictures_wait(client: FlaskClient) -> None:
    first, *others = page(client, "/fr/voyage/all/").xpath("//img")

    assert (first.get("loading"), first.get("fetchpriority")) == (None, "high")
    assert [image.get("loading") for image in others] == ["lazy"]


def test_a_slide_without_a_picture_has_none(client: FlaskClient) -> None:
    assert page(client, "/fr/voyage/3/").xpath("//figure") == []


def test_a_replaced_picture_has_another_address_and_the_old_one_still_serves(
    stories: Path, client_of: ClientOf, tmp_path: Path
) -> None:
    client = client_of(stories, filecache_folder=str(tmp_path / "cache"))
    old = addresses(client, "/fr/voyage/2/")
    before = client.get(old[0]).data
    rewrite(stories / "tour.png", saved(two_colours(400, 300), "PNG"))

    new = addresses(client, "/fr/voyage/2/")

    assert not set(old) & set(new)
    assert client.get(new[0]).data != before
    assert client.get(old[0]).data == before
    assert client.get(old[1]).status_code == 404


def test_a_picture_taken_out_of_the_story_is_gone(client: FlaskClient, stories: Path) -> None:
    (old, *_) = addresses(client, "/fr/voyage/2/")
    assert client.get(old).status_code == 200

    rewrite(stories / "voyage.fr.md", b"# Voyage\n\n## Un\n\nPremier.\n")

    assert client.get(old).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "tour.png",
        "tour.000000000000-300.webp",
        "tour.{}-301.webp",
        "tour.{}-300.jpg",
        "tour.{}-0300.webp",
        "tour.{}-99999.webp",
        "turm.{}-300.webp",
        "tour.{}-300.webp/",
        "tour.{}-300.svg",
    ],
)
def test_only_the_names_that_pages_give_are_answered(client: FlaskClient, name: str) -> None:
    found = re.search(r"tour\.([0-9a-f]+)-300\.webp", " ".join(addresses(client, "/fr/voyage/2/")))
    assert found

    assert client.get(f"/pictures/voyage/{name.format(found[1])}").status_code == 404
    assert client.get(f"/pictures/autre/{found[0]}").status_code == 404


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "is missing"),
        (b"not a picture", "not a picture that can be read"),
        (b"<svg></svg>", "not an SVG drawing"),
        (bomb(), "pixels"),
        (b"\0" * 1_000_001, "bytes are more than"),
    ],
)
def test_a_slide_whose_picture_cannot_be_shown_shows_its_text(
    stories: Path, client_of: ClientOf, content: bytes | None, reason: str
) -> None:
    (stories / "tour.png").unlink()
    if content is not None:
        (stories / "tour.png").write_bytes(content)
    client = client_of(stories, picture_bytes=1_000_000)

    shown = page(client, "/fr/voyage/2/")

    assert shown.xpath("//figure") == []
    assert "Deuxième." in shown.text_content()
    library = services(client.application).library
    (problem,) = library.problems()
    assert (problem.path, problem.line) == (str(stories / "voyage.fr.md"), 14)
    assert "'tour.png'" in problem.message
    assert reason in problem.message
    assert problem.fix


def test_half_a_picture_is_missing_to_readers_and_named_in_the_log(
    stories: Path, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    data = (stories / "photos/Halle de nuit.jpg").read_bytes()
    (stories / "photos/Halle de nuit.jpg").write_bytes(data[: len(data) * 2 // 3])

    answers = {client.get(address).status_code for address in addresses(client, "/fr/voyage/1/")}

    assert answers == {404}
    assert f"{stories / 'photos/Halle de nuit.jpg'}: the picture is broken" in caplog.text


def test_check_finds_half_a_picture(stories: Path) -> None:
    data = (stories / "photos/Halle de nuit.jpg").read_bytes()
    (stories / "photos/Halle de nuit.jpg").write_bytes(data[: len(data) * 2 // 3])
    library = Library(stories)
    story = library.story("voyage")
    assert story

    (problem,) = library.pictures.undecodable(stories / "voyage.fr.md", story)

    assert (problem.path, problem.line) == (str(stories / "voyage.fr.md"), 8)
    assert "'photos/Halle de nuit.jpg': the picture is broken" in problem.message
    assert list(library.problems()) == []


def test_a_picture_that_moves_is_pointed_out(stories: Path) -> None:
    frames = [two_colours(40, 40), two_colours(40, 40).rotate(90)]
    (stories / "tour.png").write_bytes(
        saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    )

    (problem,) = Library(stories).problems()

    assert "'tour.png' moves" in problem.message


def test_a_name_with_a_nul_is_a_missing_picture(stories: Path, client: FlaskClient) -> None:
    article = (stories / "voyage.fr.md").read_text()
    (stories / "voyage.fr.md").write_text(article.replace("tour.png", "a%00.png"))

    assert page(client, "/fr/voyage/2/").xpath("//figure") == []


def test_a_folder_is_no_picture(stories: Path, client: FlaskClient) -> None:
    (stories / "tour.png").unlink()
    (stories / "tour.png").mkdir()

    assert page(client, "/fr/voyage/2/").xpath("//figure") == []


def test_a_picture_asked_for_many_times_at_once_is_made_once(
    stories: Path, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    client = client_of(stories, filecache_folder=str(tmp_path / "cache"))
    address = addresses(client, "/fr/voyage/1/")[0]
    calls, gate = [], threading.Event()
    real = renditions.make

    def counted(*arguments: object) -> bytes:
        calls.append(arguments)
        gate.wait(30)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(library_pictures, "make", counted)
    with ThreadPoolExecutor(8) as readers:
        app = client.application
        answers = [readers.submit(app.test_client().get, address) for _ in range(8)]
        # Whoever reads is not kept waiting meanwhile.
        assert client.get("/fr/voyage/1/").status_code == 200
        gate.set()

    assert {answer.result().status_code for answer in answers} == {200}
    assert len(calls) == 1


def test_a_picture_that_was_gone_for_a_moment_is_there_again(
    stories: Path, client_of: ClientOf, tmp_path: Path
) -> None:
    client = client_of(stories, filecache_folder=str(tmp_path / "cache"), refresh=3600)
    address = addresses(client, "/fr/voyage/2/")[0]

    (stories / "tour.png").rename(stories / "elsewhere")
    gone = client.get(address).status_code
    (stories / "elsewhere").rename(stories / "tour.png")

    assert (gone, client.get(address).status_code) == (404, 200)


def test_a_picture_that_is_being_saved_for_a_moment_is_there_again(
    stories: Path, client_of: ClientOf, tmp_path: Path
) -> None:
    client = client_of(stories, filecache_folder=str(tmp_path / "cache"), refresh=3600)
    address = addresses(client, "/fr/voyage/2/")[0]
    whole = (stories / "tour.png").read_bytes()

    answers = []
    for data in (b"", whole[:20], whole):
        (stories / "tour.png").write_bytes(data)
        answers.append(client.get(address).status_code)

    assert answers == [404, 404, 200]


def test_other_files_in_the_cache_folder_never_make_room(
    stories: Path, client_of: ClientOf, tmp_path: Path
) -> None:
    write(tmp_path, {"cache/holiday.jpg": b"x" * 1000})
    client = client_of(stories, filecache_folder=str(tmp_path / "cache"), filecache_bytes=1)

    assert client.get("/fr/card.png").status_code == 200

    assert (tmp_path / "cache/holiday.jpg").exists()


def test_the_cache_folder_may_be_emptied_at_any_time(
    stories: Path, client_of: ClientOf, tmp_path: Path
) -> None:
    client = client_of(stories, filecache_folder=str(tmp_path / "cache"))
    address = addresses(client, "/fr/voyage/1/")[0]
    before = client.get(address).data
    shutil.rmtree(tmp_path / "cache")

    assert client.get(address).data == before


def test_an_export_holds_every_picture_that_its_pages_name(stories: Path, tmp_path: Path) -> None:
    settings = Settings(stories=str(stories), base_url="https://news.example/slides", refresh=0)
    out = tmp_path / "out"

    export(Site(settings), out, lambda done: None)

    for name in ("fr/voyage/", "fr/voyage/1-un/", "en/voyage/2-deux/", "en/voyage/all/"):
        html = (out / name / "index.html").read_text()
        found = re.findall(r"/slides(/pictures/[^\s\"]+)", html)
        assert found
        for address in found:
            assert (out / address.lstrip("/")).stat().st_size > 0


def test_a_story_may_be_a_single_file_with_pictures_beside_it(stories: Path) -> None:
    client = create_app(Settings(stories=str(stories / "voyage.fr.md"))).test_client()

    assert client.get(addresses(client, "/fr/voyage/1-un/")[0]).status_code == 200


def test_limits_of_nothing_are_refused() -> None:
    with pytest.raises(SettingError, match="picture_pixels is 0"):
        Settings(picture_pixels=0)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_guide_has_pictures_of_its_own(client_of: ClientOf, language: str) -> None:
    client = client_of()

    shown = page(client, f"/{language}/make-a-slideshow/all/").xpath("//figure//img")

    assert len(shown) == 3
    assert all(image.get("alt") and not image.get("lang") for image in shown)
    assert [*Library().problems()] == []


def test_a_picture_for_which_memory_is_short_is_shown_later(
    stories: Path, client_of: ClientOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(stories, filecache_folder=str(tmp_path / "cache"))
    address = addresses(client, "/fr/voyage/1/")[0]

    def short(*_: object, **__: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("slideshow.library.pictures.renditions.upright_image", short)
        answer = client.get(address)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert client.get(address).status_code == 200
