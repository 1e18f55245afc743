"""What the name of an article's file tells."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slideshow.story.filenames import FileName, parse_file_name, slug_of

SUFFIXES = (".txt", ".md", ".markdown")


@pytest.mark.parametrize(
    ("name", "slug", "language", "suffix"),
    [
        ("harbour.fr.txt", "harbour", "fr", ".txt"),
        ("harbour.md", "harbour", None, ".md"),
        ("Harbour.MD", "Harbour", None, ".md"),
        ("README.fr.md", "README", "fr", ".md"),
        ("harbour.pt-BR.md", "harbour", "pt-BR", ".md"),
        ("harbour.zh_CN.md", "harbour", "zh-Hans-CN", ".md"),
        ("harbour.fr.markdown", "harbour", "fr", ".markdown"),
        ("harbour.en.txt.txt", "harbour", "en", ".txt"),
        ("harbour.en.md.txt", "harbour", "en", ".md"),
        ("notes.v2.md", "notes-v2", None, ".md"),
        ("notes.v2.en.md", "notes-v2", "en", ".md"),
        ("budget v2.txt", "budget-v2", None, ".txt"),
        ("Draft (copy).en.md", "draft-copy", "en", ".md"),
        ("harbour.en (1).txt", "harbour-1", "en", ".txt"),
        ("harbour.en - Copy.txt", "harbour-copy", "en", ".txt"),
        ("harbour.english.txt", "harbour-english", None, ".txt"),
        ("Été à l’île.fr.md", "été-à-l-île", "fr", ".md"),
        ("渡し船.ja.txt", "渡し船", "ja", ".txt"),
        ("हिन्दी कथा.hi.md", "हिन्दी-कथा", "hi", ".md"),
        ("100% sûr !.fr.txt", "100-sûr", "fr", ".txt"),
        ("-- --.en.md", "story", "en", ".md"),
        ("messages.fr.txt", "messages-story", "fr", ".txt"),
        ("2016-02-19-harbour.md", "2016-02-19-harbour", None, ".md"),
    ],
)
def test_a_slug_is_made_from_any_name(
    name: str, slug: str, language: str | None, suffix: str
) -> None:
    found = parse_file_name(name, SUFFIXES)

    assert found is not None
    assert (found.slug, found.language, found.suffix) == (slug, language, suffix)


@pytest.mark.parametrize(
    "name", ["notes.csv", "harbour", ".md", ".hidden.md", "_draft.md", "~$harbour.md", "md", ""]
)
def test_other_files_are_no_articles(name: str) -> None:
    assert parse_file_name(name, SUFFIXES) is None


def test_accents_in_either_form_make_the_same_slug() -> None:
    composed, parts = (unicodedata.normalize(form, "Été.fr.md") for form in ("NFC", "NFD"))

    assert composed != parts
    assert parse_file_name(composed, SUFFIXES) == parse_file_name(parts, SUFFIXES)


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("2016-02-19-harbour.md", "2016-02-19"),
        ("2016-02-30-harbour.md", None),
        ("harbour-2016-02-19.md", None),
        ("2016-02-19.md", None),
    ],
)
def test_a_name_may_begin_with_a_date(name: str, date: str | None) -> None:
    found = parse_file_name(name, SUFFIXES)

    assert found is not None
    assert found.date == date


@given(st.text(min_size=1, max_size=80))
def test_any_name_makes_a_slug_that_is_one_part_of_a_path(name: str) -> None:
    slug = slug_of(name)

    assert slug
    assert not set(slug) & set("/\\?#%.:& \0")
    assert slug_of(slug) == slug


@given(st.text(max_size=80))
def test_any_file_name_is_read(name: str) -> None:
    found = parse_file_name(f"{name}.md", SUFFIXES)

    assert isinstance(found, FileName | None)
