"""The meaning of front matter: the names that site generators use for each property."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache

from slideshow.errors import Problem, shortened
from slideshow.story.dates import iso_date, iso_day
from slideshow.story.details import Correction, Details
from slideshow.story.frontmatter.parsing import FrontMatter, read_front_matter
from slideshow.story.frontmatter.values import Value, plain_name
from slideshow.story.languages import tag_of
from slideshow.story.limits import Limits
from slideshow.story.links import is_beside
from slideshow.story.model import Text

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
    "publish": ("publish", "publish_date", "publish_at", "publish_on", "embargo"),
    "expires": ("expires",),  # not the names of others, whose old articles it would hide
    "correction": ("correction", "corrections"),
    "removed": ("removed",),
    "languages": ("languages",),
    "series": ("series",),
    "weight": ("weight",),
    "pinned": ("pinned", "pin", "sticky"),
}
# Rules of publication: a slip in the name of one would publish a story early.
RULES = ("draft", "published", "publish", "expires", "removed", "languages", "correction")
# Names that look like slips of those, but have a meaning for other generators.
NO_SLIPS = (
    *("publisher", "publisheddate", "publishedon"),
    *("unpublishdate", "unpublishon", "unpublishat"),
)
SLIP_LIKENESS = 0.88  # of a name with a slip: of publsh, but not of publishing
AUTHOR_FIELDS = ("name", "title", "nickname")
IMAGE_FIELDS = ("src", "url", "path", "file", "image", "relative", "teaser", "feature")
DATE_FIELDS = ("date",)
TEXT_FIELDS = ("text", "note")
# A correction in one line: its date, then its words.
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}\S*)?):?\s+(\S.*)", re.DOTALL)
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
    if not matter.fields:
        return Details()
    _check_language(matter, language, problems)
    _check_rules(matter, problems)
    image = _image(matter, problems)
    unclear = list(_unclear_answers(matter, language))
    problems += unclear
    is_misspelt = not all(tag_of(name) for _, name in _named_languages(matter))
    is_held = bool(unclear) or is_misspelt  # else it could be public early, or in few languages
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
        is_draft=_says(matter, "draft", YES) or _says(matter, "published", NO) or is_held,
        publish=_date(matter, "publish", language, problems),
        expires=_date(matter, "expires", language, problems),
        corrections=tuple(_corrections(matter, language)),
        is_removed=_says(matter, "removed", YES),
        languages=_tags(matter, language, problems),
        series=_joined(matter, "series", AUTHOR_FIELDS),
        weight=_weight(matter, problems),
        is_pinned=_says(matter, "pinned", YES),
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
    return any(text.lower() in answers for value in _all(matter, thing) for text in value.texts())


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


def _check_rules(matter: FrontMatter, problems: list[Problem]) -> None:
    for name, value in matter.fields.items():
        if rule := _meant(name):
            message = f"{shortened(name)!r} is not known, and has no effect"
            problems.append(Problem(message, f"write {rule}", value.line))


@lru_cache(maxsize=1024)
def _meant(name: str) -> str:
    """Find the rule of publication that a name was probably meant to be; empty for others."""
    if name in NO_SLIPS or any(name in map(plain_name, names) for names in NAMES.values()):
        return ""
    rules = {plain_name(each): each for rule in RULES for each in NAMES[rule]}
    return next((rules[each] for each in get_close_matches(name, rules, 1, SLIP_LIKENESS)), "")


def _unclear_answers(matter: FrontMatter, language: str) -> Iterator[Problem]:
    """Yield a problem for each word, of whether and when to publish, that is not understood."""
    for name in ("draft", "published", "removed"):
        value = matter.fields.get(name, Value())
        for text in list(value.texts(*DATE_FIELDS)) or value.fields:
            is_date = name == "published" and iso_day(text, language)
            if text.lower() not in YES + NO and not is_date:
                message = f"{name} {shortened(text)!r} is neither true nor false"
                yield Problem(message, "write true or false", value.line)
    for value in _all(matter, "publish"):
        for text in list(value.texts(*DATE_FIELDS)) or value.fields:
            if text.lower() not in YES + NO and not iso_date(text, language):
                message = f"publish {shortened(text)!r} is not a date"
                yield Problem(message, "write it as 2026-11-24 06:00", value.line)


def _date(matter: FrontMatter, thing: str, language: str, problems: list[Problem]) -> str | None:
    line, text = _written_date(matter, thing)
    is_rule = thing in ("publish", "expires")
    found = iso_date(text, language) or (None if is_rule else iso_day(text, language))
    shown = repr(shortened(text))
    is_named = any(each.line == line and shown in each.message for each in problems)
    if text and not found and not is_named:
        message = f"{thing} {shown} is not a date"
        example = "2026-11-24 06:00" if is_rule else "2026-11-24"
        problems.append(Problem(message, f"write it as {example}", line))
    return found


def _written_date(matter: FrontMatter, thing: str) -> tuple[int, str]:
    for value in _all(matter, thing):
        text = next(value.texts(*DATE_FIELDS), "")
        if text and text.lower() not in YES + NO:  # published: false
            return value.line, text
    return 0, ""


def _named_languages(matter: FrontMatter) -> Iterator[tuple[int, str]]:
    for value in _all(matter, "languages"):
        for name in (*value.texts(), *value.fields):
            for part in name.split(","):
                yield value.line, part.strip(" []")  # of a list whose end is missing


def _corrections(matter: FrontMatter, language: str) -> Iterator[Correction]:
    """Yield the corrections: each a text, with its date before it, or with fields for both."""
    for value in _all(matter, "correction"):
        for each in value.items or (value,):
            words = next(each.texts(*TEXT_FIELDS), "")
            date = each.fields["date"].text if "date" in each.fields else ""
            if match := _DATED.fullmatch(words):
                date, words = match.groups()
            if words:
                text = Text(" ".join(words.split()), language, each.line)
                day = iso_day(date, language) or ""
                yield Correction(iso_date(date, language) or day, text)


def _tags(matter: FrontMatter, language: str, problems: list[Problem]) -> tuple[str, ...]:
    """Return the languages that an article appears in at the same time.

    A list without the article's own means something else: some generators name translations so.
    """
    found: dict[str, None] = {}
    line = 0
    for line, name in _named_languages(matter):
        if tag := tag_of(name):
            found[tag] = None
        else:
            fix = "use language codes, such as fr or pt-BR"
            problems.append(Problem(f"{shortened(name)!r} is not a language", fix, line))
    if found and tag_of(language) not in found:
        message = f"languages does not name {language!r}, the article's own, and has no effect"
        fix = "add it to publish them all at once, or remove the line"
        problems.append(Problem(message, fix, line))
        return ()
    return tuple(found)


def _weight(matter: FrontMatter, problems: list[Problem]) -> int | None:
    for value in _all(matter, "weight"):
        try:
            return int(value.text)
        except ValueError:
            message = f"weight {shortened(value.text)!r} is not a whole number"
            problems.append(Problem(message, "write a number, such as 10", value.line))
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
