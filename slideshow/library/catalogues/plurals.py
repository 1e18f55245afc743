"""Plural forms: the rule in a catalogue's header, or the usual one of its language.

The rule of a catalogue never depends on the installed Babel, whose table changes from version to
version.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from babel.messages.plurals import get_plural

# The rules of gettext's msginit and PO editors, by language or locale.
_EASTERN = (
    "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"
)  # fmt: skip
_USUAL = {
    "ca de en es he it nl pt sv": (2, "n != 1"),
    "fr pt_BR": (2, "n > 1"),
    "be bs hr ru sr uk": (3, _EASTERN),
    "cs sk": (3, "n==1 ? 0 : n>=2 && n<=4 ? 1 : 2"),
    "lt": (3, "n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2"),
    "lv": (3, "n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2"),
    "pl": (3, "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"),
    "ro": (3, "n==1 ? 0 : n==0 || (n%100 > 0 && n%100 < 20) ? 1 : 2"),
    "sl": (4, "n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3"),
    "ar": (
        6,
        "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5",
    ),
}
USUAL = {locale: rule for locales, rule in _USUAL.items() for locale in locales.split()}

HEADER = re.compile(
    r"^Plural-Forms:[ \t]*nplurals[ \t]*=[ \t]*(\d{1,2})[ \t]*;[ \t]*plural[ \t]*=([^;\n]+)",
    re.IGNORECASE | re.MULTILINE,
)
NUMBERS = (*range(1001), 10_000, 1_000_000)  # tried with each rule

_compiled = lru_cache(maxsize=256)(gettext.c2py)  # hundreds of catalogues share one rule


@dataclass(frozen=True, slots=True)
class PluralForms:
    """The number of plural forms and the rule that chooses one, a C expression.

    Without a rule, each message uses the usual rule of ``locale`` for its own number of forms.
    """

    count: int = 0
    rule: str = ""
    locale: str = ""

    @classmethod
    def of_header(cls, header: str, locale: str) -> PluralForms:
        """Parse the forms in a header, else return forms without a rule."""
        match = HEADER.search(header)
        if match and _is_rule(match[2].strip()):
            return cls(int(match[1]), match[2].strip(), locale)
        return cls(locale=locale)

    @classmethod
    def usual(cls, locale: str) -> PluralForms:
        """Return the usual forms of a new catalogue in ``locale``."""
        known = _usual_rule(locale)
        if known is None:
            plural = get_plural(locale)
            known = plural.num_plurals, plural.plural_expr
        return cls(*known, locale)

    def choose(self, forms: Sequence[str], number: int) -> str:
        """Choose the form for ``number``; if it is missing or empty, the nearest one."""
        wanted = _place(self.rule_for(len(forms)), number, len(forms))
        places = (place for place, form in enumerate(forms) if form)
        return forms[min(places, key=lambda place: (abs(place - wanted), -place))]

    def rule_for(self, count: int) -> str:
        """Look up the rule for a message of ``count`` forms."""
        if self.rule:
            return self.rule
        known = _usual_rule(self.locale)
        return known[1] if known and known[0] == count else f"n == 1 ? 0 : {count - 1}"

    def fault(self) -> str:
        """Explain why the rule cannot be right; an empty string if it can."""
        for number in NUMBERS if self.rule else ():
            try:
                place = int(_compiled(self.rule)(number))
            except ZeroDivisionError:
                return f"the rule divides by zero for {number}"
            if not 0 <= place < self.count:
                return f"the rule gives form {place} for {number}, and there are {self.count}"
        return ""

    def __str__(self) -> str:
        """Format the value of a ``Plural-Forms`` header."""
        return f"nplurals={self.count}; plural={self.rule};"


def _usual_rule(locale: str) -> tuple[int, str] | None:
    return USUAL.get(locale) or USUAL.get(locale.partition("_")[0])


def _is_rule(expression: str) -> bool:
    try:
        _compiled(expression)
    except ValueError:
        return False
    return True


def _place(rule: str, number: int, count: int) -> int:
    try:
        return min(max(int(_compiled(rule)(number)), 0), count - 1)
    except ZeroDivisionError:
        return count - 1
