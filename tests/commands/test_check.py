"""``slideshow check``: every problem with its place and its remedy, for people and for CI."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from slideshow.cli import cli
from slideshow.commands.check import Findings, as_text, check
from slideshow.commands.preflight import look_over
from slideshow.library.stories import Library
from tests.pictures import bomb, saved, two_colours
from tests.web.conftest import ARTICLE, CATALOGUE, write

MARKDOWN = "# Title\n\n## One\n\nSee [it](https://a.example).\n\nAnd\n*this*.\n"
PICTURED = MARKDOWN.replace("And", "![A lamp](lamp.png)\n\nAnd")
Files = Mapping[str, str | bytes]


def findings(place: Path, files: Files) -> Findings:
    write(place, files)
    return check(Library(place), lambda done: None)


def lines(place: Path, files: Files) -> list[str]:
    found = findings(place, files)
    return [str(each).removeprefix(f"{place}/") for each in (*found.errors, *found.warnings)]


def catalogue(*pairs: tuple[str, str], header: str = "Language: en\\n") -> str:
    entries = [("", header), *pairs]
    return "\n\n".join(f'msgid "{source}"\nmsgstr "{text}"' for source, text in entries)


def test_what_is_well_has_nothing_to_mend(tmp_path: Path) -> None:
    found = findings(tmp_path, {"a.en.md": MARKDOWN})

    assert list(as_text(found)) == ["1 story checked: no problems found."]


PO = "translations/en/LC_MESSAGES/a.po"
INTERFACE_PO = "translations/en/LC_MESSAGES/messages.po"
PLURAL = 'msgid ""\nmsgstr "{header}"\n\nmsgid "a"\nmsgid_plural "as"\n{forms}\n'
RULE = "Plural-Forms: nplurals={}; plural={};\\n"
TWO = 'msgstr[0] "b"\nmsgstr[1] "c"'
CASES: dict[str, tuple[Files, str]] = {
    "article": ({"a.fr.txt": ""}, "a.fr.txt:1: the article is empty (write a title"),
    "name in no language": (
        {"a.zz.txt": ARTICLE},
        "a.zz.txt: the article does not say its language; taken as 'en' (rename it to a-zz.<lang>",
    ),
    "draft": (
        {"a.en.md": f"---\ndraft: true\n---\n{MARKDOWN}"},
        "a.en.md: a draft, which is not published (take `draft` or `published` out",
    ),
    "two texts of one story": (
        {"a.en.txt": ARTICLE, "a.fr.txt": ARTICLE},
        "a.fr.txt: the story 'a' is read from a.en.txt (make it a translation with",
    ),
    "two names of one slug": (
        {"a-b.fr.txt": ARTICLE, "a b.fr.txt": ARTICLE},
        "a-b.fr.txt: same name as a b.fr.txt: both would be published at /…/a-b/ (rename one of",
    ),
    "other kind": (
        {"a.fr.txt": ARTICLE, "b.docx": "PK"},
        "b.docx: .docx files are not read (import it: slideshow import ",
    ),
    "kind that cannot be imported": (
        {"a.fr.txt": ARTICLE, "b.pdf": "%PDF"},
        "b.pdf: .pdf files are not read (save it as plain text (.txt) or Markdown (.md))",
    ),
    "no suffix": ({"a.fr.txt": ARTICLE, "b": ARTICLE}, "b: a file without a suffix is not read"),
    "subfolder": (
        {"a.fr.txt": ARTICLE, "posts/2026/b.fr.txt": ARTICLE},
        "posts: the articles in this folder are not read (move them up, or give this folder",
    ),
    "template tag": (
        {"a.en.md": MARKDOWN + "\n{{< ferry >}} and {{< quay >}}\n"},
        "a.en.md:10: a template tag is left out: {{< ferry >}}, 2 times (write",
    ),
    "template tag in code": (
        {"a.en.md": MARKDOWN + "\n~~~\n{{< ferry >}}\n~~~\n\n{{< quay >}}\n"},
        "a.en.md:14: a template tag is left out: {{< quay >}} (write",
    ),
    "space": (
        {"a.fr.md": "# T\n\n## U\n\nLigne\nVraiment ?\n"},
        "a.fr.md:5: a plain space before ; ! or ? (write U+202F",
    ),
    "apostrophe": (
        {"a.fr.txt": "T\n\nU\n\nL'île.\n"},
        "a.fr.txt:5: a straight apostrophe between letters (write ’",
    ),
    "long headline": (
        {"a.en.md": f"# T\n\n## {'word ' * 30}\n\nText.\n"},
        "a.en.md:3: a headline of 149 characters fills the screen of a phone (shorten it",
    ),
    "wide headline": (
        {"a.ja.md": f"# T\n\n## {'語' * 46}\n\nText.\n"},
        "a.ja.md:3: a headline of 46",
    ),
    "missing picture": (
        {"a.en.md": PICTURED},
        "a.en.md:7: picture 'lamp.png' is missing (save it beside the article",
    ),
    "missing picture of the story": (
        {"a.en.md": f"---\nauthor: Ada\nimage: lamp.png\n---\n{MARKDOWN}"},
        "a.en.md:3: picture 'lamp.png' is missing (save it beside the article",
    ),
    "bomb": (
        {"a.en.md": PICTURED, "lamp.png": bomb()},
        "a.en.md:7: picture 'lamp.png': a picture of more than 50000000 pixels (save it smaller",
    ),
    "no picture": (
        {"a.en.md": PICTURED, "lamp.png": b"a text"},
        "a.en.md:7: picture 'lamp.png': ",
    ),
    "folder for a picture": (
        {"a.en.md": PICTURED, "lamp.png/file": ""},
        "a.en.md:7: picture 'lamp.png': cannot be read: Is a directory (rename the folder, or put",
    ),
    "drawing": (
        {"a.en.md": PICTURED, "lamp.png": b"<svg/>"},
        "a.en.md:7: picture 'lamp.png': not an SVG drawing (save it again as plain SVG, or as PNG",
    ),
    "half a picture": (
        {"a.en.md": PICTURED, "lamp.png": saved(two_colours(400, 300), "PNG")[:300]},
        "a.en.md:7: picture 'lamp.png': ",
    ),
    "moving picture": (
        {
            "a.en.md": PICTURED.replace("png", "gif"),
            "lamp.gif": saved(
                two_colours(40, 30),
                "GIF",
                save_all=True,
                append_images=[two_colours(30, 40).resize((40, 30))],
            ),
        },
        "a.en.md:7: picture 'lamp.gif' moves; its first image is shown (save",
    ),
    "no alternative text": (
        {"a.en.md": MARKDOWN.replace("And", "![](lamp.png)\n\nAnd")},
        "a.en.md:7: picture 'lamp.png' has no alternative text (say",
    ),
    "broken catalogue": (
        {"a.fr.txt": ARTICLE, PO: 'msgid "Un"\nmsgstr "One\n'},
        f"{PO}:2: not a PO file",
    ),
    "empty catalogue": (
        {"a.fr.txt": ARTICLE, PO: ""},
        f"{PO}: no message is in use, not even a header (fill it with `slideshow translate`, or",
    ),
    "catalogue in another encoding": (
        {"a.fr.txt": ARTICLE, PO: CATALOGUE.encode() + '\nmsgid "é"'.encode("latin-1")},
        f"{PO}:17: not in UTF-8: byte 0xe9 (save the catalogue in UTF-8",
    ),
    "conflict in a catalogue": (
        {"a.fr.txt": ARTICLE, PO: CATALOGUE + '<<<<<<< HEAD\nmsgid "Trois"\nmsgstr "Three"\n'},
        f"{PO}:16: not a PO file: '<<<<<<< HEAD' (fix the line",
    ),
    "message twice": (
        {"a.fr.txt": ARTICLE, PO: catalogue(("Un", "One"), ("Un", "A"))},
        f"{PO}:8: this text is already translated on line 5 (keep one",
    ),
    "out of date": (
        {"a.fr.txt": ARTICLE, PO: CATALOGUE},
        f"{PO}: 3 texts of the article missing from this translation (bring it up to date",
    ),
    "wrong language": (
        {"a.fr.txt": ARTICLE, PO: catalogue(("Un", "Ein"), header="Language: de\\n")},
        f"{PO}:1: the catalogue says it is in 'de', its folder 'en' (correct",
    ),
    "no article": (
        {"a.fr.txt": ARTICLE, "translations/en/LC_MESSAGES/b.po": catalogue()},
        "translations/en/LC_MESSAGES/b.po: no article is named 'b' (name",
    ),
    "no language": (
        {"a.fr.txt": ARTICLE, "translations/english/LC_MESSAGES/a.po": catalogue()},
        "translations/english: 'english' is not a known language code (name it",
    ),
    "script as the C library has it": (
        {"a.fr.txt": ARTICLE, "translations/sr@latin/LC_MESSAGES/a.po": catalogue()},
        "translations/sr@latin: 'sr@latin' is not a known language code (name it sr_Latn)",
    ),
    "encoding in a folder's name": (
        {"a.fr.txt": ARTICLE, "translations/pt_BR.UTF-8/LC_MESSAGES/a.po": catalogue()},
        "translations/pt_BR.UTF-8: 'pt_BR.UTF-8' is not a known language code (name it pt_BR)",
    ),
    "link lost": (
        {"a.fr.md": MARKDOWN, PO: catalogue(("See [it](https://a.example).", "See it."))},
        f"{PO}:5: the link to https://a.example is lost (write [words]",
    ),
    "emphasis lost": (
        {"a.fr.md": MARKDOWN, PO: catalogue(("And *this*.", "And this."))},
        f"{PO}:5: the emphasis is lost (put *",
    ),
    "French translation": (
        {
            "a.en.txt": "T\n\nOne\n\nText\n",
            "translations/fr/LC_MESSAGES/a.po": catalogue(("Text", "Quoi ?"), header=""),
        },
        "translations/fr/LC_MESSAGES/a.po:5: a plain space before",
    ),
    "long translation": (
        {"a.fr.txt": ARTICLE, PO: catalogue(("Deux", "Two " * 30))},
        f"{PO}:5: a headline of 120 characters fills",
    ),
    "placeholders": (
        {
            "a.fr.txt": ARTICLE,
            INTERFACE_PO: catalogue(("%(num)s slide", "%(mun)s")),
        },
        f"{INTERFACE_PO}:5: placeholders: %(mun)s is not in the source (copy",
    ),
    "width of a placeholder": (
        {"a.fr.txt": ARTICLE, INTERFACE_PO: catalogue(("%(n)s a", "%(n)1000000000s b"))},
        f"{INTERFACE_PO}:5: placeholders: '%(n)1000000000s b' is none; a percent sign is %% (copy",
    ),
    "no rule for plural forms": (
        {"a.fr.txt": ARTICLE, INTERFACE_PO: PLURAL.format(header="", forms=TWO)},
        f"{INTERFACE_PO}:2: the header has no rule for plural forms that can be used (add the line"
        ' "Plural-Forms: nplurals=2; plural=n != 1;\\n" to it',
    ),
    "rule that points outside": (
        {"a.fr.txt": ARTICLE, INTERFACE_PO: PLURAL.format(header=RULE.format(2, "n"), forms=TWO)},
        f"{INTERFACE_PO}:2: Plural-Forms: the rule gives form 2 for 2, and there are 2 (replace it",
    ),
    "rule that divides by zero": (
        {"a.fr.txt": ARTICLE, INTERFACE_PO: PLURAL.format(header=RULE.format(2, "1/n"), forms=TWO)},
        f"{INTERFACE_PO}:2: Plural-Forms: the rule divides by zero for 0 (replace it",
    ),
    "too few forms": (
        {"a.fr.txt": ARTICLE, INTERFACE_PO: PLURAL.format(header=RULE.format(9, "0"), forms=TWO)},
        f"{INTERFACE_PO}:6: 2 plural forms, and the header says 9 (write each form",
    ),
    "empty form": (
        {
            "a.fr.txt": ARTICLE,
            INTERFACE_PO: PLURAL.format(header=RULE.format(2, "n != 1"), forms=TWO[:-2] + '"'),
        },
        f"{INTERFACE_PO}:6: plural form 1 is empty; a form beside it is shown (translate",
    ),
    "a folder": (
        {"a.fr.txt": ARTICLE, f"{PO}/file": ""},
        f"{PO}: cannot be read: Is a directory (rename the folder",
    ),
    "a folder for the interface": (
        {"a.fr.txt": ARTICLE, f"{INTERFACE_PO}/file": ""},
        f"{INTERFACE_PO}: cannot be read: Is a directory (rename the folder",
    ),
    "line break at the end": (
        {"a.fr.txt": ARTICLE, PO: catalogue(("Un", "One\\n"))},
        f"{PO}:5: only the translation ends with a line break (write both",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_problem_is_named_with_place_and_remedy(tmp_path: Path, case: str) -> None:
    files, expected = CASES[case]

    found = lines(tmp_path, files)

    assert [line for line in found if line.startswith(expected)], found
    assert all(line.endswith(")") for line in found)


@pytest.mark.parametrize(
    ("case", "is_error"),
    [
        ("missing picture", True),
        ("missing picture of the story", True),
        ("bomb", True),
        ("half a picture", True),
        ("moving picture", False),
    ],
)
def test_what_keeps_a_picture_from_being_shown_is_an_error(
    tmp_path: Path, case: str, is_error: bool
) -> None:
    files, expected = CASES[case]

    found = findings(tmp_path, files).errors

    assert any(expected in str(problem) for problem in found) is is_error


def test_text_of_an_article_is_no_placeholder(tmp_path: Path) -> None:
    files = {
        "a.en.txt": "T\n\nOne\n\n50 % different\n",
        "translations/de/LC_MESSAGES/a.po": catalogue(
            ("T", "T"), ("One", "Eins"), ("50 % different", "zur Hälfte anders"), header=""
        ),
    }

    assert lines(tmp_path, files) == []


def test_what_waits_for_review_or_is_obsolete_is_left_alone(tmp_path: Path) -> None:
    text = 'msgid ""\nmsgstr ""\n\n#, fuzzy\nmsgid "Un titre"\nmsgstr "Quoi ?"\n\n'
    text += '#~ msgid "Vieux"\n#~ msgstr "Vieux ?"\n'
    files = {"a.en.txt": ARTICLE, "translations/fr/LC_MESSAGES/a.po": text}

    assert not [line for line in lines(tmp_path, files) if "plain space" in line]


def test_beside_a_single_article_other_catalogues_are_nobodys_business(tmp_path: Path) -> None:
    write(tmp_path, {"a.en.txt": ARTICLE, "translations/en/LC_MESSAGES/b.po": catalogue()})

    found = check(Library(tmp_path / "a.en.txt"), lambda done: None)

    assert (found.errors, found.warnings) == ((), ())


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("nowhere", "b.fr.txt: broken symbolic link (repair it, or delete it)"),
        ("b.fr.txt", "b.fr.txt: cannot be read: Too many levels of symbolic links (check the path"),
    ],
)
def test_a_link_that_leads_nowhere_is_an_error(tmp_path: Path, target: str, said: str) -> None:
    (tmp_path / "b.fr.txt").symlink_to(target)

    found = findings(tmp_path, {"a.fr.txt": ARTICLE})
    warned: list[str] = []

    assert [said in str(error) for error in found.errors] == [True]
    assert look_over(Library(tmp_path), warned.append) == 1
    assert [said in warning for warning in warned] == [True]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "slideshow", "check", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_errors_stand_apart_from_warnings_and_end_with_1(tmp_path: Path) -> None:
    write(tmp_path, {"a.fr.txt": "", "b.fr.txt": "T\n\nU\n\nL'île.\n"})

    result = run(str(tmp_path))

    assert result.returncode == 1
    assert result.stdout.splitlines() == [
        "Errors:",
        f"{tmp_path}/a.fr.txt:1: the article is empty (write a title in its first line)",
        "",
        "Warnings:",
        f"{tmp_path}/b.fr.txt:5: a straight apostrophe between letters (write ’ (U+2019))",
        "",
        "2 stories checked: 1 error, 1 warning.",
    ]


def test_warnings_alone_end_with_0_and_programs_read_json(tmp_path: Path) -> None:
    write(tmp_path, {"b.fr.txt": "T\n\nU\n\nL'île.\n"})

    result = run(str(tmp_path), "--format", "json")

    assert result.returncode == 0
    assert json.loads(result.stdout) == {
        "stories": 1,
        "errors": [],
        "warnings": [
            {
                "path": f"{tmp_path}/b.fr.txt",
                "line": 5,
                "message": "a straight apostrophe between letters",
                "fix": "write ’ (U+2019)",
            }
        ],
    }


def test_our_own_stories_have_nothing_to_mend() -> None:
    result = run()

    assert (result.returncode, result.stdout.split(": ")[1]) == (0, "no problems found.\n")


@pytest.mark.parametrize("arguments", [["--format", "xml"], ["a", "b"]])
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    assert run(*arguments).returncode == 2


def test_a_link_to_no_article_is_named_once(tmp_path: Path) -> None:
    links = "[one](gone.md) [again](gone.md), [itself](a.md), [a house](https://b.example/c.md)"

    found = lines(tmp_path, {"a.en.md": f"{MARKDOWN}\n{links}\n\n- [too](gone.md)\n"})

    fix = "name the file of an article in this folder"
    assert found == [f"a.en.md:10: the link to gone.md leads nowhere ({fix})"]


@pytest.mark.parametrize("names", [[], ["report.docx"], ["posts/a.en.md"]])
def test_a_folder_of_which_nothing_can_be_served_ends_with_1(
    tmp_path: Path, names: list[str]
) -> None:
    write(tmp_path, dict.fromkeys(names, "# A\n\n## B\n\nText.\n"))

    result = CliRunner().invoke(cli, ["check", str(tmp_path)])

    assert result.exit_code == 1
    assert f"{tmp_path}: no articles in this folder" in result.output
    assert all(name.partition("/")[0] in result.output for name in names)


@pytest.mark.parametrize(
    "command", [["check"], ["export", "--out", "site"]], ids=lambda each: each[0]
)
def test_titles_that_no_font_draws_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"stories/minato.ja.md": "# 港の朝\n\n## 船\n\n船が来た。\n"})

    result = CliRunner().invoke(cli, [*command, "stories"])

    assert result.exit_code == 0
    assert "no font draws '港の朝' (Japanese) on cards (add a font file" in result.output
