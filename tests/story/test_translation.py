"""A story in another language (checks C5, C9)."""

from slideshow.story.figures import Picture
from slideshow.story.model import Slide, Story, Text
from slideshow.story.translation import translate


def text(value: str, line: int = 1) -> Text:
    return Text(value, "fr", line)


PICTURE = Picture("a.png", text("Un chat"), text("Moi"))
STORY = Story(
    slug="s",
    title=text("Titre"),
    slides=(Slide(text("Un", 3), (text("Premier.", 5), text("OK", 7), PICTURE)),),
    language="fr",
    source_language="fr",
)


def test_translated_texts_change_language_and_keep_their_line() -> None:
    story = translate(STORY, {"Titre": "Title", "Un": "One"}.get, "en")

    assert story.title == Text("Title", "en", 1)
    assert story.slides[0].headline == Text("One", "en", 3)
    assert (story.language, story.source_language) == ("en", "fr")


def test_untranslated_texts_stay_in_the_source_language() -> None:
    story = translate(STORY, {"Titre": "Title"}.get, "en")

    assert story.slides[0].paragraphs == STORY.slides[0].paragraphs
    assert story.is_partly_translated


def test_a_translation_equal_to_its_source_is_a_translation() -> None:
    story = translate(STORY, {"OK": "OK"}.get, "en")

    assert story.slides[0].paragraphs[1] == Text("OK", "en", 7)


def test_the_empty_string_is_never_looked_up() -> None:
    story = translate(
        Story("s", text(""), (Slide(text("Un"), ()),), "fr", "fr"), {"": "header"}.get, "en"
    )

    assert story.title.value == ""


def test_pictures_are_translated_too() -> None:
    story = translate(STORY, {"Un chat": "A cat", "Moi": "Me"}.get, "en")

    picture = story.slides[0].picture
    assert picture == Picture("a.png", Text("A cat", "en", 1), Text("Me", "en", 1))


def test_in_its_source_language_a_story_is_itself() -> None:
    assert translate(STORY, {"Titre": "Nope"}.get, "fr") is STORY
