"""French typography: the mistakes that a newsroom's proof-reader would mark in a text.

Rules of the Imprimerie nationale: a narrow no-break space before ; ! ?, a no-break space before :
and inside « », a typographic apostrophe. Only certain mistakes are reported: a plain space there,
and a straight apostrophe between letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from slideshow.errors import Problem

NARROW, WIDE = "U+202F, the narrow no-break space", "U+00A0, the no-break space"

# Addresses, code and placeholders are not French; their replacements keep all positions.
APART = re.compile(
    r"```.*?```|`[^`\n]*`|\]\([^)\n]*\)|<[a-z][^>\s]*>|^\s*\[[^\]\n]+\]:.*$"
    r"|\b(?:https?://|www\.)\S+|\b[\w.+-]+@[\w.-]+|%\(\w+\)[a-z]",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
RULES = (
    (re.compile(r"(?<=\S) (?=[;!?])"), "a plain space before ; ! or ?", f"write {NARROW}"),
    (re.compile(r"(?<=\S) (?=:(?!\d))"), "a plain space before :", f"write {WIDE}"),
    (re.compile(r"« | »"), "a plain space inside « »", f"write {WIDE}"),
    (
        re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"),
        "a straight apostrophe between letters",
        "write ’ (U+2019)",
    ),
)

# The euphonic t stays with its pronoun, and so does a word of two letters with its verb: no
# newspaper starts a line with « t-elle » or « on ». Programs, formulas, tags and addresses are
# skipped: they are copied.
SKIPPED = r"<(code|pre|math)\b.*?</\1>|<[^>]*>|\b(?:https?://|www\.)[^\s<]+"
EUPHONIC = r"-t-(?=(?:ils?|elles?|on|en)\b)"
SHORT = r"(?<=[^\W\d_])-(?=(?:je|tu|il|on|ce|ci|là|y|en|le|la)(?![\w-]))"
HELD = re.compile(f"{SKIPPED}|{EUPHONIC}|{SHORT}", re.DOTALL | re.IGNORECASE)
NO_BREAK_HYPHEN = "\u2011"


def is_french(language: str) -> bool:
    """Check whether a language tag is one of French."""
    return language.partition("-")[0] == "fr"


def unbroken(html: str, language: str) -> str:
    """Prevent line breaks at the hyphens of a French « -t-il » or « dit-on » in a text's HTML."""
    if not is_french(language):
        return html
    return HELD.sub(
        lambda match: match[0].replace("-", NO_BREAK_HYPHEN) if match[0][0] == "-" else match[0],
        html,
    )


def french_problems(text: str) -> Iterator[tuple[int, Problem]]:
    """Yield each rule of French typography that a text violates, once, with its first index."""
    french = APART.sub(lambda match: "\u00a0" * len(match[0]), text)
    for pattern, message, fix in RULES:
        places = [match.start() for match in pattern.finditer(french)]
        if places:
            times = f", {len(places)} times" if len(places) > 1 else ""
            yield places[0], Problem(message + times, fix)
