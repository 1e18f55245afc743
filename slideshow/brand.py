"""The look of a site that is its owner's own, as ``[brand]`` in the file of settings has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from slideshow.errors import SettingError

COLOUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
COLOURS = ("accent", "accent_dark", "ground", "ground_dark")
FILES: dict[str, tuple[str, ...]] = {
    "logo": (".svg", ".png"),
    "logo_dark": (".svg", ".png"),
    "icon": (".svg", ".png"),
    "headline_font": (".woff2",),
    "text_font": (".woff2",),
    "stylesheet": (".css",),
}
CHOICES: dict[str, tuple[str, ...]] = {
    "hue": ("slide", "story", "none"),
    "corners": ("round", "soft", "square"),
    "rule": ("bar", "none"),
}


@dataclass(frozen=True, slots=True)
class Brand:
    """Logo, colours, fonts and shapes; an empty value keeps those of Slideshow.

    Raises SettingError for an invalid value.
    """

    logo: str = ""  # file of the logo at the top of pages, in place of the name
    logo_dark: str = ""  # the same for dark colours
    icon: str = ""  # square file for tabs, phones and feeds
    accent: str = ""  # colour of buttons, links and marks, such as #0055aa
    accent_dark: str = ""  # the same in dark colours; without it, made from accent
    ground: str = ""  # colour of the page
    ground_dark: str = ""  # the same in dark colours
    hue: str = "slide"  # a hue for each slide, for each story, or none: one for the site
    headline_font: str = ""  # font file for headlines
    text_font: str = ""  # font file for the text of slides
    corners: str = "round"  # of buttons and menus: round, soft or square
    rule: str = "bar"  # above headlines: bar or none
    stylesheet: str = ""  # file with rules that come last

    def __post_init__(self) -> None:
        """Refuse values that no page could show."""
        for name in COLOURS:
            value = getattr(self, name)
            if value and not COLOUR.fullmatch(value):
                raise SettingError(f"{name}={value!r} is no colour", "write it as #0055aa")
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                named = ", ".join(choices)
                raise SettingError(
                    f"{name}={getattr(self, name)!r} is not known", f"choose from {named}"
                )
        for name, suffixes in FILES.items():
            value = getattr(self, name)
            if value and not value.lower().endswith(suffixes):
                raise SettingError(
                    f"{name}={value!r} is not of a kind that browsers can use there",
                    f"give a file that ends in {' or '.join(suffixes)}",
                )

    @property
    def is_plain(self) -> bool:
        """Whether nothing of the look is set."""
        return self == Brand()

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the path of each file that is set."""
        for each in fields(self):
            if each.name in FILES and getattr(self, each.name):
                yield each.name, getattr(self, each.name)
