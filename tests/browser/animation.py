"""The moving picture of the README: two slides on, into French in place, and on a phone.

`make shots` writes it, as an animated WebP.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

WIDE = ViewportSize(width=960, height=600)
PHONE = ViewportSize(width=320, height=600)
SHOWN = (800, 500)
STILL, MOVING = 1800, 80  # milliseconds
QUALITY = 70
PICTURE = Path(__file__).resolve().parents[2] / ".github" / "slideshow.webp"
START = "/en/pyongyang-moscou/7/"


def make(browser: Browser, address: str, path: Path) -> None:
    """Write the picture of a server's bundled story."""
    frames: list[tuple[Image.Image, int]] = []
    with browser.new_context(viewport=WIDE, locale="en-GB") as context:
        page = context.new_page()
        page.goto(f"{address}{START}")
        page.wait_for_load_state("networkidle")
        frames.append((shot(page), STILL))
        for name in ("Next", "Next", "Français"):
            page.get_by_role("link", name=name, exact=True).first.click()
            for _ in range(3):
                frames.append((shot(page), MOVING))
            page.wait_for_load_state("networkidle")
            frames.append((shot(page), STILL))
        place = page.url
    with browser.new_context(viewport=PHONE, device_scale_factor=2, has_touch=True) as context:
        page = context.new_page()
        page.goto(place)
        page.wait_for_load_state("networkidle")
        frames.append((shot(page), STILL))
    first, *others = (image for image, _ in frames)
    first.save(
        path,
        save_all=True,
        append_images=others,
        duration=[duration for _, duration in frames],
        loop=0,
        quality=QUALITY,
        method=6,
    )


def shot(page: Page) -> Image.Image:
    """Take a picture of a page, in the middle of a ground of the picture's size."""
    image = Image.open(BytesIO(page.screenshot())).convert("RGB")
    image.thumbnail(SHOWN, Image.Resampling.LANCZOS)
    ground = Image.new("RGB", SHOWN, (236, 236, 236))
    ground.paste(image, ((SHOWN[0] - image.width) // 2, (SHOWN[1] - image.height) // 2))
    return ground
