"""The metadata in a page's head: title, addresses, and its versions in other languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, g, url_for

from slideshow.library.cards.drawing import HEIGHT, WIDTH
from slideshow.story.languages import SOURCE_LANGUAGE
from slideshow.story.model import Story, Text
from slideshow.story.publishing import moment_of
from slideshow.web.assets import Asset
from slideshow.web.lookup import find_slide, library
from slideshow.web.routing import ANY_SLIDE, absolute
from slideshow.web.services import services
from slideshow.web.texts import entitled


@dataclass(frozen=True, slots=True)
class Image:
    """The picture in a page's link previews.

    ``address`` is absolute, ``type`` a media type, ``width`` and ``height`` are in pixels, and
    ``alt`` is plain text. ``is_large`` requests the full width of a chat, not a small square.
    """

    address: str
    type: str
    width: int
    height: int
    alt: str
    is_large: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """One page: ``endpoint`` and ``values`` determine its URL in each of ``languages``.

    ``title`` and ``description`` are plain text. ``default_language`` is the one that search
    engines offer to readers of any other language (``x-default``). ``other`` is the language beside
    ``language`` on a page with two. ``position`` is that of the slide of ``story``, if the page
    shows one. ``published`` and ``modified`` are dates in ISO 8601; like
    ``author``, they are the story's.
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
    story: Story | None = None
    position: int | None = None
    other: str | None = None
    author: str | None = None
    published: str | None = None
    modified: str | None = None

    def path(self, language: str) -> str:
        """Build the URL of the page in a language, without the host."""
        return self._url(language, **self.place(language, self.position))

    def _url(self, language: str, **place: str) -> str:
        return url_for(self.endpoint, language=language, **{**self.values, **place})

    def place(self, language: str, position: int | None) -> dict[str, str]:
        """Name the slide at a position in the URLs of a language, as their argument."""
        if position is None or self.story is None:
            return {}
        return {"slide": str(library().place_in(self.story, language, position))}

    def at(self, position: int) -> str:
        """Build the URL of the same kind of page at another position of the story."""
        if self.other:
            return self.to("slide", position=position)
        return self._url(self.language, **self.place(self.language, position))

    @property
    def slides(self) -> list[str]:
        """The URLs of the story's slides, for browsers that keep them."""
        total = self.story.total if self.story else 0
        return [self.to("slide", position=position) for position in range(1, total + 1)]

    @property
    def around(self) -> list[str]:
        """The URLs of the other pages that a reader of the story may want without a network."""
        shelf = url_for("slides.shelf", language=self.language)
        return [self.to("cover"), self.to("whole"), shelf]

    @property
    def offline(self) -> list[str]:
        """The URLs of the pages for whatever is not kept, in each language of the story."""
        tags = dict.fromkeys((self.language, *self.languages))
        return [url_for("offline.missing", language=tag) for tag in tags]

    @property
    def any_slide(self) -> str:
        """The URL of the same kind of page at ``ANY_SLIDE``."""
        return self._url(self.language, slide=ANY_SLIDE)

    def to(self, view: str, **values: Any) -> str:
        """Build the URL of another view of the story: ``cover``, ``slide`` or ``whole``."""
        values["slug"] = self.values["slug"]
        values |= self.place(self.language, values.pop("position", None))
        if self.other:
            return url_for(f"pairs.{view}", pair=(self.language, self.other), **values)
        return url_for(f"slides.{view}", language=self.language, **values)

    def beside(self, pair: tuple[str, str]) -> str:
        """Build the URL of the page in two languages side by side."""
        values = {**self.values, **self.place(pair[0], self.position)}
        return url_for(self._beside, pair=pair, **values)

    @property
    def _beside(self) -> str:
        """The endpoint of the page in two languages, if it has one."""
        return self.endpoint.replace("slides.", "pairs.")

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The pairs of languages to offer on the page."""
        if self._beside == self.endpoint or self._beside not in current_app.view_functions:
            return []
        return pairs_from(self.language, self.languages)

    @property
    def canonical(self) -> str:
        """The canonical absolute URL of the page."""
        return absolute(self.path(self.language))

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """The tag and absolute URL of the page in each language, followed by x-default."""
        if self.other:  # search engines find each language separately
            return []
        twins = [(tag, absolute(self.path(tag))) for tag in self.languages]
        return [*twins, ("x-default", absolute(self.path(self.default_language)))]


def pairs_from(language: str, languages: tuple[str, ...]) -> list[tuple[str, str]]:
    """List the pairs to offer of one of a story's languages with others; the first is its source.

    By default a translation is compared with its source alone: twenty languages make 380 pairs.
    """
    offered = services().settings.pairs
    with_source = [tag for tag in languages if languages[0] in (tag, language)]
    others = {"source": with_source, "all": languages, "none": ()}[offered]
    return [(language, tag) for tag in others if tag != language]


def icon() -> Image:
    """Describe the picture for pages without one of their own."""
    found = services()
    asset = found.branding.icons.get(512) or found.assets.by_name["icon-512.png"]
    name = found.settings.site_name
    return Image(address_of(asset), "image/png", 512, 512, alt=name, is_large=False)


def address_of(asset: Asset) -> str:
    """Build the absolute URL of a file below ``/static/``."""
    return absolute(url_for("assets.static", address=asset.address))


def logo() -> str | None:
    """Build the absolute URL of the logo of the site; None if it has none."""
    found = services().branding.logo
    return address_of(found.asset) if found else None


def card(alt: str, kind: str, language: str, **values: Any) -> Image:
    """Describe the card of a page; ``kind`` and ``values`` are those of a route in ``cards``."""
    address = absolute(url_for(f"cards.{kind}", language=language, **values))
    return Image(address, "image/png", WIDTH, HEIGHT, alt)


def site_page(
    language: str, title: str, endpoint: str, description: str | None = None, **values: object
) -> Page:
    """Build the metadata of a page of no story, by default with a general description."""
    if description is None:
        description = str(g.interface.gettext("Articles told in slides."))
    return Page(
        title=title,
        description=description,
        language=language,
        languages=library().languages(),
        endpoint=endpoint,
        values=values,
        default_language=SOURCE_LANGUAGE,
        image=card(services().settings.site_name, "shelf", language),
    )


def story_page(
    story: Story,
    endpoint: str,
    headline: tuple[Text, ...],
    description: str,
    other: str | None = None,
    position: int | None = None,
    **values: object,
) -> Page:
    """Build the metadata of a story's page; its title starts with the headline, if any."""
    names = [text.plain() for text in (*headline, story.title)]
    title = " – ".join(names)
    place = {"slide": story.place(position)} if position else {}
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
        story=story,
        position=position,
        other=other,
        author=story.details.author,
        published=_zoned(story.details.published),
        modified=_modified(story),
    )


def _modified(story: Story) -> str:
    """Return the day or moment of a story's last change, for search engines and previews of links.

    It is a day if the article names one, else a moment, which is not before publication.
    """
    written, updated = story.details.modified, library().policy.updated(story)
    if written and moment_of(written, library().policy.zone) == updated:
        return _zoned(written) or written
    return max(updated, library().changed_in(story, story.language)).isoformat()


def _zoned(written: str | None) -> str | None:
    """Add the site's zone to a time without one; a day stays as it is."""
    moment = moment_of(written, library().policy.zone) if written and "T" in written else None
    return moment.isoformat() if moment else written


def cover_page(story: Story) -> Page:
    """Build the metadata of a story's cover."""
    return story_page(story, "slides.cover", (), story.summary())


def slide_page(story: Story, position: int) -> Page:
    """Build the metadata of an existing slide."""
    slide = story.slides[position - 1]
    about = story.summary_of(slide)
    return story_page(story, "slides.slide", (entitled(slide),), about, position=position)


def frame_page(story: Story, position: int, theme: str | None = None) -> Page:
    """Build the metadata of a frame, or raise NotFound."""
    slide = find_slide(story, position)
    return story_page(
        story,
        "embed.frame",
        (entitled(slide),),
        story.summary_of(slide),
        position=position,
        theme=theme,
    )
