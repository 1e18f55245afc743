"""Finds the mistakes in a catalogue that gettext would reject, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from slideshow.errors import Problem
from slideshow.library.catalogues.entries import Entry
from slideshow.library.catalogues.placeholders import fault_in
from slideshow.library.catalogues.plurals import PluralForms
from slideshow.library.catalogues.reading import plural_forms


def inspect(entries: Sequence[Entry], path: Path, has_placeholders: bool) -> Iterator[Problem]:
    """Yield the problems of visible translations, with their lines.

    ``has_placeholders`` means that ``%`` is special in the messages of this catalogue.
    """
    forms = plural_forms(entries, path)
    live = [entry for entry in entries if not entry.is_obsolete and not entry.is_fuzzy]
    header = next((entry for entry in live if entry.is_header), None)
    for problem in _rule_problems(forms, live):
        yield replace(problem, line=header.line if header else 0)
    for entry in live:
        if not entry.is_header and any(entry.strings):
            found = [*_form_problems(entry, forms), *_line_end_problems(entry)]
            found += _placeholder_problems(entry) if has_placeholders else ()
            yield from (replace(problem, line=entry.line) for problem in found)


def _rule_problems(forms: PluralForms, entries: Sequence[Entry]) -> Iterator[Problem]:
    counts = [len(entry.strings) for entry in entries if entry.plural and any(entry.strings)]
    if counts and not forms.rule:
        most = max(counts)
        usual = PluralForms(most, forms.rule_for(most))
        yield Problem(
            "the header has no rule for plural forms that can be used",
            f'add the line "Plural-Forms: {usual}\\n" to it',
        )
    if fault := forms.fault():
        yield Problem(f"Plural-Forms: {fault}", f"replace it by {PluralForms.usual(forms.locale)}")


def _form_problems(entry: Entry, forms: PluralForms) -> Iterator[Problem]:
    if not entry.plural:
        return
    if forms.rule and len(entry.strings) != forms.count:
        yield Problem(
            f"{len(entry.strings)} plural forms, and the header says {forms.count}",
            "write each form, or correct Plural-Forms in the header",
        )
    if not all(entry.strings):
        yield Problem(
            f"plural form {entry.strings.index('')} is empty; a form beside it is shown",
            "translate it",
        )


def _line_end_problems(entry: Entry) -> Iterator[Problem]:
    for string in filter(None, entry.strings):
        for place, name in ((0, "begins"), (-1, "ends")):
            if (string[place] == "\n") != (entry.id[place] == "\n"):
                which = "translation" if string[place] == "\n" else "source"
                yield Problem(
                    f"only the {which} {name} with a line break", "write both in the same way"
                )


def _placeholder_problems(entry: Entry) -> Iterator[Problem]:
    for string in entry.strings:
        if fault := fault_in(string, entry.id, entry.plural):
            yield Problem(
                f"placeholders: {fault}",
                "copy every %(name)s from the source as it is",
                is_error=True,
            )
