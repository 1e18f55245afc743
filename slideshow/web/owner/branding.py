"""The look of a site's owner on every page: a small stylesheet, a logo, an icon, fonts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from zlib import crc32

from PIL import Image, UnidentifiedImageError

from slideshow.brand import Brand
from slideshow.errors import SettingError
from slideshow.library.cards.colours import HUES
from slideshow.library.folder import Folder
from slideshow.library.palette import colour_of, oklch_of, palettes
from slideshow.library.sitefile import read_named
from slideshow.web.assets import Asset, Style
from slideshow.web.owner.fonts import Part, parts_of

ICON_PIXELS = (180, 192, 512)
CORNERS = {"soft": ".5rem", "square": "0"}
VIVID_CHROMA = 0.1  # of the cover, with an accent of that chroma or more
VIEW_BOX = re.compile(
    rb"viewBox\s*=\s*[\"'][-\d.eE]+[\s,]+[-\d.eE]+[\s,]+([\d.eE]+)[\s,]+([\d.eE]+)"
)
LOGO_PIXELS = 28  # height
FONTS = (("text_font", "BrandText"), ("headline_font", "BrandHeadline"))


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo, its twin for dark colours, if any, and its width at the height of the masthead."""

    asset: Asset
    dark: Asset | None
    width: int
    height: int = LOGO_PIXELS


@dataclass(frozen=True, slots=True)
class Branding:
    """A brand ready to be served; ``files`` are served below ``/static/``, by address."""

    brand: Brand = field(default_factory=Brand)
    style: Style | None = None
    logo: Logo | None = None
    icons: Mapping[int, Asset] = field(default_factory=dict)
    icon: Asset | None = None  # if it is an SVG
    stylesheet: Asset | None = None
    faces: Asset | None = None
    files: Mapping[str, Asset] = field(default_factory=dict)
    parts: Mapping[str, Part] = field(default_factory=dict)  # of fonts, by address
    headline_font: Path | None = None
    paper: Mapping[str, str] = field(default_factory=dict)

    def accent(self, slug: str, position: int) -> int | None:
        """Choose the number of a slide's hue; None where the site has one colour."""
        if is_coloured(self.brand) or self.brand.hue == "none":
            return None
        if self.brand.hue == "story":
            return crc32(slug.encode()) % len(HUES) + 1
        return (position - 1) % len(HUES) + 1

    def hue(self, slug: str, position: int) -> tuple[float, float]:
        """Return the hue of a slide's card, and its chroma as a share of the usual one."""
        number = self.accent(slug, position)
        if number is None and self.brand.accent:
            _, chroma, hue = oklch_of(colour_of(self.brand.accent))
            return round(hue, 1), round(min(1.0, chroma / VIVID_CHROMA), 2)
        return float(HUES[(number or 1) - 1]), 1.0


def is_coloured(brand: Brand) -> bool:
    """Check whether a brand has a colour of its own."""
    return any((brand.accent, brand.accent_dark, brand.ground, brand.ground_dark))


def branding_of(brand: Brand, folder: Folder) -> Branding:
    """Read the files of a brand, which lie below ``folder``, and make its style.

    Raises SettingError for a file that cannot be used.
    """
    if brand.is_plain:
        return Branding()
    data = {name: _read(folder, name, path) for name, path in brand.files()}
    assets = {name: Asset(_name(brand, name), content) for name, content in data.items()}
    icons = _icons(data["icon"]) if _is_png(brand.icon) else {}
    logo = None
    if "logo" in assets:
        width, height = _size(data["logo"], brand.logo)
        logo = Logo(
            assets["logo"], assets.get("logo_dark"), max(1, round(LOGO_PIXELS * width / height))
        )
    parts = {name: parts_of(data[name]) for name, _ in FONTS if name in data}
    faces = _faces(assets, parts)
    whole = [asset for name, asset in assets.items() if not parts.get(name)]
    shown = [*whole, *icons.values(), *([faces] if faces else [])]
    return Branding(
        brand,
        Style(_css(brand, assets).encode()),
        logo,
        icons,
        None if _is_png(brand.icon) else assets.get("icon"),
        assets.get("stylesheet"),
        faces,
        {asset.address: asset for asset in shown},
        {part.address: part for each in parts.values() for part in each},
        folder.path / brand.headline_font if brand.headline_font else None,
        {scheme: dict(each.named())["paper"] for scheme, each in palettes(brand).items()}
        if is_coloured(brand)
        else {},
    )


def _name(brand: Brand, setting: str) -> str:
    return f"brand-{setting.replace('_', '-')}{Path(getattr(brand, setting)).suffix.lower()}"


def _is_png(path: str) -> bool:
    return path.lower().endswith(".png")


def _read(folder: Folder, name: str, path: str) -> bytes:
    data = read_named(folder, f"brand.{name}", path)
    if name.endswith("_font") and not data.startswith(b"wOF2"):
        place = str(folder.path / path)
        raise SettingError("not a WOFF2 file", "convert the font to WOFF2", path=place)
    return data


def _size(data: bytes, path: str) -> tuple[float, float]:
    """Find the proportions of a logo."""
    try:
        if _is_png(path):
            with Image.open(BytesIO(data), formats=["PNG"]) as image:
                return image.size
        box = VIEW_BOX.search(data)
        width, height = (float(box[1]), float(box[2])) if box else (0.0, 0.0)
    except (UnidentifiedImageError, OSError, ValueError) as error:
        raise SettingError("not a PNG file", "save the logo as PNG or SVG", path=path) from error
    if not (width > 0 and height > 0):
        raise SettingError(
            "an SVG without a viewBox, which tells its proportions", "add one", path=path
        )
    return width, height


def _icons(data: bytes) -> dict[int, Asset]:
    """Draw the icon in the sizes that phones and computers ask for."""
    try:
        with Image.open(BytesIO(data), formats=["PNG"]) as image:
            square = image.convert("RGBA")
    except (UnidentifiedImageError, OSError) as error:
        raise SettingError("not a PNG file", "save brand.icon as PNG or SVG") from error
    found = {}
    for pixels in ICON_PIXELS:
        out = BytesIO()
        square.resize((pixels, pixels)).save(out, "PNG", optimize=True)
        found[pixels] = Asset(f"brand-icon-{pixels}.png", out.getvalue())
    return found


def _css(brand: Brand, assets: Mapping[str, Asset]) -> str:
    """Write the rules that set a brand apart, for the screen and, but for colours, for paper."""
    rules = _families(assets)
    if is_coloured(brand):
        rules.append(_colours(brand))
    elif brand.hue == "none":
        rules.append(":root:root{--hue:35}")
    if brand.corners in CORNERS:
        corner = CORNERS[brand.corners]
        rules.append(f".button.button,.menu,dialog,.message{{border-radius:{corner}}}")
    if brand.rule == "none":
        rules.append(".slide article::before,.kicker::before{display:none}")
    if "logo" in assets:
        rules.append(
            f".site img{{display:block;block-size:{LOGO_PIXELS / 16}rem;inline-size:auto}}"
        )
    return "".join(rules)


def _families(assets: Mapping[str, Asset]) -> list[str]:
    rules = []
    if "text_font" in assets:
        rules.append(":root{--serif:BrandText,Georgia,serif}")
    if "headline_font" in assets:
        rules.append("h1,h2,.headline,.stories a{font-family:BrandHeadline,var(--serif)}")
    return rules


def _faces(assets: Mapping[str, Asset], parts: Mapping[str, Sequence[Part]]) -> Asset | None:
    """Write the stylesheet that names the files of the fonts, which lie beside it.

    It comes after the text of a page, and browsers may do without: a first slide is shown in the
    reader's own font, so that nothing moves. The next are in the brand's (``faces.js``).
    """
    rules = "".join(
        f"@font-face{{font-family:{family};src:url({address})format('woff2');"
        f"font-weight:100 900;font-display:optional{ranges}}}"
        for name, family in FONTS
        if name in assets
        for address, ranges in (
            [(part.address, f";unicode-range:{part.ranges}") for part in parts[name]]
            or [(assets[name].address, "")]
        )
    )
    return Asset("brand-fonts.css", rules.encode()) if rules else None


def _colours(brand: Brand) -> str:
    light, dark = (dict(each.named()) for each in palettes(brand).values())
    accent = brand.accent or brand.accent_dark
    _, chroma, hue = oklch_of(colour_of(accent)) if accent else (0.0, VIVID_CHROMA, 35.0)
    own = f"--hue:{hue:.0f};--vivid:{min(VIVID_CHROMA, chroma):.3f};"
    plain = ";".join(f"--{name}:{value}" for name, value in light.items())
    shaded = ";".join(f"--{name}:{value}" for name, value in dark.items())
    both = ";".join(f"--{name}:light-dark({value},{dark[name]})" for name, value in light.items())
    return (
        "@media screen and (forced-colors:none){"
        f":root:root{{{own}{plain}}}"
        f"@media (prefers-color-scheme:dark){{:root:root{{{shaded}}}}}"
        f"@supports (color:light-dark(red,red)){{:root:root{{{both}}}}}"
        "@media (prefers-contrast:more){:root:root{--quiet:var(--ink);--line:var(--ink)}}}"
    )
