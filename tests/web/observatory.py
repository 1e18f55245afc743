"""The HTTP Observatory's published rules, as far as one response can tell.

https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring: from 100 points each
test takes or gives some; what is given counts only from 90 points up; 100 and more are an A+.
Redirection from HTTP and preloading are the operator's.
"""

from __future__ import annotations

import re

from werkzeug.datastructures import Headers

BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
SIX_MONTHS = 15_768_000
ENOUGH_FOR_CREDIT = 90
GRADES = ((100, "A+"), (90, "A"), (85, "A-"), (80, "B+"), (70, "B"), (65, "B-"), (0, "worse"))


def grade(headers: Headers, html: str) -> str:
    """Return the grade of a response that came over HTTPS."""
    policy = directives(headers.get("Content-Security-Policy", ""))
    points = [
        content_security_policy(policy),
        -50 if headers.get("Access-Control-Allow-Credentials") == "true" else 0,
        -20 if "Set-Cookie" in headers else 0,
        referrer_policy(headers.get("Referrer-Policy", "")),
        strict_transport_security(headers.get("Strict-Transport-Security", "")),
        0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        5 if "frame-ancestors" in policy else -20,
        {"same-origin": 10, "same-site": 10, "cross-origin": 0}.get(
            headers.get("Cross-Origin-Resource-Policy", "cross-origin"), -5
        ),
        -50 if re.search(r"<script[^>]+src=.?(?:https?:)?//", html) else 0,
    ]
    score = 100 + sum(each for each in points if each < 0)
    if score >= ENOUGH_FOR_CREDIT:
        score += sum(each for each in points if each > 0)
    return next(name for least, name in GRADES if score >= least)


def directives(policy: str) -> dict[str, set[str]]:
    """Return the sources of each directive of a content security policy."""
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name.lower(): set(sources) for name, *sources in parts}


def content_security_policy(policy: dict[str, set[str]]) -> int:
    """Return the points for a policy."""
    if not policy:
        return -25
    default = policy.get("default-src", {"*"})
    script = policy.get("script-src", default)
    style = policy.get("style-src", default)
    active = set().union(*(v for k, v in policy.items() if k not in ("img-src", "media-src")))
    if script & (BROAD | {"'unsafe-inline'", "data:"}) or policy.get("object-src", default) & BROAD:
        return -20
    if any(source.startswith(("http:", "ftp:")) for source in active):
        return -20
    if "'unsafe-eval'" in script | style:
        return -10
    if any(s.startswith(("http:", "ftp:")) for s in policy.get("img-src", default)):
        return -10
    if style & (BROAD | {"'unsafe-inline'", "data:"}):
        return 0
    return 10 if default == {"'none'"} else 5


def referrer_policy(value: str) -> int:
    """Return the points for who learns where readers come from."""
    if not value:
        return 0
    return 5 if value.split(",")[-1].strip() in PRIVATE else -5


def strict_transport_security(value: str) -> int:
    """Return the points for the time that browsers insist on HTTPS."""
    found = re.search(r"max-age=(\d+)", value)
    if not found:
        return -20
    return 0 if int(found[1]) >= SIX_MONTHS else -10
