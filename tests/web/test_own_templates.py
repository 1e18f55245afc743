"""Templates of a site's owner in place of ours: whatever is wrong with one, pages are shown."""

from __future__ import annotations

import logging
import os
import re
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from slideshow.cli import cli
from slideshow.commands.export import Site, export
from slideshow.library.bucket import Bucket
from slideshow.paths import PACKAGE
from slideshow.settings import Settings
from tests.readme import MANUAL
from tests.web.conftest import ClientOf, write

FOOT = "templates/pages/_foot.html"
MENU = '{% include "slideshow/pages/_foot.html" %}\n<p>Night Post {{ _("Stories") }}</p>\n'
PATHS = ["/fr/", "/fr/essai/", "/fr/essai/all/", "/fr/x/"]


def change(stories: Path, template: str | None, age: float) -> None:
    """Write or remove the template of the foot as somebody did ``age`` seconds ago."""
    path = stories / FOOT
    then = time.time() - age
    if template is None:
        path.unlink()
    else:
        write(stories, {FOOT: template})
        os.utime(path, (then, then))
    for folder in path.relative_to(stories).parents[:-1]:
        os.utime(stories / folder, (then, then))


@pytest.mark.parametrize("path", PATHS)
def test_a_template_takes_the_place_of_ours_and_may_build_on_it(
    stories: Path, client_of: ClientOf, path: str
) -> None:
    write(stories, {FOOT: MENU, "pages/legal.fr.md": "# Mentions\n\n## Un\n\nNous.\n"})

    text = client_of(stories).get(path).text

    assert re.search("<p>Night Post (?!Stories)", text)
    assert "Mentions" in text


def test_a_block_of_a_page_may_be_replaced(stories: Path, client_of: ClientOf) -> None:
    block = "{% block masthead %}<b>{{ site_name }}</b>{% endblock %}"
    write(stories, {"templates/base.html": '{% extends "slideshow/base.html" %}' + block})

    text = client_of(stories).get("/fr/").text

    assert "<b>Slideshow</b>" in text
    assert 'class="site"' not in text
    assert "Un titre" in text


def test_its_text_is_escaped_like_ours(stories: Path, client_of: ClientOf) -> None:
    write(stories, {FOOT: "<p>{{ '<i>' }}</p>"})

    assert "<p>&lt;i&gt;</p>" in client_of(stories).get("/fr/").text


def test_a_change_shows_at_the_next_request(stories: Path, client_of: ClientOf) -> None:
    client = client_of(stories)
    found = [client.get("/fr/").text]

    for age, template in ((60, "<p>One</p>"), (50, "<p>Other</p>"), (40, None)):
        change(stories, template, age)
        found.append(client.get("/fr/").text)

    shown = [re.findall("<p>(One|Other)</p>", text) for text in found]
    assert shown == [[], ["One"], ["Other"], []]


@pytest.mark.parametrize(
    ("template", "place", "reason"),
    [
        ("<p>\n{% if %}", ":2: ", "Expected an expression"),
        ("\n{{ 'x'|nothing }}", ":2: ", "No filter named 'nothing'"),
        ("\n\n{{ page.none.at }}", ":3: ", "UndefinedError: "),
        ("{{ url_for('none') }}", ":1: ", "BuildError: "),
        ("{{ 1 / 0 }}", ":1: ", "ZeroDivisionError: "),
        ("\n{% include 'none.html' %}", ":2: ", "TemplateNotFound: none.html"),
        ("{% include 'pages/_foot.html' %}", ":1: ", "RecursionError: "),
        ("{{ url_for.__globals__['os'].getpid() }}", ":1: ", "SecurityError: "),
        ("{{ cycler.__init__.__globals__.os.popen('id') }}", ":1: ", "SecurityError: "),
        (b"\xff", ": ", "not in UTF-8"),
    ],
)
def test_a_template_with_a_mistake_is_named_and_ours_is_used(
    stories: Path,
    client_of: ClientOf,
    caplog: pytest.LogCaptureFixture,
    template: str | bytes,
    place: str,
    reason: str,
) -> None:
    ours = client_of(stories).get("/fr/").text
    write(stories, {FOOT: template})

    with caplog.at_level(logging.ERROR, "slideshow"):
        client = client_of(stories)
        texts = [client.get(path).text for path in ("/fr/", "/fr/essai/", "/fr/")]

    assert texts[0] == ours
    records = [record for record in caplog.records if record.name.startswith("slideshow")]
    (said,) = {record.message for record in records}
    assert said.startswith(f"{stories / FOOT}{place}{reason}")
    assert "the template of Slideshow is used meanwhile" in said


def test_one_mistake_leaves_the_other_templates_as_they_are(
    stories: Path, client_of: ClientOf
) -> None:
    write(stories, {FOOT: "{{ 1 / 0 }}", "templates/_name.html": "<b>Ours</b>"})

    assert "<b>Ours</b>" in client_of(stories).get("/fr/").text


def test_a_mistake_that_is_corrected_is_forgotten(stories: Path, client_of: ClientOf) -> None:
    change(stories, "{{ 1 / 0 }}", age=60)
    client = client_of(stories)
    client.get("/fr/")

    change(stories, "<p>Good</p>", age=30)

    assert "<p>Good</p>" in client.get("/fr/").text


def test_a_story_that_cannot_be_read_is_no_mistake_of_a_template(
    stories: Path, client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    write(stories, {"templates/slides/cover.html": '{% extends "slideshow/slides/cover.html" %}'})
    write(stories, {"essai.fr.txt": b"\x00"})

    assert client_of(stories).get("/fr/essai/").status_code == 503
    assert "templates" not in caplog.text


def test_check_renders_each_kind_of_page(stories: Path) -> None:
    files = {
        "templates/embed/frame.html": "\n{{ story.none.none }}",
        "templates/feeds/shelf.xml": "{% broken %}",
        "templates/pages/_fot.html": "",
        "templates/own.html": "",
        "templates/_name.html": '{% include "own.html" %}',
    }
    write(stories, files)

    said = CliRunner().invoke(cli, ["check", str(stories)]).output

    found = re.findall(rf"{stories}/templates/(\S+): (.*)", said)
    assert [place for place, _ in found] == [
        "embed/frame.html:2",
        "feeds/shelf.xml:1",
        "pages/_fot.html",
    ]
    assert "name it pages/_foot.html" in found[-1][1]


def test_a_link_that_leads_out_of_the_folder_is_refused(
    stories: Path, client_of: ClientOf, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path, {"secret.html": "<p>Secret</p>"})
    (stories / FOOT).parent.mkdir(parents=True)
    (stories / FOOT).symlink_to(tmp_path / "secret.html")

    assert "Secret" not in client_of(stories).get("/fr/").text
    assert "a link that leads out of the folder" in caplog.text


def test_the_export_has_them_too(stories: Path, tmp_path: Path) -> None:
    write(stories, {FOOT: "<p>Night Post</p>"})

    export(Site(Settings(stories=str(stories))), tmp_path / "out", lambda done: None)

    assert "<p>Night Post</p>" in (tmp_path / "out" / "fr" / "index.html").read_text()


def test_a_bucket_brings_them_with_scripts_and_looks(stories: Path) -> None:
    files = {FOOT: "<p>x</p>", "templates/robots.txt": "x", "look/a.js": "x", "look/a.css": "x"}
    write(stories, {**files, "other.html": "x"})

    bucket = Bucket(stories.as_uri())
    bucket.fetch()

    assert all((bucket.folder / name).read_text() == files[name] for name in files)
    assert not (bucket.folder / "other.html").exists()


def test_the_blocks_that_the_manual_calls_stable_are_those_of_a_page() -> None:
    base = (PACKAGE / "web" / "templates" / "base.html").read_text(encoding="utf-8")
    named = re.search(r"the blocks (.*?) of `base.html`", MANUAL["publish"])

    assert named
    blocks = re.findall(r"^ *(?:<title>)?{% block (\w+)", base, re.M)
    assert re.findall(r"`(\w+)`", named[1]) == blocks
