"""A reader in the middle of a story while the site is updated, or with a copy of it on the disk."""

from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Route, expect

from tests.browser.conftest import ContextOf
from tests.browser.test_slides import at
from tests.support.places import STORY, place


def test_a_tool_whose_script_went_with_an_update_loads_the_page_anew(
    context_of: ContextOf, bundled: str
) -> None:
    page = context_of().new_page()
    address = f"{bundled}/en/{STORY}/{place('en', 3)}/"
    page.goto(address, wait_until="networkidle")
    page.route("**/js/play.*.js", lambda route: route.fulfill(status=404))

    def updated(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("js/play.", "js/newer."))

    page.route(address, updated)
    with page.expect_navigation():
        page.locator("#play").click()

    at(page, 3)


def test_a_tool_whose_script_is_missing_for_good_says_so(
    context_of: ContextOf, bundled: str
) -> None:
    page = context_of().new_page()
    page.route("**/js/play.*.js", lambda route: route.fulfill(status=404))
    page.goto(f"{bundled}/en/{STORY}/3/", wait_until="networkidle")

    page.locator("#play").click()

    expect(page.get_by_role("status").first).to_contain_text("Couldn’t load")


def test_a_copy_on_the_disk_is_read_by_its_links(
    context_of: ContextOf, bundled: str, tmp_path: Path
) -> None:
    """What `wget --mirror --convert-links` leaves: no page may fetch a file from there."""
    for path in (f"en/{STORY}/", f"en/{STORY}/{place('en', 1)}/", f"en/{STORY}/{place('en', 2)}/"):
        with urlopen(f"{bundled}/{path}") as answer:
            text = answer.read().decode()
        up = "../" * path.count("/")
        text = (
            text.replace('="/', f'="{up}')
            .replace('/"', '/index.html"')
            .replace("/#", "/index.html#")
        )
        (tmp_path / path).mkdir(parents=True, exist_ok=True)
        (tmp_path / path / "index.html").write_text(text)
        for script in text.split('<script defer src="')[1:]:
            name = script.partition('"')[0].removeprefix(up)
            with urlopen(f"{bundled}/{name}") as answer:
                (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / name).write_bytes(answer.read())
    page = context_of().new_page()
    page.goto((tmp_path / f"en/{STORY}/{place('en', 1)}/index.html").as_uri())

    page.locator("#next").click()
    page.wait_for_url("**/2-*/index.html")
    at(page, 2)
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/1-*/index.html")
    page.locator("#open-contents").click()

    page.wait_for_url(f"**/en/{STORY}/index.html#contents")
