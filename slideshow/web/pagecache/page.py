"""A rendered page: its bytes in every content coding, ready to be sent."""

from __future__ import annotations

import hashlib
import time

from werkzeug.datastructures import Headers
from werkzeug.http import parse_etags

from slideshow.library.freshness.dependencies import Reads
from slideshow.web.compression import IDENTITY, encoded, is_worth_compressing
from slideshow.web.pagecache import deltas

OVERHEAD_BYTES = 4096  # memory of a page besides its bodies and reads: key and headers
READ_BYTES = 200  # memory of one read of a page, and its version
MAX_DELTAS = 4  # deltas cached for a page: readers come from few others


class Answer:
    """A page in one content coding."""

    __slots__ = ("body", "etag", "headers", "headers_unchanged")

    def __init__(self, headers: list[tuple[str, str]], tag: str, coding: str, body: bytes) -> None:
        self.body = body
        # A strong validator identifies the bytes sent, so each coding has its own.
        self.etag = f'"{tag}"' if coding == IDENTITY else f'"{tag}-{coding}"'
        common = [*headers, ("ETag", self.etag)]
        encoding = [] if coding == IDENTITY else [("Content-Encoding", coding)]
        self.headers = [*common, *encoding, ("Content-Length", str(len(body)))]
        # RFC 9110, section 15.4.5: only the validator of the representation.
        self.headers_unchanged = [pair for pair in common if pair[0].lower() != "content-type"]

    def is_among(self, etags: str) -> bool:
        """Check whether an ``If-None-Match`` header contains this response's tag.

        The comparison is weak (RFC 9110, section 13.1.2): a proxy may have weakened the tag.
        """
        return etags == self.etag or parse_etags(etags).contains_weak(self.etag.strip('"'))


class CachedPage:
    """A rendered page, its encodings, and the dependencies that keep it valid.

    ``digest`` is the SHA-256 of its body, empty if browsers may not use it as a dictionary.
    ``used`` is the (monotonic) time of its last use, ``uses`` counts the uses after the first,
    ``counted`` the bytes that its store has counted for it.
    """

    __slots__ = (
        "_headers",
        "_is_compressible",
        "_reads",
        "_tag",
        "answers",
        "changes_at",
        "counted",
        "deltas",
        "digest",
        "until",
        "used",
        "uses",
    )

    def __init__(self, headers: Headers, body: bytes, reads: Reads) -> None:
        self.used = time.monotonic()
        self.uses = 0
        self.counted = 0
        self.until = reads.until
        self._reads = reads
        self.changes_at = reads.changes_at
        digest = hashlib.sha256(body)
        self.digest = digest.digest() if "Use-As-Dictionary" in headers else b""
        self._tag = headers.pop("ETag", "").strip('"') or digest.hexdigest()[:20]
        headers.pop("Content-Length", None)
        headers.setdefault("Vary", "Accept-Encoding")
        self._headers = list(headers)
        self._is_compressible = is_worth_compressing(headers.get("Content-Type", ""), len(body))
        self.answers = {IDENTITY: Answer(self._headers, self._tag, IDENTITY, body)}
        self.deltas: dict[bytes, Answer] = {}

    def answer(self, coding: str) -> Answer:
        """Encode the page in a coding, on the first call."""
        known = self.answers.get(coding)
        if known:
            return known
        plain = self.answers[IDENTITY]
        if not self._is_compressible:
            return self.answers.setdefault(coding, plain)
        answer = Answer(self._headers, self._tag, coding, encoded(plain.body, coding))
        return self.answers.setdefault(coding, answer)

    def delta(self, known: CachedPage) -> Answer:
        """Encode the page as its difference from another, on the first call."""
        answer = self.deltas.get(known.digest)
        if answer is None:
            body, dictionary = (page.answers[IDENTITY].body for page in (self, known))
            body = deltas.delta(body, dictionary, known.digest)
            tag = f"{self._tag}-{known.digest.hex()[:8]}"
            headers = [pair for pair in self._headers if pair[0] != "Vary"]
            answer = Answer([*headers, ("Vary", deltas.VARY)], tag, deltas.CODING, body)
            if len(self.deltas) >= MAX_DELTAS:
                self.deltas.clear()
            self.deltas[known.digest] = answer
        return answer

    def is_current(self, now: float) -> bool:
        """Check that no dependency of the page has changed."""
        is_current = self._reads.are_current(now)
        self.until = self._reads.until
        return is_current

    def is_reused(self, since: float) -> bool:
        """Check whether the page was used again, and since a monotonic time."""
        return self.uses > 0 and self.used > since

    @property
    def size(self) -> int:
        """The approximate size of the page in memory, in bytes."""
        answers = [*self.answers.values(), *self.deltas.values()]
        bodies = sum(len(answer.body) for answer in answers)
        return OVERHEAD_BYTES + READ_BYTES * len(self._reads) + bodies
