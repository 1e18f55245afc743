"""The meaning of front matter: the names that site generators use for each property."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from slideshow.errors import Problem
from slideshow.story.dates import iso_date
from slideshow.story.frontmatter.parsing import FrontMatter, read_front_matter
from slideshow.story.frontmatter.values import Value, plain_name
from slideshow.story.languages import tag_of
from slideshow.story.markdown.parser import is_beside
from slideshow.story.model import Details, Limits
from slideshow.story.plaintext.lines import shortened

# For each property, its names in Jekyll, Hugo, Eleventy, Hexo, Docusaurus, Marp, Slidev and
# others, the preferred one first. Case, - and _ are ignored.
NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "language": ("lang", "language", "locale"),
    "date": ("date", "publish_date", "pub_date", "published_at", "published", "created"),
    "updated": (
        *("updated", "lastmod", "last_modified_at", "last_modified", "modified", "updated_at"),
        *("last_updated", "last_update", "date_modified"),
    ),
    "author": ("author", "authors", "byline", "creator"),
    "description": ("description", "summary", "excerpt", "abstract"),
    "image": (
        *("image", "cover", "cover_image", "featured_image", "feature_image", "thumbnail"),
        *("banner", "hero", "images", "header", "social_image", "og_image"),
    ),
    "source": ("source",),
    "tags": ("tags", "tag", "keywords"),
    "slug": ("slug",),
    "aliases": ("aliases", "alias", "redirect_from"),
    "draft": ("draft",),
    "cut": ("cut",),
    "published": ("published", "publish"),
}
AUTHOR_FIELDS = ("name", "title", "nickname")
IMAGE_FIELDS = ("src", "url", "path", "file", "image", "relative", "teaser", "feature")
DATE_FIELDS = ("date",)
YES = ("true", "yes", "on", "1")
NO = ("false", "no", "off", "0")


def language_of(source: str, limits: Limits | None = None) -> str | None:
    """Return the tag of the language in the front matter; None if missing or unknown.

    Raises ArticleError for unreadable front matter.
    """
    matter = read_front_matter(source, limits or Limits())
    return next((tag for value in _all(matter, "language") if (tag := tag_of(value.text))), None)


def details_of(matter: FrontMatter, language: str, problems: list[Problem]) -> Details:
    """Read an article's metadata; add a problem for each value that cannot be understood."""
    problems += matter.problems
    _check_language(matter, language, problems)
    image = _image(matter, problems)
    return Details(
        author=_joined(matter, "author", AUTHOR_FIELDS),
        date=_date(matter, "date", language, problems),
        updated=_date(matter, "updated", language, problems),
        source=_joined(matter, "source"),
        image=image.text or None,
        image_line=image.line,
        description=_joined(matter, "description"),
        tags=tuple(_texts(matter, "tags", AUTHOR_FIELDS)),
        slug=_joined(matter, "slug"),
        aliases=tuple(_texts(matter, "aliases")),
        is_draft=_says(matter, "draft", YES) or _says(matter, "published", NO),
        is_cut=True if _says(matter, "cut", YES) else False if _says(matter, "cut", NO) else None,
    )


def _all(matter: FrontMatter, thing: str) -> Iterator[Value]:
    """Yield the values of a property, under all of its names, the preferred one first."""
    for name in map(plain_name, NAMES[thing]):
        if name in matter.fields:
            yield matter.fields[name]


def _texts(matter: FrontMatter, thing: str, fields: tuple[str, ...] = ()) -> list[str]:
    found = (list(value.texts(*fields)) for value in _all(matter, thing))
    return next((texts for texts in found if texts), [])


def _joined(matter: FrontMatter, thing: str, fields: tuple[str, ...] = ()) -> str | None:
    return ", ".join(_texts(matter, thing, fields)) or None


def _says(matter: FrontMatter, thing: str, answers: tuple[str, ...]) -> bool:
    return any(value.text.lower() in answers for value in _all(matter, thing))


def _check_language(matter: FrontMatter, language: str, problems: list[Problem]) -> None:
    named = next((value for value in _all(matter, "language") if value.text), None)
    if named and tag_of(named.text) != tag_of(language):
        problems.append(
            Problem(
                f"front matter says `lang: {shortened(named.text)}`, the file name says {language}",
                "change one of them",
                named.line,
            )
        )


def _date(matter: FrontMatter, thing: str, language: str, problems: list[Problem]) -> str | None:
    for value in _all(matter, thing):
        text = next(value.texts(*DATE_FIELDS), "")
        if not text or text.lower() in YES + NO:  # published: false
            continue
        found = iso_date(text, language)
        if not found:
            message = f"{thing} {shortened(text)!r} is not a date"
            problems.append(Problem(message, "write it as 2026-11-24", value.line))
        return found
    return None


def _image(matter: FrontMatter, problems: list[Problem]) -> Value:
    for value in _all(matter, "image"):
        file = next(value.texts(*IMAGE_FIELDS), "")
        if file and is_beside(file):
            return Value(file, value.line)
        if file:
            problems.append(
                Problem(
                    f"image {shortened(file)!r} is not a file beside the article and is left out",
                    "save it in the folder of the article and name it relative to that",
                    value.line,
                )
            )
            break
    return Value()
