"""What a reader finds besides going on: contents, play, listen, share, print, full screen."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from tests.browser.test_reading import WATCH
from tests.browser.test_slides import TOTAL, at
from tests.conftest import Serve
from tests.support.places import STORY, place
from tests.web.conftest import ARTICLE, CATALOGUE, write

pytestmark = pytest.mark.costly

ContextOf = Callable[..., BrowserContext]

# A voice that says nothing and tells what it was asked to say.
VOICES = """
  window.said = [];
  window.heard = []; // the voices
  const voices = %s.map((lang) => ({ lang, name: "Voice" }));
  Object.defineProperty(window, "speechSynthesis", { value: Object.assign(new EventTarget(), {
    getVoices: () => voices,
    cancel() { window.waiting = []; },
    speak(words) {
      window.said.push([words.lang, words.text]);
      window.heard.push(words.voice?.lang);
      window.waiting.push(words);
    },
  }) });
  window.waiting = [];
  window.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) { super(); this.text = text; }
  };
  window.finish = () => {
    while (window.waiting.length) window.waiting.shift().dispatchEvent(new Event("end"));
  };
"""


def open_slide(page: Page, address: str, language: str, position: int) -> None:
    """Open a slide of the bundled story."""
    page.goto(f"{address}/{language}/{STORY}/{position}/")


def listen(page: Page, name: str) -> None:
    """Begin to listen by the button in the open menu, and wait for the script that reads aloud."""
    page.get_by_role("button", name=name).click()
    expect(page.locator("#listen-toggle")).to_be_focused()


def seconds(page: Page, number: int) -> None:
    """Let time go by for the page, but none while the server, whose time is real, is asked."""
    for _ in range(number):
        page.clock.run_for(1000)
        expect(page.locator(".htmx-request")).to_have_count(0)


@pytest.mark.parametrize(("language", "name"), [("fr", "Sommaire"), ("en", "Contents")])
def test_the_contents_open_over_the_slide_and_give_the_focus_back(
    page: Page, bundled: str, language: str, name: str
) -> None:
    open_slide(page, bundled, language, 4)

    page.get_by_role("link", name=name, exact=True).click()
    panel = page.get_by_role("dialog", name=name)
    expect(panel.locator("li a")).to_have_count(TOTAL)
    expect(panel.locator("li a[aria-current=page]")).to_have_attribute(
        "href", f"/{language}/{STORY}/{place(language, 4)}/"
    )
    page.keyboard.press("Escape")

    expect(panel).to_be_hidden()
    expect(page.locator("#open-contents")).to_be_focused()
    at(page, 4)


def test_a_click_beside_the_contents_closes_them(page: Page, bundled: str) -> None:
    page.goto(f"{bundled}/en/{STORY}/8/")
    page.locator("#open-contents").click()
    expect(page.locator("#contents-panel li a")).to_have_count(TOTAL)

    page.mouse.click(20, 400)

    expect(page.locator("#contents-panel")).to_be_hidden()
    at(page, 8)


def test_the_contents_lead_to_a_slide_and_know_it_when_opened_again(
    page: Page, bundled: str
) -> None:
    open_slide(page, bundled, "en", 4)
    page.evaluate("window.isSamePage = true")
    page.locator("#open-contents").click()
    panel = page.get_by_role("dialog")

    panel.locator("li a").nth(8).click()
    at(page, 9)
    expect(panel).to_be_hidden()
    page.locator("#open-contents").click()

    expect(panel.locator("[aria-current]")).to_have_attribute(
        "href", f"/en/{STORY}/{place('en', 9)}/"
    )
    expect(page.get_by_role("status").first).to_contain_text("Slide 9 of 17")
    assert page.evaluate("window.isSamePage")


def test_the_contents_are_fetched_at_their_first_opening_only(page: Page, bundled: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_slide(page, bundled, "en", 4)
    page.wait_for_load_state("networkidle")
    cover = f"{bundled}/en/{STORY}/"
    assert cover not in asked

    for _ in range(2):
        page.locator("#open-contents").click()
        expect(page.locator("#contents-panel li a")).to_have_count(TOTAL)
        page.keyboard.press("Escape")

    assert asked.count(cover) == 1


def test_a_word_of_a_headline_leads_to_its_slide(page: Page, bundled: str) -> None:
    open_slide(page, bundled, "fr", 1)
    page.locator("#open-contents").click()
    links = page.locator("#contents-panel li a")
    expect(links).to_have_count(TOTAL)

    page.get_by_role("searchbox", name="Rechercher dans le sommaire").fill("PENURIE")
    expect(links.filter(visible=True)).to_have_count(1)
    page.keyboard.press("Enter")

    at(page, 8)
    expect(page.locator("h1")).to_have_text("Les pénuries")


def test_a_headline_is_found_by_the_hyphen_that_one_types(page: Page, bundled: str) -> None:
    open_slide(page, bundled, "fr", 1)
    page.locator("#open-contents").click()
    links = page.locator("#contents-panel li a")
    expect(links).to_have_count(TOTAL)

    page.get_by_role("searchbox").fill("est-il")

    expect(links.filter(visible=True)).to_have_count(1)


def test_a_headline_that_is_found_keeps_its_position(page: Page, bundled: str) -> None:
    open_slide(page, bundled, "en", 1)
    page.locator("#open-contents").click()
    links = page.locator("#contents-panel li a")
    expect(links).to_have_count(TOTAL)

    page.get_by_role("searchbox").fill("putin")
    expect(links.filter(visible=True)).to_have_count(1)

    found = links.filter(visible=True)
    expect(found).to_have_text("Putin’s problems")
    # CSS counts what has a box; it says the number to the eye alone.
    boxes = found.evaluate(
        """link => {
          const items = [...link.closest("ol").children];
          const before = items.slice(0, items.indexOf(link.parentElement));
          return before.filter((item) => getComputedStyle(item).display !== "none").length;
        }"""
    )
    assert boxes + 1 == 13


def test_a_word_that_no_headline_has_is_said_to_be_none(page: Page, bundled: str) -> None:
    open_slide(page, bundled, "en", 1)
    page.locator("#open-contents").click()
    expect(page.locator("#contents-panel li a")).to_have_count(TOTAL)

    page.get_by_role("searchbox").fill("xyzzy")

    expect(page.locator("#contents-panel output")).to_have_text("No headlines match.")


def test_the_number_of_headlines_found_is_said(page: Page, bundled: str) -> None:
    open_slide(page, bundled, "fr", 1)
    page.locator("#open-contents").click()
    expect(page.locator("#contents-panel li a")).to_have_count(TOTAL)

    page.get_by_role("searchbox").fill("penurie")

    expect(page.locator("#contents-panel output")).to_have_text("Titres trouvés\u00a0: 1")


def test_after_a_jump_from_the_contents_the_page_is_read_on_from_the_slide(
    page: Page, bundled: str
) -> None:
    open_slide(page, bundled, "en", 4)
    page.locator("#open-contents").click()

    page.locator("#contents-panel li a").nth(8).click()
    at(page, 9)

    expect(page.locator("#slide-text")).to_be_focused()


def test_where_closedby_is_unknown_a_click_beside_the_contents_closes_them_too(
    page: Page, bundled: str
) -> None:
    page.goto(f"{bundled}/en/{STORY}/8/")
    page.locator("#contents-panel").evaluate("panel => panel.removeAttribute('closedby')")
    page.locator("#open-contents").click()
    expect(page.locator("#contents-panel li a")).to_have_count(TOTAL)
    page.locator("#contents-panel h2").click()
    expect(page.locator("#contents-panel")).to_be_visible()

    page.mouse.click(20, 400)

    expect(page.locator("#contents-panel")).to_be_hidden()


def test_play_on_the_last_slide_begins_again(page: Page, bundled: str) -> None:
    page.clock.install()
    open_slide(page, bundled, "en", TOTAL)

    page.locator("#play").click()

    at(page, 1)
    expect(page.locator("#play")).to_have_accessible_name("Pause")


def test_contents_that_cannot_be_fetched_leave_a_link(context_of: ContextOf, bundled: str) -> None:
    page = context_of().new_page()
    open_slide(page, bundled, "en", 1)
    page.route(f"**/en/{STORY}/", lambda route: route.abort())

    page.locator("#open-contents").click()

    expect(page.get_by_role("status").first).to_contain_text("Couldn’t load")
    expect(page.get_by_role("dialog").get_by_role("link", name="Contents")).to_be_visible()


def test_a_tool_that_cannot_be_fetched_leaves_the_slide_and_says_so(
    context_of: ContextOf, bundled: str
) -> None:
    context = context_of()
    page = context.new_page()
    open_slide(page, bundled, "fr", 3)
    context.set_offline(True)

    page.locator("#open-contents").click()

    expect(page.get_by_role("status").first).to_contain_text("Échec du chargement")
    at(page, 3)
    context.set_offline(False)
    page.locator("#retry").click()
    expect(page.locator(".contents a")).to_have_count(TOTAL)


def test_where_a_tool_is_kept_from_readers_its_link_leads_on(
    context_of: ContextOf, bundled: str
) -> None:
    page = context_of().new_page()
    page.route("**/contents.*.js", lambda route: route.abort())
    open_slide(page, bundled, "fr", 3)

    page.locator("#open-contents").click()

    page.wait_for_url(f"**/fr/{STORY}/#contents")


@pytest.mark.parametrize(("has_touch", "focused"), [(False, "search"), (True, "submit")])
def test_one_may_type_a_word_at_once_but_no_keyboard_covers_the_contents(
    context_of: ContextOf, bundled: str, has_touch: bool, focused: str
) -> None:
    page = context_of(has_touch=has_touch, is_mobile=has_touch).new_page()
    open_slide(page, bundled, "fr", 3)

    page.locator("#open-contents").click()

    expect(page.get_by_role("dialog")).to_be_visible()
    page.wait_for_function("type => document.activeElement.type === type", arg=focused)


@pytest.mark.parametrize(("width", "height"), [(320, 256), (740, 360)])
def test_in_a_low_window_the_field_of_the_contents_is_in_sight(
    context_of: ContextOf, bundled: str, width: int, height: int
) -> None:
    """320x256 is 1280x1024 at 400 % (B7)."""
    page = context_of(viewport={"width": width, "height": height}).new_page()
    open_slide(page, bundled, "fr", 15)
    field = page.get_by_role("searchbox")

    for _ in range(2):  # with contents that come, and with those that are there
        page.locator("#open-contents").click()
        expect(page.locator("#contents-panel [aria-current]")).to_have_count(1)
        expect(field).to_be_focused()
        expect(field).to_be_in_viewport(ratio=1)
        page.keyboard.press("Escape")


def test_without_javascript_the_contents_are_a_link_and_nothing_dead_is_shown(
    context_of: ContextOf, bundled: str
) -> None:
    page = context_of(java_script_enabled=False).new_page()
    open_slide(page, bundled, "en", 4)

    expect(page.get_by_role("button", name="Autoplay")).to_be_hidden()
    page.locator("#more").click()
    expect(page.get_by_role("link", name="Read on one page")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_be_hidden()
    page.keyboard.press("Escape")
    page.locator("#open-contents").click()

    page.wait_for_url(f"**/en/{STORY}/#contents")


def test_play_turns_the_slides_to_the_last_one(page: Page, bundled: str) -> None:
    page.clock.install()
    open_slide(page, bundled, "en", TOTAL - 2)
    button = page.locator("#play")

    button.click()
    expect(button).to_have_accessible_name("Pause")
    expect(button.locator(".left")).to_have_text(re.compile(r"\ds"))
    page.evaluate(WATCH)
    for _ in range(2):
        seconds(page, 60)
    at(page, TOTAL)

    expect(button).to_have_accessible_name("Autoplay")
    assert page.evaluate("window.seen") == [str(TOTAL - 1), str(TOTAL)]


@pytest.mark.parametrize("action", ["key", "pointer", "wheel", "button"])
def test_whatever_a_reader_does_pauses(page: Page, bundled: str, action: str) -> None:
    page.clock.install()
    open_slide(page, bundled, "en", 3)
    button = page.locator("#play")
    button.click()
    expect(button).to_have_accessible_name("Pause")

    actions: dict[str, Callable[[], object]] = {
        "key": lambda: page.keyboard.press("Shift"),
        "pointer": lambda: page.locator("h1").click(),
        "wheel": lambda: page.mouse.wheel(0, 10),
        "button": button.click,
    }
    actions[action]()

    expect(button).to_have_accessible_name("Autoplay")
    seconds(page, 120)
    at(page, 3)


@pytest.mark.parametrize("agreed", [True, False])
def test_reduced_motion_is_asked_before_it_plays(
    context_of: ContextOf, bundled: str, agreed: bool
) -> None:
    page = context_of(reduced_motion="reduce").new_page()
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept() if agreed else dialog.dismiss()

    page.on("dialog", answer)
    open_slide(page, bundled, "fr", 3)

    with page.expect_event("dialog"):
        page.locator("#play").click()

    expect(page.locator("#play")).to_have_accessible_name("Pause" if agreed else "Défilement auto")
    assert asked == [
        "Votre appareil demande moins d’animations. Lancer quand même le défilement\u202f?"
    ]


def test_listening_reads_slide_after_slide_in_its_language(
    context_of: ContextOf, bundled: str
) -> None:
    page = context_of().new_page()
    page.add_init_script(VOICES % ["fr-CA"])
    open_slide(page, bundled, "fr", TOTAL - 1)
    page.locator("#more").click()

    listen(page, "Écouter")
    expect(page.locator("#more-menu")).to_be_hidden()
    expect(page.get_by_role("button", name="Arrêter l’écoute")).to_be_visible()
    headline = page.locator("h1").inner_text()
    assert page.evaluate("window.said[0]") == ["fr", headline]
    page.evaluate("window.finish()")
    at(page, TOTAL)
    expect(page.locator("h1")).not_to_have_text(headline)

    said = page.evaluate("window.said")
    assert ["fr", page.locator("h1").inner_text()] in said
    page.evaluate("window.finish()")
    expect(page.locator("#listen-stop")).to_be_hidden()


def test_listening_goes_sentence_by_sentence_and_can_be_paused_and_stopped(
    context_of: ContextOf, serve: Serve, tmp_path: Path
) -> None:
    page = context_of().new_page()
    page.add_init_script(VOICES % ["en-GB"])
    text = "A story\n\nOne\n\nThe first. The second. The third.\n\nTwo\n\nThe end.\n"
    page.goto(f"{serve(write(tmp_path, {'essay.en.txt': text}))}/en/essay/1/")
    page.locator("#more").click()
    listen(page, "Listen")
    one = "window.waiting.shift()?.dispatchEvent(new Event('end'))"
    toggle = page.locator("#listen-toggle")
    expect(toggle).to_be_focused()
    for _ in range(2):  # the headline and the first sentence
        page.evaluate(one)

    toggle.click()
    expect(toggle).to_have_accessible_name("Go on reading aloud")
    assert page.evaluate("window.waiting.length") == 0
    toggle.click()

    expect(toggle).to_have_accessible_name("Pause reading aloud")
    said = [words for _, words in page.evaluate("window.said")]
    assert said == ["One", "The first.", "The second.", "The second."]
    page.locator("#listen-stop").click()
    expect(toggle).to_be_hidden()
    assert page.evaluate("window.waiting.length") == 0
    at(page, 1)


def test_listening_has_a_speed(context_of: ContextOf, bundled: str) -> None:
    page = context_of(viewport={"width": 320, "height": 640}).new_page()
    page.add_init_script(VOICES % ["fr-FR"])
    open_slide(page, bundled, "fr", 3)
    page.locator("#more").click()
    listen(page, "Écouter")
    speed = page.locator("#listen-speed")
    page.locator("#more").click()
    expect(speed).to_have_accessible_name("Vitesse de lecture 1×")
    page.evaluate("window.left = window.waiting[0]")

    speed.click()

    expect(speed).to_have_accessible_name("Vitesse de lecture 1,25×")
    assert page.evaluate("window.waiting.map(({ rate }) => rate)") == [1.25]
    page.evaluate("window.left.dispatchEvent(new Event('end'))")  # as browsers do, late
    first, again = (words for _, words in page.evaluate("window.said"))
    assert first == again
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.keyboard.press("Escape")
    page.locator("#listen-stop").click()
    page.locator("#more").click()
    expect(page.locator("#listen")).to_be_visible()
    expect(speed).to_be_hidden()


def test_listening_goes_on_in_the_other_language(context_of: ContextOf, bundled: str) -> None:
    page = context_of().new_page()
    page.add_init_script(VOICES % ["fr-FR", "en-GB"])
    open_slide(page, bundled, "fr", 3)
    page.locator("#more").click()
    listen(page, "Écouter")
    page.locator("#more").click()
    page.locator("#listen-speed").click()

    page.locator("#languages a[hreflang=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")

    headline = page.locator("h1").inner_text()
    page.wait_for_function("headline => window.said.at(-1)[1] === headline", arg=headline)
    assert page.evaluate("window.said.at(-1)[0]") == "en"
    assert page.evaluate("window.heard.at(-1)") == "en-GB"
    expect(page.locator("#listen-stop")).to_have_accessible_name("Stop listening")
    expect(page.locator("#listen-toggle")).to_have_accessible_name("Pause reading aloud")
    page.locator("#more").click()
    expect(page.locator("#listen-speed")).to_have_accessible_name("Reading speed 1.25×")
    expect(page.locator("#play")).to_be_hidden()
    page.evaluate("window.finish()")
    at(page, 4)


def test_listening_and_playing_do_not_turn_the_slides_together(
    context_of: ContextOf, bundled: str
) -> None:
    page = context_of(viewport={"width": 320, "height": 640}).new_page()
    page.add_init_script(VOICES % ["en-GB"])
    open_slide(page, bundled, "en", 3)
    page.locator("#play").click()
    expect(page.locator("#play")).to_have_accessible_name("Pause")
    page.locator("#more").click()

    listen(page, "Listen")
    expect(page.locator("#listen-stop")).to_be_visible()

    expect(page.locator("#play")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.locator("#listen-stop").click()
    expect(page.locator("#play")).to_have_accessible_name("Autoplay")
    expect(page.locator("#play")).to_be_visible()


@pytest.mark.parametrize(("language", "voice"), [("fr", "fr-FR"), ("en", "en-GB")])
def test_on_the_narrowest_phone_what_stands_in_the_masthead_keeps_to_its_margin(
    context_of: ContextOf, bundled: str, language: str, voice: str
) -> None:
    page = context_of(viewport={"width": 320, "height": 640}).new_page()
    page.add_init_script(VOICES % [voice])
    open_slide(page, bundled, language, 3)
    page.locator("#more").click()

    page.locator("#listen").click()
    expect(page.locator("#listen-stop")).to_be_visible()

    edges = page.locator(".masthead > *").evaluate_all(
        "each => each.map((e) => e.getBoundingClientRect().right)"
    )
    assert max(edges) <= 320 - 16


def test_the_voice_is_that_of_the_readers_own_region(context_of: ContextOf, bundled: str) -> None:
    page = context_of(locale="fr-FR").new_page()
    page.add_init_script(VOICES % ["fr-CA", "fr-FR"])
    open_slide(page, bundled, "fr", 3)

    page.locator("#more").click()
    listen(page, "Écouter")
    expect(page.locator("#listen-stop")).to_be_visible()

    assert page.evaluate("window.heard[0]") == "fr-FR"


def test_listening_to_a_pair_reads_each_text_in_the_voice_of_its_language(
    context_of: ContextOf, serve: Serve, tmp_path: Path
) -> None:
    page = context_of().new_page()
    page.add_init_script(VOICES % ["en-GB", "fr-CA"])
    files = {"essai.fr.txt": ARTICLE, "translations/en/LC_MESSAGES/essai.po": CATALOGUE}
    page.goto(f"{serve(write(tmp_path, files))}/fr+en/essai/1/")
    page.locator("#more").click()

    listen(page, "Écouter")
    expect(page.locator("#listen-stop")).to_be_visible()
    page.evaluate("window.finish()")
    at(page, 2)
    said = [["fr", "Un"], ["en", "One"], ["fr", "Premier."], ["en", "First."]]
    assert page.evaluate("window.said.slice(0, 4)") == said
    page.evaluate("window.finish()")
    at(page, 3)

    # The second slide's paragraph has no translation.
    assert page.evaluate("window.said.slice(4, 7)") == [
        ["fr", "Deux"],
        ["en", "Two"],
        ["fr", "Deuxième."],
    ]
    voices = ["fr-CA", "en-GB"]
    assert page.evaluate("window.heard.slice(0, 7)") == [*voices, *voices, *voices, "fr-CA"]


@pytest.mark.parametrize(("voice", "is_offered"), [("fr-FR", True), ("en-GB", False)])
def test_listening_is_offered_where_a_voice_speaks_the_language(
    context_of: ContextOf, bundled: str, voice: str, is_offered: bool
) -> None:
    page = context_of().new_page()
    page.add_init_script(VOICES % [voice])
    open_slide(page, bundled, "fr", 1)

    page.locator("#more").click()
    expect(page.get_by_role("button", name="Plein écran")).to_be_visible()

    expect(page.locator("#listen")).to_be_visible(visible=is_offered)


def test_the_link_of_the_slide_is_copied(context_of: ContextOf, bundled: str) -> None:
    context = context_of()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    open_slide(page, bundled, "fr", 5)
    page.keyboard.press("ArrowRight")
    at(page, 6)

    page.locator("#more").click()
    page.get_by_role("button", name="Copier le lien").click()

    expect(page.get_by_role("status").first).to_have_text("Lien copié.")
    assert (
        page.evaluate("navigator.clipboard.readText()") == f"{bundled}/fr/{STORY}/{place('fr', 6)}/"
    )


def test_each_message_stays_as_long_as_the_first(context_of: ContextOf, bundled: str) -> None:
    page = context_of().new_page()
    page.clock.install()
    open_slide(page, bundled, "fr", 5)
    message = page.locator("#status:not(.hidden)")

    def say() -> None:
        page.evaluate("document.dispatchEvent(new CustomEvent('slideshow:say', {detail: '!'}))")

    say()
    page.clock.run_for(3000)
    say()
    page.clock.run_for(3000)
    expect(message).to_be_visible()

    page.clock.run_for(3000)
    expect(message).to_be_hidden()


def test_the_systems_share_sheet_gets_the_slide(context_of: ContextOf, bundled: str) -> None:
    page = context_of().new_page()
    page.add_init_script("navigator.share = async (data) => { window.shared = data; }")
    open_slide(page, bundled, "en", 5)

    page.locator("#more").click()
    page.get_by_role("button", name="Share this slide").click()
    expect(page.locator("#more-menu")).to_be_hidden()

    shared = page.evaluate("window.shared")
    assert shared == {"title": page.title(), "url": f"{bundled}/en/{STORY}/{place('en', 5)}/"}


def test_print_prints_the_whole_story_from_a_slide(context_of: ContextOf, bundled: str) -> None:
    page = context_of().new_page()
    page.add_init_script(
        """window.print = () => {
          top.printed = [location.pathname, document.querySelectorAll("h2").length];
          dispatchEvent(new Event("afterprint"));
        }"""
    )
    open_slide(page, bundled, "en", 5)

    page.locator("#more").click()
    with page.expect_event("framedetached"):
        page.get_by_role("link", name="Print the story").click()

    assert page.evaluate("window.printed") == [f"/en/{STORY}/all/", TOTAL]
    at(page, 5)


@pytest.mark.parametrize("path", ["5/", "all/"])
def test_on_paper_there_is_the_text_and_its_address(page: Page, bundled: str, path: str) -> None:
    page.goto(f"{bundled}/fr/{STORY}/{path}")

    page.emulate_media(media="print")

    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".printed")).to_have_text(page.url)
    for hidden in (".masthead", ".steps", ".actions", ".menu"):
        assert not page.locator(hidden).filter(visible=True).count()


def test_the_slides_fill_the_screen_and_come_back(page: Page, bundled: str) -> None:
    open_slide(page, bundled, "en", 5)

    page.locator("#more").click()
    page.get_by_role("button", name="Full screen").click()

    expect(page.locator("html:fullscreen")).to_have_count(1)
    page.locator("#more").click()
    page.get_by_role("button", name="Leave full screen").click()
    expect(page.locator("html:fullscreen")).to_have_count(0)


def test_a_slide_asks_for_no_script_it_may_not_need(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    (tmp_path / "plain.en.txt").write_text("Title\n\nHeadline\n\nText.\n")
    scripts: list[str] = []
    page.on(
        "request",
        lambda request: scripts.append(request.url) if request.resource_type == "script" else None,
    )

    page.goto(f"{serve(tmp_path)}/en/plain/1/")
    page.wait_for_load_state("networkidle")

    assert len(scripts) == 1


def test_the_whole_story_opens_where_the_reader_is(page: Page, bundled: str) -> None:
    open_slide(page, bundled, "en", 11)
    page.keyboard.press("ArrowRight")
    at(page, 12)

    page.locator("#more").click()
    expect(page.locator("#fullscreen")).to_be_visible()
    page.get_by_role("link", name="Read on one page").click()

    page.wait_for_url("**/all/#slide-12")
    expect(page.locator("#slide-12")).to_be_in_viewport()
