"""Rendered pages in front of Flask: rendered once, compressed once, cached while valid.

A page is cached with its dependencies (``library.freshness``). While they are known to be valid it
is served at once; afterwards they are checked, which is cheap: an edit shows as soon as the library
sees it, and nothing else renders a page again.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import run_wsgi_app

from slideshow.library.freshness.dependencies import recording
from slideshow.settings import Settings
from slideshow.web.compression import WORTH_COMPRESSING, chosen
from slideshow.web.headers import STALE_WHILE_REVALIDATE_SECONDS, kept_page, kept_until
from slideshow.web.observing.exchange import CACHE, KEPT
from slideshow.web.pagecache import deltas
from slideshow.web.pagecache.keys import KeptHosts, known_query
from slideshow.web.pagecache.page import Answer, CachedPage
from slideshow.web.pagecache.store import Key, PageStore

MAX_REMEMBERED_CODINGS = 512  # Accept-Encoding headers whose parsed choice is cached


class PageCache:
    """A WSGI app that serves cached pages of ``app``, in at most ``limit`` bytes.

    Only whole pages of text are cached: responses with status 200 to GET that neither set a cookie
    nor forbid it. With ``names_hosts`` pages are keyed by host, because they contain absolute URLs.
    """

    def __init__(self, app: WSGIApplication, limit: int, max_age: int, names_hosts: bool) -> None:
        self._app = app
        self._pages = PageStore(limit)
        self._max_age = max_age
        self._policy = kept_page(max_age)
        self._hosts = KeptHosts() if names_hosts else None
        self._codings: dict[str, str] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Handle a request, from the cache if its page is valid."""
        method = environ["REQUEST_METHOD"]
        query = environ.get("QUERY_STRING", "")
        if query:
            query = known_query(query)
        host = environ.get("HTTP_HOST")
        if query is None or host == "" or method not in ("GET", "HEAD"):
            return self._app(environ, start_response)
        key = (
            environ["PATH_INFO"],
            query,
            host if self._hosts else None,
            environ["wsgi.url_scheme"],
            environ.get("SCRIPT_NAME", ""),
        )
        now = time.monotonic()
        page = self._pages.get(key)
        environ[CACHE] = "hit"
        if page is None or (now >= page.until and not self._is_current(page, key, now)):
            made = self._made(environ, key, start_response)
            if not isinstance(made, CachedPage):
                return made
            page = made
        else:
            page.uses += 1
        page.used = now
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        coding = self._codings.get(accepted) or self._choose(accepted)
        dictionary = environ.get("HTTP_AVAILABLE_DICTIONARY")
        # Chromium reports an answer to HEAD that is said to be a difference as broken.
        answer = (
            (
                dictionary
                and method == "GET"
                and self._delta(page, key, deltas.named(dictionary, accepted))
            )
            or page.answers.get(coding)
            or self._encoded(page, key, coding)
        )
        etags = environ.get("HTTP_IF_NONE_MATCH")
        if etags and answer.is_among(etags):
            start_response("304 NOT MODIFIED", self._dated(answer.headers_unchanged, page, now))
            return []
        start_response("200 OK", self._dated(answer.headers, page, now))
        return [answer.body] if method == "GET" else []

    def _dated(
        self, headers: list[tuple[str, str]], page: CachedPage, now: float
    ) -> list[tuple[str, str]]:
        """Copy the headers; no cache may keep a page beyond the moment at which it changes."""
        left = page.changes_at - now
        if left > self._max_age + STALE_WHILE_REVALIDATE_SECONDS:
            return headers[:]
        policy = kept_until(self._max_age, left)
        return [
            (name, policy if name == "Cache-Control" and value == self._policy else value)
            for name, value in headers
        ]

    def _is_current(self, page: CachedPage, key: Key, now: float) -> bool:
        if self._hosts:
            self._hosts.note(key[2])
        return page.is_current(now)

    def _made(
        self, environ: WSGIEnvironment, key: Key, start_response: StartResponse
    ) -> CachedPage | Iterable[bytes]:
        """Render the page; return the app's own response if it is not cacheable."""
        environ[CACHE] = "miss"
        as_get = {**environ, "REQUEST_METHOD": "GET"}
        with recording() as reads:
            chunks, status, headers = run_wsgi_app(self._app, as_get)
            is_page = status.startswith("200 ") and _may_be_kept(headers)
            body = b"".join(chunks) if is_page else b""
        if is_page:
            _close(chunks)
            headers.setdefault("Cache-Control", self._policy)
            if deltas.are_worth_making(headers.get("Content-Type", ""), len(body)):
                headers["Use-As-Dictionary"] = deltas.use_as_dictionary(key[-1])
            page = CachedPage(headers, body, reads)
            if not self._hosts or self._hosts.is_kept(key[2]):
                self._pages.keep(key, page)
            environ[KEPT] = self._pages.kept
            return page
        self._pages.drop(key)
        start_response(status, list(headers))
        if environ["REQUEST_METHOD"] == "GET":
            return chunks
        _close(chunks)
        return []

    def _delta(self, page: CachedPage, key: Key, digest: bytes | None) -> Answer | None:
        known = self._pages.having(digest) if digest and page.digest else None
        if known is None:
            return None
        answer = page.deltas.get(known.digest)
        if answer is None:
            answer = page.delta(known)
            self._pages.note_growth(key, page)
        return answer

    def _encoded(self, page: CachedPage, key: Key, coding: str) -> Answer:
        answer = page.answer(coding)
        self._pages.note_growth(key, page)
        return answer

    def _choose(self, accepted: str) -> str:
        coding = chosen(accepted)
        if len(self._codings) < MAX_REMEMBERED_CODINGS and len(accepted) < 256:
            self._codings[accepted] = coding
        return coding


def _may_be_kept(headers: Headers) -> bool:
    policy = headers.get("Cache-Control", "")
    return (
        headers.get("Content-Type", "").startswith(WORTH_COMPRESSING)
        and "Content-Length" in headers
        and "Set-Cookie" not in headers
        and "Vary" not in headers  # the response depends on something outside our key
        and "no-store" not in policy
        and "private" not in policy
    )


def _close(chunks: Iterable[bytes]) -> None:
    close = getattr(chunks, "close", None)
    if close:
        close()


def install(app: Flask, settings: Settings) -> None:
    """Put the page cache in front of the app."""
    app.wsgi_app = PageCache(  # type: ignore[method-assign]
        app.wsgi_app, settings.pagecache_bytes, settings.max_age, names_hosts=not settings.base_url
    )
