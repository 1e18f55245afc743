"""An address pasted into WordPress, as its core embeds what it does not know (check A12).

What is simulated is WP_oEmbed::discover, wp_filter_oembed_result and wp-embed.js of WordPress 6.
"""

from __future__ import annotations

import json
import re
import urllib.request
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from lxml import html
from playwright.sync_api import Page

from tests.browser.host import Host, slide_in
from tests.browser.test_slides import STORY

READ = 153_600  # bytes of the page
KEPT = {"src", "width", "height", "frameborder", "scrolling", "title"}  # of an iframe
SECRET = "a1B2c3D4e5"

LISTENING = """
addEventListener("message", ({ data, source }) => {
  if (!data?.secret || !data.message || /[^a-zA-Z0-9]/.test(data.secret)) return;
  for (const frame of document.querySelectorAll(`iframe[data-secret="${data.secret}"]`)) {
    if (source !== frame.contentWindow) continue;
    if (data.message === "height") {
      const height = parseInt(data.value, 10);
      frame.height = height > 1000 ? 1000 : ~~height < 200 ? 200 : height;
    }
    if (data.message === "link" && new URL(data.value).host === new URL(frame.src).host
      && document.activeElement === frame) top.location.href = data.value;
  }
});
addEventListener("load", () => {
  for (const frame of document.querySelectorAll("iframe")) {
    frame.contentWindow.postMessage({ message: "ready", secret: frame.dataset.secret }, "*");
  }
});
"""


def fetched(address: str) -> bytes:
    with urllib.request.urlopen(address) as response:
        data: bytes = response.read()
        return data


def pasted(address: str, secret: str = SECRET) -> str:
    """Give what stands in the post where the address was pasted."""
    head = fetched(address)[:READ].decode(errors="ignore").split("</head>")[0]
    links = [html.fragment_fromstring(link) for link in re.findall(r"<link[^<>]+>", head)]
    [href] = [link.get("href") for link in links if link.get("type") == "application/json+oembed"]
    parts = urlsplit(str(href))
    query = {**dict(parse_qsl(parts.query)), "maxwidth": "660", "maxheight": "990", "dnt": "1"}
    query |= {"url": address, "format": "json"}
    answer = json.loads(fetched(parts._replace(query=urlencode(query)).geturl()))

    frames = re.findall(r"<iframe.*?></iframe>", answer["html"], re.S)
    frame = html.fragment_fromstring(frames[0])
    for name in set(frame.attrib) - KEPT:
        del frame.attrib[name]
    frame.set("src", f"{frame.get('src')}#?secret={secret}")
    frame.set("data-secret", secret)
    frame.set("sandbox", "allow-scripts")
    frame.set("security", "restricted")
    kept: str = html.tostring(frame, encoding="unicode")
    return kept


@pytest.fixture
def posted(page: Page, bundled: str, host: Host) -> Any:
    """Give a function that shows a post with an address in it."""
    host.files["/wp-embed.js"] = (LISTENING, "text/javascript", {})

    def show(address: str, **changes: str) -> None:
        frame = pasted(address)
        for old, new in changes.items():
            frame = frame.replace(old, new)
        page.goto(host.show(frame + '<script src="/wp-embed.js"></script>'))

    return show


@pytest.mark.parametrize(("path", "position"), [(f"/fr/{STORY}/8/", 8), (f"/en/{STORY}/", 1)])
def test_the_frame_gets_the_height_of_its_text(
    page: Page, bundled: str, posted: Any, path: str, position: int
) -> None:
    posted(bundled + path)

    slide_in(page.frame_locator("iframe"), position)
    page.frames[1].wait_for_function(
        """() => {
          const end = document.querySelector("footer").getBoundingClientRect().bottom;
          return document.documentElement.scrollHeight <= innerHeight && innerHeight - end < 2;
        }"""
    )
    assert page.locator("iframe").get_attribute("height") != "480"


def test_who_does_not_know_the_secret_is_told_nothing(
    page: Page, bundled: str, posted: Any
) -> None:
    posted(f"{bundled}/fr/{STORY}/8/")
    asked = 50

    page.evaluate(
        """asked => {
          for (let time = 0; time < asked; time++) {
            frames[0].postMessage({ message: "ready", secret: "0123456789" }, "*");
            frames[0].postMessage({ message: "ready" }, "*");
          }
          frames[0].postMessage({ namespace: "slideshow", command: "next" }, "*");
        }""",
        asked,
    )

    page.wait_for_function("() => messages.some(m => m.data.event === 'slide')")
    told = page.evaluate("messages.map(m => m.data).filter(data => data.message)")
    assert 0 < len(told) < asked
    assert {each["secret"] for each in told} == {SECRET}


def test_a_frame_with_another_secret_keeps_its_height(
    page: Page, bundled: str, posted: Any
) -> None:
    posted(f"{bundled}/fr/{STORY}/8/", **{f"#?secret={SECRET}": "#?secret=0123456789"})

    page.wait_for_function("() => messages.some(m => m.data.message === 'height')")

    assert page.locator("iframe").get_attribute("height") == "480"


def test_the_link_to_the_story_leads_out_of_the_sandbox(
    page: Page, bundled: str, posted: Any
) -> None:
    posted(f"{bundled}/fr/{STORY}/8/")

    page.frame_locator("iframe").locator("#whole").click()

    page.wait_for_url(f"{bundled}/fr/{STORY}/8/")
