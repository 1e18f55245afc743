"""The front matter of an article: parsed from YAML, TOML or JSON, and interpreted."""

from slideshow.story.frontmatter.meaning import details_of, language_of
from slideshow.story.frontmatter.parsing import FrontMatter, read_front_matter

__all__ = [
    "FrontMatter",
    "details_of",
    "language_of",
    "read_front_matter",
]
