"""Readers who save data fetch the text that comes next, not its picture (check B18)."""

from pathlib import Path

import pytest

from tests.browser.conftest import ContextOf
from tests.browser.test_slides import at
from tests.conftest import Serve
from tests.pictures import photograph
from tests.web.conftest import write


@pytest.mark.parametrize("saves", [True, False])
def test_a_picture_is_fetched_ahead_unless_data_are_saved(
    context_of: ContextOf, serve: Serve, tmp_path: Path, saves: bool
) -> None:
    slides = "".join(f"\n## {n}\n\n![A hall.]({n}.jpg)\n\nA text.\n" for n in (1, 2, 3))
    pictures = {f"{n}.jpg": photograph(400 + n, 300) for n in (1, 2, 3)}
    write(tmp_path, {"station.en.md": f"# The station\n{slides}", **pictures})
    page = context_of().new_page()
    connection = f"{{ value: {{ saveData: {str(saves).lower()} }} }}"
    page.add_init_script(f"Object.defineProperty(navigator, 'connection', {connection})")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.resource_type))

    page.goto(f"{serve(tmp_path)}/en/station/1/", wait_until="networkidle")
    ahead = asked.count("image")
    page.locator("#next").click()
    at(page, 2)

    assert ahead == (1 if saves else 2)
