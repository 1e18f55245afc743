"""Single paragraphs in another language, on request."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_accessibility import overflow, violations
from tests.browser.test_slides import at
from tests.conftest import Serve
from tests.support.places import STORY
from tests.web.conftest import ARTICLE, CATALOGUE, write

ContextOf = Callable[..., BrowserContext]


def turn(page: Page, label: str) -> None:
    """Turn the buttons below the paragraphs on, or off."""
    page.locator("#more").press("Enter")
    page.get_by_role("button", name=label).press("Enter")
    expect(page.locator("#more-menu")).to_be_hidden()


def test_a_paragraph_is_shown_in_the_other_language_and_closed_again(
    page: Page, bundled: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(bundled)))
    page.goto(f"{bundled}/fr/{STORY}/8/")
    page.wait_for_load_state("networkidle")
    assert not any("+" in path or "compare" in path or "pair" in path for path in asked)

    turn(page, "Comparer les paragraphes")
    buttons = page.get_by_role("button", name="English")
    assert buttons.count() == page.locator("#slide-text > p").count() > 0
    assert not any("/fr+en/" in path for path in asked)
    buttons.first.press("Enter")

    twin = page.locator("#slide-text > .twin").first
    expect(twin.locator("[lang=en][dir=ltr]")).to_contain_text("A US official")
    expect(twin).to_have_role("status")
    expect(buttons.first).to_have_attribute("aria-expanded", "true")
    expect(buttons.first).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(twin).to_be_empty()
    expect(buttons.first).to_be_focused()
    buttons.first.press("Enter")
    expect(twin).not_to_be_empty()
    buttons.first.press("Enter")
    expect(twin).to_be_empty()
    assert sum("/fr+en/" in path for path in asked) == 1


def test_what_a_phone_is_told_lies_over_the_fading_text(
    context_of: ContextOf, bundled: str
) -> None:
    page = context_of(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{bundled}/fr/{STORY}/8/")

    turn(page, "Comparer les paragraphes")
    expect(page.locator("#status")).to_be_visible()
    shown = Image.open(BytesIO(page.locator(".message").screenshot())).convert("RGB")
    middle = shown.width // 2

    assert shown.getpixel((middle, 5)) == shown.getpixel((middle, shown.height - 5))


def test_the_next_slide_has_buttons_alone_until_they_are_turned_off(
    page: Page, bundled: str
) -> None:
    page.goto(f"{bundled}/fr/{STORY}/8/")
    turn(page, "Comparer les paragraphes")
    page.locator(".compare").first.click()
    expect(page.locator(".twin > *")).to_have_count(1)

    page.keyboard.press("ArrowRight")
    at(page, 9)
    expect(page.get_by_role("button", name="English").first).to_be_visible()
    expect(page.locator(".twin > *")).to_have_count(0)
    page.locator("#languages a[hreflang=en]").click()
    expect(page.get_by_role("button", name="Français").first).to_be_visible()
    page.locator(".compare").first.click()
    expect(page.locator(".twin > [lang=fr]")).to_have_count(1)
    expect(page.locator("#compare")).to_have_attribute("aria-pressed", "true")
    turn(page, "Compare paragraphs")

    expect(page.locator(".compare, .twin")).to_have_count(0)
    expect(page.locator("#compare")).to_have_attribute("aria-pressed", "false")


def test_taps_turn_slides_but_for_those_on_a_button(context_of: ContextOf, bundled: str) -> None:
    page = context_of(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    page.goto(f"{bundled}/fr/{STORY}/6/")
    page.locator("#more").tap()
    page.locator("#compare").tap()
    button = page.locator(".compare")

    button.tap(position={"x": 5, "y": 20})

    expect(page.locator(".twin > [lang=en]")).to_be_in_viewport()
    at(page, 6)
    assert overflow(page) == 0
    page.touchscreen.tap(10, 450)
    at(page, 5)


def test_the_readers_own_language_is_chosen_and_any_block_is_shown_in_it(
    context_of: ContextOf, serve: Serve, tmp_path: Path
) -> None:
    article = "# Un titre\n\n## Un\n\nPremier.\n\n- Thé\n- Café\n\n| Thé |\n|---|\n| Café |\n"
    words = {"Premier.": "الأول.", "Thé": "شاي"}
    arabic = "".join(f'msgid "{word}"\nmsgstr "{other}"\n\n' for word, other in words.items())
    stories = write(
        tmp_path,
        {
            "essai.fr.md": article,
            "translations/ar/LC_MESSAGES/essai.po": arabic,
            "translations/en/LC_MESSAGES/essai.po": CATALOGUE,
            "alone.fr.txt": ARTICLE,
        },
    )
    address = serve(stories)
    page = context_of(locale="ar-EG").new_page()
    page.goto(f"{address}/fr/alone/1/")
    expect(page.locator("#compare")).to_have_count(0)
    page.goto(f"{address}/fr/essai/1/")

    turn(page, "Comparer les paragraphes")
    for button in page.get_by_role("button", name="العربية").all():
        button.click()

    twins = page.locator("#slide-text > .twin")
    expect(twins.nth(0).locator("[lang=ar][dir=rtl]")).to_have_text("الأول.")
    for place in (1, 2):
        expect(twins.nth(place)).to_contain_text("شاي")
