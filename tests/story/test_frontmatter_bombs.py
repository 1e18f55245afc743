"""Front matter of a few hundred bytes that stands for gigabytes (check E2)."""

import pytest

from slideshow.errors import ArticleError
from slideshow.story.frontmatter import read_front_matter
from slideshow.story.limits import Limits
from tests.support.bounded import run_bounded

BELOW = "\n## One\n\nText.\n"


def refused(matter: str) -> ArticleError:
    with pytest.raises(ArticleError) as caught:
        read_front_matter(f"---\n{matter}\n---\n{BELOW}", Limits())
    return caught.value


def test_key_of_nested_aliases_is_refused_in_little_time_and_memory() -> None:
    levels = ["&a [x,x,x,x,x,x,x,x,x,x]"]
    for above, name in zip("abcdefgh", "bcdefghi", strict=True):
        levels.append(f"&{name} [{','.join([f'*{above}'] * 10)}]")
    source = f"---\n? [{', '.join(levels)}]\n: v\ntitle: T\n---\n{BELOW}"

    out = run_bounded(
        "from slideshow.errors import ArticleError\n"
        "from slideshow.story.frontmatter import read_front_matter\n"
        "from slideshow.story.limits import Limits\n"
        f"try: read_front_matter({source!r}, Limits())\n"
        "except ArticleError as error: print(error)",
        seconds=10,
    )

    assert "alias" in out


def test_alias_is_refused_with_its_line() -> None:
    error = refused("title: &name A\nauthor: Ada\nsource: *name")

    assert error.line == 4
    assert "alias" in error.reason


@pytest.mark.parametrize("key", ["? [a, b]\n: v", "[a, b]: v", "? {a: b}\n: v", "{a: b}: v"])
def test_key_that_is_no_word_is_refused_with_its_line(key: str) -> None:
    error = refused(f"title: A\n{key}")

    assert error.line == 3
    assert "name" in error.fix


def test_anchor_that_nothing_repeats_is_harmless() -> None:
    matter = read_front_matter(f"---\ntitle: &name A\n---\n{BELOW}", Limits())

    assert matter.values["title"] == ("A", 2)
