"""Cards: what they say, in letters that a font has, and how their lines are broken."""

import re
from io import BytesIO
from pathlib import Path

import fontpkg_amiri
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from slideshow.errors import SettingError
from slideshow.library.cards.colours import DARKENED, HUES, oklch, on_ground, over_picture
from slideshow.library.cards.drawing import FULL, HEIGHT, MAX_BYTES, QUIET, WIDTH, Card, Words, draw
from slideshow.library.cards.fonts import Face, cut, one_line, without_signs, wrap
from slideshow.paths import shipped
from tests.pictures import two_colours
from tests.vendor import FONT

LATIN = Face(FONT.folder / "source-serif.ttf")
ARABIC = Face(Path(fontpkg_amiri.__file__).parent / "files" / "Amiri-Bold.ttf")
TITLE, SITE = Words("De Pyongyang à Moscou"), Words("Slideshow")
LONGEST = "Pourquoi partir\u202f? " * 40


def opened(card: Card, *faces: Face, picture: Image.Image | None = None) -> Image.Image:
    data = draw(card, faces or (LATIN,), picture)
    assert len(data) <= MAX_BYTES
    image = Image.open(BytesIO(data))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    return image.convert("RGB")


def pixel(image: Image.Image, x: int, y: int) -> tuple[int, int, int]:
    found = image.getpixel((x, y))
    assert isinstance(found, tuple)
    return found[0], found[1], found[2]


def card(headline: str, direction: str = "ltr", position: int = 3) -> Card:
    return Card(Words(headline, direction), TITLE, SITE, position, 17)


def luminance(colour: tuple[int, int, int]) -> float:
    parts = [value / 255 for value in colour]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    # WCAG 2.2, definition of contrast ratio
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("headline", ["Oui", "x" * 300, LONGEST, "I", "« »", "%s {} <b>"])
def test_the_shortest_and_the_longest_headline_make_a_card(headline: str) -> None:
    assert opened(card(headline)).getcolors(WIDTH * HEIGHT)


def test_the_colour_is_that_of_the_slide() -> None:
    grounds = [opened(card("Oui", position=place)).getpixel((5, 5)) for place in range(1, 14)]

    assert grounds == [oklch(0.37, 0.1, hue) for hue in (*HUES, HUES[0])]


def test_the_hues_of_cards_are_those_of_the_stylesheet() -> None:
    tokens = (shipped("static") / "css/tokens.css").read_text()

    first, *others = re.findall(r"--hue: (\d+);", tokens)
    numbers = re.findall(r"\.accent-(\d+)\) { --hue", tokens)

    assert (int(first), *map(int, others)) == HUES
    assert [int(number) for number in numbers] == [*range(2, len(HUES) + 1)]


@pytest.mark.parametrize("hue", HUES)
def test_the_quietest_ink_stands_out(hue: float) -> None:
    """WCAG 1.4.3."""
    for colours, lightest in ((on_ground(hue), 0.0), (over_picture(hue), DARKENED)):
        quiet = lightest + (1 - lightest) * QUIET / FULL
        ground, ink = (colours[round(share * (len(colours) - 1))] for share in (lightest, quiet))

        assert contrast(ground, ink) >= 4.5


@pytest.mark.parametrize(
    ("colour", "values"),
    [((0.4, 0.1, 35), (119, 48, 28)), ((1, 0, 0), (255, 255, 255)), ((0, 0, 0), (0, 0, 0))],
)
def test_colours_are_those_that_browsers_make_of_them(
    colour: tuple[float, float, float], values: tuple[int, int, int]
) -> None:
    found = oklch(*colour)

    assert all(abs(one - other) <= 3 for one, other in zip(found, values, strict=True))


def test_the_words_stand_over_the_picture() -> None:
    over = opened(card("Oui"), picture=two_colours(WIDTH, HEIGHT))

    # Red is lighter than blue, and both are darker than the words.
    left, right, words = (luminance(pixel(over, x, y)) for x, y in ((5, 5), (1195, 5), (90, 78)))
    assert right < left < words / 4


def test_the_busiest_picture_stays_light() -> None:
    noise = Image.effect_noise((WIDTH, HEIGHT), 120)
    busy = Image.merge("RGB", [noise, noise.rotate(90).resize(noise.size), noise.rotate(180)])

    opened(card("Oui"), picture=busy)


def test_arabic_begins_on_the_right() -> None:
    text = "القطار الليلي من بيونغ يانغ إلى موسكو"

    image = opened(card(text, "rtl"), LATIN, ARABIC)

    box = ImageChops.difference(
        image, Image.new("RGB", image.size, image.getpixel((5, 5)))
    ).crop((0, 190, WIDTH, 500)).getbbox()  # fmt: skip
    assert box
    assert box[2] > WIDTH - 100
    assert box[0] > 81
    assert image.getpixel((WIDTH - 90, 78)) != image.getpixel((90, 78))


def test_arabic_letters_are_joined() -> None:
    joined, apart = ARABIC.at(60), ("ب", "ي", "ت")

    assert ARABIC.is_shaping
    assert joined.getlength("بيت") < 0.9 * sum(joined.getlength(letter) for letter in apart)


def test_what_no_font_can_draw_makes_way_for_the_title() -> None:
    instead = Card(Words("De Pyongyang à Moscou"), Words(""), SITE, 3, 17)

    assert opened(card("夜行列車")) == opened(instead)
    assert not LATIN.can_draw("夜")
    assert ARABIC.can_draw("قطار")
    assert not LATIN.can_draw("قطار")


def test_a_card_of_letters_that_no_font_has_still_has_the_position() -> None:
    nothing = Card(Words("夜"), Words("夜"), Words("夜"), 3, 17)

    assert opened(nothing) == opened(Card(Words(""), Words(""), Words(""), 3, 17))


def test_signs_that_no_font_has_are_left_out_of_a_headline() -> None:
    assert opened(card("A lamp 🚂 lit")) == opened(card("A lamp lit"))
    assert without_signs("🚂") == "🚂"
    assert without_signs("👩\u200d🚒 Fire") == "Fire"


@pytest.mark.parametrize("alphabet", ["àéîôüçœßłñøğž", "ΑΩαωάέ", "АЯаяёєґў", "«»“”‘’–—…€"])
def test_our_font_has_latin_greek_and_cyrillic_letters(alphabet: str) -> None:
    assert LATIN.can_draw(alphabet)


@pytest.mark.parametrize("width", range(7, 31, 3))
@pytest.mark.parametrize("blank", ["\u00a0", "\u202f"])
def test_no_line_ends_at_a_no_break_space(width: int, blank: str) -> None:
    text = f"Qui part{blank}? Elle{blank}; lui{blank}; le contrôleur{blank}! «{blank}Tous{blank}»"

    lines = wrap(LATIN, text, width, 20) or []

    assert " ".join(lines) == text
    assert not any(line.startswith((blank, "?", ";")) or line.endswith(blank) for line in lines)


def test_lines_are_of_even_lengths() -> None:
    lines = wrap(LATIN, "one two three four five six seven eight nine ten", 14, 5)

    assert lines
    widths = [LATIN.width(line) for line in lines]
    assert max(widths) - min(widths) < 4


def test_ideographs_are_broken_anywhere() -> None:
    assert wrap(LATIN, "夜行列車の旅", LATIN.width("夜") * 3.5, 2) == ["夜行列", "車の旅"]


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_whatever_a_text_holds_it_is_broken_or_cut_without_loss(text: str) -> None:
    text = one_line(text)
    lines = wrap(LATIN, text, 12, 1000)
    short = cut(LATIN, text, 12, 2)

    assert lines is None or "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert len(short) <= 2
    assert all(LATIN.width(line) <= 12.5 for line in short)


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_whatever_a_headline_holds_it_makes_a_card(text: str) -> None:
    opened(card(text), LATIN, ARABIC)


def test_another_headline_another_key() -> None:
    keys = {card(text, position=place).key([LATIN]) for text in ("a", "b") for place in (1, 2)}

    assert len(keys) == 4
    assert card("a").key([LATIN]) != card("a").key([LATIN, ARABIC])


def test_a_font_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "font.ttf").write_text("no font")

    with pytest.raises(SettingError, match=r"font\.ttf: not a font"):
        Face(tmp_path / "font.ttf")
    with pytest.raises(SettingError, match="cannot be read"):
        Face(tmp_path / "missing.ttf")
