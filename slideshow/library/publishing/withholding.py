"""The reasons for which an article is not public as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slideshow.errors import Problem, counted
from slideshow.library.articles import ArticleFile
from slideshow.library.publishing.editions import Gap
from slideshow.story.model import Story
from slideshow.story.publishing import Phase, Policy


def withheld(
    article: Story,
    file: ArticleFile,
    policy: Policy,
    now: datetime,
    found: Sequence[Gap],
    is_released: bool,
) -> Problem | None:
    """Build the warning that an article is not public as it is written; None if it is.

    ``is_released`` says whether some version of it is public at its time.
    """
    reasons = _reason(article, policy, now, found, is_released)
    return Problem(*reasons, path=str(file.path)) if reasons else None


def _reason(
    article: Story, policy: Policy, now: datetime, found: Sequence[Gap], is_released: bool
) -> tuple[str, str] | None:
    if policy.is_removed(article):
        return "removed: its addresses say so", "delete the file once nobody asks for it"
    if article.details.is_draft:
        return (
            "a draft, which is not published",
            "take `draft` or `published` out of the front matter to publish it, or write `publish` "
            "and `languages` so that they can be read; `slideshow preview` shows it",
        )
    span = policy.span(article.details)
    phase = span.phase(now)
    if phase is Phase.AFTER:
        return f"not public since {_written(span.end)}", "change `expires` to publish it again"
    until = f"not public until {_written(span.start)}" if phase is Phase.BEFORE else ""
    if not found:
        earlier = "change `publish` to publish it earlier; `slideshow preview` shows it"
        return (until, earlier) if until else None
    return _incomplete(f"{until}, and " if until else "", found, is_released, policy.holds)


def _incomplete(
    until: str, found: Sequence[Gap], is_released: bool, holds: bool
) -> tuple[str, str]:
    lacking = ", ".join(f"{gap.language} lacks {counted(gap.missing, 'text')}" for gap in found)
    fix = "translate them, and review fuzzy ones"
    if not is_released:
        return f"{until}waits for its translations: {lacking}", fix
    if holds:
        held = f"{fix}; the last complete version stays meanwhile"
        return f"{until}an edit waits for its translations: {lacking}", held
    return f"{until}shown without its translations: {lacking}", fix


def _written(moment: datetime | None) -> str:
    return moment.isoformat(" ", "minutes") if moment else ""
