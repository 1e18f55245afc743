"""Media of other sites: the frames that a page may load, once its reader asks."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import Flask, g

from slideshow.story.elsewhere import Elsewhere, Service
from slideshow.story.model import Story
from slideshow.web.services import services


def install(app: Flask) -> None:
    """Add ``is_framed`` and ``allow_frames`` to the templates."""
    app.jinja_env.globals.update(is_framed=is_framed, allow_frames=allow_frames)


def is_framed(service: Service | None, address: str) -> bool:
    """Check whether the site's owner lets a site be shown in a frame of a page."""
    if service is None:
        return False
    hosts = {service.host, urlsplit(address).hostname or ""}
    named = services().settings.embedded_hosts
    return any(host == each or host.endswith(f".{each}") for each in named for host in hosts)


def allow_frames(story: Story) -> str:
    """Let a page load the frames of its story, of the sites that the owner has named.

    htmx brings the story's other slides into the page, so its policy covers all of them.
    """
    hosts = dict.fromkeys(each.host for each in _framed(story))
    g.frame_sources = tuple(f"https://{host}" for host in hosts)
    return ""


def _framed(story: Story) -> Iterator[Service]:
    if not services().settings.embedded_hosts:
        return
    for slide in story.slides:
        for block in slide.blocks:
            if isinstance(block, Elsewhere) and is_framed(block.service, block.address):
                service = block.service
                assert service is not None
                yield service
