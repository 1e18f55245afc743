"""What a page says of itself in its head: title, addresses, its twins in other languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from slideshow.library.cards.drawing import HEIGHT, WIDTH
from slideshow.story.model import Story, Text
from slideshow.web.lookup import find_slide, library
from slideshow.web.services import services


@dataclass(frozen=True, slots=True)
class Image:
    """What a page is shown by where its link is passed on.

    ``address`` is absolute, ``type`` a media type, ``width`` and ``height`` are in pixels, and
    ``alt`` is plain text. ``is_large`` asks for the whole width of a chat, not a small square.
    """

    address: str
    type: str
    width: int
    height: int
    alt: str
    is_large: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """One page: ``endpoint`` with ``values`` gives its URL in each of ``languages``.

    ``title`` and ``description`` are plain text. ``default_language`` is the one that search
    engines show to readers of none of the languages (``x-default``). ``other`` is the language
    that stands beside ``language`` where two are shown. ``published`` and ``modified`` are dates
    in ISO 8601; like ``author`` they are those of the story.
    """

    title: str
    description: str
    language: str
    languages: tuple[str, ...]
    endpoint: str
    values: Mapping[str, Any]
    default_language: str
    image: Image
    kind: str = "website"
    other: str | None = None
    author: str | None = None
    published: str | None = None
    modified: str | None = None

    def path(self, language: str) -> str:
        """Give the URL of the page's twin in a language, without the host."""
        return url_for(self.endpoint, language=language, **self.values)

    def at(self, position: int | str) -> str:
        """Give the URL of the same kind of page at another position of the story."""
        if self.other:
            return self.to("slide", position=position)
        values = {**self.values, "position": position}
        return url_for(self.endpoint, language=self.language, **values)

    def to(self, view: str, **values: Any) -> str:
        """Give the URL of another view of the story: ``cover``, ``slide`` or ``whole``."""
        values["slug"] = self.values["slug"]
        if self.other:
            return url_for(f"pairs.{view}", pair=(self.language, self.other), **values)
        return url_for(f"slides.{view}", language=self.language, **values)

    def beside(self, pair: tuple[str, str]) -> str:
        """Give the URL of the page in two languages side by side."""
        view = self.endpoint.rpartition(".")[2]
        return url_for(f"pairs.{view}", pair=pair, **self.values)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Give the pairs of languages to offer: each is one beside the story's own."""
        if not self.endpoint.startswith("slides.") or "slug" not in self.values:
            return []
        return [pair for pair in pairs_of(self.languages) if pair[0] == self.language]

    @property
    def canonical(self) -> str:
        """Give the one absolute URL of the page."""
        return absolute(self.path(self.language))

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """Give tag and absolute URL of each twin, the page itself among them, then x-default."""
        if self.other:  # search engines find each of the two by itself
            return []
        twins = [(tag, absolute(self.path(tag))) for tag in self.languages]
        return [*twins, ("x-default", absolute(self.path(self.default_language)))]


def pairs_of(languages: tuple[str, ...]) -> list[tuple[str, str]]:
    """Give the pairs of a story's languages, its own first, that are worth a comparison.

    A translation is compared with what it translates: of any two others there would be too many.
    """
    source, *others = languages
    return [pair for tag in others for pair in ((source, tag), (tag, source))]


def absolute(path: str) -> str:
    """Give the absolute URL of a path of ours: below the configured base URL, else the host."""
    settings = services().settings
    if not settings.base_url:
        return request.host_url.rstrip("/") + path
    # The base URL holds the prefix that url_for has put before the path already.
    prefix = request.root_path.rstrip("/")
    return settings.base_url.rstrip("/") + path.removeprefix(prefix)


def icon() -> Image:
    """Give what stands for a page that has no picture of its own."""
    settings = services().settings
    assets = services().assets
    address = url_for("assets.static", address=assets.by_name["icon-512.png"].address)
    name = settings.site_name
    return Image(absolute(address), "image/png", 512, 512, alt=name, is_large=False)


def card(alt: str, kind: str, language: str, **values: Any) -> Image:
    """Give the card of a page; ``kind`` and ``values`` are those of a route in ``cards``."""
    address = absolute(url_for(f"cards.{kind}", language=language, **values))
    return Image(address, "image/png", WIDTH, HEIGHT, alt)


def story_page(
    story: Story,
    endpoint: str,
    headline: tuple[Text, ...],
    description: str,
    other: str | None = None,
    **values: object,
) -> Page:
    """Give the head of one of a story's pages; its title starts with the headline, if any."""
    names = [text.plain() for text in (*headline, story.title)]
    title = " – ".join(names)
    place = {name: value for name, value in values.items() if name == "position"}
    kind = "slide" if place else "story"
    return Page(
        title=title,
        description=description,
        language=story.language,
        languages=library().languages_of(story),
        endpoint=endpoint,
        values={"slug": story.slug, **values},
        default_language=story.source_language,
        image=card(title, kind, story.language, slug=story.slug, **place),
        kind="article",
        other=other,
        author=story.details.author,
        published=story.details.date,
        modified=library().changed_in(story, story.language).isoformat(),
    )


def cover_page(story: Story) -> Page:
    """Make the head of a story's cover."""
    return story_page(story, "slides.cover", (), story.summary())


def slide_page(story: Story, position: int) -> Page:
    """Make the head of a slide that is there."""
    slide = story.slides[position - 1]
    about = story.summary_of(slide)
    return story_page(story, "slides.slide", (slide.name,), about, position=position)


def frame_page(story: Story, position: int, theme: str | None = None) -> Page:
    """Give the head of a frame, or raise NotFound."""
    slide = find_slide(story, position)
    return story_page(
        story,
        "embed.frame",
        (slide.name,),
        story.summary_of(slide),
        position=position,
        theme=theme,
    )
