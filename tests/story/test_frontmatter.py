"""Front matter in every language that generators of sites have, by every name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slideshow.errors import ArticleError, Problem
from slideshow.story.details import Details
from slideshow.story.frontmatter import details_of, language_of, read_front_matter
from slideshow.story.frontmatter.meaning import NAMES
from slideshow.story.limits import Limits
from tests.readme import rows

BODY = "# The boat\n\n## Back\n\nIt sails.\n"


def details(source: str, problems: list[Problem] | None = None) -> Details:
    matter = read_front_matter(source + BODY, Limits())
    assert matter.body.strip() == BODY.strip()
    return details_of(matter, "en", [] if problems is None else problems)


SAME = Details(
    author="Ada, Grace",
    date="2026-11-24",
    updated="2026-11-25",
    description="A boat.",
    tags=("boats", "quays"),
    slug="boat",
    aliases=("/old/", "/older/"),
    is_draft=True,
)


@pytest.mark.parametrize(
    "source",
    [
        "---\nauthor: [Ada, Grace]\ndate: 2026-11-24\nupdated: 2026-11-25\ndescription: A boat.\n"
        "tags: [boats, quays]\nslug: boat\naliases: [/old/, /older/]\ndraft: true\n---\n",
        "---\nauthor:\n  - name: Ada\n    url: x\n  - name: Grace\ndate: 2026/11/24\n"
        "last_modified_at: 2026/11/25\nexcerpt: A boat.\ntags:\n- boats\n- quays\nslug: boat\n"
        "redirect_from:\n  - /old/\n  - /older/\npublished: false\n...\n",
        '+++\nauthors = ["Ada", "Grace"]\ndate = 2026-11-24\nlastmod = 2026-11-25\n'
        'description = "A boat."\ntags = ["boats", "quays"]\nslug = "boat"\n'
        'aliases = ["/old/", "/older/"]\ndraft = true\n[extra]\nx = 1\n+++\n',
        '{\n  "authors": [{"name": "Ada"}, {"name": "Grace"}],\n  "date": "2026-11-24",\n'
        '  "lastmod": "2026-11-25", "summary": "A boat.", "tags": ["boats", "quays"],\n'
        '  "slug": "boat", "aliases": ["/old/", "/older/"], "draft": true\n}\n',
        '---json\n{"author": "Ada, Grace", "date": "2026-11-24", "updated": "2026-11-25",\n'
        '"description": "A boat.", "tags": ["boats", "quays"], "slug": "boat",\n'
        '"aliases": ["/old/", "/older/"], "draft": "yes"}\n---\n',
        '---toml\nauthor = "Ada, Grace"\ndate = "24 November 2026"\nmodified = "25.11.2026"\n'
        'description = "A boat."\ntags = ["boats", "quays"]\nslug = "boat"\n'
        'aliases = ["/old/", "/older/"]\npublish = false\n---\n',
        ';;;\n"author": "Ada, Grace", "date": "2026-11-24", "updated": "2026-11-25",\n'
        '"description": "A boat.", "tags": ["boats", "quays"], "slug": "boat",\n'
        '"aliases": ["/old/", "/older/"], "draft": true\n;;;\n',
    ],
    ids=["yaml", "jekyll", "toml", "json", "eleventy-json", "eleventy-toml", "hexo-json"],
)
def test_front_matter_says_the_same_in_every_language(source: str) -> None:
    problems: list[Problem] = []

    assert details(source, problems) == SAME
    assert problems == []


@pytest.mark.parametrize(
    ("source", "author", "date"),
    [
        ("% The boat\n% Ada; Grace\n% 24 November 2026\n\n", "Ada, Grace", "2026-11-24"),
        ("% The boat\n  is back\n% Ada\n\n", "Ada", None),
        ("% The boat\n%\n% 2026-11-24\n\n", None, "2026-11-24"),
        ('@def title = "The boat"\n@def authors = """Ada"""\n\n', "Ada", None),
        ("+++\ntitle = The boat\nauthor = 'Ada'\n+++\n", "Ada", None),
    ],
)
def test_a_title_block_is_read(source: str, author: str | None, date: str | None) -> None:
    found = details(source)
    matter = read_front_matter(source + BODY, Limits())

    assert (found.author, found.date) == (author, date)
    assert matter.values["title"][0].startswith("The boat")


SWITCHES = {"pinned": "is_pinned", "removed": "is_removed"}
ELSEWHERE = {"title", "language", "draft", "published", "cut", "correction"}


@pytest.mark.parametrize("thing", sorted(set(NAMES) - ELSEWHERE))
def test_a_thing_has_many_names(thing: str) -> None:
    dates = dict.fromkeys(("date", "updated", "publish", "expires"), "2026-11-24")
    others = {"image": "a.png", "languages": "en", "weight": 7}
    value = {**dates, **others, **dict.fromkeys(SWITCHES, True)}.get(thing, "a")
    field = SWITCHES.get(thing, thing)
    for name in NAMES[thing]:
        for spelling in (name, name.upper(), name.replace("_", "-"), name.title()):
            found = getattr(details(f"---\n{spelling}: {value}\n---\n"), field)
            assert found in (value, (value,)), spelling


@pytest.mark.parametrize("name", NAMES["language"])
def test_the_language_has_many_names(name: str) -> None:
    assert language_of(f"---\n{name}: pt_BR\n---\n{BODY}") == "pt-BR"
    assert language_of(f'+++\n{name} = "fr"\n+++\n{BODY}') == "fr"


@pytest.mark.parametrize(
    ("lines", "image"),
    [
        ("image: a.png", "a.png"),
        ("cover:\n  image: a.png\n  alt: A boat", "a.png"),
        ("images: [a.png, b.png]", "a.png"),
        ("header:\n  teaser: a.png", "a.png"),
        ("image:\n  path: a.png\n  width: 3", "a.png"),
    ],
)
def test_an_image_may_be_an_object(lines: str, image: str) -> None:
    found = details(f"---\ntitle: T\n{lines}\n---\n")

    assert (found.image, found.image_line > 2) == (image, True)


@pytest.mark.parametrize(
    ("lines", "is_draft"),
    [
        ("draft: true", True),
        ("draft: false", False),
        ("published: false", True),
        ("published: true", False),
        ("published: 2026-11-24", False),
        ("title: T", False),
    ],
)
def test_a_draft_says_so(lines: str, is_draft: bool) -> None:
    assert details(f"---\n{lines}\n---\n").is_draft is is_draft


def test_a_time_that_is_not_understood_leaves_the_day() -> None:
    problems: list[Problem] = []
    found = details(
        "---\ndate: 2026-12-01 06:00 CET\nexpires: 2026-12-02 06:00 CET\n---\n", problems
    )

    assert (found.date, found.expires) == ("2026-12-01", None)
    assert [problem.line for problem in problems] == [3]


def test_nothing_in_yaml_is_no_value() -> None:
    problems: list[Problem] = []

    found = details("---\nauthor: ~\ndate: null\ndescription: 'null'\n---\n", problems)

    assert (found.author, found.date, found.description) == (None, None, "null")
    assert problems == []


def test_a_value_that_is_not_yaml_is_read_and_named() -> None:
    problems: list[Problem] = []
    matter = read_front_matter(f"---\ntitle: The boat: a story\nauthor: Ada\n---\n{BODY}", Limits())

    found = details_of(matter, "en", problems)

    assert matter.values["title"] == ("The boat: a story", 2)
    assert found.author == "Ada"
    assert [(problem.line, problem.is_error) for problem in problems] == [(2, False)]


@pytest.mark.parametrize("source", ["—\ndraft: true\n—\n\nText.", "—-\ndraft: true\n---\n\nText."])
def test_hyphens_that_became_a_dash_hold_front_matter_too(source: str) -> None:
    """Word processors make one of three hyphens; a draft would be published."""
    matter = read_front_matter(source, Limits())

    assert matter.values == {"draft": ("true", 2)}
    assert matter.body == "\nText."


@pytest.mark.parametrize(
    "source",
    [
        "---\n\nText between rules.\n\n---\n\nMore.\n",
        "---\nText right below a rule.\n---\n",
        "----------\n\nText.\n",
        "---\n\nOne rule alone, and text.\n",
        "{braces} open a text\n",
        '{"a": 1} goes on\n',
        "+ an item\n",
        "—\n\nA dash alone.\n",
        "—\nNote: a dash, and no second one.\n",
        "%d is no title\n",
        "",
    ],
)
def test_all_else_is_text(source: str) -> None:
    matter = read_front_matter(source, Limits())

    assert (matter.values, matter.body, matter.lines) == ({}, source, 0)


@pytest.mark.parametrize(
    "source", ["---\ntitle: T\n", "+++\ntitle = 'T'\n", "---json\n{}\n", "---\ntitle: T\n\n# H\n"]
)
def test_front_matter_without_an_end_is_refused(source: str) -> None:
    with pytest.raises(ArticleError, match="has no end"):
        read_front_matter(source, Limits())


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("+++\ntitle = The boat\nauthor = 'Ada'\n+++\n", "not TOML"),
        ('---json\n{"author": }\n---\n', "not JSON"),
    ],
)
def test_front_matter_that_cannot_be_read_is_named(source: str, reason: str) -> None:
    problems: list[Problem] = []

    details(source, problems)

    assert [reason in problem.message for problem in problems] == [True]


@given(st.sampled_from(["---", "+++", ";;;", "---json", "{", "% "]), st.text(max_size=200))
def test_any_front_matter_is_read_or_refused(start: str, text: str) -> None:
    source = f"{start}\n{text}\n{start[:3]}\n{BODY}"
    try:
        matter = read_front_matter(source, Limits())
        details_of(matter, "fr", [])
    except ArticleError:
        return

    assert matter.lines + matter.body.count("\n") >= BODY.count("\n")


def test_the_readme_names_every_name() -> None:
    table = rows("Names of the details", "says", "write")

    named = {name.strip(" `") for cells in table.values() for name in cells.split(",")}
    assert named == {name for names in NAMES.values() for name in names}


@pytest.mark.parametrize("name", NAMES["correction"])
@pytest.mark.parametrize(
    "value",
    [
        "'2026-12-02: The fare is 12 €.'",
        "['2026-12-02 The fare is 12 €.']",
        "{date: 2 December 2026, text: The fare is 12 €.}",
        "[{date: 2026-12-02, note: The fare is 12 €.}]",
    ],
)
def test_a_correction_has_a_date_and_words(name: str, value: str) -> None:
    (found,) = details(f"---\n{name}: {value}\n---\n").corrections

    assert (found.date, found.text.value) == ("2026-12-02", "The fare is 12 €.")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("publish: soon", "publish 'soon' is not a date"),
        ("expires: never", "expires 'never' is not a date"),
        ("publsh: 2026-12-01", "'publsh' is not known, and has no effect"),
        ("embago: 2026-12-01", "'embago' is not known, and has no effect"),
        ("publishe_date: 2026-12-01", "'publishedate' is not known, and has no effect"),
        ("publised: false", "'publised' is not known, and has no effect"),
        ("draft: vrai", "draft 'vrai' is neither true nor false"),
        ("published: flase", "published 'flase' is neither true nor false"),
        ("removed: ture", "removed 'ture' is neither true nor false"),
        ("weight: heavy", "weight 'heavy' is not a whole number"),
        ("languages: [en, klingon]", "'klingon' is not a language"),
        (
            "languages: [ru, zh-CN]",
            "languages does not name 'en', the article's own, and has no effect",
        ),
    ],
)
def test_a_wrong_rule_of_publication_is_named_with_its_line(line: str, message: str) -> None:
    problems: list[Problem] = []

    details(f"---\ntags: x\n{line}\n---\n", problems)

    assert [(each.message, each.line) for each in problems] == [(message, 3)]


@pytest.mark.parametrize(
    "line",
    [
        *("publish: 2026-12-01 noon", "embargo: 2026-12-01 06:00 CET", "languages: [en, french]"),
        *("publish: 2026-11-01\nembargo: soon", "publish: {at: 2026-12-01}"),
        *("languages: [English, French]", "languages: [frnch]", "languages: en fr"),
        *("draft: ture", "draft: yes please", "draft: [true]", "published: flase", "removed: ture"),
    ],
)
def test_a_rule_of_publication_that_cannot_be_read_publishes_nothing(line: str) -> None:
    assert details(f"---\n{line}\n---\n").is_draft


@pytest.mark.parametrize("languages", ["[en, 'fr']", "[en, fr"])
def test_a_mistake_in_yaml_leaves_the_rules_of_publication(languages: str) -> None:
    matter = f"---\ncorrection: 2026-12-02: Not 21: 12.\nlanguages: {languages}\n---\n"
    found = details(matter, [])

    assert found.languages == ("en", "fr")
    assert [(each.date, each.text.value) for each in found.corrections] == [
        ("2026-12-02", "Not 21: 12.")
    ]


def test_articles_of_other_generators_stay_public() -> None:
    problems: list[Problem] = []
    found = details(
        "---\nexpiryDate: 2019-01-01\nlanguages: [ru, zh-cn]\npublisher: Ada\n"
        "unpublishDate: 2019-01-01\npublishedDate: 2018-01-01\n---\n",
        problems,
    )

    assert (found.expires, found.languages, len(problems)) == (None, (), 1)
