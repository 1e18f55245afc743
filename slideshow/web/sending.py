"""Sends assets as responses."""

from __future__ import annotations

from flask import Response, request

from slideshow.web.assets import Asset
from slideshow.web.compression import IDENTITY, chosen


def send(asset: Asset) -> Response:
    """Send a file in the browser's preferred coding."""
    accepted = request.headers.get("Accept-Encoding", "")
    coding = chosen(accepted) if asset.is_compressible else IDENTITY
    response = Response(asset.encoded(coding), mimetype=asset.type)
    if coding != IDENTITY:
        response.content_encoding = coding
    if asset.is_compressible:
        response.vary.add("Accept-Encoding")
    return response
