"""Details of an article from the settings of the site, in place of lines above its text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace

from slideshow.errors import Problem
from slideshow.story.details import Details
from slideshow.story.frontmatter.meaning import details_of
from slideshow.story.frontmatter.parsing import read_front_matter
from slideshow.story.limits import Limits
from slideshow.story.model import Story


def detailed(story: Story, values: Mapping[str, object]) -> Story:
    """Fill in the details that an article does not state itself."""
    if not values:
        return story
    problems: list[Problem] = []
    given = _details_in(values, story.language, problems)
    own, none = story.details, Details()
    missing = [each.name for each in fields(Details) if _is_same(own, none, each.name)]
    details = replace(own, **{name: getattr(given, name) for name in missing})
    found = (replace(each, line=0, fix=f"{each.fix}, in slideshow.toml") for each in problems)
    return replace(story, details=details, problems=(*story.problems, *found))


def contradicted(story: Story, values: Mapping[str, object]) -> bool:
    """Check whether an article itself states another value of a detail."""
    given, none = _details_in(values, story.language, []), Details()
    return any(
        not _is_same(given, none, each.name) and not _is_same(given, story.details, each.name)
        for each in fields(Details)
    )


def _details_in(values: Mapping[str, object], language: str, problems: list[Problem]) -> Details:
    matter = read_front_matter(f";;;\n{json.dumps(values)}\n;;;\n", Limits())
    return details_of(matter, language, problems)


def _is_same(one: Details, other: Details, name: str) -> bool:
    found: bool = getattr(one, name) == getattr(other, name)
    return found
