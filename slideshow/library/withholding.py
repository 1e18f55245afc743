"""The reasons for which an article is not public as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slideshow.errors import Problem, counted
from slideshow.library.articles import ArticleFile
from slideshow.library.editions import Gap
from slideshow.story.model import Story
from slideshow.story.publishing import Phase, Policy


def withheld(
    article: Story, file: ArticleFile, policy: Policy, now: datetime, found: Sequence[Gap]
) -> Problem | None:
    """Build the warning that an article is not public as it is written; None if it is."""
    reasons = _reason(article, policy, now, found)
    return Problem(*reasons, path=str(file.path)) if reasons else None


def _reason(
    article: Story, policy: Policy, now: datetime, found: Sequence[Gap]
) -> tuple[str, str] | None:
    if policy.is_removed(article):
        return "removed: its addresses say so", "delete the file once nobody asks for it"
    if article.details.is_draft:
        return (
            "a draft, which is not published",
            "take `draft` or `published` out of the front matter to publish it",
        )
    span = policy.span(article.details)
    phase = span.phase(now)
    if phase is Phase.AFTER:
        return f"not public since {_written(span.end)}", "change `expires` to publish it again"
    if found:
        lacking = ", ".join(f"{gap.language} lacks {counted(gap.missing, 'text')}" for gap in found)
        return f"waits for its translations: {lacking}", "translate them, and review fuzzy ones"
    if phase is Phase.BEFORE:
        return f"not public until {_written(span.start)}", "change `publish` to publish it earlier"
    return None


def _written(moment: datetime | None) -> str:
    return moment.isoformat(" ", "minutes") if moment else ""
