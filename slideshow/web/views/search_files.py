"""The search of an exported site: files with the words of all stories, which a script reads.

``search.js`` fetches those that a search needs, then the found stories themselves.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, Response, current_app, url_for

from slideshow.library.freshness.dependencies import Remembered
from slideshow.library.index.index import Searchable
from slideshow.story.words import beginning_of
from slideshow.web.routing import ANY_SLIDE
from slideshow.web.services import services
from slideshow.web.shelf import is_searchable

STORIES_PER_WORDS = 20  # which have some 8,000 words in all, each counted once a story
MAX_WORDS_FILES = 512
STORIES_PER_FILE = 100
WEIGHTS = 16  # of a word in a story, from 0
TITLE_WEIGHT = WEIGHTS - 1
HEADLINE_WEIGHT = 4  # as much as that many times in a text

LANGUAGES_AT_ONCE = 2  # whose words are kept in memory

blueprint = Blueprint("search_files", __name__)


@dataclass(frozen=True, slots=True)
class _Files:
    """The content of all files in a language."""

    words: Sequence[Mapping[str, array[int]]]
    stories: Sequence[Sequence[str]]


@blueprint.get("/<language>/search/words-<int:number>.json")
def words(language: str, number: int) -> Response:
    """Map words to the stories that have them: each is its number times 16, plus a weight."""
    found = _files(language).words[number]
    return _sent({word: [*stories] for word, stories in sorted(found.items())})


@blueprint.get("/<language>/search/stories-<int:number>.json")
def stories(language: str, number: int) -> Response:
    """List the addresses of stories: cover, whole story, any slide, and the names of its slides."""
    first = number * STORIES_PER_FILE
    return _sent(_files(language).stories[first : first + STORIES_PER_FILE])


def install(app: Flask) -> None:
    """Serve the files, and add the numbers that the script needs to the templates."""
    app.register_blueprint(blueprint)
    app.extensions[blueprint.name] = Remembered[str, _Files](LANGUAGES_AT_ONCE)
    app.jinja_env.globals["search_files"] = lambda: {
        "words": counts()["search_files.words"],
        "weights": WEIGHTS,
        "per_file": STORIES_PER_FILE,
    }


def counts() -> dict[str, int]:
    """Count the files of each kind in a language: none where a shelf is too short for a search."""
    if not is_searchable():
        return {"search_files.words": 0, "search_files.stories": 0}
    total = services().lists.total
    return {
        "search_files.words": min(-(-total // STORIES_PER_WORDS), MAX_WORDS_FILES),
        "search_files.stories": -(-total // STORIES_PER_FILE),
    }


def _files(language: str) -> _Files:
    remembered: Remembered[str, _Files] = current_app.extensions[blueprint.name]
    return remembered.get(language, lambda: _made(language))


def _made(language: str) -> _Files:
    files: list[dict[str, array[int]]] = [{} for _ in range(counts()["search_files.words"])]
    addresses = []
    for number, story in enumerate(services().index.searchable(language)):
        addresses.append(_addresses(story))
        weights = Counter(story.texts.split())
        for word, count in Counter(story.headlines.split()).items():
            weights[word] += HEADLINE_WEIGHT * count
        weights.update(dict.fromkeys(story.title.split(), TITLE_WEIGHT))
        for word, weight in weights.items():
            stories = files[_file_of(word, len(files))].setdefault(word, array("I"))
            stories.append(number * WEIGHTS + min(weight, TITLE_WEIGHT))
    return _Files(files, addresses)


def _file_of(word: str, files: int) -> int:
    """Choose the file of a word by its first letters, which any search for it has."""
    number = 0
    for letter in beginning_of(word):
        number = 31 * number + ord(letter)
    return number % files


def _addresses(story: Searchable) -> Sequence[str]:
    language, slug = story.language, story.slug
    return [
        url_for("slides.cover", language=language, slug=slug),
        url_for("slides.whole", language=language, slug=slug),
        url_for("slides.slide", language=language, slug=slug, slide=ANY_SLIDE),
        " ".join(map(str, story.places)),
    ]


def _sent(content: Any) -> Response:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(text, mimetype="application/json")
